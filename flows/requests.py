"""A request: would these two be a match? It begins one only when both have said yes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from flows.calendar import Hours, working_days_later
from flows.people import Role
from flows.refusal import Refusal

PATIENCE = 3
"""Working days of the one who is asked, after which silence is an answer."""
LONGEST_LEAVE = timedelta(weeks=2)
"""A leave that goes on longer does not stop the days: nobody waits for months, or keeps a place so long."""
MOST_AT_ONCE = 3
"""Open requests that one mentor sees."""
QUIET = timedelta(weeks=4)
"""How long nobody asks a mentor who said that it does not suit now."""

SIDES = (Role.MENTEE, Role.MENTOR)
"""Who has to agree."""
BY_HAND = "by_hand"
"""In place of a round: a coordinator put the two together."""


class RequestState(StrEnum):
    """The life of a request."""

    OPEN = "open"
    AGREED = "agreed"
    """Both said yes, and their match began."""
    DECLINED = "declined"
    LAPSED = "lapsed"
    """Three working days of silence, or nothing could come of it any more."""
    WITHDRAWN = "withdrawn"
    """Nobody needs the answer: the mentee found somebody, or took it back."""


class Cause(StrEnum):
    """Why somebody said no, as far as it is kept; the other side never hears it."""

    NONE = ""
    TIME = "time"
    FIELD = "field"
    OTHER = "other"
    """Somebody else suits better."""
    LATER = "later"
    """Not now: nobody else asks either, for a while."""
    PASSED = "passed"
    """Not now, and taken back since."""


OF_THAT_MOMENT = (Cause.LATER, Cause.PASSED)
"""A no of these is one to that day, and to nobody: the two may be brought together later."""


class Question(StrEnum):
    """What the mentor wanted to know first."""

    NONE = ""
    ASKED = "asked"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Request:
    """`mentee` and `mentor` are participants; `round` is the one that proposed the two, "" where the mentee asks.

    `since` is when the three days began that run now, `begun_at` when the request did. `reasons` are those of a match.
    """

    id: str
    cohort: str
    mentee: str
    mentor: str
    begun_at: datetime
    since: datetime
    round: str = ""
    agreed: frozenset[Role] = frozenset()
    state: RequestState = RequestState.OPEN
    cause: Cause = Cause.NONE
    question: Question = Question.NONE
    reasons: tuple[tuple[str, ...], ...] = ()
    closed_at: datetime | None = None

    def role_of(self, participant: str) -> Role:
        """Which side that is. Raises Refusal("request.not_yours")."""
        if participant == self.mentor:
            return Role.MENTOR
        if participant == self.mentee:
            return Role.MENTEE
        raise Refusal("request.not_yours")

    @property
    def is_asked(self) -> bool:
        """The mentee asks, so that only the mentor has to agree."""
        return self.round == ""

    @property
    def is_open(self) -> bool:
        """Somebody may still answer."""
        return self.state is RequestState.OPEN

    @property
    def is_agreed(self) -> bool:
        """Both said yes."""
        return self.agreed == frozenset(SIDES)

    @property
    def awaited(self) -> frozenset[Role]:
        """Whose word is missing: the mentee's while the mentor's question is open, else all who have not said yes."""
        return frozenset({Role.MENTEE}) if self.question is Question.ASKED else frozenset(SIDES) - self.agreed

    def ends_at(self, hours: Mapping[Role, Hours]) -> datetime:
        """When silence has lasted long enough, by the working days of those who are awaited; in UTC."""
        return max(working_days_later(self.since, self._counting(hours[role]), PATIENCE) for role in self.awaited)

    def _counting(self, hours: Hours) -> Hours:
        """The hours by which the days are counted."""
        back = hours.away_until
        return replace(hours, away_until=None) if back and back > (self.since + LONGEST_LEAVE).date() else hours

    def yes(self, by: Role) -> "Request":
        """One side agrees. Raises Refusal("request.over")."""
        return replace(self._open(), agreed=self.agreed | {by})

    def no(self, cause: Cause, now: datetime) -> "Request":
        """One side does not. Raises Refusal("request.over")."""
        return replace(self._open(), state=RequestState.DECLINED, cause=cause, closed_at=now)

    def ask(self, now: datetime) -> "Request":
        """The mentor wants to know something first: the days begin anew. Raises Refusal: request.over, .asked."""
        if self._open().question is not Question.NONE:
            raise Refusal("request.asked")
        return replace(self, question=Question.ASKED, since=now)

    def answer(self, now: datetime) -> "Request":
        """The mentee answers, once: the days begin anew. Raises Refusal: request.over, .answered."""
        if self._open().question is not Question.ASKED:
            raise Refusal("request.answered")
        return replace(self, question=Question.ANSWERED, since=now)

    def begin(self, now: datetime) -> "Request":
        """Both said yes, and there is a place."""
        return replace(self._open(), state=RequestState.AGREED, closed_at=now)

    def lapse(self, now: datetime) -> "Request":
        """Nobody said anything for too long, or nothing could come of it."""
        return replace(self._open(), state=RequestState.LAPSED, closed_at=now)

    def withdraw(self, now: datetime) -> "Request":
        """Nobody needs the answer."""
        return replace(self._open(), state=RequestState.WITHDRAWN, closed_at=now)

    def _open(self) -> "Request":
        if not self.is_open:
            raise Refusal("request.over")
        return self


def quiet_until(requests: Iterable[Request]) -> datetime | None:
    """Until when a mentor wants no request, by what they said of the last ones."""
    said = [one.closed_at for one in requests if one.cause is Cause.LATER and one.closed_at is not None]
    return max(said) + QUIET if said else None


def reserved(requests: Iterable[Request]) -> Mapping[str, int]:
    """Places that are being asked for, by mentor: no draft gives them away meanwhile."""
    found: dict[str, int] = {}
    for one in requests:
        if one.is_open:
            found[one.mentor] = found.get(one.mentor, 0) + 1
    return found
