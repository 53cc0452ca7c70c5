"""The first minutes on Teams alone, and in a company that has both: the same words, forms and answers."""

import pytest

from tests.stage import Stage, Where
from tests.stories.spring import MENTEE, MENTOR, joins, open_spring


@pytest.fixture(params=[Where.TEAMS, Where.BOTH])
def platform(request: pytest.FixtureRequest) -> Where:
    """Not on Slack alone: that is where all the others play."""
    return Where(request.param)


async def test_help_is_answered_in_the_chat(stage: Stage) -> None:
    ines = stage.actor("Ines")
    answer = await ines.asks("help")
    assert answer is not None
    assert "What you can do here" in answer


async def test_a_programme_is_opened_and_two_join(stage: Stage) -> None:
    ines, mira = stage.actors("Ines", "Mira")
    await open_spring(stage)
    await joins(ines, MENTEE)
    await joins(mira, MENTOR)
    assert ines.hears("You have joined Spring mentoring")
    assert mira.hears("You have joined Spring mentoring")
