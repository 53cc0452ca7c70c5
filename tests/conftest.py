"""What holds for every test: no network but this machine, and a browser only where there is one."""

import gc
import ipaddress
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiohttp import web_app
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict

from bot import app
from bot.migrating import migrate
from flows import content
from flows.content import parse
from storage.database import open_database
from tests.compiled import compiled_once
from tests.postgres import Databases, Server

# How long an example takes on a machine that others share says nothing about the code.
settings.register_profile("alongside", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("alongside")


class NetworkUsed(RuntimeError):
    """A test reached for another machine. No OSError, so that no retry of the product takes it for bad luck."""


Golden = Callable[[str, object], object]
"""What was agreed for a name, beside what is drawn now."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; the difference is reviewed like code. `--seed` repeats chance."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--platform", default="", help="play stories only there: slack, teams, both, or chats")
    parser.addoption("--seed", type=int, help="play a run of chance again, as this seed played it")


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """`assert drawn == golden("slack/introduction", drawn)`."""

    def agreed(name: str, drawn: object) -> object:
        file = Path(__file__).parent / "golden" / f"{name}.json"
        if pytestconfig.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return json.loads(file.read_text(encoding="utf-8"))

    return agreed


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Let sockets of this process reach loopback and unix addresses, and look up no other name; PostgreSQL's driver,
    which opens its own, likewise."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guard_address(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guard_name(socket.getaddrinfo))
        for kind in (psycopg.Connection, psycopg.AsyncConnection):
            patch.setattr(kind, "_connect_gen", _guard_driver(kind._connect_gen))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_power_cut() -> Iterator[None]:
    """Let no commit of a bot in this process wait for the disk; bots in processes of their own keep what they store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "open_database", partial(open_database, durable=False))
        yield


@pytest.fixture(scope="session", autouse=True)
def each_statement_once() -> Iterator[None]:
    """Let databases in this process share what is compiled for their kind."""
    with compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def each_pack_once() -> Iterator[None]:
    """Let bots in this process share what a pack says, which none of them can change: to read one takes as long as to
    answer five gestures."""
    read = cache(lambda files: parse(dict(files)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "parse", lambda files: read(tuple(files.items())))
        yield


@pytest.fixture(scope="session")
def postgres(only_this_machine: None) -> Iterator[Databases]:
    """Where tests get their PostgreSQL databases: the server of TEST_PG_URL, else one of our own."""
    with ExitStack() as at_the_end:
        url = os.environ.get("TEST_PG_URL")
        if not url:
            try:
                server = Server()
            except LookupError as missing:
                pytest.fail(str(missing), pytrace=False)
            at_the_end.callback(server.close)
            server.start()
            url = server.url
        databases = Databases(url)
        at_the_end.callback(databases.close)
        yield databases


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, migrated once."""
    file = tmp_path_factory.mktemp("template") / "alongside.db"
    database = open_database(f"sqlite:///{file}", durable=False)
    migrate(database)
    database.close()
    return file


@pytest.fixture
def lend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """The address of a database with all tables and nothing in them: `lend("sqlite")` or `lend("postgresql")`."""
    with ExitStack() as at_the_end:

        def lent(kind: str) -> str:
            if kind == "sqlite":
                file = tmp_path / "alongside.db"
                shutil.copy(request.getfixturevalue("sqlite_template"), file)
                return f"sqlite:///{file}"
            databases: Databases = request.getfixturevalue("postgres")
            return at_the_end.enter_context(databases.lent())

        yield lent


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, lend: Callable[[str], str]) -> str:
    """The address of a database with all tables and nothing in them, of each kind in turn."""
    return lend(request.param)


def pytest_collection_finish() -> None:
    """Take what was imported out of the rounds of the garbage collector: it stays to the end, and is most of the
    heap."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Let the stage of a test go. aiohttp remembers the last thousand handlers that stood behind a middleware, and with
    each the workspace and the bot that it was of."""
    web_app._cached_build_middleware.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser tests out, with the reason, where no Chromium is installed."""
    if shutil.which("chromium") is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium"))


def _guard_address(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(sock: socket.socket, *args: Any) -> Any:
        address = args[-1]  # the address comes last in all three
        if sock.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkUsed(f"a test tried to reach {address[0]} port {address[1]}; only this machine is allowed")
        return original(sock, *args)

    return guarded


def _guard_name(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: str | bytes | None, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_loopback(name) and not _is_wildcard(name):
            raise NetworkUsed(f"a test tried to look up {name}; only this machine is allowed")
        return original(host, *args, **options)

    return guarded


def _guard_driver(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(conninfo: str = "") -> Any:
        parts = conninfo_to_dict(conninfo)
        for host in str(parts.get("hostaddr") or parts.get("host") or "").split(","):
            if not host.startswith(("/", "@")) and not _is_loopback(host):
                raise NetworkUsed(f"a test tried to reach {host or 'no named host'}; only this machine is allowed")
        return original(conninfo)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_wildcard(host: str) -> bool:
    return host in {"", "0.0.0.0", "::"}  # noqa: S104 - a server asks for them when it binds; nothing is reached
