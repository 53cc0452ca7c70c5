"""A whole season: a programme is made, five people join, two pairs are introduced and go their way for weeks."""

from datetime import UTC, datetime

import pytest

from bot.playground.players import Seen
from tests.charts import charts
from tests.stage import Actor, Stage, Where
from tests.stories.effects import presses_twice
from tests.stories.spring import everybody_joins, open_spring, spring_has_begun


async def test_nobody_hears_of_a_draft_before_it_is_published(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya = stage.actor("Priya")
    company = stage.actors("Ines", "Mira", "Yusuf", "Hannah", "Björn")
    before = [actor.player.reads() for actor in company]

    at_once = await priya.coordinates("match draft")
    assert at_once is not None
    assert "Working on a draft for Spring mentoring." in at_once
    draft = priya.last_message
    assert "Draft 1 for Spring mentoring: 2 pairs. Nobody has heard of them yet." in draft
    assert "Mentees with a mentor: 2 of 3" in draft
    assert "Björn Lindqvist: those who fit have no place left." in draft
    pair = "1" if "1. Ines Duarte with Mira Okafor" in named(draft) else "2"
    assert f"{pair}. Ines Duarte with Mira Okafor" in named(draft)
    locked = await priya.coordinates(f"match lock {pair}")
    assert locked is not None
    assert "Ines Duarte with Mira Okafor" in named(locked)
    swapped = await priya.coordinates("match swap 1 2")
    assert swapped is not None
    assert "Ines Duarte goes from Mira Okafor" in named(swapped)
    await priya.presses("Swap them")
    assert "Ines Duarte with Hannah Weiss" in named(priya.answer)
    await priya.coordinates("match swap 1 2")
    await priya.presses("Swap them")
    assert "Ines Duarte with Mira Okafor" in named(priya.answer)
    dry_run = await priya.coordinates("match publish")
    assert dry_run is not None
    assert "This starts 2 matches in Spring mentoring." in dry_run
    assert "People who hear that there is nobody yet: 1" in dry_run
    await stage.wait(hours=8)
    assert [actor.player.reads() for actor in company] == before

    await priya.coordinates("match publish")
    await presses_twice(priya, "Publish")

    assert "This was decided already" in priya.answer
    await stage.wait(days=1)
    ines, mira, _, _, bjorn = company
    assert ines.hears("You and Mira Okafor are matched.")
    assert mira.hears("You and Ines Duarte are matched.")
    assert bjorn.hears("We have not found your mentor yet.")
    assert bjorn.hears("The next round is on Monday 29 March. You keep your place and go first.")
    if stage.platform is Where.SLACK:
        (group,) = ines.player.groups()
        first = ines.player.channel(group)[0]
        assert str(first).startswith("This chat is yours: I cannot read what you write here.")


@pytest.mark.everywhere
async def test_a_season_from_the_introduction_to_the_end(stage: Stage) -> None:
    await spring_has_begun(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")

    await they_get_in_touch(ines, mira)
    await they_agree_on_a_date_and_meet(stage, ines, mira)
    await they_write_down_goals(ines, mira)
    await everybody_answers_the_pulse(stage)
    await they_rate_five_skills(ines, mira)
    await they_write_letters(ines, mira)
    await a_strength_is_seen(stage, ines, mira)
    await they_say_how_it_goes(mira)
    await they_meet_at_once(stage, ines, mira)
    await the_plan_ends(stage, ines, mira)
    await the_report_tells_of_it(priya)
    await the_programme_is_closed(stage, priya)


def named(seen: Seen) -> str:
    """What it says, with people by their names alone, whether or not the platform draws a mention."""
    return str(seen).replace("@", "")


async def they_get_in_touch(ines: Actor, mira: Actor) -> None:
    match ines.stage.platform:
        case Where.SLACK | Where.TEAMS if ines.stage.has_groups:
            await ines.presses("Say hello")
            assert "Write to Mira Okafor in the chat that you share" in named(ines.last_message)
        case Where.SLACK | Where.TEAMS:
            await ines.presses("Say hello")
            assert "Write to Mira in a chat of your own." in ines.last_message
        case Where.BOTH:
            await ines.presses("Write to Mira")
            await ines.fills("Your words", "Shall we find half an hour?")
            await ines.submits()
            assert "Shall we find half an hour?" in mira.last_message
    await ines.presses("See starters")
    assert "Five ways to start with Mira." in ines.last_message
    await mira.presses("About Ines")
    assert "I came here from support and like short plans." in mira.last_message


async def they_agree_on_a_date_and_meet(stage: Stage, ines: Actor, mira: Actor) -> None:
    await stage.wait_until(datetime(2027, 3, 2, 12, tzinfo=UTC))
    assert "Your first conversation with Mira is open." in ines.last_message
    await ines.presses("We have a date")
    await ines.fills("Day", "2027-03-11")
    await ines.fills("Time", "10:00")
    await ines.submits()
    assert "You and Mira meet on Thursday 11 March, 10:00" in ines.last_message
    assert "You and Ines meet on Thursday 11 March, 11:00" in mira.last_message

    await stage.wait_until(datetime(2027, 3, 11, 12, tzinfo=UTC))
    assert "Did you and Mira have your first conversation?" in ines.last_message
    await presses_twice(mira, "We met")
    for _ in range(3):
        await presses_twice(mira, "Very much")
    await presses_twice(mira, "It fits")
    assert "Noted, what you said of your first conversation with Ines." in mira.last_message
    assert "You and Mira had your first conversation." in ines.last_message
    for _ in range(3):
        await ines.presses("Partly")
    await ines.presses("Not a fit")
    assert "Nobody has been told, Mira neither." in ines.last_message
    await presses_twice(ines, "Keep going")
    assert "Your second conversation is open." in ines.last_message


async def they_write_down_goals(ines: Actor, mira: Actor) -> None:
    await ines.presses("Write our goals")
    await ines.fills_first("Goal", "Speak first in one meeting a week")
    await ines.submits()
    assert ines.hears("Your 1 goal is kept.")
    await mira.presses("Write our goals")
    assert "Speak first in one meeting a week" in mira.modal
    await mira.closes()


async def everybody_answers_the_pulse(stage: Stage) -> None:
    for actor in stage.actors("Ines", "Mira", "Yusuf", "Hannah", "Björn"):
        for _ in range(4):
            await presses_twice(actor, "Rather")
        assert actor.hears("Thank you, counted.")
        assert not any("Rather" in seen.labels for seen in actor.player.reads())
    priya = stage.actor("Priya")
    pulse = await priya.coordinates("pulse")
    assert pulse is not None
    assert "Start: open until Sunday 21 March" in pulse
    await stage.wait_until(datetime(2027, 3, 23, 12, tzinfo=UTC))
    await priya.coordinates("pulse")
    assert "I feel that I belong here: Start 67" in priya.last_message


async def they_rate_five_skills(ines: Actor, mira: Actor) -> None:
    skills = ("Strategy", "Design", "Negotiating", "Finance", "Being heard")
    await ines.presses("See it")
    await ines.presses("Rate five skills")
    await ines.chooses("Skills", *(skill for skill in skills if skill != "Finance"), "Writing clearly")
    await ines.submits()
    for actor, number in ((ines, "2: first steps"), (mira, "4: firm")):
        if actor is mira:
            await mira.presses("See it")
            await mira.presses("Rate five skills")
        for control in actor.modal.controls:
            if control.holds:
                await actor.chooses(control.label, number)
        await actor.submits()
        await actor.closes_everything()
    await ines.presses("See both views")
    assert "Strategy: you 2 and Mira 4" in ines.modal
    await ines.closes()


async def a_strength_is_seen(stage: Stage, ines: Actor, mira: Actor) -> None:
    await mira.presses("Note a strength")
    await mira.fills("The strength", "Calm in a storm")
    await mira.fills("Where I saw it", "In the review on Monday.")
    await mira.submits()
    await stage.wait_until(datetime(2027, 3, 30, 12, tzinfo=UTC))
    await ines.presses("Read it")
    assert "Calm in a storm" in ines.modal
    await ines.presses("Add a win")
    await ines.fills("What went well?", "I said no, kindly.")
    await ines.submits()
    await ines.closes_everything()
    await mira.presses("Our notes")
    assert "I said no, kindly." in mira.modal
    await mira.closes_everything()


async def they_write_letters(ines: Actor, mira: Actor) -> None:
    assert ines.hears("It is time for a letter to yourself")
    for actor, partner in ((ines, "Mira"), (mira, "Ines")):
        await actor.presses("Write my letter")
        await actor.fills("Your letter", f"{actor.id} wants to remember why it began.")
        await actor.chooses(f"May {partner} read it too, once it is open?", "Yes, if we both agree")
        await actor.submits()
        assert "Your letter is sealed. It opens after your last conversation." in actor.last_message


async def they_say_how_it_goes(mira: Actor) -> None:
    assert mira.hears("You and Ines have no date for your second conversation yet.")
    await presses_twice(mira, "Stuck")
    assert mira.hears("Nobody has been told. May a coordinator know?")
    await presses_twice(mira, "They may know")
    assert mira.hears("A coordinator sees that you and Ines need a look.")


async def they_meet_at_once(stage: Stage, ines: Actor, mira: Actor) -> None:
    for which in ("second", "third", "fourth"):
        await stage.wait(weeks=1)
        if not ines.hears(f"Your {which} conversation with Mira is open."):
            await ines.presses("See it")
        assert ines.hears(f"Your {which} conversation with Mira is open.")
        await presses_twice(ines, "We met")
        for actor in (ines, mira):
            for _ in range(3):
                await actor.presses("Very much")
        if which == "second":
            # Mira has said that it fits; Ines was told that she would be asked once more.
            await presses_twice(ines, "It fits")
        assert "Do you and" not in ines.last_message
    await stage.wait(days=2)
    assert ines.hears("Your letter of Tuesday 23 March 2027 is ready.")
    await ines.presses("Open it")
    assert f"{ines.id} wants to remember" in ines.modal
    assert f"{mira.id} wants to remember" in ines.modal
    await ines.closes()


async def the_plan_ends(stage: Stage, ines: Actor, mira: Actor) -> None:
    await stage.wait_until(datetime(2027, 5, 26, 12, tzinfo=UTC))
    assert mira.hears("Your plan with Ines ends on Sunday 30 May.")
    assert ines.hears("You two talked 4 times.")
    await presses_twice(ines, "We go on by ourselves")
    assert ines.hears("Noted: you and Mira go on by yourselves. Nobody keeps count.")


async def the_report_tells_of_it(priya: Actor) -> None:
    await priya.coordinates("report")
    report = priya.last_message
    assert "5 people have joined. 4 conversations took place." in report
    assert "Ines Duarte, Mira Okafor" in str(report).replace(" and ", ", ")
    assert "Speak first" not in report
    assert charts(report) != []
    await priya.presses("Download CSV")
    shared = await priya.files()
    figures = next(content.decode("utf-8-sig") for name, content in shared.items() if name.endswith("figures.csv"))
    assert 'I feel that I belong here.,"Start, 0 to 100",67,' in figures
    assert not any(cell.startswith(("=", "+", "@")) for line in figures.splitlines() for cell in line.split(","))


async def the_programme_is_closed(stage: Stage, priya: Actor) -> None:
    await stage.wait_until(datetime(2027, 6, 1, 12, tzinfo=UTC))
    dry_run = await priya.coordinates("close")
    assert dry_run is not None
    assert "This closes Spring mentoring." in dry_run
    await presses_twice(priya, "Close it")
    listed = await priya.coordinates("programme list")
    assert listed is not None
    assert "closing" in listed
