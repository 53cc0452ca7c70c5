"""Shares speak of five people at least, and two reports cannot be subtracted to learn what one pair said."""

from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flows.feedback import HIGH, LOW, Tap
from flows.meetings import Meeting, MeetingState
from flows.programme import Cohort, CohortState, Design
from flows.reports.mood import STUCK, Shares, Voice, check_ins, feedback, settled
from flows.reports.records import CheckIn, Records

COHORT = Cohort("c", "p", "Leaders", CohortState.RUNNING, date(2027, 3, 1), opened_at=datetime(2027, 2, 1, tzinfo=UTC))
WEEKS = [f"2027-W{week:02}" for week in range(9, 22)]
words = st.lists(
    st.tuples(st.sampled_from(WEEKS), st.integers(1, 14), st.sampled_from(["fine", "slow", "stuck", "shared"])),
    unique_by=lambda one: one[:2],
)


def records(said: list[tuple[str, int, str]]) -> Records:
    """`said` is (week, person, word), one match a person."""
    told = tuple(CheckIn(f"m{person}", f"p{person}", week, word) for week, person, word in said)
    return Records(COHORT, Design(), check_ins=told)


def percent(shares: Shares | None, answer: str) -> int | None:
    assert shares is not None
    return next(share.percent for share in shares.shares if share.answer == answer)


@given(words)
def test_no_share_speaks_of_fewer_than_five_nor_lets_fewer_be_worked_out(said: list[tuple[str, int, str]]) -> None:
    for week in WEEKS:
        shares = check_ins(records(said), week)
        if shares is None:
            continue
        shown = [share.percent for share in shares.shares if share.percent is not None]
        # Zeros are shown when nothing is hidden.
        assert all(part == 0 or part * shares.people >= 450 for part in shown)
        if len(shown) < len(shares.shares):
            assert 0 not in shown
            assert (100 - sum(shown) + 1) * shares.people >= 500


@given(words)
def test_between_two_different_reports_five_people_have_spoken(said: list[tuple[str, int, str]]) -> None:
    voices = [Voice(f"p{person}", week, (week, 0, ""), word) for week, person, word in said]
    cuts = sorted({settled(voices, week) for week in [*WEEKS, "2027-W30"]})
    for before, after in pairwise(cuts):
        between = {voice.person for voice in voices if before < voice.week <= after}
        assert len(between) >= 5


def test_a_week_counts_when_it_is_over_and_everybody_once_with_the_newest_word() -> None:
    said = [("2027-W10", person, "fine") for person in range(1, 11)]
    later = [("2027-W12", person, "shared") for person in range(1, 6)]
    assert check_ins(records(said), "2027-W10") is None
    first = check_ins(records(said + later), "2027-W12")
    assert percent(first, "fine") == 100
    assert percent(first, STUCK) == 0
    second = check_ins(records(said + later), "2027-W13")
    assert second is not None
    assert second.people == 10
    assert percent(second, "fine") == 50
    assert percent(second, STUCK) == 50
    assert percent(second, "slow") == 0


def test_whether_a_coordinator_may_know_makes_no_difference_to_the_shares() -> None:
    said = [("2027-W10", person, "fine") for person in range(1, 8)]
    kept = [("2027-W10", person, "stuck") for person in range(8, 14)]
    shared = [("2027-W10", person, "shared") for person in range(8, 14)]
    assert check_ins(records(said + kept), "2027-W11") == check_ins(records(said + shared), "2027-W11")


def test_taps_count_by_the_week_of_their_meeting_and_only_if_it_took_place() -> None:
    meetings, taps = {}, {}
    for number in range(1, 9):
        match, day = f"m{number}", date(2027, 3, 9 if number <= 6 else 17)
        state = MeetingState.MET if number != 6 else MeetingState.OPEN
        meetings[match] = (Meeting(match, 1, COHORT.starts_on, state, met_on=day if number != 6 else None),)
        taps[match] = (
            Tap(1, f"p{number}", "useful", HIGH if number <= 6 else LOW),
            Tap(1, f"p{number}", "fit", LOW),
        )
    found = feedback(Records(COHORT, Design(), meetings=meetings, taps=taps), "2027-W14")
    assert set(found) == {"useful", "heard", "next"}
    useful = found["useful"]
    assert useful is not None
    assert useful.people == 5
    assert percent(useful, str(HIGH)) == 100
    assert found["heard"] is None
