"""What is other than in an earlier draft."""

from dataclasses import dataclass

from flows.matching.offline.draft import Draft


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
    """Matched before and not now; whoever left the list is among them."""


def difference(draft: Draft) -> Difference | None:
    """None without an earlier draft."""
    if draft.given.previous is None:
        return None
    before = {one.mentee: one for one in draft.given.previous}
    after = {mentee: one.pair for mentee, one in draft.matches.items()}
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
