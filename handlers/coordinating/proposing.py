"""Where mentees name mentors, a pair that a coordinator puts together is proposed to both sides first."""

from collections.abc import Iterable

from flows.people import Role
from flows.requests import BY_HAND, Request
from flows.voice.reasons import ASKED_FOR
from handlers.coordinating.pool import Gathered
from handlers.requesting import Reasons, Scene, propose
from handlers.turn import Turn

Couple = tuple[str, str, Reasons]
"""Mentee and mentor, and why."""


def propose_all(
    turn: Turn, gathered: Gathered, couples: Iterable[Couple], *, round_id: str = BY_HAND, batch: str = ""
) -> None:
    """Ask both sides of every pair; nothing begins before both have said yes."""
    scenes = [_scene(turn, gathered, mentee, mentor, why, round_id=round_id) for mentee, mentor, why in couples]
    propose(turn, scenes, batch=batch)


def _scene(turn: Turn, gathered: Gathered, mentee: str, mentor: str, why: Reasons, *, round_id: str) -> Scene:
    wished = mentor in gathered.candidates[mentee].wishes
    request = Request(
        id=turn.new_id(),
        cohort=gathered.cohort.id,
        mentee=mentee,
        mentor=mentor,
        begun_at=turn.now,
        since=turn.now,
        round=round_id,
        reasons=(*why[:2], (ASKED_FOR,)) if wished else why,
    )
    places = {Role.MENTOR: gathered.participants[mentor], Role.MENTEE: gathered.participants[mentee]}
    people = {Role.MENTOR: gathered.people[mentor], Role.MENTEE: gathered.people[mentee]}
    return Scene(request, places, people)
