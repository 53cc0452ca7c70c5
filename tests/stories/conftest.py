"""Stories play on a stage of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage, staged


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The whole bot in a company of its own."""
    async with staged(database_url) as stage:
        yield stage
