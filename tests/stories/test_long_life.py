"""A letter outlives the bot that took it: newer schemas, other keys, and a country that changes its clock."""

import base64
import shutil
import struct
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import migrations
from bot.schema import head
from bot.world import World
from flows import calendar
from tests.played import copies_below
from tests.postgres import Databases
from tests.stage import Stage, staged
from tests.stories.conftest import Setting
from tests.stories.pairs import matched

WORDS = "I want to remember why I began."
RELEASED = int(head())
"""The newest step of the schema."""
OPENS_ON = datetime(2032, 3, 1, tzinfo=UTC)
"""Five years after the stories begin; a Monday."""
STEPS = """
op.add_column("people", sa.Column("pronouns", sa.String(40), nullable=False, server_default=""))
with op.batch_alter_table("people") as people: people.alter_column("title", type_=sa.String(400))
op.create_table("remarks", sa.Column("id", ID, primary_key=True), sa.Column("by", ID, sa.ForeignKey("people.id")))
op.create_index("ix_writings_opens_on", "writings", ["opens_on"])
with op.batch_alter_table("writings") as writings: writings.add_column(sa.Column("tone", sa.String(9)))
op.execute("update writings set tone = 'plain'")
with op.batch_alter_table("matches") as matches: matches.alter_column("end_cause", type_=sa.String(60))
op.rename_table("remarks", "comments")
with op.batch_alter_table("outbox") as outbox: outbox.alter_column("error", type_=sa.String(200))
op.drop_table("comments")
""".strip().splitlines()
"""Ten changes such as years bring; on SQLite those of a batch copy the whole table."""


@pytest.fixture
async def stage(setting: Setting, tmp_path: Path, postgres: Databases) -> AsyncIterator[Stage]:
    """On a database of its own: nobody else could use the tables that it ends with."""
    url = f"sqlite:///{tmp_path / 'alongside.db'}" if setting.database == "sqlite" else postgres.new()
    async with staged(url, platform=setting.platform) as made:
        yield made
    if setting.database == "postgresql":
        postgres.drop(url)


async def test_a_letter_comes_after_five_years_at_nine_in_the_morning_of_that_time(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, ines = await matched(stage)
    await ines.asks("letter")
    await ines.fills("Your letter", WORDS)
    await ines.chooses("When shall it open?", "In five years")
    await ines.submits()
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.__path__[0], folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrations, "__path__", [str(folder)])

    for year in range(5):
        await stage.wait(weeks=51)
        await stage.app.stop()
        for _ in range(2):
            add_step(folder / "versions")
        if year in (1, 3):
            stage.key = f"{new_key()},{stage.key}"
        await stage.raise_curtain()
    assert len(copies_below(tmp_path)) == 5
    with zone_rules("Europe/Lisbon", "<+03>-3", tmp_path / "zones"):
        await stage.restart()
        await stage.wait_until(OPENS_ON + timedelta(days=1))

    assert revision(stage) == f"{RELEASED + len(STEPS):04}"
    sent_at = moment_of_letter(stage)
    assert timedelta() <= sent_at - OPENS_ON.replace(hour=6) < timedelta(minutes=1), "nine o'clock is six in UTC now"
    assert ines.hears("Your letter of Monday 1 March 2027 is ready.")
    await ines.presses("Open it")
    assert WORDS in ines.modal


def add_step(versions: Path) -> None:
    """The next of the ten."""
    last = max(int(file.name[:4]) for file in versions.glob("[0-9]*.py"))
    body = STEPS[last - RELEASED]
    text_ = f'''"""A made-up step."""
import sqlalchemy as sa
from alembic import op
ID = sa.String(32)
revision, down_revision = "{last + 1:04}", "{last:04}"
def upgrade():
    {body}
'''
    (versions / f"{last + 1:04}_made_up.py").write_text(text_)


def new_key() -> str:
    return base64.urlsafe_b64encode(World().new_key()).decode()


@contextmanager
def zone_rules(name: str, rule: str, folder: Path) -> Iterator[None]:
    """What a new release of the time zone database says, for a process that starts anew: from now on and ever before
    this zone keeps that POSIX rule."""
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    body = struct.pack(">lbb", 0, 0, 0) + b"LMT\0"
    head = b"TZif2" + bytes(15)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(head + bytes(24) + head + counts + body + f"\n{rule}\n".encode())
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(folder), *before])
    start_anew()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        start_anew()


def start_anew() -> None:
    """Forget what a process has read of zones."""
    zoneinfo.ZoneInfo.clear_cache()
    calendar._zone.cache_clear()
    calendar.at_local.cache_clear()


def revision(stage: Stage) -> str:
    with stage.app.kit.database.transaction() as connection:
        return str(connection.execute(text("select version_num from alembic_version")).scalar_one())


def moment_of_letter(stage: Stage) -> datetime:
    with stage.app.kit.database.transaction() as connection:
        found = connection.execute(text("select max(sent_at) from outbox where key like 'letter:%'")).scalar_one()
        return datetime.fromisoformat(str(found)).replace(tzinfo=UTC)
