"""What Slack takes at most; too long is an error that a test finds, never a silent cut.

The figures are those of docs.slack.dev/reference/block-kit (blocks, elements, composition objects) and of
docs.slack.dev/surfaces/modals; all are characters unless said.
"""

from collections.abc import Sequence
from typing import Any, Final

from handlers.pacing import Act, Paces
from storage.limits import Pace

PACES: Final = Paces(
    acts={
        Act.POST: Pace(200, burst=20, spare=0.2),
        Act.UPDATE: Pace(35, burst=10, spare=0.2),
        Act.OPEN: Pace(35, burst=10),
        Act.FIND: Pace(35, burst=10),
    },
    conversation=Pace(60, burst=3),
)
"""A message a second in one conversation, short bursts tolerated, and "several hundred a minute" in a workspace;
chat.update, conversations.open and conversations.history are of tier 3, fifty a minute and more, so that a burst and
the minute that follows it stay below fifty, even when the first calls were held up on their way:
docs.slack.dev/apis/web-api/rate-limits."""

Json = dict[str, Any]
"""A piece of a payload, as Slack's own types are dicts."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
"""All texts of a message together: undocumented; `msg_blocks_too_long` from about 13,200 on (bolt-js#2509)."""
VIEW_BYTES = 250_000
TEXT = 4_000
"""The top-level text of a message, as Slack advises; from 40,000 on it cuts."""
PLAIN = 3_000
HEADER = 150
TITLE = 24
"""A dialog's title and the label of its submit button."""
BUTTONS = 25
BUTTON_LABEL = 75
VALUE = 2_000
NAME = 255
"""An action_id, block_id or callback_id."""
LABEL = 2_000
"""An input's label, and its hint."""
OPTION = 75
OPTIONS = 100
VISIBLE_OPTIONS = 10
"""Radio buttons and checkboxes."""
TYPED = 3_000
"""What a text input holds."""
METADATA = 3_000
CHART_TITLE = 50
CHART_LABEL = 20
CHART_SERIES = 6


class TooLong(ValueError):
    """Something does not fit where Slack shows it; the message names what, the limit and the length."""


def fitting(text: str, limit: int, what: str) -> str:
    """The text itself, when Slack takes it there. Raises TooLong, and ValueError for an empty one."""
    if not text.strip():
        raise ValueError(f"{what} is empty")
    if len(text) > limit:
        # Never the text itself: an error is logged, and the text may be private.
        raise TooLong(f"{what} has {len(text)} characters and may have {limit}")
    return text


def few(items: Sequence[Any], limit: int, what: str) -> None:
    """Raise TooLong when there are more than Slack shows."""
    if len(items) > limit:
        raise TooLong(f"{what}: {len(items)}, and Slack shows {limit} at most")


def characters(piece: object) -> int:
    """How many characters of text stand in a piece of a payload. Every message is counted, so it is a plain loop."""
    total = 0
    left = [piece]
    while left:
        node = left.pop()
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            for key, value in node.items():
                if isinstance(value, dict | list):
                    left.append(value)
                elif isinstance(value, str) and (key == "text" or key == "fallback"):
                    total += len(value)
    return total
