"""What each takes along at the end, and what each expects at the beginning: written alone, read by both together."""

from collections.abc import Mapping
from enum import StrEnum

REVIEW = "review"
EXPECTATIONS = "expectations"
LONGEST = 1_500
LONGEST_ABOUT = 300


class Often(StrEnum):
    """How often somebody would like to talk."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    THREE_WEEKS = "three_weeks"
    MONTHLY = "monthly"
    OPEN = "open"


def problems_of_review(filled: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong: empty or long."""
    text = filled.get("text", "")
    if not text:
        return {"text": "empty"}
    return {"text": "long"} if len(text) > LONGEST else {}


def problems_of_expectations(filled: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong: choose, empty or long."""
    found = {} if filled.get("often") in tuple(Often) else {"often": "choose"}
    about = filled.get("about", "")
    if not about:
        found["about"] = "empty"
    elif len(about) > LONGEST_ABOUT:
        found["about"] = "long"
    return found
