"""What is no longer needed goes; what must stay known stays."""

import json

from sqlalchemy import select

from flows.confirmations import Confirmation
from flows.people import Role
from handlers.maintaining import maintain
from storage.store import Store
from storage.tables import inbox, limits, outbox
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Stage


def test_words_go_after_a_week_and_keys_stay(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    stage.programme("Spring")
    ines.asks("join")
    with stage.database.transaction() as connection:
        before = connection.execute(select(outbox.c.key, outbox.c.message)).all()
    assert any(row.message is not None for row in before)

    stage.wait(days=8)
    maintain(stage.kit)

    with stage.database.transaction() as connection:
        after = connection.execute(select(outbox.c.key, outbox.c.message)).all()
        assert connection.execute(select(inbox)).all() == []
    assert {row.key for row in after} >= {row.key for row in before}
    assert [row.message for row in after if row.key in {old.key for old in before}] == [None] * len(before)


def test_a_confirmation_that_nobody_gave_is_forgotten(stage: Stage) -> None:
    with stage.database.transaction() as connection:
        store = Store(connection, stage.kit.keyring)
        store.confirmations.add(Confirmation("t1", "p1", "broadcast", {"text": "x"}, stage.now))

    stage.wait(days=1)
    maintain(stage.kit)

    with stage.database.transaction() as connection:
        assert Store(connection, stage.kit.keyring).confirmations.get("t1") is None


def test_pacing_that_is_over_leaves_no_row(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    stage.programme("Spring")
    ines.asks("join")
    with stage.database.transaction() as connection:
        assert connection.execute(select(limits)).all() != []

    stage.wait(hours=1)
    maintain(stage.kit)

    with stage.database.transaction() as connection:
        assert connection.execute(select(limits)).all() == []


def test_what_was_worked_out_for_a_coordinator_stands_in_their_chat_alone_after_an_hour(stage: Stage) -> None:
    cohort, carla = stage.programme(), stage.person("Carla Weiss", owner=True)
    for name, role in (("Mira Okafor", Role.MENTOR), ("Ines Duarte", Role.MENTEE), ("Noor Haddad", Role.MENTEE)):
        joins(stage, stage.person(name), cohort, role)
    carla.asks_admin("match draft")
    assert "Noor Haddad" in _written(stage)

    stage.wait(hours=2)
    maintain(stage.kit)
    assert "Noor Haddad" not in _written(stage)
    carla.asks_admin("match show")
    assert "Noor Haddad" in carla.reads


def _written(stage: Stage) -> str:
    """All words of the drafts that wait or were sent."""
    with stage.database.transaction() as connection:
        kept = connection.execute(select(outbox.c.message).where(outbox.c.key.startswith("calculation:"))).scalars()
        return json.dumps(list(kept))
