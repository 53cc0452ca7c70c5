"""Two people whom a coordinator keeps apart."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Block:
    """They are never matched, whichever of them would be the mentor, in any programme. `people` and `by`, the
    coordinator, are ids of people, the two in the order of their ids."""

    id: str
    people: tuple[str, str]
    by: str
    at: datetime


def ordered(one: str, other: str) -> tuple[str, str]:
    """Two ids in the one order in which a pair is written."""
    return (one, other) if one <= other else (other, one)
