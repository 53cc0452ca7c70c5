"""The table of docs/who-sees-what.md, held against a season in which everything that is typed carries a mark."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.playground.company import APP, COMPANY
from bot.playground.teams.company import mail_of
from storage.tables import metadata, outbox, people, pulse_counts, pulse_tokens
from tests.at_rest import at_rest
from tests.stage import Actor, Stage, Where
from tests.stories.everything_shown import (
    conversations,
    is_beside,
    shown_to,
    shown_to_coordinator,
    shown_to_stranger,
)
from tests.stories.marked_season import PRIVATE_AREA, Marked, played

TABLE = Path(__file__).parents[2] / "docs" / "who-sees-what.md"
TYPED = {
    "public answers",
    "private answers",
    "expectations",
    "objectives",
    "actions",
    "skill ratings",
    "strength spotlight",
    "wins",
    "letter",
    "review",
}
"""What carries a mark."""
TAPPED = {"check-in", "feedback after a meeting", "anonymous pulse"}
"""What is one tap: others must notice nothing of it but what their cell says."""
CARRIED = {"words to a partner on another platform", "work e-mail address"}
"""What goes from one platform to another: test_where_they_talk.py plays it, where there are two."""
SEALED = TYPED - {"public answers", "private answers"}
"""What a pair writes."""
LATER = ("yes, once both have sent theirs", "only if both agree, from its opening date")
NEVER = "no"
NOTICED = {
    "no": (),
    'only "stuck", and only if the person agrees': (),
    "per match, as on track or needs a check-in": ("needs a check-in", "The reason is not shown"),
}
"""A coordinator's cell → what every new line after the tap must say."""


def rows() -> dict[str, tuple[str, str, str]]:
    """Item → what the writer, the partner and the coordinator see."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0][:4] == ["item", "writer", "partner", "coordinator"]
    return {item: (writer, partner, coordinator) for item, writer, partner, coordinator, *_ in cells[2:]}


def test_every_row_of_the_table_is_played() -> None:
    assert rows().keys() == TYPED | TAPPED | CARRIED


@pytest.mark.chats
async def test_everybody_sees_what_the_table_says_and_no_more(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    season = await played(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")
    yusuf, hannah, chidi = stage.actors("Yusuf", "Hannah", "Chidi")
    by_ines = {"writer": await shown_to(ines) | await own_private_answer(ines), "partner": await shown_to(mira)}
    by_mira = {"writer": by_ines["partner"], "partner": by_ines["writer"]}
    coordinator = await shown_to_coordinator(priya)

    for item, (writer, partner, may_coordinate) in rows().items():
        if item in CARRIED:
            continue
        if item in TAPPED:
            check_tap(season, item, may_coordinate)
            continue
        mark = season.mark(item)
        sides = by_mira if item == "strength spotlight" else by_ines
        assert writer.startswith("yes"), f"{item}: no story for a writer who sees “{writer}”"
        assert reads(sides["writer"], mark), f"{item}: the writer does not see it"
        check_partner(season, item, partner, is_seen=reads(sides["partner"], too_early(season, item)))
        if may_coordinate == "yes":
            assert reads(coordinator, mark), f"{item}: the coordinator does not see it"
        else:
            assert may_coordinate == NEVER or may_coordinate.startswith("how many"), f"{item}: “{may_coordinate}”"
            assert not reads(coordinator, mark), f"{item}: the coordinator sees it"

    assert not reads(season.writer_early["letter"], season.mark("letter"))
    assert not reads(await shown_to(hannah), season.mark("letter of Yusuf")), "Hannah has not agreed"
    assert not reads(await shown_to(yusuf), season.mark("letter of Hannah")), "Hannah has not agreed"
    assert reads(await shown_to(ines), season.mark("letter of Mira")), "both have agreed"
    # Where there are two platforms, somebody of each one tries.
    strangers = (chidi,) if is_beside(chidi, mira) else (chidi, hannah)
    for stranger in strangers:
        shown = await shown_to_stranger(stranger, ines, mira)
        assert [item for item in TYPED for mark in [season.mark(item)] if reads(shown, mark)] == []
    no_address_is_shown(stage)
    nothing_private_is_left(season, capfd)


async def own_private_answer(actor: Actor) -> frozenset[str]:
    """A private answer is never repeated in a message: its writer reads it in the dialog that changes it."""
    await actor.presses("Change my answers")
    await actor.presses("Change", beside="Where I would like to move")
    held = actor.player.holds("Is there another area that you would like to move into?")
    await actor.closes_everything()
    return frozenset(held)


def check_partner(season: Marked, item: str, cell: str, *, is_seen: bool) -> None:
    """The partner's cell of a typed item."""
    if cell == NEVER:
        assert not is_seen, f"{item}: the partner sees it"
        return
    assert cell.startswith("yes") or cell in LATER, f"{item}: no story for a partner who sees “{cell}”"
    assert is_seen, f"{item}: the partner does not see it"
    if cell in LATER:
        assert not reads(season.early[item], too_early(season, item)), f"{item}: the partner sees it too early"


def too_early(season: Marked, item: str) -> str:
    """What the partner may see once both have sent, and not before; of skills that is the number behind the name."""
    return f"{season.mark(item)}: " if item == "skill ratings" else season.mark(item)


def check_tap(season: Marked, item: str, cell: str) -> None:
    """What others noticed of a tap."""
    leak = season.leaks[item]
    assert not leak.partner, f"{item}: the partner notices {sorted(leak.partner)}"
    allowed = NOTICED[cell]
    for line in leak.coordinator:
        assert any(words in line for words in allowed), f"{item}: the coordinator notices “{line}”"


def no_address_is_shown(stage: Stage) -> None:
    """Nobody reads an address at work in what the bot has written, though Teams tells it some: they are for links."""
    addresses = [mail_of(member, domain=COMPANY.domain) for member in COMPANY.members]
    rows = [row for table, row in every_row(stage) if table == people.name]
    known = any(address in row for address in addresses for row in rows)
    assert known is (stage.platform is not Where.SLACK)
    for member in COMPANY.members:
        player = stage.actor(member.id).player
        told = [seen for one in player.conversations() for seen in player.channel(one) if seen.author == APP.name]
        assert [seen for seen in told if any(address in seen for address in addresses)] == []


def nothing_private_is_left(season: Marked, capfd: pytest.CaptureFixture[str]) -> None:
    """No mark of a private form in the raw database, the log, the outbox or any conversation."""
    stage = season.stage
    marks = [mark for item, mark in season.marks.items() if item not in ("public answers", "private answers")]
    kept = at_rest(stage.database_url)
    assert {"alongside.db", "alongside.db-wal", "alongside.db-shm"} <= kept.keys() or outbox.name in kept
    for name, content in kept.items():
        assert [mark for mark in marks if mark.encode() in content] == [], f"in {name}"
    # The public answer proves that the scan finds what is there.
    assert any(season.mark("public answers").encode() in content for content in kept.values())
    said = capfd.readouterr()
    assert [mark for mark in (*marks, season.mark("public answers")) if mark in said.out + said.err] == []
    assert [mark for mark in marks if mark in conversations(stage)] == []
    for table, row in every_row(stage):
        options = table == outbox.name and "Engineering" in row
        assert options or (PRIVATE_AREA not in row and PRIVATE_AREA.lower() not in row.split("'")), f"{table}: {row}"
    the_pulse_is_nobodys(season)


def the_pulse_is_nobodys(season: Marked) -> None:
    """One person has answered one question: a counter rose, a keyed hash remembers that somebody has."""
    assert {column.name for column in pulse_counts.columns} == {"cohort", "window", "question", "choice", "count"}
    assert {column.name for column in pulse_tokens.columns} == {"token"}
    changed = [row.split(": ", 1) for row in season.pulse_rows]
    assert sorted(table for table, _ in changed) == ["inbox", "pulse_counts", "pulse_tokens"]
    assert [table for table, row in changed if "'yes'" in row] == ["pulse_counts"]


def every_row(stage: Stage) -> list[tuple[str, str]]:
    """Table and row, as storage would load it."""
    with stage.app.kit.database.transaction() as connection:
        return [
            (table.name, repr(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))
        ]


def reads(lines: frozenset[str], mark: str) -> bool:
    """Whether the mark stands in any line."""
    return any(mark in line for line in lines)
