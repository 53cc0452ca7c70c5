"""Who is in a round, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.matching.locks import Lock, LockKind, lawful
from flows.matching.people import Candidate, canonical
from flows.matching.rules import Rules
from flows.people import Role


@dataclass(frozen=True, slots=True)
class Pool:
    """A round's people in canonical order, without those on hold, and the locks that hold."""

    mentees: tuple[Candidate, ...]
    mentors: tuple[Candidate, ...]
    """Everybody who offers a place, taken or not."""
    rules: Rules
    locks: tuple[Lock, ...]
    held: tuple[str, ...]
    """Ids of the people on hold, sorted."""
    pins: Mapping[str, str]
    """Mentee to mentor."""
    forbidden: frozenset[tuple[str, str]]
    """Mentee and mentor."""


def gather(candidates: Iterable[Candidate], rules: Rules, locks: Iterable[Lock]) -> Pool:
    """The pool of a round; who is away, on hold or offers no place is not in it."""
    everybody = canonical(candidates, rules.seed)
    holding = lawful(everybody, rules, locks)
    people = tuple(one for one in everybody if one.available)
    no_mentees = {one.mentee for one in holding if one.kind is LockKind.HOLD}
    no_mentors = {one.mentor for one in holding if one.kind is LockKind.HOLD}
    mentees = tuple(one for one in people if Role.MENTEE in one.roles and one.id not in no_mentees)
    mentors = tuple(one for one in people if Role.MENTOR in one.roles and one.capacity and one.id not in no_mentors)
    forbidden = frozenset((one.mentee, one.mentor) for one in holding if one.kind is LockKind.FORBID)
    return Pool(
        mentees=mentees,
        mentors=mentors,
        rules=rules,
        locks=holding,
        held=tuple(sorted((no_mentees | no_mentors) & {one.id for one in people})),
        pins={one.mentee: one.mentor for one in holding if one.kind is LockKind.PIN},
        forbidden=forbidden,
    )
