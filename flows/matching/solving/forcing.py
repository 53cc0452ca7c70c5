"""What it would cost the whole to give somebody another mentor: at least this much at once, exactly by one solve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.matching.solving.assignment import Solution, assign
from flows.matching.solving.worth import Without, Worth


@dataclass(frozen=True, slots=True)
class Forced:
    """The best assignment with one pair given, beside the best without."""

    partner: tuple[int | None, ...]
    lost: int
    """Points of value."""
    fewer: int
    """People who lose their place by it."""
    gap: int
    """0: proved. Else the loss may be smaller by so much."""
    moved: tuple[int, ...]
    """Who has another mentor, or none, because of it: the mentee first. See `chain`."""


def bound(solution: Solution, mentee: int, mentor: int, *, points: int) -> int:
    """So many points at least, and often exactly so many, the whole loses if this pair is given.

    It is what the two must be paid for their pair by the prices that prove the solution: no assignment with the pair
    comes nearer to them. At 0 another best assignment may contain it; as much as somebody without a pair counts for
    (`solution.nobody`) means that somebody would lose their place.
    """
    return solution.gain[mentee] + solution.price[mentor] - points


def price(
    worth: Worth,
    places: Sequence[int],
    solution: Solution,
    mentee: int,
    mentor: int,
    *,
    points: int,
    load: Sequence[int],
    load_cost: int,
    unmatched: int | None,
    over: Callable[[], bool],
) -> Forced:
    """What this pair, worth so many points, costs exactly; the other arguments are those of the solution.

    Raises ValueError when the mentor has no place at all.
    """
    if not places[mentor]:
        raise ValueError("a mentor without a place can be given to nobody")
    rest = assign(
        Without(worth, mentee),
        [free - (nth == mentor) for nth, free in enumerate(places)],
        load=[now + (nth == mentor) for nth, now in enumerate(load)],
        load_cost=load_cost,
        unmatched=unmatched,
        over=over,
        guess=solution.price,
    )
    value = rest.value + points - load_cost * load[mentor]
    partner = (*rest.partner[:mentee], mentor, *rest.partner[mentee + 1 :])
    return Forced(
        partner=partner,
        lost=solution.value - value,
        fewer=solution.matched - rest.matched - 1,
        gap=rest.gap,
        moved=chain(solution.partner, partner, mentee),
    )


def chain(before: Sequence[int | None], after: Sequence[int | None], mentee: int) -> tuple[int, ...]:
    """Who moves because this mentee does: the mentee first, those who make room, and those who fill what is left.

    Whoever else has another mentor in `after` only changed places at no price.
    """
    if before[mentee] == after[mentee]:
        return ()
    room = _walk(before, after, mentee, ())
    closed = after[room[-1]] == before[mentee]
    return room if closed else (*room, *_walk(after, before, mentee, room)[1:])


def _walk(
    before: Sequence[int | None], after: Sequence[int | None], mentee: int, but: tuple[int, ...]
) -> tuple[int, ...]:
    """From one who comes to one who goes, until there is a place for whoever came last."""
    found = [mentee]
    while (place := after[found[-1]]) is not None and place != before[mentee]:
        gone = (nth for nth, old in enumerate(before) if old == place != after[nth] and nth not in (*found, *but))
        following = next(gone, None)
        if following is None or after.count(place) > before.count(place):
            break
        found.append(following)
    return tuple(found)
