"""Matches and their life: active, completed, ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from flows.calendar import at_local
from flows.journey import NO_PLAN
from flows.people import Role
from flows.refusal import Refusal


class MatchState(StrEnum):
    """A match rests while one of its people pauses, and is active all the same."""

    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in a match; `person` and `participant` are ids."""

    person: str
    participant: str
    role: Role
    said_hello: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """People who mentor together. `reasons` are the stored reasons of the round, as (kind, detail, …) tuples;
    `steps` are the step ids of the plan it runs by, fixed at its start. Its people are `apart` when a conversation that
    they would share could not be opened."""

    id: str
    cohort: str
    state: MatchState
    members: tuple[Member, ...]
    started_on: date
    ends_on: date
    round: str = ""
    reasons: tuple[tuple[str, ...], ...] = ()
    steps: tuple[str, ...] = ()
    ended_on: date | None = None
    end_cause: str = ""
    apart: bool = False

    def member(self, person: str) -> Member:
        """That person's place. Raises Refusal("match.not_yours")."""
        found = next((member for member in self.members if member.person == person), None)
        if found is None:
            raise Refusal("match.not_yours")
        return found

    def partners(self, person: str) -> tuple[Member, ...]:
        """Everybody in the match but that person, who must be in it themselves."""
        self.member(person)
        return tuple(member for member in self.members if member.person != person)

    def in_role(self, role: Role) -> tuple[Member, ...]:
        """The members who hold a role."""
        return tuple(member for member in self.members if member.role is role)

    @property
    def is_guided(self) -> bool:
        """Whether it runs by a plan; a match of a format that has none is introduced and left in peace."""
        return self.steps != NO_PLAN

    def without(self, person: str) -> "Match":
        """The match when somebody has left it and the others go on."""
        self.member(person)
        return replace(self, members=tuple(member for member in self.members if member.person != person))

    @property
    def is_alive(self) -> bool:
        """Its people still have each other."""
        return self.state is MatchState.ACTIVE

    def over_at(self, zones: Iterable[str]) -> datetime:
        """When the last day of its plan has ended for all of its people, who live in these zones."""
        return max(at_local(self.ends_on + timedelta(days=1), time(), zone) for zone in zones)

    def end(self, today: date, cause: str) -> "Match":
        """Ended before its time; `cause` is a word for the coordinator: left, unpaired, closed. Raises Refusal when
        it is over already."""
        if not self.is_alive:
            raise Refusal("match.over")
        return replace(self, state=MatchState.ENDED, ended_on=today, end_cause=cause)

    def complete(self, today: date) -> "Match":
        """Ended well. Raises Refusal("match.over") when it is over already."""
        if not self.is_alive:
            raise Refusal("match.over")
        return replace(self, state=MatchState.COMPLETED, ended_on=today)


def in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    """The same whenever a match is looked at: by role, then by person. Who comes first may be asked to begin."""
    return tuple(sorted(members, key=lambda one: (one.role, one.person)))


def by_person(matches: Iterable[Match]) -> Mapping[str, Sequence[Match]]:
    """Everybody's matches, in their order, by the id of the person."""
    found: dict[str, list[Match]] = {}
    for match in matches:
        for member in match.members:
            found.setdefault(member.person, []).append(match)
    return found
