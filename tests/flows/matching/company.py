"""Made-up colleagues: one by one, or a whole pool from a number."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from flows.matching.drafting.solved import Problem, solve
from flows.matching.people import Candidate, Mode
from flows.matching.pool import gather
from flows.matching.rules import FOR_PROGRAMMES, Rules
from flows.matching.week import PARTS, in_utc
from flows.people import Role

MENTEE = frozenset({Role.MENTEE})
MENTOR = frozenset({Role.MENTOR})
BOTH = MENTEE | MENTOR
SKILLS = ("coaching", "data", "finance", "law", "python", "sales", "speaking", "writing")
FUNCTIONS = ("", "data", "finance", "law", "sales")
OFFICES = ("", "Berlin", "Lisbon", "Osaka")
TYPES = ("career", "life", "peer", "reverse_career")
OFFSETS = (-480, -300, 0, 60, 120, 330, 540)
WEIGHTS = {
    "goals": 2_400, "teaches": 1_200, "interests": 900, "seniority": 800, "time": 1_400, "language": 500, "mode": 500,
    "mix": 1_100, "type": 700, "newcomer": 300, "pace": 200,
}  # fmt: skip
EVERY = replace(FOR_PROGRAMMES, weights=WEIGHTS)
"""Rules in which every rule has weight and every limit holds."""


def some(dice: Random, tags: tuple[str, ...], most: int) -> frozenset[str]:
    """A few of these, perhaps none."""
    return frozenset(dice.sample(tags, dice.randint(0, min(most, len(tags)))))


def colleague(dice: Random, name: str, roles: frozenset[Role]) -> Candidate:
    """Somebody with every field at random; many combinations are awkward on purpose."""
    offset = dice.choice(OFFSETS)
    slots = some(dice, tuple(f"{day}-{part}" for day in ("mon", "tue", "thu") for part in PARTS), 5)
    return Candidate(
        id=name,
        roles=roles,
        capacity=dice.choice((0, 1, 1, 2, 3)),
        load=dice.choice((0, 0, 0, 1, 2)),
        available=dice.random() > 0.1,
        offset=offset,
        free=in_utc(slots, offset),
        languages=some(dice, ("de", "en", "ja", "pt"), 2),
        mode=dice.choice(list(Mode)),
        office=dice.choice(OFFICES),
        grade=dice.choice((None, 1, 3, 5, 7)),
        function=dice.choice(FUNCTIONS),
        moving_into=dice.choice(FUNCTIONS),
        goals=some(dice, SKILLS, 4),
        skills=some(dice, SKILLS, 4),
        teaches=some(dice, SKILLS, 2),
        interests=some(dice, SKILLS, 4),
        types_wished=some(dice, TYPES, 2),
        types_offered=some(dice, TYPES, 2),
        new=dice.random() > 0.7,
        hours=dice.choice((None, 1, 2, 4)),
        waited=dice.choice((0, 0, 1, 5)),
        private=some(dice, ("goals", "interests", "free", "languages", "function", "moving_into", "grade"), 2),
    )


def company(dice: Random, mentees: int, mentors: int) -> tuple[Candidate, ...]:
    """A pool in which some people are both, and some have met."""
    people = [colleague(dice, f"mentee-{n}", MENTEE) for n in range(mentees)]
    people += [colleague(dice, f"mentor-{n}", BOTH if dice.random() < 0.2 else MENTOR) for n in range(mentors)]
    return tuple(_with_history(dice, one, people) for one in people)


def matched(people: Iterable[Candidate], rules: Rules) -> dict[str, str]:
    """Mentee to mentor in the draft of these people, checked as it is, without a word on whom it leaves over and why;
    for rules that aim at anything but what is stable."""
    pool = gather(people, rules, ())
    problem = Problem(pool.mentees, pool.mentors, rules, pool.pins, pool.forbidden)
    return {mentee: found.pair.mentor for mentee, found in solve(problem, over=lambda: False).matches.items()}


def _with_history(dice: Random, one: Candidate, people: list[Candidate]) -> Candidate:
    ids = tuple(other.id for other in people if other.id != one.id)
    return replace(
        one,
        met=some(dice, ids, 2) if dice.random() < 0.3 else frozenset(),
        blocked=some(dice, ids, 2) if dice.random() < 0.1 else frozenset(),
        manager=dice.choice(("boss", *ids)) if dice.random() < 0.3 else "",
        wishes=tuple(dice.sample(ids, min(len(ids), dice.choice((0, 0, 1, 3))))),
    )
