"""Time that is walked, not waited for: from due moment to due moment, planning and delivering at each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.calculator import Calculator
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


class Working(Protocol):
    """A bot that is at work: bot.app.App."""

    kit: Kit
    sender: Sender
    calculator: Calculator


async def settle(app: Working) -> datetime | None:
    """Do everything that is due at this very moment; when something is due next."""
    while True:
        ahead = await run(app.kit.database, partial(_look_ahead, app.kit))
        if not ahead.is_now:
            return ahead.due
        calculated = await app.calculator.calculate()
        looked_at = (await run(app.kit.database, partial(plan, app.kit))).all_well()
        delivered = await app.sender.deliver()
        asked = await app.sender.reconcile()
        if not calculated and not looked_at and not delivered and not asked:
            # What could not be done may have been put off.
            return (await run(app.kit.database, partial(_look_ahead, app.kit))).due


async def walk(
    app: Working, clock: MovableClock, until: datetime, *, at_each: Callable[[], object] | None = None
) -> int:
    """Let the time pass until then; `at_each` is called after each moment. How many moments there were."""
    moments = 0
    while True:
        due = await settle(app)
        moments += 1
        if at_each is not None:
            at_each()
        if due is None or due > until:
            break
        # What was due and could not be done at once is tried again a second later, as the metronome would.
        clock.move_to(max(due, clock.now() + timedelta(seconds=1)))
    before = clock.now()
    clock.move_to(until)
    if clock.now() > before:
        await settle(app)
    return moments


@dataclass(frozen=True, slots=True)
class _Ahead:
    """When something is due next, if anything is, and whether there is anything to do at this very moment."""

    due: datetime | None
    is_now: bool


def _look_ahead(kit: Kit) -> _Ahead:
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        dues = (next_look(store), store.outbox.first_due(), next_question(store))
        due = min((moment.astimezone(UTC) for moment in dues if moment is not None), default=None)
        is_now = (due is not None and due <= kit.now()) or store.calculations.longest_open() is not None
        return _Ahead(due, is_now)
