"""Pairs for stories of the season: matched on a day, as publishing a round would match them."""

from dataclasses import replace
from itertools import count

from flows.journey import plan_for
from flows.match import Match, MatchState, Member
from flows.people import Participant, Role, Standing
from flows.programme import Cohort, CohortState
from storage.store import Store
from tests.handlers.stage import Actor, Stage

NUMBERS = count(1)


def running(stage: Stage, name: str = "Mentoring", *, weeks: int = 12) -> Cohort:
    """A cohort that begins today."""
    cohort = stage.programme(name, starts_on=stage.now.date())
    cohort = replace(cohort, weeks=weeks)
    with stage.store() as store:
        store.programmes.save_cohort(cohort)
    return stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING)


def matched(stage: Stage, cohort: Cohort, *, mentor: Actor, mentee: Actor) -> Match:
    """Mentor and mentee are matched now, for the rest of the cohort."""
    number = next(NUMBERS)
    today = stage.now.date()
    kept, _ = plan_for(stage.content.journey, today, cohort.ends_on)
    with stage.store() as store:
        match = Match(
            id=f"m{number}",
            cohort=cohort.id,
            state=MatchState.ACTIVE,
            members=(
                _member(stage, store, cohort, mentor, Role.MENTOR),
                _member(stage, store, cohort, mentee, Role.MENTEE),
            ),
            started_on=today,
            ends_on=cohort.ends_on,
            steps=tuple(step.id for step in kept),
        )
        store.matches.add(match)
        store.schedule.look_at(f"match:{match.id}", stage.now)
    stage.deliver()
    return match


def _member(stage: Stage, store: Store, cohort: Cohort, actor: Actor, role: Role) -> Member:
    person = store.people.of(actor.account)
    if person is None:
        person = store.people.meet(actor.account, actor.profile, f"p{next(NUMBERS)}")
    place = next((one for one in store.participants.of_person(person.id) if one.cohort == cohort.id), None)
    if place is None:
        place = Participant(
            f"pt{next(NUMBERS)}", cohort.id, person.id, Standing.JOINED, frozenset({role}), joined_at=stage.now
        )
        store.participants.add(place, source="command", at=stage.now)
    return Member(person.id, place.id, role)
