"""Letters that open on one morning are looked at together, each as if it were alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from flows.activities.letter import KIND
from flows.activities.writing import Writing, WritingState
from flows.budget import ENOUGH
from handlers.planning import MOST, plan
from handlers.writing.opening import letter_subject
from storage.people import People
from storage.tables import outbox
from tests.handlers.stage import Actor, Stage
from tests.handlers.writing.conftest import Pair

FRIDAY = date(2027, 2, 26)


def open_today(pair: Pair, *authors: Actor) -> None:
    """A letter of each, w0 and on, whose day has come."""
    pair.rui.asks("help")
    writers = [author.me.id for author in authors]
    with pair.stage.store() as store:
        for number, writer in enumerate(writers):
            which, moment = f"w{number}", pair.stage.now + timedelta(microseconds=number)
            letter = Writing(which, pair.match.id, writer, KIND, 0, WritingState.SENT, moment, {"text": "Hi"}, FRIDAY)
            store.writings.add(letter)
            store.schedule.look_at(letter_subject(which), moment)
    pair.stage.now += timedelta(seconds=1)


def told(stage: Stage) -> list[str]:
    """The letters of which their writers are told."""
    with stage.database.transaction() as connection:
        query = select(outbox.c.subject).where(outbox.c.step == KIND).order_by(outbox.c.subject)
        return list(connection.execute(query).scalars())


def test_of_many_letters_to_one_writer_a_week_brings_three(pair: Pair) -> None:
    open_today(pair, pair.rui, pair.rui, pair.rui, pair.rui)

    assert plan(pair.stage.kit).all_well()

    assert told(pair.stage) == ["w0", "w1", "w2"]
    assert len(told(pair.stage)) == ENOUGH
    pair.stage.wait(weeks=1)
    assert told(pair.stage) == ["w0", "w1", "w2", "w3"]


def test_a_letter_costs_no_statement_of_its_own(pair: Pair) -> None:
    plan(pair.stage.kit).all_well()  # the match
    seen: list[str] = []
    event.listen(pair.stage.database.engine, "before_cursor_execute", lambda _, __, sql, *___: seen.append(sql))

    counts = []
    for writers in ([pair.rui], [pair.rui, pair.ines, pair.mira, pair.rui]):
        with pair.stage.store() as store:
            for letter in store.writings.letters(pair.match.id):
                store.writings.remove(letter.id)
        open_today(pair, *writers)
        seen.clear()
        assert plan(pair.stage.kit).all_well() == len(writers) < MOST
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_writer_on_whom_somebody_else_works_holds_up_no_other_letter(pair: Pair) -> None:
    plan(pair.stage.kit).all_well()  # the match
    open_today(pair, pair.rui, pair.ines)
    seen: list[str] = []
    event.listen(pair.stage.database.engine, "before_cursor_execute", lambda _, __, sql, *___: seen.append(sql))
    rui = pair.rui.me.id
    with pair.stage.database.guarded() as elsewhere:
        People(elsewhere).hold(rui)

        assert plan(pair.stage.kit).all_well() == 2

    assert not [sql for sql in seen if "SAVEPOINT" in sql], "the others are not looked at twice"
    assert told(pair.stage) == ["w1"]
    assert plan(pair.stage.kit).all_well() == 1
    assert told(pair.stage) == ["w0", "w1"]
