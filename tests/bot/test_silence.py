"""A database that does not answer is said once, and once more when it is back, whoever meets it."""

import asyncio
import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.database_thread import run, run_turn
from bot.logs import place_of
from bot.scheduler import Beat, Metronome
from bot.silence import is_silence
from storage.database import Database, open_database
from tests.bot.served import Gate, played, said, serving
from tests.engine.fleet import until
from tests.engine.proxy import proxy_to
from tests.postgres import Databases

OFTEN = 0.01
PATIENCE = 10


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One that answers; the work below says when it does not."""
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    yield database
    database.close()


def away() -> None:
    """Work that PostgreSQL did not answer."""
    raise OperationalError("SELECT 1", None, psycopg.OperationalError("the connection of Ines is closed"))


def back() -> None:
    """Work that it did."""


async def test_silence_is_one_warning_and_its_end_one_line_with_the_seconds(database: Database) -> None:
    with capture_logs() as logs:
        for ask in (run, run, run_turn):
            with pytest.raises(OperationalError):
                await ask(database, away)
        for ask in (run, run_turn):
            await ask(database, back)
    assert [(line["log_level"], line["event"]) for line in logs] == [
        ("warning", "the database does not answer"),
        ("info", "the database answers again"),
    ]
    assert logs[1]["seconds"] >= 0
    assert "Ines" not in repr(logs)


async def test_another_failure_is_no_silence(database: Database) -> None:
    def full() -> None:
        raise OperationalError("INSERT", None, psycopg.errors.DiskFull())

    with capture_logs() as logs, pytest.raises(OperationalError):
        await run(database, full)
    assert logs == []


def broken() -> None:
    """Work with a fault of ours."""
    raise LookupError("Ines")


@pytest.mark.parametrize(
    ("work", "told"),
    [(away, "the database does not answer"), (broken, "work failed after its caller had gone"), (back, None)],
)
async def test_work_whose_caller_has_gone_is_told_of_in_words_of_ours(
    database: Database, work: Callable[[], None], told: str | None
) -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    goes_on = threading.Event()

    def late() -> None:
        goes_on.wait(PATIENCE)
        work()

    with capture_logs() as logs:
        caller = asyncio.create_task(run(database, late))
        await asyncio.sleep(0)
        caller.cancel()
        await asyncio.wait({caller})
        goes_on.set()
        await run(database, lambda: None)
        gc.collect()
    assert complaints == []
    assert [line["event"] for line in logs if line["log_level"] != "info"] == ([told] if told else [])
    assert "Ines" not in repr(logs)


async def test_a_beat_that_meets_the_silence_adds_nothing(database: Database) -> None:
    tries, thrice = iter(range(100)), asyncio.Event()

    async def look() -> None:
        if next(tries) == 3:
            thrice.set()
        await run(database, away)

    metronome = Metronome([Beat("plan", OFTEN, look)])
    with capture_logs() as logs:
        metronome.start()
        async with asyncio.timeout(PATIENCE):
            await thrice.wait()
            await metronome.stop()
    assert [line["event"] for line in logs] == ["the database does not answer"]


def test_nobody_at_the_port_is_silence_and_its_place_is_our_own_line() -> None:
    database = open_database("postgresql+psycopg://alongside@127.0.0.1:1/nothing")
    with pytest.raises(OperationalError) as caught, database.guarded():
        raise AssertionError("nobody listens there")
    database.close()
    assert is_silence(caught.value)
    file, _, line = place_of(caught.value).rpartition(":")
    assert (file, line.isdigit()) == ("storage/postgres.py", True)


def test_a_failure_in_which_nothing_of_ours_had_a_part_has_the_place_where_it_was_raised() -> None:
    with pytest.raises(OperationalError) as caught:
        create_engine("sqlite:////nowhere/at/all.db").connect()
    assert "sqlalchemy" in place_of(caught.value)


async def test_while_postgresql_is_gone_a_bot_says_so_once_and_nothing_else(
    postgres: Databases, tmp_path: Path
) -> None:
    given = make_url(postgres.new())
    gate = Gate()
    gate.opened.set()

    async def way() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(f"{given.query['host']}/.s.PGSQL.{given.port or 5432}")

    async with played(gate) as workspace, proxy_to(way) as proxy:
        url = given.set(query={}, host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
        async with serving(workspace, url, tmp_path / "log") as served:
            proxy.cut()
            await until(lambda: "the database does not answer" in served.log.read_text(), seconds=60, what="a warning")
            await until(lambda: proxy.refused > 30, seconds=60, what="many tries")
            proxy.mend()
            await until(lambda: "the database answers again" in served.log.read_text(), seconds=60, what="its end")
            assert await served.ended() == 0
        events = [line["event"] for line in said(served.log)]
    assert events == [
        *("starting", "serving"),
        *("the database does not answer", "the database answers again"),
        *("stopping", "stopped"),
    ]
