"""The proof of a draft, taken out of its solution: as ids and whole numbers it can be kept."""

from flows.matching.drafting.drafted import Proof
from flows.matching.drafting.solved import Solved
from flows.matching.drafting.unmatched import shortage


def proof_of_stability(value: int) -> Proof:
    """Of a stable draft: it was checked that nobody would rather have somebody else who would have them. Nothing is
    said of how good it is altogether, so there are no prices."""
    return Proof(
        proved=True,
        gap=0,
        value=value,
        floor=None,
        floor_cost=0,
        passes=1,
        edges=0,
        solves=1,
        shortage=None,
        gains={},
        prices={},
        nobody=0,
    )


def proof_of(solved: Solved) -> Proof:
    """What is kept of how a draft was found."""
    best, solution = solved.best, solved.best.solution
    return Proof(
        proved=solved.proved,
        gap=solved.gap,
        value=solved.value,
        floor=solved.floor,
        floor_cost=best.lost,
        passes=solution.passes,
        edges=solution.edges,
        solves=best.solves,
        shortage=shortage(solved),
        gains={one.id: gain for one, gain in zip(solved.loose, solution.gain, strict=True)},
        prices={one.id: price for one, price in zip(solved.mentors, solution.price, strict=True)},
        nobody=solution.nobody,
    )
