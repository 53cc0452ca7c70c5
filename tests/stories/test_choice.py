"""Who asks whom: mentees name mentors, mentors answer, and a match begins when both have said yes."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from storage.tables import matches, requests
from tests.stage import Actor, Stage
from tests.stories.effects import presses_twice
from tests.stories.spring import MENTEE, MENTOR, TEACHES, WANTS, everybody_joins, joins, open_spring, publish

FRIDAY = datetime(2027, 3, 5, 10, 0, tzinfo=UTC)


async def chooses_way(stage: Stage, way: str) -> None:
    """Priya says how the programme matches."""
    priya = stage.actor("Priya")
    await priya.coordinates("programme show Spring mentoring")
    await priya.presses("Edit")
    await priya.chooses("Who chooses?", way)
    await priya.submits()
    if priya.player.modal() is not None:
        await priya.closes()
    shown = await priya.coordinates("programme show Spring mentoring")
    assert shown is not None
    assert way in shown


async def names(actor: Actor, *mentors: str) -> None:
    """Fills the list, dearest first."""
    await actor.asks("status")
    await actor.presses("Choose mentors")
    for label, mentor in zip(("First of all", "If that does not work out", "And then"), mentors, strict=False):
        await actor.chooses(label, mentor)
    await actor.submits()
    await actor.closes_everything()


def count(stage: Stage) -> int:
    """How many matches there are."""
    with stage.app.kit.database.transaction() as connection:
        return len(connection.execute(select(matches.c.id)).all())


def states(stage: Stage) -> list[str]:
    """Of all requests, the oldest first."""
    with stage.app.kit.database.transaction() as connection:
        return list(connection.scalars(select(requests.c.state).order_by(requests.c.begun_at, requests.c.id)))


async def two_mentors_and_ines(stage: Stage) -> tuple[Actor, Actor, Actor]:
    """Ines learns; Mira and Hannah have a place each."""
    await open_spring(stage)
    ines, mira, hannah = stage.actors("Ines", "Mira", "Hannah")
    await joins(mira, MENTOR)
    await joins(hannah, {**MENTOR, TEACHES: "Leading people"})
    await joins(ines, {**MENTEE, WANTS: ("Working with data", "Leading people")})
    return ines, mira, hannah


async def test_a_mentor_declines_the_next_accepts_and_both_are_introduced(stage: Stage) -> None:
    ines, mira, hannah = await two_mentors_and_ines(stage)
    await chooses_way(stage, "Mentees ask mentors")

    await names(ines, "Mira", "Hannah")
    await stage.wait(hours=1)
    assert "asks whether you would be a mentor." in mira.last_message
    await mira.presses("Not this time")
    await presses_twice(mira, "Not my field")
    await stage.wait(hours=1)

    assert ines.hears("Mira cannot this time. We ask Hannah next.")
    assert not ines.hears("field")
    assert "asks whether you would be a mentor." in hannah.last_message
    await presses_twice(hannah, "Accept")
    await stage.wait(hours=2)

    assert ines.hears("You and Hannah Weiss are matched.")
    assert hannah.hears("You and Ines Duarte are matched.")
    assert count(stage) == 1
    assert states(stage) == ["declined", "agreed"]


async def test_a_question_is_carried_to_the_mentee_and_the_answer_back(stage: Stage) -> None:
    ines, mira, _ = await two_mentors_and_ines(stage)
    await chooses_way(stage, "Mentees ask mentors")
    await names(ines, "Mira")
    await stage.wait(hours=1)

    await mira.presses("Ask something first")
    await mira.fills("Your question", "What would you *build*?")
    await mira.submits()
    await mira.closes_everything()
    await stage.wait(hours=1)
    assert "What would you *build*?" in ines.last_message
    await ines.presses("Answer Mira")
    await ines.fills("Your answer", "A dashboard for <my> team.")
    await ines.submits()
    await ines.closes_everything()
    await stage.wait(hours=1)

    assert "A dashboard for <my> team." in mira.last_message
    await mira.presses("Accept")
    await stage.wait(days=1)
    assert ines.hears("You and Mira Okafor are matched.")


async def test_a_question_is_answered_from_status_and_a_not_now_is_thought_over(stage: Stage) -> None:
    ines, mira, hannah = await two_mentors_and_ines(stage)
    await chooses_way(stage, "Mentees ask mentors")
    await names(ines, "Mira", "Hannah")
    await stage.wait(hours=1)
    await mira.presses("Ask something first")
    await mira.fills("Your question", "What would you build?")
    await mira.submits()
    await mira.closes_everything()
    await stage.wait(hours=1)
    await ines.asks("status")
    assert "Waiting for your answer: Mira" in ines.answer
    await ines.presses("Answer Mira")
    await ines.fills("Your answer", "A dashboard.")
    await ines.submits()
    await ines.closes_everything()
    await stage.wait(hours=1)
    assert "A dashboard." in mira.last_message

    await presses_twice(mira, "No requests for now")
    await stage.wait(hours=1)
    assert ines.hears("Mira cannot this time. We ask Hannah next.")
    home = await mira.opens_home()
    assert "nobody asks you before" in home
    await mira.presses("I can be asked again")
    await mira.closes_everything()
    assert "nobody asks you before" not in await mira.opens_home()
    await hannah.presses("Not this time")
    await hannah.presses("Not my field")
    await stage.wait(hours=1)
    assert ines.hears("Nobody on your list can this time.")
    await names(ines, "Mira")
    await stage.wait(hours=1)
    await mira.presses("Accept")
    await stage.wait(days=1)
    assert ines.hears("You and Mira Okafor are matched.")


async def test_silence_over_a_weekend_lasts_three_working_days(stage: Stage) -> None:
    ines, mira, hannah = await two_mentors_and_ines(stage)
    await chooses_way(stage, "Mentees ask mentors")
    await stage.wait_until(FRIDAY)
    await names(ines, "Mira", "Hannah")
    await stage.wait(days=4)
    assert mira.hears("asks whether you would be a mentor.")
    assert not hannah.hears("asks whether")

    await stage.wait(days=1, hours=2)

    assert mira.hears("Ines has moved on, so nobody waits for your answer.")
    assert not mira.hears("asks whether")
    assert ines.hears("Mira cannot this time. We ask Hannah next.")
    assert hannah.hears("asks whether you would be a mentor.")


async def test_two_acceptances_at_once_over_one_place_are_one_pair(stage: Stage) -> None:
    await open_spring(stage)
    ines, yusuf, mira = stage.actors("Ines", "Yusuf", "Mira")
    await joins(mira, {**MENTOR, "How many mentees can you meet at a time?": "2"})
    await joins(ines, MENTEE)
    await joins(yusuf, MENTEE)
    await chooses_way(stage, "Your draft decides, with wishes")
    await publish(stage)
    await stage.wait(hours=2)
    await mira.presses("Accept")
    await mira.presses("Accept")
    await mira.asks("settings")
    await mira.fills("Mentees at a time", "1")
    await mira.submits()
    await mira.closes_everything()

    outcomes = await asyncio.gather(*(actor.player.presses("Accept") for actor in (ines, yusuf)))
    assert [outcome.notice for outcome in outcomes] == [None, None]
    await stage.settle()
    await stage.wait(hours=2)

    assert count(stage) == 1
    introduced = [actor.hears("You and Mira Okafor are matched.") for actor in (ines, yusuf)]
    assert sorted(introduced) == [False, True]
    left = ines if introduced[1] else yusuf
    assert any(
        left.hears(kind) for kind in ("you two cannot be matched now.", "This is over.", "does not come together")
    )


async def test_both_agree_before_anything_is_public_and_a_veto_never_shows(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")
    await chooses_way(stage, "Your draft decides, with wishes")
    await names(ines, "Mira")
    await publish(stage)
    await stage.wait(hours=2)
    assert ines.hears("We would like to introduce you to Mira")
    assert ines.hears("You asked for Mira.")
    assert count(stage) == 0
    await ines.presses("Accept")

    await mira.presses("Not this person")
    await stage.wait(days=1)

    assert ines.hears("This pair does not come together this time.")
    assert count(stage) == 0
    drafted = await priya.coordinates("match draft")
    await stage.settle()
    person = await priya.coordinates("person @Ines Duarte")
    everything = "\n".join(map(str, (*ines.player.reads(), *priya.player.reads(), drafted, person))).casefold()
    assert "will not be matched" not in everything
    assert "declined" not in everything
    assert "avoid" not in everything
