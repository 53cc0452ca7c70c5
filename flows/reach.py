"""Whom a message to everybody leaves out, and why."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from flows.people import Participant, Person, Standing


class Why(StrEnum):
    """Why nothing goes to somebody who was ever in the cohort."""

    LEFT = "left"
    ANSWERING = "answering"
    CLOSED = "closed"
    PAUSED = "paused"
    AWAY = "away"
    SKIPS = "skips"


def left_out(
    participants: Iterable[Participant], people: Mapping[str, Person], told: Collection[str], *, today: date
) -> Mapping[Why, int]:
    """How many of these are not among the `told` (ids of people), by reason, each person once.

    Somebody whom nothing keeps from being told (they have a match already) is not left out, and not counted.
    """
    found: dict[str, Why] = {}
    for one in participants:
        if one.person not in told and (why := _why(one, people[one.person], today)) is not None:
            found[one.person] = why
    return {why: count for why in Why if (count := sum(reason is why for reason in found.values()))}


def _why(participant: Participant, person: Person, today: date) -> Why | None:
    if participant.standing is Standing.LEFT:
        return Why.LEFT
    if participant.standing is Standing.ANSWERING:
        return Why.ANSWERING
    if not person.active:
        return Why.CLOSED
    if not participant.may_be_matched(today):
        return Why.PAUSED
    away = person.hours.away_until
    if away is not None and away >= today:
        return Why.AWAY
    return Why.SKIPS if participant.skips else None
