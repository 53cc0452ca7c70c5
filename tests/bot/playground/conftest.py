"""A workspace on a free port, a clock that tests move, a client and a tiny app on the real bolt."""

import itertools
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.company import COMPANY
from bot.playground.person import Person
from bot.playground.server import serve
from bot.playground.times import Times
from bot.playground.workspace import Workspace

Json = dict[str, Any]


@dataclass(slots=True)
class Hands:
    """The clocks, moved by hand."""

    now: datetime = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
    limits: float = 0.0
    ahead: float = 0.0
    """How far real time has been pushed."""
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def real(self) -> float:
        return datetime.now(UTC).timestamp() + self.ahead

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def new_id() -> Callable[[], str]:
    count = itertools.count(1)
    return lambda: f"{next(count):032x}"[::-1]


@pytest.fixture
async def workspace(hands: Hands, new_id: Any) -> AsyncIterator[Workspace]:
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    made = Workspace(company=COMPANY, times=times, new_id=new_id)
    server = await serve(made)
    yield made
    await server.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(timeout=ClientTimeout(total=5)) as session:
        yield session


@pytest.fixture
def client(workspace: Workspace, session: ClientSession) -> AsyncWebClient:
    return AsyncWebClient(
        token=workspace.token, base_url=workspace.api_url, session=session, retry_handlers=[], timeout=5
    )


@pytest.fixture
async def app(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """A real bolt app that answers on loopback; tests put listeners on it."""
    quiet = logging.getLogger("tests.playground.bolt")
    quiet.setLevel(logging.CRITICAL)
    bolt = AsyncApp(client=client, signing_secret=workspace.signing_secret, process_before_response=True, logger=quiet)
    runner = web.AppRunner(bolt.web_app(path="/slack/events"))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    workspace.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield bolt
    await runner.cleanup()


@pytest.fixture
def ines(workspace: Workspace) -> Person:
    return Person(workspace, "U0INES")


@pytest.fixture
def mira(workspace: Workspace) -> Person:
    return Person(workspace, "U0MIRA")


async def open_dm(client: AsyncWebClient, user: str) -> str:
    """The id of the person's direct message with the app."""
    answer = await client.conversations_open(users=user)
    return str(answer["channel"]["id"])
