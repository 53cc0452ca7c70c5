"""The answer as people read it: eighty columns, what matters first, and nothing of what is private."""

from collections.abc import Sequence
from typing import Any

import pytest

from flows.matching.offline.result import match
from flows.matching.offline.text_form import as_text
from flows.matching.rules import Aim
from tests.flows.matching.offline.lists import Row, mentee, mentor, request


def text(rows: Sequence[Row], *, scores: bool = False, over: bool = False, **given: Any) -> str:
    """What is printed; files are given as text."""
    return "".join(as_text(match(request(rows, **given), timer=lambda seconds: lambda: over), scores=scores))


FEW = [mentor("grace"), mentee("ada"), mentee("bea", office="Osaka", mode="in_person")]


@pytest.mark.parametrize(
    ("rows", "given", "headline"),
    [
        (FEW[:2], {}, "1 of 1 mentee matched, and no better fit exists: proved."),
        (FEW, {}, "1 of 2 mentees matched; nobody more can be, and no better fit exists: proved."),
        (FEW, {"mode": Aim.BEST_FIT}, "1 of 2 mentees matched, and no better fit exists: proved."),
        ([FEW[0], FEW[2]], {}, "0 of 1 mentee matched; nobody more can be, and no better fit exists: proved."),
    ],
)
def test_the_first_line_is_the_point(rows: Sequence[Row], given: dict[str, Any], headline: str) -> None:
    assert text(rows, **given).splitlines()[0] == headline


def test_no_line_is_longer_than_eighty_columns() -> None:
    long = "A name that is long enough to reach over the end of a line, "
    rows = [
        mentor("grace", name=long * 2, capacity="2", skills=f"{long}|law"),
        mentor("hana", name="Hana", office="Lisbon"),
        *(mentee(f"e{n}", name=f"{long}{n}", goals=f"{long}|law", **{f"segment:{long}": long}) for n in range(9)),
        *(mentee(f"f{n}", languages="ja", **{f"segment:{long}": f"Another: {long}"}) for n in range(5)),
        mentee("far", **{long: "x"}, office=long, mode="in_person", grade="3"),
    ]
    rows = [{"languages": "en", **row} for row in rows]
    found = text(rows, explain=("e0",), scores=True)
    assert "ask why" in found
    assert "W01" in found
    assert max(map(len, found.splitlines())) <= 80


def test_two_of_one_name_are_told_apart_by_their_ids() -> None:
    found = text(
        [mentor("g1", name="Ana"), mentee("a1", name="Ana"), mentee("a2", name="ana"), mentee("b", waited="1")]
    )
    assert "B, with Ana (g1)\n" in found
    assert "1. Ana (a1): 1 mentor is permitted" in found
    assert "2. ana (a2): 1 mentor is permitted" in found


def test_scores_are_shown_to_whoever_asks() -> None:
    rows = [*FEW, *(mentee(f"e{n}", **{"segment:Site": "Here"}) for n in range(5))]
    assert "4500" not in text(rows)
    assert "with Grace: 4500" in text(rows, scores=True)
    assert "Mean" in text(rows, scores=True)


def test_who_is_left_reads_why_and_what_would_help() -> None:
    rows = [
        *FEW,
        mentor("hana", office="Lisbon"),
        mentee("cyd", languages="ja", waited="2"),
        mentor("ida", languages="en"),
    ]
    found = text([{**one, "languages": one.get("languages", "en")} for one in rows])
    assert "1. Cyd: no mentor is permitted.\n" in found
    assert "  - Without the limit on a common language, 3 mentors would fit.\n" in found
    assert "2. Bea: no mentor is permitted.\n  - Without the limit on the same office, 3 mentors would fit.\n" in found
    assert "\n1 new mentor who speaks en and can meet in Osaka would match 1 mentee.\n" in found
    assert "\n1 new mentor who speaks ja would match 1 mentee.\n" in found


def test_a_place_that_would_match_one_more_is_named() -> None:
    found = text([mentor("grace"), mentee("ada"), mentee("bea", goals="tax")])
    assert "1. Bea: 1 mentor is permitted, and all their places are needed by others.\n" in found
    assert "  - One more place matches one more person: Grace.\n" in found
    assert "New mentees: 1 mentor with 1.\n" in found


def test_in_best_fit_somebody_may_stay_out_though_there_is_room() -> None:
    found = text([mentor("grace", load="9"), mentee("ada")], mode=Aim.BEST_FIT)
    assert "0 of 1 mentee matched, and no better fit exists: proved.\n" in found
    assert "1. Ada: 1 mentor is permitted, and no place of theirs would make the whole fit\nbetter.\n" in found


def test_idle_mentors_pins_and_what_changed_are_told() -> None:
    rows = [*(mentor(name) for name in ("grace", "hana", "ida", "joy", "kim")), mentee("ada")]
    draft = '{"schema": "alongside.match/1", "matches": [{"mentee": "ada", "mentor": "ida", "score": 1}]}'
    found = text(rows, locks="mentee,mentor,kind\nada,grace,pin\n", previous=draft)
    assert "\nAda, with Grace (locked)\n" in found
    assert "\nMentors without a mentee: Hana, Ida, Joy and 1 other.\n" in found
    assert "0 the same, 1 moved, 0 newly matched, 0 no longer." in " ".join(found.split())
    assert "  - Ada: Grace in the place of Ida\n" in found


def test_why_not_somebody_else_is_answered_in_words() -> None:
    rows = [mentor("grace", teaches="law"), mentor("hana"), mentor("ida", blocked="ada"), mentee("ada")]
    found = text(rows, explain=("ada",))
    assert "\nAda with Hana: would cost the whole 1500 points.\n" in found
    assert "\nAda with Ida: not permitted (not_available).\n" in found
    assert "Bea with Grace: somebody else would lose their place." in text(FEW_PLACES, explain=("bea",))


def test_of_a_mentor_without_a_place_nobody_would_lose_one() -> None:
    found = text([mentor("grace", capacity="0"), mentor("hana"), mentee("ada")], explain=("grace",))
    assert "\nAda with Grace: Grace has no place.\n" in found


def test_of_everybody_who_was_asked_about_something_is_said() -> None:
    rows = [mentor("grace"), mentee("ada"), mentee("bea", available="no")]
    found = text(rows, explain=("ada", "bea"))
    assert "\nAda: nobody else is there.\n\nBea: takes no part.\n" in found


FEW_PLACES = [mentor("grace"), mentor("hana", languages="en"), mentee("ada", languages="ja"), mentee("bea")]


def test_the_last_line_is_for_the_record() -> None:
    found = text(FEW, rules="seed = 'x'").rpartition("\n\n")[2]
    assert found.startswith("Record: people ")
    assert "rules " in found
    assert "seed x" in found
    assert found.endswith("gap 0\n")


def test_what_a_terminal_would_obey_is_not_written() -> None:
    assert "\x1b" not in text([mentor("grace", name="Gr\x1b[2Jace", skills="law\x07"), mentee("ada", goals="LAW\x07")])
    turned = text([mentor("grace", name="Gr\u202eace"), mentee("ada", name="A\u2028da\u2067")])
    assert not {"\u202e", "\u2028", "\u2067"} & set(turned)


def test_a_warning_is_a_line_by_its_place() -> None:
    assert "\nPEOPLE.csv:3:goals: W03 this mentee names no goals\n" in text([mentor("grace"), mentee("ada", goals="")])


def test_several_things_that_somebody_works_with_are_them() -> None:
    rows = [mentor("grace", skills="law|tax"), mentee("ada", goals="law|tax")]
    assert "  - You want to grow in law and tax; Grace works with them every day.\n" in text(rows)
