"""People as arrays of whole numbers: sets as bits, everything else as codes. The only place that knows bit widths."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from flows.matching.people import Candidate
from flows.matching.week import QUARTERS

WORD = 64
Codes = NDArray[np.intp]
Words = tuple[NDArray[np.uint64], ...]
"""One array a word, each with a number a person."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Sets of both sides over the same options; only what occurs on both sides has a bit, as nothing else is shared."""

    mentees: Words
    mentors: Words
    most: int
    """No two people share more bits than this."""


def tags(
    mentees: Sequence[Candidate],
    mentors: Sequence[Candidate],
    wanted: Callable[[Candidate], frozenset[str]],
    offered: Callable[[Candidate], frozenset[str]],
) -> Bits:
    """Two fields of tags as bits."""
    left, right = [wanted(one) for one in mentees], [offered(one) for one in mentors]
    both = frozenset[str]().union(*left) & frozenset[str]().union(*right)
    bit = {option: 1 << nth for nth, option in enumerate(sorted(both))}

    def packed(people: list[frozenset[str]]) -> list[int]:
        return [sum(map(bit.__getitem__, one & both)) for one in people]

    return _bits(packed(left), packed(right), len(both))


def free_time(mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> tuple[Bits, int]:
    """Free time as bits, and how many quarter hours a bit stands for.

    Where every free quarter of everybody comes with its whole hour, an hour is one bit; hours that are free on one side
    only have none. Both save most of the eleven words of a week, and change no count.
    """
    step = next(step for step in (4, 2, 1) if all(_comes_in(one.free, step) for one in (*mentees, *mentors)))
    both = reduce(or_, (one.free for one in mentees), 0) & reduce(or_, (one.free for one in mentors), 0)
    kept = [quarter for quarter in range(0, QUARTERS, step) if both >> quarter & 1]
    left, right = _quarters(mentees)[:, kept], _quarters(mentors)[:, kept]
    most = min(int(side.sum(axis=1).max(initial=0)) for side in (left, right))
    return Bits(_packed(left), _packed(right), most), step


def codes(values: Iterable[Hashable]) -> tuple[Codes, list[Hashable]]:
    """A code for each, and the distinct values in the order of their codes."""
    known: dict[Hashable, int] = {}
    found = [known.setdefault(value, len(known)) for value in values]
    return np.array(found, dtype=np.intp), list(known)


def _bits(left: list[int], right: list[int], options: int) -> Bits:
    words = max(1, -(-options // WORD))
    most = min(max((one.bit_count() for one in side), default=0) for side in (left, right))
    return Bits(_words(left, words), _words(right, words), most)


def _words(people: list[int], words: int) -> Words:
    whole = (1 << WORD) - 1
    return tuple(np.array([one >> WORD * nth & whole for one in people], dtype=np.uint64) for nth in range(words))


def _quarters(people: Sequence[Candidate]) -> NDArray[np.uint8]:
    """A row a person and a column a quarter hour: 1 where it is free."""
    raw = b"".join(one.free.to_bytes(QUARTERS // 8, "little") for one in people)
    return np.unpackbits(np.frombuffer(raw, dtype=np.uint8).reshape(len(people), -1), axis=1, bitorder="little")


def _comes_in(free: int, step: int) -> bool:
    """Whether quarters come in whole steps: the first of each stands for the others."""
    return free == (free & _FIRST[step]) * ((1 << step) - 1)


_FIRST = {step: sum(1 << quarter for quarter in range(0, QUARTERS, step)) for step in (4, 2, 1)}
"""The first quarter of every step of the week."""


def _packed(bits: NDArray[np.uint8]) -> Words:
    """Sixty-four columns a word."""
    words = max(1, -(-bits.shape[1] // WORD))
    padded = np.zeros((len(bits), words * WORD), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    packed = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return tuple(np.ascontiguousarray(packed[:, nth], dtype=np.uint64) for nth in range(words))
