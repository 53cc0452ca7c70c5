"""Stories play on a stage of their own: on Slack, on Teams, and in a company that has both."""

from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import pytest

from tests.stage import Stage, Where, staged


class Setting(NamedTuple):
    """Where one play of a story takes place."""

    platform: Where
    database: str
    chats: str = ""
    """"chats" where Teams permits group chats."""


SETTINGS = (
    Setting(Where.SLACK, "sqlite"),
    Setting(Where.SLACK, "postgresql"),
    Setting(Where.TEAMS, "sqlite"),
    Setting(Where.BOTH, "sqlite"),
)
"""Every story on every platform and on every database, not on every pair of the two."""
EVERY_SETTING = tuple(Setting(where, database) for where in Where for database in ("sqlite", "postgresql"))
"""For stories marked `everywhere`."""
CHATS = Setting(Where.TEAMS, "sqlite", "chats")
"""For stories marked `chats`, and for all with `--platform chats`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each story in its settings; those marked `on` a platform only there."""
    if "setting" not in metafunc.fixturenames:
        return
    story = metafunc.definition
    on = story.get_closest_marker("on")
    places: tuple[str, ...] = on.args if on else tuple(Where)
    every = EVERY_SETTING if story.get_closest_marker("everywhere") else SETTINGS
    settings = [one for one in every if one.platform in places]
    if story.get_closest_marker("chats") or metafunc.config.getoption("--platform") == CHATS.chats:
        settings.append(CHATS)
    metafunc.parametrize("setting", settings, ids=["-".join(filter(None, one)) for one in settings])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--platform`, leave out what plays elsewhere."""
    only = config.getoption("--platform")
    if only:
        elsewhere = [item for item in items if _platform(item) not in ("", only)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def _platform(item: pytest.Item) -> str:
    setting = (
        item.callspec.params.get("setting") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
    )
    return (setting.chats or setting.platform) if isinstance(setting, Setting) else ""


@pytest.fixture
def stage_database(setting: Setting, lend: Callable[[str], str]) -> str:
    """What the bot of the story stores everything in."""
    return lend(setting.database)


@pytest.fixture
async def stage(stage_database: str, setting: Setting) -> AsyncIterator[Stage]:
    """The whole bot in a company of its own."""
    async with staged(stage_database, platform=setting.platform, chats=bool(setting.chats)) as stage:
        yield stage
