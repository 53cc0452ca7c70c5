"""One run of matching: people, rules and locks in, a draft out; and the changes that a coordinator makes to it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.matching.idle import Idle, explain_idle
from flows.matching.locks import Dropped, Lock, LockKind, permit, require
from flows.matching.pairs import Pair, pair
from flows.matching.people import Candidate
from flows.matching.pool import Pool, gather
from flows.matching.remedies import Unmatched, explain_unmatched
from flows.matching.rules import Rules
from flows.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Totals:
    """A draft in numbers, for the coordinator; who is on hold is not counted."""

    mentees: int
    matched: int
    mentors: int
    """Who offers a place, taken or not."""
    places: int
    """Free before this draft."""
    score: int
    """Of all pairs together."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coordinator reviews. Nobody has heard anything of it."""

    pairs: tuple[Pair, ...]
    """Sorted by the mentee's id."""
    unmatched: tuple[Unmatched, ...]
    """In the order of the queue."""
    idle: tuple[Idle, ...]
    """Mentors with a free place who have nobody, sorted by id."""
    held: tuple[str, ...]
    locks: tuple[Lock, ...]
    """To be given to the next draft."""
    dropped: tuple[Dropped, ...]
    totals: Totals


def draft(
    candidates: Iterable[Candidate], rules: Rules, locks: Iterable[Lock] = (), previous: Draft | None = None
) -> Draft:
    """The best draft that limits and locks allow: as many people as possible, then the best fit altogether.

    Fit is the pairs' scores, with points for who waited and for pairs kept from the previous draft, less the load of
    mentors who have somebody already. The same people, rules and locks give the same draft in whatever order.
    """
    # Here and not above: with numpy they take a quarter of a second, and most starts of the program match nobody.
    from flows.matching.assignment import assign
    from flows.matching.fit import objective

    pool = gather(candidates, rules, locks)
    free = [one for one in pool.mentees if one.id not in pool.pins]
    best = objective(
        free,
        pool.mentors,
        rules,
        pinned=Counter(pool.pins.values()),
        kept=frozenset((one.mentee, one.mentor) for one in previous.pairs) if previous else frozenset(),
        forbidden=pool.forbidden,
    )
    chosen = assign(
        best.worth(floor=0, stability=True),
        best.places,
        load=best.load,
        load_cost=best.load_cost,
        unmatched=None,
        over=lambda: False,
    ).partner
    found = {mentee.id: pool.mentors[nth].id for mentee, nth in zip(free, chosen, strict=True) if nth is not None}
    return _settle(pool, {**pool.pins, **found})


def swap(draft: Draft, candidates: Iterable[Candidate], rules: Rules, first: str, second: str) -> Draft:
    """The draft with the mentors of two mentees exchanged and both new pairs pinned.

    Raises Refusal: `round.unmatched` (person), and the keys of `locks.permit`.
    """
    partners = {one.mentee: one.mentor for one in draft.pairs}
    for mentee in (first, second):
        if mentee not in partners:
            raise Refusal("round.unmatched", person=mentee)
    return _repin(draft, tuple(candidates), rules, {first: partners[second], second: partners[first]})


def move(draft: Draft, candidates: Iterable[Candidate], rules: Rules, mentee: str, mentor: str) -> Draft:
    """The draft with a mentee, matched or not, given to a mentor who has a place, and that pair pinned.

    Raises Refusal: `round.no_place` (mentor), `round.not_in_round` (person), and the keys of `locks.permit`.
    """
    return _repin(draft, tuple(candidates), rules, {mentee: mentor})


def stale(draft: Draft, candidates: Iterable[Candidate], rules: Rules) -> tuple[tuple[Pair, Refusal], ...]:
    """The pairs that may no longer be published, because somebody paused, left or changed an answer since."""
    people = {one.id: one for one in candidates}
    taken: Counter[str] = Counter()
    found = []
    for one in draft.pairs:
        taken[one.mentor] += 1
        try:
            require(people, one.mentee, one.mentor)
            permit(people[one.mentee], people[one.mentor], rules, draft.locks)
            if taken[one.mentor] > people[one.mentor].places:
                raise Refusal("round.no_place", mentor=one.mentor)
        except Refusal as refusal:
            found.append((one, refusal))
    return tuple(found)


def _repin(draft: Draft, candidates: tuple[Candidate, ...], rules: Rules, moves: Mapping[str, str]) -> Draft:
    partners = {one.mentee: one.mentor for one in draft.pairs} | dict(moves)
    others = tuple(one for one in draft.locks if one.kind is not LockKind.PIN or one.mentee not in moves)
    people = {one.id: one for one in candidates}
    taken = Counter(partners.values())
    for mentee, mentor in moves.items():
        require(people, mentee, mentor)
        permit(people[mentee], people[mentor], rules, others)
        if taken[mentor] > people[mentor].places:
            raise Refusal("round.no_place", mentor=mentor)
    pins = (Lock(LockKind.PIN, mentee, mentor) for mentee, mentor in moves.items())
    return _settle(gather(candidates, rules, (*others, *pins)), partners)


def _settle(pool: Pool, proposed: Mapping[str, str]) -> Draft:
    mentees = {one.id: one for one in pool.mentees}
    mentors = {one.id: one for one in pool.mentors}
    # Somebody may have left or paused between a draft and its change by hand.
    partners = {mentee: mentor for mentee, mentor in proposed.items() if mentee in mentees and mentor in mentors}
    pairs = tuple(
        pair(mentees[mentee], mentors[mentor], pool.rules, pinned=mentee in pool.pins)
        for mentee, mentor in sorted(partners.items())
    )
    return Draft(
        pairs=pairs,
        unmatched=explain_unmatched(pool, partners),
        idle=explain_idle(pool, partners),
        held=pool.held,
        locks=pool.locks,
        dropped=pool.dropped,
        totals=Totals(
            mentees=len(pool.mentees),
            matched=len(pairs),
            mentors=len(pool.mentors),
            places=sum(one.places for one in pool.mentors),
            score=sum(one.score for one in pairs),
        ),
    )
