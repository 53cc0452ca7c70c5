"""Payloads of the shapes that Slack sends, from tests/payloads/slack."""

import json
from pathlib import Path

from bot.slack.limits import Json

FOLDER = Path(__file__).parents[2] / "payloads" / "slack"


def recorded(name: str) -> Json:
    """One payload, fresh, so that a test may change it."""
    payload: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return payload
