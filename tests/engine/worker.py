"""A worker: `serve` in a process of its own, at the tempo of the test."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

import aiohttp

from bot import logs, serving
from bot.app import App
from bot.scheduler import Beat
from tests.engine.failpoints import Failpoint, arm
from tests.engine.tempo import FastWorld, Tempo

TIMEOUT = 10.0
"""Seconds of the engine for one call to the platform, as in production; it must end well before the lease."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told: the settings as environment variables, and where its words go."""

    environment: Mapping[str, str]
    tempo: Tempo
    log: Path
    failpoint: Failpoint | None = None
    timeout: float = TIMEOUT


def run(orders: Orders, ready: "Connection[int, int]") -> None:
    """The process: says its port once it serves."""
    words = os.open(orders.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(words, stream)
    os.environ.update(orders.environment)
    logs.set_up()
    hasten(orders.tempo, orders.timeout)
    tell(ready)
    if orders.failpoint is not None:
        arm(orders.failpoint)
    sys.exit(asyncio.run(serving.run_until_told()))


def hasten(tempo: Tempo, timeout: float) -> None:
    """Let the clock, the metronome and the platform's timeouts follow the tempo."""

    def faster(name: str, seconds: float, act: Callable[[], Awaitable[object]]) -> Beat:
        return Beat(name, tempo.real(seconds), act)

    mock.patch("bot.app.Beat", faster).start()
    mock.patch("bot.serving.World", return_value=FastWorld(tempo)).start()
    patience = aiohttp.ClientTimeout(total=tempo.real(timeout), connect=tempo.real(timeout))
    mock.patch("bot.slack.platform.PATIENCE", patience).start()


def tell(ready: "Connection[int, int]") -> None:
    """Say the port as soon as time passes for this worker."""
    live = App.live

    def telling(app: App) -> None:
        live(app)
        ready.send(app.server.port)

    mock.patch("bot.app.App.live", telling).start()
