"""The doctor finds what is not well, says what repairs it, and shows no token and no key."""

import base64
import json
import os
import shutil
import sqlite3
import zoneinfo
from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from typer.testing import CliRunner

from bot import cli
from bot.doctor import database, machine, slack
from bot.doctor.database import Case
from bot.doctor.examination import DATABASE, MACHINE, SLACK, TABLES, examine
from bot.doctor.finding import Finding, Level, as_json, fail, failed, ok, report, warn
from bot.playground.company import COMPANY
from bot.playground.workspace import Workspace
from bot.schema import head
from bot.settings import Settings, SettingsFault
from bot.slack.checkup import Checkup, check_up
from bot.slack.manifest import REASONS
from bot.world import World
from flows.calculations import Calculation
from flows.calculations import Kind as Wanted
from flows.channels import Channel
from flows.people import Account, Profile
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage import packs
from storage.beside import reading
from storage.database import Database, open_database
from storage.file_lock import hold
from storage.sealing import Keyring
from storage.store import Store
from tests.bot.served import Gate, played, settled
from tests.bot.test_health import seal_an_answer

KEY, OTHER = bytes(32), bytes(range(32))
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def told(url: str, **more: object) -> Settings:
    """Settings with that database."""
    keys = SecretStr(base64.urlsafe_b64encode(KEY).decode())
    return Settings.model_validate({"database_url": url, "mentor_keys": keys, **more})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an installation whose database is not there yet."""
    return told(f"sqlite:///{tmp_path / 'a.db'}")


@pytest.fixture
def at_work(database_url: str) -> Iterator[Database]:
    """A database that is in order."""
    database = open_database(database_url)
    yield database
    database.close()


def examined(
    url: str, check: Callable[[Case], Finding], *, now: datetime = NOW, owners: str = "", **more: object
) -> Finding:
    """What the check finds in that database."""
    with reading(url) as connection:
        return check(Case(connection, told(url, mentor_owners=owners, **more), Keyring((KEY,), bytes), now))


def changed(database: Database, statement: str, **values: object) -> None:
    """The database after that."""
    with database.guarded() as connection:
        connection.execute(text(statement), values)


# --- settings and the machine


async def test_half_filled_settings_are_told_line_by_line() -> None:
    def read() -> Settings:
        raise SettingsFault("SLACK_BOT_TOKEN: is set but SLACK_SIGNING_SECRET is not\nPORT: is not a whole number")

    found = await examine(read, lambda: NOW)
    assert [finding.says for finding in found] == [
        "SLACK_BOT_TOKEN: is set but SLACK_SIGNING_SECRET is not",
        "PORT: is not a whole number",
    ]
    assert failed(found)


async def test_half_of_slack_keeps_nothing_else_from_being_looked_at(settings: Settings) -> None:
    half = settings.model_copy(update={"slack_signing_secret": SecretStr("s")})
    found = await examine(lambda: half, lambda: NOW)
    assert (found[0].level, found[0].says) == (Level.FAIL, "missing: SLACK_BOT_TOKEN")
    assert [finding.check for finding in found] == ["settings", *MACHINE, "backups", "database"]


async def test_what_serve_needs_and_is_missing_is_named(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'a.db'}"})
    first = (await examine(lambda: settings, lambda: NOW))[0]
    assert (first.check, first.level, first.says) == ("settings", Level.FAIL, settings.missing)


def test_a_fault_in_the_pack_is_told_with_its_file(tmp_path: Path, settings: Settings) -> None:
    assert machine.pack(settings).level is Level.OK
    own = shutil.copytree(packs.DEFAULT, tmp_path / "pack")
    (own / "journey.toml").write_text("[[step]]\nid = 3\n")
    found = machine.pack(settings.model_copy(update={"mentor_pack": own}))
    assert (found.level, found.repair) == (Level.FAIL, f"alongside check {own}")
    assert "journey.toml" in found.says


def test_a_bot_at_work_is_seen_by_its_lock(tmp_path: Path, settings: Settings) -> None:
    assert machine.lock(settings) == ok("there is no file yet")
    (tmp_path / "a.db").touch(mode=0o600)
    with hold(tmp_path / "a.db"):
        assert machine.lock(settings) == ok("a bot is running on the file")
    assert machine.lock(settings) == ok("no bot is running on the file")


def test_a_network_file_system_fails(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "remote_file_system", lambda _: "nfs4")
    found = machine.lock(settings)
    assert (found.level, "nfs4" in found.says) == (Level.FAIL, True)


def test_a_database_that_others_may_read_is_told_with_the_command(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "a.db"
    assert machine.file_mode(settings) == ok("there is no file yet")
    file.touch(mode=0o600)
    assert machine.file_mode(settings).level is Level.OK
    file.chmod(0o644)
    assert machine.file_mode(settings).repair == f"chmod 600 {file}"


@pytest.mark.parametrize(("free", "level"), [(10**10, Level.OK), (5 * 10**8, Level.WARN), (10**8, Level.FAIL)])
def test_a_full_disk_is_told_before_it_is_full(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**11, 10**11 - free, free))
    assert machine.disk(settings).level is level


def test_old_zones_of_the_system_before_newer_ones_of_the_package_are_told(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "London").touch()
    (tmp_path / "tzdata.zi").write_text("# version 2020a\n")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    found = machine.zones(settings)
    assert found.level is Level.WARN
    assert 'set PYTHONTZPATH="" for the bot' in found.repair
    assert "2020a, is older than the package's" in found.says


def test_without_any_zones_it_fails(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    assert machine.zones(settings).level is Level.OK
    monkeypatch.setattr(machine, "_wheel_version", lambda: None)
    assert machine.zones(settings).level is Level.FAIL


def test_no_copy_and_an_old_copy_are_told(tmp_path: Path, settings: Settings) -> None:
    assert machine.backups(settings, NOW).level is Level.WARN
    copy = tmp_path / "backups" / "alongside.db"
    copy.parent.mkdir()
    copy.touch()
    for age, level in ((timedelta(hours=30), Level.OK), (timedelta(days=3), Level.WARN)):
        os.utime(copy, ((NOW - age).timestamp(),) * 2)
        assert machine.backups(settings, NOW).level is level
    assert "3 days old" in machine.backups(settings, NOW).says


async def test_a_file_that_may_not_be_looked_at_is_a_finding_and_no_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine, "is_held", refuse)
    found = {finding.check: finding for finding in await examine(lambda: settings, lambda: NOW)}
    assert found["lock"].says == "it could not be looked at: Permission denied"
    assert "disk" in found


# --- the database


def test_a_database_in_order_passes_every_check(at_work: Database, database_url: str) -> None:
    checks = {**DATABASE, "schema": database.schema, **TABLES}
    found = {name: examined(database_url, check, now=World().now(), owners="U1") for name, check in checks.items()}
    # A server of the tests does not wait for its disk; one in production must.
    expected = {"durability": Level.FAIL} if "postgresql" in database_url else {}
    assert {name: finding.level for name, finding in found.items()} == dict.fromkeys(checks, Level.OK) | expected


def test_a_server_that_is_too_old_fails(at_work: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_POSTGRESQL", 99)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    found = examined(database_url, database.version)
    if "postgresql" in database_url:
        assert (found.level, found.repair) == (Level.FAIL, "PostgreSQL 99 or newer")
    else:
        assert "a second program that writes to the file can damage it" in found.says


def test_a_file_without_its_log_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    found = examined(f"sqlite:///{tmp_path / 'a.db'}", database.durability)
    assert (found.level, found.says) == (Level.WARN, "the journal is delete, not wal")


def test_tables_of_another_version_fail_with_what_to_do(at_work: Database, database_url: str) -> None:
    changed(at_work, "UPDATE alembic_version SET version_num = '0001'")
    assert examined(database_url, database.schema).repair == "alongside migrate"
    changed(at_work, "UPDATE alembic_version SET version_num = '9999'")
    assert examined(database_url, database.schema).repair == "install the newer version"
    changed(at_work, "UPDATE alembic_version SET version_num = :head", head=head())


def test_a_clock_that_is_off_fails(at_work: Database, database_url: str) -> None:
    now = World().now()
    assert examined(database_url, database.clock, now=now).level is Level.OK
    found = examined(database_url, database.clock, now=now + timedelta(seconds=10))
    assert found.level is (Level.FAIL if "postgresql" in database_url else Level.OK)


def seal(at_work: Database, key: bytes) -> None:
    """An answer under this key."""
    with at_work.guarded() as connection:
        seal_an_answer(Store(connection, Keyring((key,), lambda: b"twelve bytes")), NOW)


def test_of_keys_that_nothing_was_sealed_with_nothing_is_promised(at_work: Database, database_url: str) -> None:
    assert examined(database_url, database.keys) == ok("nothing is sealed yet")


def test_a_key_that_is_gone_fails_by_its_id(at_work: Database, database_url: str) -> None:
    seal(at_work, OTHER)
    found = examined(database_url, database.keys)
    assert (found.level, found.repair) == (Level.FAIL, "MENTOR_KEYS: add the old keys behind the first")
    assert next(iter(Keyring((OTHER,), bytes).ids)) in found.says


def test_words_that_were_moved_to_another_row_fail(at_work: Database, database_url: str) -> None:
    seal(at_work, KEY)
    assert examined(database_url, database.keys).level is Level.OK
    changed(at_work, "UPDATE answers SET question = 'another'")
    assert examined(database_url, database.keys).level is Level.FAIL


def put(at_work: Database, key: str, kind: Kind = Kind.MUST_ARRIVE) -> None:
    """A message to somebody, due now."""
    with at_work.guarded() as connection:
        store = Store(connection, Keyring((KEY,), bytes))
        person = store.people.meet(Account("slack", "T1", "U1"), Profile("Ines", "UTC", "en"), "p1")
        post = Post(key, ToPerson(person.id), Message("Hello", (Paragraph((Plain("Hello"),)),)), kind)
        store.outbox.put(post, now=NOW)


@pytest.mark.parametrize(("state", "says"), [("unknown", "of 1 messages nobody knows"), ("failed", "did not arrive")])
def test_messages_that_did_not_arrive_are_told(at_work: Database, database_url: str, state: str, says: str) -> None:
    put(at_work, "a")
    changed(at_work, "UPDATE outbox SET state = :state", state=state)
    found = examined(database_url, database.outbox)
    assert (found.level, found.repair) == (Level.WARN, "alongside outbox")
    assert says in found.says


@pytest.mark.parametrize(
    ("kind", "minutes", "level"),
    [
        (Kind.MUST_ARRIVE, 4, Level.OK),
        (Kind.MUST_ARRIVE, 6, Level.WARN),
        (Kind.NUDGE, 6, Level.OK),
        (Kind.NUDGE, 61, Level.FAIL),
    ],
)
def test_messages_that_wait_for_long_are_told(
    at_work: Database, database_url: str, kind: Kind, minutes: int, level: Level
) -> None:
    put(at_work, "a", kind)
    assert examined(database_url, database.due, now=NOW + timedelta(minutes=minutes)).level is level


def test_a_draft_that_nobody_works_out_is_told(at_work: Database, database_url: str) -> None:
    settled(database_url)
    assert examined(database_url, database.calculations).says == "no draft is waited for"
    with at_work.transaction() as connection:
        store = Store(connection, Keyring((KEY,), bytes))
        cohort = store.programmes.all_cohorts()[0]
        somebody = store.participants.in_cohort(cohort.id)[0].person
        store.calculations.add(Calculation("ca1", cohort.id, Wanted.DRAFT, somebody, NOW))
    assert examined(database_url, database.calculations).level is Level.OK
    found = examined(database_url, database.calculations, now=NOW + timedelta(minutes=12))
    assert (found.level, found.says) == (Level.WARN, "a draft has been waited for since 12 minutes")


def test_a_planner_that_does_not_look_is_told(at_work: Database, database_url: str) -> None:
    with at_work.guarded() as connection:
        Store(connection, Keyring((KEY,), bytes)).schedule.look_at("match:x", NOW)
    assert examined(database_url, database.planner).level is Level.OK
    found = examined(database_url, database.planner, now=NOW + timedelta(minutes=5))
    assert (found.level, found.says) == (Level.WARN, "what is due has waited for 5 minutes")


def test_nobody_who_may_use_the_admin_command_is_told(at_work: Database, database_url: str) -> None:
    assert examined(database_url, database.owners).level is Level.WARN
    assert examined(database_url, database.owners, owners="U1").level is Level.OK


def test_people_who_cannot_be_reached_are_counted(at_work: Database, database_url: str) -> None:
    put(at_work, "a")
    assert examined(database_url, database.people).level is Level.OK
    changed(at_work, "UPDATE people SET unreachable = 'user_disabled'")
    assert examined(database_url, database.people).says == "1 of 1 people cannot be reached"


def test_a_bot_in_no_channel_is_told_where_the_platform_lists_none(at_work: Database, database_url: str) -> None:
    assert examined(database_url, database.channels).level is Level.OK
    assert examined(database_url, database.channels, teams_app_password="s").level is Level.WARN
    with at_work.transaction() as connection:
        channel = Channel("19:c", "at 19:c", "", "19:c", "Harbour")
        Store(connection, Keyring((KEY,), bytes)).channels.keep("teams", "tenant", [channel])
    found = examined(database_url, database.channels, teams_app_password="s")
    assert (found.level, found.says) == (Level.OK, "channels of Teams that can be offered: 1")


async def test_a_database_that_does_not_answer_fails_without_its_password(settings: Settings) -> None:
    url = "postgresql+psycopg://someone:plum-word@127.0.0.1:1/nothing"
    found = await examine(lambda: settings.model_copy(update={"database_url": url}), lambda: NOW)
    (broken,) = [finding for finding in found if finding.check == "database"]
    assert broken.level is Level.FAIL
    assert "port 1 failed: Connection refused" in broken.says
    assert broken.repair == "DATABASE_URL: host and port"
    assert "plum-word" not in report(found)


# --- Slack


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A strict workspace."""
    async with played(Gate()) as workspace:
        yield workspace


def connected(settings: Settings, workspace: Workspace, **more: object) -> Settings:
    """The settings of an installation there."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(workspace.token),
            "slack_signing_secret": SecretStr(workspace.signing_secret),
            "slack_api_url": workspace.api_url,
            "mentor_owners": COMPANY.members[0].id,
            **more,
        }
    )


async def test_slack_itself_is_asked(settings: Settings, workspace: Workspace) -> None:
    workspace.sockets.on = True
    seen = await check_up(connected(settings, workspace, slack_app_token=SecretStr(workspace.app_token)))
    assert (seen.bot_token, seen.missing_scopes, seen.app_token) == ("", (), "")
    assert seen.owners == {COMPANY.members[0].id: ""}
    assert slack.slack_clock(seen, World().now()).level is Level.OK


async def test_a_wrong_token_and_a_wrong_owner_are_told(settings: Settings, workspace: Workspace) -> None:
    wrong = connected(settings, workspace, slack_bot_token=SecretStr("xoxb-wrong"))
    refused = slack.bot_token(await check_up(wrong))
    assert (refused.level, refused.says) == (Level.FAIL, "Slack does not take SLACK_BOT_TOKEN: invalid_auth")
    stranger = connected(settings, workspace, mentor_owners="U0NOBODY", slack_app_token=SecretStr("xapp-wrong"))
    seen = await check_up(stranger)
    assert "U0NOBODY (" in slack.conversations(seen).says
    assert slack.app_token(seen).level is Level.FAIL


async def test_a_workspace_that_cannot_be_reached_fails(settings: Settings, workspace: Workspace) -> None:
    found = slack.bot_token(await check_up(connected(settings, workspace, slack_api_url="http://127.0.0.1:1/api/")))
    assert (found.level, found.says) == (
        Level.FAIL,
        "http://127.0.0.1:1/api/ cannot be reached: ClientConnectorError",
    )
    assert found.repair.startswith("SLACK_API_URL")


def test_a_way_out_that_is_closed_is_another_fault_than_an_address_left_over_from_a_test() -> None:
    found = slack.bot_token(Checkup(unreached="TimeoutError"))
    assert (found.says, "HTTPS_PROXY" in found.repair) == ("Slack cannot be reached: TimeoutError", True)
    assert "SLACK_API_URL" not in found.repair


async def test_a_missing_scope_is_named(
    settings: Settings, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.checkup.REASONS", {**REASONS, "plums:read": "never granted"})
    found = slack.scopes(await check_up(connected(settings, workspace)))
    assert (found.level, found.says) == (Level.FAIL, "missing: plums:read")


def test_without_owners_nobody_can_be_tried() -> None:
    assert slack.conversations(Checkup()).level is Level.WARN


def test_a_clock_that_is_far_from_slacks_fails() -> None:
    assert slack.slack_clock(Checkup(clock=NOW), NOW + timedelta(minutes=2)).level is Level.FAIL


# --- all together


async def test_every_check_stands_in_the_report_once_and_no_secret_does(
    settings: Settings, workspace: Workspace, at_work: Database, database_url: str
) -> None:
    whole = connected(settings, workspace, database_url=database_url)
    found = await examine(lambda: whole, World().now)
    checks = ["settings", *MACHINE, "backups", "database", *DATABASE, "schema", *TABLES]
    assert [finding.check for finding in found] == [*checks, "bot token", *SLACK, "slack clock"]
    assert whole.mentor_keys is not None
    for secret in (workspace.token, workspace.signing_secret, whole.mentor_keys.get_secret_value()):
        assert secret not in report(found) + as_json(found)


def findings(*levels: Finding) -> Sequence[Finding]:
    """With names."""
    return [replace(finding, check=f"check {number}") for number, finding in enumerate(levels)]


def test_only_a_failure_fails_and_programs_get_the_same() -> None:
    fine = findings(ok("good"), warn("so so", "do this"))
    bad = findings(ok("good"), fail("broken", "do that"))
    assert (failed(fine), failed(bad)) == (False, True)
    assert json.loads(as_json(bad)) == {
        "ok": False,
        "findings": [
            {"check": "check 0", "level": "ok", "says": "good", "repair": ""},
            {"check": "check 1", "level": "fail", "says": "broken", "repair": "do that"},
        ],
    }
    assert report(fine) == "ok    check 0  good\nwarn  check 1  so so\n               → do this"


def test_on_the_command_line_a_failure_is_an_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "MENTOR_KEYS"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(cli.app, ["doctor", "--json"], env={"DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}"})
    assert done.exit_code == 1
    assert json.loads(done.stdout)["ok"] is False
