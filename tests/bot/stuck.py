"""`alongside serve` whose database thread never comes back, as on a disk that does not answer."""

import asyncio
import sys
import threading
from unittest import mock

from bot import logs, serving
from bot.app import App

LAST_RESORT = 2


def live_on_a_dead_disk(app: App) -> None:
    """From now on the database does nothing any more."""
    app.kit.database.submit(threading.Event().wait)


if __name__ == "__main__":
    logs.set_up()
    mock.patch("bot.serving.LAST_RESORT", LAST_RESORT).start()
    mock.patch.object(App, "live", live_on_a_dead_disk).start()
    sys.exit(asyncio.run(serving.run_until_told()))
