"""The morning before the curtain: a coordinator opens a programme, with the commands and forms that anybody has."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from bot.playground.players import Player

NAME = "Spring mentoring"
CHANNEL = "#general"
DOOR = "Open"
ANSWERS = {
    "Which problem keeps your leaders awake?": "People leave in their second year, just when they know their way.",
    "Why this format?": "Two people who trust each other talk about what they would not say in a group.",
    "One objective": "Fewer people leave in their first two years.",
    "How is it measured, and where does the figure come from?": "per cent a year, from the people system",
    "The figure today": "18",
    "The figure you want": "12",
    "Champion": "Hannah Weiss, Director of operations",
}


async def open_programme(priya: Player, today: date, settle: Callable[[], Awaitable[None]]) -> None:
    """Create the programme, open it, post the invitation. `settle` lets the app finish what an act led to. Raises
    bot.playground.controls.NotPossible when the app shows something else than this expects."""
    await priya.asks("/mentor-admin", f"programme new {NAME}")
    await settle()
    if priya.modal() is None:
        # A typed word cannot open a dialog everywhere: then a button stands for it.
        await priya.presses(DOOR)
        await settle()
    for label, answer in ANSWERS.items():
        await priya.fills(label, answer)
    monday = today + timedelta(days=7 - today.weekday())
    await priya.fills("Starts on", monday.isoformat())
    await priya.fills("Next round of matching", (monday + timedelta(weeks=3)).isoformat())
    await priya.chooses("Why do you want mentoring?", "Engagement and retention")
    await priya.chooses("Format", "One to one")
    await priya.submits()
    if priya.modal() is not None:
        await priya.closes()
    await settle()
    await priya.asks("/mentor-admin", f"open {NAME} {CHANNEL}")
    await settle()
    await priya.presses("Post the invitation")
    await settle()
