"""What the weekly slot of one person must know, in a fixed number of statements, however many matches they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select

from flows.calendar import week_of
from flows.feedback import Attention, Tap, attention
from flows.journey import Journey, steps_of
from flows.match import Match, MatchState, Member
from flows.nudge import NEWCOMER_WEEK, MatchFacts, Written
from flows.people import Role, Standing, is_around, takes_part
from flows.programme import CohortState
from flows.pulses import Window, windows
from flows.sessions import reached
from storage.each import among
from storage.outbox import State
from storage.sessions import LIVING, Sessions
from storage.tables import (
    answers,
    check_ins,
    cohorts,
    feedback,
    match_members,
    matches,
    outbox,
    participants,
    people,
    writings,
)

_mine = (
    select(match_members.c.match)
    .join(matches, matches.c.id == match_members.c.match)
    .where(match_members.c.person == bindparam("person"), LIVING)
)
_living = (
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
        participants.c.standing,
        participants.c.paused_until,
        people.c.active,
        people.c.away_until,
    )
    .join(match_members, match_members.c.match == matches.c.id)
    .join(participants, participants.c.id == match_members.c.participant)
    .join(people, people.c.id == match_members.c.person)
    .where(matches.c.id.in_(_mine))
    .order_by(matches.c.started_on, matches.c.id, match_members.c.role, match_members.c.person)
)
_written = (
    select(
        writings.c.match, writings.c.kind, writings.c.session, writings.c.author, writings.c.state, writings.c.opens_on
    )
    .where(writings.c.match.in_(_mine))
    .order_by(writings.c.at, writings.c.id)
)
_newest = (
    select(answers.c.participant, func.max(answers.c.revision).label("revision"))
    .where(answers.c.question == "new", answers.c.participant.in_(bindparam("which", expanding=True)))
    .group_by(answers.c.participant)
    .subquery()
)
_new = (
    select(answers.c.participant, answers.c.value)
    .join(_newest, (answers.c.participant == _newest.c.participant) & (answers.c.revision == _newest.c.revision))
    .where(answers.c.question == "new")
)
_told_to_people = select(
    outbox.c.to_id, outbox.c.subject, outbox.c.step, outbox.c.week, outbox.c.state, outbox.c.not_after
).where(outbox.c.to_kind == "person", outbox.c.step != "")
# A list costs SQLAlchemy more each time than one value, and nearly always it is one.
_told = _told_to_people.where(outbox.c.to_id == bindparam("person"))
_told_to_all = among(lambda which: _told_to_people.where(outbox.c.to_id.in_(which)))
_places = (
    select(
        participants.c.cohort,
        participants.c.standing,
        participants.c.paused_until,
        cohorts.c.opened_at,
        cohorts.c.starts_on,
        cohorts.c.weeks,
        exists(select(match_members.c.match).where(match_members.c.participant == participants.c.id)).label("matched"),
    )
    .join(cohorts, cohorts.c.id == participants.c.cohort)
    .where(
        participants.c.person == bindparam("person"),
        cohorts.c.state != CohortState.DRAFT,
        cohorts.c.state != CohortState.ARCHIVED,
    )
    .order_by(cohorts.c.starts_on, cohorts.c.id)
)
NUDGE = "nudge"
"""The step under which a Tuesday message stands in the history."""
_in_cohort = (
    select(matches.c.id, matches.c.started_on)
    .where(matches.c.cohort == bindparam("cohort"), LIVING)
    .order_by(matches.c.started_on, matches.c.id)
)
_ids = select(matches.c.id).where(matches.c.cohort == bindparam("cohort"), LIVING)
_taps = select(feedback).where(feedback.c.match.in_(_ids)).order_by(feedback.c.number, feedback.c.person)
_check_ins = select(check_ins).where(check_ins.c.match.in_(_ids)).order_by(check_ins.c.week)
_ON_THE_WAY = frozenset({State.QUEUED, State.CLAIMED, State.SENDING})
_NOT_HEARD = frozenset({State.EXPIRED, State.CANCELLED, State.FAILED})


@dataclass(frozen=True, slots=True)
class History:
    """What one person was told: steps by subject (a match's, cohort's or their own id), and steps by their ISO week."""

    by_subject: Mapping[str, frozenset[str]]
    by_week: Mapping[str, Sequence[str]]
    on_the_way: Sequence[tuple[str, str, datetime | None]] = ()
    """Step, week and last moment of what was not sent yet."""

    def in_week(self, iso: str, now: datetime) -> Sequence[str]:
        """The steps that are heard in that week: told for it, or for an earlier one and still to arrive."""
        late = [
            step for step, week, not_after in self.on_the_way if week < iso and (not_after is None or now <= not_after)
        ]
        return [*self.by_week.get(iso, ()), *late]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a cohort, as far as pulses ask for it; `matched` once they were ever in a match there."""

    cohort: str
    windows: tuple[Window, ...]
    matched: bool


class Season:
    """Reads over several subjects, for one person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def history(self, person: str) -> History:
        """What this person was told so far."""
        return _history(self._connection.execute(_told, {"person": person}).all())

    def histories(self, people: Sequence[str]) -> dict[str, History]:
        """What each of these people was told so far."""
        told: dict[str, list[Any]] = {person: [] for person in people}
        for row in self._connection.execute(_told_to_all.of(told), {"which": list(told)}).all() if told else ():
            told[row.to_id].append(row)
        return {person: _history(rows) for person, rows in told.items()}

    def matches(
        self, person: str, *, journey: Journey, history: History, offered: frozenset[str], today: date
    ) -> tuple[MatchFacts, ...]:
        """Their living matches, the oldest first; `offered` are the activities that can be opened."""
        rows = self._connection.execute(_living, {"person": person}).all()
        living = [match for match in _matches(rows) if match.is_guided]
        if not living:
            return ()
        sessions = Sessions(self._connection).of_person(person)
        written = self._written(person)
        quiet = {row.id for row in rows if _is_quiet(row, today)}
        newcomers = self._newcomers(living, person, today)
        nudged_on = tuple(_sunday(week) for week, steps in history.by_week.items() if NUDGE in steps)
        facts = []
        for match in living:
            steps = steps_of(journey, match.steps, match.started_on, match.ends_on)
            facts.append(
                MatchFacts(
                    match=match,
                    me=match.member(person),
                    steps=steps,
                    sessions=reached(match, steps, sessions.get(match.id, {})),
                    written=written.get(match.id, ()),
                    told=history.by_subject.get(match.id, frozenset()),
                    nudged_on=nudged_on,
                    quiet=match.id in quiet,
                    partner_is_new=match.id in newcomers,
                    offered=offered,
                )
            )
        return tuple(facts)

    def places(self, person: str, *, today: date) -> Sequence[Place]:
        """Their places in cohorts that are not over, the earliest first; none in which they pause."""
        rows = self._connection.execute(_places, {"person": person}).all()
        return [_place(row) for row in rows if takes_part(Standing(row.standing), row.paused_until, today)]

    def attention(self, cohort: str, *, today: date) -> Mapping[str, Attention]:
        """For each living match of a cohort the one word that coordinators see of feedback and check-ins."""
        taps: dict[str, list[Tap]] = {}
        for row in self._connection.execute(_taps, {"cohort": cohort}):
            taps.setdefault(row.match, []).append(Tap(row.number, row.person, row.question, row.answer))
        newest: dict[str, dict[str, str]] = {}
        for row in self._connection.execute(_check_ins, {"cohort": cohort}):
            newest.setdefault(row.match, {})[row.person] = row.answer
        living = self._connection.execute(_in_cohort, {"cohort": cohort}).all()
        meetings = Sessions(self._connection).of_cohort(cohort)
        return {
            row.id: attention(
                taps.get(row.id, ()),
                newest.get(row.id, {}),
                tuple(meetings.get(row.id, {}).values()),
                week=week_of(row.started_on, today),
            )
            for row in living
        }

    def _newcomers(self, living: Sequence[Match], person: str, today: date) -> frozenset[str]:
        """Matches whose mentee is new here or new in their role; looked up only in the week in which it matters."""
        asked = {
            member.participant: match.id
            for match in living
            if match.member(person).role is Role.MENTOR and week_of(match.started_on, today) == NEWCOMER_WEEK
            for member in match.in_role(Role.MENTEE)
        }
        if not asked:
            return frozenset()
        rows = self._connection.execute(_new, {"which": list(asked)})
        return frozenset(asked[row.participant] for row in rows if row.value in ("company", "role"))

    def _written(self, person: str) -> Mapping[str, tuple[Written, ...]]:
        found: dict[str, list[Written]] = {}
        for row in self._connection.execute(_written, {"person": person}).all():
            entry = Written(row.match, row.kind, row.session, row.author, row.state, row.opens_on)
            found.setdefault(row.match, []).append(entry)
        return {match: tuple(entries) for match, entries in found.items()}


def _history(told: Sequence[Any]) -> History:
    by_subject: dict[str, set[str]] = {}
    by_week: dict[str, list[str]] = {}
    on_the_way: list[tuple[str, str, datetime | None]] = []
    for _, subject, step, week, state, not_after in told:
        by_subject.setdefault(subject, set()).add(step)
        if week and state not in _NOT_HEARD:
            by_week.setdefault(week, []).append(step)
        if week and state in _ON_THE_WAY:
            on_the_way.append((step, week, not_after))
    return History({subject: frozenset(steps) for subject, steps in by_subject.items()}, by_week, on_the_way)


def _sunday(week: str) -> date:
    """The last day of an ISO week such as 2026-W12."""
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 7)


def _place(row: Any) -> Place:
    opened_on = row.opened_at.date() if row.opened_at else row.starts_on
    ahead = windows(row.cohort, opened_on=opened_on, starts_on=row.starts_on, weeks=row.weeks)
    return Place(row.cohort, ahead, row.matched)


def _is_quiet(row: Any, today: date) -> bool:
    standing, paused_until = Standing(row.standing), row.paused_until
    return not is_around(standing, paused_until, active=row.active, away_until=row.away_until, today=today)


def _matches(rows: Sequence[Any]) -> list[Match]:
    members: dict[str, list[Member]] = {}
    first: dict[str, Any] = {}
    for row in rows:
        members.setdefault(row.id, []).append(Member(row.person, row.participant, Role(row.role), row.said_hello))
        first.setdefault(row.id, row)
    return [
        Match(
            id=row.id,
            cohort=row.cohort,
            state=MatchState(row.state),
            members=tuple(members[row.id]),
            started_on=row.started_on,
            ends_on=row.ends_on,
            steps=tuple(step for step in row.steps.split(",") if step),
        )
        for row in first.values()
    ]
