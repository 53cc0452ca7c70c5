"""The clock's handler: what is due → outbox."""

from collections.abc import Mapping

from handlers.kit import Kit
from handlers.season import calling, tuesday
from handlers.tick import Planner, Tick
from handlers.writing import opening
from storage.store import Store

PLANNERS: Mapping[str, Planner] = {"match": calling.look, "person": tuesday.look, "letter": opening.look}
"""By the kind of subject: "match", "person", "letter"."""

MOST = 200
"""Subjects in one transaction: a turn that waits for the database waits this long at most."""


def plan(kit: Kit) -> int:
    """Look at what is due, at most MOST subjects, in one transaction; how many there were."""
    now = kit.now()
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        subjects = store.schedule.due(now, MOST)
        for subject, due in subjects:
            kind, _, which = subject.partition(":")
            tick = Tick(which, store, kit.content, due, now, kit.new_id)
            store.schedule.look_at(subject, PLANNERS[kind](tick))
        return len(subjects)
