"""The same stories over connections that the bot opens: no public address, nothing lost, nothing twice."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select, text

from bot.playground import payloads
from bot.playground.controls import Control
from bot.playground.faults import Fault, Trouble
from bot.playground.seen import Message
from storage.tables import answers, participants
from tests.stage import Actor, Stage, staged
from tests.stories import spring, test_a_season
from tests.stories.effects import effects
from tests.stories.spring import MENTEE, answers_one, open_spring, question


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The whole bot with an app token in place of a public address."""
    async with staged(database_url, sockets=True) as stage:
        await connected(stage)
        yield stage


async def connected(stage: Stage) -> None:
    """Until both connections are open."""
    await stage.workspace.until(lambda: len(stage.workspace.sockets.connections) == 2)


def stored(stage: Stage, table: str) -> int:
    """How many rows there are."""
    counted = select(func.count()).select_from({"participants": participants, "answers": answers}[table])
    with stage.app.kit.database.transaction() as connection:
        return connection.execute(counted).scalar_one()


async def joins_as_ines(ines: Actor, *, until: str = "") -> None:
    """From the command to the last card, or to a question."""
    await ines.asks("join")
    await ines.presses("I agree")
    while "Nothing counts until you join" not in ines.last_message and question(ines.last_message) != until:
        await answers_one(ines, MENTEE)


async def test_ines_joins_without_a_public_address(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.presses("Join")  # below the invitation in the channel
    assert "The first question is in our private chat" in ines.answer
    await joins_as_ines(ines)
    await ines.presses("Join Spring mentoring")

    assert "You have joined Spring mentoring." in ines.last_message
    status = await ines.asks("status")
    assert status is not None
    assert "Spring mentoring" in status
    (platform,) = stage.app.platforms
    assert platform.connected == 2
    assert platform.routes == ()


async def test_a_season_in_which_everything_is_delivered_twice_is_the_same_season(stage: Stage) -> None:
    stage.workspace.sockets.doubles = True
    await test_a_season.test_a_season_from_the_introduction_to_the_end(stage)


async def test_both_connections_bring_the_same_press_at_the_same_moment(stage: Stage) -> None:
    await open_spring(stage)
    ines, workspace = stage.actor("Ines"), stage.workspace
    await joins_as_ines(ines, until=spring.MODE)
    await ines.chooses(spring.MODE, "Online")
    seen = ines.last_message
    control = seen.control("Save")
    assert isinstance(control, Control)
    assert isinstance(seen.surface, Message)
    action = payloads.action(workspace, control, {"type": "button"})
    envelope = {
        "envelope_id": "once",
        "type": "interactive",
        "payload": payloads.pressed_in_message(workspace, ines.id, seen.surface, action),
        "accepts_response_payload": False,
    }

    both = [workspace.sockets.push(one, dict(envelope), seconds=10) for one in workspace.sockets.connections]
    assert await asyncio.gather(*both) == [None, None]
    await stage.settle()

    assert sum(spring.TIMES in one for one in ines.player.reads()) == 1
    left = effects(stage)
    await workspace.sockets.push(workspace.sockets.connections[0], envelope, seconds=10)
    await stage.settle()
    assert effects(stage) == left
    assert "Online" in str(ines.player.reads()[-2])
    assert spring.TIMES in ines.last_message


async def test_connections_that_break_in_the_middle_of_joining_are_not_noticed(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await joins_as_ines(ines, until=spring.WANTS)
    sockets = stage.workspace.sockets
    for connection in tuple(sockets.connections):
        sockets.drop(connection)
    await connected(stage)

    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTEE)
    await ines.presses("Join Spring mentoring")

    assert "You have joined Spring mentoring." in ines.last_message
    assert stored(stage, "participants") == 1


async def test_a_connection_that_is_renewed_under_a_press_loses_nothing(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    sockets = stage.workspace.sockets
    before = tuple(sockets.connections)
    took = sum(connection.took for connection in before)
    stage.workspace.faults.on("users.info", Fault(trouble=Trouble.SILENT))
    asking = asyncio.create_task(ines.asks("join"))
    await stage.workspace.until(lambda: bool(stage.workspace.wire.named("users.info")))

    for connection in before:
        await sockets.warn(connection)
    await stage.workspace.until(lambda: len(sockets.connections) == 4)
    closing = [asyncio.create_task(sockets.refresh(connection)) for connection in before]
    stage.workspace.faults.release()
    await asyncio.gather(*closing)

    await asking
    assert sum(connection.took for connection in before) == took + 1
    assert not set(before) & set(sockets.connections)
    await ines.presses("I agree")
    assert spring.ROLE in ines.last_message


async def test_a_press_whose_acknowledgement_is_lost_has_had_its_effect(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    sockets = stage.workspace.sockets
    stage.workspace.faults.on("users.info", Fault(trouble=Trouble.SILENT))
    asking = asyncio.create_task(ines.player.asks("/mentor", "join"))
    await stage.workspace.until(lambda: bool(stage.workspace.wire.named("users.info")))
    for connection in tuple(sockets.connections):
        sockets.drop(connection)
    assert (await asking).notice == "/mentor did not work: the app could not be reached. Try again in a moment."
    stage.workspace.faults.release()
    await connected(stage)

    await ines.asks("join")

    assert stored(stage, "participants") == 1
    await ines.presses("I agree")
    assert spring.ROLE in ines.last_message


async def test_a_database_that_fails_sends_no_frame_and_the_repeat_is_taken(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await joins_as_ines(ines, until=spring.ABOUT)
    before = stored(stage, "answers")
    happens(stage, "ALTER TABLE inbox RENAME TO away")
    stage.workspace.ack_seconds = 1

    typed = await ines.player.types("I came here from support.")
    assert typed.delivery is not None
    assert typed.delivery.reason == "http_timeout"
    happens(stage, "ALTER TABLE away RENAME TO inbox")
    stage.workspace.ack_seconds = 60
    await stage.settle()

    assert [call.note for call in stage.workspace.wire.named("message")] == ["http_timeout", "retry 1 of 3"]
    assert stored(stage, "answers") == before + 1
    assert "In their own words: I came here from support." in ines.last_message


def happens(stage: Stage, statement: str) -> None:
    """Somebody does this to the database."""
    with stage.app.kit.database.transaction() as connection:
        connection.execute(text(statement))


async def test_what_was_acknowledged_before_a_stop_is_stored_and_nothing_else(stage: Stage) -> None:
    await open_spring(stage)
    company = [Actor(stage.actor(one.id).player, stage) for one in stage.workspace.company.members[:20]]
    asking = [asyncio.create_task(actor.player.asks("/mentor", "join")) for actor in company]
    await stage.workspace.until(lambda: len(stage.workspace.wire.named("users.info")) >= 5)

    await stage.app.stop()
    outcomes = await asyncio.gather(*asking)
    await stage.raise_curtain()

    acknowledged = [outcome.notice is None for outcome in outcomes]
    assert any(acknowledged)
    assert stored(stage, "participants") == sum(acknowledged)
    await stage.settle()
    for actor, taken in zip(company, acknowledged, strict=True):
        assert bool(actor.player.reads()) == taken
