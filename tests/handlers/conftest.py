"""The stage on which stories of handlers play."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """An empty company on a Monday morning."""
    stage = Stage(tmp_path)
    yield stage
    stage.database.close()
