"""Who is left over when all are in pairs makes one of them three: nobody is dropped while there is a way."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from flows.matching.solving.assignment import assign
from flows.matching.solving.worth import FORBIDDEN, Dense, Points, Worth

Pair = tuple[int, int]


def take_in(
    worth: Worth, pairs: Iterable[Pair], left: Iterable[int], *, over: Callable[[], bool]
) -> tuple[list[Pair], dict[int, Pair]]:
    """The pairs, and the pair that each person left over joins as a third: that with which together they gain most.

    A pair takes in one. Who fits no pair takes the place of somebody, in as many steps as it needs, who does: then
    there are as many pairs, of fewer points. Who is in neither answer fits in by no such chain of changes; in very
    sparse pools (one of 600 tried) another set of pairs might have had room.
    """
    table = _Table(worth, pairs)
    waiting = list(left)
    for person, joined in zip(waiting, table.best(waiting, over), strict=True):
        if joined:
            table.join(person, joined)
    for person in waiting:
        if person not in table.third:
            table.hand_on(person, over)
    return table.pairs(), table.third


class _Table:
    """Who sits with whom while places change."""

    def __init__(self, worth: Worth, pairs: Iterable[Pair]) -> None:
        self.worth = worth
        self.partner: dict[int, int] = {}
        self.third: dict[int, Pair] = {}
        self.full: set[Pair] = set()
        for one, other in pairs:
            self.sit(one, other)

    def sit(self, one: int, other: int) -> None:
        self.partner[one], self.partner[other] = other, one

    def join(self, person: int, pair: Pair) -> None:
        self.third[person] = pair
        self.full.add(pair)

    def pairs(self) -> list[Pair]:
        return sorted((one, other) for one, other in self.partner.items() if one < other)

    def best(self, people: list[int], over: Callable[[], bool]) -> Iterator[Pair | None]:
        """The pair of each of these, so that as many as possible have one, and they gain most."""
        pairs = self.pairs()
        gains = np.array([self.gains(person, pairs) for person in people], dtype=np.int32)
        worth = Dense(gains.reshape(len(people), len(pairs)))
        ones, none = [1] * len(pairs), [0] * len(pairs)
        for joined in assign(worth, ones, load=none, load_cost=0, unmatched=None, over=over).partner:
            yield None if joined is None else pairs[joined]

    def gains(self, person: int, pairs: list[Pair]) -> Points:
        """What it brings to join each of these pairs; FORBIDDEN where one of the two may not be with them."""
        points = self.points(person)
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        allowed = (points[one] >= 0) & (points[other] >= 0)
        return np.where(allowed, points[one] + points[other], np.int32(FORBIDDEN))

    def points(self, person: int) -> Points:
        points: Points = self.worth.block(slice(person, person + 1))[0]
        return points

    def hand_on(self, person: int, over: Callable[[], bool]) -> None:
        """Let the nearest who can join a pair be left over instead, and join it."""
        for freed, made, broken in self.instead(person):
            if over():
                return
            with_room = [pair for pair in self.pairs() if pair not in broken]
            gains = self.gains(freed, with_room)
            if gains.max(initial=FORBIDDEN) >= 0:
                del self.partner[freed]
                for one, other in made:
                    self.sit(one, other)
                self.join(freed, with_room[int(gains.argmax())])
                return

    def instead(self, person: int) -> Iterator[tuple[int, list[Pair], frozenset[Pair]]]:
        """Who could be left over instead, the nearest first, the pairs to be made for it, in which each takes the next
        one's place, and those broken up on the way. Of a pair either may be the one who goes."""
        seen: set[int] = set()
        queue: list[tuple[int, list[Pair], frozenset[Pair]]] = [(person, [], frozenset(self.full))]
        for one, made, broken in queue:
            for other in np.flatnonzero(self.points(one) >= 0).tolist():
                if other in self.partner and self.partner[other] not in seen and self.pair_of(other) not in broken:
                    seen.add(self.partner[other])
                    queue.append((self.partner[other], [*made, (one, other)], broken | {self.pair_of(other)}))
                    yield queue[-1]

    def pair_of(self, person: int) -> Pair:
        other = self.partner[person]
        return min(person, other), max(person, other)
