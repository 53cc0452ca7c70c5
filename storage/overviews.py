"""Where somebody stands, in few statements: it is asked for more often than anything else."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, exists, select

from flows.match import Match, MatchState, Member
from flows.meetings import MeetingState
from flows.overview import Overview, Pair, Place
from flows.people import Role
from flows.programme import CohortState
from storage.participants import participant_of
from storage.people import person_of
from storage.programmes import Programmes, cohort_of
from storage.tables import cohorts, match_members, matches, participants, people, programmes, sessions

_COHORT = "cohort_"
_PERSON = "person_"
_places = (
    select(
        participants,
        *(column.label(f"{_COHORT}{column.name}") for column in cohorts.c),
        programmes.c.name.label(f"{_COHORT}name"),
        programmes.c.format.label(f"{_COHORT}format"),
    )
    .join(cohorts, cohorts.c.id == participants.c.cohort)
    .join(programmes, programmes.c.id == cohorts.c.programme)
    .where(participants.c.person == bindparam("person"), cohorts.c.state != CohortState.ARCHIVED)
    .order_by(participants.c.started_at.desc(), participants.c.id)
)
_begun = sessions.alias("begun")
_pairs = (
    select(
        matches.c.id,
        matches.c.cohort,
        matches.c.state,
        matches.c.started_on,
        matches.c.ends_on,
        matches.c.steps,
        match_members.c.person,
        match_members.c.participant,
        match_members.c.role,
        match_members.c.said_hello,
        sessions.c.number,
        sessions.c.planned_at,
        exists().where(_begun.c.match == matches.c.id).label("begun"),
        *(column.label(f"{_PERSON}{column.name}") for column in people.c),
    )
    .join(match_members, match_members.c.match == matches.c.id)
    .join(people, people.c.id == match_members.c.person)
    .outerjoin(sessions, (sessions.c.match == matches.c.id) & (sessions.c.state == MeetingState.OPEN))
    .where(
        matches.c.id.in_(select(match_members.c.match).where(match_members.c.person == bindparam("person"))),
        # Not `== ACTIVE`: while it has not counted a table yet, as after a move, PostgreSQL believes that hardly any
        # row has the value asked for, and would begin with all active matches instead of with the person's.
        matches.c.state != MatchState.COMPLETED,
        matches.c.state != MatchState.ENDED,
    )
    .order_by(matches.c.started_on, matches.c.id, match_members.c.role, match_members.c.person)
)

_COHORT_NAMES = {name: f"{_COHORT}{name}" for name in (*(column.name for column in cohorts.c), "name", "format")}
_PERSON_NAMES = {column.name: f"{_PERSON}{column.name}" for column in people.c}


class Overviews:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: str) -> Overview:
        """Where this person stands; two statements."""
        places = tuple(
            Place(participant_of(row), cohort_of(_part(row, _COHORT_NAMES)))
            for row in self._connection.execute(_places, {"person": person}).mappings()
        )
        if places:
            return Overview(places, self._pairs(person))
        return Overview((), open=tuple(Programmes(self._connection).taking_people()))

    def _pairs(self, person: str) -> tuple[Pair, ...]:
        found: dict[str, list[RowMapping]] = {}
        for row in self._connection.execute(_pairs, {"person": person}).mappings():
            found.setdefault(row["id"], []).append(row)
        return tuple(_pair(rows, person) for rows in found.values())


def _pair(rows: Sequence[RowMapping], person: str) -> Pair:
    """One match; there is a row for each member."""
    first = rows[0]
    match = Match(
        id=first["id"],
        cohort=first["cohort"],
        state=MatchState(first["state"]),
        members=tuple(Member(row["person"], row["participant"], Role(row["role"]), row["said_hello"]) for row in rows),
        started_on=first["started_on"],
        ends_on=first["ends_on"],
        steps=tuple(step for step in first["steps"].split(",") if step),
    )
    partners = tuple(person_of(_part(row, _PERSON_NAMES)) for row in rows if row["person"] != person)
    # Before anything is stored of a match, its first conversation is the open one.
    number = first["number"] or (1 if match.is_guided and not first["begun"] else 0)
    return Pair(match, partners, number=number, planned_at=first["planned_at"])


def _part(row: RowMapping, names: Mapping[str, str]) -> Mapping[str, Any]:
    """The columns of one table, out of a row of several."""
    return {name: row[labelled] for name, labelled in names.items()}
