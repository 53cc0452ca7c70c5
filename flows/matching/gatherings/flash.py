"""Short questions that come one by one: who sees which, in which order, and that one mentor takes each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.matching.limits import permitted
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.refusal import Refusal

WIDENED = timedelta(days=2)
"""How long a question waits for somebody who knows the subject; then every permitted mentor sees it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question that somebody would like to talk about once."""

    id: str
    mentee: Candidate
    subject: str
    """A skill."""
    asked_at: datetime
    passed: frozenset[str] = frozenset()
    """Ids of mentors who gave it back."""
    mentor: str = ""
    """Who took it; empty while it is open."""


def open_to(mentor: Candidate, requests: Iterable[Request], rules: Rules, *, now: datetime) -> tuple[Request, ...]:
    """What this mentor may take now, the longest waiting first; ties by a hash, as in a draft."""
    seen = (one for one in requests if takes(mentor, one, rules, now=now))
    return tuple(
        sorted(seen, key=lambda one: (one.asked_at, hashlib.sha256(f"{rules.seed}{one.id}".encode()).digest()))
    )


def takes(mentor: Candidate, request: Request, rules: Rules, *, now: datetime) -> bool:
    """Whether this mentor may take it now: it is open, no limit stands between the two, and they have a place.

    To begin with only those who know the subject do. Who gave it back is not asked again.
    """
    knows = request.subject in mentor.skills | mentor.teaches
    return (
        not request.mentor
        and mentor.places > 0
        and mentor.id not in request.passed
        and (knows or now - request.asked_at >= WIDENED)
        and permitted(request.mentee, mentor, rules)
    )


def claimed(request: Request, mentor: Candidate, rules: Rules, *, now: datetime) -> Request:
    """The request as this mentor's: the first claim wins. Raises Refusal: `flash.taken` when somebody else has it,
    `flash.not_for_you` when they may not take it."""
    if request.mentor not in ("", mentor.id):
        raise Refusal("flash.taken")
    if request.mentor == mentor.id:
        return request
    if not takes(mentor, request, rules, now=now):
        raise Refusal("flash.not_for_you")
    return replace(request, mentor=mentor.id)


def surrendered(request: Request) -> Request:
    """Open again where it was in the queue, for everybody but the mentor who gave it back."""
    return replace(request, mentor="", passed=request.passed | {request.mentor}) if request.mentor else request
