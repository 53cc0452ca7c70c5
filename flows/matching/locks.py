"""What a coordinator decides before the rules do: this pair, not this pair, not this person now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.matching.limits import failed
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.people import Role
from flows.refusal import Refusal


class LockKind(StrEnum):
    """What a lock does."""

    PIN = "pin"
    FORBID = "forbid"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Lock:
    """A decision that outlives a draft. A HOLD names one side and keeps that person, in that role, out of the round."""

    kind: LockKind
    mentee: str = ""
    mentor: str = ""
    override: str = ""
    """The limits that a PIN stands against because a coordinator said why, comma-separated in their order."""

    def __post_init__(self) -> None:
        if self.kind is LockKind.HOLD:
            if bool(self.mentee) == bool(self.mentor):
                raise ValueError("a hold names either a mentee or a mentor")
        elif not (self.mentee and self.mentor):
            raise ValueError(f"a {self.kind} names a mentee and a mentor")

    @property
    def overridden(self) -> frozenset[Limit]:
        """Limits that do not stand between these two."""
        return frozenset(Limit(name) for name in self.override.split(",") if name)


NEVER_OVERRIDDEN = frozenset({Limit.ONESELF, Limit.CAPACITY, Limit.AWAY, Limit.BLOCKED})
"""What no coordinator can decide against."""


def override_of(limits: Iterable[Limit]) -> str:
    """These limits as a lock keeps them."""
    standing = frozenset(limits)
    return ",".join(limit for limit in Limit if limit in standing)


def lock(candidates: Iterable[Candidate], rules: Rules, locks: tuple[Lock, ...], new: Lock) -> tuple[Lock, ...]:
    """The locks with one more. Raises Refusal when it breaks a limit or contradicts another.

    Keys: `round.not_in_round` (person), `round.limit` (mentee, mentor, limit), `round.held`, `round.forbidden`,
    `round.pinned` (mentee, mentor: the pin that stands in the way), `round.no_place` (mentor).
    """
    if new in locks:
        return locks
    people = {one.id: one for one in candidates}
    require(people, new.mentee, new.mentor)
    _check(people, rules, locks, new)
    return (*locks, new)


def lawful(candidates: Iterable[Candidate], rules: Rules, locks: Iterable[Lock]) -> tuple[Lock, ...]:
    """The locks that still hold: a pin does not when its people have changed, and gives way to a forbid or a hold."""
    people = {one.id: one for one in candidates}
    holding = tuple(one for one in locks if one.kind is not LockKind.PIN)
    for one in locks:
        if one.kind is LockKind.PIN and _stands(people, rules, holding, one):
            holding = (*holding, one)
    return tuple(one for one in locks if one in holding)


def require(people: Mapping[str, Candidate], mentee: str, mentor: str) -> None:
    """Raise Refusal when somebody who is named here does not take part, or not in that role."""
    for person, role in ((mentee, Role.MENTEE), (mentor, Role.MENTOR)):
        if person and (person not in people or role not in people[person].roles):
            raise Refusal("round.not_in_round", person=person)


def permit(
    mentee: Candidate,
    mentor: Candidate,
    rules: Rules,
    locks: Iterable[Lock],
    *,
    overridden: frozenset[Limit] = frozenset(),
) -> None:
    """Raise Refusal when a hard limit, a forbid or a hold stands between the two; a pin does not.

    `overridden` are limits against which a coordinator decided.
    """
    for one in locks:
        if one.kind is LockKind.FORBID and (one.mentee, one.mentor) == (mentee.id, mentor.id):
            raise Refusal("round.forbidden", mentee=mentee.id, mentor=mentor.id)
        if one.kind is LockKind.HOLD and (one.mentee == mentee.id or one.mentor == mentor.id):
            raise Refusal("round.held", person=one.mentee or one.mentor)
    standing = failed(mentee, mentor, rules) - overridden
    for limit in Limit:
        if limit in standing:
            raise Refusal("round.limit", mentee=mentee.id, mentor=mentor.id, limit=limit)


def _stands(people: Mapping[str, Candidate], rules: Rules, locks: tuple[Lock, ...], pin: Lock) -> bool:
    try:
        _check(people, rules, locks, pin)
    except Refusal:
        return False
    return True


def _check(people: Mapping[str, Candidate], rules: Rules, locks: tuple[Lock, ...], new: Lock) -> None:
    pins = [one for one in locks if one.kind is LockKind.PIN]
    if new.kind is not LockKind.PIN:
        # A hold names one side, a forbid both: it stands against every pin that has what it names.
        for pin in pins:
            if new.mentee in ("", pin.mentee) and new.mentor in ("", pin.mentor):
                raise Refusal("round.pinned", mentee=pin.mentee, mentor=pin.mentor)
        return
    require(people, new.mentee, new.mentor)
    for pin in pins:
        if pin.mentee == new.mentee:
            raise Refusal("round.pinned", mentee=pin.mentee, mentor=pin.mentor)
    mentor = people[new.mentor]
    permit(people[new.mentee], mentor, rules, locks, overridden=new.overridden)
    if sum(pin.mentor == new.mentor for pin in pins) >= mentor.places:
        raise Refusal("round.no_place", mentor=new.mentor)
