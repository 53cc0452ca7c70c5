"""Stories play on a stage of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage, Where, staged


@pytest.fixture
def platform(pytestconfig: pytest.Config) -> Where:
    """Where a story plays that does not say so."""
    return Where(pytestconfig.getoption("--platform"))


@pytest.fixture
async def stage(database_url: str, platform: Where) -> AsyncIterator[Stage]:
    """The whole bot in a company of its own."""
    async with staged(database_url, platform=platform) as stage:
        yield stage
