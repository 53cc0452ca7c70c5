"""`alongside bench teams`: how fast a message and a press on Teams are answered, beside an echo on botbuilder's own
adapter."""

import os
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot.app import build
from bot.bench import workload
from bot.bench.chats import EXECUTE, MESSAGE, object_id
from bot.bench.child import Child, Json
from bot.bench.lag import at
from bot.bench.teams_figures import ADAPTER, AT_ONCE, CHECKING, IN_FLIGHT, OPEN, SLOW, TURN, Figures, Result
from bot.database_thread import run
from bot.memory import keep_what_stands
from bot.settings import Settings
from bot.teams.platform import connect
from bot.web import Server, application
from bot.world import World
from flows.people import Account
from flows.voice.message import Message, Paragraph, Plain
from handlers.inbound import Inbound, Pressed, Reply, Where

PEOPLE = 200
APP, TENANT = object_id(900_000), object_id(900_001)


async def measure(requests: int, people: int = PEOPLE) -> Figures:
    """Load the servers one after the other, twice, and keep the better round of each."""
    load = os.getloadavg()[0]
    at_once = min(AT_ONCE, people)
    chats = await Child.start("bot.bench.chats", {})
    address = str((await chats.hear())["address"])
    best: dict[tuple[str, str], Result] = {}
    slow: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        async with _servers(address, Path(folder), people) as ports:
            calls = {name: _Call(chats, f"{address}/teams", name, port, people) for name, port in ports.items()}
            for call in calls.values():
                for kind in (MESSAGE, EXECUTE):
                    await call.load(kind, people, "first")
            keep_what_stands()
            for turn in ("second", "third"):
                for name, call in calls.items():
                    for kind in (MESSAGE, EXECUTE):
                        found = await call.load(kind, requests, turn)
                        known = best.get((name, kind), found)
                        best[name, kind] = max(known, found, key=lambda result: result.rate)
            for name, call in calls.items():
                slow[name] = await call.at_once(at_once)
    await chats.end()
    return Figures(load, people, at_once, list(best.values()), slow)


@dataclass(frozen=True, slots=True)
class _Call:
    """One server, and the people who use it."""

    chats: Child
    service: str
    name: str
    port: int
    people: int

    async def load(self, kind: str, requests: int, turn: str) -> Result:
        begun = time.process_time()
        found = await self._ask(kind, requests, IN_FLIGHT, 0, turn)
        cpu = time.process_time() - begun
        replied = found["replied"]
        return Result(
            server=self.name,
            kind=kind,
            answered=_middle_and_end(found["answered"]),
            replied=_middle_and_end(replied) if replied else None,
            rate=requests / found["all"],
            cpu=cpu / requests * 1000,
            failed=found["failed"],
        )

    async def at_once(self, requests: int) -> float:
        """Seconds until all replies were there."""
        found = await self._ask(MESSAGE, requests, requests, SLOW, "slow")
        return float(found["all"])

    async def _ask(self, kind: str, requests: int, in_flight: int, delay: float, turn: str) -> Json:
        await self.chats.tell(
            {
                "url": f"http://127.0.0.1:{self.port}/api/messages",
                "app": "" if self.name == OPEN else APP,
                "activity": _activity(kind, self.service),
                "requests": requests,
                "in_flight": in_flight,
                "people": self.people,
                "delay": delay,
                "run": f"{kind}-{turn}",
            }
        )
        return await self.chats.hear()


def _middle_and_end(seconds: list[float]) -> tuple[float, float]:
    return at(seconds, 0.5) * 1000, at(seconds, 0.99) * 1000


def _activity(kind: str, service: str) -> Json:
    """As Teams tells it, without whoever acts."""
    told: Json = {
        "type": "message" if kind == MESSAGE else "invoke",
        "channelId": "msteams",
        "serviceUrl": service,
        "timestamp": World().now().isoformat(),
        "localTimezone": "Europe/Lisbon",
        "locale": "en-GB",
        "recipient": {"id": f"28:{APP}", "name": "Alongside"},
        "conversation": {"conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [
            {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web", "timezone": "Europe/Lisbon"}
        ],
    }
    if kind == MESSAGE:
        return told | {"text": "status", "textFormat": "plain"}
    action = {"type": "Action.Execute", "verb": "standing.stay", "data": {"a": {}}}
    return told | {
        "name": "adaptiveCard/action",
        "replyToId": "1",
        "value": {"action": action, "trigger": "manual"},
    }


@asynccontextmanager
async def _servers(address: str, folder: Path, people: int) -> AsyncIterator[Mapping[str, int]]:
    """The whole bot; its adapter with a turn that stores nothing; the echoes where they are installed. Their ports."""
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder / 'bench.db'}",
            "port": 0,
            "teams_app_id": APP,
            "teams_app_password": SecretStr("bench"),
            "teams_tenant_id": TENANT,
            "teams_login_url": f"{address}/login",
            "teams_openid_url": f"{address}/openid",
            "teams_service_hosts": address.removeprefix("http://"),
            "mentor_keys": SecretStr(workload.KEY),
        }
    )
    app = build(settings, World(), [connect])
    await app.open()
    accounts = [Account("teams", TENANT, object_id(number)) for number in range(people)]
    await run(app.kit.database, partial(workload.people_programme, app.kit, accounts))
    alone = connect(settings, app.kit, _say)
    await alone.start()
    routes: dict[str, Sequence[web.RouteDef]] = {ADAPTER: alone.routes}
    if find_spec("botbuilder.integration") is not None:
        from bot.bench import cloud_adapter

        routes[CHECKING] = cloud_adapter.checking(APP, f"{address}/openid")
        routes[OPEN] = cloud_adapter.open_to_all()
    servers = {name: Server(application(entry), "127.0.0.1", 0) for name, entry in routes.items()}
    for server in servers.values():
        await server.start()
    yield {TURN: app.server.port} | {name: server.port for name, server in servers.items()}
    for server in servers.values():
        await server.stop()
    await alone.stop()
    await app.stop()


async def _say(inbound: Inbound) -> Reply:
    """What the echo says."""
    if isinstance(inbound.what, Pressed):
        return Reply(_told("You pressed"), Where.INSTEAD)
    return Reply(_told("You said status"), Where.BELOW)


def _told(words: str) -> Message:
    return Message(words, (Paragraph((Plain(words),)),))
