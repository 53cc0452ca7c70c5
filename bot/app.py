"""The composition root: builds the whole bot from settings and a world; starts and stops it in order."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from bot.database_thread import run, run_turn
from bot.migrating import migrate
from bot.planner import Planner
from bot.platform import Platform, Take
from bot.scheduler import Beat, Metronome
from bot.sender import Sender
from bot.settings import Settings, SettingsFault
from bot.web import Server, application
from bot.world import World
from flows import content
from handlers.delivering import free_expired
from handlers.inbound import Inbound, Reply
from handlers.kit import Kit
from handlers.maintaining import maintain
from handlers.router import dispatch
from storage import packs
from storage.database import Database
from storage.file_lock import Held, InUse, file_of, hold, remote_file_system
from storage.sealing import Keyring


class App:
    """The running bot. Everything that a test, the demo or the command line needs of it is an attribute."""

    def __init__(self, settings: Settings, world: World, kit: Kit, platforms: Sequence[Platform]) -> None:
        self.kit = kit
        self.world = world
        self.platforms = platforms
        self.sender = Sender(kit, {platform.name: platform.messenger for platform in platforms}, world.new_id())
        routes = [route for platform in platforms for route in platform.routes]
        self.server = Server(application(routes), settings.host, settings.port)
        self.planner = Planner(kit, self.sender.ring)
        self._metronome = Metronome(
            [
                Beat("plan", 5, self.planner.plan),
                Beat("ring", 1, self._ring),
                Beat("reap", 10, self._reap),
                Beat("maintain", 3600, self._maintain),
            ]
        )
        self._sending: asyncio.Task[None] | None = None
        self._held: Held | None = None

    async def open(self) -> None:
        """Migrate, connect, listen: people can act, but no time passes yet. Raises InUse."""
        self._held = _alone(self.kit.database)
        await run(self.kit.database, partial(migrate, self.kit.database))
        for platform in self.platforms:
            await platform.start()
        await self.server.start()

    def live(self) -> None:
        """Let time pass: plan and send from now on."""
        self._sending = asyncio.create_task(self.sender.serve())
        self._metronome.start()

    async def stop(self) -> None:
        """Let nothing new in, finish what is under way, then close the database."""
        self.planner.end()
        await self._metronome.stop()
        await self.server.stop()
        if self._sending is not None:
            self.sender.end()
            await self._sending
        for platform in self.platforms:
            await platform.stop()
        self.kit.database.close()
        if self._held is not None:
            self._held.release()

    async def _reap(self) -> None:
        await run(self.kit.database, partial(free_expired, self.kit))

    async def _maintain(self) -> None:
        await run(self.kit.database, partial(maintain, self.kit))

    async def _ring(self) -> None:
        self.sender.ring()


def _alone(database: Database) -> Held | None:
    """The lock on a database in a file: two processes on one would both plan and send. Raises InUse."""
    file = file_of(database.engine.url)
    if file is None:
        return None
    kind = remote_file_system(file)
    if kind is not None:
        raise InUse(f"{file} is on a network file system ({kind}), where SQLite is not safe: use a local disk")
    return hold(file)


Connect = Callable[[Settings, Kit, Take], Platform]
"""Makes a platform from its settings; `Take` is what it does with a gesture."""


def build(settings: Settings, world: World, connects: Sequence[Connect]) -> App:
    """The bot, not started. Raises SettingsFault, PackFault: then nothing was opened."""
    if settings.mentor_keys is None:
        raise SettingsFault(
            "MENTOR_KEYS is missing: private words are kept sealed. Make a key with\n"
            '  python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
        )
    kit = Kit(
        database=Database(settings.database_url),
        content=content.parse(packs.read(settings.mentor_pack or packs.DEFAULT)),
        keyring=Keyring(Keyring.parse(settings.mentor_keys.get_secret_value()), world.nonce),
        now=world.now,
        new_id=world.new_id,
        owners=settings.owners,
    )
    bells: list[Sender] = []

    async def take(inbound: Inbound) -> Reply | None:
        reply = await run_turn(kit.database, partial(dispatch, inbound, kit))
        for bell in bells:
            bell.ring()
        return reply

    app = App(settings, world, kit, [connect(settings, kit, take) for connect in connects])
    bells.append(app.sender)
    return app
