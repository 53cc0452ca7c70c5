"""Who is listed first, or is called what, makes no difference to who gets whom."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from flows.matching.people import Candidate, canonical
from flows.matching.rules import FOR_PROGRAMMES
from flows.matching.scoring.blocks import Table
from flows.matching.solving.objective import Objective, optimum
from flows.matching.solving.worth import Dense
from flows.people import Role
from tests.flows.matching.company import BOTH, MENTEE, company

RULES = FOR_PROGRAMMES


def matched(people: Iterable[Candidate]) -> dict[str, str]:
    """Mentee to mentor, in a draft without locks."""
    there = [one for one in canonical(people, RULES.seed) if one.available]
    mentees = [one for one in there if Role.MENTEE in one.roles]
    mentors = [one for one in there if Role.MENTOR in one.roles]
    place = {one.id: nth for nth, one in enumerate(mentors)}
    best = optimum(
        Objective(
            scores=Dense(Table.of(mentees, mentors, RULES).scores(slice(None))),
            places=[one.places for one in mentors],
            load=[one.load for one in mentors],
            load_cost=RULES.load,
            minimum=None,
            waiting=[RULES.waiting * min(one.waited, 4) for one in mentees],
            wishes={
                (nth, place[wish]): points
                for nth, one in enumerate(mentees)
                for wish, points in zip(one.wishes, RULES.wishes, strict=False)
                if wish in place
            },
            stability={},
            floor_loss=RULES.floor_loss,
        ),
        over=lambda: False,
    )
    partners = zip(mentees, best.solution.partner, strict=True)
    return {one.id: mentors[mentor].id for one, mentor in partners if mentor is not None}


def pool(number: int) -> list[Candidate]:
    """Some at random, and some as good as twins, so that there are ties to break."""
    dice = Random(number)
    twins = [Candidate(f"twin-{nth}", BOTH if nth % 2 else MENTEE, capacity=2) for nth in range(6)]
    return [*company(dice, dice.randint(2, 7), dice.randint(2, 7)), *twins]


def renamed(people: list[Candidate]) -> list[Candidate]:
    """Everybody under another name, each still before and after the same others in canonical order."""
    names = sorted(
        (f"somebody-{nth}" for nth in range(len(people))),
        key=lambda name: hashlib.sha256(f"{RULES.seed}{name}".encode()).digest(),
    )
    name = dict(zip((one.id for one in canonical(people, RULES.seed)), names, strict=True))
    return [
        replace(
            one,
            id=name[one.id],
            manager=name.get(one.manager, one.manager),
            met=frozenset(name.get(other, other) for other in one.met),
            blocked=frozenset(name.get(other, other) for other in one.blocked),
            wishes=tuple(name.get(other, other) for other in one.wishes),
        )
        for one in people
    ]


def test_neither_the_order_of_a_list_nor_a_name_decides() -> None:
    met = 0
    for number in range(200):
        people = pool(number)
        first = matched(people)

        shuffled = Random(number + 1).sample(people, len(people))
        others = renamed(shuffled)

        assert matched(shuffled) == first
        name = dict(zip((one.id for one in shuffled), (one.id for one in others), strict=True))
        assert matched(others) == {name[mentee]: name[mentor] for mentee, mentor in first.items()}
        met += len(first)
    assert met > 600


def test_nobody_mentors_themselves_though_they_stand_on_both_sides() -> None:
    for number in range(200):
        assert all(mentee != mentor for mentee, mentor in matched(pool(number)).items())
