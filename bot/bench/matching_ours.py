"""What is measured of our own matching, each in a process of its own."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.bench import child
from bot.bench.child import Json
from bot.bench.matching_company import Row, both_sides, changed, rows
from flows.matching.drafting.solved import Problem, Solved, solve
from flows.matching.gatherings.draws import Draws
from flows.matching.limits import failed
from flows.matching.pairs import score
from flows.matching.people import Candidate, canonical
from flows.matching.rules import FOR_PROGRAMMES, SWITCHABLE, Limit, Rules
from flows.matching.solving.assignment import Solution, assign

MOST_RUNS = 5
PATIENCE = 12.0
"""Seconds of processor after which a line is not run again."""
SINGLE_PAIRS = 20_000
PLAIN = replace(Rules(), load=0, floor_loss=Rules().floor_loss * 0)
"""People first, then fit, and nothing else: the problem that every other solver can be given."""


def timed(work: Callable[[], object]) -> list[float]:
    """Seconds of processor of each run; as many runs as there is patience for."""
    took: list[float] = []
    while len(took) < MOST_RUNS and sum(took) < PATIENCE:
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return took


def peak() -> float:
    """The most memory that this process had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def never() -> bool:
    """No deadline."""
    return False


def problem(mentees: Sequence[Candidate], mentors: Sequence[Candidate], rules: Rules) -> Problem:
    """Nothing decided yet."""
    return Problem(tuple(mentees), tuple(mentors), rules, pins={}, forbidden=frozenset())


def _scoring(asked: Json) -> Json:
    """Every pair by blocks, and some pairs one at a time by the readable definition of the same rules."""
    from flows.matching.scoring.blocks import Table

    mentees, mentors = both_sides(rows(asked["mentees"], asked["mentors"]))
    pairs = len(mentees) * len(mentors)
    blocks = timed(lambda: Table.of(mentees, mentors, PLAIN).scores(slice(None)))
    permitted = int((Table.of(mentees, mentors, PLAIN).scores(slice(None)) >= 0).sum())
    draws, few = Draws("pairs"), min(SINGLE_PAIRS, pairs)
    some = [(mentees[draws.below(len(mentees))], mentors[draws.below(len(mentors))]) for _ in range(few)]
    single = timed(lambda: [score(*pair, PLAIN) for pair in some if not failed(*pair, PLAIN)])
    return {
        "seconds": blocks,
        "pairs": pairs,
        "permitted": permitted / pairs,
        "single": [took / few for took in single],
    }


def _draft(asked: Json) -> Json:
    """From people to a proved draft: scores, solves, prices, check, and the points of every pair."""
    mentees, mentors = both_sides(rows(asked["mentees"], asked["mentors"]))
    rules = replace(PLAIN, load=Rules().load if asked.get("load") else 0)
    rules = replace(rules, floor_loss=Rules().floor_loss if asked.get("floor") else rules.floor_loss)
    seconds = timed(lambda: solve(problem(mentees, mentors, rules), over=never))
    draft = solve(problem(mentees, mentors, rules), over=never)
    scores = [one.pair.score for one in draft.matches.values()]
    return {
        "seconds": seconds,
        "matched": len(scores),
        "total": draft.total,
        "minimum": min(scores),
        "proved": draft.proved,
        "passes": draft.best.solution.passes,
        "edges": draft.best.solution.edges,
        "gap": draft.gap,
        "solves": draft.best.solves,
        "lost": float(draft.lost),
        "floor": draft.floor,
    }


def _solver(asked: Json) -> Json:
    """From scores to a proof, as the other solvers begin with scores: candidates, solves, prices, pricing, check."""
    from flows.matching.scoring.blocks import Table
    from flows.matching.solving.proof import check
    from flows.matching.solving.worth import Dense

    mentees, mentors = (canonical(side, PLAIN.seed) for side in both_sides(rows(asked["mentees"], asked["mentors"])))
    worth, places = Dense(Table.of(mentees, mentors, PLAIN).scores(slice(None))), [one.places for one in mentors]
    none = [0] * len(mentors)

    def work() -> Solution:
        found = assign(worth, places, load=none, load_cost=0, unmatched=None, over=never)
        check(worth, places, found, load=none, load_cost=0, unmatched=None)
        return found

    found = work()
    return {"seconds": timed(work), "matched": found.matched, "total": found.value}


def _redraft(asked: Json) -> Json:
    """Later, when some have left and some have changed: how many of the pairs that could stay are others."""
    people = rows(asked["mentees"], asked["mentors"])
    before = solve(problem(*both_sides(people), Rules()), over=never)
    later = both_sides(changed(people, per_cent=3))
    kept = frozenset((one.pair.mentee, one.pair.mentor) for one in before.matches.values())
    fresh = solve(problem(*later, Rules()), over=never)
    loyal = solve(replace(problem(*later, Rules()), kept=kept), over=never)
    there = before.matches.keys() & fresh.matches.keys() & loyal.matches.keys()

    def others(draft: Solved) -> int:
        return sum(draft.matches[one].pair.mentor != before.matches[one].pair.mentor for one in there)

    lost = 100 * (fresh.total - loyal.total) / fresh.total
    return {"both": len(there), "fresh": others(fresh), "loyal": others(loyal), "lost": lost}


def _peers(asked: Json) -> Json:
    """Pairs of peers, as a coffee round makes them."""
    from flows.matching.gatherings.pairing import gap, pair_up
    from flows.matching.gatherings.peers import suits

    people = peers(asked["people"])
    fit = suits(people, PEERS)
    seconds = timed(lambda: pair_up(fit, met={}, over=never))
    found = pair_up(fit, met={}, over=never)
    return {"seconds": seconds, "pairs": len(found.groups), "gap": gap(fit, found, met={}, over=never)}


def _circles(asked: Json) -> Json:
    """Circles of six in so many seconds, beside people who were put together by lot."""
    from itertools import combinations

    from flows.matching.gatherings.circles import circles, number_of_circles
    from flows.matching.gatherings.peers import affinities

    people = peers(asked["people"])
    affinity, limits = affinities(people, CIRCLES)
    end = time.perf_counter() + asked["patience"]
    found = circles(
        affinity,
        limits,
        zone=[one.offset for one in people],
        count=number_of_circles(len(people), 6),
        seed="alongside",
        over=lambda: time.perf_counter() >= end,
    )
    took = time.perf_counter() - end + asked["patience"]
    lot = Draws("lot").some(len(people), among=len(people))
    sizes, by_lot = [len(group) for group in found.groups], 0
    for size in sizes:
        by_lot += sum(int(affinity[pair]) for pair in combinations([lot.pop() for _ in range(size)], 2))
    return {
        "clock": took,
        "broken": len(found.broken),
        "affinity": found.affinity,
        "by_lot": by_lot,
        "searches": found.searches,
    }


PEERS = replace(
    PLAIN, limits=MappingProxyType({limit: limit not in (Limit.SENIORITY, Limit.OFFICE) for limit in SWITCHABLE})
)
"""Among peers nobody has to be ahead, and they meet online."""
CIRCLES = replace(
    FOR_PROGRAMMES,
    weights=MappingProxyType({**FOR_PROGRAMMES.weights, **dict.fromkeys(("seniority", "time", "language", "mode"), 0)}),
    limits=MappingProxyType({limit: limit in (Limit.MANAGER, Limit.ZONE) for limit in FOR_PROGRAMMES.limits}),
)
"""What people want and like decides; no two zones are too far apart, and nobody is in a circle with their manager or
with somebody who has the same one."""


def peers(count: int) -> tuple[Candidate, ...]:
    """So many people of the company who both want and can."""
    people = rows(count, count)
    pairs = zip(people[:count], people[count:], strict=True)
    both: list[Row] = [
        {**one, "role": "both", "skills": other["skills"], "teaches": other["teaches"]} for one, other in pairs
    ]
    return both_sides(both)[0]


LINES = {
    "scoring": _scoring,
    "draft": _draft,
    "solver": _solver,
    "redraft": _redraft,
    "peers": _peers,
    "circles": _circles,
}


def main() -> None:
    """A process of its own."""
    asked = child.asked()
    found = LINES[asked["line"]](asked)
    child.answer({**found, "peak": peak()})
