"""The composition root: builds the whole bot from settings and a world; starts and stops it in order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from bot.backlog import Backlog
from bot.calculator import Calculator
from bot.database_thread import run, run_turn
from bot.doorbell import Doorbell
from bot.health import Health
from bot.logs import place_of
from bot.metrics import Counted, Metrics
from bot.migrating import copy_and_migrate
from bot.planner import Planner
from bot.platform import Platform, Take
from bot.scheduler import Beat, Metronome
from bot.sender import Sender
from bot.settings import NEW_KEY, Settings, SettingsFault
from bot.web import LAST_REQUESTS, Server, application, probes, timed
from bot.world import World
from flows import content
from flows.space import Space
from handlers.ahead import read_ahead, takes_long
from handlers.calculating import take_back
from handlers.inbound import Inbound, Reply
from handlers.kit import Kit
from handlers.maintaining import maintain
from handlers.reconciling import free_expired
from handlers.router import dispatch
from storage import packs
from storage.database import Database, open_database
from storage.file_lock import Held, InUse, file_of, hold, remote_file_system
from storage.sealing import Keyring

log = structlog.get_logger()
LAST_SENDS = 20.5
"""Seconds that a stop waits for the sender, which itself gives calls under way 20."""
LAST_CALCULATION = 2.0
"""The same for a calculation under way: its process is killed, and it is given back."""
LAST_TICKS = 1.0
"""The same for a look at what is due: it is a short transaction, and one that is cut off was never committed."""
LAST_WORDS = 5.0
"""The same for answers that follow an acknowledgement."""


class App:
    """The running bot. Everything that a test, the demo or the command line needs of it is an attribute."""

    def __init__(
        self, settings: Settings, world: World, kit: Kit, platforms: Sequence[Platform], metrics: Metrics
    ) -> None:
        self.kit = kit
        self.world = world
        self.platforms = platforms
        self.metrics = metrics
        names = [platform.name for platform in platforms]
        metrics.watch(Backlog(kit, names), names, kit.now())
        messengers = {one.name: Counted(one.messenger, one.name, metrics, kit.now) for one in platforms}
        self.sender = Sender(kit, messengers, world.new_id(), world.boot_clock)
        self.doorbell = Doorbell(kit.database, self.sender.ring, world.sleep) if is_shared(kit.database) else None
        self.planner = Planner(kit, self._ring_everywhere)
        self.calculator = Calculator(kit, world.new_id(), world.boot_clock, self.sender.ring)
        self.health = Health(kit, platforms, lambda: self.planner.succeeded_at)
        routes = [timed(route, platform.name, metrics) for platform in platforms for route in platform.routes]
        self.server = Server(application([*routes, *probes(self.health, metrics)]), settings.host, settings.port)
        self._metronome = Metronome(
            [
                Beat("plan", 5, self.planner.plan),
                Beat("ring", 1, self._ring),
                Beat("calculate", 3, self.calculator.ring),
                Beat("reap", 10, self._reap),
                Beat("maintain", 3600, self._maintain),
            ]
        )
        self._sending: asyncio.Task[None] | None = None
        self._calculating: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[None]] = set()
        self._held: Held | None = None

    async def open(self) -> None:
        """Migrate, connect, listen: people can act, but no time passes yet. Raises InUse."""
        self._held = _alone(self.kit.database)
        done = await run(self.kit.database, partial(copy_and_migrate, self.kit.database, now=self.kit.now()))
        self.health.revision = done.revision
        if done.backup is not None:
            log.info("the database was changed; a copy from before is kept", address=str(done.backup))
        if self._held is not None:
            await run(self.kit.database, partial(take_back, self.kit))
        for platform in self.platforms:
            await platform.start()
        await self.server.start()

    def live(self) -> None:
        """Let time pass: plan and send from now on."""
        self._sending = asyncio.create_task(self.sender.serve())
        self._calculating = asyncio.create_task(self.calculator.serve())
        self._beside.add(asyncio.create_task(self.metrics.feel()))
        if self.doorbell is not None:
            self._beside.add(asyncio.create_task(self.doorbell.serve()))
        self._metronome.start()

    async def stop(self) -> None:
        """Take no further work, finish what is under way, then close: within 30 seconds, whatever hangs.

        Gestures are taken until the sends are through, so that nobody's press meets a closed door for that long. What
        is cut off after its time is known by its intent and asked of the platform later.
        """
        self.health.draining = True
        self.planner.end()
        await self._end_calculating()
        await self._end_sending()
        await self._in_time("ticks", self._metronome.stop(), LAST_TICKS)
        await self._in_time("server", self.server.stop(), LAST_REQUESTS + 0.5)
        await asyncio.gather(*(self._in_time(one.name, one.stop(), LAST_WORDS) for one in self.platforms))
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        self.kit.database.close()
        if self._held is not None:
            self._held.release()

    async def _end_calculating(self) -> None:
        self.calculator.end()
        if self._calculating is not None:
            await self._in_time("calculating", self._calculating, LAST_CALCULATION)

    async def _end_sending(self) -> None:
        if self._sending is not None:
            self.sender.end()
            await self._in_time("sending", self._sending, LAST_SENDS)

    async def _in_time(self, what: str, ending: Awaitable[None], seconds: float) -> None:
        """Wait that long at most; what goes wrong keeps nothing else from its end."""
        try:
            await asyncio.wait_for(ending, seconds)
        except Exception as failure:
            log.warning("no clean end", kind=what, fault=type(failure).__name__, at=place_of(failure))

    async def _reap(self) -> None:
        if not self.health.draining:
            self.metrics.leases_expired(await run(self.kit.database, partial(free_expired, self.kit)))
            self.metrics.asked(await self.sender.reconcile())

    async def _maintain(self) -> None:
        await run(self.kit.database, partial(maintain, self.kit))

    def _ring_everywhere(self) -> None:
        self.sender.ring()
        if self.doorbell is not None:
            self.doorbell.tell()

    async def _ring(self) -> None:
        self.sender.ring()


def is_shared(database: Database) -> bool:
    """Whether other processes may work on the database at the same time."""
    return database.engine.dialect.name == "postgresql"


def _alone(database: Database) -> Held | None:
    """The lock on a database in a file: two processes on one would both plan and send. Raises InUse."""
    file = file_of(database.engine.url)
    if file is None:
        return None
    kind = remote_file_system(file)
    if kind is not None:
        raise InUse(f"{file} is on a network file system ({kind}), where SQLite is not safe: use a local disk")
    try:
        return hold(file)
    except InUse as fault:
        raise InUse(f"{fault}, or move to PostgreSQL, on which several processes work together") from None


Connect = Callable[[Settings, Kit, Take], Platform]
"""Makes a platform from its settings; `Take` is what it does with a gesture."""


def build(settings: Settings, world: World, connects: Sequence[Connect]) -> App:
    """The bot, not started. Raises SettingsFault, PackFault: then nothing was opened."""
    if settings.mentor_keys is None:
        raise SettingsFault(
            f"MENTOR_KEYS is missing: private words are kept sealed. A first key is made with {NEW_KEY}"
        )
    metrics = Metrics()
    built: list[App] = []
    spaces: dict[str, Space] = {}
    kit = Kit(
        database=open_database(settings.database_url),
        content=content.parse(packs.read(settings.mentor_pack or packs.DEFAULT)),
        keyring=Keyring(Keyring.parse(settings.mentor_keys.get_secret_value()), world.nonce),
        now=world.now,
        new_id=world.new_id,
        owners=settings.owners,
        repeated=metrics.repeated,
        wanted=lambda: built[0].calculator.expect(),
        spaces=spaces,
    )

    async def take(inbound: Inbound) -> Reply | None:
        with metrics.turn(inbound.who.platform):
            if takes_long(inbound):
                inbound = await asyncio.to_thread(read_ahead, inbound, kit)
            reply = await run_turn(kit.database, partial(dispatch, inbound, kit))
        for app in built:
            app.sender.ring()
            app.calculator.turn_over()
        return reply

    connected = [connect(settings, kit, take) for connect in connects]
    # A platform works with the kit, and the kit with what platforms offer.
    spaces.update({platform.name: platform.space for platform in connected})
    app = App(settings, world, kit, connected, metrics)
    built.append(app)
    return app
