"""Three taps after a meeting, the question of fit, and the one thing that a coordinator learns from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.meetings import Meeting, MeetingState

LOW, MIDDLE, HIGH = 1, 2, 3
TAPS = ("useful", "heard", "next")
FIT = "fit"
TALK = "talk"
"""The person wants a coordinator to get in touch: 1."""
SILENCE = 4
"""Weeks after which a match in which nothing has come about is looked at."""
CHOICE = "choice"
"""What they want after the end, with number 0."""


class Attention(StrEnum):
    """All that a coordinator sees of a match's feedback and check-ins."""

    ON_TRACK = "on_track"
    NEEDS_CHECK_IN = "needs_check_in"


@dataclass(frozen=True, slots=True)
class Tap:
    """One answer, from LOW to HIGH, of one person about one meeting (by number)."""

    number: int
    person: str
    question: str
    answer: int


def next_question(taps: Sequence[Tap], number: int) -> str | None:
    """What one person is asked next about a meeting, from all their taps in the match; None: nothing more.

    The question of fit comes after the first meeting, and again until the answer is "it fits": whoever said "not a
    fit" and keeps going was told that it comes once more.
    """
    given = {tap.question for tap in taps if tap.number == number}
    for question in TAPS:
        if question not in given:
            return question
    if FIT in given:
        return None
    earlier = [tap for tap in taps if tap.question == FIT]
    newest = max(earlier, key=lambda tap: tap.number, default=None)
    return FIT if newest is None or newest.answer != HIGH else None


def attention(
    taps: Sequence[Tap], check_ins: Mapping[str, str], meetings: Sequence[Meeting], *, week: int
) -> Attention:
    """Whether somebody should look in on a match in that week of it.

    They should when a person asked for it, allowed it (a check-in of "shared"), found two of three things poor in their
    newest feedback, or when nothing has come about by the end of week 4. `check_ins` is each person's newest answer.
    """
    people = {tap.person for tap in taps}
    asked = any(tap.question == TALK and tap.answer for tap in taps)
    allowed = "shared" in check_ins.values()
    poor = any(_is_poor([tap for tap in taps if tap.person == person]) for person in people)
    silent = week > SILENCE and all(one.state is MeetingState.OPEN for one in meetings)
    return Attention.NEEDS_CHECK_IN if asked or allowed or poor or silent else Attention.ON_TRACK


def _is_poor(taps: Sequence[Tap]) -> bool:
    newest = max((tap.number for tap in taps if tap.question in TAPS), default=0)
    return sum(tap.answer == LOW for tap in taps if tap.number == newest and tap.question in TAPS) >= 2
