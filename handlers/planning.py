"""The clock's handler: what is due → outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.kit import Kit
from handlers.season import calling, tuesday
from handlers.tick import Planner, Tick
from handlers.writing import opening
from storage.store import Store

PLANNERS: Mapping[str, Planner] = {"match": calling.look, "person": tuesday.look, "letter": opening.look}
"""By the kind of subject: "match", "person", "letter"."""

MOST = 200
"""Subjects in one transaction: a turn that waits for the database waits this long at most."""

PUT_OFF = timedelta(hours=1)
"""After which a subject is looked at again that could not be looked at."""


def plan(kit: Kit) -> int:
    """Look at what is due, at most MOST subjects, in one transaction; how many there were."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        subjects = store.schedule.due(now, MOST)
        for subject, due in subjects:
            _look(kit, store, subject, due, now)
        return len(subjects)


def plan_singly(kit: Kit) -> Sequence[Exception]:
    """The same after it failed, each subject in a transaction of its own; what went wrong.

    A subject that fails is looked at again in an hour, so that the others do not have to wait for it.
    """
    now = kit.now()
    failures: list[Exception] = []
    with kit.database.transaction() as connection:
        subjects = Store(connection, kit.keyring).schedule.due(now, MOST)
    for subject, due in subjects:
        try:
            with kit.database.transaction() as connection:
                _look(kit, Store(connection, kit.keyring), subject, due, now)
        except Exception as failure:
            failures.append(failure)
            with kit.database.transaction() as connection:
                Store(connection, kit.keyring).schedule.look_at(subject, now + PUT_OFF)
    return failures


def _look(kit: Kit, store: Store, subject: str, due: datetime, now: datetime) -> None:
    kind, _, which = subject.partition(":")
    tick = Tick(which, store, kit.content, due, now, kit.new_id)
    store.schedule.look_at(subject, PLANNERS[kind](tick))
