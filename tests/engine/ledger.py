"""What the workspace saw: every message that it took, and every call with its moment."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.limits import Limits
from bot.playground.refusals import RateLimited
from bot.playground.workspace import Workspace
from bot.slack.send import EVENT_TYPE, opaque


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: when (seconds on the workspace's clock), to which channel, and for how many seconds it was
    put off (None: it was let in)."""

    at: float
    method: str
    channel: str | None
    put_off: float | None


class WatchedLimits(Limits):
    """The workspace's limits, with a list of all calls that were counted."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self._now = clock
        self.calls: list[Call] = []

    def count(self, method: str, *, channel: str | None = None) -> None:
        """One call more, and a line in the list."""
        at = self._now()
        try:
            super().count(method, channel=channel)
        except RateLimited as limited:
            self.calls.append(Call(at, method, channel, limited.retry_after))
            raise
        self.calls.append(Call(at, method, channel, None))


def copies(workspace: Workspace) -> Counter[str]:
    """How often each delivery arrived, by the hash that its message carries."""
    found: Counter[str] = Counter()
    for messages in workspace.contents.messages.values():
        for message in messages.values():
            if message.metadata is not None and message.metadata["event_type"] == EVENT_TYPE:
                found[message.metadata["event_payload"]["delivery"]] += 1
    return found


def copies_of(workspace: Workspace, key: str) -> int:
    """How often this post arrived."""
    return copies(workspace)[opaque(key)]
