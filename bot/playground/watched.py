"""What the page and the stories watch: it tells of its changes, and what goes on in it can be waited for."""

import asyncio
from collections.abc import Callable

Listener = Callable[[str, tuple[str, ...] | None], None]
"""Told what changed, and for whom; None is everybody."""


class Watched:
    """It changes in one event loop only. `background` are the deliveries under way."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiting: set[asyncio.Future[None]] = set()
        self.background: set[asyncio.Task[None]] = set()

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Calls the listener at every change; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self, what: str, *people: str) -> None:
        """Tells whoever watches; no people means everybody."""
        for listener in tuple(self._listeners):
            listener(what, people or None)
        for waiting in tuple(self._waiting):
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, condition: Callable[[], bool], *, seconds: float = 5.0) -> None:
        """Waits, without polling, until a change makes the condition true; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not condition():
                waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting.add(waiting)
                try:
                    await waiting
                finally:
                    self._waiting.discard(waiting)

    async def settled(self) -> None:
        """Waits until every delivery has been taken or given up."""
        while self.background:
            await asyncio.gather(*self.background)
