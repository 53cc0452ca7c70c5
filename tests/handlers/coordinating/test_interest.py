"""`interest`: a company is asked before anything is started, and nobody can say who answered what."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import select

from flows.people import Account, Profile
from storage.tables import interest_counts, metadata, pulse_tokens
from tests.handlers.stage import Actor, Stage, shown
from tests.handlers.statements import statements
from tests.written_down import audited

TOPIC = "What should it be about?"


@pytest.fixture
def company(stage: Stage) -> list[Actor]:
    people = [stage.person(f"Ana Number{number:02}") for number in range(12)]
    for one in people:
        one.asks("help")
    return people


def asks_everybody(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("interest")
    carla.presses("Ask the 12 people whom I know")
    assert "This asks 12 people, in their working hours." in carla.reads
    carla.presses("Ask them")
    assert "The question is on its way. Answers count until" in carla.reads
    stage.wait(hours=2)


def answers(one: Actor, label: str, topic: str = "") -> None:
    one.presses(label)
    if topic:
        one.fills({TOPIC: topic})


def closes(carla: Actor) -> None:
    carla.asks_admin("interest")
    carla.presses("Close it and show me")


def counted(stage: Stage) -> Mapping[str, Mapping[str, int]]:
    survey = _survey(stage)
    with stage.store() as store:
        return store.interest.counts(survey)


def test_many_are_asked_in_as_many_statements_as_one(
    stage: Stage, carla: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asking(label: str) -> int:
        carla.presses(label)
        with monkeypatch.context() as patch, statements() as seen:
            patch.setattr(stage, "deliver", lambda: None)
            carla.presses("Ask them")
        return len(seen)

    stage.person("Ana Number00").asks("help")
    carla.asks_admin("interest")
    one = asking("Ask the 1 person whom I know")
    closes(carla)
    for number in range(1, 4):
        stage.person(f"Ana Number{number:02}").asks("help")
    carla.presses("Ask again")
    assert asking("Ask the 4 people whom I know") == one


def test_from_the_question_to_the_counts_and_on_to_a_programme(
    stage: Stage, carla: Actor, company: list[Actor]
) -> None:
    asks_everybody(stage, carla)
    for one in company[:6]:
        answers(one, "I would like a mentor", "Strategy")
    for one in company[6:11]:
        answers(one, "I would be a mentor", "Working with data")
    assert "Thank you, counted." in company[0].reads
    assert "Strategy" not in company[0].reads
    carla.asks_admin("interest")
    assert "At least five have answered." in carla.reads
    assert "Would mentor" not in carla.reads
    carla.presses("Close it and show me")
    for told in ("11 people have answered.", "Would mentor: 5", "Would like a mentor: 6", "Not now: 0"):
        assert told in carla.reads
    assert carla.reads.index("Strategy: 6") < carla.reads.index("Working with data: 5")
    company[11].presses("Not now")
    assert "closed by now. Nothing was counted." in company[11].reads
    carla.asks_admin("interest")
    assert "11 people have answered." in carla.reads
    carla.presses("Describe a programme")
    assert "Why do you want mentoring?" in carla.reads


def test_nobody_is_counted_twice(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    asks_everybody(stage, carla)
    one = company[0]
    seen, button = one.finds("I would be a mentor")
    _, other = one.finds("Not now")
    one.presses_again(seen, button)
    assert TOPIC in one.reads
    one.presses("Leave it out")
    assert "Thank you, counted." in one.reads
    one.presses_again(seen, other)
    assert "each of us counts once" in one.reads
    assert counted(stage) == {"stance": {"mentor": 1}}


def test_who_answered_with_an_account_that_turns_out_to_be_theirs_is_counted_once(
    stage: Stage, carla: Actor, company: list[Actor]
) -> None:
    elsewhere = Actor(stage, Account("slack", "T2", "U900"), Profile("Ana N", "Europe/Lisbon", "en"))
    stage.actors.append(elsewhere)
    elsewhere.asks("help")
    carla.asks_admin("interest")
    carla.presses("Ask the 13 people whom I know")
    carla.presses("Ask them")
    stage.wait(hours=2)
    answers(elsewhere, "I would be a mentor", "Strategy")

    company[0].asks("connect")
    code = next(word for word in company[0].reads.split() if word.strip(".").isupper() and len(word) > 6)
    elsewhere.asks(f"connect {code}")
    company[0].presses("I would like a mentor")

    assert "each of us counts once" in company[0].reads_all
    assert {question: sum(choices.values()) for question, choices in counted(stage).items()} == {
        "stance": 1,
        "topic": 1,
    }


def test_who_says_not_now_is_asked_nothing_else(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    asks_everybody(stage, carla)
    company[0].presses("Not now")
    assert "Thank you, counted." in company[0].reads
    assert TOPIC not in company[0].reads


def rows(stage: Stage) -> dict[str, set[str]]:
    with stage.database.transaction() as connection:
        return {
            table.name: {repr(row) for row in connection.execute(select(table))}
            for table in metadata.sorted_tables
            if table.name != "inbox"
        }


def test_an_answer_leaves_a_counter_and_a_hash_and_nothing_else(
    stage: Stage, carla: Actor, company: list[Actor]
) -> None:
    asks_everybody(stage, carla)
    answers(company[0], "I would like a mentor", "Strategy")
    before = rows(stage)
    answers(company[1], "I would like a mentor", "Strategy")
    after = rows(stage)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"interest_counts", "pulse_tokens"}
    assert [column.name for column in interest_counts.columns] == ["survey", "question", "choice", "count"]
    assert [column.name for column in pulse_tokens.columns] == ["token"]
    assert company[1].me.id not in "".join(after["interest_counts"] | after["pulse_tokens"])


def test_of_fewer_than_five_nothing_is_told(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    asks_everybody(stage, carla)
    for one in company[:4]:
        answers(one, "I would be a mentor")
    carla.asks_admin("interest")
    assert "Fewer than five have answered so far" in carla.reads
    closes(carla)
    assert "Fewer than five have answered, and of so few nothing is told." in carla.reads
    assert "Would mentor" not in carla.reads


def test_a_small_group_is_hidden_with_what_would_give_it_away(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    asks_everybody(stage, carla)
    for one in company[:6]:
        answers(one, "I would like a mentor", "Strategy")
    for one in company[6:8]:
        answers(one, "I would be a mentor", "Working with data")
    closes(carla)
    assert "8 people have answered." in carla.reads
    for told in ("Would mentor: not shown", "Would like a mentor: not shown", "Not now: not shown"):
        assert told in carla.reads
    assert "Strategy" not in carla.reads


def test_it_closes_by_itself(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    asks_everybody(stage, carla)
    for one in company[:5]:
        answers(one, "I would be a mentor")
    stage.wait(days=15)
    carla.asks_admin("interest")
    assert "Would mentor: 5" in carla.reads
    company[6].presses("Not now")
    assert "Nothing was counted." in company[6].reads


def test_in_a_channel_each_is_answered_alone(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    carla.asks_admin("interest <#C1>")
    assert "This asks everybody in the channel that you chose, with one message." in carla.reads
    assert stage.channels == {}
    carla.presses("Ask them")
    (posted,) = stage.channels["C1"]
    question = shown(posted.message)
    args = {"survey": _survey(stage), "channel": "1"}
    company[0].does("interest.answer", **args, stance="mentor")
    assert TOPIC in company[0].reads
    company[0].fills({TOPIC: "Strategy"})
    assert "Thank you, counted." in company[0].reads
    assert shown(posted.message) == question
    carla.asks_admin("interest <#C1>")
    carla.presses("Ask them")
    assert len(stage.channels["C1"]) == 2
    company[0].does("interest.answer", **args, stance="mentee")
    assert "each of us counts once" in company[0].reads


def _survey(stage: Stage) -> str:
    with stage.store() as store:
        survey = store.interest.newest()
    assert survey is not None
    return survey.id


def test_asking_again_begins_anew_and_old_buttons_count_no_more(
    stage: Stage, carla: Actor, company: list[Actor]
) -> None:
    asks_everybody(stage, carla)
    seen, button = company[0].finds("I would be a mentor")
    closes(carla)
    carla.presses("Ask again")
    carla.presses("Ask the 12 people whom I know")
    carla.presses("Ask them")
    stage.wait(days=8)
    company[0].presses_again(seen, button)
    assert "Nothing was counted." in company[0].reads
    company[1].presses("I would be a mentor")
    assert counted(stage) == {"stance": {"mentor": 1}}


def test_who_asks_only_owners_may(stage: Stage, carla: Actor, company: list[Actor]) -> None:
    stage.programme("Mentoring")
    carla.asks_admin("roles appoint Ana Number00 owner Mentoring")
    company[0].asks_admin("interest")
    assert "Ask the" not in company[0].reads
    company[1].does("interest.close", survey="s")
    assert "for the people who run mentoring" in company[1].reads
    with stage.database.transaction() as connection:
        assert audited(connection, "interest", "refused") == 2


@pytest.mark.parametrize(
    "press",
    [
        lambda one, survey: one.does("interest.answer", survey=survey, stance="maybe"),
        lambda one, survey: one.does("interest.answer", survey="other", stance="mentor"),
        lambda one, survey: one.does("interest.topic", survey=survey),
    ],
    ids=["no such answer", "no such survey", "no topic"],
)
def test_what_cannot_be_counted_is_not(
    stage: Stage, carla: Actor, company: list[Actor], press: Callable[[Actor, str], object]
) -> None:
    asks_everybody(stage, carla)
    press(company[0], _survey(stage))
    assert counted(stage) == {}
