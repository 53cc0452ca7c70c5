"""Every message that was agreed for Slack is one that the strict workspace takes."""

import json
from pathlib import Path

import pytest

from bot.playground.strict.surfaces import check_message, check_view

AGREED = Path(__file__).parents[2] / "golden" / "slack"
DRAWN = sorted(str(file.relative_to(AGREED)) for file in AGREED.rglob("*.json"))


@pytest.mark.parametrize("name", DRAWN)
def test_the_workspace_takes_what_the_bot_draws(name: str) -> None:
    drawn = json.loads((AGREED / name).read_text(encoding="utf-8"))
    if drawn.get("type") in {"modal", "home"}:
        check_view(drawn, home=drawn["type"] == "home")
    else:
        check_message(drawn["text"], drawn["blocks"])


def test_there_is_something_to_check() -> None:
    assert len(DRAWN) > 10
