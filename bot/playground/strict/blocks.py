"""Blocks: which there are, how large they may be, and which belong to messages, modals and the App Home.

Limits: https://docs.slack.dev/reference/block-kit/blocks and the types of @slack/types, as of 2026.
"""

from collections.abc import Iterator
from typing import Any

from bot.playground.strict.charts import CHART
from bot.playground.strict.elements import BESIDE_A_SECTION, IMAGE, IN_ACTIONS, IN_INPUT, IN_INPUT_OF_A_MODAL
from bot.playground.strict.objects import plain, text
from bot.playground.strict.rich_text import RICH_TEXT
from bot.playground.strict.rules import Findings, Place, Rule, address, every, flag, many, one_of, shape, string, typed

_ID = {"block_id": string(255)}


def _text_or_fields(block: Any, place: Place, findings: Findings) -> None:
    if "text" not in block and "fields" not in block:
        findings.add(place, "needs text or fields")


def _block(kind: str, needed: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return shape({"type": one_of(kind), **needed}, {**_ID, **(optional or {})})


_IN_CONTEXT = typed({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}, what="element")


def _input(element: Rule) -> Rule:
    more = {"hint": plain(2000), "optional": flag, "dispatch_action": flag}
    return _block("input", {"label": plain(2000), "element": element}, more)


_EVERYWHERE: dict[str, Rule] = {
    "section": every(
        _block(
            "section",
            {},
            {
                "text": text(3000),
                "fields": many(text(2000), most=10),
                "accessory": BESIDE_A_SECTION,
                "expand": flag,
            },
        ),
        _text_or_fields,
    ),
    "header": _block("header", {"text": plain(150)}),
    "context": _block("context", {"elements": many(_IN_CONTEXT, most=10)}),
    "actions": _block("actions", {"elements": many(IN_ACTIONS, most=25)}),
    "input": _input(IN_INPUT),
    "image": _block("image", {"image_url": address(), "alt_text": string(2000)}, {"title": plain(2000)}),
    "divider": _block("divider", {}),
    "rich_text": _block("rich_text", {"elements": RICH_TEXT}),
}
_MESSAGES_ONLY: dict[str, Rule] = {
    "markdown": _block("markdown", {"text": string(12_000)}),
    "data_visualization": _block("data_visualization", {"title": string(50), "chart": CHART}),
}

IN_MESSAGE = typed({**_EVERYWHERE, **_MESSAGES_ONLY}, what="block")
IN_EPHEMERAL = typed({**_EVERYWHERE, "markdown": _MESSAGES_ONLY["markdown"]}, what="block")
"""Whether Slack draws a chart in an ephemeral message is not documented: not allowed here."""
IN_HOME = typed(_EVERYWHERE, what="block")
IN_MODAL = typed({**_EVERYWHERE, "input": _input(IN_INPUT_OF_A_MODAL)}, what="block")
"""Files are taken in modals alone."""


def elements_of(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The interactive elements of one block that has been checked."""
    if block["type"] == "actions":
        yield from block["elements"]
    for name in ("accessory", "element"):
        if name in block and block[name]["type"] != "image":
            yield block[name]


def ids_are_different(blocks: Any, place: Place, findings: Findings) -> None:
    """No two blocks of a surface share a block_id, no two elements of a block an action_id."""
    names = [block["block_id"] for block in blocks if "block_id" in block]
    for name in sorted({n for n in names if names.count(n) > 1}):
        findings.add(place, f"the block_id {name[:60]} is used twice")
    for n, block in enumerate(blocks):
        actions = [element["action_id"] for element in elements_of(block) if "action_id" in element]
        for action in sorted({a for a in actions if actions.count(a) > 1}):
            findings.add(place.at(n), f"the action_id {action[:60]} is used twice in this block")


def characters(value: Any) -> int:
    """How many characters of text a payload shows: what Slack seems to count for `msg_blocks_too_long`."""
    if isinstance(value, dict):
        shown = sum(
            len(value[name])
            for name in ("text", "title", "value", "alt_text", "label", "name")
            if isinstance(value.get(name), str)
        )
        return shown + sum(characters(v) for v in value.values() if isinstance(v, dict | list))
    return sum(characters(v) for v in value) if isinstance(value, list) else 0
