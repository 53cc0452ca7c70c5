"""`alongside bench ack`: how fast `/mentor status` is acknowledged, beside a one-row bolt app and a bare one."""

import base64
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.app import App, build
from bot.bench.child import Child
from bot.bench.free import TEAM
from bot.bench.lag import at
from bot.bench.workload import on_slack, people_programme
from bot.database_thread import run
from bot.memory import keep_what_stands
from bot.playground import server
from bot.playground.members import AppIdentity, Company, Member
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.settings import Settings
from bot.slack import guard
from bot.slack.platform import connect
from bot.web import Server, application
from bot.world import World
from storage.audit import Audit

IN_FLIGHT = 50
PEOPLE = 200
"""Who ask."""


@dataclass(frozen=True, slots=True)
class Result:
    """One server under load: milliseconds at the median, at the 99th percentile and at worst, requests a second."""

    name: str
    p50: float
    p99: float
    worst: float
    rate: float
    wrong: int


async def measure(requests: int) -> list[Result]:
    """Load the three servers one after the other, twice, and keep the better round of each."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        workspace = _workspace()
        serving = await server.serve(workspace)
        app = await _started(workspace, Path(folder))
        one_row = await _bolt(workspace, partial(_commit_one_row, app))
        bare = await _bolt(workspace, _do_nothing)
        servers = (("status", app.server.port), ("one row", one_row.port), ("bare bolt", bare.port))
        keep_what_stands()
        best: dict[str, Result] = {}
        for turn in range(2):
            for name, port in servers:
                found = await load(
                    name, f"http://127.0.0.1:{port}/slack/events", workspace.signing_secret, requests, turn
                )
                best[name] = max(best.get(name, found), found, key=lambda result: result.rate)
        for started in (one_row, bare):
            await started.stop()
        await app.stop()
        await serving.stop()
        return list(best.values())


def report(results: list[Result]) -> str:
    """A table and the ratio that counts."""
    lines = [f"{IN_FLIGHT} requests in flight, {PEOPLE} people, SQLite with synchronous=FULL", ""]
    lines.append(f"{'':10}{'p50 ms':>9}{'p99 ms':>9}{'worst ms':>10}{'requests/s':>12}{'not 200':>9}")
    lines += [
        f"{one.name:10}{one.p50:9.1f}{one.p99:9.1f}{one.worst:10.1f}{one.rate:12.0f}{one.wrong:9}" for one in results
    ]
    rate = {one.name: one.rate for one in results}
    lines.append("")
    lines.append(f"status to one row:   {rate['status'] / rate['one row']:.2f} (wanted: at least 0.50)")
    lines.append(f"status to bare bolt: {rate['status'] / rate['bare bolt']:.2f}")
    return "\n".join(lines)


def _workspace() -> Workspace:
    world = World()
    members = tuple(
        Member(id=f"U{number:05}", name=f"Person {number}", handle=f"p{number}", title="", tz="Europe/Lisbon")
        for number in range(PEOPLE)
    )
    identity = AppIdentity(user="U0BOT", bot="B0BOT", app="A1", name="Alongside", commands=("/mentor", "/mentor-admin"))
    company = Company(team=TEAM, name="Bench", domain="bench", app=identity, members=members, channels=())
    real: Callable[[], float] = lambda: world.now().timestamp()  # noqa: E731 - one clock, three names
    # The bench asks for how fast we answer, not for how the workspace limits us: its limits see an hour a second.
    times = Times(now=world.now, real=real, limits=lambda: real() * 3600, sleep=world.sleep)
    return Workspace(company=company, times=times, new_id=world.new_id)


async def _started(workspace: Workspace, folder: Path) -> App:
    world = World()
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder / 'bench.db'}",
            "port": 0,
            "slack_bot_token": SecretStr(workspace.token),
            "slack_signing_secret": SecretStr(workspace.signing_secret),
            "slack_api_url": workspace.api_url,
            "mentor_keys": SecretStr(base64.urlsafe_b64encode(world.new_key()).decode()),
        }
    )
    app = build(settings, world, [connect])
    await app.open()
    await run(app.kit.database, partial(people_programme, app.kit, on_slack(PEOPLE, TEAM)))
    return app


async def _bolt(workspace: Workspace, work: Callable[[], Awaitable[None]]) -> Server:
    """A bolt app with one command that does the work before it acknowledges, behind the same door as ours."""
    identity = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token=workspace.token, bot_id="B0BOT", bot_user_id="U0BOT"
    )

    async def authorize() -> AuthorizeResult:
        return identity

    bolt = AsyncApp(
        authorize=authorize,
        signing_secret=workspace.signing_secret,
        process_before_response=True,
        request_verification_enabled=False,
    )

    @bolt.command("/mentor")
    async def command(ack: AsyncAck) -> None:
        await work()
        await ack("done")

    routes: list[web.RouteDef] = guard.routes(bolt, workspace.signing_secret)
    started = Server(application(routes), "127.0.0.1", 0)
    await started.start()
    return started


async def _commit_one_row(app: App) -> None:
    await run(app.kit.database, partial(_insert, app))


def _insert(app: App) -> None:
    with app.kit.database.transaction() as connection:
        Audit(connection).note(app.kit.new_id(), person="b", verb="bench", outcome="done", at=app.kit.now())


async def _do_nothing() -> None:
    return


async def load(name: str, url: str, secret: str, requests: int, turn: int) -> Result:
    """Ask that server for the status of one person after the other, so many in flight."""
    asked = {
        "url": url,
        "secret": secret,
        "team": TEAM,
        "requests": requests,
        "in_flight": IN_FLIGHT,
        "people": PEOPLE,
        "run": f"{name}-{turn}",
        "now": int(World().now().timestamp()),
    }
    caller = await Child.start("bot.bench.load", asked)
    answer = await caller.hear()
    await caller.end()
    took = answer["took"]
    return Result(
        name=name,
        p50=at(took, 0.5) * 1000,
        p99=at(took, 0.99) * 1000,
        worst=took[-1] * 1000,
        rate=len(took) / answer["all"],
        wrong=answer["wrong"],
    )
