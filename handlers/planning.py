"""The clock's handler: what is due → outbox."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from handlers.kit import Kit
from handlers.season import calling, tuesday
from handlers.tick import Planner, Tick
from handlers.writing import opening
from storage.people import HeldElsewhere
from storage.postgres import lost_connection, met_another
from storage.restores import Restore
from storage.schedule import Due
from storage.store import Store

PLANNERS: Mapping[str, Planner] = {"match": calling.look, "person": tuesday.look, "letter": opening.look}
"""By the kind of subject: "match", "person", "letter"."""

MOST = 20
"""Subjects in one transaction: a turn that waits for the database waits this long at most."""

PUT_OFF = timedelta(hours=1)
"""After which a subject is looked at again that could not be looked at."""

SOONEST = timedelta(seconds=1)
"""A subject is not looked at again before that, or a round of the planner could go on for ever."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a batch came to: how many subjects were due, and what went wrong with those that could not be looked at."""

    subjects: int
    failures: tuple[Exception, ...] = ()

    def all_well(self) -> int:
        """How many there were, where a failure shall not pass: raises the first."""
        if self.failures:
            raise self.failures[0]
        return self.subjects


def plan(kit: Kit) -> Looked:
    """Look at what is due, at most MOST subjects, in one transaction; any number of replicas may do so at once.

    When one of them fails nothing of the batch is kept, and it is looked at again with a savepoint for each: only the
    one that fails is taken back and looked at again in an hour, so the others need not wait for it. What the database
    itself refuses, such as a lost connection, fails the whole batch.

    The transaction guards itself: a subject's row is locked while it is looked at, so a turn that changes what is due
    waits for that, and then has it looked at once more; whatever asks what a person was told holds that person; and the
    key of a post is for ever. A serializable one would fail all planners but one: all read and move one small index.
    """
    try:
        return _plan(kit, _look)
    except Exception as failure:
        if _is_of_the_database(failure):
            raise
        # Nearly always all goes well, and two statements more for each subject would be every sixth.
        return _plan(kit, _look_alone)


def next_look(store: Store) -> datetime | None:
    """When the planner has something to look at next."""
    return store.schedule.first_due(PLANNERS.keys())


def _plan(kit: Kit, look: Callable[[Kit, Store, Due, datetime, Restore | None], Exception | None]) -> Looked:
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        found = store.schedule.claim(now, PLANNERS.keys(), MOST)
        restored = store.restores.last() if found else None
        failures = [failure for due in found if (failure := look(kit, store, due, now, restored))]
        return Looked(len(found), tuple(failures))


def _look(kit: Kit, store: Store, due: Due, now: datetime, restored: Restore | None) -> None:
    kind, _, which = due.subject.partition(":")
    with _doubting(store, due, restored):
        at = PLANNERS[kind](Tick(which, store, kit.content, due.since, now, kit.new_id))
    # Now itself was looked at; what comes next was not.
    store.schedule.move(due.subject, at and max(at, now + SOONEST), since=now + timedelta.resolution)


def _look_alone(kit: Kit, store: Store, due: Due, now: datetime, restored: Restore | None) -> Exception | None:
    try:
        with store.attempt():
            _look(kit, store, due, now, restored)
    except HeldElsewhere:
        pass  # It stays due, and is looked at in the next round.
    except Exception as failure:
        if _is_of_the_database(failure):
            raise  # not the subject's
        store.schedule.move(due.subject, now + PUT_OFF, since=due.since)
        return failure
    return None


def _is_of_the_database(failure: Exception) -> bool:
    return isinstance(failure, OperationalError) and (met_another(failure) or lost_connection(failure))


def _doubting(store: Store, due: Due, restored: Restore | None) -> AbstractContextManager[None]:
    """What is due soon after a copy of the database was put back may have been sent already, and is not known here."""
    if restored is None or not restored.doubts(due.at):
        return nullcontext()
    return store.outbox.doubting(restored.copied_at)
