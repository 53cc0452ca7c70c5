"""What can be checked on this machine without the database: the pack, its disk, its zones, the copies."""

import shutil
import stat
import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.backup import default_file
from bot.doctor.finding import Finding, fail, ok, warn
from bot.settings import Settings
from flows import content
from flows.pack_fault import PackFault
from storage import packs
from storage.file_lock import file_of, is_held, remote_file_system

LITTLE = 1_000_000_000
"""Bytes free below which somebody should look."""
TOO_LITTLE = 200_000_000
"""Bytes free below which a copy or a busy day may not fit."""
NO_FILE = "there is no file yet"
OLD = timedelta(days=2)
"""A copy that is made every day is never that old."""


def pack(settings: Settings) -> Finding:
    """Whether questions, journey and texts can be read."""
    folder = settings.mentor_pack or packs.DEFAULT
    try:
        content.parse(packs.read(folder))
    except (PackFault, OSError, UnicodeDecodeError) as fault:
        return fail(str(fault), f"alongside check {folder}")
    return ok("your own pack is sound" if settings.mentor_pack else "the pack that ships is sound")


def lock(settings: Settings) -> Finding:
    """Whether a bot is at work on the file, and whether its disk is one on which a lock holds."""
    file = file_of(settings.database_url)
    if file is None:
        return ok("none is needed: replicas share the database")
    kind = remote_file_system(file)
    if kind is not None:
        return fail(f"{file} is on a network file system ({kind})", "DATABASE_URL: a file on a local disk")
    if is_held(file):
        return ok("a bot is running on the file")
    return ok("no bot is running on the file" if file.exists() else NO_FILE)


def file_mode(settings: Settings) -> Finding:
    """Whether others of this machine can read the database: names and matches stand in it readable."""
    file = file_of(settings.database_url)
    if file is None:
        return ok("the database has its own users and rights")
    there = [each for each in (file, *(file.with_name(file.name + side) for side in ("-wal", "-shm"))) if each.exists()]
    if not there:
        return ok(NO_FILE)
    opened = [str(each) for each in there if stat.S_IMODE(each.stat().st_mode) & 0o077]
    if opened:
        return warn("others of this machine may read the database", f"chmod 600 {' '.join(opened)}")
    return ok("only its owner may read the database")


def disk(settings: Settings) -> Finding:
    """Whether there is room beside the database, or where copies of it go."""
    file = file_of(settings.database_url)
    folder = Path.cwd() if file is None else file.parent.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    says, repair = f"{free / 1_000_000_000:.1f} GB are free at {folder}", f"make room on the disk of {folder}"
    if free < TOO_LITTLE:
        return fail(says, repair)
    return warn(says, repair) if free < LITTLE else ok(says)


def zones(_: Settings) -> Finding:
    """Which time zone data counts: the operating system's goes before the wheel's, and may be older."""
    wheel = _wheel_version()
    system = next((folder for folder in zoneinfo.TZPATH if (Path(folder) / "Europe" / "London").exists()), None)
    if system is None:
        if wheel is None:
            return fail("there is no time zone data", "install requirements.txt, which brings tzdata")
        return ok(f"that of the package tzdata, {wheel}")
    theirs = _system_version(Path(system))
    if wheel is not None and theirs is not None and theirs < wheel:
        return warn(
            f"that of {system}, {theirs}, is older than the package's, {wheel}",
            'bring tzdata of the system up to date, or set PYTHONTZPATH="" for the bot, so that the package\'s counts',
        )
    return ok(f"that of {system}, {theirs or 'without a version'}; the package has {wheel or 'none'}")


def backups(settings: Settings, now: datetime) -> Finding:
    """How old the newest copy is."""
    folder = default_file(settings.database_url, now).parent
    moments = [datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in _copies(folder)]
    if not moments:
        return warn(f"there is none in {folder}", "alongside backup")
    age = now - max(moments)
    says = f"the newest in {folder} is {_age(age)} old"
    return warn(says, "alongside backup, once a day") if age > OLD else ok(says)


def _copies(folder: Path) -> Sequence[Path]:
    return list(folder.glob("*.db"))


def _age(age: timedelta) -> str:
    hours = max(0, int(age / timedelta(hours=1)))
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _wheel_version() -> str | None:
    """As tzdata itself counts, such as 2026f; the package says 2026.6."""
    try:
        year, _, number = version("tzdata").partition(".")
    except PackageNotFoundError:
        return None
    return f"{year}{chr(ord('a') + int(number.partition('.')[0]) - 1)}"


def _system_version(folder: Path) -> str | None:
    """From the first line of its source, "# version 2025b", or the file +VERSION of other systems."""
    for name in ("tzdata.zi", "+VERSION"):
        try:
            with (folder / name).open(encoding="ascii", errors="replace") as file:
                return file.readline().removeprefix("# version").strip() or None
        except OSError:
            continue
    return None
