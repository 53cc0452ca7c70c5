"""What the bot said after a backup was made, it does not say again when that backup is put back."""

from collections import Counter
from pathlib import Path

import pytest

from bot.backup import back_up
from bot.restoring import restore
from tests.engine.ledger import copies
from tests.stage import Stage
from tests.stories.spring import spring_has_begun


async def test_what_was_planned_and_sent_since_the_copy_is_not_said_again(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await spring_has_begun(stage)
    known = copies_of_all(stage)
    back_up(stage.database_url, tmp_path / "copy.db", now=stage.world.now())
    await stage.wait(weeks=3)
    said = copies_of_all(stage)
    assert len(said) > len(known) + 4, "nudges went out since"

    await stage.app.stop()
    restore(stage.database_url, tmp_path / "copy.db", now=stage.world.now())
    await stage.raise_curtain()
    await stage.wait(hours=1)

    assert since(stage, said) == Counter(), "nothing is said again"
    await stage.wait(weeks=2)
    assert since(stage, said), "the season goes on"
    twice = {said: count for said, count in copies_of_all(stage).items() if count > 1}
    assert not twice, "nothing of it twice"


def copies_of_all(stage: Stage) -> Counter[str]:
    """How often each message arrived: on Slack by the mark that it carries, on Teams by what it says on which day."""
    app, every = stage.tenant.app_user, stage.tenant.contents.messages.values()
    mine = [one for messages in every for one in messages.values() if one.author == app]
    return copies(stage.workspace) + Counter(f"{one.conversation} {one.at:%Y-%m-%d} {one.summary}" for one in mine)


def since(stage: Stage, before: Counter[str]) -> Counter[str]:
    """Messages that came after these."""
    return copies_of_all(stage) - before
