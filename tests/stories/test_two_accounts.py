"""One person with an account on each platform: Ines joins on Slack and goes on where she reads more often."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.playground.person import Person as OnSlack
from bot.playground.players import Seen
from storage.outbox import State
from storage.tables import outbox
from tests.stage import Actor, Stage, Where
from tests.stories.spring import MENTEE, MENTOR, joins, open_spring, publish

pytestmark = pytest.mark.on(Where.BOTH)


def both_of(stage: Stage, name: str) -> tuple[Actor, Actor]:
    """Their account on Slack, and the one on Teams."""
    on_teams = stage.actor(name)
    members = stage.workspace.contents.members.values()
    member = next(one for one in members if one.name == on_teams.player.member.name)
    return Actor(OnSlack(stage.workspace, member.id), stage), on_teams


async def connects(first: Actor, second: Actor) -> None:
    """With the code that the first account was shown."""
    told = await first.asks("connect")
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(told))[0]
    answer = await second.asks(f"connect {code}")
    assert "This account is yours too now." in str(answer)


async def chooses_to_be_written_to(actor: Actor) -> None:
    await actor.asks("connect")
    await actor.presses("Write to me here instead")


def saying(actor: Actor, words: str) -> list[Seen]:
    """What they read that says so."""
    return [seen for seen in actor.player.reads() if words in seen]


async def test_a_person_goes_on_with_the_other_account_and_nothing_is_lost(stage: Stage) -> None:
    await open_spring(stage)
    at_work, on_the_road = both_of(stage, "Ines")
    mira = stage.actor("Mira")
    await joins(mira, MENTOR)
    await joins(at_work, MENTEE)
    await connects(at_work, on_the_road)
    assert at_work.hears("Your account in the other app is connected.")
    await publish(stage)
    await stage.wait(hours=2)

    # She is asked where she joined, and answers elsewhere.
    assert at_work.hears("You and Mira Okafor are matched.")
    (group,) = at_work.player.groups()
    await stage.wait_until(datetime(2027, 3, 9, 9, 0, tzinfo=UTC))
    assert saying(at_work, "Your first conversation with Mira is open.")
    await on_the_road.asks("status")
    await on_the_road.presses("We have a date, Mira and I")
    await on_the_road.fills("Day", "2027-03-11")
    await on_the_road.fills("Time", "10:00")
    await on_the_road.submits()
    assert on_the_road.hears("Thursday 11 March")
    heard = len(on_the_road.player.reads())

    # She reads more often there, and says so; where she and Mira talk is looked at anew.
    await chooses_to_be_written_to(on_the_road)
    assert on_the_road.hears("I carry over what you and Mira write to each other")
    (card,) = saying(mira, "You and Ines Duarte are matched.")
    assert "Write to Ines" in card.labels
    (own,) = saying(at_work, "You and Mira Okafor are matched.")
    assert "Write to Mira" in own.labels
    assert at_work.player.groups() == (group,)
    on_slack = len(at_work.player.reads())
    await mira.presses("Write to Ines")
    await mira.fills("Your words", "Kestrel: ten o'clock at mine?")
    await mira.submits()
    assert on_the_road.hears("Kestrel: ten o'clock at mine?")
    await on_the_road.presses("Write to Mira")
    await on_the_road.fills("Your words", "Merlin: I bring coffee.")
    await on_the_road.submits()
    assert mira.hears("Merlin: I bring coffee.")

    # What comes by itself comes there, once.
    await stage.wait_until(datetime(2027, 3, 11, 16, 0, tzinfo=UTC))
    await on_the_road.presses("We met")
    await stage.wait(weeks=2)
    assert len(on_the_road.player.reads()) > heard + 3
    assert len(at_work.player.reads()) == on_slack
    assert refused(stage) == []

    # And back again.
    await chooses_to_be_written_to(at_work)
    on_teams = len(on_the_road.player.reads())
    await stage.wait(weeks=2)
    assert len(at_work.player.reads()) > on_slack
    assert len(on_the_road.player.reads()) == on_teams
    assert refused(stage) == []


async def test_an_account_that_took_part_itself_is_not_joined(stage: Stage) -> None:
    await open_spring(stage)
    at_work, on_the_road = both_of(stage, "Ines")
    await on_the_road.asks("join")
    told = await at_work.asks("connect")
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(told))[0]
    await on_the_road.asks(f"connect {code}")
    assert "You take part with this account, so begin here" in on_the_road.last_message
    await connects(on_the_road, at_work)
    await at_work.asks("join")
    assert "What follows is in the other app" in at_work.answer


def refused(stage: Stage) -> list[str]:
    """Keys of what did not arrive."""
    with stage.app.kit.database.transaction() as connection:
        lost = select(outbox.c.key).where(outbox.c.state.in_((State.FAILED, State.BLOCKED, State.UNKNOWN)))
        return list(connection.execute(lost).scalars())
