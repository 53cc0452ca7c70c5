"""People as arrays of whole numbers: sets as bits, everything else as codes. The only place that knows bit widths."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

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
    options = sorted(frozenset[str]().union(*left) & frozenset[str]().union(*right))
    place = {option: 1 << nth for nth, option in enumerate(options)}

    def packed(people: list[frozenset[str]]) -> list[int]:
        return [sum(place[tag] for tag in one if tag in place) for one in people]

    return _bits(packed(left), packed(right), len(options))


def free_time(mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> tuple[Bits, int]:
    """Free time as bits, and how many quarter hours a bit stands for.

    Where every free quarter of everybody comes with its whole hour, an hour is one bit; hours that are free on one side
    only have none. Both save most of the eleven words of a week, and change no count.
    """
    left, right = _quarters(mentees), _quarters(mentors)
    step = next(step for step in (4, 2, 1) if _comes_in(left, step) and _comes_in(right, step))
    kept = np.flatnonzero(left.any(axis=0) & right.any(axis=0))
    kept = kept[kept % step == 0]
    left, right = left[:, kept], right[:, kept]
    most = min(int(side.sum(axis=1).max(initial=0)) for side in (left, right))
    return Bits(_packed(left), _packed(right), most), step


def codes(values: Iterable[Hashable]) -> tuple[Codes, list[Hashable]]:
    """A code for each, and the distinct values in the order of their codes."""
    known: dict[Hashable, int] = {}
    found = [known.setdefault(value, len(known)) for value in values]
    return np.array(found, dtype=np.intp), list(known)


def flags(values: Iterable[bool]) -> NDArray[np.bool_]:
    """One truth a person."""
    return np.array(list(values), dtype=np.bool_)


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


def _comes_in(free: NDArray[np.uint8], step: int) -> bool:
    """Whether everybody's quarters come in whole steps."""
    steps = free.reshape(len(free), -1, step)
    return bool((steps == steps[:, :, :1]).all())


def _packed(bits: NDArray[np.uint8]) -> Words:
    """Sixty-four columns a word."""
    words = max(1, -(-bits.shape[1] // WORD))
    padded = np.zeros((len(bits), words * WORD), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    packed = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return tuple(np.ascontiguousarray(packed[:, nth], dtype=np.uint64) for nth in range(words))
