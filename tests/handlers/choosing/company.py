"""A programme in which mentees name mentors, with people who have joined it."""

from dataclasses import replace

from flows.match import Match
from flows.people import Participant
from flows.programme import Choice, Cohort, CohortState
from flows.requests import Request
from tests.handlers.stage import Actor, Stage


def opens(
    stage: Stage, choice: Choice, *, state: CohortState = CohortState.RUNNING, cohort: Cohort | None = None
) -> Cohort:
    """The programme runs, and this is how it matches; a new one, or `cohort` from now on."""
    cohort = replace(cohort or stage.programme("Mentoring"), choice=choice, state=state)
    with stage.store() as store:
        store.programmes.save_cohort(cohort)
    return cohort


def names(actor: Actor, *mentors: str) -> None:
    """Fills the list, dearest first."""
    actor.asks("status")
    actor.presses("Choose mentors")
    fields = ("first", "second", "third")
    actor.fills(dict(zip(fields, (*mentors, "Nobody", "Nobody", "Nobody")[:3], strict=True)))


def requests_of(stage: Stage, mentee: Participant) -> list[Request]:
    """All that a mentee was part of, the oldest first."""
    with stage.store() as store:
        return list(store.requests.of_mentee(mentee.id))


def waited(stage: Stage, participant: Participant) -> int:
    """Rounds in which they found nobody."""
    with stage.store() as store:
        return store.participants.get(participant.id).waited


def matches(stage: Stage, cohort: Cohort) -> list[Match]:
    """Living matches."""
    with stage.store() as store:
        return [match for match in store.matches.in_cohort(cohort.id) if match.is_alive]
