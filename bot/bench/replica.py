"""One replica of Alongside under the engine's bench: it writes letters in turns, plans and sends, built by the
composition root like `alongside serve`. It is asked with a `Share`, and with what is `permitted`."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial

from pydantic import SecretStr

from bot import logs
from bot.app import App, build
from bot.bench import child, workload
from bot.bench.child import Json
from bot.bench.free import TEAM
from bot.bench.paced import paced
from bot.bench.workload import Share
from bot.database_thread import run_turn
from bot.memory import keep_what_stands
from bot.settings import Settings
from bot.world import World

WRITERS = 10
"""Turns in flight."""
IDLE = 0.05
"""Seconds between two looks at the schedule when nothing was due; the metronome's five would be all that is seen."""


def replica(share: Share, permitted: Json) -> App:
    """The bot, not started, at the free platform, held to what is permitted there; `{}` is no limit to speak of."""
    settings = Settings.model_validate(
        {
            "database_url": share.url,
            "port": 0,
            "slack_bot_token": SecretStr("xoxb-bench"),
            "slack_signing_secret": SecretStr(TEAM),
            "slack_api_url": share.api_url,
            "mentor_keys": SecretStr(workload.KEY),
        }
    )
    return build(settings, World(), [paced(permitted)])


async def _serve(share: Share, permitted: Json) -> None:
    app = replica(share, permitted)
    await app.open()
    keep_what_stands()
    child.answer({"ready": True})
    await child.told()
    begun = time.process_time()
    app.live()
    planning = asyncio.create_task(_plan(app))
    numbers = iter(range(share.first + share.first % 2, share.end, 2))
    await asyncio.gather(*(_write(app, numbers) for _ in range(WRITERS)))
    child.answer({"written": True})
    await child.told()
    planning.cancel()
    await asyncio.wait([planning])
    await app.stop()
    child.answer({"cpu": time.process_time() - begun})


async def _write(app: App, numbers: Iterator[int]) -> None:
    for number in numbers:
        await run_turn(app.kit.database, partial(workload.write_letter, app.kit, number))


async def _plan(app: App) -> None:
    while True:
        await app.planner.plan()
        await asyncio.sleep(IDLE)


def main() -> None:
    """A process of its own."""
    logs.set_up()
    asked = child.asked()
    permitted = asked.pop("permitted", {})
    asyncio.run(_serve(Share(**asked), permitted))
