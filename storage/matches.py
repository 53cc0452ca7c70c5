"""Matches and the people in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from flows.match import Match, MatchState, Member, by_person, in_order
from flows.people import Person, Role
from storage.people import person_of
from storage.tables import match_members, matches, participants, people

APART = ""
"""In place of the shared conversation: it could not be opened, and nobody tries again."""

_with_members = select(
    matches, match_members.c.person, match_members.c.participant, match_members.c.role, match_members.c.said_hello
).join(match_members, match_members.c.match == matches.c.id)
_order = (matches.c.started_on, matches.c.id, match_members.c.role, match_members.c.person)
_get = _with_members.where(matches.c.id == bindparam("which")).order_by(*_order)
_of_person = _with_members.where(
    matches.c.id.in_(select(match_members.c.match).where(match_members.c.person == bindparam("person")))
).order_by(*_order)
_in_cohort = _with_members.where(matches.c.cohort == bindparam("cohort")).order_by(*_order)
_members_of = (
    select(match_members.c.match)
    .join(participants, participants.c.person == match_members.c.person)
    .where(participants.c.cohort == bindparam("cohort"))
)
_around = _with_members.where(matches.c.id.in_(_members_of)).order_by(*_order)
_living_around = _around.where(matches.c.state.not_in((MatchState.COMPLETED, MatchState.ENDED)))
_save = update(matches).where(matches.c.id == bindparam("which"))
_people = (
    select(people)
    .join(match_members, match_members.c.person == people.c.id)
    .where(match_members.c.match == bindparam("which"))
    .order_by(match_members.c.role, people.c.id)
)
# A person's own id stands in the member's row; these two names are the match's here.
_with_people = (
    _with_members.add_columns(*(column for column in people.c if column.name not in ("id", "conversation")))
    .join(people, people.c.id == match_members.c.person)
    .where(matches.c.id == bindparam("which"))
    .order_by(*_order)
)


class Matches:
    """Who mentors with whom."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *new: Match) -> None:
        """New matches with their members."""
        if new:
            self._connection.execute(insert(matches), [_row(match) for match in new])
            self._connection.execute(insert(match_members), [row for match in new for row in _member_rows(match)])

    def save(self, *changed: Match) -> None:
        """Write state and end."""
        rows = [
            {"which": match.id, "state": match.state, "ended_on": match.ended_on, "end_cause": match.end_cause}
            for match in changed
        ]
        if rows:
            self._connection.execute(_save, rows)

    def drop_member(self, match: str, person: str) -> None:
        """Somebody has left a match that goes on without them."""
        where = (match_members.c.match == match) & (match_members.c.person == person)
        self._connection.execute(delete(match_members).where(where))

    def said_hello(self, match: str, person: str) -> None:
        """The person wrote first, or says that they did."""
        where = (match_members.c.match == match) & (match_members.c.person == person)
        self._connection.execute(update(match_members).where(where).values(said_hello=True))

    def get(self, match: str) -> Match:
        """The match with this id. Raises LookupError."""
        found = _matches_of(self._connection.execute(_get, {"which": match}).all())
        if not found:
            raise LookupError(f"no match {match}")
        return found[0]

    def with_people(self, match: str) -> tuple[Match, dict[str, Person]]:
        """The match with this id and its people by id, in one statement. Raises LookupError."""
        rows = self._connection.execute(_with_people, {"which": match}).all()
        if not rows:
            raise LookupError(f"no match {match}")
        return _matches_of(rows)[0], {row.person: person_of({**row._mapping, "id": row.person}) for row in rows}

    def of_person(self, person: str) -> Sequence[Match]:
        """All matches of a person, living and ended, the oldest first."""
        return _matches_of(self._connection.execute(_of_person, {"person": person}).all())

    def alive_of(self, person: str) -> Sequence[Match]:
        """Their living matches."""
        return [match for match in self.of_person(person) if match.is_alive]

    def in_cohort(self, cohort: str) -> Sequence[Match]:
        """All matches of a cohort."""
        return _matches_of(self._connection.execute(_in_cohort, {"cohort": cohort}).all())

    def around(self, cohort: str) -> Mapping[str, Sequence[Match]]:
        """All matches, in whichever cohort, of people who are in this one; by person."""
        return by_person(_matches_of(self._connection.execute(_around, {"cohort": cohort}).all()))

    def living_around(self, cohort: str) -> Mapping[str, Sequence[Match]]:
        """The same without those that are over."""
        return by_person(_matches_of(self._connection.execute(_living_around, {"cohort": cohort}).all()))

    def people_of(self, match: str) -> Sequence[Person]:
        """The people in a match."""
        return [person_of(row) for row in self._connection.execute(_people, {"which": match}).mappings().all()]

    def conversation(self, match: str) -> str | None:
        """The id of the shared conversation, once it was opened."""
        return self._connection.execute(select(matches.c.conversation).where(matches.c.id == match)).scalar()

    def keep_apart(self, match: str) -> None:
        """Remember that these people cannot share a conversation."""
        self.keep_conversation(match, APART)

    def keep_conversation(self, match: str, conversation: str) -> None:
        """Remember the shared conversation."""
        self._connection.execute(update(matches).where(matches.c.id == match).values(conversation=conversation))


def _row(match: Match) -> dict[str, Any]:
    return {
        "id": match.id,
        "cohort": match.cohort,
        "round": match.round,
        "state": match.state,
        "started_on": match.started_on,
        "ends_on": match.ends_on,
        "end_cause": match.end_cause,
        "reasons": [list(reason) for reason in match.reasons],
        "steps": ",".join(match.steps),
    }


def _member_rows(match: Match) -> list[dict[str, Any]]:
    return [
        {
            "match": match.id,
            "person": member.person,
            "participant": member.participant,
            "role": member.role,
            "said_hello": member.said_hello,
        }
        for member in match.members
    ]


def _matches_of(rows: Sequence[Row[tuple[object, ...]]]) -> list[Match]:
    found: dict[str, tuple[Row[tuple[object, ...]], list[Member]]] = {}
    for row in rows:
        member = Member(row.person, row.participant, Role(row.role), row.said_hello)
        found.setdefault(row.id, (row, []))[1].append(member)
    return [
        Match(
            id=row.id,
            cohort=row.cohort,
            state=MatchState(row.state),
            members=in_order(members),
            started_on=row.started_on,
            ends_on=row.ends_on,
            round=row.round,
            reasons=tuple(tuple(reason) for reason in row.reasons),
            steps=tuple(step for step in row.steps.split(",") if step),
            ended_on=row.ended_on,
            end_cause=row.end_cause,
            apart=row.conversation == APART,
        )
        for row, members in found.values()
    ]
