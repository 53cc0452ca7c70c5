"""The command line as an installer and a coordinator meet it: one line for what is wrong, and no stack trace."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.slack.manifest import manifest, socket_manifest
from storage import packs


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the pack that ships."""
    return shutil.copytree(packs.DEFAULT, tmp_path / "pack")


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_pack_that_ships_is_sound() -> None:
    done = CliRunner().invoke(app, ["check"])
    assert (done.exit_code, done.stdout) == (0, "The pack is sound.\n")


@pytest.mark.parametrize("verb", [["check"], ["preview", "--pack"]])
def test_a_fault_in_a_pack_is_told_where_it_was_made(verb: list[str], pack: Path) -> None:
    change(pack / "questionnaire.toml", 'kind = "consent"', 'kind = "oath"')

    done = CliRunner().invoke(app, [*verb, str(pack)])

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith('questionnaire.toml: question "consent": kind')
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["check", str(tmp_path / "nowhere")])
    assert done.exit_code == 1
    assert "nowhere is no folder" in done.stderr


def test_preview_speaks_a_language_of_the_pack(pack: Path) -> None:
    (pack / "locale").mkdir()
    words = 'msgid "**You and {partner} are matched.**"\nmsgstr "**Du und {partner}, ihr seid ein Paar.**"\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (pack / "locale" / "de.po").write_text(head + words, encoding="utf-8")

    done = CliRunner().invoke(app, ["preview", "introduction", "--language", "de", "--pack", str(pack)])

    assert done.exit_code == 0
    assert "Du und Mira Okafor, ihr seid ein Paar." in done.stdout


@pytest.mark.parametrize(("platform", "marks"), [("slack", "blocks"), ("teams", "attachments")])
def test_preview_prints_what_a_platform_gets(platform: str, marks: str) -> None:
    done = CliRunner().invoke(app, ["preview", "help.unknown", "--platform", platform])

    assert done.exit_code == 0
    assert marks in json.loads(done.stdout)["help.unknown"]


@pytest.mark.parametrize("shown", [[], ["--platform", "teams"]])
def test_preview_says_when_no_message_is_called_so(shown: list[str]) -> None:
    done = CliRunner().invoke(app, ["preview", "telegram", *shown])

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("No message has telegram in its name")


def test_preview_names_the_platforms_that_there_are() -> None:
    done = CliRunner().invoke(app, ["preview", "--platform", "telex"])

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "There is no platform telex: give slack or teams.\n"


def test_the_manifest_is_printed_for_the_address() -> None:
    done = CliRunner().invoke(app, ["slack", "manifest", "--url", "https://mentoring.example.com"])
    assert json.loads(done.stdout) == manifest("https://mentoring.example.com")


def test_the_manifest_for_socket_mode_needs_no_address() -> None:
    done = CliRunner().invoke(app, ["slack", "manifest", "--socket"])
    assert json.loads(done.stdout) == socket_manifest()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Give --url with the public https address of this bot, or --socket for Socket Mode.\n"),
        (["--socket", "--url", "https://m.example.com"], "Give one of the two, --url or --socket, and not both.\n"),
    ],
)
def test_a_manifest_is_for_an_address_or_for_socket_mode(options: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["slack", "manifest", *options])
    assert (done.exit_code, done.stderr) == (1, said)


def test_the_version_is_that_of_the_package() -> None:
    package = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"Alongside {package['project']['version']}\n")


def test_migrate_brings_a_new_database_to_the_newest_revision(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    for _ in range(2):
        done = CliRunner().invoke(app, ["migrate"], env={"DATABASE_URL": url})
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith("The database is at revision ")


@pytest.mark.parametrize("url", ["mentoring.example.com", "http://mentoring.example.com", "https://"])
def test_a_manifest_is_written_for_an_https_address_alone(url: str) -> None:
    answer = CliRunner().invoke(app, ["slack", "manifest", "--url", url])
    assert answer.exit_code == 1
    assert "https addresses only" in answer.output


@pytest.mark.parametrize("end", ["", "/"])
def test_a_manifest_does_not_name_the_path_twice(end: str) -> None:
    answer = CliRunner().invoke(app, ["slack", "manifest", "--url", f"https://mentoring.example.com/slack/events{end}"])
    assert (answer.exit_code, answer.output) == (1, "Give the address without /slack/events, which is added to it.\n")
