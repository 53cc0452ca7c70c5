"""Many pairs who never act: people, their places in a programme, and the matches that are to begin."""

from datetime import timedelta

from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Asked, Inbound, Place
from handlers.turn import Turn
from storage.store import Store
from tests.handlers.stage import Stage


def couples(stage: Stage, store: Store, cohort: Cohort, count: int) -> list[Match]:
    """So many pairs, each with somebody from either of two platforms."""
    return [_couple(stage, store, cohort, f"{cohort.id}-{number}") for number in range(count)]


def turn_in(stage: Stage, store: Store) -> Turn:
    """A turn of somebody who is in none of them."""
    which = stage.kit.new_id()
    me = store.people.meet(Account("slack", "T1", which), Profile("Carla Weiss", "UTC", "en"), which)
    asked = Inbound("1", me.account, Asked("mentor", ""), Place.PRIVATE, stage.now)
    kit, say = stage.kit, Say(ENGLISH, "UTC")
    return Turn(asked, me, store, kit.content, say, stage.now, kit.new_id, frozenset(), kit.spaces)


def _couple(stage: Stage, store: Store, cohort: Cohort, which: str) -> Match:
    members = tuple(
        _member(stage, store, cohort, f"{which}-{role}", platform, role)
        for platform, role in (("slack", Role.MENTOR), ("stage", Role.MENTEE))
    )
    today = stage.now.date()
    return Match(f"m{which}", cohort.id, MatchState.ACTIVE, members, today, today + timedelta(weeks=12))


def _member(stage: Stage, store: Store, cohort: Cohort, which: str, platform: str, role: Role) -> Member:
    person = store.people.meet(Account(platform, "T1", which), Profile(which, "UTC", "en"), which)
    place = Participant(f"in-{which}", cohort.id, person.id, Standing.JOINED, frozenset({role}))
    store.participants.add(place, source="command", at=stage.now)
    return Member(person.id, place.id, role)
