"""Somebody who knows nothing of the bot joins by what stands on the screen alone, and quickly."""

import pytest

from tests.stage import Stage
from tests.stories.newcomer import Newcomer
from tests.stories.spring import open_spring


@pytest.mark.parametrize(
    ("wants", "most", "roles"),
    [
        ("Learn from somebody", 14, "Role: mentee"),
        ("Mentor somebody", 14, "Role: mentor"),
        ("Do both", 17, "Role: mentor and mentee, in different matches"),
    ],
    ids=["as a mentee", "as a mentor", "as both"],
)
async def test_a_robot_joins_by_what_is_shown(stage: Stage, wants: str, most: int, roles: str) -> None:
    await open_spring(stage)
    yusuf = stage.actor("Yusuf")
    newcomer = Newcomer(yusuf, wants=wants)

    await newcomer.joins(most=most)

    assert "You have joined Spring mentoring." in yusuf.last_message
    status = await yusuf.asks("status")
    assert status is not None
    assert roles in status
    assert newcomer.acts <= most
