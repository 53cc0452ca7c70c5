"""The caller's side of a benchmark, in a process of its own: signed commands, so many in flight, and how long each
took."""

import asyncio
import hashlib
import hmac
import time
from urllib.parse import urlencode

import aiohttp

from bot.bench import child
from bot.bench.child import Json


async def run(asked: Json) -> Json:
    """Send `requests` commands to `url`, `in_flight` at once, by `people` different users in turn. The answer holds the
    seconds of each as sorted list `took`, the seconds of all as `all`, and how many were not answered with 200."""
    took: list[float] = []
    wrong = 0
    numbers = iter(range(asked["requests"]))

    async def caller(session: aiohttp.ClientSession) -> None:
        nonlocal wrong
        for number in numbers:
            body, headers = _signed(asked, number)
            begun = time.perf_counter()
            async with session.post(asked["url"], data=body, headers=headers) as answer:
                await answer.read()
                wrong += answer.status != 200
            took.append(time.perf_counter() - begun)

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        begun = time.perf_counter()
        await asyncio.gather(*(caller(session) for _ in range(asked["in_flight"])))
        lasted = time.perf_counter() - begun
    return {"took": sorted(took), "all": lasted, "wrong": wrong}


def _signed(asked: Json, number: int) -> tuple[bytes, dict[str, str]]:
    user = f"U{number % asked['people']:05}"
    form = {
        "command": "/mentor",
        "text": "status",
        "user_id": user,
        "user_name": user,
        "team_id": asked["team"],
        "team_domain": "bench",
        "channel_id": f"D{user}",
        "channel_name": "directmessage",
        "api_app_id": "A1",
        "trigger_id": f"{asked['run']}.{number}",
        "response_url": "http://127.0.0.1:9/unused",
    }
    body = urlencode(form).encode()
    stamp = str(asked["now"])
    signature = hmac.new(asked["secret"].encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }


def main() -> None:
    """A process of its own: asked with a line, it answers with one."""
    child.answer(asyncio.run(run(child.asked())))
