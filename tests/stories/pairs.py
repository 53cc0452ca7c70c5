"""A pair in the local workspace, matched as publishing a round would match them."""

from flows.journey import plan_for
from flows.match import Match, MatchState, Member
from flows.people import Participant, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.store import Store
from tests.stage import Actor, Stage
from tests.written_down import everybody


async def matched(stage: Stage) -> tuple[Actor, Actor]:
    """Mira, the mentor, and Ines, the mentee, are matched today for twelve weeks."""
    mira, ines = stage.actors("Mira", "Ines")
    await mira.asks("help")
    await ines.asks("help")
    today, kit = stage.world.now().date(), stage.app.kit
    cohort = Cohort("c1", "p1", "Mentoring", CohortState.RUNNING, today)
    kept, _ = plan_for(kit.content.journey, today, cohort.ends_on)
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        store.programmes.add(Programme("p1", "Mentoring", Design(), "", stage.world.now()), cohort)
        members = []
        for actor, role in ((mira, Role.MENTOR), (ines, Role.MENTEE)):
            person = next(one for one in everybody(connection) if one.account.user == actor.id)
            place = Participant(f"at-{actor.id}", "c1", person.id, Standing.JOINED, frozenset({role}))
            store.participants.add(place, source="command", at=stage.world.now())
            members.append(Member(person.id, place.id, role))
        steps = tuple(step.id for step in kept)
        match = Match("m1", "c1", MatchState.ACTIVE, tuple(members), today, cohort.ends_on, steps=steps)
        store.matches.add(match)
        store.schedule.look_at("match:m1", stage.world.now())
    await stage.settle()
    return mira, ines
