"""The budget of a week holds whatever happens in it."""

from hypothesis import given
from hypothesis import strategies as st

from flows.budget import LIMITS, MOST, Charge, allowed, charge_of

STEPS = {
    Charge.ROUTINE: "nudge",
    Charge.MATCH_DAY: "introduction",
    Charge.MEETING: "met_2_2027-03-04",
}


def test_every_step_is_charged_to_what_it_is_about() -> None:
    assert {step: charge_of(step) for step in STEPS.values()} == {step: charge for charge, step in STEPS.items()}
    assert charge_of("session_2") is charge_of("letter") is charge_of("pulse_start") is Charge.ROUTINE
    assert charge_of("met_2__again") is Charge.MEETING


@given(st.lists(st.sampled_from(Charge), max_size=30))
def test_no_week_ever_holds_more_than_it_may(wanted: list[Charge]) -> None:
    told: list[str] = []
    for charge in wanted:
        if allowed(charge, told):
            told.append(STEPS[charge])
    assert len(told) <= MOST
    for charge, limit in LIMITS.items():
        assert told.count(STEPS[charge]) <= limit


def test_a_quiet_week_has_room_for_one_message_and_two_about_a_meeting() -> None:
    assert allowed(Charge.ROUTINE, [])
    assert not allowed(Charge.ROUTINE, ["pulse_start"])
    assert allowed(Charge.MEETING, ["nudge", "met_1_"])
    assert not allowed(Charge.MEETING, ["met_1_", "met_2_"])


def test_the_week_of_the_match_has_room_for_three_introductions_beside_the_card() -> None:
    assert allowed(Charge.MATCH_DAY, ["nudge", "introduction", "introduction"])
    assert not allowed(Charge.MATCH_DAY, ["introduction"] * 3)
