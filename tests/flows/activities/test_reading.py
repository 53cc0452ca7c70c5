"""Who may read what: every kind × who × when, as docs/who-sees-what.md promises it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.activities.reading import may_read
from flows.activities.writing import Writing, WritingState
from flows.match import Match, MatchState, Member
from flows.people import Role

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TODAY = date(2027, 3, 1)
LATER = date(2028, 3, 1)
MATCH = Match(
    "m1",
    "c1",
    MatchState.ACTIVE,
    (Member("mira", "p1", Role.MENTOR), Member("ines", "p2", Role.MENTEE)),
    TODAY,
    date(2027, 5, 23),
)
KINDS = {
    "expectations": "expectations",
    "objectives": "objectives",
    "actions": "actions",
    "skill ratings": "ratings",
    "strength spotlight": "spotlight",
    "wins": "wins",
    "letter": "letter",
    "review": "review",
}
"""Item of the table → kind of writing."""
TABLE = Path(__file__).parents[3] / "docs" / "who-sees-what.md"


def piece(kind: str, author: str = "ines", *, state: WritingState = WritingState.SENT, shared: bool = True) -> Writing:
    opens_on = LATER if kind == "letter" else None
    return Writing(f"{kind}-{author}", "m1", author, kind, 0, state, NOW, {}, opens_on, shared)


def promises() -> dict[str, tuple[str, str]]:
    """Item → what writer and partner are promised."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return {item.strip(): (writer.strip(), partner.strip()) for item, writer, partner in rows}


@pytest.mark.parametrize("item", KINDS)
def test_the_writer_and_the_partner_read_what_the_table_promises(item: str) -> None:
    mine, theirs = piece(KINDS[item]), piece(KINDS[item], "mira")
    writer, partner = promises()[item]
    alone, both = [mine], [mine, theirs]
    before = {"yes": True, "yes, from its opening date": False}[writer]
    assert may_read(mine, "ines", MATCH, alone, TODAY) is before
    assert may_read(mine, "ines", MATCH, alone, LATER)

    as_soon_as_sent = partner in ("yes", "yes, once it is sent")
    together = partner == "yes, once both have sent theirs"
    agreed = partner == "only if both agree, from its opening date"
    assert as_soon_as_sent + together + agreed == 1, partner
    assert may_read(mine, "mira", MATCH, alone, LATER) is as_soon_as_sent
    assert may_read(mine, "mira", MATCH, both, TODAY) is (as_soon_as_sent or together)
    assert may_read(mine, "mira", MATCH, both, LATER)


@pytest.mark.parametrize("kind", [*KINDS.values(), "skills"])
def test_another_person_reads_nothing_whatever_the_day(kind: str) -> None:
    both = [piece(kind), piece(kind, "mira")]
    assert not any(may_read(one, "rui", MATCH, both, day) for one in both for day in (TODAY, LATER))


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_draft_is_its_writers_alone(kind: str) -> None:
    draft = piece(kind, state=WritingState.DRAFT)
    both = [draft, piece(kind, "mira")]
    assert may_read(draft, "ines", MATCH, both, TODAY)
    assert not may_read(draft, "mira", MATCH, both, LATER)


@pytest.mark.parametrize(("hers", "his"), [(True, False), (False, True), (False, False)])
def test_a_letter_needs_both_to_agree(hers: bool, his: bool) -> None:
    mine, theirs = piece("letter", shared=hers), piece("letter", "mira", shared=his)
    assert not may_read(mine, "mira", MATCH, [mine, theirs], LATER)
    assert not may_read(theirs, "ines", MATCH, [mine, theirs], LATER)


def test_who_keeps_a_letter_elsewhere_has_none_to_agree_with() -> None:
    mine, theirs = piece("letter"), piece("letter", "mira", state=WritingState.ELSEWHERE)
    assert not may_read(mine, "mira", MATCH, [mine, theirs], LATER)


@pytest.mark.parametrize("kind", ["ratings", "review"])
def test_what_was_sent_for_another_conversation_reveals_nothing(kind: str) -> None:
    first, again = piece(kind), piece(kind, "mira")
    other = Writing("w", "m1", "mira", kind, 4, WritingState.SENT, NOW)
    assert not may_read(first, "mira", MATCH, [first, other], TODAY)
    assert may_read(first, "mira", MATCH, [first, other, again], TODAY)
