"""A season that began on an older version goes on where it stood, on whichever database."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from bot.schema import head, steps
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, To, ToMatch, ToPerson
from storage.store import Store
from tests.played import age, copies_below, lossy_steps
from tests.postgres import Databases
from tests.stage import Stage
from tests.stories.spring import spring_has_begun
from tests.written_down import everybody

RELEASED = sorted(one.revision for one in ScriptDirectory(str(steps())).walk_revisions() if one.revision != head())
PLAYED = ("0001", "0002", "0010", "0015", "0017", "0018", "0019", "0020")
"""What a season is played from. From any other version it comes to the same rows as from the one played before it, and
so goes on alike."""


async def test_a_season_that_began_on_the_first_version_goes_on(
    stage: Stage, tmp_path: Path, postgres: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await goes_on_after_an_update(stage, PLAYED[0], tmp_path, postgres)


@pytest.mark.on("slack")  # Versions differ in their tables: each is tried on both databases, not on every platform.
@pytest.mark.parametrize("revision", PLAYED[1:])
async def test_a_season_that_began_on_a_later_version_goes_on(
    stage: Stage, revision: str, tmp_path: Path, postgres: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await goes_on_after_an_update(stage, revision, tmp_path, postgres)


@pytest.mark.on("slack")
async def test_every_version_that_makes_a_difference_is_played(
    stage: Stage, tmp_path: Path, postgres: Databases
) -> None:
    await spring_has_begun(stage)
    put_two(stage)
    await stage.app.stop()

    assert lossy_steps(stage.database_url, empty(stage, tmp_path, postgres), RELEASED) == [*PLAYED]


async def goes_on_after_an_update(stage: Stage, revision: str, folder: Path, postgres: Databases) -> None:
    """Begin a season, put the database back to that revision, and bring the bot up to date on it."""
    await spring_has_begun(stage)
    put_two(stage)
    await stage.app.stop()
    old = empty(stage, folder, postgres)
    age(stage.database_url, old, revision=revision)
    stage.database_url = old
    heard = len(stage.actor("Ines").player.reads())

    await stage.raise_curtain()

    assert len(copies_below(folder)) == 1
    await stage.wait(weeks=2)
    ines, mira = stage.actors("Ines", "Mira")
    assert ines.hears("This was on its way to you.")
    if stage.has_groups:
        (group,) = ines.player.groups()
        assert any("This was on its way to both." in seen for seen in ines.player.channel(group))
    assert len(ines.player.reads()) > heard + 1, "the season goes on"
    status = await mira.asks("status")
    assert status is not None
    assert "Ines" in status


def empty(stage: Stage, folder: Path, postgres: Databases) -> str:
    """The address of another database of the stage's kind, without tables."""
    is_server = make_url(stage.database_url).get_backend_name() == "postgresql"
    return postgres.empty() if is_server else f"sqlite:///{folder / 'old.db'}"


def put_two(stage: Stage) -> None:
    """Two messages that are still queued when the version changes."""
    kit = stage.app.kit
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        ines = next(one for one in everybody(connection) if one.account.user == stage.actor("Ines").id)
        match = connection.execute(text("select match from match_members where person = :who"), {"who": ines.id})
        store.outbox.put(
            post("queued:one", ToPerson(ines.id), "This was on its way to you."),
            post("queued:two", ToMatch(match.scalar_one()), "This was on its way to both."),
            now=stage.world.now(),
        )


def post(key: str, to: To, words: str) -> Post:
    return Post(key, to, Message(words, (Paragraph((Plain(words),)),)), Kind.MUST_ARRIVE)
