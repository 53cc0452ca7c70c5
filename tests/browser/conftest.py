"""The demo as its visitors have it: one process, one browser, one season."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from bot.demo import Demo
from tests.browser.visitor import PATIENCE_MS, Visitor

BEGINS = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
"""A Monday morning that is a working day for everybody."""
ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "season"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """The company, the bot and the page; at the end the bot sent nothing that Slack or Teams would have refused."""
    demo = Demo(tmp_path, BEGINS)
    # Two dozen colleagues act at once; on a busy machine three seconds would lose some of them.
    demo.workspace.ack_seconds = 60
    await demo.start(0)
    yield demo
    await demo.stop()
    assert [demo.workspace.refused, demo.tenant.refused] == [[], []]


@pytest.fixture
async def visitor(demo: Demo, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """Somebody with a browser on the page, which complains about nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=list(SWITCHES)
        )
        context = await browser.new_context(
            viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        wrong: list[str] = []
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(demo.workspace.address)
        yield Visitor(page, ARTIFACTS / request.node.name.removeprefix("test_"))
        await browser.close()
    assert wrong == []
