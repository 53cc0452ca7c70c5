"""Who would like to mentor and is not sure: a few words, a small beginning, and nothing that is kept of it."""

from sqlalchemy import select

from storage.tables import metadata
from tests.handlers.stage import Actor, Stage
from tests.handlers.test_joining import place, said

NOT_SURE = "I am not sure that I qualify"
ROLE = "How would you like to take part?"


def begins(stage: Stage) -> Actor:
    stage.programme()
    mira = stage.person("Mira Okafor")
    mira.asks("join")
    mira.presses("I agree")
    return mira


def rows(stage: Stage) -> dict[str, list[str]]:
    with stage.database.transaction() as connection:
        return {
            table.name: sorted(repr(row) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
            if table.name != "inbox"
        }


def test_three_short_answers_and_a_small_beginning(stage: Stage) -> None:
    mira = begins(stage)
    mira.presses(NOT_SURE)
    assert "Anyone can mentor. To be two steps ahead of somebody is enough." in mira.reads
    assert "That you asked is written down nowhere." in mira.reads
    mira.presses("Start with one meeting")
    assert "Role: Mentor somebody" in mira.reads_all
    assert (said(mira)["role"], said(mira)["capacity"]) == ("mentor", 1)
    assert "What kind of mentoring do you offer?" in mira.reads
    mira.fills({"What kind of mentoring do you offer?": ["Career: to somebody less far"]})
    mira.fills({"How many hours a month can you give to it?": "2"})
    assert said(mira)["capacity"] == 1
    assert "What can you help somebody with?" in mira.reads


def test_the_ordinary_answers_stand_there_too(stage: Stage) -> None:
    mira = begins(stage)
    mira.presses(NOT_SURE)
    mira.presses("Learn from somebody")
    assert said(mira) == {"consent": "agree", "role": "mentee"}


def test_to_hesitate_leaves_no_trace(stage: Stage) -> None:
    mira = begins(stage)
    before = rows(stage)
    mira.presses(NOT_SURE)
    assert rows(stage) == before


def test_it_may_be_typed_and_pressed_twice(stage: Stage) -> None:
    mira = begins(stage)
    mira.says(NOT_SURE.upper())
    assert "Anyone can mentor." in mira.reads
    seen, button = mira.finds("Start with one meeting")
    mira.presses_again(seen, button, gesture="once")
    mira.presses_again(seen, button, gesture="once")
    assert said(mira)["capacity"] == 1
    assert mira.reads_all.count("Role: Mentor somebody") == 1


def test_somebody_elses_button_does_nothing(stage: Stage) -> None:
    mira = begins(stage)
    which = place(mira).id
    other = stage.person("Tomas Berg")
    for name in ("question.unsure", "question.begin"):
        other.does(name, participant=which, question="role")
        assert "belong to somebody else" in other.reads
    for name in ("question.unsure", "question.begin"):
        mira.does(name, participant=which, question="consent")
        assert "This message is from earlier" in mira.reads
    assert "role" not in said(mira)


def test_who_goes_back_reads_it_again(stage: Stage) -> None:
    mira = begins(stage)
    mira.presses(NOT_SURE)
    mira.presses("Start with one meeting")
    mira.presses("Back")
    assert ROLE in mira.reads
    mira.presses(NOT_SURE)
    mira.presses("Do both")
    assert said(mira)["role"] == "both"
