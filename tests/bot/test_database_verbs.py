"""Copying, moving, putting back and changing a whole database, as an operator does it: on both databases."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.schema import head
from storage.copying import Tally, tally
from storage.file_lock import file_of, hold
from storage.standstill import replacing, snapshot
from tests.played import age, play, spoil_next_step
from tests.postgres import Databases

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file in which a season was played; nobody writes to it."""
    return play(tmp_path_factory.mktemp("season"))


@pytest.fixture(scope="module")
def in_a_file(season: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The season moved to a file; nobody writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('moved') / 'alongside.db'}"
    assert run("db move", "--to", url, on=season).exit_code == 0
    return url


@pytest.fixture(scope="module")
def on_a_server(season: str, postgres: Databases) -> Iterator[str]:
    """The season moved to PostgreSQL; nobody writes to it."""
    url = postgres.empty()
    assert run("db move", "--to", url, on=season).exit_code == 0
    yield url
    postgres.drop(url)


@pytest.fixture(scope="module")
def old_in_a_file(season: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The season in a file at the first revision; nobody writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('aged') / 'alongside.db'}"
    age(season, url, revision="0001")
    return url


@pytest.fixture(scope="module")
def old_on_a_server(season: str, postgres: Databases) -> Iterator[str]:
    """The season in PostgreSQL at the first revision; nobody writes to it."""
    url = postgres.empty()
    age(season, url, revision="0001")
    yield url
    postgres.drop(url)


@pytest.fixture(params=["in_a_file", "on_a_server"], ids=KINDS)
def played(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A season in a database of each kind."""
    with copy_of(request, tmp_path / "data" / "alongside.db") as url:
        yield url


@contextmanager
def copy_of(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """The database of the fixture that the parameter names, for one test alone; to move or to age one takes longer."""
    kept = request.getfixturevalue(request.param)
    source = file_of(kept)
    if source is not None:
        file.parent.mkdir(exist_ok=True)
        shutil.copy(source, file)
        yield f"sqlite:///{file}"
        return
    databases: Databases = request.getfixturevalue("postgres")
    url = databases.copied(kept)
    yield url
    databases.drop(url)


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Backups of PostgreSQL go below it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(verb: str, *arguments: str, on: str, says: str = "") -> Result:
    """One verb of the command line; `says` is what is typed when it asks."""
    return CliRunner().invoke(app, [*verb.split(), *arguments], env={"DATABASE_URL": on}, input=says)


def held(url: str) -> Mapping[str, Tally]:
    with snapshot(url) as connection:
        return {one.table: one for one in tally(connection)}


def change(url: str, statement: str, **values: object) -> None:
    with replacing(url) as connection:
        connection.execute(text(statement), values)


def names(url: str) -> list[str]:
    with snapshot(url) as connection:
        return list(connection.execute(text("select name from people order by id")).scalars())


def a_backup(url: str, file: Path) -> Path:
    done = run("backup", str(file), on=url)
    assert done.exit_code == 0, done.output
    return file


# --- db move ----------------------------------------------------------------------------------------------------------


def test_a_season_moves_to_postgresql_and_back_without_a_difference(
    season: str, postgres: Databases, tmp_path: Path
) -> None:
    there, back = postgres.empty(), f"sqlite:///{tmp_path / 'back.db'}"

    first = run("db move", "--to", there, on=season)
    second = run("db move", "--to", back, on=there)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    tables = [line for line in first.stdout.splitlines() if re.search(r"[\d,]+  [0-9a-f]{16}$", line)]
    assert len(tables) == len(held(season)) >= 25
    assert [line for line in second.stdout.splitlines() if re.search(r"[0-9a-f]{16}$", line)] == tables
    assert held(season) == held(there) == held(back)
    assert sum(one.rows for one in held(back).values()) > 500
    assert f"{season} was not changed" in first.stdout
    password = make_url(there).password
    shown = there.replace(f":{password}@", ":***@") if password else there
    assert f"DATABASE_URL={shown}\n" in first.stdout
    assert ("(*** stands for the password.)" in first.stdout) is (password is not None)
    postgres.drop(there)


def test_a_database_that_holds_anything_is_no_target(played: str, season: str) -> None:
    before = held(played)
    done = run("db move", "--to", played, on=season)
    assert done.exit_code == 1
    assert "is not empty; nothing was changed there" in done.stderr
    assert held(played) == before


@pytest.mark.parametrize(
    "to", ["mysql://a:geheim@x/y", "postgresql+psycopg2://a:geheim@x/y", "postgresql://a@x/y", "postgres://a@x/y", "y"]
)
def test_an_address_that_the_bot_would_not_take_is_no_target(season: str, to: str) -> None:
    done = run("db move", "--to", to, on=season)
    assert done.exit_code == 1
    assert done.stderr.startswith("--to is neither of the two that there are: sqlite:////")
    assert "geheim" not in done.output


def test_an_address_that_cannot_be_read_is_not_repeated(season: str) -> None:
    done = run("db move", "--to", "postgresql+psycopg://a:geheim", on=season)
    assert done.exit_code == 1
    assert done.stderr.startswith("--to cannot be read: in a password, write @ as %40")
    assert "geheim" not in done.output


def test_an_address_may_be_read_so_that_no_list_of_processes_shows_its_password(season: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'new.db'}"
    done = run("db move", "--to", "-", on=season, says=f"{target}\n")
    assert done.exit_code == 0, done.output
    assert f"DATABASE_URL={target}\n" in done.stdout
    assert held(season) == held(target)


def test_nothing_typed_is_no_address(season: str) -> None:
    done = run("db move", "--to", "-", on=season)
    assert done.exit_code == 1
    assert done.stderr.startswith("--to is neither of the two that there are")


def test_nothing_moves_onto_itself(played: str) -> None:
    done = run("db move", "--to", played, on=played)
    assert (done.exit_code, done.stderr) == (1, "source and target are the same database\n")


def test_an_older_database_is_brought_up_to_date_before_it_moves(season: str, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    age(season, old, revision="0001")
    done = run("db move", "--to", f"sqlite:///{tmp_path / 'new.db'}", on=old)
    assert done.exit_code == 1
    assert "run `alongside migrate` first" in done.stderr


@pytest.mark.parametrize("revision", ["9999", "0001"])
def test_a_target_of_another_version_is_refused(season: str, postgres: Databases, revision: str) -> None:
    target = postgres.new()
    change(target, "update alembic_version set version_num = :new", new=revision)
    done = run("db move", "--to", target, on=season)
    assert done.exit_code == 1
    assert f"at revision {revision}" in done.stderr
    postgres.drop(target)


@pytest.mark.parametrize("verb", ["db move", "restore"])
def test_what_replaces_a_database_waits_until_the_bot_is_stopped(played: str, verb: str, tmp_path: Path) -> None:
    copy = a_backup(played, tmp_path / "copy.db")
    arguments = ["--to", f"sqlite:///{tmp_path / 'new.db'}"] if verb == "db move" else [str(copy), "--yes"]
    before = held(played)
    with bot_at_work(played):
        done = run(verb, *arguments, on=played)
    assert done.exit_code == 1
    assert "stop" in done.stderr
    assert held(played) == before
    assert not (tmp_path / "new.db").exists()
    assert run(verb, *arguments, on=played).exit_code == 0


def test_nobody_is_asked_whether_to_restore_while_the_bot_runs(played: str, tmp_path: Path) -> None:
    copy = a_backup(played, tmp_path / "copy.db")
    with bot_at_work(played):
        done = run("restore", str(copy), on=played, says="y\n")
    assert done.exit_code == 1
    assert "Put it back?" not in done.output
    assert "stop" in done.stderr
    assert "move to PostgreSQL" not in done.stderr


class bot_at_work:  # noqa: N801 - read as a context
    """Somebody who uses the database as `serve` does."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        file = file_of(self._url)
        if file is not None:
            self._held = hold(file)
        else:
            plain = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(plain, application_name="alongside")

    def __exit__(self, *_: object) -> None:
        if file_of(self._url) is not None:
            self._held.release()
        else:
            self._connection.close()


# --- backup -----------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_checked_file_for_its_owner_alone(played: str, tmp_path: Path) -> None:
    done = run("backup", on=played)

    assert done.exit_code == 0, done.output
    (file,) = tmp_path.rglob("backups/*")
    where = file_of(played)
    assert file.parent == (tmp_path / "backups" if where is None else where.parent / "backups")
    assert re.fullmatch(r"alongside-\d{4}-\d\d-\d\dT\d{6}Z\.db", file.name)
    assert file.stat().st_mode & 0o777 == 0o600
    assert held(f"sqlite:///{file}") == held(played)
    rows = sum(one.rows for one in held(played).values())
    assert f"Everything is in {file}: {rows:,} rows," in done.stdout
    assert "MENTOR_KEYS are not in it" in done.stdout
    with sqlite3.connect(file) as copy:
        assert copy.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert copy.execute("pragma journal_mode").fetchall() == [("delete",)]
    copy.close()


def test_a_backup_writes_over_nothing(played: str, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("dear me")
    done = run("backup", str(other), on=played)
    assert done.exit_code == 1
    assert "is there already; nothing is written over" in done.stderr
    assert other.read_text() == "dear me"


def test_a_backup_holds_one_moment_while_the_bot_goes_on_writing(played: str, tmp_path: Path) -> None:
    """Two rows are always written together, so a copy that has an odd number has torn something apart."""
    change(played, "delete from pulse_tokens")
    ends = threading.Event()
    writer = threading.Thread(target=write_in_pairs, args=(played, ends))
    writer.start()
    try:
        counts = [rows_of(a_backup(played, tmp_path / f"{number}.db"), "pulse_tokens") for number in range(4)]
    finally:
        ends.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert [count % 2 for count in counts] == [0, 0, 0, 0]
    with snapshot(played) as connection:
        written = connection.execute(text("select count(*) from pulse_tokens")).scalar_one()
    assert written >= counts[-1], "nothing that was written is lost"


def write_in_pairs(url: str, ends: threading.Event) -> None:
    number = 0
    while not ends.is_set():
        number += 1
        with replacing(url) as connection:
            connection.execute(
                text("insert into pulse_tokens values (:one), (:two)"), {"one": f"{number}a", "two": f"{number}b"}
            )


def rows_of(file: Path, table: str) -> int:
    return held(f"sqlite:///{file}")[table].rows


def test_a_backup_makes_no_folder_that_may_be_a_disk_not_mounted(played: str, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "mnt" / "copy.db"), on=played)
    assert (done.exit_code, done.stderr) == (1, f"there is no folder {tmp_path / 'mnt'}: make it, or mount its disk\n")
    assert not (tmp_path / "mnt").exists()


def test_without_a_database_there_is_no_backup_and_no_file(tmp_path: Path) -> None:
    done = run("backup", on=f"sqlite:///{tmp_path / 'nothing.db'}")
    assert done.exit_code == 1
    assert "there is no database" in done.stderr
    assert list(tmp_path.iterdir()) == []


# --- restore ----------------------------------------------------------------------------------------------------------


def test_a_restore_brings_back_what_was_and_keeps_what_is(played: str, tmp_path: Path) -> None:
    copy = a_backup(played, tmp_path / "copy.db")
    before = names(played)
    change(played, "update people set name = 'Nobody'")

    done = run("restore", str(copy), on=played, says="y\n")

    assert done.exit_code == 0, done.output
    assert "UTC" in done.stdout
    assert names(played) == before
    kept = re.search(r"kept in (\S+)\.\n", done.stdout)
    assert kept
    assert set(names(f"sqlite:///{kept[1]}")) == {"Nobody"}
    assert Path(kept[1]).stat().st_mode & 0o777 == 0o600
    assert copy.exists()

    again = run("restore", kept[1], "--yes", on=played)
    assert again.exit_code == 0, again.output
    assert set(names(played)) == {"Nobody"}
    assert not [file.name for file in tmp_path.rglob("*-restoring-*")]


def test_whoever_says_no_changes_nothing(played: str, tmp_path: Path) -> None:
    copy = a_backup(played, tmp_path / "copy.db")
    change(played, "update people set name = 'Nobody'")
    done = run("restore", str(copy), on=played, says="n\n")
    assert done.exit_code == 1
    assert "Nothing was changed." in done.stdout
    assert set(names(played)) == {"Nobody"}


def test_only_a_whole_backup_of_alongside_is_put_back(played: str, tmp_path: Path) -> None:
    before = held(played)
    copy = a_backup(played, tmp_path / "copy.db").read_bytes()
    (tmp_path / "text").write_text("no database at all, but long enough to be looked at")
    with sqlite3.connect(tmp_path / "stranger.db") as stranger:
        stranger.execute("create table notes (words text)")
    stranger.close()
    (tmp_path / "half.db").write_bytes(copy[: len(copy) // 2])
    newer = a_backup(played, tmp_path / "newer.db")
    change(f"sqlite:///{newer}", "update alembic_version set version_num = '9999'")
    for name, reason in {
        "nowhere.db": "there is no file",
        "text": "is no backup of Alongside",
        "stranger.db": "is no backup of Alongside",
        "half.db": "is damaged",
        "newer.db": "at revision 9999, which this version does not know",
    }.items():
        done = run("restore", str(tmp_path / name), "--yes", on=played)
        assert done.exit_code == 1
        assert reason in done.stderr, name
        assert done.stderr.count("\n") == 1
    assert held(played) == before


def test_a_backup_of_an_older_version_is_brought_up_to_date(played: str, season: str, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    age(season, old, revision="0001")
    copy = a_backup(old, tmp_path / "copy.db")
    change(played, "update people set name = 'Nobody'")

    done = run("restore", str(copy), "--yes", on=played)

    assert done.exit_code == 0, done.output
    assert names(played) == names(old)
    with snapshot(played) as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalars().all() == [head()]
    assert rows_of(copy, "people") > 0, "the backup itself is still as it was"


def test_a_restore_makes_what_may_have_been_sent_since_ambiguous(played: str, tmp_path: Path) -> None:
    change(played, "update outbox set state = 'sent', intent_at = null")
    with snapshot(played) as connection:
        keys = connection.execute(text("select key from outbox order by key limit 4")).scalars().all()
    waiting, claimed, later, _ = keys
    change(played, "update outbox set state = 'queued', due_at = '2026-01-01' where key = :key", key=waiting)
    change(played, "update outbox set state = 'claimed', due_at = '2026-01-01' where key = :key", key=claimed)
    change(played, "update outbox set owner = 'w' where key = :key", key=claimed)
    change(played, "update outbox set state = 'queued', due_at = '2099-01-01' where key = :key", key=later)
    copy = a_backup(played, tmp_path / "copy.db")

    done = run("restore", str(copy), "--yes", on=played)

    assert "2 messages may have been sent since" in done.stdout
    with snapshot(played) as connection:
        found = connection.execute(text("select key, state, owner from outbox"))
        states = {row.key: (row.state, row.owner) for row in found}
        (copied, restored) = connection.execute(text("select copied_at, restored_at from restores")).one()
        leases = connection.execute(text("select lease_until, intent_at from outbox where state = 'sending'")).all()
    assert [states[key] for key in keys] == [("sending", None), ("sending", None), ("queued", None), ("sent", None)]
    assert str(copied) <= str(restored)
    assert {(str(lease), str(intent)) for lease, intent in leases} == {(str(copied), str(copied))}


def test_tables_of_others_in_the_same_database_are_left_alone(
    on_a_server: str, season: str, postgres: Databases, tmp_path: Path
) -> None:
    url = postgres.copied(on_a_server)
    change(url, "create table payroll (amount integer)")
    change(url, "insert into payroll values (1200)")
    copy = a_backup(url, tmp_path / "copy.db")
    change(url, "update people set name = 'Nobody'")

    done = run("restore", str(copy), "--yes", on=url)

    assert done.exit_code == 0, done.output
    assert names(url) == names(season)
    assert held(url)["payroll"].rows == 1
    assert "payroll" not in held(f"sqlite:///{copy}")
    postgres.drop(url)


# --- migrate ----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["old_in_a_file", "old_on_a_server"], ids=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A season in a database at the first revision."""
    with copy_of(request, tmp_path / "old.db") as url:
        yield url


def test_before_a_database_changes_it_is_copied(old: str, tmp_path: Path) -> None:
    before = held(old)
    done = run("migrate", on=old)
    assert done.exit_code == 0, done.output
    (copy,) = tmp_path.rglob("backups/*")
    assert done.stdout == f"A copy from before is in {copy}.\nThe database is at revision {head()}.\n"
    assert held(f"sqlite:///{copy}") == before
    assert {name: one.rows for name, one in held(old).items() if name in before} == {
        name: one.rows for name, one in before.items()
    }
    again = run("migrate", on=old)
    assert again.stdout == f"The database is at revision {head()}.\n"
    assert len(list(tmp_path.rglob("backups/*"))) == 1


def test_a_step_that_fails_changes_nothing_and_the_copy_is_named(old: str, tmp_path: Path) -> None:
    spoil_next_step(old)
    before = held(old)

    done = run("migrate", on=old)
    serving = serve(old, tmp_path)

    assert done.exit_code == 1
    assert f"from revision 0001 to {head()} and is as it was" in done.stderr
    copies = sorted(tmp_path.rglob("backups/*"))
    assert len(copies) == 2
    assert str(copies[0].name) in done.stderr
    assert serving.returncode == 1
    assert copies[1].name in serving.stdout + serving.stderr
    assert held(old) == before
    with snapshot(old) as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalars().all() == ["0001"]


def serve(url: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """`alongside serve` in a process of its own."""
    settings = {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_SIGNING_SECRET": "made up",
        "MENTOR_KEYS": "A" * 43,
        "SLACK_API_URL": "http://127.0.0.1:9/",
        "PORT": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PATH": os.environ["PATH"],
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        env=settings,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_where_no_copy_can_be_made_nothing_is_changed(old: str, tmp_path: Path) -> None:
    for folder in {tmp_path, (file_of(old) or tmp_path / "x").parent}:
        (folder / "backups").write_text("a file where a folder should be")
    before = held(old)
    done = run("migrate", on=old)
    assert done.exit_code == 1
    assert "no copy could be made before the change, so nothing was changed" in done.stderr
    assert held(old) == before


def test_replicas_that_start_together_migrate_once(old_on_a_server: str, postgres: Databases, tmp_path: Path) -> None:
    url = postgres.copied(old_on_a_server)
    command = [sys.executable, "-m", "bot", "migrate"]
    env = {"DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.environ["PATH"]}
    together = [
        subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[0] for process in together]
    assert [process.returncode for process in together] == [0, 0, 0], said
    assert sum("A copy from before" in words for words in said) == 1
    assert len(list(tmp_path.rglob("backups/*"))) == 1
    postgres.drop(url)


def test_a_second_file_is_not_changed_while_the_bot_uses_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'alongside.db'}"
    with bot_at_work(url):
        done = run("migrate", on=url)
    assert done.exit_code == 1
    assert "is in use by another process" in done.stderr
