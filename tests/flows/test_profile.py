"""What matching may use of somebody, and what their match sees."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.calendar import Hours
from flows.content import parse
from flows.match import Match, MatchState, Member
from flows.matching.people import Mode
from flows.matching.week import in_utc
from flows.people import Account, Participant, Person, Role, Standing
from flows.profile import FIELDS, LIMITING, Past, candidate, capacity_of, limiting, past_of, roles_of, seen_by_match
from flows.questionnaire import Answer
from storage import packs

QUESTIONS = parse(packs.read()).questions
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
INES = Person("p1", Account("a", "b", "c"), "Ines Duarte", "pt", Hours(zone="Europe/Berlin"))
PLACE = Participant("i1", "co1", "p1", Standing.JOINED, frozenset({Role.MENTEE}))
ANSWERS: dict[str, Answer] = {
    "consent": "agree",
    "role": "mentee",
    "types_wished": ("peer",),
    "hours": 2,
    "skills_wanted": ("data",),
    "interests": None,
    "move_into": "product",
    "new": "role",
    "place": ("Europe/Berlin", "pt"),
    "mode": "online",
    "office": None,
    "times": ("tue-am",),
    "about": "Hello.",
}


def test_a_candidate_holds_what_was_answered() -> None:
    ines = candidate(INES, PLACE, ANSWERS, QUESTIONS, past=Past(), now=NOW)
    assert (ines.id, ines.roles, ines.available) == ("i1", frozenset({Role.MENTEE}), True)
    assert (ines.goals, ines.languages) == (frozenset({"data"}), frozenset({"pt"}))
    assert (ines.mode, ines.hours, ines.offset, ines.new) == (Mode.ONLINE, 2, 60, True)
    assert ines.free == in_utc(("tue-am",), 60)
    assert ines.moving_into == "product"


def test_what_limits_look_at_is_the_same_from_the_few_answers_that_it_rests_on() -> None:
    few = limiting(QUESTIONS)
    answers = {question: answer for question, answer in ANSWERS.items() if question in few}

    ines = candidate(INES, PLACE, ANSWERS, QUESTIONS, past=Past(), now=NOW)
    seen_from_afar = candidate(INES, PLACE, answers, [one for one in QUESTIONS if one.id in few], past=Past(), now=NOW)

    assert few == {"format", "place", "mode", "office", "times"}
    assert [getattr(seen_from_afar, field) for field in LIMITING] == [getattr(ines, field) for field in LIMITING]
    assert ines.free
    assert seen_from_afar.goals == frozenset()


def test_a_private_answer_steers_and_is_never_named() -> None:
    ines = candidate(INES, PLACE, ANSWERS, QUESTIONS, past=Past(), now=NOW)
    assert {"moving_into", "new", "hours"} <= ines.private
    assert not {"goals", "languages", "free", "types_wished"} & ines.private


def test_what_was_taken_out_steers_and_is_never_named() -> None:
    shy = replace(PLACE, hidden=frozenset({"skills_wanted", "place"}))
    ines = candidate(INES, shy, ANSWERS, QUESTIONS, past=Past(), now=NOW)
    assert {"goals", "languages"} <= ines.private
    assert ines.goals == {"data"}
    assert {question.id for question, _ in seen_by_match(shy, ANSWERS, QUESTIONS)} == {
        "role", "types_wished", "mode", "times", "about",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("person", "place"),
    [
        (replace(INES, active=False), PLACE),
        (replace(INES, hours=Hours(away_until=date(2027, 3, 1))), PLACE),
        (INES, replace(PLACE, standing=Standing.PAUSED)),
        (INES, replace(PLACE, standing=Standing.PAUSED, paused_until=date(2027, 3, 2))),
        (INES, replace(PLACE, standing=Standing.ANSWERING)),
        (INES, replace(PLACE, standing=Standing.LEFT)),
    ],
)
def test_who_cannot_take_part_now_is_not_available(person: Person, place: Participant) -> None:
    assert not candidate(person, place, ANSWERS, QUESTIONS, past=Past(), now=NOW).available


def test_a_pause_that_is_over_is_over() -> None:
    back = replace(PLACE, standing=Standing.PAUSED, paused_until=date(2027, 3, 1))
    assert candidate(INES, back, ANSWERS, QUESTIONS, past=Past(), now=NOW).available


def test_every_field_comes_from_a_question_of_the_default_pack() -> None:
    assert set(FIELDS.values()) <= {question.id for question in QUESTIONS}


def test_the_past_counts_mentees_and_partners() -> None:
    def match(which: str, mine: Role, other: str, state: MatchState) -> Match:
        theirs = Role.MENTEE if mine is Role.MENTOR else Role.MENTOR
        members = (Member("p1", "i1", mine), Member(other, f"x{other}", theirs))
        return Match(which, "co1", state, members, date(2027, 1, 1), date(2027, 3, 26))

    matches = [
        match("m1", Role.MENTOR, "p2", MatchState.ACTIVE),
        match("m2", Role.MENTOR, "p3", MatchState.ACTIVE),
        match("m3", Role.MENTEE, "p4", MatchState.ENDED),
    ]
    past = past_of("p1", matches, {"p2": "i2", "p4": "i4"})
    assert past == Past(frozenset({"i2", "i4"}), load=2, has_mentor=False)
    past = past_of("p1", [match("m4", Role.MENTEE, "p4", MatchState.ACTIVE)], {})
    assert past.has_mentor
    assert candidate(INES, PLACE, ANSWERS, QUESTIONS, past=past, now=NOW).roles == frozenset()


def test_roles_and_capacity_follow_the_answers() -> None:
    assert roles_of({"role": "both"}) == {Role.MENTOR, Role.MENTEE}
    assert roles_of({}) == frozenset()
    assert [capacity_of({"role": role, "capacity": 3}) for role in ("mentor", "mentee", "both")] == [3, 0, 3]
    assert capacity_of({"role": "mentor"}) == 1
