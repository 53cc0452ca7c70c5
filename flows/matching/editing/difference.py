"""What is other than in an earlier draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Proposed(Protocol):
    """One pair of a draft: ids, and points."""

    @property
    def mentee(self) -> str: ...

    @property
    def mentor(self) -> str: ...

    @property
    def score(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Moved:
    """A mentee with another mentor than before."""

    mentee: str
    before: str
    after: str
    delta: int
    """The score now, less what it was then."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Each sorted by id."""

    same: int
    """Pairs of both drafts."""
    moved: tuple[Moved, ...]
    gained: tuple[str, ...]
    """Matched now and not before."""
    lost: tuple[str, ...]
    """Matched before and not now; whoever takes part no more is among them."""


def difference(earlier: Iterable[Proposed], later: Iterable[Proposed]) -> Difference:
    """Between the pairs of two drafts."""
    before = {one.mentee: one for one in earlier}
    after = {one.mentee: one for one in later}
    both = sorted(before.keys() & after.keys())
    return Difference(
        same=sum(before[one].mentor == after[one].mentor for one in both),
        moved=tuple(
            Moved(one, before[one].mentor, after[one].mentor, after[one].score - before[one].score)
            for one in both
            if before[one].mentor != after[one].mentor
        ),
        gained=tuple(sorted(after.keys() - before.keys())),
        lost=tuple(sorted(before.keys() - after.keys())),
    )
