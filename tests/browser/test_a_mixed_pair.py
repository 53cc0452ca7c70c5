"""A pair across both platforms in a real browser: the mentee in Teams, the mentor in Slack, from joining to the opened
letters."""

import pytest
from playwright.async_api import expect

from tests.browser.test_a_season import INES, MIRA
from tests.browser.visitor import PATIENCE_MS, SEASON_MS, Fields, Visitor, joins

pytestmark = pytest.mark.browser

FROM_INES = "I want to remember that asking early was the easy part."
FROM_MIRA = "I want to remember how much I did not know at her age."
OPENS = "At our last conversation"
AGREED = ("Yes, if we both agree",)


def letter(words: str, partner: str) -> Fields:
    """A letter that the partner may read once it is open."""
    return {
        "Your letter": words,
        "When shall it open?": (OPENS,),
        f"May {partner} read it too, once it is open?": AGREED,
    }


async def test_a_pair_meets_across_two_platforms(visitor: Visitor) -> None:
    ines = visitor.sits_in_teams_as("Ines Duarte")
    mira, priya = visitor.sits_as("Mira Okafor"), visitor.sits_as("Priya Nair")
    await expect(ines.pane).to_be_visible(timeout=PATIENCE_MS)
    await visitor.keeps("the-first-day")

    await joins(ines, INES)
    await visitor.keeps("the-last-card")
    await ines.presses("Join Spring mentoring")
    await ines.reads("You have joined Spring mentoring.")
    await joins(mira, MIRA)
    await mira.presses("Join Spring mentoring")
    await mira.reads("You have joined Spring mentoring.")
    await visitor.keeps("both-have-joined")

    write_draft = visitor.page.get_by_role("button", name="Write /mentor-admin match draft for the coordinator")
    await expect(write_draft).not_to_have_attribute("aria-disabled", "true", timeout=SEASON_MS)
    await write_draft.click()
    await priya.sends("/mentor-admin match draft")
    await priya.reads("Ines Duarte with @Mira Okafor")
    await visitor.keeps("the-draft")
    await priya.asks("/mentor-admin match publish")
    await priya.reads("Nothing has been sent or changed yet.")
    await priya.presses("Publish")
    await priya.reads("introductions are on their way")
    await ines.reads("Mira knows what you want to learn")
    await mira.reads("Ines wants to learn what you know")
    await visitor.keeps("the-introduction")

    await visitor.lets_time_pass("Next morning")
    await ines.reads("Getting to know each other")
    await ines.presses("We have a date")
    await expect(ines.dialog("Your next date")).to_be_visible(timeout=PATIENCE_MS)
    await visitor.keeps("a-date")
    await ines.submits("Your next date", {}, "Keep this date")
    await ines.sees_button("Another date")
    await mira.reads("You and Ines meet on")
    await visitor.keeps("both-know-the-date")

    await visitor.lets_time_pass("+1 week")
    await ines.presses("We met")
    await ines.taps("Was it worth your time?", "Very much")
    await mira.taps("Was it worth your time?", "Very much")
    await visitor.keeps("they-met")

    await ines.asks("mentor letter")
    await ines.presses("Open")
    await ines.fills(ines.dialog("A letter to yourself"), letter(FROM_INES, "Mira"))
    await visitor.keeps("a-letter-in-teams")
    await ines.submits("A letter to yourself", {}, "Seal my letter")
    await ines.reads("Your letter is sealed.")
    await mira.asks("/mentor letter")
    await mira.submits("A letter to yourself", letter(FROM_MIRA, "Ines"), "Seal my letter")
    await mira.reads("Your letter is sealed.")
    await visitor.keeps("two-letters-are-sealed")

    await visitor.lets_time_pass("To the end")
    await visitor.keeps("the-end")
    for seat in (ines, mira):
        await seat.taps("is ready.", "Open it")
        opened = seat.pane.get_by_role("dialog")
        await expect(opened).to_contain_text(FROM_INES, timeout=PATIENCE_MS)
        await expect(opened).to_contain_text(FROM_MIRA)
    await visitor.keeps("the-opened-letters")
    await expect(ines.log).not_to_contain_text(FROM_INES)
    await expect(ines.log).not_to_contain_text(FROM_MIRA)
