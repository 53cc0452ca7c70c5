"""A pair in the local workspace, matched as publishing a round would match them."""

from collections.abc import Callable

from flows.journey import plan_for
from flows.match import Match, MatchState, Member
from flows.people import Participant, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Asked, Inbound, Place
from handlers.introducing import begin
from handlers.turn import Turn
from storage.store import Store
from tests.stage import Actor, Stage
from tests.written_down import everybody


async def matched(stage: Stage) -> tuple[Actor, Actor]:
    """Mira, the mentor, and Ines, the mentee, are matched today for twelve weeks; nobody has been told."""

    def keep(store: Store, match: Match) -> None:
        store.matches.add(match)
        store.schedule.look_at(f"match:{match.id}", stage.world.now())

    return await _matched(stage, keep)


async def introduced(stage: Stage) -> tuple[Actor, Actor]:
    """Mira, the mentor, and Ines, the mentee, are matched today for twelve weeks, and told so."""

    def tell(store: Store, match: Match) -> None:
        now, kit = stage.world.now(), stage.app.kit
        mentee = store.people.get(match.members[-1].person)
        asked = Inbound("1", mentee.account, Asked("mentor-admin", ""), Place.PRIVATE, now)
        say = Say(ENGLISH, "UTC")
        begin(Turn(asked, mentee, store, kit.content, say, now, kit.new_id, kit.owners, kit.spaces), match)

    return await _matched(stage, tell)


async def _matched(stage: Stage, begins: Callable[[Store, Match], None]) -> tuple[Actor, Actor]:
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
        begins(store, Match("m1", "c1", MatchState.ACTIVE, tuple(members), today, cohort.ends_on, steps=steps))
    await stage.settle()
    return mira, ines
