"""The coordinator's pane in a real browser: a draft that says how good it is, is edited, and is published."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.visitor import PATIENCE_MS, SEASON_MS, Seat, Visitor

pytestmark = pytest.mark.browser

SWAPPED = ("Yusuf Karimov", "Dalia Haddad")


async def number(priya: Seat, mentee: str) -> int:
    """The number that the draft gives to somebody's pair; who joins first differs from day to day."""
    found = re.findall(rf"(\d+)\. @{mentee} with", await priya.log.inner_text())
    return int(found[-1])


async def test_a_coordinator_edits_a_draft_and_publishes_it(visitor: Visitor) -> None:
    priya = visitor.sits_as("Priya Nair")
    await expect(priya.pane).to_be_visible(timeout=PATIENCE_MS)
    write_draft = visitor.page.get_by_role("button", name="Write /mentor-admin match draft for the coordinator")
    await expect(write_draft).not_to_have_attribute("aria-disabled", "true", timeout=SEASON_MS)
    await write_draft.click()
    await priya.sends("/mentor-admin match draft")
    await priya.reads("No better draft exists; that is proved.", "% on average", "Not matched yet")
    await visitor.keeps("the-draft")
    await priya.presses("Who is served, by group")
    await priya.reads("Groups of fewer than 5 people are not shown")
    await visitor.keeps("who-is-served")

    # A pair that the swap below leaves alone: of a locked one nothing is known at once about the whole.
    another = min({1, 2, 3} - {await number(priya, name) for name in SWAPPED})
    await priya.asks(f"/mentor-admin match lock {another}")
    await priya.reads(f"Pair {another} is locked")
    await priya.asks("/mentor-admin match draft")
    await priya.reads("Draft 2", "Locked by")
    await visitor.keeps("the-second-draft")

    yusuf, dalia = [await number(priya, name) for name in SWAPPED]
    await priya.asks(f"/mentor-admin match swap {yusuf} {dalia}")
    await priya.reads("less well than before.", "at least")
    await visitor.keeps("what-a-swap-costs")
    await priya.presses("Swap them")
    await priya.reads("changed by hand")
    await visitor.keeps("the-swapped-draft")
    await priya.asks("/mentor-admin match why Yusuf Karimov, Nadia Rahman")
    await priya.reads("Their fit is")
    await visitor.keeps("why-not")
    await priya.asks("/mentor-admin match publish")
    await priya.reads("Nothing has been sent or changed yet.")
    await priya.presses("Publish")
    await priya.reads("introductions are on their way")
    await visitor.keeps("it-is-published")
