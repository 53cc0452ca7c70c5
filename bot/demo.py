"""`alongside demo`: the whole bot in a made-up company, in one process, with a clock that can be walked."""

import asyncio
import base64
import contextlib
import signal
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from pydantic import SecretStr

from bot.app import App, build
from bot.playground import server
from bot.playground.colleagues import Colleague
from bot.playground.company import COMPANY, PEOPLE
from bot.playground.members import CommandWord
from bot.playground.opening import open_programme
from bot.playground.person import Person
from bot.playground.teams.company import TENANT, object_id
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.playground.web import Stagehands
from bot.playground.workspace import Workspace
from bot.serving import platforms
from bot.settings import Settings
from bot.walk import walk
from bot.world import MovableWorld, World
from handlers.words import ADMIN, MENTOR

log = structlog.get_logger()
COORDINATOR = PEOPLE[2]
LONDON = ZoneInfo("Europe/London")
MORNING = time(10)
A_MOMENT = timedelta(seconds=10)
"""Longer than the pace of one message a second holds an answer back."""
MOST_ROUNDS = 30
SEASON = timedelta(weeks=14)
HALF_A_DAY = timedelta(hours=12)
"""Whoever gets a message in the morning answers before the next one comes."""


class Demo:
    """The company on both platforms, and the bot; everything is gone when it ends."""

    def __init__(self, folder: Path, begins: datetime) -> None:
        self._folder = folder
        self._begins = begins
        self.world = MovableWorld(begins)
        real = World()
        times = Times(
            now=lambda: self.world.now(),
            real=lambda: real.now().timestamp(),
            limits=lambda: self.world.now().timestamp(),
            sleep=real.sleep,
        )
        company = replace(COMPANY, app=replace(COMPANY.app, words=_words()))
        self.workspace = Workspace(company=company, times=times, new_id=real.new_id)
        self.tenant = Tenant(company=TENANT, times=times, new_id=real.new_id)
        self._walking = asyncio.Lock()
        self._ending = False
        """Whether what is under way shall stop soon, for a new season or for good."""
        self.app: App
        self._colleagues: tuple[Colleague, ...] = ()
        self._joining: asyncio.Task[None]

    async def start(self, port: int) -> str:
        """Listen on that port of loopback (0: any); the address for a browser. Raises OSError when it is taken."""
        hands = Stagehands(move_clock=self.move_clock, reset=self.reset)
        self._serving = await server.serve(self.workspace, port=port, stagehands=hands, tenant=self.tenant)
        await self._begin()
        return self._serving.address

    async def stop(self) -> None:
        """End everything."""
        await self._let_go()
        await self._serving.stop()

    async def _begin(self) -> None:
        """A fresh database, a programme that Priya has opened, and colleagues who have joined."""
        settings = Settings.model_validate(
            {
                "database_url": f"sqlite:///{self._folder / f'{self.world.new_id()}.db'}",
                "port": 0,
                "slack_bot_token": SecretStr(self.workspace.token),
                "slack_signing_secret": SecretStr(self.workspace.signing_secret),
                "slack_api_url": self.workspace.api_url,
                "teams_app_id": self.tenant.company.app.id,
                "teams_app_password": SecretStr(self.tenant.password),
                "teams_tenant_id": self.tenant.company.id,
                "teams_login_url": self.tenant.login_url,
                "teams_openid_url": self.tenant.openid_url,
                "teams_service_hosts": self.tenant.service_host,
                "mentor_owners": f"{COORDINATOR.id},{object_id(COMPANY, COORDINATOR.id)}",
                "mentor_keys": SecretStr(base64.urlsafe_b64encode(self.world.new_key()).decode()),
            }
        )
        # The drawer shows what goes over both wires, in one order.
        self.tenant.wire = self.workspace.wire
        self.app = build(settings, self.world, platforms(settings))
        await self.app.open()
        here = f"http://127.0.0.1:{self.app.server.port}"
        self.workspace.app_url, self.tenant.app_url = f"{here}/slack/events", f"{here}/api/messages"
        players = {member.id for member in PEOPLE}
        self._colleagues = tuple(
            Colleague(self.workspace, member.id) for member in COMPANY.members if member.id not in players
        )
        await open_programme(Person(self.workspace, COORDINATOR.id), self.world.now().date(), self._settle)
        self.app.live()
        self._joining = asyncio.create_task(self._colleagues_join())

    async def _colleagues_join(self) -> None:
        """They read the invitation while whoever opened the page looks around."""
        async with self._walking:
            self.workspace.meanwhile(f"{len(self._colleagues)} colleagues are joining")
            await self._let_colleagues_act()
            self.workspace.meanwhile("")

    async def _settle(self) -> None:
        """What is due within a few seconds is done now."""
        await self._walk_to(self.world.now() + A_MOMENT)

    async def _walk_to(self, moment: datetime) -> None:
        await walk(self.app, self.world, moment)
        for platform in self.app.platforms:
            await platform.settled()
        await self.workspace.settled()
        await self.tenant.settled()

    async def _let_colleagues_act(self) -> None:
        """Everybody gets on with what they have; each look answers what the last one led to. Whom the visitor has
        played is the visitor's from then on."""
        for _ in range(MOST_ROUNDS):
            eager = [
                colleague
                for colleague in self._colleagues
                if colleague.player.id not in self.workspace.played and colleague.has_news
            ]
            if self._ending or not any(await asyncio.gather(*(colleague.act() for colleague in eager))):
                return
            await self._settle()

    async def move_clock(self, where: str) -> None:
        """Walk from half day to half day, so that colleagues answer as the time passes and not all at its end."""
        async with self._walking:
            end = destination(where, self.world.now())
            while self.world.now() < end and not self._ending:
                await self._walk_to(min(end, self.world.now() + HALF_A_DAY))
                await self._let_colleagues_act()
            if not self._ending:
                await self._settle()

    async def reset(self) -> None:
        """A new season on the first day; a walk that is under way ends early."""
        await self._let_go()
        self.world = MovableWorld(self._begins)
        self.workspace.reset()
        self.tenant.reset()
        await self._begin()

    async def _let_go(self) -> None:
        """Whoever walks stops at the next half day; then the bot ends."""
        self._ending = True
        await self._joining
        async with self._walking:
            await self.app.stop()
            self._ending = False


def _words() -> tuple[CommandWord, ...]:
    both = (("/mentor", MENTOR), ("/mentor-admin", ADMIN))
    return tuple(
        CommandWord(command=command, verb=word.verb, usage=word.usage, says=word.says)
        for command, known in both
        for word in known
    )


def first_morning(now: datetime) -> datetime:
    """The next Monday at ten in London: whoever tries the demo by night sees what people hear in working hours."""
    monday = now.astimezone(LONDON).date() + timedelta(days=7 - now.astimezone(LONDON).weekday())
    return datetime.combine(monday, MORNING, LONDON).astimezone(UTC)


def destination(where: str, now: datetime) -> datetime:
    """Where a button of the clock bar leads, in London's mornings. Raises ValueError for another word."""
    here = now.astimezone(LONDON)
    morning = datetime.combine(here.date(), MORNING, LONDON)
    match where:
        case "next-morning":
            ahead = 1
        case "next-tuesday":
            ahead = (1 - here.weekday()) % 7 or 7
        case "+1-week":
            return now + timedelta(weeks=1)
        case "end":
            return now + SEASON
        case _:
            raise ValueError(f"the clock does not know {where}")
    return (morning + timedelta(days=ahead)).astimezone(now.tzinfo)


async def run_demo(port: int, *, browser: bool, say: Callable[[str], None]) -> int:
    """Play until interrupted. The exit status: 0, or 1 when the port is taken."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    with tempfile.TemporaryDirectory(prefix="alongside-demo-") as folder:
        demo = Demo(Path(folder), first_morning(World().now()))
        try:
            address = await demo.start(port)
        except OSError:
            say(f"Port {port} is taken. Choose another one: python3 start.py demo --port {port + 1}")
            return 1
        say(f"Alongside plays at {address} (Ctrl+C ends it; nothing is kept).")
        if browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(address)
        await told.wait()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
        say("Ending: what is under way comes to its end first.")
        await demo.stop()
    say("The demo has ended, and nothing of it is kept.")
    return 0
