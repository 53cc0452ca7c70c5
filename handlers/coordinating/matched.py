"""Two who are a match from now on, as it begins: by a round, by hand, or because both said yes."""

from flows.journey import NO_PLAN, plan_for
from flows.match import Match, MatchState, Member
from flows.people import Role
from handlers.coordinating.pool import Gathered
from handlers.turn import Turn


def new_match(
    turn: Turn,
    gathered: Gathered,
    *,
    mentee: str,
    mentor: str,
    round_id: str = "",
    reasons: tuple[tuple[str, ...], ...] = (),
) -> Match:
    """An active match of two participants, with the steps of the journey that still fit."""
    cohort = gathered.cohort
    started_on = max(turn.today, cohort.starts_on)
    kept, _ = plan_for(turn.content.journey, started_on, cohort.ends_on)
    steps = tuple(step.id for step in kept) if cohort.format.guided else NO_PLAN
    return Match(
        id=turn.new_id(),
        cohort=cohort.id,
        state=MatchState.ACTIVE,
        members=tuple(
            Member(gathered.participants[one].person, one, role)
            for one, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE))
        ),
        started_on=started_on,
        ends_on=cohort.ends_on,
        round=round_id,
        reasons=reasons,
        steps=steps,
    )
