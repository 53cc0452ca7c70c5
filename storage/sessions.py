"""The planned conversations of a match and what each side said of them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from flows.meetings import Meeting, MeetingState, Said
from storage.tables import meeting_answers, sessions

_columns = (sessions, meeting_answers.c.person, meeting_answers.c.answer)
_joined = sessions.outerjoin(
    meeting_answers, (meeting_answers.c.match == sessions.c.match) & (meeting_answers.c.number == sessions.c.number)
)
_of = select(*_columns).select_from(_joined).where(sessions.c.match.in_(bindparam("matches", expanding=True)))
_insert = upsert(sessions)
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
        return self.of_all((match,)).get(match, {})

    def of_all(self, matches: tuple[str, ...]) -> Mapping[str, Mapping[int, Meeting]]:
        """The same for several matches at once, by match."""
        found: dict[tuple[str, int], Meeting] = {}
        said: dict[tuple[str, int], dict[str, Said]] = {}
        for row in self._connection.execute(_of, {"matches": list(matches)}):
            key = (row.match, row.number)
            if row.person is not None:
                said.setdefault(key, {})[row.person] = Said(row.answer)
            found[key] = Meeting(
                match=row.match,
                number=row.number,
                opened_on=row.opened_on,
                state=MeetingState(row.state),
                planned_at=row.planned_at,
                answers=MappingProxyType(said.get(key, {})),
                asked_again=row.asked_again,
                met_on=row.met_on,
            )
        by_match: dict[str, dict[int, Meeting]] = {}
        for (match, number), meeting in found.items():
            by_match.setdefault(match, {})[number] = meeting
        return by_match

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
