"""What matching and the questions make of what a company says of somebody."""

from dataclasses import replace
from datetime import date

from flows.facts import Known, Word
from flows.facts_used import Suggested, informed, suggested
from flows.matching.people import Candidate
from flows.people import Role
from flows.questionnaire import Kind, Question

OFFICE = Question(
    "office", Kind.CHOICE, name="Office", ask="Which?", options=(("lisbon", "Lisbon"), ("porto", "Porto"))
)
AREA = Question("area", Kind.CHOICE, name="Area", ask="Where?", options=(("people", "People and learning"),))
NEW = Question("new", Kind.CHOICE, name="New", ask="New?", options=(("company", "In the company"), ("neither", "No")))
QUESTIONS = (OFFICE, AREA, NEW)
TODAY = date(2027, 3, 1)
LISBON = Known("mira@x.org", ("mira",), "people and learning", " LISBON ", 6, date(2026, 10, 1))
INES = Candidate("pa-ines", frozenset({Role.MENTEE}))


def use(known: Known, candidate: Candidate = INES, **here: str) -> Candidate:
    return informed(candidate, known, QUESTIONS, here)


def test_manager_and_level_count_at_once_and_where_somebody_works_once_they_confirmed_it() -> None:
    told = use(LISBON, mira="pa-mira", ines="pa-ines")
    assert (told.manager, told.grade, told.office, told.function) == ("pa-mira", 6, "", "")
    sure = use(replace(LISBON, word=Word.RIGHT))
    assert (sure.manager, sure.office, sure.function) == ("", "lisbon", "people")
    assert {"grade", "office", "function"} <= sure.private


def test_an_answer_of_their_own_goes_first_and_may_be_named() -> None:
    own = Candidate("pa-ines", frozenset({Role.MENTEE}), office="porto")
    told = use(replace(LISBON, word=Word.RIGHT), own)
    assert (told.office, "office" in told.private) == ("porto", False)


def test_a_manager_with_two_accounts_is_kept_away_with_both() -> None:
    known = replace(LISBON, managers=("mira", "mira too"))
    told = informed(INES, known, QUESTIONS, {"mira": "pa-1", "mira too": "pa-2"})
    assert (told.manager, told.blocked) == ("pa-1", frozenset({"pa-2"}))


def test_groups_are_for_comparing_alone_and_leave_out_what_somebody_calls_wrong() -> None:
    assert dict(use(LISBON).segments) == {"site": " LISBON ", "department": "people and learning", "level": "5–8"}
    assert dict(use(replace(LISBON, word=Word.WRONG)).segments) == {"level": "5–8"}
    assert use(Known()).segments == ()


def test_a_question_is_suggested_an_answer_that_is_among_its_options() -> None:
    assert suggested(LISBON, OFFICE, TODAY) == Suggested("office", "lisbon")
    assert suggested(LISBON, AREA, TODAY) == Suggested("area", "people")
    assert suggested(LISBON, NEW, TODAY) == Suggested("new", "company")
    assert suggested(LISBON, NEW, date(2027, 10, 1)) is None
    assert suggested(Known(started_on=date(2027, 3, 2)), NEW, TODAY) is None
    assert suggested(Known(site="Faro"), OFFICE, TODAY) is None
    assert suggested(Known(), OFFICE, TODAY) is None
