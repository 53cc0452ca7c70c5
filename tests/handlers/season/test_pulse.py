"""The anonymous pulse: one message, counted once, and no trace of the choice."""

import pytest
from sqlalchemy import select

from flows.programme import Cohort
from flows.pulses import WindowName
from storage.tables import metadata
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def cohort(stage: Stage, ines: Actor) -> Cohort:
    """In the second week the pulse of the start has come."""
    cohort = running(stage)
    matched(stage, cohort, mentor=stage.person("Mira Okafor"), mentee=ines)
    stage.wait(days=8, hours=4)
    assert f"{cohort.name}: anonymous question 1 of 4" in ines.reads, "two programmes may ask in one week"
    return cohort


def counts(stage: Stage, cohort: Cohort) -> dict[tuple[str, str], dict[str, int]]:
    with stage.store() as store:
        return {key: dict(found) for key, found in store.pulses.counts(cohort.id).items()}


def test_one_question_after_another_stands_in_one_message_which_ends_without_the_choice(
    stage: Stage, ines: Actor, cohort: Cohort
) -> None:
    screen = len(ines.screen)
    for label in ("Fully", "Rather", "A little", "Not at all"):
        ines.presses(label)
    assert len(ines.screen) == screen
    assert ines.reads == "Thank you, counted. What was chosen is not kept beside your name."
    assert counts(stage, cohort) == {
        ("start", "purpose"): {"yes": 1},
        ("start", "belonging"): {"rather": 1},
        ("start", "hope"): {"little": 1},
        ("start", "confidence"): {"no": 1},
    }


def test_nobody_is_counted_twice(stage: Stage, ines: Actor, cohort: Cohort) -> None:
    seen, button = ines.finds("Fully")
    ines.presses("Not at all")
    ines.presses_again(seen, button)
    assert counts(stage, cohort)[("start", "purpose")] == {"no": 1}
    assert "question 2 of 4" in ines.reads


def test_whoever_has_not_answered_is_reminded_once_and_from_where_they_stopped(
    stage: Stage, ines: Actor, cohort: Cohort
) -> None:
    stage.wait(weeks=4)
    assert "question 1 of 4" in ines.reads, "the pulse of the middle"
    ines.presses("Fully")
    screen = len(ines.screen)
    stage.wait(weeks=1)
    assert "question 2 of 4" in ines.reads
    assert len(ines.screen) == screen + 1
    stage.wait(weeks=1)
    assert ines.reads_all.count("question 2 of 4") == 2, "the one that was left open, and one reminder"


def test_whoever_has_answered_or_had_enough_is_not_reminded(stage: Stage, ines: Actor, cohort: Cohort) -> None:
    stage.wait(weeks=4)
    ines.presses("Enough for now")
    assert "nothing else is asked" in ines.reads
    stage.wait(weeks=3)
    assert "question" not in ines.reads
    assert ("middle", "purpose") not in counts(stage, cohort)


def test_a_closed_window_counts_nothing(stage: Stage, ines: Actor, cohort: Cohort) -> None:
    seen, button = ines.finds("Fully")
    stage.wait(weeks=2)
    answer = ines.presses_again(seen, button)
    assert answer is not None
    assert "These questions are closed by now." in answer.summary
    assert counts(stage, cohort) == {}


def test_a_stranger_cannot_answer_for_a_cohort(stage: Stage, ines: Actor, cohort: Cohort) -> None:
    seen, button = ines.finds("Fully")
    stage.person("Noor Haddad").presses_again(seen, button)
    assert counts(stage, cohort) == {}


def test_no_row_joins_a_person_with_a_choice(stage: Stage, ines: Actor, cohort: Cohort) -> None:
    ines.presses("A little")
    with stage.database.transaction() as connection:
        rows = {table.name: connection.execute(select(table)).all() for table in metadata.sorted_tables}
    choices = [row for table in rows for row in rows[table] if "little" in row]
    assert choices == [(cohort.id, WindowName.START, "purpose", "little", 1)]
    (token,) = [row[0] for row in rows["pulse_tokens"]]
    assert len(token) == 64
    assert ines.me.id not in token
    assert all(token not in map(str, row) for table in rows for row in rows[table] if table != "pulse_tokens")
    edits = [row for row in rows["outbox"] if "pulse" in row[0]]
    assert {str(row).count("A little") for row in edits} <= {0, 1}, "only the question itself, never its answer"


def test_whoever_is_in_no_match_is_asked_at_the_start_only(stage: Stage) -> None:
    noor = stage.person("Noor Haddad")
    cohort = running(stage)
    matched(stage, cohort, mentor=noor, mentee=stage.person("Ines Duarte"))
    with stage.database.transaction() as connection:
        connection.exec_driver_sql("delete from match_members")
    stage.wait(weeks=14)
    assert noor.reads_all.count("question 1 of 4") == 2, "the start and its reminder"
