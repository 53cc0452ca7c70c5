"""Two processes on one SQLite file would both plan and send, so the second one is refused."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.file_lock import InUse, file_of, hold, remote_file_system

HOLDER = """
import sys
from pathlib import Path
from storage.file_lock import hold
held = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def another_process(database: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_which_file_and_what_to_do(tmp_path: Path) -> None:
    database = tmp_path / "alongside.db"
    with another_process(database) as other:
        with pytest.raises(InUse) as refused:
            hold(database)
        assert str(database) in str(refused.value)
        assert str(refused.value).endswith("stop that one first")
        assert other.stdin is not None
        other.stdin.close()
        assert other.wait() == 0
    hold(database).release()


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    database = tmp_path / "alongside.db"
    with another_process(database) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    hold(database).release()


def test_one_file_has_one_lock_by_whatever_name_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(tmp_path)
    with hold(tmp_path / "alongside.db") as held:
        with pytest.raises(InUse):
            hold(tmp_path / "alias" / "alongside.db")
        assert held.lock.stat().st_mode & 0o777 == 0o600
    with hold(tmp_path / "alias" / "alongside.db"):
        pass


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/alongside.db", Path("/var/lib/alongside.db")),
        ("sqlite:///data/alongside.db", Path("data/alongside.db")),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
        ("postgresql+psycopg://db/alongside", None),
    ],
)
def test_only_a_database_in_a_file_has_a_lock(url: str, file: Path | None) -> None:
    assert file_of(url) == file


def test_a_network_file_system_is_known_by_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "server:/export /srv nfs4 rw 0 0\n"
        "/dev/sdb1 /srv/local\\040disk xfs rw 0 0\n"
        "//server/share /mnt/share cifs rw 0 0\n"
    )
    assert remote_file_system(Path("/srv/alongside.db"), mounts) == "nfs4"
    assert remote_file_system(Path("/mnt/share/data/alongside.db"), mounts) == "cifs"
    assert remote_file_system(Path("/srv/local disk/alongside.db"), mounts) is None
    assert remote_file_system(Path("/srvother/alongside.db"), mounts) is None
    assert remote_file_system(Path("/srv/alongside.db"), tmp_path / "no such list") is None
