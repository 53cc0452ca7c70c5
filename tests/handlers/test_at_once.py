"""Many people act in the same moment: each turn ends as if it had been alone."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from flows.people import Role, Standing
from handlers.inbound import Inbound, Reply
from handlers.kit import Kit
from handlers.router import dispatch
from tests.handlers.stage import Actor, Stage
from tests.handlers.test_joining import answers, place


class Crowd(Stage):
    """A stage on which everybody acts at once: turns and deliveries run in the threads of the database."""

    def __init__(self, database_url: str) -> None:
        super().__init__(database_url)
        self._one_delivers = threading.Lock()

    @property
    def kit(self) -> Kit:
        """With ids that tell nothing of each other, as in the real world."""
        return replace(super().kit, new_id=lambda: hashlib.sha256(b"%d" % next(self.ids)).hexdigest()[:16])

    def dispatch(self, inbound: Inbound) -> Reply | None:
        """A turn among others."""
        return self.database.submit_turn(partial(dispatch, inbound, self.kit)).result()

    def deliver(self) -> None:
        """One process delivers."""
        with self._one_delivers:
            self.database.submit(super().deliver).result()


@pytest.fixture
def crowd(database_url: str) -> Iterator[Crowd]:
    """An empty company on a Monday morning."""
    crowd = Crowd(database_url)
    yield crowd
    crowd.database.close()


def joins(actor: Actor) -> None:
    actor.asks("join")
    answers(actor)
    actor.presses("Join Mentoring")


def test_everybody_of_a_crowd_joins_once_with_all_their_answers(crowd: Crowd) -> None:
    crowd.programme("Mentoring", next_round=date(2027, 3, 15))
    people = [crowd.person(f"Ines Duarte the {number}.", title="Analyst") for number in range(16)]

    with ThreadPoolExecutor(len(people)) as all_at_once:
        list(all_at_once.map(joins, people))

    for actor in people:
        assert "You have joined Mentoring" in actor.reads
        assert place(actor).standing is Standing.JOINED
        assert place(actor).roles == {Role.MENTEE}
    cohort = place(people[0]).cohort
    with crowd.store() as store:
        found = store.participants.in_cohort(cohort)
        answered = store.participants.answers_of([one.id for one in found])
    assert len(found) == len(people)
    assert len({len(answered[one.id]) for one in found}) == 1, "all gave the same number of answers"
