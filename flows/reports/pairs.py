"""One line a match: who, how far they are, and whether somebody should look in on them; never why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.activities.activity import Activity
from flows.feedback import Attention
from flows.match import Match, MatchState
from flows.people import Role, Standing
from flows.reports.goals import DoneOrOpen, goals
from flows.reports.records import Records
from flows.reports.taking_part import held


class PairState(StrEnum):
    """What a coordinator learns of a match."""

    ON_TRACK = "on_track"
    NEEDS_CHECK_IN = "needs_check_in"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PairLine:
    """`mentors` and `mentees` are names, peers among the latter, `last_on` the day of the newest conversation, `talks`
    how many were held."""

    match: str
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    state: PairState
    talks: int
    last_on: date | None
    objectives: DoneOrOpen
    actions: DoneOrOpen


def pairs(records: Records, activities: Mapping[str, Activity], *, today: date) -> tuple[PairLine, ...]:
    """Every match: those to look in on first, then by name. `today` is on the reader's calendar."""
    resting = {
        one.id for one in records.participants if one.standing is Standing.PAUSED and not one.may_be_matched(today)
    }
    lines = [_line(records, match, activities, resting) for match in records.matches]
    order = tuple(PairState)
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                one.state is not PairState.NEEDS_CHECK_IN,
                order.index(one.state),
                [name.casefold() for name in one.mentees + one.mentors],
                one.match,
            ),
        )
    )


def _line(records: Records, match: Match, activities: Mapping[str, Activity], resting: Collection[str]) -> PairLine:
    met = held(records.meetings.get(match.id, ()))
    written = goals((one for one in records.written if one.match == match.id), activities)
    return PairLine(
        match=match.id,
        mentors=_names(records, match, Role.MENTOR),
        mentees=_names(records, match, *(role for role in Role if role is not Role.MENTOR)),
        state=_state(records, match, resting),
        talks=len(met),
        last_on=max((meeting.met_on for meeting in met if meeting.met_on is not None), default=None),
        objectives=written.objectives,
        actions=written.actions,
    )


def _names(records: Records, match: Match, *roles: Role) -> tuple[str, ...]:
    return tuple(records.people[member.person].name for role in roles for member in match.in_role(role))


def _state(records: Records, match: Match, resting: Collection[str]) -> PairState:
    match match.state:
        case MatchState.COMPLETED:
            return PairState.COMPLETED
        case MatchState.ENDED:
            return PairState.ENDED
        case MatchState.ACTIVE:
            if records.attention.get(match.id) is Attention.NEEDS_CHECK_IN:
                return PairState.NEEDS_CHECK_IN
            rests = any(member.participant in resting for member in match.members)
            return PairState.PAUSED if rests else PairState.ON_TRACK
