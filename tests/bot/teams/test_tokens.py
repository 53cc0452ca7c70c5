"""One token serves all calls; nobody waits for it while the one before is good."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qs

import httpx
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.teams.tokens import NoToken, Tokens
from bot.teams.trouble import Throttled, Transient
from tests.bot.teams.microsoft import (
    APP,
    TENANT,
    Answer,
    Clock,
    Microsoft,
    client_of_tests,
    drop,
    microsoft_here,
    named,
)

PASSWORD = "plum~word"


@dataclass
class SignIn:
    """Tokens, the server that gives them, and the time."""

    microsoft: Microsoft
    clock: Clock
    tokens: Tokens

    @property
    def fetched(self) -> int:
        """How often the sign-in was asked."""
        return len(self.microsoft.named("/token"))


@pytest.fixture
async def sign_in() -> AsyncIterator[SignIn]:
    clock = Clock()
    async with microsoft_here() as microsoft, client_of_tests(0.5) as http:
        tokens = Tokens(http, clock, login_url=microsoft.url(), tenant=TENANT, app_id=APP, password=PASSWORD)
        yield SignIn(microsoft, clock, tokens)
        await tokens.close()


def refusal(error: str, number: str, *, status: int = 401) -> web.Response:
    """As Entra says no."""
    said = f"{number}: Invalid client secret provided for app '{APP}'. Trace ID: 1"
    return web.json_response({"error": error, "error_description": said}, status=status)


def under_way() -> list["asyncio.Task[None]"]:
    """The renewals that go on beside."""
    return [task for task in asyncio.all_tasks() if "Tokens._fetch" in repr(task.get_coro())]


async def renewal() -> None:
    """Wait for the end of the one renewal."""
    (task,) = under_way()
    await task


async def test_fifty_sends_at_once_fetch_one_token(sign_in: SignIn) -> None:
    given = await asyncio.gather(*(sign_in.tokens.bearer() for _ in range(50)))
    assert set(given) == {"token-1"}
    (call,) = sign_in.microsoft.calls
    assert call.path == f"/{TENANT}/oauth2/v2.0/token"
    assert call.body == {
        "grant_type": "client_credentials",
        "client_id": APP,
        "client_secret": PASSWORD,
        "scope": "https://api.botframework.com/.default",
    }


async def test_the_government_clouds_have_another_scope() -> None:
    asked: list[httpx.Request] = []

    def entra(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"access_token": "token", "expires_in": 3600})

    async with httpx.AsyncClient(transport=httpx.MockTransport(entra)) as http:
        url = "https://login.microsoftonline.us/"
        tokens = Tokens(http, Clock(), login_url=url, tenant=TENANT, app_id=APP, password=PASSWORD)
        assert await tokens.bearer() == "token"
    assert asked[0].url == f"https://login.microsoftonline.us/{TENANT}/oauth2/v2.0/token"
    assert parse_qs(asked[0].content.decode())["scope"] == ["https://api.botframework.us/.default"]


async def test_a_token_is_renewed_ten_minutes_before_its_end_while_the_old_one_serves(sign_in: SignIn) -> None:
    assert await sign_in.tokens.bearer() == "token-1"
    sign_in.clock.now += 2999
    assert await sign_in.tokens.bearer() == "token-1"
    assert under_way() == []
    sign_in.clock.now += 1
    assert set(await asyncio.gather(*(sign_in.tokens.bearer() for _ in range(50)))) == {"token-1"}
    await renewal()
    assert await sign_in.tokens.bearer() == "token-2"
    assert sign_in.fetched == 2


async def test_an_end_does_not_wait_for_a_renewal(sign_in: SignIn) -> None:
    await sign_in.tokens.bearer()
    sign_in.clock.now += 3000
    sign_in.microsoft.instead["token"] = [sign_in.microsoft.hold]
    assert await sign_in.tokens.bearer() == "token-1"
    await sign_in.tokens.close()
    assert under_way() == []


async def test_a_short_token_is_renewed_in_the_last_fifth_of_its_life(sign_in: SignIn) -> None:
    sign_in.microsoft.instead["token"] = [web.json_response({"access_token": "short", "expires_in": "100"})]
    assert await sign_in.tokens.bearer() == "short"
    sign_in.clock.now += 79
    assert await sign_in.tokens.bearer() == "short"
    assert under_way() == []
    sign_in.clock.now += 1
    assert await sign_in.tokens.bearer() == "short"
    await renewal()
    assert await sign_in.tokens.bearer() == "token-2"


async def test_while_the_old_token_is_good_a_renewal_that_fails_is_noticed_by_the_log_alone(sign_in: SignIn) -> None:
    await sign_in.tokens.bearer()
    sign_in.clock.now += 3100
    sign_in.microsoft.instead["token"] = [web.Response(status=503)]
    with capture_logs() as logs:
        assert await sign_in.tokens.bearer() == "token-1"
        await renewal()
    assert [(line["event"], line["fault"]) for line in logs] == [("the sign-in gave no token", "HTTP 503")]
    for _ in range(10):
        assert await sign_in.tokens.bearer() == "token-1"
    assert sign_in.fetched == 2
    sign_in.clock.now += 30
    assert await sign_in.tokens.bearer() == "token-1"
    await renewal()
    assert await sign_in.tokens.bearer() == "token-3"


async def test_an_outdated_token_is_given_to_nobody(sign_in: SignIn) -> None:
    await sign_in.tokens.bearer()
    sign_in.clock.now += 3600
    sign_in.microsoft.instead["token"] = [web.Response(status=503)]
    assert await sign_in.tokens.bearer() == Transient(5, "HTTP 503")
    sign_in.clock.now += 5
    assert await sign_in.tokens.bearer() == "token-3"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            refusal("invalid_client", "AADSTS7000215"),
            Throttled(600, "invalid_client AADSTS7000215", everything=True),
        ),
        (
            refusal("unauthorized_client", "AADSTS700016", status=400),
            Throttled(600, "unauthorized_client AADSTS700016", everything=True),
        ),
        (web.Response(status=404, text="<html>"), Throttled(600, "HTTP 404", everything=True)),
        (web.Response(status=429, headers={"Retry-After": "7"}), Throttled(7, "HTTP 429", everything=True)),
        (web.Response(status=302, headers={"Location": "/elsewhere"}), Transient(5, "HTTP 302")),
        (web.Response(status=500), Transient(5, "HTTP 500")),
        (web.Response(text="<html>"), Transient(5, "HTTP 200")),
        (web.json_response([]), Transient(5, "HTTP 200")),
        (web.json_response({"access_token": "x"}), Transient(5, "HTTP 200")),
        (web.json_response({"access_token": None, "expires_in": 3600}), Transient(5, "HTTP 200")),
        (web.json_response({"access_token": "x", "expires_in": 0}), Transient(5, "HTTP 200")),
        (drop, Transient(5, "the sign-in could not be reached: RemoteProtocolError")),
    ],
    ids=named,
)
async def test_why_there_is_no_token_is_told_by_type(sign_in: SignIn, answer: Answer, expected: NoToken) -> None:
    sign_in.microsoft.instead["token"] = [answer]
    with capture_logs() as logs:
        given = await asyncio.gather(*(sign_in.tokens.bearer() for _ in range(50)))
    assert set(given) == {expected}
    assert sign_in.fetched == 1
    assert PASSWORD not in repr(logs)
    assert APP not in repr(logs)


async def test_a_sign_in_that_refused_is_asked_again_after_half_a_minute(sign_in: SignIn) -> None:
    sign_in.microsoft.instead["token"] = [refusal("invalid_client", "AADSTS7000222")]
    await sign_in.tokens.bearer()
    sign_in.clock.now += 29
    assert not isinstance(await sign_in.tokens.bearer(), str)
    assert sign_in.fetched == 1
    sign_in.clock.now += 1
    assert await sign_in.tokens.bearer() == "token-2"


async def test_a_sign_in_that_does_not_answer_is_given_up(sign_in: SignIn) -> None:
    sign_in.microsoft.instead["token"] = [sign_in.microsoft.hold]
    assert await sign_in.tokens.bearer() == Transient(5, "the sign-in could not be reached: ReadTimeout")


async def test_a_token_that_the_connector_refuses_is_not_used_again(sign_in: SignIn) -> None:
    first = await sign_in.tokens.bearer()
    assert isinstance(first, str)
    assert sign_in.tokens.refused(first), "a fresh one is refused for another reason"
    second = await sign_in.tokens.bearer()
    assert second == "token-2"
    sign_in.clock.now += 60
    assert not sign_in.tokens.refused(first), "that one is gone already"
    assert await sign_in.tokens.bearer() == "token-2"
    assert not sign_in.tokens.refused("token-2"), "an older one may have been withdrawn"
    assert await sign_in.tokens.bearer() == "token-3"


async def test_who_gives_up_waiting_takes_the_token_from_nobody_else(sign_in: SignIn) -> None:
    async def slowly(_: web.Request) -> web.StreamResponse:
        await sign_in.microsoft.released.wait()
        return web.json_response({"access_token": "late", "expires_in": 3600})

    sign_in.microsoft.instead["token"] = [slowly]
    first, second = (asyncio.create_task(sign_in.tokens.bearer()) for _ in range(2))
    await asyncio.wait([first, second], timeout=0.05)
    first.cancel()
    sign_in.microsoft.released.set()
    assert await second == "late"
    assert sign_in.fetched == 1
