"""The outbox's hand: claims, opens conversations, commits the intent, calls, writes down what became of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import inf

import structlog

from bot.database_thread import run
from bot.logs import place_of
from bot.platform import Messenger
from bot.silence import is_silence
from handlers.delivering import (
    LEASE,
    Delivery,
    claim,
    give_back,
    intend,
    intend_to_open,
    opens_once,
    settle,
    throttle,
)
from handlers.kit import Kit
from handlers.outcomes import CannotTell, Finding, NotTried, Outcome, Throttled, TryLater, Unknown
from handlers.pacing import Act, Paces
from handlers.reconciling import Question, doubtful, settle_doubts

log = structlog.get_logger()

IN_FLIGHT = 10
"""Posts in the hands of one replica: so many are in doubt at most when it dies."""
WORTH_A_LOOK = 5
"""Places that must be free before more is claimed: three transactions carry several messages."""
TOGETHER = 0.2
"""Seconds for which results wait for each other, so that they share a transaction; a slow call holds up nobody."""
FRESH = LEASE.total_seconds() / 3
"""Seconds after its claim in which a post may be sent. Who was frozen for longer may have lost it to another replica,
and the clock that counts is the machine's, which goes on while the process stands."""
LAST_CALLS = 20.0
"""Seconds that the end of the sending waits for calls under way."""


class Sender:
    """One per process. `owner` names this process in the leases that it holds; `clock` is the machine's boot clock."""

    def __init__(self, kit: Kit, messengers: Mapping[str, Messenger], owner: str, clock: Callable[[], float]) -> None:
        self._kit = kit
        self._messengers = messengers
        self._owner = owner
        self._clock = clock
        self._refused: dict[tuple[str, Act], float] = {}
        self._doorbell = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._ending = asyncio.Event()
        self._held = 0
        self._rounds = 0

    def ring(self) -> None:
        """There may be something to send."""
        self._doorbell.set()

    def end(self) -> None:
        """Take nothing more. The calls under way are made and written down: what is cut off in the middle of a call
        is known to nobody. What was claimed and not called yet is given back."""
        self._ending.set()
        self.ring()

    async def serve(self) -> None:
        """Send until `end`, several batches at once; waits for the doorbell, which the metronome rings too."""
        carried: set[asyncio.Task[None]] = set()
        while not self._ending.is_set():
            await self._doorbell.wait()
            self._doorbell.clear()
            try:
                while not self._ending.is_set() and IN_FLIGHT - self._held >= WORTH_A_LOOK:
                    began, claimed = await self._claim(IN_FLIGHT - self._held)
                    if not claimed:
                        break
                    task = asyncio.create_task(self._carry(claimed, began))
                    carried.add(task)
                    task.add_done_callback(carried.discard)
            except Exception as failure:
                _note(failure)
        if carried:
            _, late = await asyncio.wait(carried, timeout=LAST_CALLS)
            # Their intents stand: whether these arrived is asked by another replica, or after the next start.
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def deliver(self) -> int:
        """Send what may go now, one batch to its end; how many messages that were."""
        async with self._one_at_a_time:
            began, claimed = await self._claim(IN_FLIGHT)
            if claimed:
                await self._carry(claimed, began)
            return len(claimed)

    async def reconcile(self) -> int:
        """Ask for what is in doubt, one batch; how many messages that were."""
        questions = await run(self._kit.database, partial(doubtful, self._kit, self._owner, self._paces))
        if questions:
            asked = await asyncio.gather(*(self._ask(question) for question in questions), return_exceptions=True)
            findings = [one for one in asked if not isinstance(one, BaseException)]
            for failure in asked:
                if isinstance(failure, BaseException):
                    _note(failure)  # its post stays in doubt, and is asked for again
            await run(self._kit.database, partial(settle_doubts, self._kit, self._owner, findings))
            self.ring()
        return len(questions)

    @property
    def _paces(self) -> Mapping[str, Paces]:
        return {name: messenger.paces for name, messenger in self._messengers.items()}

    async def _claim(self, most: int) -> tuple[float, Sequence[Delivery]]:
        """What was claimed, and when on the boot clock that began."""
        began = self._clock()
        self._rounds += 1
        look = partial(claim, self._kit, self._owner, self._paces, most=most, start=self._rounds)
        claimed = await run(self._kit.database, look)
        self._held += len(claimed)
        return began, claimed

    async def _carry(self, claimed: Sequence[Delivery], began: float) -> None:
        """Take a batch to its end. One that fails is free again when its lease ends; what comes after it goes on."""
        left = len(claimed)
        try:
            reached = await asyncio.gather(*(self._with_conversation(delivery, began) for delivery in claimed))
            ended = [(delivery, outcome) for delivery, outcome in reached if outcome is not None]
            ready = [delivery for delivery, outcome in reached if outcome is None]
            held = await self._intend(claimed, ready, began)
            if ended:
                await self._settle(ended)
            left = self._let_go(left, left - len(held))
            calls = {asyncio.create_task(self._send(delivery, began)): delivery for delivery in held}
            while calls:
                await asyncio.wait(calls, timeout=TOGETHER)
                done = [call for call in calls if call.done()]
                if not done:
                    await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
                    done = [call for call in calls if call.done()]
                await self._write_down([(calls.pop(call), call) for call in done])
                left = self._let_go(left, len(done))
        except Exception as failure:
            _note(failure)
        finally:
            self._let_go(left, left)

    async def _intend(self, claimed: Sequence[Delivery], ready: Sequence[Delivery], began: float) -> Sequence[Delivery]:
        opened = [delivery for delivery in ready if delivery not in claimed]
        if self._ending.is_set() or self._clock() - began > FRESH:
            await run(self._kit.database, partial(give_back, self._kit, self._owner, ready, opened))
            return ()
        return await run(self._kit.database, partial(intend, self._kit, self._owner, ready, opened))

    async def _write_down(self, ended: Sequence[tuple[Delivery, "asyncio.Task[Outcome]"]]) -> None:
        """Results as far as there are any. A post whose result is not written down is in doubt, and is asked for."""
        for failure in [failure for _, call in ended if (failure := call.exception())]:
            _note(failure)
        try:
            await self._settle([(delivery, call.result()) for delivery, call in ended if not call.exception()])
        except Exception as failure:
            _note(failure)

    async def _settle(self, outcomes: Sequence[tuple[Delivery, Outcome]]) -> None:
        await run(self._kit.database, partial(settle, self._kit, self._owner, outcomes))

    def _let_go(self, left: int, count: int) -> int:
        """Free the places of so many posts; there may be others for them."""
        self._held -= count
        if count:
            self.ring()
        return left - count

    async def _with_conversation(self, delivery: Delivery, began: float) -> tuple[Delivery, Outcome | None]:
        if delivery.conversation:
            return delivery, None
        if (waiting := self._not_now(delivery, Act.OPEN, began)) is not None:
            return delivery, waiting
        if opens_once(self._kit, delivery.accounts) and not await self._intend_to_open(delivery):
            return delivery, NotTried("it was held for too long")
        opened = await self._messengers[delivery.platform].open(delivery.accounts)
        if isinstance(opened, str):
            return replace(delivery, conversation=opened), None
        if isinstance(opened, Throttled):
            opened = replace(opened, act=Act.OPEN)
            await self._throttled(delivery, opened)
        # Nothing was said yet, so trying again is safe whatever the platform did with the request; one that would open
        # another conversation then says Blocked.
        return delivery, TryLater(5, opened.reason) if isinstance(opened, Unknown) else opened

    async def _intend_to_open(self, delivery: Delivery) -> bool:
        return await run(self._kit.database, partial(intend_to_open, self._kit, self._owner, delivery))

    async def _send(self, delivery: Delivery, began: float) -> Outcome:
        if (waiting := self._not_now(delivery, delivery.act, began)) is not None:
            return waiting
        messenger, message = self._messengers[delivery.platform], delivery.message
        if delivery.act is Act.UPDATE:
            outcome = await messenger.update(delivery.conversation, delivery.receipt, message)
        else:
            outcome = await messenger.post(delivery.conversation, message, delivery=delivery.claimed.key)
        if isinstance(outcome, Throttled):
            await self._throttled(delivery, outcome)
        return outcome

    def _not_now(self, delivery: Delivery, act: Act, began: float) -> NotTried | None:
        now = self._clock()
        if now - began > FRESH:
            return NotTried("it was held for too long")
        if began <= self._refused.get((delivery.claimed.workspace, act), -inf):
            return NotTried("the platform asked to wait")
        return None

    async def _throttled(self, delivery: Delivery, outcome: Throttled) -> None:
        """Nothing more that is claimed already goes that way, and nothing of any replica from the next claim on."""
        acts = tuple(Act) if outcome.everything else (outcome.act or delivery.act,)
        ways = [(delivery.claimed.workspace, act) for act in acts]
        self._refused.update(dict.fromkeys(ways, inf))
        try:
            await run(self._kit.database, partial(throttle, self._kit, delivery, outcome))
        finally:
            # How long to wait stands in the database, which claims nothing before; that alone knows the time.
            self._refused.update(dict.fromkeys(ways, self._clock()))

    async def _ask(self, question: Question) -> tuple[Question, Delivery, Finding]:
        delivery = question.delivery
        messenger = self._messengers.get(delivery.platform)
        if messenger is None:
            return question, delivery, TryLater(60, "not connected")
        if not delivery.conversation:
            # It was in doubt where it went, too: opening a conversation twice gives the same one.
            opened = await messenger.open(delivery.accounts)
            if isinstance(opened, Throttled):
                return question, delivery, replace(opened, act=Act.OPEN)
            if isinstance(opened, TryLater):
                return question, delivery, opened
            if not isinstance(opened, str):
                return question, delivery, CannotTell("its conversation cannot be opened")
            delivery = replace(delivery, conversation=opened)
        found = await messenger.find(delivery.conversation, delivery=delivery.claimed.key, since=question.since)
        return question, delivery, found


def _note(failure: BaseException) -> None:
    # The words of an exception may quote what was to be sent, so they are not written down.
    if not is_silence(failure):
        log.error("sending failed", fault=type(failure).__name__, at=place_of(failure))
