"""The answers that somebody could change, on either side of a pair: the one that most would then fit, of each kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flows.matching.drafting.assigned import Mask
from flows.matching.drafting.remedies import RemedyKind
from flows.matching.limits import BIT
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit, Rules
from flows.matching.week import QUARTERS, SLOTS, in_utc

WORDS = -(-QUARTERS // 64)
OFFERED = SLOTS[:10]
"""Monday to Friday: nobody is asked for their weekend."""


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody as they would be with another answer."""

    kind: RemedyKind
    detail: str
    person: Candidate


class Others:
    """Those on the other side, ready to be asked with whom a change would help."""

    def __init__(self, people: Sequence[Candidate], rules: Rules) -> None:
        self._rules = rules
        self._speakers = {
            language: np.array([language in one.languages for one in people], dtype=bool)
            for language in sorted(frozenset[str]().union(*(one.languages for one in people)))
        }
        self._free = np.array([_words(one.free) for one in people], dtype=np.uint64).reshape(len(people), WORDS)

    def changes(self, person: Candidate, fails: NDArray[np.uint16], near: Mask) -> Iterator[Change]:
        """`fails` are the limits between them and each of these, `near` those with whom a match would be one more."""
        if person.mode is Mode.IN_PERSON and (near & (fails == BIT[Limit.OFFICE])).any():
            yield Change(RemedyKind.MEET_ONLINE, "", replace(person, mode=Mode.EITHER))
        if (never_free := near & (fails == BIT[Limit.TIME])).any():
            yield from self._free_at(person, never_free)
        if (strangers := near & (fails == BIT[Limit.LANGUAGE])).any():
            counts = {language: int((who & strangers).sum()) for language, who in self._speakers.items()}
            best = max(counts, key=lambda language: counts[language])
            yield Change(RemedyKind.SPEAK, best, replace(person, languages=person.languages | {best}))

    def _free_at(self, person: Candidate, who: Mask) -> Iterator[Change]:
        """One more part of a day, of those that most share."""
        counts = {}
        for slot in OFFERED:
            free = np.array(_words(person.free | in_utc((slot,), person.offset)), dtype=np.uint64)
            shared = np.bitwise_count(self._free[who] & free).sum(axis=1, dtype=np.int64) // 4
            counts[slot] = int((shared >= self._rules.min_hours).sum())
        best = max(counts, key=lambda slot: counts[slot])
        if counts[best]:
            free_then = person.free | in_utc((best,), person.offset)
            yield Change(RemedyKind.FREE_AT, best, replace(person, free=free_then))


def _words(free: int) -> list[int]:
    """The bits of a week, 64 at a time."""
    return [free >> 64 * nth & (2**64 - 1) for nth in range(WORDS)]
