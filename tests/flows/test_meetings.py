"""Did you meet? Two people answer, and every pair of answers has one meaning."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.meetings import Meeting, MeetingState, Outcome, Said, answer, outcome, plan
from flows.refusal import Refusal

MET, MOVED, NOT_YET, WONT = Said.MET, Said.MOVED, Said.NOT_YET, Said.WONT
TODAY = date(2026, 5, 14)
THURSDAY = datetime(2026, 5, 14, 8, tzinfo=UTC)
FIRST = Meeting("match-1", 1, planned_at=THURSDAY)

# Each of the 16 pairs: what follows, and what follows when both were asked once more and said the same again.
STATES = {
    (MET, MET): (Outcome.CONFIRMED, Outcome.CONFIRMED),
    (MET, MOVED): (Outcome.ASK_AGAIN, Outcome.MOVED),
    (MET, NOT_YET): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (MET, WONT): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (MOVED, MET): (Outcome.ASK_AGAIN, Outcome.MOVED),
    (MOVED, MOVED): (Outcome.MOVED, Outcome.MOVED),
    (MOVED, NOT_YET): (Outcome.MOVED, Outcome.MOVED),
    (MOVED, WONT): (Outcome.ASK_AGAIN, Outcome.MOVED),
    (NOT_YET, MET): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (NOT_YET, MOVED): (Outcome.MOVED, Outcome.MOVED),
    (NOT_YET, NOT_YET): (Outcome.NOT_YET, Outcome.NOT_YET),
    (NOT_YET, WONT): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (WONT, MET): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (WONT, MOVED): (Outcome.ASK_AGAIN, Outcome.MOVED),
    (WONT, NOT_YET): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    (WONT, WONT): (Outcome.SKIPPED, Outcome.SKIPPED),
}
LEFT_AS = {
    Outcome.CONFIRMED: MeetingState.MET,
    Outcome.SKIPPED: MeetingState.SKIPPED,
    Outcome.MOVED: MeetingState.OPEN,
    Outcome.NOT_YET: MeetingState.OPEN,
    Outcome.ASK_AGAIN: MeetingState.OPEN,
}


def says(meeting: Meeting, who: str, said: Said) -> tuple[Meeting, Outcome]:
    return answer(meeting, said=said, person=who, partner="grace" if who == "ada" else "ada", on=TODAY)


@pytest.mark.parametrize(("mine", "theirs"), list(STATES))
def test_every_pair_of_answers_has_one_meaning(mine: Said, theirs: Said) -> None:
    first, second = STATES[mine, theirs]

    assert outcome(mine, theirs) is first
    assert outcome(mine, theirs, asked_again=True) is second


@pytest.mark.parametrize(("mine", "theirs"), list(STATES))
def test_two_people_answer_and_are_asked_at_most_once_more(mine: Said, theirs: Said) -> None:
    first, second = STATES[mine, theirs]

    meeting, _ = says(FIRST, "ada", mine)
    meeting, result = says(meeting, "grace", theirs)
    assert (result, meeting.state) == (first, LEFT_AS[first])

    if result is Outcome.ASK_AGAIN:
        assert (meeting.asked_again, meeting.met_on) == (True, None)
        meeting, alone = says(meeting, "grace", theirs)
        assert (alone, meeting.state) == (Outcome.WAITING, MeetingState.OPEN)
        meeting, result = says(meeting, "ada", mine)
        assert (result, meeting.state) == (second, LEFT_AS[second])


@pytest.mark.parametrize(
    ("said", "result", "state"),
    [
        (MET, Outcome.CONFIRMED, MeetingState.MET),
        (MOVED, Outcome.MOVED, MeetingState.OPEN),
        (NOT_YET, Outcome.NOT_YET, MeetingState.OPEN),
        (WONT, Outcome.WAITING, MeetingState.OPEN),
    ],
)
def test_one_answer_alone(said: Said, result: Outcome, state: MeetingState) -> None:
    meeting, found = says(FIRST, "ada", said)

    assert (found, meeting.state) == (result, state)
    assert outcome(None, said) is result


def test_before_anybody_has_answered_nothing_follows() -> None:
    assert outcome(None, None) is Outcome.WAITING


def test_a_confirmed_meeting_keeps_the_day_on_which_it_was_said() -> None:
    meeting, _ = says(FIRST, "ada", MET)
    later, result = answer(meeting, said=MET, person="grace", partner="ada", on=date(2026, 5, 20))

    assert (result, later.met_on) == (Outcome.CONFIRMED, TODAY)


def test_after_a_contradiction_both_agree() -> None:
    meeting, _ = says(FIRST, "ada", MET)
    meeting, result = says(meeting, "grace", NOT_YET)
    assert (result, meeting.met_on) == (Outcome.ASK_AGAIN, None)

    meeting, _ = says(meeting, "grace", MET)
    meeting, result = says(meeting, "ada", MET)
    assert (result, meeting.state, meeting.met_on) == (Outcome.CONFIRMED, MeetingState.MET, TODAY)


def test_somebody_changes_their_mind_before_the_other_answers() -> None:
    meeting, _ = says(FIRST, "ada", NOT_YET)
    meeting, result = says(meeting, "ada", MET)

    assert (result, meeting.state) == (Outcome.CONFIRMED, MeetingState.MET)


def test_what_both_said_of_one_occasion_does_not_contradict_the_next() -> None:
    meeting, _ = says(FIRST, "ada", NOT_YET)
    meeting, _ = says(meeting, "grace", NOT_YET)
    meeting, result = says(meeting, "ada", MET)

    assert result is Outcome.CONFIRMED


def test_a_new_date_forgets_what_was_said_of_the_old_one() -> None:
    meeting, _ = says(FIRST, "ada", MOVED)
    assert meeting.planned_at is None

    meeting = plan(meeting, datetime(2026, 5, 21, 8, tzinfo=UTC))
    meeting, result = says(meeting, "grace", MET)

    assert (result, meeting.planned_at) == (Outcome.CONFIRMED, datetime(2026, 5, 21, 8, tzinfo=UTC))


@pytest.mark.parametrize("state", [MeetingState.MET, MeetingState.SKIPPED])
def test_what_is_over_gets_no_date(state: MeetingState) -> None:
    with pytest.raises(Refusal, match=r"meeting\.over"):
        plan(replace(FIRST, state=state), THURSDAY)
