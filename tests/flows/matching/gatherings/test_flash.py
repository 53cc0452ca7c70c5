"""A short question waits for somebody who knows, then for anybody; one mentor takes it, and may give it back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.matching.gatherings.flash import WIDENED, Request, claimed, open_to, surrendered
from flows.matching.people import Candidate
from flows.matching.rules import FOR_PROGRAMMES
from flows.refusal import Refusal
from tests.flows.matching.company import MENTEE, MENTOR

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MINA = Candidate("mina", MENTEE)
ADA = Candidate("ada", MENTOR, skills=frozenset({"law"}))
GRACE = Candidate("grace", MENTOR, teaches=frozenset({"data"}))


def asked(name: str, subject: str, *, hours_ago: int = 1, by: Candidate = MINA) -> Request:
    return Request(name, by, subject, NOW - timedelta(hours=hours_ago))


def seen(mentor: Candidate, *requests: Request, now: datetime = NOW) -> list[str]:
    return [one.id for one in open_to(mentor, requests, FOR_PROGRAMMES, now=now)]


def test_the_longest_waiting_question_comes_first_to_those_who_know_the_subject() -> None:
    requests = [asked("b", "law", hours_ago=1), asked("a", "law", hours_ago=3), asked("c", "data", hours_ago=2)]

    assert seen(ADA, *requests) == ["a", "b"]
    assert seen(GRACE, *requests) == ["c"]
    assert seen(ADA, *requests[::-1]) == ["a", "b"]
    twins = [asked(name, "law") for name in ("d", "e", "f", "g")]
    assert seen(ADA, *twins) == seen(ADA, *twins[::-1])


def test_a_question_that_nobody_took_is_shown_to_everybody_who_may_take_it() -> None:
    request = asked("a", "data", hours_ago=0)

    assert seen(ADA, request, now=NOW + WIDENED - timedelta(seconds=1)) == []
    assert seen(ADA, request, now=NOW + WIDENED) == ["a"]
    assert seen(replace(ADA, blocked=frozenset({"mina"})), request, now=NOW + WIDENED) == []
    assert seen(replace(ADA, load=1), request, now=NOW + WIDENED) == []


def test_of_two_who_claim_it_the_first_has_it() -> None:
    request = asked("a", "law")
    helen = replace(ADA, id="helen")

    first = claimed(request, ADA, FOR_PROGRAMMES, now=NOW)

    assert first.mentor == "ada"
    assert claimed(first, ADA, FOR_PROGRAMMES, now=NOW) == first
    with pytest.raises(Refusal) as refused:
        claimed(first, helen, FOR_PROGRAMMES, now=NOW)
    assert refused.value.key == "flash.taken"
    assert seen(helen, first) == []


def test_given_back_it_keeps_its_place_and_comes_no_more_to_who_gave_it_back() -> None:
    early, late = asked("a", "law", hours_ago=3), asked("b", "law", hours_ago=1)
    taken = claimed(early, ADA, FOR_PROGRAMMES, now=NOW)

    back = surrendered(taken)

    with pytest.raises(Refusal) as refused:
        claimed(back, ADA, FOR_PROGRAMMES, now=NOW)
    assert refused.value.key == "flash.not_for_you"

    assert seen(replace(ADA, id="helen"), late, back) == ["a", "b"]
    assert seen(ADA, late, back) == ["b"]
    assert surrendered(late) == late
