"""The package is one that Teams takes, asks for what is used, and is written on purpose."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.teams.package import REASONS, App, completed, manifest, package
from bot.version import VERSION
from handlers.words import ADMIN, MENTOR

APP_ID = "2f6a1c04-93f1-4d0e-8a57-3f0f5f6f7d21"
PLAIN = completed(App(app_id=APP_ID, domain="mentoring.example.com"))
SLASH = completed(App(app_id=APP_ID, domain="mentoring.example.com", slash=True))


@cache
def validator(version: str) -> Draft4Validator:
    """Microsoft's own schema; where it comes from is said beside it."""
    file = Path(__file__).with_name("manifest_schemas") / f"{version}.json"
    return Draft4Validator(json.loads(file.read_text(encoding="utf-8")))


def faults(shown: Mapping[str, Any]) -> list[str]:
    return [error.message for error in validator(shown["manifestVersion"]).iter_errors(shown)]


def packed(*options: str) -> Result:
    return CliRunner().invoke(app, ["teams", "package", *options])


@pytest.mark.parametrize(("described", "version"), [(PLAIN, "1.25"), (SLASH, "1.29")], ids=["plain", "slash"])
def test_the_manifest_is_valid_in_the_official_schema(described: App, version: str) -> None:
    shown = manifest(described)
    assert shown["manifestVersion"] == version
    assert faults(shown) == []


def test_the_schema_would_find_a_fault() -> None:
    assert faults({**manifest(PLAIN), "version": 1})
    assert faults({**manifest(PLAIN), "surprise": True})
    assert faults({**manifest(SLASH), "manifestVersion": "1.25"}), "slash commands came later"


def test_it_is_a_bot_for_private_conversations_teams_and_group_chats_that_takes_files() -> None:
    (bot,) = manifest(PLAIN)["bots"]
    assert bot["botId"] == APP_ID
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is True


def test_it_asks_for_two_permissions_with_a_reason_and_for_none_to_read_conversations() -> None:
    shown = manifest(PLAIN)
    assert shown["permissions"] == list(REASONS) == ["identity", "messageTeamMembers"]
    assert all(reason.endswith(".") for reason in REASONS.values())
    assert not {"webApplicationInfo", "authorization", "devicePermissions"} & shown.keys()


def test_for_group_chats_teams_learns_which_registration_puts_the_app_into_them(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    done = packed("--app-id", APP_ID, "--domain", "mentoring.example.com", "--group-chats", "--out", str(out))
    assert done.exit_code == 0, done.output
    with ZipFile(out) as zipped:
        shown = json.loads(zipped.read("manifest.json"))
    assert faults(shown) == []
    assert shown["webApplicationInfo"] == {"id": APP_ID, "resource": "https://mentoring.example.com"}
    assert {name: value for name, value in shown.items() if name != "webApplicationInfo"} == manifest(PLAIN)


@pytest.mark.parametrize("described", [PLAIN, SLASH], ids=["plain", "slash"])
def test_twelve_words_are_suggested_with_what_help_says_of_them(described: App) -> None:
    said = {word.verb: word.says for word in MENTOR} | {f"mentor-admin {word.verb}": word.says for word in ADMIN}
    (bot,) = manifest(described)["bots"]
    assert [suggested["scopes"] for suggested in bot["commandLists"]] == [["personal"], ["team", "groupChat"]]
    for suggested in bot["commandLists"]:
        commands = {command["title"]: command["description"] for command in suggested["commands"]}
        assert len(commands) == 12
        assert commands.items() <= said.items()


def test_slash_commands_are_for_where_others_listen() -> None:
    (plain,), (slash,) = manifest(PLAIN)["bots"], manifest(SLASH)["bots"]
    assert "triggers" not in json.dumps(plain)
    assert slash["supportsTargetedMessages"] is True
    alone, among_others = slash["commandLists"]
    assert "triggers" not in alone
    assert among_others["triggers"] == ["mention", "slash"]


def test_the_version_is_that_of_the_program_and_the_id_stays() -> None:
    assert manifest(PLAIN)["version"] == VERSION
    assert completed(App(app_id=APP_ID.upper(), domain="Mentoring.Example.com")) == PLAIN
    assert PLAIN.manifest_id == SLASH.manifest_id != APP_ID
    other = completed(App(app_id=APP_ID.replace("2", "3"), domain="mentoring.example.com"))
    assert other.manifest_id != PLAIN.manifest_id


def test_the_zip_holds_three_files_and_is_the_same_each_time() -> None:
    data = package(PLAIN)
    with ZipFile(io.BytesIO(data)) as zipped:
        assert zipped.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(zipped.read("manifest.json")) == manifest(PLAIN)
    assert package(PLAIN) == data


def test_the_package_is_written_and_says_where_it_leads_people(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    done = packed("--app-id", APP_ID, "--domain", "mentoring.example.com", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == package(PLAIN)
    assert done.stdout.startswith(f"The package is in {out}: ")
    assert "leads to https://mentoring.example.com.\n" in done.stdout


def test_pages_and_names_of_the_company_stand_in_the_manifest(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    pages = {
        "website": "https://example.com/mentoring",
        "privacy": "https://example.com/privacy",
        "terms": "https://t.eu",
    }
    options = [part for name, value in pages.items() for part in (f"--{name}", value)]
    options += ["--developer", "Example Ltd", "--manifest-id", APP_ID.upper(), "--slash"]

    done = packed("--app-id", APP_ID, "--domain", "mentoring.example.com", "--out", str(out), *options)

    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == 1
    with ZipFile(out) as zipped:
        shown = json.loads(zipped.read("manifest.json"))
    assert faults(shown) == []
    assert shown["developer"] == {
        "name": "Example Ltd",
        "websiteUrl": pages["website"],
        "privacyUrl": pages["privacy"],
        "termsOfUseUrl": pages["terms"],
    }
    assert (shown["id"], shown["manifestVersion"]) == (APP_ID, "1.29")


@pytest.mark.parametrize(
    ("changed", "begins"),
    [
        ({"--app-id": ""}, "--app-id is the Application (client) ID"),
        ({"--app-id": "alongside"}, "--app-id is the Application (client) ID"),
        ({"--app-id": f"{{{APP_ID}}}"}, "--app-id is the Application (client) ID"),
        ({"--domain": ""}, "--domain is a name without https:// and path"),
        ({"--domain": "https://mentoring.example.com"}, "--domain is a name without https:// and path"),
        ({"--domain": "mentoring.example.com/api"}, "--domain is a name without https:// and path"),
        ({"--domain": "mentoring.example.com:8443"}, "--domain is a name without https:// and path"),
        ({"--domain": "localhost"}, "--domain is a name without https:// and path"),
        ({"--domain": "*.example.com"}, "--domain is a name without https:// and path"),
        ({"--manifest-id": "1"}, "--manifest-id is the id"),
        ({"--developer": "x" * 33}, "--developer is a name of at most 32 characters"),
        ({"--privacy": "http://example.com"}, "--privacy is an https address"),
        ({"--terms": "terms.html"}, "--terms is an https address"),
        ({"--website": "https://"}, "--website is an https address"),
    ],
)
def test_what_teams_would_refuse_is_said_in_a_line_and_nothing_is_written(
    changed: dict[str, str], begins: str, tmp_path: Path
) -> None:
    options = {"--app-id": APP_ID, "--domain": "mentoring.example.com", "--out": str(tmp_path / "app.zip"), **changed}

    done = packed(*(part for option in options.items() for part in option))

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(begins)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_until_told_otherwise(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    out.write_text("precious", encoding="utf-8")
    options = ("--app-id", APP_ID, "--domain", "mentoring.example.com", "--out", str(out))

    done = packed(*options)
    assert done.exit_code == 1
    assert done.stderr == f"{out} is there already: name another file with --out, or add --replace.\n"
    assert out.read_text(encoding="utf-8") == "precious"

    assert packed(*options, "--replace").exit_code == 0
    assert out.read_bytes() == package(PLAIN)


def test_a_folder_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "app.zip"
    done = packed("--app-id", APP_ID, "--domain", "mentoring.example.com", "--out", str(out))
    assert (done.exit_code, done.stderr) == (1, f"{out} cannot be written: No such file or directory.\n")
