"""`alongside serve`: the bot against real workspaces, until it is told to stop."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

import structlog
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Connect, build
from bot.database_faults import in_a_line
from bot.memory import keep_what_stands
from bot.schema import SchemaFault
from bot.settings import Settings, SettingsFault, read
from bot.version import VERSION
from bot.world import World
from flows.pack_fault import PackFault
from storage.copying import CopyFault
from storage.file_lock import InUse, NoFolder

log = structlog.get_logger()
SIGNALS = (signal.SIGTERM, signal.SIGINT)
LAST_RESORT = 30
"""Seconds after which the kernel ends a process that cannot end by itself, such as one whose disk does not answer."""


async def run_until_told() -> int:
    """Serve until SIGTERM or SIGINT. The exit status: 0, or 1 when it could not start, with the reason in the log."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    try:
        settings = read()
        if settings.missing:
            raise SettingsFault(settings.missing)
        log.info("starting", version=VERSION, database=_database(settings.database_url), transport=_transport(settings))
        app = build(settings, World(), platforms(settings))
        # From here on a signal ends what is half open in its order, too. Another one changes nothing.
        for number in SIGNALS:
            loop.add_signal_handler(number, told.set)
        try:
            await app.open()
        except BaseException:
            await app.stop()
            raise
    except NoFolder as fault:
        log.error("could not start", fault=f"DATABASE_URL: {fault}")
        return 1
    except (SettingsFault, PackFault, SchemaFault, CopyFault, InUse, ConnectionError, OSError) as fault:
        log.error("could not start", fault=str(fault))
        return 1
    except SQLAlchemyError as failure:
        log.error("could not start", fault=in_a_line(failure, settings.database_url, name="DATABASE_URL"))
        return 1
    keep_what_stands()
    app.live()
    log.info("serving", address=f"{settings.host}:{app.server.port}")
    await told.wait()
    signal.alarm(LAST_RESORT)
    began = loop.time()
    log.info("stopping")
    await app.stop()
    # The loop takes its handlers along when it closes; a late signal must not turn a clean end into another one.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    log.info("stopped", seconds=round(loop.time() - began, 1))
    return 0


def platforms(settings: Settings) -> Sequence[Connect]:
    """The platforms that the settings name. Each brings an SDK of its own, fifty megabytes and more in memory, so one
    that is not used is not imported."""
    found: list[Connect] = []
    if settings.slack_bot_token is not None:
        from bot.slack.platform import connect as connect_slack

        found.append(connect_slack)
    if settings.teams_app_id is not None:
        from bot.teams.platform import connect as connect_teams

        found.append(connect_teams)
    return found


def _database(url: str) -> str:
    """Which database, without user and password."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        return f"SQLite, {Path(where.database or '').absolute()}"
    return f"PostgreSQL, {where.database} on {where.host or 'this machine'}"


def _transport(settings: Settings) -> str:
    """How gestures come: on Slack, Socket Mode goes before HTTP where both are set."""
    slack = "Slack over HTTP" if settings.slack_app_token is None else "Slack over Socket Mode"
    here = {slack: settings.slack_bot_token is not None, "Teams over HTTP": settings.teams_app_id is not None}
    return " and ".join(name for name, there in here.items() if there)
