"""What a change by hand does to a draft, before it is made: plain sums at once, and what the whole loses at least."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flows.matching.drafting.drafted import Draft
from flows.matching.limits import permitted
from flows.matching.locks import LockKind
from flows.matching.pairs import extra, score
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.people import Role
from flows.refusal import Refusal

Kept = Collection[tuple[str, str]]
"""Pairs of the draft before: they had points for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody with another mentor than before, or with none ("", of score 0)."""

    mentee: str
    before: str
    after: str
    was: int
    becomes: int


@dataclass(frozen=True, slots=True)
class Price:
    """What a change by hand comes to."""

    steps: tuple[Step, ...]
    """Those whom it was asked for first, then who moves because of it."""
    fit: int
    """What all scores together gain, or lose below 0."""
    value: int
    """The same with wishes, waiting and the load of mentors."""
    whole: int
    """What the draft is worth as it was found, beside which a change is large or small."""
    least: int | None
    """So much less than the best draft is any draft worth that has these pairs: proved. None: the proof is silent."""
    costs_a_place: bool
    """Whether that is so much that somebody would lose their place."""


def price(
    draft: Draft, candidates: Iterable[Candidate], rules: Rules, moves: Mapping[str, str | None], *, kept: Kept = ()
) -> Price:
    """Of these mentees with these mentors or with nobody. All of them take part."""
    people = {one.id: one for one in candidates}
    before = {one.mentee: one.mentor for one in draft.pairs}
    after = {mentee: mentor for mentee, mentor in {**before, **moves}.items() if mentor}
    known = {(one.mentee, one.mentor): one.score for one in draft.pairs}

    def fit(mentee: str, mentor: str) -> int:
        if not mentor:
            return 0
        return known[mentee, mentor] if (mentee, mentor) in known else score(people[mentee], people[mentor], rules)

    steps = []
    steering = _load(before, people, rules) - _load(after, people, rules)
    for mentee in moves:
        old, new = before.get(mentee, ""), after.get(mentee, "")
        if old != new:
            steps.append(Step(mentee, old, new, fit(mentee, old), fit(mentee, new)))
            steering += _steers(mentee, new, people, rules) - _steers(mentee, old, people, rules)
    gained = sum(one.becomes - one.was for one in steps)
    least = at_least(draft, people, rules, {one.mentee: one.after for one in steps if one.after}, kept=kept)
    lost_for_sure = least is not None and costs_a_place(draft, people, rules, least)
    return Price(tuple(steps), gained, gained + steering, draft.proof.value, least, lost_for_sure)


def at_least(
    draft: Draft, people: Mapping[str, Candidate], rules: Rules, pairs: Mapping[str, str], *, kept: Kept
) -> int | None:
    """What the whole loses at least if these pairs are given, compared with the best draft; None where the proof knows
    nothing of one of them, such as a mentee who is locked."""
    proof, lost = draft.proof, -draft.proof.gap
    for mentee, mentor in pairs.items():
        if mentee not in proof.gains or mentor not in proof.prices:
            return None
        steered = extra(people[mentee], people[mentor], rules, kept=(mentee, mentor) in kept).total
        lost += proof.gains[mentee] + proof.prices[mentor] - score(people[mentee], people[mentor], rules) - steered
    return max(0, lost)


def costs_a_place(draft: Draft, people: Mapping[str, Candidate], rules: Rules, least: int) -> bool:
    """Whether so much can only be lost with somebody's place: all that the pairs bring is less."""
    offered = Counter({one.id: one.places for one in people.values() if one.places})
    heaviest = sum(_weight(people[mentor], places, rules) for mentor, places in offered.items())
    return draft.proof.nobody < 0 and least > max(0, draft.proof.value) + heaviest


def room_for(
    draft: Draft, candidates: Iterable[Candidate], rules: Rules, mentee: str, mentor: str
) -> dict[str, str | None]:
    """Who moves if this mentee goes to this mentor: where every place is taken, the one who loses least makes room, and
    goes where there is one, or to nobody.

    Raises Refusal("round.no_place", mentor) where all of them are locked.
    """
    people = {one.id: one for one in candidates}
    partners = {one.mentee: one.mentor for one in draft.pairs} | {mentee: mentor}
    taken = Counter(partners.values())
    if taken[mentor] <= people[mentor].places:
        return {mentee: mentor}
    pinned = {one.mentee for one in draft.pairs if one.pinned}
    holders = [one for one, other in partners.items() if other == mentor and one not in {mentee, *pinned}]
    if not holders or taken[mentor] > people[mentor].places + 1:
        raise Refusal("round.no_place", mentor=mentor)
    open_ = [one for one in _mentors(draft, people) if one.places > taken[one.id] and one.id != mentor]
    barred = {(one.mentee, one.mentor) for one in draft.locks if one.kind is LockKind.FORBID} | {(mentee, mentor)}
    found: list[tuple[int, str, str | None]] = []
    for one in sorted(holders):
        now = _worth(one, mentor, people, rules)
        # To go to nobody is the last that is thought of.
        options: list[tuple[int, str, str | None]] = [(draft.proof.nobody - now, one, None)]
        for other in open_:
            if one in people and (one, other.id) not in barred and _suits(people[one], other, rules):
                load = rules.load * (other.load + taken[other.id])
                options.append((_worth(one, other.id, people, rules) - load - now, one, other.id))
        found.append(max(options, key=lambda option: option[0]))
    _, leaving, goes_to = max(found, key=lambda option: option[0])
    return {mentee: mentor, leaving: goes_to}


def _mentors(draft: Draft, people: Mapping[str, Candidate]) -> list[Candidate]:
    """Who is in the draft as a mentor with places, in the order of their ids."""
    away = {one.mentor for one in draft.locks if one.kind is LockKind.HOLD}
    return [one for _, one in sorted(people.items()) if Role.MENTOR in one.roles and one.places and one.id not in away]


def _suits(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return permitted(mentee, mentor, rules) and score(mentee, mentor, rules) >= rules.least


def _worth(mentee: str, mentor: str, people: Mapping[str, Candidate], rules: Rules) -> int:
    if mentee not in people or mentor not in people:
        return 0
    return score(people[mentee], people[mentor], rules) + _steers(mentee, mentor, people, rules)


def _steers(mentee: str, mentor: str, people: Mapping[str, Candidate], rules: Rules) -> int:
    if mentee not in people or mentor not in people:
        return 0
    return extra(people[mentee], people[mentor], rules, kept=False).total


def _load(partners: Mapping[str, str], people: Mapping[str, Candidate], rules: Rules) -> int:
    taken = Counter(partners.values())
    return sum(_weight(people[mentor], count, rules) for mentor, count in taken.items() if mentor in people)


def _weight(mentor: Candidate, count: int, rules: Rules) -> int:
    return rules.load * sum(mentor.load + nth for nth in range(count))
