"""A whole season: a programme is made, five people join, two pairs are introduced and go their way for weeks."""

from datetime import UTC, datetime

from tests.stage import Actor, Stage
from tests.stories.effects import presses_twice
from tests.stories.spring import everybody_joins, open_spring, spring_has_begun


async def test_nobody_hears_of_a_draft_before_it_is_published(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya = stage.actor("Priya")
    company = stage.actors("Ines", "Mira", "Yusuf", "Hannah", "Björn")
    before = [actor.player.reads() for actor in company]

    draft = await priya.coordinates("match draft")
    assert draft is not None
    assert "Round 1 of Spring mentoring: 2 pairs. Nobody has heard of them yet." in draft
    assert "2 of 3 have a mentor" in draft
    assert "@Björn Lindqvist: those who fit have no place left." in draft
    pair = "1" if "1. @Ines Duarte with @Mira Okafor" in draft else "2"
    assert f"{pair}. @Ines Duarte with @Mira Okafor" in draft
    locked = await priya.coordinates(f"match lock {pair}")
    assert locked is not None
    assert "@Ines Duarte with @Mira Okafor" in locked
    swapped = await priya.coordinates("match swap 1 2")
    assert swapped is not None
    assert "@Ines Duarte with @Hannah Weiss" in swapped
    back = await priya.coordinates("match swap 1 2")
    assert back is not None
    assert "@Ines Duarte with @Mira Okafor" in back
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
    assert bjorn.hears("The next round is on Monday 29 March, and you go first.")
    (group,) = ines.player.groups()
    first = ines.player.channel(group)[0]
    assert str(first).startswith("This chat is yours: I cannot read what you write here.")


async def test_a_season_from_the_introduction_to_the_end(stage: Stage) -> None:
    await spring_has_begun(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")

    await they_get_in_touch(ines, mira)
    await they_agree_on_a_date_and_meet(stage, ines, mira)
    await they_answer_the_pulse(stage, ines, mira)
    await they_write_letters(stage, ines, mira)
    await they_say_how_it_goes(stage, ines, mira)
    await they_meet_at_once(stage, ines, mira)
    await the_plan_ends(stage, ines, mira)
    await the_programme_is_closed(stage, priya)


async def they_get_in_touch(ines: Actor, mira: Actor) -> None:
    await ines.presses("Say hello")
    assert "Write to @Mira Okafor in the chat that you share" in ines.last_message
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


async def they_answer_the_pulse(stage: Stage, ines: Actor, mira: Actor) -> None:
    for actor in (ines, mira):
        for _ in range(4):
            await presses_twice(actor, "Rather")
        assert actor.hears("Thank you, counted.")
        assert not any("Rather" in seen.labels for seen in actor.player.reads())
    await stage.wait_until(datetime(2027, 3, 22, 12, tzinfo=UTC))
    pulse = await stage.actor("Priya").coordinates("pulse")
    assert pulse is not None
    assert "Sunday 21 March, with fewer than 5 answers" in pulse


async def they_write_letters(stage: Stage, ines: Actor, mira: Actor) -> None:
    await stage.wait_until(datetime(2027, 3, 23, 12, tzinfo=UTC))
    assert "It is time for a letter to yourself" in ines.last_message
    for actor, partner in ((ines, "Mira"), (mira, "Ines")):
        await actor.presses("Write my letter")
        await actor.fills("Your letter", f"{actor.id} wants to remember why it began.")
        await actor.chooses(f"May {partner} read it too, once it is open?", "Yes, if we both agree")
        await actor.submits()
        assert "Your letter is sealed. It opens after your last conversation." in actor.last_message


async def they_say_how_it_goes(stage: Stage, ines: Actor, mira: Actor) -> None:
    await stage.wait_until(datetime(2027, 3, 30, 12, tzinfo=UTC))
    assert "You and Mira have no date for your second conversation yet." in ines.last_message
    await presses_twice(mira, "Fine")
    assert mira.hears("Noted: it goes well.")
    await presses_twice(ines, "Stuck")
    assert ines.hears("Nobody has been told. May a coordinator know?")
    await presses_twice(ines, "They may know")
    assert ines.hears("A coordinator sees that you and Mira need a look.")


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
    assert "U0INES wants to remember" in ines.modal
    assert "U0MIRA wants to remember" in ines.modal
    await ines.closes()


async def the_plan_ends(stage: Stage, ines: Actor, mira: Actor) -> None:
    await stage.wait_until(datetime(2027, 5, 26, 12, tzinfo=UTC))
    assert mira.hears("Your plan with Ines ends on Sunday 30 May.")
    assert ines.hears("You two talked 4 times.")
    await presses_twice(ines, "We go on by ourselves")
    assert ines.hears("Noted: you and Mira go on by yourselves. Nobody keeps count.")


async def the_programme_is_closed(stage: Stage, priya: Actor) -> None:
    await stage.wait_until(datetime(2027, 6, 1, 12, tzinfo=UTC))
    dry_run = await priya.coordinates("close")
    assert dry_run is not None
    assert "This closes Spring mentoring." in dry_run
    await presses_twice(priya, "Close it")
    listed = await priya.coordinates("programme list")
    assert listed is not None
    assert "closing" in listed
