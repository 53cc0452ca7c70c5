"""PostgreSQL crashes, hangs, or is gone exactly when a transaction commits: workers live on, nothing is lost."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy import make_url, text

from bot.playground.deliver import Delivery, deliver_event
from bot.playground.payloads import written
from storage.outbox import State
from tests.engine.company import PEOPLE, letters
from tests.engine.fleet import Fleet
from tests.engine.proxy import Cut, Proxy, proxy_to
from tests.engine.test_gestures import typed
from tests.postgres import Server


@asynccontextmanager
async def behind_a_proxy(fleet: Fleet) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before the fleet's database, and the address by which a worker goes through it."""
    given = make_url(fleet.url)
    socket = f"{given.query['host']}/.s.PGSQL.{given.port or 5432}"

    async def way() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(socket)

    async with proxy_to(way) as proxy:
        url = given.set(query={}, host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
        yield proxy, url


async def say(fleet: Fleet, user: str, words: str) -> Delivery:
    """Somebody writes to the bot."""
    return await deliver_event(fleet.workspace, written(fleet.workspace, typed(fleet, user, words)), who=user)


def answered(fleet: Fleet) -> int:
    """How many of these were answered."""
    with fleet.engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM outbox WHERE key LIKE 'typed:%'")).scalar_one()
    return count


def _sent_more_than(fleet: Fleet, number: int) -> bool:
    return fleet.states().get(State.SENT, 0) > number


def _has_cut(proxy: Proxy, times: int) -> bool:
    return proxy.cuts == times


async def test_four_crashes_of_the_database_lose_nothing_and_the_workers_live_on(
    surviving: Fleet, durable: Server, dice: random.Random
) -> None:
    workers = await surviving.start_several(2)
    writing: list[asyncio.Task[Delivery]] = []
    for n in range(4):
        surviving.put(letters(60, prefix=f"crash-{n}", pairs=0))
        await surviving.until(
            partial(_sent_more_than, surviving, n * 60 + 10), engine_seconds=200, what="some messages"
        )
        writing += [asyncio.create_task(say(surviving, user, "What now?")) for user in dice.sample(PEOPLE, 5)]
        await surviving.wait(dice.uniform(0.0, 0.3))
        await asyncio.to_thread(durable.stop_immediately)
        await asyncio.to_thread(durable.start)
    await asyncio.gather(*writing)
    await surviving.workspace.settled()
    await surviving.finished(engine_seconds=400)

    assert [worker.alive for worker in workers] == [True, True]
    assert answered(surviving) == len(writing)
    figures = surviving.check()
    assert figures.sent == figures.posts


async def test_without_the_database_nothing_is_acknowledged_and_soon_after_it_all_is(replicas: Fleet) -> None:
    async with behind_a_proxy(replicas) as (proxy, url):
        await replicas.start(url=url)
        assert (await say(replicas, PEOPLE[0], "before")).taken

        proxy.cut()
        refused = await say(replicas, PEOPLE[1], "meanwhile")
        assert refused.status == 500
        assert answered(replicas) == 1
        proxy.mend()

        again = await say(replicas, PEOPLE[2], "afterwards")
        assert again.taken
        assert again.milliseconds < 5_000
        await replicas.workspace.settled()
        assert answered(replicas) == 3
        await replicas.finished(engine_seconds=200)
        replicas.check()


async def test_a_database_that_falls_silent_is_not_waited_for_longer_than_it_is_silent(replicas: Fleet) -> None:
    replicas.workspace.ack_seconds = 1
    async with behind_a_proxy(replicas) as (proxy, url):
        await replicas.start(url=url)
        proxy.delay = 60
        silent = await say(replicas, PEOPLE[0], "meanwhile")
        assert silent.reason == "http_timeout"
        proxy.cut()
        proxy.mend()

        replicas.workspace.ack_seconds = 5
        assert (await say(replicas, PEOPLE[1], "afterwards")).taken
        await replicas.workspace.settled()
        assert answered(replicas) == 2
        await replicas.finished(engine_seconds=200)
        replicas.check()


@pytest.mark.parametrize("where", Cut)
async def test_a_gesture_whose_commit_met_a_cut_wire_counts_once(replicas: Fleet, where: Cut) -> None:
    async with behind_a_proxy(replicas) as (proxy, url):
        await replicas.start(url=url)
        for n, user in enumerate(PEOPLE[:5], start=1):
            proxy.cut_at_commit(where, after=b"INSERT INTO inbox")
            await say(replicas, user, "What now?")
            await replicas.workspace.settled()
            assert answered(replicas) == n
        await replicas.finished(engine_seconds=300)

        assert proxy.cuts == 5
        replicas.check()


@pytest.mark.parametrize("where", Cut)
async def test_messages_whose_commits_met_a_cut_wire_arrive_once(replicas: Fleet, where: Cut) -> None:
    async with behind_a_proxy(replicas) as (proxy, url):
        worker = await replicas.start(url=url)
        replicas.put(letters(120, pairs=0))
        for n in range(1, 9):
            proxy.cut_at_commit(where)
            await replicas.until(partial(_has_cut, proxy, n), engine_seconds=100, what="a commit to cut")
        await replicas.finished(engine_seconds=300)

        assert worker.alive
        figures = replicas.check()
        assert figures.sent == figures.posts


async def test_a_slow_database_slows_down_and_loses_nothing(replicas: Fleet) -> None:
    async with behind_a_proxy(replicas) as (proxy, url):
        worker = await replicas.start(url=url)
        replicas.put(letters(60, pairs=0))
        await replicas.until(lambda: State.SENDING in replicas.states(), engine_seconds=60, what="a message on its way")
        proxy.delay = replicas.tempo.real(5)
        await replicas.wait(replicas.tempo.real(30))
        proxy.mend()
        await replicas.finished(engine_seconds=300)

        assert worker.alive
        figures = replicas.check()
        assert figures.sent == figures.posts
