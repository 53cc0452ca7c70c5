"""Failures on demand: refused, throttled, broken, slow, taken and then dropped."""

import httpx
import pytest

from bot.playground.faults import Fault, Trouble
from bot.playground.teams.person import Person
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import TinyBot


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, "ConversationBlockedByUser"),
        (403, "BotDisabledByAdmin"),
        (403, ""),
        (404, "ConversationNotFound"),
        (412, "PreconditionFailed"),
        (413, "MessageSizeTooBig"),
        (502, "BadGateway"),
    ],
)
async def test_the_service_says_no_with_a_code_and_nothing_happens(
    bot: TinyBot, ines: Person, status: int, error: str
) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    bot.tenant.faults.on("send", Fault(trouble=Trouble.REFUSED, status=status, error=error))
    refused = await bot.sends(chat, {"text": "hello"})
    assert refused.status_code == status
    assert (refused.json()["error"]["code"] if error else refused.text) == error
    assert ines.reads() == ()
    assert bot.tenant.refused == []
    assert (await bot.sends(chat, {"text": "hello"})).status_code == 201


async def test_a_throttled_request_says_how_long_or_not(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    bot.tenant.faults.on("send", Fault(trouble=Trouble.RATE_LIMITED, retry_after=30))
    bot.tenant.faults.on("send", Fault(trouble=Trouble.RATE_LIMITED, retry_after=None))
    assert (await bot.sends(chat, {"text": "one"})).headers["Retry-After"] == "30"
    assert "Retry-After" not in (await bot.sends(chat, {"text": "two"})).headers
    assert ines.reads() == ()


async def test_what_was_taken_may_be_answered_late_badly_or_not_at_all(
    bot: TinyBot, ines: Person, hands: Hands
) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    bot.tenant.faults.on("send", Fault(trouble=Trouble.LATE, seconds=20))
    assert (await bot.sends(chat, {"text": "slow"})).status_code == 201
    assert hands.slept == [20]
    bot.tenant.faults.on("send", Fault(trouble=Trouble.BROKEN_AFTER))
    assert (await bot.sends(chat, {"text": "broken"})).status_code == 502
    bot.tenant.faults.on("send", Fault(trouble=Trouble.DROPPED))
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.sends(chat, {"text": "dropped"})
    bot.tenant.faults.on("send", Fault(trouble=Trouble.LOST))
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.sends(chat, {"text": "lost"})
    assert [seen.summary for seen in ines.reads()] == ["slow", "broken", "dropped"]


async def test_the_token_endpoint_and_the_keys_fail_too(bot: TinyBot) -> None:
    bot.tenant.faults.on("token", Fault(trouble=Trouble.SERVER_ERROR))
    assert (await bot.asks_for_token()).status_code == 502
    assert (await bot.asks_for_token()).status_code == 200
    bot.tenant.faults.on("keys", Fault(trouble=Trouble.SERVER_ERROR))
    assert (await bot.http.get(f"{bot.tenant.address}/openid/keys")).status_code == 502
