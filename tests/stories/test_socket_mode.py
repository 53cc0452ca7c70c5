"""The same stories over connections that the bot opens: no public address, nothing lost, nothing twice."""

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage, staged
from tests.stories.spring import MENTEE, answers_one, open_spring


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The whole bot with an app token in place of a public address."""
    async with staged(database_url, sockets=True) as stage:
        yield stage


async def test_ines_joins_without_a_public_address(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.presses("Join")  # below the invitation in the channel
    assert "The first question is in our direct messages" in ines.answer
    await ines.presses("I agree")
    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTEE)
    await ines.presses("Join Spring mentoring")

    assert "You have joined Spring mentoring." in ines.last_message
    status = await ines.asks("status")
    assert status is not None
    assert "Spring mentoring" in status
    assert stage.app.platforms[0].routes == ()
