"""The planned conversations of a match and what each side said of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from flows.match import MatchState
from flows.meetings import Meeting, MeetingState, Said
from storage.tables import match_members, matches, meeting_answers, sessions
from storage.upsert import insert

LIVING = matches.c.state == MatchState.ACTIVE
_columns = (sessions, meeting_answers.c.person, meeting_answers.c.answer)
_joined = sessions.outerjoin(
    meeting_answers, (meeting_answers.c.match == sessions.c.match) & (meeting_answers.c.number == sessions.c.number)
)
_all = select(*_columns).select_from(_joined).order_by(sessions.c.match, sessions.c.number, meeting_answers.c.person)
_of = _all.where(sessions.c.match == bindparam("which"))
# A subquery costs less here than a list of ids, which is spelt out anew for every number of them.
_of_person = _all.where(
    sessions.c.match.in_(
        select(match_members.c.match)
        .join(matches, matches.c.id == match_members.c.match)
        .where(match_members.c.person == bindparam("person"), LIVING)
    )
)
_of_cohort = _all.where(sessions.c.match.in_(select(matches.c.id).where(matches.c.cohort == bindparam("cohort"))))
_insert = insert(sessions)
_CHANGING = ("state", "opened_on", "planned_at", "met_on", "asked_again")
_save = _insert.on_conflict_do_update(
    index_elements=["match", "number"], set_={name: _insert.excluded[name] for name in _CHANGING}
)
_forget = delete(meeting_answers).where(
    meeting_answers.c.match == bindparam("which"), meeting_answers.c.number == bindparam("n")
)
_answer = insert(meeting_answers)


class Sessions:
    """One row a conversation, from the day on which it is somebody's turn to do something about it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, match: str) -> Mapping[int, Meeting]:
        """What is stored of a match's conversations, by number."""
        return _meetings(self._connection.execute(_of, {"which": match}).all()).get(match, {})

    def of_person(self, person: str) -> Mapping[str, Mapping[int, Meeting]]:
        """The same for all living matches of a person, by match."""
        return _meetings(self._connection.execute(_of_person, {"person": person}).all())

    def of_cohort(self, cohort: str) -> Mapping[str, Mapping[int, Meeting]]:
        """The same for all matches of a cohort, living and over, by match."""
        return _meetings(self._connection.execute(_of_cohort, {"cohort": cohort}).all())

    def save(self, meeting: Meeting, *, at: datetime) -> None:
        """Write where it stands and who said what; `at` is when the newest of it was said."""
        self._connection.execute(
            _save,
            {
                "match": meeting.match,
                "number": meeting.number,
                "state": meeting.state,
                "opened_on": meeting.opened_on,
                "planned_at": meeting.planned_at,
                "met_on": meeting.met_on,
                "asked_again": meeting.asked_again,
            },
        )
        self._connection.execute(_forget, {"which": meeting.match, "n": meeting.number})
        for person, answer in meeting.answers.items():
            row = {"match": meeting.match, "number": meeting.number, "person": person, "answer": answer, "at": at}
            self._connection.execute(_answer, row)


def _meetings(rows: Iterable[Any]) -> Mapping[str, Mapping[int, Meeting]]:
    found: dict[str, dict[int, Any]] = {}
    said: dict[tuple[str, int], dict[str, Said]] = {}
    for row in rows:
        if row.person is not None:
            said.setdefault((row.match, row.number), {})[row.person] = Said(row.answer)
        found.setdefault(row.match, {})[row.number] = row
    return {
        match: {number: _meeting(row, said.get((match, number), {})) for number, row in by_number.items()}
        for match, by_number in found.items()
    }


def _meeting(row: Any, said: dict[str, Said]) -> Meeting:
    return Meeting(
        match=row.match,
        number=row.number,
        opened_on=row.opened_on,
        state=MeetingState(row.state),
        planned_at=row.planned_at,
        answers=MappingProxyType(said),
        asked_again=row.asked_again,
        met_on=row.met_on,
    )
