"""Two acts at the same moment, an act too late, an act of the wrong person: one effect, and a polite line."""

import asyncio

from sqlalchemy import select

from bot.playground.players import Seen
from storage.tables import audit, matches, sessions
from tests.stage import Actor, Stage
from tests.stories import spring
from tests.stories.effects import effects
from tests.stories.spring import (
    MENTEE,
    MENTOR,
    answers_one,
    everybody_joins,
    joins,
    open_spring,
    question,
    spring_has_begun,
)


def count(stage: Stage, table: str) -> int:
    """How many rows there are."""
    return len(effects(stage)[table])


async def at_once(stage: Stage, *presses: tuple[Actor, str]) -> None:
    """Everybody presses before the bot has answered anybody."""
    outcomes = await asyncio.gather(*(actor.player.presses(label) for actor, label in presses))
    assert [outcome.notice for outcome in outcomes] == [None] * len(presses)
    await stage.settle()


async def presses_for(thief: Actor, seen: Seen, label: str) -> None:
    """Somebody presses a button that was shown to somebody else."""
    control = seen.control(label)
    assert control is not None, seen.labels
    await thief.comes()
    outcome = await thief.player.presses_that(seen, control)
    assert outcome.notice is None
    await thief.stage.settle()


async def test_two_answers_to_one_question_leave_one_answer_and_one_next_question(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.asks("join")
    await ines.presses("I agree")

    await at_once(stage, (ines, "Learn from somebody"), (ines, "Mentor somebody"))

    lines = [str(seen) for seen in ines.player.reads() if str(seen).startswith("Role: ")]
    assert len(lines) == 1
    assert question(ines.last_message) in (spring.WISHES, spring.OFFERS)
    if "Learn from somebody" in lines[0]:
        assert question(ines.last_message) == spring.WISHES
    else:
        assert question(ines.last_message) == spring.OFFERS


async def test_the_same_answer_twice_at_once_is_one_answer(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.asks("join")

    await at_once(stage, (ines, "I agree"), (ines, "I agree"))

    assert count(stage, "answers") == 1
    assert sum(spring.ROLE in seen for seen in ines.player.reads()) == 1


async def test_joining_twice_at_once_is_joining(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.asks("join")
    await ines.presses("I agree")
    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTEE)

    await at_once(stage, (ines, "Join Spring mentoring"), (ines, "Join Spring mentoring"))

    assert "You have joined Spring mentoring." in ines.last_message
    assert count(stage, "participants") == 1


async def test_publishing_twice_at_once_introduces_everybody_once(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya, ines, mira = stage.actors("Priya", "Ines", "Mira")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")

    await at_once(stage, (priya, "Publish"), (priya, "Publish"))
    await stage.wait(hours=3)

    assert count(stage, matches.name) == 2
    assert sum("You and Mira Okafor are matched." in seen for seen in ines.player.reads()) == 1
    assert sum("You and Ines Duarte are matched." in seen for seen in mira.player.reads()) == 1
    assert len(ines.player.groups()) == int(stage.has_groups)


async def test_both_say_at_once_that_they_met(stage: Stage) -> None:
    await spring_has_begun(stage)
    ines, mira = stage.actors("Ines", "Mira")
    await stage.wait(days=1)

    await at_once(stage, (ines, "We met"), (mira, "We met"))
    await stage.wait(hours=1)

    with stage.app.kit.database.transaction() as connection:
        rows = connection.execute(select(sessions.c.number, sessions.c.state).order_by(sessions.c.number)).all()
    assert [tuple(row) for row in rows] == [(1, "met"), (2, "open")]
    for actor in (ines, mira):
        assert sum("Was it worth your time?" in seen for seen in actor.player.reads()) == 1


async def test_a_button_of_somebody_elses_match_changes_nothing(stage: Stage) -> None:
    await spring_has_begun(stage)
    await stage.wait(days=1)
    ines, yusuf = stage.actors("Ines", "Yusuf")
    card = next(seen for seen in reversed(ines.player.reads()) if "We met" in seen.labels)
    before, shown = effects(stage), ines.player.reads()

    for label in ("We met", "Skip this one", "We have a date"):
        await presses_for(yusuf, card, label)

    assert effects(stage) == before
    assert ines.player.reads() == shown
    assert not yusuf.modal_asks
    assert "That belongs to another match. Nothing has changed." in yusuf.told_alone


async def test_a_question_of_somebody_else_is_answered_by_nobody(stage: Stage) -> None:
    await open_spring(stage)
    ines, yusuf = stage.actors("Ines", "Yusuf")
    await ines.asks("join")
    before = count(stage, "answers")

    await presses_for(yusuf, ines.last_message, "I agree")

    assert count(stage, "answers") == before
    assert "These answers belong to somebody else, so nothing was changed." in yusuf.told_alone


async def test_an_old_button_of_a_match_that_is_over_says_so(stage: Stage) -> None:
    await spring_has_begun(stage)
    await stage.wait(days=1)
    ines = stage.actor("Ines")
    card = next(seen for seen in reversed(ines.player.reads()) if "We met" in seen.labels)
    await ines.presses("This is not a fit")
    await ines.presses("End this match")
    before = effects(stage)

    await ines.presses_again(card, "We met")

    assert effects(stage) == before
    assert "This match is over, so nothing changes here any more." in ines.told_alone


async def test_a_coordinators_button_in_other_hands_does_nothing(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya, hannah = stage.actors("Priya", "Hannah")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")

    await presses_for(hannah, priya.answer, "Publish")

    assert count(stage, matches.name) == 0
    assert "for the people who run mentoring here" in hannah.told_alone


async def test_a_stranger_at_the_coordinators_desk_is_refused_and_written_down(stage: Stage) -> None:
    chidi = stage.actor("Chidi")

    for words in ("people", "match publish", "roles appoint @Chidi Eze owner", "nonsense", ""):
        answer = await chidi.coordinates(words)
        assert answer is not None
        assert "for the people who run mentoring here" in answer

    with stage.app.kit.database.transaction() as connection:
        outcomes = connection.execute(select(audit.c.outcome, audit.c.person)).all()
    assert [outcome for outcome, _ in outcomes] == ["refused"] * 5
    assert len({person for _, person in outcomes}) == 1


async def test_unknown_words_get_the_nearest_one_that_the_asker_may_use(stage: Stage) -> None:
    ines, priya = stage.actors("Ines", "Priya")

    for actor, command, typed, near in (
        (ines, "/mentor", "stauts", "/mentor status"),
        (ines, "/mentor", "setings please", "/mentor settings"),
        (priya, "/mentor-admin", "pepole", "/mentor-admin people"),
        (priya, "/mentor-admin", "macth draft", "/mentor-admin match draft"),
    ):
        answer = await actor.asks(typed, command=command)
        assert answer is not None
        assert near in answer


async def test_words_that_are_like_nothing_get_help_and_no_error(stage: Stage) -> None:
    ines = stage.actor("Ines")

    for typed in ("🌱🌱🌱", "<!channel> *all*", "x" * 3000, "שלום"):
        answer = await ines.asks(typed)
        assert answer is not None
        assert "/mentor help" in answer


async def test_somebody_who_left_while_the_round_was_drafted_is_not_introduced(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya, ines, mira = stage.actors("Priya", "Ines", "Mira")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")
    await ines.asks("leave")
    await ines.presses("Leave the programme")

    await priya.presses("Publish")

    assert "Something has changed since you were shown this, so nothing was sent." in priya.answer
    assert count(stage, matches.name) == 0
    assert not mira.hears("are matched")


async def test_two_coordinators_cannot_fill_one_place_twice(stage: Stage) -> None:
    await spring_has_begun(stage)
    priya, hannah, chidi, dalia = stage.actors("Priya", "Hannah", "Chidi", "Dalia")
    await joins(chidi, MENTOR)
    await joins(dalia, MENTEE)
    await priya.coordinates("roles appoint Hannah Weiss coordinator")
    before = count(stage, matches.name)
    await priya.coordinates("pair Chidi Eze, Björn Lindqvist")
    await hannah.coordinates("pair Chidi Eze, Dalia Haddad")

    await at_once(stage, (priya, "Introduce them"), (hannah, "Introduce them"))
    await stage.wait(hours=3)

    assert count(stage, matches.name) == before + 1
    told = [str(actor.answer) for actor in (priya, hannah)]
    assert sum("no free place" in one for one in told) == 1
