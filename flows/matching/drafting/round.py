"""One run of matching: people, rules and locks in, a draft out; and what of it no longer holds when it is published."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flows.matching.drafting.drafted import Draft, Proof, Record, Totals
from flows.matching.drafting.fairness import Groups, bound, fairness
from flows.matching.drafting.record import record
from flows.matching.drafting.recruiting import recruit
from flows.matching.drafting.remedies import Idle, Unmatched
from flows.matching.locks import Lock, LockKind, permit, require
from flows.matching.pairs import Pair, pair
from flows.matching.people import Candidate
from flows.matching.pool import Pool, gather
from flows.matching.rules import Aim, Rules
from flows.refusal import Refusal
from flows.suppression import suppress


def draft(
    candidates: Iterable[Candidate],
    rules: Rules,
    locks: Iterable[Lock] = (),
    previous: Iterable[Pair] | None = None,
    *,
    over: Callable[[], bool] = lambda: False,
    told: Callable[[int, int], None] = lambda value, gap: None,
    alongside: str = "",
) -> Draft:
    """The best draft that limits and locks allow: as many people as possible, then the best fit, then a floor for the
    worst off; where the rules aim at the best fit, that alone; where they aim at what is stable, as `steady` has it.
    Checked; once `over` says so, the best so far.

    Fit is the pairs' scores, with points for wishes, for who waited and for pairs kept from the previous draft, less
    the load of mentors who have somebody already. The same people, rules and locks give the same draft in whatever
    order. `told` hears after each pass what was found so far is worth, and the points by which the best is better at
    most; `alongside` is this program's version, for the record. Raises proof.Unsound and OverflowError.
    """
    # Here and not above: with numpy they take a quarter of a second, and most processes match nobody.
    from flows.matching.drafting.helping import explain_unmatched
    from flows.matching.drafting.idle import explain_idle
    from flows.matching.drafting.proving import proof_of, proof_of_stability
    from flows.matching.drafting.solved import Problem, solve
    from flows.matching.drafting.steady import settle, total

    candidates, locks = tuple(candidates), tuple(locks)
    before = None if previous is None else tuple(previous)
    pool = gather(candidates, rules, locks)
    problem = Problem(
        mentees=pool.mentees,
        mentors=pool.mentors,
        rules=rules,
        pins=pool.pins,
        forbidden=pool.forbidden,
        kept=frozenset((one.mentee, one.mentor) for one in before or ()),
    )
    if rules.aim is Aim.STABLE:
        assigned = settle(problem)
        proof = proof_of_stability(total(assigned))
    else:
        solved = solve(problem, over=over, told=told)
        assigned, proof = solved.assigned, proof_of(solved)
    partners = {**pool.pins, **assigned.partners}
    made_from = record(candidates, rules, locks, before, proof, alongside=alongside)
    left = Left(explain_unmatched(pool, assigned), explain_idle(pool, assigned))
    return _put_together(pool, partners, left, proof, made_from)


@dataclass(frozen=True, slots=True)
class Left:
    """Who has nobody, on either side."""

    unmatched: tuple[Unmatched, ...]
    idle: tuple[Idle, ...]


def stale(draft: Draft, candidates: Iterable[Candidate], rules: Rules) -> tuple[tuple[Pair, Refusal], ...]:
    """The pairs that may no longer be published, because somebody paused, left or changed an answer since."""
    people = {one.id: one for one in candidates}
    overridden = {(one.mentee, one.mentor): one.overridden for one in draft.locks if one.kind is LockKind.PIN}
    taken: Counter[str] = Counter()
    found = []
    for one in draft.pairs:
        taken[one.mentor] += 1
        try:
            require(people, one.mentee, one.mentor)
            allowed = overridden.get((one.mentee, one.mentor), frozenset())
            permit(people[one.mentee], people[one.mentor], rules, draft.locks, overridden=allowed)
            if taken[one.mentor] > people[one.mentor].places:
                raise Refusal("round.no_place", mentor=one.mentor)
        except Refusal as refusal:
            found.append((one, refusal))
    return tuple(found)


def _put_together(pool: Pool, partners: Mapping[str, str], left: Left, proof: Proof, record: Record) -> Draft:
    mentees = {one.id: one for one in pool.mentees}
    mentors = {one.id: one for one in pool.mentors}
    pairs = tuple(
        pair(mentees[mentee], mentors[mentor], pool.rules, pinned=mentee in pool.pins)
        for mentee, mentor in sorted(partners.items())
    )
    return Draft(
        pairs=pairs,
        unmatched=left.unmatched,
        idle=left.idle,
        wanted=recruit((mentees[one.person] for one in left.unmatched), pool.rules),
        held=pool.held,
        locks=pool.locks,
        totals=Totals(
            mentees=len(pool.mentees),
            matched=len(pairs),
            mentors=len(pool.mentors),
            places=sum(one.places for one in pool.mentors),
            score=sum(one.score for one in pairs),
        ),
        proof=proof,
        record=record,
        groups=served(pool.mentees, pairs, left.unmatched),
    )


def served(mentees: Iterable[Candidate], pairs: Iterable[Pair], left: Iterable[Unmatched]) -> Groups:
    """How each group of mentees fares, and what stands in the way of those who are left."""
    mentees = tuple(mentees)
    scores = {one.mentee: one.score for one in pairs}
    why = {one.person: one.limits[0][0] if one.limits else one.cause for one in left}
    return bound(fairness(mentees, scores, shown_of=suppress), mentees, why)
