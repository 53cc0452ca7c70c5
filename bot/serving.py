"""`alongside serve`: the bot against real workspaces, until it is told to stop."""

import asyncio
import signal

import structlog

from bot.app import build
from bot.migrating import NewerSchema
from bot.settings import SettingsFault, read
from bot.slack.platform import connect
from bot.world import World
from flows.pack_fault import PackFault
from storage.file_lock import InUse

log = structlog.get_logger()


async def run_until_told() -> int:
    """Serve until SIGTERM or SIGINT. The exit status: 0, or 1 when it could not start, with the reason in the log."""
    try:
        settings = read()
        if settings.slack_bot_token is None:
            raise SettingsFault(
                "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are missing: there is nothing to serve. "
                "For Socket Mode set SLACK_APP_TOKEN in place of the secret"
            )
        app = build(settings, World(), [connect])
        try:
            await app.open()
        except BaseException:
            await app.stop()
            raise
    except (SettingsFault, PackFault, NewerSchema, InUse, ConnectionError, OSError) as fault:
        log.error("could not start", fault=str(fault))
        return 1
    app.live()
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    log.info("serving", address=f"{settings.host}:{app.server.port}")
    await told.wait()
    await app.stop()
    return 0
