"""The clock's handler: what is due → outbox."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.exc import OperationalError

from handlers import noticing
from handlers.choosing import asking
from handlers.kit import Kit
from handlers.season import calling, tuesday
from handlers.tick import Planner, Tick, one_by_one
from handlers.writing import opening
from storage.people import HeldElsewhere
from storage.postgres import lost_connection, met_another
from storage.restores import Restore
from storage.schedule import Due
from storage.store import Store

PLANNERS: Mapping[str, Planner] = {
    "match": one_by_one(calling.look),
    "person": one_by_one(tuesday.look),
    "letter": opening.look,
    "round": one_by_one(noticing.look),
    "wish": one_by_one(asking.look),
    "asked": one_by_one(asking.wake),
}
"""By the kind of subject: "match", "person", "letter", "round" (of a cohort), "wish" (of a mentee), "asked" (of a
mentor)."""

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
        return _plan(kit, _look_together)
    except Exception as failure:
        if _is_of_the_database(failure):
            raise
        # Nearly always all goes well, and two statements more for each subject would be every sixth.
        return _plan(kit, _look_alone)


def next_look(store: Store) -> datetime | None:
    """When the planner has something to look at next."""
    return store.schedule.first_due(PLANNERS.keys())


def _plan(kit: Kit, look: Callable[["_Batch"], Sequence[Exception]]) -> Looked:
    now = kit.now()
    with kit.database.guarded() as connection:
        store = Store(connection, kit.keyring)
        found = store.schedule.claim(now, PLANNERS.keys(), MOST)
        if not found:
            return Looked(0)
        batch = _Batch(kit, store, found, now, store.restores.last())
        return Looked(len(found), tuple(look(batch)))


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is due, the longest waiting first, in one transaction."""

    kit: Kit
    store: Store
    found: Sequence[Due]
    now: datetime
    restored: Restore | None

    def look(self, alike: Sequence[Due]) -> None:
        """Subjects of one kind, of which all or none are in doubt; where they are looked at next is written together.
        A look may have subjects of other kinds looked at, and what it writes of them stands."""
        kit = self.kit
        ticks = [
            Tick(_which(due), self.store, kit.content, due.since, self.now, kit.new_id, kit.spaces) for due in alike
        ]
        kind = _kind(alike[0])
        with self._doubting(alike[0]):
            moments = PLANNERS[kind](ticks)
        soonest = self.now + SOONEST
        next_moments = {f"{kind}:{which}": at and max(at, soonest) for which, at in moments.items()}
        # Now itself was looked at; what comes next was not.
        self.store.schedule.move(next_moments, since=self.now + timedelta.resolution)

    def is_doubted(self, due: Due) -> bool:
        """What is due soon after a copy of the database was put back may have been sent already, and is not known
        here."""
        return self.restored is not None and self.restored.doubts(due.at)

    def _doubting(self, due: Due) -> AbstractContextManager[None]:
        if self.restored is None or not self.is_doubted(due):
            return nullcontext()
        return self.store.outbox.doubting(self.restored.copied_at)


def _look_together(batch: _Batch) -> Sequence[Exception]:
    # In their order: who is told something by one is told less by the next.
    for _, alike in groupby(batch.found, lambda due: (_kind(due), batch.is_doubted(due))):
        batch.look(list(alike))
    return ()


def _look_alone(batch: _Batch) -> Sequence[Exception]:
    failures = []
    for due in batch.found:
        try:
            with batch.store.attempt():
                batch.look([due])
        except HeldElsewhere:
            pass  # It stays due, and is looked at in the next round.
        except Exception as failure:
            if _is_of_the_database(failure):
                raise  # not the subject's
            batch.store.schedule.move({due.subject: batch.now + PUT_OFF}, since=due.since)
            failures.append(failure)
    return failures


def _kind(due: Due) -> str:
    return due.subject.partition(":")[0]


def _which(due: Due) -> str:
    return due.subject.partition(":")[2]


def _is_of_the_database(failure: Exception) -> bool:
    return isinstance(failure, OperationalError) and (met_another(failure) or lost_connection(failure))
