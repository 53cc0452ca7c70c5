"""Three taps, the question of fit, and the one word for coordinators."""

from datetime import date

import pytest

from flows.feedback import FIT, HIGH, LOW, MIDDLE, TALK, TAPS, Attention, Tap, attention, next_question
from flows.meetings import Meeting, MeetingState

DAY = date(2027, 3, 1)
OPEN = Meeting("m-1", 1, DAY)
MET = Meeting("m-1", 1, DAY, MeetingState.MET)


def taps(number: int, *answers: int) -> list[Tap]:
    return [Tap(number, "p-1", question, answer) for question, answer in zip(TAPS, answers, strict=False)]


def test_three_taps_then_the_question_of_fit_then_nothing() -> None:
    given: list[Tap] = []
    asked = []
    while (question := next_question(given, 1)) is not None:
        asked.append(question)
        given.append(Tap(1, "p-1", question, HIGH))
    assert asked == [*TAPS, FIT]


@pytest.mark.parametrize(("earlier", "asked"), [(HIGH, None), (MIDDLE, FIT), (LOW, FIT)])
def test_the_question_of_fit_comes_back_until_it_fits(earlier: int, asked: str | None) -> None:
    given = [*taps(1, 3, 3, 3), Tap(1, "p-1", FIT, earlier), *taps(2, 3, 3, 3)]
    assert next_question(given, 2) == asked


NEEDED = {
    "nothing yet, in week 4": ([], {}, [OPEN], 4, Attention.ON_TRACK),
    "nothing yet, in week 5": ([], {}, [OPEN], 5, Attention.NEEDS_CHECK_IN),
    "not even a card yet, in week 5": ([], {}, [], 5, Attention.NEEDS_CHECK_IN),
    "met once": ([], {}, [MET], 9, Attention.ON_TRACK),
    "one thing was poor": (taps(1, LOW, HIGH, HIGH), {}, [MET], 3, Attention.ON_TRACK),
    "two things were poor": (taps(1, LOW, LOW, HIGH), {}, [MET], 3, Attention.NEEDS_CHECK_IN),
    "poor once, better since": ([*taps(1, LOW, LOW), *taps(2, HIGH)], {}, [MET], 3, Attention.ON_TRACK),
    "not a fit, and nobody was told": ([Tap(1, "p-1", FIT, LOW)], {}, [MET], 3, Attention.ON_TRACK),
    "wants to talk": ([Tap(1, "p-1", TALK, HIGH)], {}, [MET], 3, Attention.NEEDS_CHECK_IN),
    "stuck, and kept it": ([], {"p-1": "stuck"}, [MET], 3, Attention.ON_TRACK),
    "stuck, and allowed it": ([], {"p-1": "fine", "p-2": "shared"}, [MET], 3, Attention.NEEDS_CHECK_IN),
}


@pytest.mark.parametrize("case", NEEDED)
def test_coordinators_see_one_word(case: str) -> None:
    given, check_ins, meetings, week, expected = NEEDED[case]
    assert attention(given, check_ins, meetings, week=week) is expected
