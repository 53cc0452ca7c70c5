"""The documents say what the program does: no word, setting, permission, verb or file too few, and none too many."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

import start
from bot.cli import app
from bot.settings import Settings
from bot.slack.manifest import EVENTS, REASONS
from bot.teams import package
from flows.pulses import WindowName
from flows.roles import LEAST
from handlers.acts import ASKS
from handlers.coordinating.acts import ASKS as ADMIN_ASKS
from handlers.words import ADMIN, MENTOR, Word
from storage import packs

ROOT = Path(start.__file__).parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("[a-z]*/README.md")])
PACKAGES = ("bot", "handlers", "storage", "flows")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
ROW = re.compile(r"(?<!\\)\|")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(heading)}.*?\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"there is no “## {heading}”"
    return found[1]


def rows(text: str) -> list[tuple[str, ...]]:
    """The cells of every table row below its head; `\\|` in a cell is a bar."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [tuple(cell.strip().replace("\\|", "|") for cell in ROW.split(line)[1:-1]) for line in lines]
    heads = {place for place, row in enumerate(cells[1:]) if set("".join(row)) <= set("-: ")}
    return [row for place, row in enumerate(cells) if place not in heads and place - 1 not in heads]


def codes(text: str) -> list[str]:
    """What the first cell of each row holds between backticks."""
    return [row[0].strip("`") for row in rows(text) if row[0].startswith("`")]


def fences(text: str) -> list[str]:
    """The lines of all blocks between three backticks."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines()]


def verbs(group: TyperGroup, before: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every verb of the command line with its full name, such as `slack manifest`, and its options."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from verbs(command, f"{before}{name} ")
        else:
            options = [option for one in command.params for option in (*one.opts, *one.secondary_opts)]
            yield f"{before}{name}", set(options)


def command_line() -> Mapping[str, set[str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return dict(verbs(group))


def as_typed(words: Sequence[Word]) -> list[str]:
    return [f"{word.verb} {word.usage}".strip() for word in words]


@pytest.mark.parametrize(("command", "words"), [("`/mentor`", MENTOR), ("`/mentor-admin`", ADMIN)])
def test_every_command_word_is_described_with_what_may_follow_it(command: str, words: Sequence[Word]) -> None:
    assert codes(section(page("docs/commands.md"), f"{command},")) == as_typed(words)


def test_help_and_router_know_the_same_words() -> None:
    assert {word.verb for word in MENTOR} == ASKS.keys() - {""}
    assert {word.verb for word in ADMIN} == ADMIN_ASKS.keys()


def test_the_least_role_of_each_word_is_the_one_that_the_desk_asks_for() -> None:
    described = {row[0].strip("`"): row[1] for row in rows(section(page("docs/commands.md"), "`/mentor-admin`,"))}
    for word in ADMIN:
        role = described[f"{word.verb} {word.usage}".strip()]
        assert role.split()[0] == LEAST[word.verb], f"{word.verb} asks for {LEAST[word.verb]}"


def test_every_setting_is_described_with_its_default() -> None:
    described = {row[0].strip("`"): row[1] for row in rows(section(page("docs/installing.md"), "Settings"))}
    assert described.keys() == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if field.default:
            assert described[name.upper()] == f"`{field.default}`"


def test_every_scope_has_its_reason_and_every_event_its_use() -> None:
    text = page("docs/slack.md")
    assert {row[0].strip("`"): row[1] for row in rows(section(text, "Scopes of the bot"))} == REASONS
    assert tuple(codes(section(text, "Events"))) == EVENTS


def test_every_permission_on_teams_and_every_place_of_the_app_has_its_reason() -> None:
    reasons = {row[0]: row[1] for row in rows(section(page("docs/teams.md"), "Permissions"))}
    assert reasons == {f"`{name}`": why for name, why in {**package.REASONS, **package.SCOPES}.items()}


def test_every_verb_of_the_command_line_is_described() -> None:
    described = codes(section(page("docs/installing.md"), "The command line"))
    assert sorted(described) == sorted(f"alongside {verb}" for verb in command_line())


def test_no_document_names_a_verb_or_an_option_that_does_not_exist() -> None:
    known = command_line()
    for file in PAGES:
        text = file.read_text(encoding="utf-8")
        typed = [*re.findall(r"`(?:\.venv/bin/)?(alongside [a-z][^`]*)`", text), *fences(text)]
        for line in typed:
            found = re.match(r"(?:\S*/)?alongside ([a-z][a-z ]*)(.*)", line)
            if not found or line.startswith("docker"):
                continue
            words = found[1].split()
            verb = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), None)
            assert verb, f"{file.name}: there is no {line!r}"
            assert set(re.findall(r"(?<=\s)--[a-z-]+", line)) <= known[verb], f"{file.name}: {line!r}"


def test_every_file_of_the_pack_is_described() -> None:
    described = codes(section(page("docs/coordinating.md"), "Changing texts, questions and the journey"))
    for path in packs.read():
        assert any(Path(path).match(pattern) for pattern in described), f"{path} is not described"
    for pattern in described:
        ships = any(Path(path).match(pattern) for path in packs.read())
        assert ships or pattern == "locale/*.po", f"{pattern} is described and does not ship"


def test_the_journey_is_told_in_the_weeks_of_the_pack() -> None:
    table = section(page("docs/coordinating.md"), "What people hear, and when")
    told = [int(week) for row in rows(table) for week in re.findall(r"^week (\d+)$", row[0])]
    assert told == [int(week) for week in re.findall(r"^week = (\d+)", packs.read()["journey.toml"], re.MULTILINE)]
    assert len(WindowName) == 3, "“three times a programme” is no longer true"


def test_every_link_between_documents_leads_somewhere() -> None:
    lost = []
    for file in PAGES:
        for target in LINK.findall(file.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            there = (file.parent / path).resolve() if path else file
            if not there.exists() or (anchor and anchor not in anchors(there)):
                lost.append(f"{file.relative_to(ROOT)}: {target}")
    assert lost == []


def anchors(file: Path) -> set[str]:
    """The names by which headings are linked."""
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_two_commands_of_the_readme_are_those_of_start_py() -> None:
    commands = [line.split() for line in fences(page("README.md")) if line.startswith("python3 start.py")]
    assert [line[2] for line in commands] == ["demo", "test"]
    for line in commands:
        asked, rest = start.command_line().parse_known_args(line[2:])
        assert (asked.command, rest) == (line[2], [])


def test_the_readme_shows_the_demo() -> None:
    picture = ROOT / "docs" / "pictures" / "demo.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 400_000
    assert "(docs/pictures/demo.png)" in page("README.md")


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_says_in_a_page_what_it_is_and_how_to_add_to_it(package: str) -> None:
    text = page(f"{package}/README.md")
    last = re.findall(r"^## (.*)$", text, re.MULTILINE)[-1]
    assert last.startswith("How to add ")
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_that_a_package_names_is_there(package: str) -> None:
    named = [name for row in rows(page(f"{package}/README.md")) for name in re.findall(r"`([\w/]+(?:\.py|/))`", row[0])]
    assert len(named) > 5
    assert [name for name in named if not (ROOT / package / name).exists()] == []


def test_every_decision_is_numbered_once_and_in_order() -> None:
    numbers = sorted(int(file.name[:4]) for file in (ROOT / "docs" / "decisions").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_document_speaks_plainly(file: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```|`[^`]*`|!\[", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert "!" not in prose
    assert not re.search(r"\b(program|color|organization|behavior)s?\b", prose), "the documents are in British English"
