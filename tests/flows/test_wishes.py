"""Whom a mentee may name, who is asked next, and what a round sees of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.matching.people import Candidate
from flows.matching.rules import FOR_PROGRAMMES
from flows.people import Role
from flows.refusal import Refusal
from flows.requests import Cause, Request
from flows.wishes import MOST, SHOWN, Wishes, named, next_to_ask, offered, steered

MONDAY = datetime(2027, 3, 1, 10, tzinfo=UTC)
LATER = MONDAY + timedelta(days=7)
INES = Candidate("ines", frozenset({Role.MENTEE}), goals=frozenset({"data", "talks"}))


def mentor(name: str, *skills: str, places: int = 1) -> Candidate:
    return Candidate(name, frozenset({Role.MENTOR}), capacity=places, teaches=frozenset(skills))


def asked(name: str, at: datetime = MONDAY) -> Request:
    return Request(f"r-{name}", "c", "ines", name, at, at, agreed=frozenset({Role.MENTEE}))


def test_the_best_fit_is_shown_first() -> None:
    mira, hannah = mentor("mira", "data", "talks"), mentor("hannah", "cooking")

    assert offered(INES, [hannah, mira], FOR_PROGRAMMES, prices={}) == ("mira", "hannah")


def test_who_has_no_place_or_is_not_available_is_never_shown() -> None:
    avoided = replace(INES, blocked=frozenset({"mira"}))
    vetoing = replace(mentor("hannah", "data"), blocked=frozenset({"ines"}))

    shown = offered(avoided, [mentor("mira", "data"), vetoing, mentor("noor", places=0)], FOR_PROGRAMMES, prices={})

    assert shown == ()


def test_who_was_sought_by_many_stands_further_back() -> None:
    mira, hannah = mentor("mira", "data", "talks"), mentor("hannah", "data")

    assert offered(INES, [mira, hannah], FOR_PROGRAMMES, prices={"mira": 9_000}) == ("hannah", "mira")


def test_equals_stand_in_an_order_of_each_mentee_and_no_list_is_long() -> None:
    many = [mentor(f"m{number}") for number in range(30)]

    lists = {offered(replace(INES, id=f"e{number}"), many, FOR_PROGRAMMES, prices={}) for number in range(20)}

    assert {len(shown) for shown in lists} == {SHOWN}
    assert len(lists) == 20
    assert offered(INES, many, FOR_PROGRAMMES, prices={}) == offered(INES, many[::-1], FOR_PROGRAMMES, prices={})


def test_a_list_is_read_without_gaps_and_names_nobody_twice() -> None:
    assert named(("mira", "", "noor"), ["mira", "noor"]) == ("mira", "noor")
    with pytest.raises(Refusal, match=r"wishes\.twice"):
        named(("mira", "mira"), ["mira"])
    with pytest.raises(Refusal, match=r"wishes\.gone"):
        named(("mira",), ["noor"])


def test_the_list_is_asked_in_its_order_and_nobody_twice() -> None:
    wishes = Wishes(("mira", "noor", "hannah"), MONDAY)

    assert next_to_ask(wishes, []) == ("mira", "noor", "hannah")
    assert next_to_ask(wishes, [asked("mira").lapse(LATER)]) == ("noor", "hannah")
    assert next_to_ask(wishes, [asked("mira").lapse(LATER), asked("noor").no(Cause.LATER, LATER)]) == ("hannah",)


def test_a_list_that_is_said_anew_may_name_who_was_silent_and_never_who_said_no() -> None:
    anew = Wishes(("mira", "noor"), LATER)

    left = next_to_ask(anew, [asked("mira").lapse(LATER), asked("noor").no(Cause.FIELD, LATER)])

    assert left == ("mira",)


@given(some.permutations(["mira", "noor", "hannah"]), some.lists(some.sampled_from(["lapse", "time", "later"])))
def test_whatever_mentors_say_everybody_on_the_list_is_asked_once(order: list[str], ends: list[str]) -> None:
    wishes, history = Wishes(tuple(order), MONDAY), list[Request]()

    for number, end in enumerate((*ends, *["lapse"] * MOST)):
        left = next_to_ask(wishes, history)
        if not left:
            break
        at = MONDAY + timedelta(days=number)
        one = asked(left[0], at)
        history.append(one.lapse(at) if end == "lapse" else one.no(Cause(end), at))

    assert [one.mentor for one in history] == order


def test_a_round_sees_wishes_and_leaves_alone_what_is_being_asked() -> None:
    candidates = {one.id: one for one in (INES, replace(INES, id="yusuf"), mentor("mira", places=2), mentor("noor"))}

    seen = steered(
        candidates, wishes={"yusuf": ("noor", "mira")}, declined=[("yusuf", "noor")], waiting=[asked("mira")]
    )

    assert seen["yusuf"].wishes == ("noor", "mira")
    assert seen["yusuf"].blocked == {"noor"}
    assert seen["mira"].places == 1
    assert seen["ines"].roles == frozenset()
