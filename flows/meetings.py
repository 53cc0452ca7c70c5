"""Whether a conversation took place: a date, two answers to one question, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from flows.refusal import Refusal

NOBODY: Mapping[str, "Said"] = MappingProxyType({})


class Said(StrEnum):
    """An answer to `Did you meet?`."""

    MET = "met"
    MOVED = "moved"
    """To another time."""
    NOT_YET = "not_yet"
    WONT = "wont"
    """We leave this one out."""


class MeetingState(StrEnum):
    """Where one of the planned conversations stands. The next one opens when this one is met or skipped."""

    OPEN = "open"
    MET = "met"
    SKIPPED = "skipped"


class Outcome(StrEnum):
    """What an answer brings about."""

    CONFIRMED = "confirmed"
    """It counts, and feedback is asked for."""
    MOVED = "moved"
    """A new date is wanted."""
    NOT_YET = "not_yet"
    """It happens: find a time, skip to the next, or pause for a while."""
    SKIPPED = "skipped"
    """Both leave it out."""
    ASK_AGAIN = "ask_again"
    """The answers contradict each other: both are asked once more, without being told what the other said."""
    WAITING = "waiting"
    """Nothing yet: the other one's answer decides."""


TOGETHER: Mapping[frozenset[Said], tuple[Outcome, Outcome]] = {
    # What they said: what follows, and what follows when they were asked a second time.
    frozenset({Said.MET}): (Outcome.CONFIRMED, Outcome.CONFIRMED),
    frozenset({Said.MOVED}): (Outcome.MOVED, Outcome.MOVED),
    frozenset({Said.NOT_YET}): (Outcome.NOT_YET, Outcome.NOT_YET),
    frozenset({Said.WONT}): (Outcome.SKIPPED, Outcome.SKIPPED),
    # Not met, and one of them knows more: no contradiction.
    frozenset({Said.MOVED, Said.NOT_YET}): (Outcome.MOVED, Outcome.MOVED),
    # A meeting that one side denies twice does not count; nobody leaves out a conversation for both.
    frozenset({Said.MET, Said.MOVED}): (Outcome.ASK_AGAIN, Outcome.MOVED),
    frozenset({Said.MET, Said.NOT_YET}): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    frozenset({Said.MET, Said.WONT}): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
    frozenset({Said.MOVED, Said.WONT}): (Outcome.ASK_AGAIN, Outcome.MOVED),
    frozenset({Said.NOT_YET, Said.WONT}): (Outcome.ASK_AGAIN, Outcome.NOT_YET),
}

ALONE: Mapping[Said, Outcome] = {
    Said.MET: Outcome.CONFIRMED,
    Said.MOVED: Outcome.MOVED,
    Said.NOT_YET: Outcome.NOT_YET,
    Said.WONT: Outcome.WAITING,
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that belongs to one MentoringSession of a match, counted from 1."""

    match: str
    number: int
    opened_on: date = date.min
    """Since when it is this conversation's turn."""
    state: MeetingState = MeetingState.OPEN
    planned_at: datetime | None = None
    """In UTC, as the pair chose it."""
    answers: Mapping[str, Said] = field(default_factory=lambda: NOBODY)
    """What each person, by id, said since they were last asked."""
    asked_again: bool = False
    met_on: date | None = None


def outcome(mine: Said | None, theirs: Said | None, *, asked_again: bool = False) -> Outcome:
    """What two answers mean together, in either order; None has not answered.

    "We met" of one side is enough at once. Once the two have contradicted each other, one side alone decides nothing.
    """
    if mine is not None and theirs is not None:
        return TOGETHER[frozenset({mine, theirs})][asked_again]
    one = mine or theirs
    return Outcome.WAITING if one is None or asked_again else ALONE[one]


def plan(meeting: Meeting, at: datetime) -> Meeting:
    """The meeting with a date (UTC), new or moved; what was said of an earlier date is forgotten.

    Raises Refusal("meeting.over") once it has taken place or was left out.
    """
    if meeting.state is not MeetingState.OPEN:
        raise Refusal("meeting.over")
    return replace(meeting, planned_at=at, answers=NOBODY, asked_again=False)


def answer(meeting: Meeting, *, person: str, said: Said, partner: str, on: date) -> tuple[Meeting, Outcome]:
    """The meeting after one of two people, by id, has answered, and what that brings about.

    `on` is the local day of the conversation: the planned one, else today. The newest answer of a person counts, also
    after the other one's "We met" has confirmed the meeting: contradicted, it is open again until both have answered.
    """
    theirs = meeting.answers.get(partner)
    result = outcome(said, theirs, asked_again=meeting.asked_again)
    after = replace(meeting, answers=MappingProxyType({**meeting.answers, person: said}))
    match result:
        case Outcome.CONFIRMED:
            after = replace(after, state=MeetingState.MET, met_on=meeting.met_on or on)
        case Outcome.SKIPPED:
            after = replace(after, state=MeetingState.SKIPPED, met_on=None)
        case Outcome.WAITING:
            pass
        case Outcome.ASK_AGAIN:
            after = replace(after, state=MeetingState.OPEN, met_on=None, answers=NOBODY, asked_again=True)
        case Outcome.MOVED | Outcome.NOT_YET:
            after = replace(after, state=MeetingState.OPEN, met_on=None, planned_at=None)
            if theirs is not None:
                # Both have spoken: the next time that either says something is another occasion.
                after = replace(after, answers=NOBODY, asked_again=False)
        case _:
            assert_never(result)
    return after, result


def met(meeting: Meeting, *, on: date) -> Meeting:
    """It took place, as one of them says without having been asked. Raises Refusal("meeting.over")."""
    if meeting.state is not MeetingState.OPEN:
        raise Refusal("meeting.over")
    return replace(meeting, state=MeetingState.MET, met_on=on)


def skip(meeting: Meeting) -> Meeting:
    """The pair leaves it out. Raises Refusal("meeting.over")."""
    if meeting.state is not MeetingState.OPEN:
        raise Refusal("meeting.over")
    return replace(meeting, state=MeetingState.SKIPPED, planned_at=None, met_on=None)
