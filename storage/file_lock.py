"""One process a SQLite file: an exclusive lock beside the database, held as long as the process uses it."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, make_url

REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "ncpfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.davfs2", "davfs"}
)
"""File systems behind a network. SQLite's write-ahead log needs memory that all its processes share, and the locks of
these do not always hold: sqlite.org/wal.html, "WAL does not work over a network filesystem"."""
MOUNTS = Path("/proc/self/mounts")


class InUse(Exception):
    """Another process works on this database, or it stands where no lock holds; in a line for the operator."""


class NoFolder(OSError):
    """There is no folder for the database and none can be made; in a line for the operator."""


def make_folder(file: Path) -> None:
    """Make the folder in which that file is, when there is none. Raises NoFolder."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise NoFolder(f"the folder {file.parent} of the database cannot be made: {fault.strerror}") from fault


class Held:
    """A lock that is held until `release`, or until the process ends, however it ends."""

    def __init__(self, lock: Path, release: Callable[[], None]) -> None:
        self.lock = lock
        self._release = release

    def release(self) -> None:
        """Let another process have the file. Doing it twice changes nothing."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self.release()


def hold(database: Path) -> Held:
    """Take the file for this process alone, at once or not at all. Raises InUse, NoFolder.

    The lock file stays when the lock is released: to remove it would let a third process lock another file of the same
    name. The kernel drops the lock of a process that died.
    """
    lock = database.resolve()
    lock = lock.with_name(f"{lock.name}.lock")
    make_folder(lock)
    lock.touch(mode=0o600)
    file = lock.open("r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(f"{database} is in use by another process, which holds {lock}: stop that one first") from None
    except OSError:
        file.close()
        raise
    return Held(lock, file.close)


def is_held(database: Path) -> bool:
    """Whether a process holds the file now. To ask takes a shared lock for an instant, and changes nothing."""
    lock = database.resolve()
    lock = lock.with_name(f"{lock.name}.lock")
    if not lock.exists():
        return False
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def file_of(url: str | URL) -> Path | None:
    """The file of a SQLite database; None for one in memory and for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def remote_file_system(database: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of network file system on which the database stands, such as "nfs4"; None on a local disk, and where
    the system keeps no list of mounts."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    place = database.resolve()
    inside = [
        (len(Path(where).parts), order, kind)
        for order, (_, where, kind, *_) in enumerate(line.split(" ") for line in lines if line.count(" ") >= 2)
        if place.is_relative_to(where.replace("\\040", " "))
    ]
    # The deepest mount counts, and of several at one place the last.
    kind = max(inside)[2] if inside else ""
    return kind if kind in REMOTE else None
