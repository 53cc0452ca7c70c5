"""Requests whether two people would be a match, the open ones and what became of the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update

from flows.people import Role
from flows.requests import OF_THAT_MOMENT, Cause, Question, Request, RequestState
from storage.each import Which, among
from storage.tables import participants, requests

_order = (requests.c.begun_at, requests.c.id)
_get = select(requests).where(requests.c.id == bindparam("which"))
_of_mentee = select(requests).where(requests.c.mentee == bindparam("which")).order_by(*_order)
_of_mentor = select(requests).where(requests.c.mentor == bindparam("which")).order_by(*_order)
_open = (
    select(requests)
    .where(requests.c.cohort == bindparam("cohort"), requests.c.state == RequestState.OPEN)
    .order_by(*_order)
)
_declined = (
    select(requests.c.mentee, requests.c.mentor)
    .where(
        requests.c.cohort == bindparam("cohort"),
        requests.c.state == RequestState.DECLINED,
        requests.c.cause.not_in(OF_THAT_MOMENT),
    )
    .order_by(requests.c.mentee, requests.c.mentor)
)
_quiet = select(requests.c.mentor).where(
    requests.c.cohort == bindparam("cohort"),
    requests.c.cause == Cause.LATER,
    requests.c.closed_at > bindparam("since", type_=requests.c.closed_at.type),
)


def _about(people: Which) -> Select[tuple[str]]:
    theirs = select(participants.c.id).where(participants.c.person.in_(people))
    return (
        select(requests.c.mentee)
        .where(
            requests.c.state == RequestState.OPEN,
            or_(requests.c.mentee.in_(theirs), requests.c.mentor.in_(theirs)),
        )
        .distinct()
        .order_by(requests.c.mentee)
    )


_concerning = among(_about)


class Requests:
    """By id, and by the participants whom they concern."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *new: Request) -> None:
        """Requests that begin."""
        if new:
            self._connection.execute(insert(requests), [_row(one) for one in new])

    def save(self, request: Request) -> None:
        """Write what has changed."""
        self._connection.execute(update(requests).where(requests.c.id == request.id).values(**_row(request)))

    def get(self, request: str) -> Request:
        """The request with this id. Raises LookupError."""
        row = self._connection.execute(_get, {"which": request}).first()
        if row is None:
            raise LookupError(f"no request {request}")
        return _request_of(row)

    def of_mentee(self, mentee: str) -> Sequence[Request]:
        """All that a mentee made or was part of, the oldest first."""
        return [_request_of(row) for row in self._connection.execute(_of_mentee, {"which": mentee})]

    def of_mentor(self, mentor: str) -> Sequence[Request]:
        """All that reached a mentor, the oldest first."""
        return [_request_of(row) for row in self._connection.execute(_of_mentor, {"which": mentor})]

    def open_in(self, cohort: str) -> Sequence[Request]:
        """Those of a cohort that wait for somebody's word."""
        return [_request_of(row) for row in self._connection.execute(_open, {"cohort": cohort})]

    def declined_in(self, cohort: str) -> Sequence[tuple[str, str]]:
        """Mentee and mentor of every no: the two are not proposed to each other again."""
        return [(row.mentee, row.mentor) for row in self._connection.execute(_declined, {"cohort": cohort})]

    def quiet_in(self, cohort: str, *, since: datetime) -> frozenset[str]:
        """Mentors who have said since then that it does not suit now."""
        rows = self._connection.execute(_quiet, {"cohort": cohort, "since": since})
        return frozenset(row.mentor for row in rows)

    def concerning(self, people: Sequence[str]) -> Sequence[str]:
        """The mentees of open requests that concern any of these people, in whichever programme."""
        if not people:
            return ()
        return [row.mentee for row in self._connection.execute(_concerning.of(people), {"which": list(people)})]


def _row(request: Request) -> dict[str, Any]:
    return {
        "id": request.id,
        "cohort": request.cohort,
        "round": request.round,
        "mentee": request.mentee,
        "mentor": request.mentor,
        "state": request.state,
        "agreed": ",".join(sorted(request.agreed)),
        "cause": request.cause,
        "question": request.question,
        "reasons": [list(reason) for reason in request.reasons],
        "begun_at": request.begun_at,
        "since": request.since,
        "closed_at": request.closed_at,
    }


def _request_of(row: Any) -> Request:
    return Request(
        id=row.id,
        cohort=row.cohort,
        mentee=row.mentee,
        mentor=row.mentor,
        begun_at=row.begun_at,
        since=row.since,
        round=row.round,
        agreed=frozenset(Role(role) for role in row.agreed.split(",") if role),
        state=RequestState(row.state),
        cause=Cause(row.cause),
        question=Question(row.question),
        reasons=tuple(tuple(reason) for reason in row.reasons),
        closed_at=row.closed_at,
    )
