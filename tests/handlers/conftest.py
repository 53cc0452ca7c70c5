"""The stage on which stories of handlers play."""

from collections.abc import Iterator

import pytest

from tests.handlers.stage import Stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """An empty company on a Monday morning."""
    stage = Stage(database_url)
    yield stage
    stage.database.close()
