"""Programmes that bring people together in other ways than one to one: circles, and coffee with somebody new."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from bot.playground.members import Member
from flows.formats import Format
from flows.people import Participant, Role, Standing
from flows.questionnaire import AGREED, FORMAT, Answer
from storage.store import Store
from tests.stage import COORDINATOR, Actor, Stage
from tests.stories.spring import ABOUT, HOURS, LANGUAGES, LIKES, MODE, NEW, TEACHES, TIMES, WANTS, Answers, answers_one
from tests.stories.test_the_desk import ANSWERS
from tests.written_down import everybody

FACILITATES = "Each circle has one member who opens the talk and keeps the time. Would you do that?"
INES: Answers = {
    FACILITATES: "I would do that",
    HOURS: "2",
    WANTS: ("Working with data", "Speaking to groups"),
    TEACHES: "Running projects",
    LIKES: ("Music", "Travel"),
    NEW: "Neither",
    LANGUAGES: ("English", "Portuguese"),
    MODE: "Online",
    TIMES: ("Tuesday morning", "Thursday morning"),
    ABOUT: "I came here from support and like short plans.",
}
USUAL: Mapping[str, Answer] = {
    "consent": AGREED,
    "hours": 2,
    "new": "neither",
    "mode": "either",
    "interests": ("music",),
    "skills_wanted": ("data", "presenting"),
    "skills_offered": ("projects",),
}
AROUND = ("Europe/Berlin", "Asia/Tokyo", "Asia/Dubai", "America/New_York", "Europe/Dublin")
"""Where those live who are ready to facilitate."""
ROUNDS = 5
COFFEE_DRINKERS = 51


async def opened(stage: Stage, name: str, format_: str, purpose: str) -> Actor:
    """Priya describes the programme, sees what she chose, and opens it."""
    priya = stage.actor("Priya")
    await priya.coordinates(f"programme new {name}")
    for label, answer in (ANSWERS | {"The figure you want": "12"}).items():
        await priya.fills(label, answer)
    await priya.chooses("Why do you want mentoring?", purpose)
    assert "Only one to one has a plan week by week so far" in priya.modal
    await priya.chooses("Format", format_)
    await priya.submits()
    assert "This format has no plan week by week yet" in priya.modal
    await priya.closes()
    await priya.coordinates(f"open {name} #general")
    await priya.presses("Post the invitation")
    return priya


async def joined(stage: Stage, actors: Sequence[Actor], format_: Format, *, ready: Sequence[Actor] = ()) -> None:
    """They have answered and joined before the story goes on."""
    for actor in actors:
        await actor.comes()
        await actor.player.asks("/mentor", "help")
    await stage.settle()
    with stage.app.kit.database.transaction() as connection:
        store, now = Store(connection, stage.app.kit.keyring), stage.world.now()
        by_user = {one.account.user: one for one in everybody(connection)}
        (cohort,) = store.programmes.taking_people()
        for actor in actors:
            person = by_user[actor.id]
            facilitates = actor in ready
            roles = frozenset({Role.PEER, *([Role.FACILITATOR] if facilitates else [])})
            place = Participant(f"at-{actor.id}"[:32], cohort.id, person.id, Standing.JOINED, roles)
            store.participants.add(place, source="command", at=now)
            said = {FORMAT: format_, "facilitate": "ready" if facilitates else "rather_not", **USUAL}
            said["place"] = (person.zone, "en")
            for question, answer in said.items():
                store.participants.answer(place.id, question, answer, private=False, at=now)


async def publishes(stage: Stage, priya: Actor) -> None:
    """A draft, the dry run, and the confirmation; then days pass until everybody has read it."""
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")
    await priya.presses("Publish")
    assert "on their way" in priya.answer
    await stage.wait(days=4)


def together(stage: Stage) -> list[frozenset[str]]:
    """The accounts in each living match."""
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        by_id = {one.id: one.account.user for one in everybody(connection)}
        (cohort,) = store.programmes.taking_people()
        alive = [match for match in store.matches.in_cohort(cohort.id) if match.is_alive]
        return [frozenset(by_id[member.person] for member in match.members) for match in alive]


def facilitators(stage: Stage) -> list[int]:
    """How many each living match has."""
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        (cohort,) = store.programmes.taking_people()
        alive = [match for match in store.matches.in_cohort(cohort.id) if match.is_alive]
        return [len(match.in_role(Role.FACILITATOR)) for match in alive]


def pairs_of(groups: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def heard(actor: Actor) -> int:
    """How many introductions somebody has read."""
    return sum(
        any(words in seen for words in (" are matched.", " were matched.", "is for three", "circle is complete"))
        for seen in actor.player.reads()
    )


def colleagues(stage: Stage, count: int) -> list[Actor]:
    """So many of the company, but for Priya; where it is too small, some begin there today."""
    there = [one.id for one in stage.workspace.contents.members.values() if one.id != COORDINATOR]
    newcomers = [
        Member(
            id=f"U0NEW{number:02}",
            name=f"Robin Newman{number}",
            handle=f"robin.{number}",
            title="New",
            tz="Europe/Paris",
        )
        for number in range(count - len(there))
    ]
    return [*(stage.actor(one) for one in there[:count]), *(stage.hires(one) for one in newcomers)]


async def test_twenty_four_find_their_circles(stage: Stage) -> None:
    priya = await opened(stage, "Circles", "Circle", "Engagement and retention")
    ines, *others = colleagues(stage, 24)
    await ines.asks("join")
    await ines.presses("I agree")
    while "Nothing counts until you join" not in ines.last_message:
        assert "How would you like to take part?" not in ines.last_message
        await answers_one(ines, INES)
    await ines.presses("Join Circles")
    assert "You have joined Circles" in ines.last_message
    await joined(stage, others, Format.CIRCLE, ready=[one for one in others if one.player.member.tz in AROUND])

    await priya.coordinates("match draft")
    assert "Draft 1 for Circles: 4 circles." in priya.last_message
    assert "People who come together: 24" in priya.last_message
    assert "(facilitates)" in priya.last_message
    assert not any(heard(actor) for actor in (ines, *others))
    await priya.coordinates("match publish")
    assert "This introduces 4 circles in Circles." in priya.answer
    await priya.presses("Publish")
    assert "24 introductions are on their way." in priya.answer
    await stage.wait(days=4)

    circles = together(stage)
    assert sorted(map(len, circles)) == [6, 6, 6, 6]
    assert facilitators(stage) == [1, 1, 1, 1]
    for actor in (ines, *others):
        assert heard(actor) == 1
        assert actor.hears("After that I leave you in peace.")
    assert ines.hears("a first date")

    await stage.wait(weeks=3)
    assert not ines.hears("have no date")
    status = await ines.asks("status")
    assert status is not None
    assert "when you meet is up to you" in status


async def test_coffee_brings_somebody_new_five_times_and_nobody_is_dropped(stage: Stage) -> None:
    priya = await opened(stage, "Coffee", "Coffee", "Wider networks")
    people = colleagues(stage, COFFEE_DRINKERS)
    await joined(stage, people, Format.COFFEE)
    met: set[frozenset[str]] = set()
    for number in range(1, ROUNDS + 1):
        await publishes(stage, priya)
        groups = together(stage)
        assert sorted(map(len, groups)) == [2] * (COFFEE_DRINKERS // 2 - 1) + [3]
        assert not met & pairs_of(groups)
        met |= pairs_of(groups)
        assert [actor.id for actor in people if heard(actor) != number] == []
        await stage.wait(days=10)
