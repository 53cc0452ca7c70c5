"""What a probe is told: whether the process turns, whether it should get work, and why not."""

import asyncio
import base64
import shutil
import threading
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot import health
from bot.app import App, build
from bot.settings import Settings
from bot.slack.platform import SlackPlatform
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from storage.sealing import Keyring
from storage.store import Store
from storage.vitals import Vitals
from tests.stage import MONDAY_MORNING, StillWorld, staged

KEY, OTHER = bytes(32), bytes(range(32))
CHECKS = {"database", "migrations", "clock", "keys", "planner", "draining"}


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """A bot without a platform, whose planner has looked once."""
    settings = {
        "database_url": f"sqlite:///{tmp_path / 'a.db'}",
        "port": 0,
        "mentor_keys": SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    }
    app = build(Settings.model_validate(settings), StillWorld(MONDAY_MORNING), [])
    await app.open()
    await app.planner.plan()
    yield app
    await app.stop()


async def asked(app: App, path: str = "/readyz") -> tuple[int, Mapping[str, Any]]:
    """Status and JSON."""
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{app.server.port}{path}") as answer:
        return answer.status, await answer.json()


async def failing(app: App) -> Mapping[str, str]:
    """The checks that are not passed; none when it is ready."""
    status, said = await asked(app)
    wrong = {name: why for name, why in said["checks"].items() if why != "ok"}
    assert (status, said["ready"]) == ((503, False) if wrong else (200, True))
    return wrong


async def test_a_process_at_work_is_alive_and_ready(app: App) -> None:
    assert await asked(app, "/healthz") == (200, {"status": "ok"})
    status, said = await asked(app)
    assert (status, said["checks"].keys()) == (200, CHECKS)


async def test_before_the_first_look_at_what_is_due_it_is_not_ready(app: App) -> None:
    app.planner.succeeded_at = None
    assert await failing(app) == {"planner": "it has not planned yet"}


async def test_a_planner_that_stands_still_is_told(app: App) -> None:
    app.planner.succeeded_at = app.kit.now() - timedelta(seconds=31)
    assert await failing(app) == {"planner": "it planned last 31 seconds ago"}


async def test_a_process_that_ends_wants_no_more_work_and_is_still_alive(app: App) -> None:
    app.health.draining = True
    assert await failing(app) == {"draining": "the process is ending"}
    assert await asked(app, "/healthz") == (200, {"status": "ok"})


async def test_a_database_that_is_not_at_the_newest_revision_is_told(app: App) -> None:
    with app.kit.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert await failing(app) == {"migrations": f"it is at 0000, not at {app.health.revision}"}


async def test_words_under_a_key_that_is_gone_are_told_by_the_id_of_the_key(app: App) -> None:
    with app.kit.database.transaction() as connection:
        seal_an_answer(Store(connection, Keyring((OTHER,), lambda: b"twelve bytes")), app.kit.now())
    wrong = await failing(app)
    assert wrong == {"keys": f"MENTOR_KEYS lacks {next(iter(Keyring((OTHER,), bytes).ids))}"}


async def test_a_clock_that_is_far_from_the_databases_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vitals, "clock", lambda _: app.kit.now() + timedelta(seconds=2.5))
    assert await failing(app) == {"clock": "it is 2.5 seconds from the database's"}


async def test_with_socket_mode_a_process_without_a_connection_is_not_ready(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'a.db')}"
    async with staged(url, sockets=True) as stage:
        await stage.app.planner.plan()
        assert await failing(stage.app) == {}
        monkeypatch.setattr(SlackPlatform, "connected", 0)
        assert await failing(stage.app) == {"slack": "it is not connected"}


async def test_a_database_that_fails_is_told_without_its_words(app: App) -> None:
    with app.kit.database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE answers RENAME COLUMN sealed TO gone")
    wrong = await failing(app)
    assert wrong.keys() == {"database", "migrations", "clock", "keys"}
    assert wrong["database"] == "OperationalError"


async def test_a_database_that_does_not_answer_holds_nobody_up(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    let_go = threading.Event()
    busy = app.kit.database.submit(let_go.wait)
    try:
        assert (await failing(app))["database"] == "it does not answer"
        assert await asked(app, "/healthz") == (200, {"status": "ok"})
    finally:
        let_go.set()
    await asyncio.wrap_future(busy)


async def test_many_probes_ask_the_database_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = count()
    real = Vitals.revision

    def counted(vitals: Vitals) -> str | None:
        next(looks)
        return real(vitals)

    monkeypatch.setattr(Vitals, "revision", counted)
    await asyncio.gather(*(failing(app) for _ in range(20)))
    assert next(looks) == 1


def seal_an_answer(store: Store, now: datetime) -> None:
    """A private answer of somebody."""
    person = store.people.meet(Account("slack", "T1", "U1"), Profile("Ines", "UTC", "en"), "p1")
    cohort = Cohort("c1", "p1", "Spring", CohortState.OPEN, now.date())
    store.programmes.add(Programme("p1", "Spring", Design(), "nobody", now), cohort)
    participant = Participant("in1", "c1", person.id, Standing.JOINED, frozenset({Role.MENTEE}), capacity=1)
    store.participants.add(participant, source="command", at=now)
    store.participants.answer("in1", "story", "private words", private=True, at=now)
