"""A table against what is known: what would be new, what would change, and what stays."""

from dataclasses import replace
from datetime import date

from flows.facts import NOTHING, Known, Word
from flows.facts_difference import Difference, compare
from flows.facts_table import Fault, Flaw, read_table

LISBON = Known(manager="mira@x.org", department="Data", site="Lisbon", level=4, started_on=date(2026, 10, 1))
HEAD = "email,manager,department,site,level,start\n"
ROW = "ines@x.org,mira@x.org,Data,Lisbon,4,2026-10-01\n"


def difference(
    text: str, known: dict[str, Known] | None = None, people: dict[str, str] | None = None, *, whole: bool = False
) -> Difference:
    return compare(read_table(text, home="slack/T1"), known or {}, people or {}, whole=whole)


def test_a_first_table_is_new_and_the_same_again_changes_nothing() -> None:
    first = difference(HEAD + ROW)
    assert [one.after for one in first.new.values()] == [LISBON]
    again = difference(HEAD + ROW, {"ines@x.org": replace(LISBON, word=Word.RIGHT)})
    assert (again.changes, again.same) == ({}, 1)


def test_what_has_no_column_stays_and_what_is_empty_goes() -> None:
    known = {"ines@x.org": replace(LISBON, word=Word.RIGHT)}
    change = difference("email,level,site\nines@x.org,5,Lisbon\n", known).changed["ines@x.org"]
    assert change.after == replace(LISBON, level=5, word=Word.RIGHT)
    assert not change.asks_anew
    moved = difference("email,site\nines@x.org,\n", known).changed["ines@x.org"]
    assert (moved.after.site, moved.after.department, moved.after.word) == ("", "Data", Word.NOT_ASKED)
    assert moved.asks_anew


def test_who_is_known_by_an_address_stays_so_when_a_table_names_their_account() -> None:
    people = {"ines@x.org": "p1", "slack/T1/U1": "p1"}
    found = difference("account,site\nU1,Porto\n", {"ines@x.org": LISBON}, people)
    assert list(found.changes) == ["ines@x.org"]
    twice = difference("account,site\nU1,Porto\nines@x.org,Faro\n", {}, people)
    assert twice.faults == (Fault(3, Flaw.TWICE, "ines@x.org", first=2),)
    assert [one.after.site for one in twice.changes.values()] == ["Porto"]


def test_of_the_whole_company_who_is_missing_is_known_no_more_unless_a_row_could_not_be_read() -> None:
    known = {"ines@x.org": LISBON, "yusuf@x.org": LISBON}
    assert list(difference(HEAD + ROW, known).gone) == []
    gone = difference(HEAD + ROW, known, whole=True)
    assert [(named, one.after) for named, one in gone.gone.items()] == [("yusuf@x.org", NOTHING)]
    assert list(difference(HEAD + ROW + "yusuf,,,,,\n", known, whole=True).gone) == []


def test_a_row_that_says_nothing_any_more_is_taken_away() -> None:
    found = difference("email,manager,department,site,level,start\nines@x.org,,,,,\n", {"ines@x.org": LISBON})
    assert (list(found.gone), list(found.changed)) == (["ines@x.org"], [])


def test_strangers_are_counted_and_kept_by_their_name() -> None:
    found = difference(HEAD + ROW + "yusuf@x.org,,,Porto,,\n", people={"ines@x.org": "p1"})
    assert (found.strangers, list(found.new)) == (1, ["ines@x.org", "yusuf@x.org"])


def test_the_mark_is_of_the_changes_alone() -> None:
    one, other = difference(HEAD + ROW), difference(HEAD + ROW.replace("Lisbon", "Porto"))
    assert one.mark == difference("\n" + HEAD + ROW).mark != other.mark
