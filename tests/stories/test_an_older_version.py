"""A season that began on an older version goes on where it stood, on whichever database."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from bot.schema import head, steps
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, To, ToMatch, ToPerson
from storage.store import Store
from tests.played import age, copies_below
from tests.postgres import Databases
from tests.stage import Stage
from tests.stories.spring import spring_has_begun
from tests.written_down import everybody

RELEASED = sorted(one.revision for one in ScriptDirectory(str(steps())).walk_revisions() if one.revision != head())


async def test_a_season_that_began_on_the_first_version_goes_on(
    stage: Stage, tmp_path: Path, postgres: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await goes_on_after_an_update(stage, RELEASED[0], tmp_path, postgres)


@pytest.mark.on("slack")  # Versions differ in their tables: each is tried on both databases, not on every platform.
@pytest.mark.parametrize("revision", RELEASED[1:])
async def test_a_season_that_began_on_a_later_version_goes_on(
    stage: Stage, revision: str, tmp_path: Path, postgres: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await goes_on_after_an_update(stage, revision, tmp_path, postgres)


async def goes_on_after_an_update(stage: Stage, revision: str, folder: Path, postgres: Databases) -> None:
    """Begin a season, put the database back to that revision, and bring the bot up to date on it."""
    await spring_has_begun(stage)
    put_two(stage)
    await stage.app.stop()
    new = stage.database_url
    old = postgres.empty() if make_url(new).get_backend_name() == "postgresql" else f"sqlite:///{folder / 'old.db'}"
    age(new, old, revision=revision)
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
