"""A whole season in a real browser, as somebody plays it who tries the demo: three people, one clock."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import PATIENCE_MS, Fields, Step, Visitor, joins
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


async def test_a_season_is_played_in_the_page(visitor: Visitor) -> None:
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
