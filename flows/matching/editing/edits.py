"""A draft changed by hand, at once and without another solve: only those are looked at whom the change touches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.matching.drafting.drafted import Draft, Totals
from flows.matching.drafting.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.drafting.round import served
from flows.matching.limits import failed, permitted
from flows.matching.locks import Lock, LockKind, permit, require
from flows.matching.pairs import Pair, pair, score
from flows.matching.people import Candidate, canonical
from flows.matching.rules import Limit, Rules
from flows.people import Role
from flows.refusal import Refusal

_AGAIN = (Remedy(RemedyKind.DRAFT_AGAIN),)


def edit(
    draft: Draft,
    candidates: Iterable[Candidate],
    rules: Rules,
    locks: Iterable[Lock],
    moves: Mapping[str, str | None] | None = None,
) -> Draft:
    """The draft with these locks in place of its own, and with these mentees given to these mentors, or to nobody.

    What is forbidden or held by now is taken out of it. Whoever joined since is not in it, and whoever left since
    stays: `round.stale` takes them out when it is published.
    """
    edit_ = _Edit(draft, {one.id: one for one in candidates}, rules, tuple(locks), moves or {})
    pairs, left = tuple(edit_.pairs()), edit_.unmatched()
    here = {*(one.mentee for one in pairs), *(one.person for one in left)}
    return replace(
        draft,
        pairs=pairs,
        unmatched=left,
        idle=edit_.idle(),
        held=held(edit_.locks),
        locks=edit_.locks,
        totals=edit_.totals(pairs, left),
        groups=served((edit_.people[one] for one in sorted(here) if one in edit_.people), pairs, left),
    )


def give(
    draft: Draft,
    candidates: Iterable[Candidate],
    rules: Rules,
    pins: Mapping[str, str],
    *,
    beside: Mapping[str, str | None] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Draft:
    """The draft with these mentees, matched or not, given to mentors who have a place for them, and the pairs pinned.

    `beside` says who moves because of it, unpinned; `overrides` names by mentee the limits against which a coordinator
    decided, as a lock keeps them.
    Raises Refusal: `round.no_place` (mentor), `round.not_in_round` (person), and the keys of `locks.permit`.
    """
    candidates = tuple(candidates)
    moves = {**(beside or {}), **pins}
    return edit(draft, candidates, rules, givable(draft, candidates, rules, pins, moves, overrides=overrides), moves)


def givable(
    draft: Draft,
    candidates: Iterable[Candidate],
    rules: Rules,
    pins: Mapping[str, str],
    moves: Mapping[str, str | None],
    *,
    overrides: Mapping[str, str] | None = None,
) -> tuple[Lock, ...]:
    """The locks of the draft in which these pairs are given. Raises Refusal as `give`; looks at nobody's score."""
    people = {one.id: one for one in candidates}
    partners = {**{one.mentee: one.mentor for one in draft.pairs}, **moves}
    others = tuple(one for one in draft.locks if one.kind is not LockKind.PIN or one.mentee not in moves)
    new = tuple(
        Lock(LockKind.PIN, mentee, mentor, (overrides or {}).get(mentee, "")) for mentee, mentor in pins.items()
    )
    taken = Counter(partners.values())
    for pin in new:
        require(people, pin.mentee, pin.mentor)
        permit(people[pin.mentee], people[pin.mentor], rules, others, overridden=pin.overridden)
        if taken[pin.mentor] > people[pin.mentor].places:
            raise Refusal("round.no_place", mentor=pin.mentor)
    return (*others, *new)


def held(locks: Iterable[Lock]) -> tuple[str, ...]:
    """Ids of the people on hold, sorted."""
    return tuple(sorted({one.mentee or one.mentor for one in locks if one.kind is LockKind.HOLD}))


@dataclass(frozen=True, slots=True)
class _Edit:
    """A draft, and what is to become of it."""

    draft: Draft
    people: Mapping[str, Candidate]
    rules: Rules
    locks: tuple[Lock, ...]
    moves: Mapping[str, str | None]

    @property
    def before(self) -> Mapping[str, str]:
        return {one.mentee: one.mentor for one in self.draft.pairs}

    @property
    def after(self) -> Mapping[str, str]:
        wanted = {mentee: mentor for mentee, mentor in {**self.before, **self.moves}.items() if mentor}
        forbidden, mentees, mentors = self.forbidden, self.held(Role.MENTEE), self.held(Role.MENTOR)
        return {
            mentee: mentor
            for mentee, mentor in wanted.items()
            if (mentee, mentor) not in forbidden and mentee not in mentees and mentor not in mentors
        }

    @property
    def forbidden(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.mentee, one.mentor) for one in self.locks if one.kind is LockKind.FORBID)

    def held(self, role: Role) -> frozenset[str]:
        return _held(self.locks, role)

    def back(self, role: Role) -> frozenset[str]:
        """Who was held in this role, is no longer, and takes part."""
        freed = _held(self.draft.locks, role) - self.held(role)
        here = (self.people[one] for one in freed if one in self.people)
        return frozenset(one.id for one in here if one.available and role in one.roles)

    def pairs(self) -> Iterator[Pair]:
        known = {(one.mentee, one.mentor): one for one in self.draft.pairs}
        pins = {(one.mentee, one.mentor) for one in self.locks if one.kind is LockKind.PIN}
        for mentee, mentor in sorted(self.after.items()):
            one = known.get((mentee, mentor)) or pair(self.people[mentee], self.people[mentor], self.rules)
            yield replace(one, pinned=(mentee, mentor) in pins)

    def suits(self, mentee: str, mentor: str) -> bool:
        if mentee not in self.people or mentor not in self.people or (mentee, mentor) in self.forbidden:
            return False
        one, other = self.people[mentee], self.people[mentor]
        return permitted(one, other, self.rules) and score(one, other, self.rules) >= self.rules.least

    def unmatched(self) -> tuple[Unmatched, ...]:
        after, away = self.after, self.held(Role.MENTEE)
        taken, was = Counter(after.values()), Counter(self.before.values())
        freed = [one for one in was if taken[one] < was[one] and one not in self.held(Role.MENTOR)]
        freed += sorted(one for one in self.back(Role.MENTOR) if self.people[one].places)
        left = []
        for one in self.draft.unmatched:
            if one.person not in after and one.person not in away:
                opened = any(self.suits(one.person, mentor) for mentor in freed)
                left.append(replace(one, cause=Cause.OPEN, remedies=_AGAIN) if opened else one)
        newly = ({*self.before} | self.back(Role.MENTEE)) - {*after} - away - {one.person for one in left}
        left += [self.without(self.people[one]) for one in sorted(newly) if one in self.people]
        return self.queued(left)

    def without(self, mentee: Candidate) -> Unmatched:
        """Why this mentee has nobody now. Whether a new draft finds somebody is for that draft to say; that nobody is
        permitted, or fits well enough, is known at once."""
        here = [one for one in self.people.values() if one.available and Role.MENTOR in one.roles and one.places]
        others = [one for one in here if one.id != mentee.id and one.id not in self.held(Role.MENTOR)]
        open_to = [one for one in others if (mentee.id, one.id) not in self.forbidden]
        failures = [failed(mentee, one, self.rules) for one in open_to]
        fit = [score(mentee, one, self.rules) for one, limits in zip(open_to, failures, strict=True) if not limits]
        alone = Counter(next(iter(limits)) for limits in failures if len(limits) == 1 and Limit.BLOCKED not in limits)
        cause, remedy = Cause.OPEN, _AGAIN
        if not fit:
            cause, remedy = Cause.NO_PERMITTED, (Remedy(RemedyKind.MORE_MENTORS),)
        elif max(fit) < self.rules.least:
            cause, remedy = Cause.BELOW_MINIMUM, (Remedy(RemedyKind.LOWER_MINIMUM, str(max(fit)), fit.count(max(fit))),)
        limits = tuple(sorted(alone.items(), key=lambda item: (-item[1], item[0])))
        return Unmatched(mentee.id, cause, len(fit), limits, remedy, queue=0)

    def queued(self, left: Sequence[Unmatched]) -> tuple[Unmatched, ...]:
        order = {one.id: nth for nth, one in enumerate(canonical(self.people.values(), self.rules.seed))}
        waited = {one.id: one.waited for one in self.people.values()}
        line = sorted(left, key=lambda one: (-waited.get(one.person, 0), order.get(one.person, len(order))))
        return tuple(replace(one, queue=place) for place, one in enumerate(line, start=1))

    def idle(self) -> tuple[Idle, ...]:
        after, away = self.after, self.held(Role.MENTOR)
        busy = frozenset(after.values())
        known = {one.person: one for one in self.draft.idle}
        alone = ({*self.before.values()} | {*known} | self.back(Role.MENTOR)) - busy - away
        waiting = {*self.before, *(one.person for one in self.draft.unmatched), *self.back(Role.MENTEE)}
        left = waiting - {*after} - self.held(Role.MENTEE)
        found = []
        for mentor in sorted(alone):
            if mentor in self.people and self.people[mentor].places and not self.people[mentor].load:
                if any(self.suits(mentee, mentor) for mentee in left):
                    found.append(Idle(mentor, IdleCause.OPEN, _AGAIN))
                else:
                    taken = Idle(mentor, IdleCause.TAKEN, (Remedy(RemedyKind.MORE_MENTEES),))
                    found.append(known.get(mentor, taken))
        return tuple(found)

    def totals(self, pairs: tuple[Pair, ...], left: tuple[Unmatched, ...]) -> Totals:
        """Of who takes part: whoever left since and has lost their pair is counted no more, as they are named no
        more."""
        was = self.draft.totals
        offering = [one for one in self.back(Role.MENTOR) if self.people[one].capacity]
        gone = self.held(Role.MENTOR) - _held(self.draft.locks, Role.MENTOR)
        withdrawn = [one for one in gone if one in self.people and self.people[one].capacity]
        return replace(
            was,
            mentees=len(pairs) + len(left),
            matched=len(pairs),
            mentors=was.mentors - len(withdrawn) + len(offering),
            places=was.places
            + sum(self.people[one].places for one in offering)
            - sum(self.people[one].places for one in withdrawn),
            score=sum(one.score for one in pairs),
        )


def _held(locks: Iterable[Lock], role: Role) -> frozenset[str]:
    names = (one.mentee if role is Role.MENTEE else one.mentor for one in locks if one.kind is LockKind.HOLD)
    return frozenset(name for name in names if name)
