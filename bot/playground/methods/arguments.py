"""The arguments of one Web API call, wherever the SDK put them: query, form or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.refusals import SlackError


class Arguments:
    """One merged mapping; strings that hold JSON are read when they are asked for."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = dict(given)

    def text(self, name: str) -> str:
        """A string that must be there."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name} [json-pointer:/{name}]"])
        return value

    def text_or_none(self, name: str) -> str | None:
        """A string, or None."""
        value = self.given.get(name)
        return value if isinstance(value, str) and value else None

    def raw(self, name: str) -> Any:
        """Whatever was given, or None."""
        return self.given.get(name)

    def structure(self, name: str) -> Any:
        """A list or object, given as such or as a string of JSON; None when it was not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError("invalid_arguments", [f"[ERROR] {name} is not JSON [json-pointer:/{name}]"]) from None

    def flag(self, name: str) -> bool:
        """True for true, "true", 1 and "1"."""
        return str(self.given.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, *, default: int) -> int:
        """A whole number."""
        value = self.given.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments", [f"[ERROR] {name} must be a number"]) from None

    def ids(self, name: str) -> tuple[str, ...]:
        """A list of ids, given as a list or joined with commas."""
        value = self.given.get(name) or ()
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(p.strip() for p in parts if p.strip())
