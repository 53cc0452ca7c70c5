"""Where a worker dies or stalls on purpose. The product knows nothing of it: its functions are wrapped from outside."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unittest import mock

import bot.app
import bot.sender
from bot.slack.send import SlackMessenger


class Point(StrEnum):
    """Moments in the life of a post and of a gesture."""

    AFTER_CLAIM = "after claim"
    AFTER_INTENT = "after intent"
    AFTER_SEND = "after send"
    BEFORE_RESULT = "before result"
    BEFORE_ACKNOWLEDGEMENT = "between commit and acknowledgement"


@dataclass(frozen=True, slots=True)
class Failpoint:
    """At the `nth` passing of the point the process kills itself, or stalls for so many real seconds."""

    point: Point
    nth: int = 1
    stalls: float = 0.0


def arm(failpoint: Failpoint) -> None:
    """Wrap what the point lies behind. Once a process has passed it, it is never armed again."""
    passed = 0

    def strike() -> None:
        nonlocal passed
        passed += 1
        if passed != failpoint.nth:
            return
        if not failpoint.stalls:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(failpoint.stalls)

    match failpoint.point:
        case Point.AFTER_CLAIM:
            _replace("bot.sender.claim", _struck_after(_named(bot.sender, "claim"), strike))
        case Point.AFTER_INTENT:
            _replace("bot.sender.intend", _struck_after(_named(bot.sender, "intend"), strike))
        case Point.BEFORE_RESULT:
            _replace("bot.sender.settle", _struck_before(_named(bot.sender, "settle"), strike))
        case Point.AFTER_SEND:
            post = SlackMessenger.post

            async def posted(*given: Any, **named: Any) -> Any:
                outcome = await post(*given, **named)
                strike()
                return outcome

            _replace("bot.slack.send.SlackMessenger.post", posted)
        case Point.BEFORE_ACKNOWLEDGEMENT:
            run_turn = _named(bot.app, "run_turn")

            async def committed(*given: Any, **named: Any) -> Any:
                reply = await run_turn(*given, **named)
                strike()
                return reply

            _replace("bot.app.run_turn", committed)


def _named(module: object, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(module, name)
    return found


def _replace(name: str, by: Callable[..., Any]) -> None:
    mock.patch(name, by).start()


def _struck_after(work: Callable[..., Any], strike: Callable[[], None]) -> Callable[..., Any]:
    def wrapped(*given: Any, **named: Any) -> Any:
        result = work(*given, **named)
        if result:
            strike()
        return result

    return wrapped


def _struck_before(work: Callable[..., Any], strike: Callable[[], None]) -> Callable[..., Any]:
    def wrapped(*given: Any, **named: Any) -> Any:
        strike()
        return work(*given, **named)

    return wrapped
