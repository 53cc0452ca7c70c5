"""All checks in one table, and the order in which they are made: what needs more comes later."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.database_faults import trouble
from bot.doctor import database, machine, slack, teams
from bot.doctor.database import Case
from bot.doctor.finding import Finding, fail, ok, warn
from bot.settings import Settings, SettingsFault
from bot.slack.checkup import Checkup, check_up
from bot.teams.checkup import Checkup as TeamsCheckup
from bot.teams.checkup import check_up as check_up_teams
from storage.beside import NoDatabase, reading
from storage.sealing import Keyring

Clock = Callable[[], datetime]

MACHINE: Mapping[str, Callable[[Settings], Finding]] = {
    "pack": machine.pack,
    "time zones": machine.zones,
    "lock": machine.lock,
    "file mode": machine.file_mode,
    "disk": machine.disk,
}
DATABASE: Mapping[str, Callable[[Case], Finding]] = {
    "version": database.version,
    "durability": database.durability,
    "clock": database.clock,
}
TABLES: Mapping[str, Callable[[Case], Finding]] = {
    "keys": database.keys,
    "owners": database.owners,
    "people": database.people,
    "channels": database.channels,
    "outbox": database.outbox,
    "due": database.due,
    "planner": database.planner,
    "calculations": database.calculations,
}
"""These read tables, so they are made when the tables are those of this version."""
SLACK: Mapping[str, Callable[[Checkup], Finding]] = {
    "scopes": slack.scopes,
    "app token": slack.app_token,
    "conversations": slack.conversations,
}

TEAMS: Mapping[str, Callable[[TeamsCheckup], Finding]] = {
    "teams sign-in": teams.sign_in,
    "teams keys": teams.keys,
    "teams hosts": teams.service_hosts,
    "teams group chats": teams.group_chats,
    "teams owners": teams.owners,
}


async def examine(read: Callable[[], Settings], now: Clock) -> Sequence[Finding]:
    """Every check that can be made; what it found, in order. `read` gives the settings or raises SettingsFault."""
    try:
        settings = read()
    except SettingsFault as fault:
        return [
            _named("settings", fail(line, "put it right in the settings of the service"))
            for line in str(fault).splitlines()
        ]
    seen = await check_up(settings) if settings.slack_bot_token is not None else None
    on_teams = await check_up_teams(settings) if settings.teams_app_password is not None else None
    return [
        _named("settings", fail(settings.missing, "docs/installing.md, Settings"))
        if settings.missing
        else _named("settings", ok("whole")),
        *(_looked(name, partial(check, settings)) for name, check in MACHINE.items()),
        _looked("backups", partial(machine.backups, settings, now())),
        *in_database(settings, now),
        *(at_slack(seen, now) if seen is not None else ()),
        *(_named(name, check(on_teams)) for name, check in TEAMS.items() if on_teams is not None),
    ]


def in_database(settings: Settings, now: Clock) -> Iterator[Finding]:
    """The checks for which the database must be there."""
    keyring = Keyring(_keys(settings), bytes)
    try:
        with reading(_impatient(settings.database_url)) as connection:
            case = partial(Case, connection, settings, keyring)
            yield _named("database", ok("it answers"))
            yield from (_named(name, check(case(now()))) for name, check in DATABASE.items())
            schema = database.schema(case(now()))
            yield _named("schema", schema)
            if schema.repair:
                return
            for name, check in TABLES.items():
                if name != "keys" or settings.mentor_keys is not None:
                    yield _named(name, check(case(now())))
    except NoDatabase as fault:
        yield _named("database", warn(str(fault), "alongside serve"))
    except SQLAlchemyError as failure:
        found = trouble(failure, settings.database_url)
        yield _named("database", fail(f"it cannot be used: {found.says}", f"DATABASE_URL: {found.repair}"))


def at_slack(seen: Checkup, now: Clock) -> Iterator[Finding]:
    """The checks for which Slack must have answered."""
    token = slack.bot_token(seen)
    yield _named("bot token", token)
    if not token.repair:
        yield from (_named(name, check(seen)) for name, check in SLACK.items())
        yield _named("slack clock", slack.slack_clock(seen, now()))


def _keys(settings: Settings) -> tuple[bytes, ...]:
    return Keyring.parse(settings.mentor_keys.get_secret_value()) if settings.mentor_keys else (bytes(32),)


def _looked(name: str, check: Callable[[], Finding]) -> Finding:
    """What a check of this machine found, or what kept it from looking."""
    try:
        return _named(name, check())
    except OSError as fault:
        return _named(name, fail(f"it could not be looked at: {fault.strerror}", "run it as the user of the bot"))


def _impatient(url: str) -> str:
    """The address, with an end to the wait for a machine that does not answer."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" or "connect_timeout" in parsed.query:
        return url
    return parsed.update_query_dict({"connect_timeout": "5"}).render_as_string(hide_password=False)


def _named(name: str, finding: Finding) -> Finding:
    return replace(finding, check=name)
