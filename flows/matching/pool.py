"""Who is in a round, in which order, and what each possible pair is worth."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from flows.matching.limits import permitted
from flows.matching.locks import Dropped, Lock, LockKind, lawful
from flows.matching.pairs import score
from flows.matching.people import Candidate, canonical
from flows.matching.rules import Rules
from flows.people import Role

FORBIDDEN = -1


@dataclass(frozen=True, slots=True)
class Pool:
    """A round's people in canonical order, without those on hold, and the locks that hold."""

    mentees: tuple[Candidate, ...]
    mentors: tuple[Candidate, ...]
    """Everybody who offers a place, taken or not."""
    rules: Rules
    locks: tuple[Lock, ...]
    dropped: tuple[Dropped, ...]
    held: tuple[str, ...]
    """Ids of the people on hold, sorted."""
    pins: Mapping[str, str]
    """Mentee to mentor."""
    forbidden: frozenset[tuple[str, str]]
    """Mentee and mentor."""
    scores: Callable[[Candidate], tuple[int, ...]]
    """A mentee's score with each mentor, in their order; FORBIDDEN where the pair may not be, or falls short of the
    minimum. Whether the mentor has a place left is not looked at. Worked out when first asked for."""


def gather(candidates: Iterable[Candidate], rules: Rules, locks: Iterable[Lock]) -> Pool:
    """The pool of a round; who is away, on hold or offers no place is not in it."""
    everybody = canonical(candidates, rules.seed)
    holding, dropped = lawful(everybody, rules, locks)
    people = tuple(one for one in everybody if one.available)
    no_mentees = {one.mentee for one in holding if one.kind is LockKind.HOLD}
    no_mentors = {one.mentor for one in holding if one.kind is LockKind.HOLD}
    mentees = tuple(one for one in people if Role.MENTEE in one.roles and one.id not in no_mentees)
    mentors = tuple(one for one in people if Role.MENTOR in one.roles and one.capacity and one.id not in no_mentors)
    forbidden = frozenset((one.mentee, one.mentor) for one in holding if one.kind is LockKind.FORBID)

    @cache
    def scores(mentee: Candidate) -> tuple[int, ...]:
        return tuple(_score(mentee, mentor, rules, forbidden) for mentor in mentors)

    return Pool(
        mentees=mentees,
        mentors=mentors,
        rules=rules,
        locks=holding,
        dropped=dropped,
        held=tuple(sorted((no_mentees | no_mentors) & {one.id for one in people})),
        pins={one.mentee: one.mentor for one in holding if one.kind is LockKind.PIN},
        forbidden=forbidden,
        scores=scores,
    )


def _score(mentee: Candidate, mentor: Candidate, rules: Rules, forbidden: frozenset[tuple[str, str]]) -> int:
    if (mentee.id, mentor.id) in forbidden or not permitted(mentee, mentor, rules):
        return FORBIDDEN
    points = score(mentee, mentor, rules)
    return points if points >= rules.least else FORBIDDEN
