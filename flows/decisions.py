"""What a coordinator decided about people in a round, by whom it was, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flows.matching.locks import Lock, LockKind


@dataclass(frozen=True, slots=True)
class Decision:
    """A lock as it is kept. It holds in every draft of the cohort until somebody lets it go, or the pair is
    published."""

    id: str
    cohort: str
    lock: Lock
    by: str
    """The person who decided."""
    at: datetime
    why: str = ""
    """In their words; only where a limit was overridden."""


def standing(decisions: Iterable[Decision]) -> tuple[Lock, ...]:
    """What they come to, for a draft."""
    return tuple(one.lock for one in decisions)


def pin_of(decisions: Iterable[Decision], mentee: str, mentor: str) -> Decision | None:
    """The decision that keeps these two together, if there is one."""
    return next((one for one in decisions if _keeps(one.lock, mentee, mentor)), None)


def _keeps(lock: Lock, mentee: str, mentor: str) -> bool:
    return lock.kind is LockKind.PIN and (lock.mentee, lock.mentor) == (mentee, mentor)
