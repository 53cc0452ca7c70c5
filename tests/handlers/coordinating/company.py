"""A small company that has joined, with answers that fit together."""

from dataclasses import replace

from sqlalchemy import insert

from flows.formats import Format
from flows.people import Participant, Role, Standing
from flows.programme import Cohort
from flows.questionnaire import AGREED, FORMAT, Answer
from storage.tables import answers as table
from tests.handlers.stage import Actor, Stage

MENTEE: dict[str, Answer] = {"role": "mentee", "skills_wanted": ("data", "writing"), "types_wished": ("career",)}
MENTOR: dict[str, Answer] = {"role": "mentor", "skills_offered": ("data", "leading"), "types_offered": ("career",)}
BOTH_SIDES: dict[str, Answer] = {
    "consent": AGREED,
    "hours": 2,
    "interests": ("music",),
    "new": "neither",
    "place": ("Europe/Lisbon", "en", "pt"),
    "mode": "either",
    "office": "lisbon",
    "times": ("tue-am",),
    "about": "I like short plans.",
}

PRIVATE = "move_into"


def joins(
    stage: Stage, actor: Actor, cohort: Cohort, role: Role, *, capacity: int = 1, **answers: Answer
) -> Participant:
    """Somebody who has answered everything and joined; `answers` differ from the usual ones."""
    actor.asks("help")
    participant = Participant(
        id=f"pa-{actor.account.user}-{cohort.id}",
        cohort=cohort.id,
        person=actor.me.id,
        standing=Standing.JOINED,
        roles=frozenset({role}),
        capacity=capacity if role is Role.MENTOR else 0,
        joined_at=stage.now,
    )
    side = MENTOR | {"capacity": capacity} if role is Role.MENTOR else MENTEE
    with stage.store() as store:
        store.participants.add(participant, source="command", at=stage.now)
        if cohort.format is not Format.ONE_TO_ONE:
            side = side | {FORMAT: cohort.format}
        if cohort.format.pooled:
            side = MENTEE | MENTOR | side
        given = BOTH_SIDES | side | answers
        if PRIVATE in given:
            store.participants.answer(participant.id, PRIVATE, given.pop(PRIVATE), private=True, at=stage.now)
    # First answers all of them, so they may be written together: one by one is what most tests would do most of.
    row = {"participant": participant.id, "revision": 1, "sealed": None, "at": stage.now}
    with stage.database.transaction() as connection:
        connection.execute(insert(table), [row | {"question": which, "value": given[which]} for which in given])
    return participant


def pauses(stage: Stage, participant: Participant) -> None:
    """They pause until they say otherwise."""
    with stage.store() as store:
        store.participants.save(replace(store.participants.get(participant.id), standing=Standing.PAUSED))
