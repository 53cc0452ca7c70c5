"""The last requests in both directions, for the page's drawer and for tests; what people typed into forms is masked."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEPT = 500
SHORTEST_PRIVATE = 8
"""A form's answer shorter than this is not masked: it would blot out every name that it equals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request and its answer."""

    n: int
    at: datetime
    to_app: bool
    name: str
    who: str | None
    request: Any
    answer: Any
    status: int
    """HTTP status; 0 when there was no answer."""
    milliseconds: float
    note: str = ""


class Wire:
    """A bounded list of calls, newest last."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._private: deque[str] = deque(maxlen=KEPT)
        self._n = 0

    @property
    def calls(self) -> tuple[Call, ...]:
        """What is kept, oldest first."""
        return tuple(self._calls)

    def named(self, name: str) -> tuple[Call, ...]:
        """The calls of this name, oldest first: a Web API method, a command, an event type, `block_actions` …"""
        return tuple(c for c in self._calls if c.name == name)

    def keep_private(self, text: str) -> None:
        """From now on this text is masked in everything recorded."""
        if len(text) >= SHORTEST_PRIVATE and text not in self._private:
            self._private.append(text)

    def record(
        self,
        *,
        to_app: bool,
        name: str,
        request: Any,
        answer: Any,
        status: int,
        milliseconds: float,
        who: str | None = None,
        note: str = "",
    ) -> Call:
        """Keeps one call."""
        self._n += 1
        call = Call(
            n=self._n,
            at=self._now(),
            to_app=to_app,
            name=name,
            who=who,
            request=self._masked(request),
            answer=self._masked(answer),
            status=status,
            milliseconds=round(milliseconds, 2),
            note=note,
        )
        self._calls.append(call)
        return call

    def _masked(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: self._masked(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self._masked(v) for v in value]
        if isinstance(value, str) and len(value) >= SHORTEST_PRIVATE:
            for text in self._private:
                if text in value:
                    value = value.replace(text, f"(private, {len(text)} characters)")
        return value
