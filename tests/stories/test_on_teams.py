"""The first minutes on Teams: the whole bot against the local tenant, on the real wire with real tokens."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.database_thread import run
from bot.playground.teams.company import TENANT
from bot.playground.teams.deliver import attempt
from bot.playground.teams.person import Person
from bot.playground.teams.server import serve
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.settings import Settings
from bot.teams.platform import connect
from bot.walk import walk
from flows.people import Account
from flows.programme import Cohort, CohortState, Design, Programme
from storage.store import Store
from tests.bot.served import KEY
from tests.stage import StillWorld

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PACE = timedelta(seconds=10)
"""Within which several messages in one chat have gone out."""


DESIGN = Design("growth", "Few stay", "one_to_one", "It is small", "More stay", "HR", 20.0, 30.0, None, "Carla Reis")


class Stage:
    """The tenant, the bot on it, and a clock that stands."""

    def __init__(self, database_url: str) -> None:
        self.world = StillWorld(MONDAY)
        times = Times(
            now=self.world.now, real=time.time, limits=lambda: self.world.now().timestamp(), sleep=self.world.sleep
        )
        self.tenant = Tenant(company=TENANT, times=times, new_id=self.world.new_id)
        self.database_url = database_url
        self.app: App

    async def begin(self) -> None:
        """The bot starts."""
        settings = Settings.model_validate(
            {
                "database_url": self.database_url,
                "port": 0,
                "mentor_keys": SecretStr(KEY),
                "mentor_owners": TENANT.members[1].id,
                "teams_app_id": self.tenant.company.app.id,
                "teams_app_password": SecretStr(self.tenant.password),
                "teams_tenant_id": self.tenant.company.id,
                "teams_login_url": self.tenant.login_url,
                "teams_openid_url": self.tenant.openid_url,
                "teams_service_hosts": self.tenant.service_host,
            }
        )
        self.app = build(settings, self.world, [connect])
        await self.app.open()
        self.tenant.app_url = f"http://127.0.0.1:{self.app.server.port}/api/messages"

    async def settle(self) -> None:
        """Everything that follows from what was done."""
        await self.tenant.settled()
        for platform in self.app.platforms:
            await platform.settled()
        await walk(self.app, self.world, self.world.now() + PACE)

    async def put_programme(self, state: CohortState = CohortState.OPEN) -> None:
        """A programme that takes people, or may be opened."""
        programme = Programme("pr1", "Mentoring", DESIGN, "", MONDAY)
        cohort = Cohort("co1", "pr1", "Mentoring", state, date(2027, 3, 8), opened_at=MONDAY)

        def put() -> None:
            with self.app.kit.database.transaction() as connection:
                Store(connection, self.app.kit.keyring).programmes.add(programme, cohort)

        await run(self.app.kit.database, put)


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    made = Stage(database_url)
    serving = await serve(made.tenant)
    try:
        await made.begin()
        try:
            yield made
        finally:
            await made.app.stop()
    finally:
        await serving.stop()
    assert made.tenant.refused == []


@pytest.fixture
def mira(stage: Stage) -> Person:
    """In MENTOR_OWNERS, by object id."""
    return Person(stage.tenant, TENANT.members[1].id)


@pytest.fixture
def ines(stage: Stage) -> Person:
    return Person(stage.tenant, TENANT.members[0].id)


async def test_from_the_first_word_to_a_card_that_was_pressed(stage: Stage, ines: Person) -> None:
    await stage.put_programme()
    await ines.types("mentor help")
    await stage.settle()
    welcome, helped = ines.ephemerals() if "Hello" in ines.ephemerals()[0] else ines.ephemerals()[::-1]
    assert f"Hello {ines.member.name.split()[0]}." in welcome
    assert "What you can do here" in helped

    await ines.presses("Join")
    await stage.settle()
    asked = ines.last_message
    assert "May we keep your answers?" in asked
    await ines.presses("I agree")
    await stage.settle()
    recorded = next(seen for seen in ines.ephemerals() if seen.where == asked.where)
    assert "You agreed that we keep your answers." in recorded
    assert "I agree" not in recorded.labels
    assert "How would you like to take part?" in ines.last_message

    await ines.presses_again(asked, "I agree")
    await stage.settle()
    assert [seen.body for seen in ines.ephemerals()].count(ines.last_message.body) == 1


async def test_a_message_that_comes_twice_is_answered_once(stage: Stage, ines: Person) -> None:
    await ines.types("mentor help")
    await stage.settle()
    before = len(ines.ephemerals())
    (first,) = stage.tenant.wire.named("message")
    await attempt(stage.tenant, first.request, who=ines.id)
    await stage.settle()
    assert len(ines.ephemerals()) == before


async def test_a_word_typed_in_a_channel_is_answered_in_the_chat(stage: Stage, ines: Person) -> None:
    await ines.installs()
    await ines.adds_app_to_team()
    await stage.settle()
    await ines.types("status", to="#general")
    await stage.settle()
    assert not any(seen.author == "Alongside" for seen in ines.channel("#general"))
    assert "Join" in ines.last_message.labels or "programme" in ines.last_message


async def test_who_removes_the_app_is_unreachable_until_they_come_back(stage: Stage, ines: Person) -> None:
    await ines.installs()
    await stage.settle()
    assert await unreachable(stage, ines) is None
    await ines.uninstalls()
    await stage.settle()
    assert await unreachable(stage, ines) == "removed"
    await ines.installs()
    await stage.settle()
    assert await unreachable(stage, ines) is None
    assert sum("Hello" in seen for seen in ines.ephemerals()) == 1


async def unreachable(stage: Stage, who: Person) -> str | None:
    def look() -> str | None:
        with stage.app.kit.database.transaction() as connection:
            people = Store(connection, stage.app.kit.keyring).people
            person = people.of(Account("teams", TENANT.id, who.id))
            assert person is not None
            return people.unreachable([person.id]).get(person.id)

    return await run(stage.app.kit.database, look)


async def test_a_programme_is_opened_in_the_channel_in_which_it_is_typed(
    stage: Stage, mira: Person, ines: Person
) -> None:
    await stage.put_programme(CohortState.DRAFT)
    await mira.installs()
    await mira.adds_app_to_team()
    await ines.installs()
    await stage.settle()
    await mira.types("mentor-admin open Mentoring", to="#general")
    await stage.settle()
    await mira.presses("Post the invitation")
    await stage.settle()
    (invitation,) = [seen for seen in ines.channel("#general") if seen.author == "Alongside"]
    assert "Mentoring starts on" in invitation

    await ines.presses("Join")
    await stage.settle()
    assert "May we keep your answers?" in ines.last_message
    (still,) = [seen for seen in mira.channel("#general") if seen.author == "Alongside"]
    assert "Join" in still.labels


async def test_a_dialog_says_what_does_not_fit_and_then_takes_what_does(stage: Stage, ines: Person) -> None:
    await ines.types("settings")
    await stage.settle()
    before = len(ines.reads())
    assert ines.modal() is None
    await ines.presses("Open")
    await ines.fills("At what time?", "03:00")
    await ines.submits()
    await stage.settle()
    form = ines.modal()
    assert form is not None
    assert form.errors != ()
    assert ines.holds("At what time?") == ("03:00",)

    await ines.fills("At what time?", "10:15")
    await ines.submits()
    await stage.settle()
    kept = ines.modal()
    assert kept is not None
    assert "Saved." in kept
    assert "10:15" in kept
    assert not kept.sends
    await ines.closes()
    assert ines.modal() is None
    assert len(ines.reads()) == before
