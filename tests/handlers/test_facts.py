"""Whoever joins finds what their company says at the question, and takes it with one tap; it waits nowhere in clear."""

from sqlalchemy import select

from flows.facts import Known
from flows.questionnaire import Answer
from storage.tables import outbox
from tests.handlers.coordinating.company import BOTH_SIDES, MENTEE
from tests.handlers.stage import Actor, Stage
from tests.storage.test_facts import LISBON

TOLD = {"ines@example.org": LISBON}


def knows(stage: Stage, told: dict[str, Known]) -> None:
    with stage.store() as store:
        store.facts.keep(told, source="i1", by="olga", at=stage.now)


def answered_until(stage: Stage, actor: Actor, question: str) -> str:
    """They have answered everything before that question, and look at it; the participant's id."""
    actor.asks("join")
    actor.presses("I agree")
    person = actor.me.id
    with stage.store() as store:
        (participant,) = store.participants.of_person(person)
        for one in stage.content.questions:
            if one.id == question:
                break
            said = (BOTH_SIDES | MENTEE).get(one.id)
            if said is not None or one.optional:
                store.participants.answer(participant.id, one.id, said, private=one.private, at=stage.now)
    actor.asks("join")
    return participant.id


def answers(stage: Stage, participant: str) -> dict[str, Answer]:
    with stage.store() as store:
        return dict(store.participants.answers(participant))


def test_one_tap_takes_what_the_company_says_and_the_rest_of_the_form_is_asked(stage: Stage) -> None:
    stage.programme()
    knows(stage, TOLD)
    ines = stage.person("Ines Duarte", email="ines@example.org")
    participant = answered_until(stage, ines, "mode")
    assert "Your company says:\nLisbon\n[That is right]" in ines.reads
    with stage.database.transaction() as connection:
        put = [str(row.message) for row in connection.execute(select(outbox.c.key, outbox.c.message))]
    assert not any("Your company says:" in one and "'Lisbon'" in one.partition("options")[0] for one in put)
    ines.presses("That is right")
    assert answers(stage, participant)["office"] == "lisbon"
    assert "Your company says" not in ines.reads
    ines.fills(mode="either")
    assert answers(stage, participant)["mode"] == "either"
    assert answers(stage, participant)["office"] == "lisbon"


def test_an_answer_of_their_own_goes_first(stage: Stage) -> None:
    stage.programme()
    knows(stage, TOLD)
    ines = stage.person("Ines Duarte", email="ines@example.org")
    participant = answered_until(stage, ines, "mode")
    ines.fills(mode="either", office="berlin")
    assert answers(stage, participant)["office"] == "berlin"


def test_since_when_they_are_here_is_told_where_it_matters(stage: Stage) -> None:
    stage.programme()
    knows(stage, TOLD)
    ines = stage.person("Ines Duarte", email="ines@example.org")
    answered_until(stage, ines, "new")
    assert "Your company says that you started on:\nTuesday 1 September 2026" in ines.reads


def test_who_is_not_in_any_table_is_asked_as_ever(stage: Stage) -> None:
    stage.programme()
    knows(stage, TOLD)
    yusuf = stage.person("Yusuf Kaya", email="yusuf@example.org")
    answered_until(stage, yusuf, "mode")
    assert "Your company says" not in yusuf.reads
