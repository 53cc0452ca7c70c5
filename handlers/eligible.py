"""Who may join what: somebody is offered only what is meant for them."""

from collections.abc import Sequence

from flows.eligibility import EVERYBODY
from flows.people import Standing
from flows.programme import Cohort
from flows.voice import eligibility as voice
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def offered(turn: Turn, cohorts: Sequence[Cohort]) -> list[Cohort]:
    """Those that they may join, and those where they have a place already: who is in stays in."""
    rules = turn.store.eligibility.of([cohort.programme for cohort in cohorts]) if cohorts else {}
    if not rules:
        return list(cohorts)
    known = turn.store.facts.get(turn.me.id)
    in_already = {
        place.cohort for place in turn.store.participants.of_person(turn.me.id) if place.standing is not Standing.LEFT
    }
    return [
        cohort
        for cohort in cohorts
        if cohort.id in in_already or rules.get(cohort.programme, EVERYBODY).covers(known, turn.today)
    ]


def not_for_them(turn: Turn, cohort: Cohort) -> Reply:
    """A polite word, and who can say more."""
    programme = turn.store.programmes.get(cohort.programme)
    runs = turn.store.people.all([programme.created_by]).get(programme.created_by) if programme.created_by else None
    return Reply(voice.not_for_you(cohort, runs.name if runs else "", turn.say), Where.PRIVATELY)
