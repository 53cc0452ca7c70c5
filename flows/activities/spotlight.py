"""The Strength Spotlight: a strength with its evidence and a chance to use it, and the mentee's log of wins."""

from collections.abc import Mapping

KIND = "spotlight"
WINS = "wins"
LONGEST: Mapping[str, int] = {"strength": 100, "evidence": 1_000, "chance": 300}
LONGEST_WIN = 300
MOST_SPOTLIGHTS = 10
MOST_WINS = 50


def problems(filled: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong with a spotlight: empty or long. No chance means "not yet"."""
    found = {name: "empty" for name in ("strength", "evidence") if not filled.get(name)}
    return found | {name: "long" for name, most in LONGEST.items() if len(filled.get(name, "")) > most}


def problems_of_win(filled: Mapping[str, str]) -> dict[str, str]:
    """The same for a win."""
    line = filled.get("win", "")
    if not line:
        return {"win": "empty"}
    return {"win": "long"} if len(line) > LONGEST_WIN else {}
