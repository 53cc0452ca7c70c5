"""How many objectives, actions, letters and other pieces there are, counted without a word of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.activities.activity import Activity, Mechanism
from flows.activities.writing import WritingState
from flows.nudge import Written

COUNTED = (WritingState.SENT, WritingState.DONE)


@dataclass(frozen=True, slots=True)
class DoneOrOpen:
    """Objectives or actions."""

    done: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Goals:
    """What pairs have written down; a draft is its writer's alone and counts nowhere."""

    objectives: DoneOrOpen
    """Agreed in the first conversation."""
    actions: DoneOrOpen
    ratings: int
    spotlights: int
    wins: int
    letters: int
    """Sealed; what somebody keeps elsewhere is not counted."""
    reviews: int


def goals(written: Iterable[Written], activities: Mapping[str, Activity]) -> Goals:
    """Count what was written; an activity of the pack counts under its mechanism."""
    by_mechanism: dict[str, list[str]] = {}
    for one in written:
        if one.state in COUNTED:
            activity = activities.get(one.kind)
            by_mechanism.setdefault(activity.mechanism if activity else one.kind, []).append(one.state)

    def many(mechanism: Mechanism) -> int:
        return len(by_mechanism.get(mechanism, ()))

    def split(mechanism: Mechanism) -> DoneOrOpen:
        done = by_mechanism.get(mechanism, []).count(WritingState.DONE)
        return DoneOrOpen(done, many(mechanism) - done)

    return Goals(
        objectives=split(Mechanism.OBJECTIVES),
        actions=split(Mechanism.ACTIONS),
        ratings=many(Mechanism.RATINGS),
        spotlights=many(Mechanism.SPOTLIGHT),
        wins=many(Mechanism.WINS),
        letters=many(Mechanism.LETTER),
        reviews=many(Mechanism.REVIEW),
    )
