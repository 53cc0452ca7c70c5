"""What is due is looked at, by whoever comes first; one subject that cannot be looked at holds up no other."""

from datetime import datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import event, select, update

from flows.voice.message import Kind, Message, Post, ToPerson
from handlers import planning
from handlers.planning import MOST, next_look, plan
from handlers.tick import Planner, Tick, one_by_one
from storage.schedule import Due
from storage.tables import outbox
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Stage


def test_a_look_that_fails_is_put_off_and_the_others_are_taken(stage: Stage) -> None:
    with stage.store() as store:
        store.schedule.look_at("person:nobody", stage.now)
        store.schedule.look_at("match:gone", stage.now)

    looked = plan(stage.kit)

    assert looked.subjects == 2
    assert [type(failure) for failure in looked.failures] == [LookupError]
    with stage.store() as store:
        assert store.schedule.claim(stage.now, planning.PLANNERS, 10) == []
        assert next_look(store) == stage.now + timedelta(hours=1)


def test_of_a_look_that_fails_nothing_is_kept_and_of_the_others_everything(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.now += timedelta(days=2)
    with stage.store() as store:
        store.schedule.look_at("letter:torn", stage.now)
    monkeypatch.setitem(cast(dict[str, Planner], planning.PLANNERS), "letter", one_by_one(put_and_fail))

    looked = plan(stage.kit)

    assert [type(failure) for failure in looked.failures] == [ZeroDivisionError]
    with stage.database.transaction() as connection:
        subjects = connection.execute(select(outbox.c.to_id)).scalars().all()
    assert sorted(subjects) == sorted({one.id for one in (mira.me, ines.me)})


def test_a_batch_in_which_nothing_fails_takes_no_savepoints(stage: Stage) -> None:
    matched(stage, running(stage), mentor=stage.person("Mira Okafor"), mentee=stage.person("Ines Duarte"))
    stage.now += timedelta(days=2)
    seen: list[str] = []
    event.listen(stage.database.engine, "before_cursor_execute", lambda _, __, sql, *___: seen.append(sql))

    assert plan(stage.kit).all_well()

    assert not [sql for sql in seen if "SAVEPOINT" in sql]


def test_a_kind_that_only_a_newer_version_knows_waits_for_it_and_holds_up_nobody(stage: Stage) -> None:
    of_tomorrow = [f"circle:{number}" for number in range(MOST + 1)]
    with stage.store() as store:
        for subject in of_tomorrow:
            store.schedule.look_at(subject, stage.now - timedelta(days=1))
        store.schedule.look_at("match:gone", stage.now)

    assert plan(stage.kit).all_well() == 1
    assert plan(stage.kit).all_well() == 0

    with stage.store() as store:
        assert next_look(store) is None
        found = store.schedule.claim(stage.now, {"circle"}, 100)
    assert [due.subject for due in found] == sorted(of_tomorrow)


def test_an_act_never_puts_off_what_is_due_already(stage: Stage) -> None:
    slot = stage.now - timedelta(seconds=3)
    with stage.store() as store:
        store.schedule.look_at("person:ines", slot)

        store.schedule.look_at("person:ines", stage.now)

        assert store.schedule.claim(stage.now, {"person"}, 10) == [Due("person:ines", at=slot, since=slot)]
        store.schedule.look_at("person:ines", slot - timedelta(hours=1))
        assert store.schedule.first_due({"person"}) == slot - timedelta(hours=1)


def test_what_a_restored_copy_forgot_is_asked_of_the_platform_and_what_comes_later_is_not(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    matched(stage, running(stage), mentor=mira, mentee=ines)
    copied_at = stage.now
    stage.now += timedelta(days=2)
    with stage.store() as store:
        store.restores.begin_again(copied_at=copied_at, restored_at=stage.now)

    assert plan(stage.kit).all_well()

    assert states(stage) == {"sending"}, "Tuesday's slot had come before the copy was put back"
    with stage.database.transaction() as connection:
        asked_since = connection.execute(select(outbox.c.intent_at)).scalars().all()
        connection.execute(update(outbox).values(state="sent", sent_at=stage.now))
    assert set(asked_since) == {copied_at}
    stage.now += timedelta(weeks=1)
    plan(stage.kit).all_well()
    assert states(stage) == {"sent", "sending"}, "what was said in the lost days is caught up with in the week after"
    stage.now += timedelta(weeks=1)
    plan(stage.kit).all_well()
    assert states(stage) == {"sent", "sending", "queued"}


def states(stage: Stage) -> set[str]:
    with stage.database.transaction() as connection:
        return set(connection.execute(select(outbox.c.state)).scalars())


def put_and_fail(tick: Tick) -> datetime | None:
    """A look that breaks after it has put a message."""
    post = Post("torn", ToPerson("nobody"), Message("Hello", ()), Kind.NUDGE)
    tick.store.outbox.put(post, now=tick.now)
    raise ZeroDivisionError
