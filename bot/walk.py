"""Time that is walked, not waited for: from due moment to due moment, planning and delivering at each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.database_thread import run
from bot.sender import Sender
from handlers.kit import Kit
from handlers.planning import next_look, plan
from handlers.reconciling import next_question
from storage.store import Store


class MovableClock(Protocol):
    """A world whose time can be set forward."""

    def now(self) -> datetime:
        """Its time, in UTC."""
        ...

    def move_to(self, moment: datetime) -> None:
        """Set the time forward; never back."""
        ...


async def settle(kit: Kit, sender: Sender) -> None:
    """Do everything that is due at this very moment."""
    while True:
        looked_at = (await run(kit.database, partial(plan, kit))).all_well()
        delivered = await sender.deliver()
        asked = await sender.reconcile()
        if not looked_at and not delivered and not asked:
            return


async def walk(
    kit: Kit, sender: Sender, clock: MovableClock, until: datetime, *, at_each: Callable[[], object] | None = None
) -> int:
    """Let the time pass until then; `at_each` is called after each moment. How many moments there were."""
    moments = 0
    while True:
        await settle(kit, sender)
        moments += 1
        if at_each is not None:
            at_each()
        due = await run(kit.database, partial(_next_due, kit))
        if due is None or due > until:
            break
        # What was due and could not be done at once is tried again a second later, as the metronome would.
        clock.move_to(max(due, clock.now() + timedelta(seconds=1)))
    clock.move_to(until)
    await settle(kit, sender)
    return moments


def _next_due(kit: Kit) -> datetime | None:
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        dues = (next_look(store), store.outbox.first_due(), next_question(store))
        moments = [moment for moment in dues if moment is not None]
        return min(moments).astimezone(UTC) if moments else None
