"""The demo without a browser: it opens, lets time pass, starts over, and ends, and says plainly when it cannot."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import Demo, destination, first_morning, run_demo
from bot.playground.person import Person

BEGINS = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
WAYS_OUT = ("Turn these off", "This is not a fit", "Not a fit", "Leave the programme", "Skip this one", "Not this week")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path, BEGINS)
    # Two dozen colleagues act at once; on a busy machine three seconds would lose some of them.
    demo.workspace.ack_seconds = 60
    await demo.start(0)
    yield demo
    await demo.stop()
    assert [demo.workspace.refused, demo.tenant.refused] == [[], []]


async def everybody_has_joined(demo: Demo) -> None:
    await demo.workspace.until(lambda: not demo.workspace.contents.meanwhile, seconds=120)


def pressed(demo: Demo) -> set[str]:
    """The labels of all buttons that were pressed since the wire was last cut."""
    calls = demo.workspace.wire.named("block_actions")
    return {action["text"]["text"] for call in calls for action in call.request["actions"] if "text" in action}


async def test_the_season_goes_on_by_itself_and_nobody_takes_a_way_out(demo: Demo) -> None:
    assert demo.workspace.contents.meanwhile == "24 colleagues are joining"
    await everybody_has_joined(demo)
    priya = Person(demo.workspace, "U0PRIYA")
    await priya.asks("/mentor-admin", "match draft")
    await demo.workspace.until(lambda: any("Draft 1 for" in seen for seen in priya.reads()), seconds=60)
    await priya.asks("/mentor-admin", "match publish")
    await priya.presses("Publish")
    before = demo.world.now()
    await demo.move_clock("+1-week")

    assert demo.world.now() >= before + timedelta(weeks=1)
    assert {"We have a date", "We met"} & pressed(demo)
    assert pressed(demo).isdisjoint(WAYS_OUT)
    assert Person(demo.workspace, "U0INES").reads() == (), "whom a visitor may play is left alone"


async def test_starting_over_ends_a_walk_and_brings_the_first_day_back_twice(demo: Demo) -> None:
    await everybody_has_joined(demo)
    walking = asyncio.create_task(demo.move_clock("end"))
    await demo.workspace.until(lambda: demo.world.now() > BEGINS + timedelta(days=1), seconds=60)
    await demo.reset()
    await walking

    assert demo.world.now() < BEGINS + timedelta(hours=1)
    await demo.reset()
    assert "Mentoring starts on" in Person(demo.workspace, "U0INES").channel("#general")[-1]


async def test_a_port_that_is_taken_is_one_friendly_line() -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert await run_demo(port, browser=False, say=said.append) == 1
    assert said == [f"Port {port} is taken. Choose another one: python3 start.py demo --port {port + 1}"]


async def test_control_and_c_ends_it_while_colleagues_are_joining() -> None:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 1:
            asyncio.get_running_loop().call_later(0.5, os.kill, os.getpid(), signal.SIGINT)

    assert await run_demo(0, browser=False, say=say) == 0
    assert "nothing is kept" in said[0]
    assert said[1:] == [
        "Ending: what is under way comes to its end first.",
        "The demo has ended, and nothing of it is kept.",
    ]


def test_it_begins_on_a_monday_morning_and_the_clock_only_goes_forward() -> None:
    saturday = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    begins = first_morning(saturday)
    assert begins == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert destination("next-morning", begins) == begins + timedelta(days=1)
    assert destination("next-tuesday", begins) == begins + timedelta(days=1)
    assert destination("+1-week", begins) == begins + timedelta(weeks=1)
    assert destination("end", begins) > begins + timedelta(weeks=13)
    with pytest.raises(ValueError, match="yesterday"):
        destination("yesterday", begins)
