"""What is decided holds in every draft: hard limits, places, locks, who is kept apart and who is on hold."""

from collections import Counter
from dataclasses import replace
from random import Random

from flows.matching.drafting.solved import Problem, solve
from flows.matching.limits import failed
from flows.matching.locks import Lock, LockKind, override_of
from flows.matching.people import Candidate
from flows.matching.pool import gather
from flows.matching.rules import SWITCHABLE, Aim, Limit
from flows.people import Role
from tests.flows.matching.company import EVERY, company

FEW_LIMITS = replace(EVERY, limits={Limit.LANGUAGE: True, Limit.MANAGER: True})


def decided(dice: Random, people: tuple[Candidate, ...]) -> tuple[Lock, ...]:
    """A few locks, which may contradict each other, limits and places."""
    mentees, mentors = ([one.id for one in people if role in one.roles] for role in (Role.MENTEE, Role.MENTOR))
    found = []
    for _ in range(dice.randint(0, 4)):
        mentee, mentor = dice.choice(mentees), dice.choice(mentors)
        found += dice.choice(
            (
                [Lock(LockKind.PIN, mentee, mentor)],
                [Lock(LockKind.PIN, mentee, mentor, override_of(SWITCHABLE))],
                [Lock(LockKind.FORBID, mentee, mentor)],
                [dice.choice((Lock(LockKind.HOLD, mentee=mentee), Lock(LockKind.HOLD, mentor=mentor)))],
            )
        )
    return tuple(dict.fromkeys(found))


def test_limits_places_and_whatever_was_decided_hold_in_a_thousand_pools() -> None:
    seen = Counter[str]()
    for number in range(1_000):
        dice = Random(number)
        people = company(dice, dice.randint(1, 5), dice.randint(1, 4))
        by_id = {one.id: one for one in people}
        rules = replace(dice.choice((EVERY, FEW_LIMITS)), aim=dice.choice((Aim.PARTICIPATION, Aim.BEST_FIT)))
        pool = gather(people, rules, decided(dice, people))

        made = solve(Problem(pool.mentees, pool.mentors, rules, pool.pins, pool.forbidden), over=lambda: False)

        partners = {mentee: found.pair.mentor for mentee, found in made.matches.items()}
        lifted = {(one.mentee, one.mentor): one.overridden for one in pool.locks}
        for mentee, mentor in partners.items():
            limits = failed(by_id[mentee], by_id[mentor], rules) - lifted.get((mentee, mentor), frozenset())
            assert not limits, (number, mentee, mentor)
        for mentor, taken in Counter(partners.values()).items():
            assert taken <= by_id[mentor].places
        for one in pool.locks:
            match one.kind:
                case LockKind.PIN:
                    assert partners[one.mentee] == one.mentor
                case LockKind.FORBID:
                    assert partners.get(one.mentee) != one.mentor
                case LockKind.HOLD:
                    assert one.mentee not in partners
                    assert one.mentor not in partners.values()
            seen[one.kind] += 1
        seen["pair"] += len(partners)
    assert min(seen[kind] for kind in (*LockKind, "pair")) > 150, seen
