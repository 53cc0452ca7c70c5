"""A whole season in a real browser, as somebody plays it who knows Slack alone: three people, one clock."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import PATIENCE_MS, SEASON_MS, Fields, Step, Visitor, joins
from tests.stories.spring import (
    ABOUT,
    CAPACITY,
    HOURS,
    LIKES,
    MODE,
    MOVE,
    NEW,
    OFFERS,
    PLACE,
    ROLE,
    TEACHES,
    TIMES,
    WANTS,
    WISHES,
)

pytestmark = pytest.mark.browser

MORNINGS = ("Tuesday morning", "Thursday morning")
INES: tuple[Step, ...] = (
    (ROLE, "Learn from somebody"),
    (WISHES, {WISHES: ("Career: somebody further ahead",)}),
    (HOURS, {HOURS: "2"}),
    (WANTS, {WANTS: ("Working with data", "Speaking to groups")}),
    (LIKES, {LIKES: ("Music", "Travel")}),
    (MOVE, {MOVE: "Data"}),
    (NEW, "Neither"),
    (PLACE, "That is right"),
    (MODE, {MODE: ("Online",)}),
    (TIMES, {TIMES: MORNINGS}),
    (ABOUT, {ABOUT: "I came here from support and like short plans."}),
)
MIRA: tuple[Step, ...] = (
    (ROLE, "Mentor somebody"),
    (OFFERS, {OFFERS: ("Career: to somebody less far",)}),
    (HOURS, {HOURS: "3", CAPACITY: "1"}),
    (TEACHES, {TEACHES: ("Working with data", "Speaking to groups", "Leading people")}),
    (LIKES, {LIKES: ("Music",)}),
    (NEW, "Neither"),
    (PLACE, "That is right"),
    (MODE, {MODE: ("Online",)}),
    (TIMES, {TIMES: MORNINGS}),
    (ABOUT, {ABOUT: "I have led a data team for six years."}),
)
SECOND_PROGRAMME: Fields = {
    "Why do you want mentoring?": ("Engagement and retention",),
    "Which problem keeps your leaders awake?": "People who come back from leave find their old place gone.",
    "Format": ("One to one",),
    "Why this format?": "Somebody who came back last year knows what this year is like.",
    "One objective": "More people stay after they come back.",
    "How is it measured, and where does the figure come from?": "per cent a year, people system",
    "The figure today": "61",
    "The figure you want": "75",
    "Champion": "Hannah Weiss, Director of operations",
}

LETTER: Fields = {
    "Your letter": "I want to remember that asking early was the easy part.",
    "When shall it open?": ("At our last conversation",),
}


async def test_a_season_is_played_in_the_page(visitor: Visitor) -> None:
    await visitor.moves("Ines Duarte", "Slack")
    ines, mira, priya = (visitor.sits_as(name) for name in ("Ines Duarte", "Mira Okafor", "Priya Nair"))
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

    await priya.asks("/mentor-admin programme new Welcome back")
    await expect(priya.dialog("Programme")).to_be_visible(timeout=PATIENCE_MS)
    await visitor.keeps("a-second-programme")
    await priya.submits("Programme", SECOND_PROGRAMME, "Save")
    await visitor.keeps("the-programme-is-kept")
    await priya.closes("Welcome back")
    await priya.asks("/mentor-admin programme show Welcome back")
    await priya.reads("More people stay after they come back.")
    await visitor.keeps("programme-show")

    write_draft = visitor.page.get_by_role("button", name="Write /mentor-admin match draft for the coordinator")
    await expect(write_draft).not_to_have_attribute("aria-disabled", "true", timeout=SEASON_MS)
    await write_draft.click()
    await priya.sends("/mentor-admin match draft")
    await priya.reads("@Ines Duarte with @Mira Okafor", "Not matched yet")
    await visitor.keeps("the-draft")
    await priya.asks("/mentor-admin people")
    await priya.reads("@Yusuf Karimov: mentee, joined")
    await visitor.keeps("people")
    await priya.asks("/mentor-admin match show")
    await priya.asks("/mentor-admin match publish")
    await priya.reads("Nothing has been sent or changed yet.")
    await visitor.keeps("before-it-is-published")
    await priya.presses("Publish")
    await priya.reads("introductions are on their way")

    await ines.reads("Mira knows what you want to learn")
    await mira.reads("Ines wants to learn what you know")
    await visitor.keeps("the-introduction")
    await ines.goes_to("Mira Okafor")
    await ines.reads("I cannot read what you write here.")
    await visitor.keeps("the-shared-chat")
    await ines.goes_to("Alongside")

    await visitor.lets_time_pass("Next morning")
    await ines.reads("Getting to know each other")
    await visitor.keeps("next-morning")
    await ines.presses("We have a date")
    await visitor.keeps("a-date")
    await ines.submits("Your next date", {}, "Keep this date")
    await ines.sees_button("Another date")

    await visitor.lets_time_pass("+1 week")
    await visitor.keeps("a-week-later")
    await ines.presses("We met")
    await visitor.keeps("the-feedback")
    await ines.taps("Was it worth your time?", "Very much")
    await ines.taps("Did you feel heard?", "Very much")
    await ines.taps("Do you know what comes next?", "Partly")
    await ines.taps("fit, as far as you can tell?", "It fits")
    await ines.reads("Noted, what you said of your first conversation with")
    await mira.taps("Was it worth your time?", "Very much")
    await mira.taps("Did you feel heard?", "Enough for now")
    await visitor.keeps("they-met")

    for place in (1, 2, 3, 4):
        await ines.taps(f"Anonymous question {place} of 4", "Rather")
    await ines.reads("Thank you, counted.")
    await visitor.keeps("the-pulse")

    await visitor.lets_time_pass("Next Tuesday")
    await ines.reads("Strengths and skills")
    await visitor.keeps("next-tuesday")

    await visitor.lets_time_pass("+1 week")
    await visitor.lets_time_pass("Next Tuesday")
    nudge = ines.log.get_by_role("article").filter(has_text="Turn these off").last
    await expect(nudge).to_be_visible(timeout=PATIENCE_MS)
    await visitor.keeps("the-nudge")
    await ines.presses("Fine", within=nudge)
    await ines.reads("Noted: it goes well.")

    await ines.asks("/mentor letter")
    await ines.fills(ines.dialog("A letter to yourself"), LETTER)
    await visitor.keeps("the-letter")
    await ines.submits("A letter to yourself", {}, "Seal my letter")
    await ines.reads("Your letter is sealed.")

    await visitor.lets_time_pass("To the end")
    await visitor.keeps("the-end")
    await priya.asks("/mentor-admin report")
    await priya.reads("Download CSV")
    await visitor.keeps("the-report")
    await expect(priya.log.get_by_role("img").last).to_be_visible(timeout=PATIENCE_MS)
    await priya.presses("Download CSV")
    await visitor.keeps("the-tables")
    await ines.goes_to("Home")
    await expect(ines.pane.get_by_role("region", name="Home")).to_contain_text("Role: mentee", timeout=PATIENCE_MS)
    await visitor.keeps("home")
