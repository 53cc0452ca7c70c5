"""The outbox's hand: claims, opens conversations, commits the intent, calls, writes down what became of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import structlog

from bot.database_thread import run
from bot.logs import place_of
from bot.platform import Messenger
from handlers.delivering import Blocked, Delivery, Outcome, TryLater, Unknown, claim, intend, settle
from handlers.kit import Kit

log = structlog.get_logger()


class Sender:
    """One per process. `owner` names this process in the leases that it holds."""

    def __init__(self, kit: Kit, messengers: Mapping[str, Messenger], owner: str) -> None:
        self._kit = kit
        self._messengers = messengers
        self._owner = owner
        self._doorbell = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._ending = asyncio.Event()

    def ring(self) -> None:
        """There may be something to send."""
        self._doorbell.set()

    def end(self) -> None:
        """Take no further batch. The one under way is sent and written down: what is cut off in the middle of a call
        would be known to nobody, and is not sent again."""
        self._ending.set()
        self.ring()

    async def serve(self) -> None:
        """Send until `end`; waits for the doorbell, which the metronome rings every second too."""
        while not self._ending.is_set():
            await self._doorbell.wait()
            self._doorbell.clear()
            try:
                while not self._ending.is_set() and await self.deliver():
                    pass
            except Exception as failure:
                # A batch that failed is free again when its lease ends; what comes after it must not wait for a
                # restart. The words of an exception may quote what was to be sent, so they are not written down.
                log.error("sending failed", fault=type(failure).__name__, address=place_of(failure))

    async def deliver(self) -> int:
        """Send what may go now, one batch; how many messages that were."""
        async with self._one_at_a_time:
            claimed = await run(self._kit.database, partial(claim, self._kit, self._owner))
            if not claimed:
                return 0
            reached = await asyncio.gather(*(self._with_conversation(delivery) for delivery in claimed))
            ended = [(delivery, outcome) for delivery, outcome in reached if outcome is not None]
            ready = [delivery for delivery, outcome in reached if outcome is None]
            opened = [delivery for delivery in ready if delivery not in claimed]
            held = await run(self._kit.database, partial(intend, self._kit, self._owner, ready, opened))
            results = await asyncio.gather(*(self._send(delivery) for delivery in held))
            outcomes = [*ended, *zip(held, results, strict=True)]
            await run(self._kit.database, partial(settle, self._kit, self._owner, outcomes))
            return len(claimed)

    async def _with_conversation(self, delivery: Delivery) -> tuple[Delivery, Outcome | None]:
        if delivery.conversation:
            return delivery, None
        messenger = self._messengers.get(delivery.platform)
        if messenger is None:
            return delivery, Blocked(f"{delivery.platform} is not connected")
        opened = await messenger.open(delivery.accounts)
        if not isinstance(opened, str):
            # Nothing was said yet, so trying again is safe whatever the platform did with the request.
            return delivery, TryLater(5, opened.reason) if isinstance(opened, Unknown) else opened
        return replace(delivery, conversation=opened), None

    async def _send(self, delivery: Delivery) -> Outcome:
        messenger = self._messengers.get(delivery.platform)
        if messenger is None:
            return Blocked(f"{delivery.platform} is not connected")
        message = delivery.claimed.message
        if delivery.receipt:
            return await messenger.update(delivery.conversation, delivery.receipt, message)
        return await messenger.post(delivery.conversation, message, delivery=delivery.claimed.key)
