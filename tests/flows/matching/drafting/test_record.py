"""What is kept of how a draft was found: the proof, and hashes of all that it was made from."""

from dataclasses import replace
from random import Random

from flows.matching.drafting.round import draft
from flows.matching.editing.pricing import at_least
from flows.matching.locks import Lock, LockKind
from flows.matching.people import Candidate
from flows.matching.rules import FOR_PROGRAMMES
from flows.people import Role
from tests.flows.matching.company import company

RULES = FOR_PROGRAMMES


def test_the_proof_says_what_another_pair_would_cost_at_least() -> None:
    asked = 0
    for number in range(40):
        people = company(Random(number), 8, 6)
        made = draft(people, RULES)
        assert made.proof.proved
        assert made.proof.gap == 0
        by_id = {one.id: one for one in people}
        partners = {one.mentee: one.mentor for one in made.pairs}
        for mentee in (one for one in people if Role.MENTEE in one.roles):
            for mentor in (one for one in people if one.places):
                least = at_least(made, by_id, RULES, {mentee.id: mentor.id}, kept=())
                if least is not None and partners.get(mentee.id) == mentor.id:
                    assert least == 0, "a pair of the best draft costs nothing"
                    asked += 1
    assert asked > 40


def test_the_record_is_the_same_for_the_same_inputs_in_any_order() -> None:
    people = list(company(Random(3), 12, 10))
    first = draft(people, RULES, alongside="1.0").record
    Random(4).shuffle(people)
    again = [replace(one, goals=frozenset(sorted(one.goals, reverse=True))) for one in people]

    assert draft(again, RULES, alongside="1.0").record == first


def test_whatever_is_other_shows_in_the_record() -> None:
    people = company(Random(5), 10, 8)
    made = draft(people, RULES)
    one = next(one for one in people if one.id == made.pairs[0].mentee)
    changed = tuple(replace(each, waited=each.waited + 1) if each is one else each for each in people)
    pin = Lock(LockKind.PIN, made.pairs[0].mentee, made.pairs[0].mentor)

    assert draft(changed, RULES).record.people != made.record.people
    assert draft(people, replace(RULES, load=0)).record.rules != made.record.rules
    assert draft(people, RULES, [pin]).record.locks != made.record.locks
    assert made.record.previous == ""
    assert draft(people, RULES, previous=made.pairs).record.previous
    assert draft(people, replace(RULES, seed="autumn")).record.seed == "autumn"


def test_whom_somebody_avoids_cannot_be_tried_out_on_the_record() -> None:
    people = company(Random(6), 6, 4)
    mentee, mentor = (next(one for one in people if role in one.roles) for role in (Role.MENTEE, Role.MENTOR))
    avoiding = tuple(replace(one, blocked=frozenset({mentor.id})) if one is mentee else one for one in people)

    assert draft(avoiding, RULES).record.people == draft(people, RULES).record.people


def test_nobody_is_no_shortage() -> None:
    lonely = draft([Candidate("ana", frozenset({Role.MENTEE}))], RULES)

    assert lonely.proof.shortage is not None
    assert lonely.proof.shortage.mentees == ("ana",)
    assert lonely.proof.shortage.short == 1
