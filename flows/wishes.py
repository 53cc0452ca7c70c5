"""What mentees wish for: mentors in their order, out of those who have room for them."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.matching.limits import permitted
from flows.matching.pairs import score
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.people import Role
from flows.refusal import Refusal
from flows.requests import OF_THAT_MOMENT, Request, RequestState, reserved

MOST = 3
"""Mentors whom a mentee may name."""
SHOWN = 10
"""Mentors from whom they choose: a longer list is a market, and everybody reads the same names first."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """A mentee's mentors, dearest first, by id of participant; `at` is when the list was last said."""

    mentors: tuple[str, ...] = ()
    at: datetime | None = None


def named(mentors: Sequence[str], offered: Iterable[str]) -> tuple[str, ...]:
    """What was chosen, without gaps. Raises Refusal: `wishes.twice`, `wishes.gone` for one who is not offered."""
    chosen = tuple(one for one in mentors if one)
    if len(set(chosen)) < len(chosen):
        raise Refusal("wishes.twice")
    if not set(chosen) <= set(offered):
        raise Refusal("wishes.gone")
    return chosen[:MOST]


def offered(
    mentee: Candidate,
    mentors: Iterable[Candidate],
    rules: Rules,
    *,
    prices: Mapping[str, int],
    first: Sequence[str] = (),
) -> tuple[str, ...]:
    """Ids of the mentors whom a mentee may wish for: permitted, with a free place, at most SHOWN, the best fit first.

    Who was sought by many in the last draft had a price there, and stands as much further back: a mentor is not shown
    first to more people than there is room for. Among equals everybody has an order of their own. Whom they named
    before stands `first`.
    """
    free = [one for one in mentors if one.places and permitted(mentee, one, rules)]
    worth = {one.id: score(mentee, one, rules) for one in free}
    fitting = [one.id for one in free if worth[one.id] >= rules.least]
    return tuple(
        sorted(
            fitting,
            key=lambda one: (one not in first, prices.get(one, 0) - worth[one], _own(mentee.id, one, rules.seed)),
        )
    )[:SHOWN]


def next_to_ask(wishes: Wishes, asked: Iterable[Request]) -> tuple[str, ...]:
    """Who is left of the list, in its order: nobody who said no, and nobody who was asked since it was last said."""
    done = {one.mentor for one in asked if _is_done(one, wishes)}
    return tuple(mentor for mentor in wishes.mentors if mentor not in done)


def is_since(wishes: Wishes, request: Request) -> bool:
    """Whether a request is of this list: it was begun, or was still open, after the list was last said."""
    if request.closed_at is None:
        return True
    return wishes.at is not None and (request.begun_at >= wishes.at or request.closed_at > wishes.at)


def steered(
    candidates: Mapping[str, Candidate],
    *,
    wishes: Mapping[str, tuple[str, ...]],
    declined: Iterable[tuple[str, str]],
    waiting: Sequence[Request],
    quiet: Collection[str] = (),
) -> Mapping[str, Candidate]:
    """Candidates, by id, with what was wished for and what was asked.

    Two of whom one said no to the other are not available to each other. While a request waits for somebody's word its
    place is taken, and its mentee needs nobody else. Who wants no request for a while, of `quiet`, looks
    like somebody whose places are taken.
    """
    no: dict[str, frozenset[str]] = {}
    for mentee, mentor in declined:
        no[mentee] = no.get(mentee, frozenset()) | {mentor}
    busy, places = {one.mentee for one in waiting}, reserved(waiting)
    concerned = {*busy, *places, *quiet, *no, *wishes}
    return {
        which: replace(
            one,
            roles=one.roles - {Role.MENTEE} if which in busy else one.roles,
            load=max(one.load + places.get(which, 0), one.capacity if which in quiet else 0),
            blocked=one.blocked | no.get(which, frozenset()),
            wishes=wishes.get(which, ()),
        )
        if which in concerned
        else one
        for which, one in candidates.items()
    }


def _is_done(request: Request, wishes: Wishes) -> bool:
    if request.state is RequestState.DECLINED and request.cause not in OF_THAT_MOMENT:
        return True
    return is_since(wishes, request)


def _own(mentee: str, mentor: str, seed: str) -> bytes:
    return hashlib.sha256(f"{seed}{mentee}{mentor}".encode()).digest()
