"""Somebody for whom nobody was found changes one answer with one tap, and is matched in the next round."""

from bot.playground.players import Seen
from tests.stage import Actor, Stage
from tests.stories.effects import presses_twice
from tests.stories.spring import LANGUAGES, MENTEE, MENTOR, MODE, TIMES, WANTS, joins, open_spring, publish

OFFICE = "Which office, if you would meet there?"


async def test_ines_is_left_over_taps_what_would_help_and_is_matched_in_the_next_round(stage: Stage) -> None:
    await open_spring(stage)
    ines, yusuf, mira, hannah, priya = stage.actors("Ines", "Yusuf", "Mira", "Hannah", "Priya")
    await joins(ines, {**MENTEE, MODE: "In person", OFFICE: "Berlin"})
    await joins(yusuf, {**MENTEE, WANTS: "Leading people"})
    await joins(mira, MENTOR)
    await joins(hannah, {**MENTOR, WANTS: "Leading people"})
    await priya.coordinates("match draft")
    draft = priya.last_message
    assert "Ines Duarte: no mentor is possible; meeting in person in different places stands in the way of 2 " in draft
    assert "It would help if online were fine for them: 2 mentors would then fit." in draft

    await publish(stage)
    await stage.wait(days=1)

    assert ines.hears("We have not found your mentor yet.")
    assert ines.hears("Few mentors can meet in person where you are.")
    assert ines.hears("You keep your place and go first.")
    assert yusuf.hears("are matched.")
    await ines.presses("Online is fine")
    assert ines.hears("Noted: your answer has changed, and more people fit now.")

    await the_next_round_is_made(stage, priya)

    assert ines.hears("The next round of matching in Spring mentoring is on Monday 29 March.")
    assert ines.hears("You and Mira Okafor are matched.") or ines.hears("You and Hannah Weiss are matched.")


async def test_one_more_part_of_a_day_is_enough(stage: Stage) -> None:
    await open_spring(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")
    await joins(ines, {**MENTEE, TIMES: "Monday morning"})
    await joins(mira, {**MENTOR, TIMES: ("Thursday morning", "Thursday afternoon")})
    await publish(stage)
    await stage.wait(days=1)

    assert ines.hears("Few mentors are free when you are.")
    thursday = next(label for label in told(ines).labels if label.startswith("Thursday"))
    await ines.presses(thursday)
    await the_next_round_is_made(stage, priya)

    assert ines.hears("You and Mira Okafor are matched.")


async def test_a_skip_is_pressed_twice_and_taken_back_from_status(stage: Stage) -> None:
    await open_spring(stage)
    ines, mira = stage.actors("Ines", "Mira")
    await joins(mira, MENTOR)
    await joins(ines, {**MENTEE, LANGUAGES: ("Portuguese",)})
    await publish(stage)
    await stage.wait(weeks=3, days=4, hours=1)
    assert ines.hears("The next round of matching in Spring mentoring is on Monday 29 March.")
    await presses_twice(ines, "Skip this round")
    assert ines.hears("You skip the round on Monday 29 March.")
    await ines.asks("status")
    assert "you skip the one on Monday 29 March" in ines.answer
    await ines.presses("Take part after all")
    await ines.asks("status")
    assert "you skip" not in ines.answer


async def test_who_skips_is_in_no_draft_of_that_round(stage: Stage) -> None:
    await open_spring(stage)
    ines, mira, priya = stage.actors("Ines", "Mira", "Priya")
    await joins(mira, MENTOR)
    await joins(ines, {**MENTEE, LANGUAGES: ("Portuguese",)})
    await publish(stage)
    await stage.wait(weeks=3, days=4, hours=1)
    await ines.presses("Skip this round")

    await stage.wait(days=3)
    await priya.coordinates("match draft")

    assert "1 person skips this round." in priya.last_message
    assert "Ines Duarte" not in priya.last_message


def told(actor: Actor) -> Seen:
    """That nobody was found yet."""
    return next(seen for seen in actor.player.reads() if "We have not found your mentor yet." in seen)


async def the_next_round_is_made(stage: Stage, priya: Actor) -> None:
    """Time passes until its day; Priya presses what she is sent."""
    await stage.wait(weeks=4)
    assert priya.hears("The next round of Spring mentoring is due: Monday 29 March.")
    await priya.presses("Draft it")
    await priya.coordinates("match publish")
    await priya.presses("Publish")
    await stage.wait(days=1)
