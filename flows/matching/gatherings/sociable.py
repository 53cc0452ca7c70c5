"""Who may be in one room: two who are kept apart never are, however the limits that can give way stand."""

from collections.abc import Sequence

from flows.matching.people import Candidate


def sociable(people: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """These people in their order, without those whom one of the rest avoids, or who avoid them: first goes whoever is
    at odds with most, and of equals the last."""
    here = list(people)
    while True:
        odds = [sum(_apart(one, other) for other in here) for one in here]
        if not any(odds):
            return tuple(here)
        most = max(odds)
        here.pop(max(place for place, count in enumerate(odds) if count == most))


def _apart(one: Candidate, other: Candidate) -> bool:
    return other.id in one.blocked or one.id in other.blocked
