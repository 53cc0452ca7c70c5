"""Socket Mode against the strict workspace: when a connection counts, what is acknowledged, and what bad luck does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import cast

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import server
from bot.playground.company import COMPANY
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.sockets import MOST_CONNECTIONS
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.slack.limits import Json
from bot.slack.platform import SlackPlatform
from bot.slack.proxy import proxy_of
from bot.slack.socket import FIRST_PAUSE, LONGEST_PAUSE, Sockets
from bot.world import World
from handlers.inbound import Inbound, Reply
from handlers.kit import Kit
from tests.bot.clockwork import Clockwork

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class Office:
    """A workspace with Socket Mode on, the platform that answers it, and two people. A turn waits while `doors` are
    shut, and raises as often as `broken` says."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.broken = 0
        self.bell = asyncio.Condition()
        """Rings when a turn begins."""
        self.doors = asyncio.Event()
        self.doors.set()
        self.slept: list[float] = []
        self.workspace = Workspace(
            company=COMPANY,
            times=Times(
                now=lambda: NOW,
                real=lambda: World().now().timestamp(),
                limits=lambda: 0.0,
                sleep=self.sleep,
            ),
            new_id=World().new_id,
            ack_seconds=60,
        )
        self.workspace.sockets.on = True
        self.ines = Person(self.workspace, "U0INES")
        self.mira = Person(self.workspace, "U0MIRA")

    def platform(self) -> SlackPlatform:
        """A process of the bot, not started."""
        return SlackPlatform(
            self.workspace.token,
            self.workspace.api_url,
            cast(Kit, Clockwork(NOW)),
            self.take,
            app_token=self.workspace.app_token,
        )

    async def take(self, inbound: Inbound) -> Reply | None:
        """Where a turn would run."""
        self.taken.append(inbound)
        async with self.bell:
            self.bell.notify_all()
        await self.doors.wait()
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the database is away")
        return None

    async def sleep(self, seconds: float) -> None:
        """Nobody waits."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def connections(self, number: int) -> None:
        """Until the workspace has that many, all greeted."""
        await self.workspace.until(lambda: len(self.workspace.sockets.connections) == number)

    async def under_way(self, number: int) -> None:
        """Until that many turns have begun."""
        async with asyncio.timeout(5), self.bell:
            await self.bell.wait_for(lambda: len(self.taken) >= number)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A workspace that listens; at the end the bot has sent no frame that it should not have."""
    here = Office()
    serving = await server.serve(here.workspace)
    yield here
    await serving.stop()
    assert here.workspace.refused == []


@pytest.fixture
async def platform(office: Office) -> AsyncIterator[SlackPlatform]:
    """The bot, connected twice."""
    started = office.platform()
    await started.start()
    await office.connections(2)
    yield started
    office.doors.set()
    await started.stop()


async def test_a_connection_counts_from_slacks_hello_on(office: Office) -> None:
    office.workspace.faults.on("hello", Fault(trouble=Trouble.SILENT), times=2)
    platform = office.platform()
    starting = asyncio.create_task(platform.start())
    await office.workspace.until(lambda: bool(office.workspace.wire.named("apps.connections.open")))
    assert platform.connected == 0
    assert not starting.done()
    office.workspace.faults.clear()
    await starting
    assert platform.connected == 1
    await office.connections(2)
    await platform.stop()
    assert platform.connected == 0


async def test_two_connections_are_open_at_once_and_nothing_listens_for_requests(
    office: Office, platform: SlackPlatform
) -> None:
    await office.ines.types("Hello")
    await office.mira.asks("/mentor", "help")
    assert platform.connected == 2
    assert platform.routes == ()
    assert [inbound.who.user for inbound in office.taken] == [office.ines.id, office.mira.id]


async def test_either_connection_takes_what_it_is_given(office: Office, platform: SlackPlatform) -> None:
    for place in (0, 1):
        office.workspace.sockets.dice = partial(min, place)
        assert (await office.ines.asks("/mentor", "help")).notice is None
    assert [connection.took for connection in office.workspace.sockets.connections] == [1, 1]


async def test_a_turn_that_fails_sends_no_frame_and_the_repeat_is_taken(
    office: Office, platform: SlackPlatform
) -> None:
    office.broken = 2
    office.workspace.ack_seconds = 0.2
    said = await office.ines.types("I came here from support.")
    assert said.delivery is not None
    assert said.delivery.reason == "http_timeout"
    await office.workspace.settled()
    assert [call.note for call in office.workspace.wire.named("message")] == [
        "http_timeout",
        "retry 1 of 3, http_timeout",
        "retry 2 of 3",
    ]
    assert len({inbound.id for inbound in office.taken}) == 1
    assert office.slept == [0.0, 60.0]


async def test_a_command_that_fails_is_told_to_the_person_and_not_sent_again(
    office: Office, platform: SlackPlatform
) -> None:
    office.broken = 1
    office.workspace.ack_seconds = 0.2
    asked = await office.ines.asks("/mentor", "help")
    assert asked.notice is not None
    assert len(office.taken) == 1


async def test_connections_that_break_are_opened_again_at_once(office: Office, platform: SlackPlatform) -> None:
    sockets = office.workspace.sockets
    broken = tuple(sockets.connections)
    for connection in broken:
        sockets.drop(connection)
    await office.connections(2)
    assert not set(broken) & set(sockets.connections)
    assert (await office.ines.asks("/mentor", "help")).notice is None
    assert platform.connected == 2


async def test_an_event_whose_connection_breaks_under_it_comes_again_over_the_other(
    office: Office, platform: SlackPlatform
) -> None:
    sockets = office.workspace.sockets
    sockets.dice = lambda _: 0
    office.doors.clear()
    saying = asyncio.create_task(office.ines.types("I came here from support."))
    await office.under_way(1)
    sockets.drop(sockets.connections[0])
    office.doors.set()
    outcome = await saying
    assert outcome.delivery is not None
    assert outcome.delivery.reason == "connection_failed"
    await office.workspace.settled()
    assert [inbound.id for inbound in office.taken] == [office.taken[0].id] * 2
    assert office.workspace.wire.named("message")[-1].note == "retry 1 of 3"


async def test_a_connection_that_will_end_is_replaced_before_it_ends(office: Office, platform: SlackPlatform) -> None:
    sockets = office.workspace.sockets
    old = sockets.connections[0]
    sockets.dice = lambda _: 0
    office.doors.clear()
    asking = asyncio.create_task(office.ines.asks("/mentor", "help"))
    await office.under_way(1)

    await sockets.warn(old)
    await office.connections(3)
    assert platform.connected == 2
    late = asyncio.create_task(office.mira.asks("/mentor", "help"))  # Slack may still choose the old one
    await office.under_way(2)
    closing = asyncio.create_task(sockets.refresh(old))
    office.doors.set()
    await closing

    assert (await asking).notice is None
    assert (await late).notice is None
    assert old.took == 2
    assert len(sockets.connections) == 2
    assert platform.connected == 2


async def test_a_refresh_without_a_warning_loses_nothing_either(office: Office, platform: SlackPlatform) -> None:
    sockets = office.workspace.sockets
    office.doors.clear()
    asking = [asyncio.create_task(office.ines.asks("/mentor", "help")) for _ in range(6)]
    await office.under_way(6)
    before = tuple(sockets.connections)
    closing = [asyncio.create_task(sockets.refresh(old)) for old in before]
    await office.workspace.until(lambda: len(set(sockets.connections) - set(before)) == 2)
    office.doors.set()
    await asyncio.gather(*closing)
    assert [(await asked).notice for asked in asking] == [None] * 6
    assert platform.connected == 2


async def test_a_stop_takes_nothing_new_and_acknowledges_what_is_under_way(office: Office) -> None:
    platform = office.platform()
    await platform.start()
    await office.connections(2)
    office.doors.clear()
    asking = [asyncio.create_task(office.ines.asks("/mentor", "help")) for _ in range(50)]
    await office.under_way(50)

    stopping = asyncio.create_task(platform.stop())
    await asyncio.sleep(0)
    office.workspace.ack_seconds = 0.2
    too_late = asyncio.create_task(office.mira.asks("/mentor", "help"))
    assert (await too_late).notice is not None
    office.doors.set()
    await stopping

    assert [(await asked).notice for asked in asking] == [None] * 50
    assert len(office.taken) == 50
    assert office.workspace.sockets.connections == []
    assert platform.connected == 0


async def test_a_token_that_slack_does_not_take_is_said_and_not_shown(office: Office) -> None:
    platform = SlackPlatform(
        office.workspace.token, office.workspace.api_url, cast(Kit, Clockwork(NOW)), office.take, app_token="xapp-no"
    )
    with pytest.raises(ConnectionError, match="Slack does not take SLACK_APP_TOKEN: invalid_auth") as fault:
        await platform.start()
    await platform.stop()
    assert "xapp-no" not in str(fault.value)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.RATE_LIMITED, "Slack gives no connection now: ratelimited"),
        (Trouble.SERVER_ERROR, "Slack gives no connection now: HTTP 500"),
        (Trouble.LOST, "Slack cannot be reached by websocket: ServerDisconnectedError"),
    ],
)
async def test_a_start_in_a_bad_moment_does_not_blame_the_token(office: Office, trouble: Trouble, said: str) -> None:
    office.workspace.faults.on("apps.connections.open", Fault(trouble=trouble))
    platform = office.platform()
    with pytest.raises(ConnectionError, match=said):
        await platform.start()
    await platform.stop()


async def test_where_the_app_has_all_its_connections_the_start_says_so(office: Office) -> None:
    platforms = [office.platform() for _ in range(MOST_CONNECTIONS // 2 + 1)]
    for number, platform in enumerate(platforms[:-1], start=1):
        await platform.start()
        await office.connections(2 * number)
    with pytest.raises(ConnectionError, match="ten connections already"):
        await platforms[-1].start()
    for platform in platforms:
        await platform.stop()


async def test_a_full_app_makes_room_for_the_connection_that_replaces_one(office: Office) -> None:
    platforms = [office.platform() for _ in range(MOST_CONNECTIONS // 2)]
    for number, platform in enumerate(platforms, start=1):
        await platform.start()
        await office.connections(2 * number)
    old = office.workspace.sockets.connections[0]
    await office.workspace.sockets.warn(old)
    await office.workspace.until(lambda: old not in office.workspace.sockets.connections)
    await office.connections(MOST_CONNECTIONS)
    for platform in platforms:
        await platform.stop()


class Line:
    """Connections whose pauses take no time."""

    def __init__(self, office: Office, session: aiohttp.ClientSession) -> None:
        self.slept: list[float] = []
        self.waits = asyncio.Event()
        client = AsyncWebClient(base_url=office.workspace.api_url, session=session, retry_handlers=[])
        self.sockets = Sockets(client, office.workspace.app_token, self.answer, name="one", wanted=1, sleep=self.sleep)

    async def answer(self, envelope: Json) -> Json:
        """Every envelope is acknowledged."""
        return {"envelope_id": envelope["envelope_id"]}

    async def sleep(self, seconds: float) -> None:
        """Write the pause down."""
        self.slept.append(seconds)
        self.waits.set()
        await asyncio.sleep(0)


@pytest.fixture
async def line(office: Office) -> AsyncIterator[Line]:
    """One connection, open."""
    async with aiohttp.ClientSession() as session:
        made = Line(office, session)
        await made.sockets.start()
        yield made
        await made.sockets.stop()


async def test_pauses_grow_up_to_a_limit(office: Office, line: Line) -> None:
    office.workspace.faults.on("apps.connections.open", Fault(trouble=Trouble.LOST), times=12)
    office.workspace.sockets.drop(office.workspace.sockets.connections[0])
    await office.connections(1)
    assert len(line.slept) == 12
    assert 0.7 * FIRST_PAUSE < line.slept[0] <= FIRST_PAUSE
    assert all(before < after for before, after in zip(line.slept[:6], line.slept[1:6], strict=False))
    assert 0.7 * LONGEST_PAUSE < line.slept[-1] <= LONGEST_PAUSE


async def test_slacks_own_wish_for_patience_is_kept(office: Office, line: Line) -> None:
    office.workspace.faults.on("apps.connections.open", Fault(trouble=Trouble.RATE_LIMITED, retry_after=90))
    office.workspace.sockets.drop(office.workspace.sockets.connections[0])
    await office.connections(1)
    assert line.slept == [90.0]


async def test_connections_that_never_last_are_not_opened_in_a_rush(office: Office, line: Line) -> None:
    for _ in range(4):
        await office.connections(1)
        office.workspace.sockets.drop(office.workspace.sockets.connections[0])
    await office.connections(1)
    assert len(line.slept) == 3
    assert line.slept == sorted(line.slept)


async def test_socket_mode_that_is_turned_off_is_said_and_awaited(
    office: Office, line: Line, capfd: pytest.CaptureFixture[str]
) -> None:
    await office.workspace.sockets.turn_off()
    await line.waits.wait()
    assert line.sockets.connected == 0
    office.workspace.sockets.on = True
    await office.connections(1)
    said = "".join(capfd.readouterr())
    assert "Socket Mode is turned off in the app's settings" in said
    assert office.workspace.app_token not in said
    assert "ticket" not in said


async def test_the_proxy_of_the_environment_is_for_the_outside_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody is there
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    platform = office.platform()
    await platform.start()
    assert platform.connected == 1
    await platform.stop()
    assert proxy_of("wss://wss-primary.slack.com/link/?ticket=1") == "http://127.0.0.1:9"
    monkeypatch.setenv("no_proxy", ".slack.com")
    assert proxy_of("wss://wss-primary.slack.com/link/?ticket=1") is None
