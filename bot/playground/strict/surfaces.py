"""Whole messages and views: what is checked before one is shown."""

import json
from typing import Any

from bot.playground.refusals import SlackError
from bot.playground.strict.blocks import IN_EPHEMERAL, IN_HOME, IN_MESSAGE, IN_MODAL, characters, ids_are_different
from bot.playground.strict.objects import plain
from bot.playground.strict.rules import Findings, Place, every, flag, many, one_of, shape, string

LONGEST_TEXT = 4000
"""Slack advises at most so many characters of `text` and cuts at 40,000; here the advice is the rule."""
LONGEST_BLOCKS = 13_200
"""Slack's own limit is not published; `msg_blocks_too_long` was seen from about here (slackapi/bolt-js#2509)."""
LARGEST_VIEW = 250_000
"""Bytes."""

_MESSAGE_BLOCKS = every(many(IN_MESSAGE, least=0, most=50), ids_are_different)
_EPHEMERAL_BLOCKS = every(many(IN_EPHEMERAL, least=0, most=50), ids_are_different)
_MODAL_BLOCKS = every(many(IN_MODAL, most=100), ids_are_different)
_HOME_BLOCKS = every(many(IN_HOME, most=100), ids_are_different)

_KEPT = {"private_metadata": string(3000, least=0), "callback_id": string(255), "external_id": string(255, least=0)}
_MODAL = shape(
    {"type": one_of("modal"), "title": plain(24), "blocks": _MODAL_BLOCKS},
    {
        **_KEPT,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_HOME = shape({"type": one_of("home"), "blocks": _HOME_BLOCKS}, _KEPT)


def check_message(text: Any, blocks: Any, *, ephemeral: bool = False) -> None:
    """Raises what Slack answers to a message like this; a message without `text` is refused even when it has blocks.

    Slack would accept it, but screen readers and notifications read `text` alone.
    """
    if not isinstance(text, str) or not text.strip():
        raise SlackError("no_text", ["[ERROR] text: is missing; screen readers and notifications read nothing else"])
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long", [f"[ERROR] text: must be at most {LONGEST_TEXT} characters, has {len(text)}"])
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    findings = Findings()
    (_EPHEMERAL_BLOCKS if ephemeral else _MESSAGE_BLOCKS)(blocks, Place("blocks", "/blocks"), findings)
    if not findings.found:
        _count_special_blocks(blocks, findings)
    if findings.found:
        raise SlackError("invalid_blocks", findings.found)
    if characters(blocks) > LONGEST_BLOCKS:
        raise SlackError("msg_blocks_too_long", [f"[ERROR] blocks: {characters(blocks)} characters in all"])


def _count_special_blocks(blocks: list[Any], findings: Findings) -> None:
    place = Place("blocks", "/blocks")
    kinds = [b["type"] for b in blocks]
    if kinds.count("data_visualization") > 2:
        findings.add(place, "has more than two charts")
    written = sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    if written > 12_000:
        findings.add(place, f"all markdown blocks together may have 12000 characters, have {written}")


def check_view(view: Any, *, home: bool = False) -> None:
    """Raises what Slack answers to a modal, or with `home` to an App Home, like this."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["[ERROR] view: must be an object"])
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    findings = Findings()
    (_HOME if home else _MODAL)(view, Place("view", "/view"), findings)
    blocks = view.get("blocks")
    asks = any(isinstance(b, dict) and b.get("type") == "input" for b in (blocks if isinstance(blocks, list) else []))
    if asks and not home and "submit" not in view:
        findings.add(Place("view", "/view"), "needs submit, because it has an input block")
    if findings.found:
        raise SlackError("invalid_arguments", findings.found)


def check_metadata(metadata: Any) -> None:
    """Raises when message metadata has not the documented form."""
    findings = Findings()
    ok = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not ok or not isinstance(metadata.get("event_payload"), dict):
        findings.add(Place("metadata", "/metadata"), "needs event_type and event_payload")
        raise SlackError("invalid_metadata_format", findings.found)
    if len(json.dumps(metadata)) > 8000:
        raise SlackError("metadata_too_large")
