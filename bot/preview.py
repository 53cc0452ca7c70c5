"""Examples of messages as each platform is told to draw them: for the eye, and for the golden files."""

from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never

from bot.slack import render as slack
from bot.slack.origin import Origin
from bot.teams import render as teams
from bot.teams.carried import Window
from flows.voice.gallery.example import Example, Shown
from flows.voice.message import Action
from handlers.inbound import Place

Json = dict[str, Any]
_HERE: Final = Origin(Place.PRIVATE, channel="D0A1", ts="1778486400.000001")


def _on_slack(example: Example) -> Json:
    match example.shown:
        case Shown.PROACTIVE | Shown.ANSWER:
            return slack.message(example.message)
        case Shown.DIALOG:
            return slack.dialog(example.message, _HERE)
        case Shown.HOME:
            return slack.home(example.message)
        case _:
            assert_never(example.shown)


def _on_teams(example: Example) -> Json:
    """A dialog as the answer that opens it; the home is what is answered to a bare word, so a message."""
    if example.shown is Shown.DIALOG:
        return teams.dialog(example.message, Window(Action("standing.status"), "a:1:f:0a1b2c3d", "1778486400001"))
    return teams.message(example.message, notifies=example.shown is Shown.PROACTIVE)


PLATFORMS: Final[Mapping[str, Callable[[Example], Json]]] = {"slack": _on_slack, "teams": _on_teams}
"""A platform's name → what is sent there for an example. Raises TooLong of that platform."""
