"""Other ways to match the same people, each in a process of its own: solvers, libraries, and the obvious.

What is not installed is looked for in the folder that is asked for, and is left out when it is not there either.
"""

import signal
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from operator import ge
from types import FrameType

import numpy as np
from numpy.typing import NDArray

from bot.bench import child
from bot.bench.child import Json
from bot.bench.matching_company import both_sides, rows
from bot.bench.matching_ours import PEERS, PLAIN, never, peak, peers, timed
from flows.matching.people import Candidate, canonical
from flows.matching.solving.assignment import assign
from flows.matching.solving.candidates import Edges, highest
from flows.matching.solving.worth import Dense

MODULES = {"networkx": "networkx", "ortools": "ortools", "munkres": "munkres", "mentor-match": "matching"}
BEST = 20
"""Mentors of each mentee in the sparse graph, and half as many mentees of each mentor."""
LONGEST = 150.0
"""Seconds of processor after which one of the others need not go on: it is known by then how far behind it is."""
BEST_OF_PEERS = 15
"""Partners of each person who are looked at, as our own pairs of peers begin."""


class Pool:
    """The company as every solver is given it: scores, places, and a sparse graph that holds a best assignment."""

    def __init__(self, asked: Json) -> None:
        people = both_sides(rows(asked["mentees"], asked["mentors"]))
        self.mentees, self.mentors = (canonical(side, PLAIN.seed) for side in people)

    def scores(self) -> NDArray[np.int16]:
        """A row a mentee; below 0 where a limit forbids the pair."""
        from flows.matching.scoring.blocks import Table

        return Table.of(self.mentees, self.mentors, PLAIN).scores(slice(None))

    def places(self) -> list[int]:
        return [one.places for one in self.mentors]

    def edges(self) -> Edges:
        """The best of each side, and the pairs of one best assignment, so that there is one to be found."""
        scores = self.scores()
        mentees, mentors = scores.shape
        best = assign(Dense(scores), self.places(), load=[0] * mentors, load_cost=0, unmatched=None, over=never).partner
        held = np.array([(one, other) for one, other in enumerate(best) if other is not None]).T
        row, column = highest(scores, BEST, turns=np.arange(mentees) * mentors // mentees)
        back, there = highest(scores.T, BEST // 2, turns=np.arange(mentors) * mentees // mentors)
        parts = ((row, column), (there, back), (held[0], held[1]))
        return Edges.of(*((rows, columns, scores[rows, columns].astype(np.int32)) for rows, columns in parts))


def alone(mentees: int) -> int:
    """Points that a person without a mentor costs: more than fit can make up for."""
    return (mentees + 1) * 10_001


def _dense(asked: Json) -> Json:
    """scipy's solver for dense costs, with a column for each place: three lines that anybody would write."""
    from scipy.optimize import linear_sum_assignment

    pool = Pool(asked)
    answer: list[Json] = []

    def work() -> None:
        scores = pool.scores()
        seats = np.repeat(np.arange(len(pool.mentors)), pool.places())
        points = scores[:, seats].astype(np.float64)
        points[points >= 0] += alone(len(pool.mentees))
        np.maximum(points, 0, out=points)
        row, column = linear_sum_assignment(points, maximize=True)
        found = scores[row, seats[column]]
        answer.append({"matched": int((found >= 0).sum()), "total": int(found[found >= 0].sum(dtype=np.int64))})

    return {"seconds": timed(work), **answer[-1]}


def _ortools(asked: Json) -> Json:
    """ortools' min-cost flow on the sparse graph."""
    flow = import_module("ortools.graph.python.min_cost_flow")
    pool = Pool(asked)
    edges, places = pool.edges(), np.array(pool.places())
    answer: list[Json] = []

    def work() -> None:
        mentees, mentors = len(pool.mentees), len(pool.mentors)
        sink, everybody, every = mentees + mentors, np.arange(mentees), np.arange(mentors)
        graph = flow.SimpleMinCostFlow()
        ones = np.ones(len(edges), dtype=np.int64)
        arcs = graph.add_arcs_with_capacity_and_unit_cost(
            edges.rows, mentees + edges.columns, ones, -edges.points.astype(np.int64)
        )
        graph.add_arcs_with_capacity_and_unit_cost(mentees + every, np.full(mentors, sink), places, 0 * every)
        lonely = np.full(mentees, alone(mentees))
        graph.add_arcs_with_capacity_and_unit_cost(everybody, np.full(mentees, sink), 0 * everybody + 1, lonely)
        graph.set_nodes_supplies(np.arange(sink + 1), np.array([1] * mentees + [0] * mentors + [-mentees]))
        graph.solve()
        used = np.array([graph.flow(int(arc)) for arc in arcs], dtype=bool)
        answer.append(_sum(edges.points[used].tolist()))

    return {"seconds": timed(work), "edges": len(edges), **answer[-1]}


def _network_flow(asked: Json) -> Json:
    """networkx' min-cost flow on the sparse graph."""
    networkx = import_module("networkx")
    pool = Pool(asked)
    edges, places = pool.edges(), pool.places()
    answer: list[Json] = []

    def work() -> None:
        graph = networkx.DiGraph()
        for mentee in range(len(pool.mentees)):
            graph.add_node(("mentee", mentee), demand=-1)
            graph.add_edge(("mentee", mentee), "sink", capacity=1, weight=alone(len(pool.mentees)))
        graph.add_node("sink", demand=len(pool.mentees))
        for mentor, free in enumerate(places):
            graph.add_edge(("mentor", mentor), "sink", capacity=free, weight=0)
        for mentee, mentor, points in _listed(edges):
            graph.add_edge(("mentee", mentee), ("mentor", mentor), capacity=1, weight=-points)
        flow = networkx.min_cost_flow(graph)
        answer.append(
            _sum(points for mentee, mentor, points in _listed(edges) if flow["mentee", mentee]["mentor", mentor])
        )

    return {"seconds": timed(work), "edges": len(edges), **answer[-1]}


def _network_blossom(asked: Json) -> Json:
    """networkx' matching of general graphs, with a node for each place."""
    networkx = import_module("networkx")
    pool = Pool(asked)
    edges, places = pool.edges(), pool.places()
    answer: list[Json] = []

    def work() -> None:
        graph = networkx.Graph()
        for mentee, mentor, points in _listed(edges):
            for place in range(places[mentor]):
                graph.add_edge(("mentee", mentee), ("mentor", mentor, place), weight=points)
        found = networkx.max_weight_matching(graph, maxcardinality=True)
        answer.append(_sum(graph.edges[pair]["weight"] for pair in found))

    return {"seconds": timed(work), "edges": len(edges), **answer[-1]}


def _network_peers(asked: Json) -> Json:
    """networkx' matching of general graphs, for pairs of peers among the best partners of each."""
    from flows.matching.gatherings.peers import suits

    networkx = import_module("networkx")
    people = peers(asked["people"])
    fit = suits(people, PEERS).block(slice(0, len(people)))
    row, column = highest(fit, BEST_OF_PEERS, turns=np.arange(len(people)))
    pairs = {(min(pair), max(pair)): int(fit[pair]) for pair in zip(row.tolist(), column.tolist(), strict=True)}
    answer: list[int] = []

    def work() -> None:
        graph = networkx.Graph()
        graph.add_weighted_edges_from((one, other, points) for (one, other), points in pairs.items())
        answer.append(len(networkx.max_weight_matching(graph, maxcardinality=True)))

    return {"seconds": timed(work), "edges": len(pairs), "pairs": answer[-1]}


def _munkres(asked: Json) -> Json:
    """munkres on all pairs, with one place a mentor, which is all that it knows."""
    algorithm = import_module("munkres").Munkres()
    scores = Pool(asked).scores().astype(int)
    top = alone(len(scores))
    costs = np.where(scores >= 0, 10_000 - scores, top).tolist()
    answer: list[Json] = []

    def work() -> None:
        found = [int(scores[pair]) for pair in algorithm.compute([row.copy() for row in costs])]
        answer.append(_sum(points for points in found if points >= 0))

    return {"seconds": timed(work), **answer[-1]}


def _mentor_match(asked: Json) -> Json:
    """mentor-match with six rules of its own kind: its objects, its scoring, its solver."""
    process, rule = import_module("matching.process"), import_module("matching.rules.rule")
    kinds = import_module("matching.mentor").Mentor, import_module("matching.mentee").Mentee
    pool = Pool(asked)

    def person(kind: Callable[..., object], one: Candidate) -> object:
        return kind(email=one.id, grade=one.grade, organisation=one.office, profession=one.function)

    def work() -> None:
        rules = [
            rule.Disqualify(lambda match: match.mentor.grade < match.mentee.grade),
            rule.Grade(2, ge, {True: 10, False: 3}),
            rule.Equivalent("organisation", {True: 5, False: 0}),
            rule.Equivalent("profession", {True: 4, False: 0}),
            rule.Generic({True: 3, False: 0}, lambda match: match.mentor.organisation != match.mentee.organisation),
            rule.UnmatchedBonus(6),
        ]
        mentors = [person(kinds[0], one) for one in pool.mentors]
        process.process_data(mentors, [person(kinds[1], one) for one in pool.mentees], [rules])

    return {"seconds": timed(work)}


def _greedy(asked: Json) -> Json:
    """The best pair first, then the next best that is still possible."""
    pool = Pool(asked)
    scores, free = pool.scores(), pool.places()
    order = np.argsort(-scores.ravel(), kind="stable")
    single, found = [True] * len(scores), []
    for place in order[: int((scores >= 0).sum())].tolist():
        mentee, mentor = divmod(place, len(free))
        if single[mentee] and free[mentor]:
            single[mentee] = False
            free[mentor] -= 1
            found.append(int(scores[mentee, mentor]))
    return {**_sum(found), "minimum": min(found)}


def _versions(asked: Json) -> Json:
    """Which of the others can be had."""
    return {name: _version(name) for name, module in MODULES.items() if find_spec(module) is not None}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _listed(edges: Edges) -> list[tuple[int, int, int]]:
    return list(zip(edges.rows.tolist(), edges.columns.tolist(), edges.points.tolist(), strict=True))


def _sum(points: Iterable[int]) -> Json:
    found = list(points)
    return {"matched": len(found), "total": sum(found)}


LINES = {
    "dense": _dense,
    "ortools": _ortools,
    "network flow": _network_flow,
    "network blossom": _network_blossom,
    "network peers": _network_peers,
    "munkres": _munkres,
    "mentor-match": _mentor_match,
    "greedy": _greedy,
    "versions": _versions,
}


def main() -> None:
    """A process of its own, which ends when it has taken too long."""
    asked = child.asked()
    if asked.get("folder"):
        sys.path.insert(0, asked["folder"])
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        found = LINES[asked["line"]](asked)
    except TimeoutError:
        found = {"seconds": [LONGEST], "stopped": True}
    child.answer({**found, "peak": peak()})


def _stop(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
