"""The Future Self Letter: sealed, unreadable before its day, shared only when both agree, and never lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.activities.writing import WritingState
from flows.match import MatchState
from tests.at_rest import at_rest
from tests.handlers.stage import Actor, Stage
from tests.handlers.writing.conftest import Pair

HERS = "In a year I want to speak up\nin every meeting. MARK-INES"
HIS = "I hope that I have listened. MARK-MIRA"


def writes(actor: Actor, pair: Pair, text: str = HERS, *, opens: str = "1", shared: bool = False) -> None:
    pair.opens(actor, "letter")
    actor.fills(text=text, opens=opens, shared="yes" if shared else "")


def screens(actor: Actor) -> str:
    return actor.reads_all + (actor.reads if actor.dialog else "")


def test_a_letter_is_sealed_and_says_when_it_opens(pair: Pair) -> None:
    writes(pair.ines, pair)
    assert "Your letter is sealed. It opens on Wednesday 1 March 2028." in pair.ines.reads
    assert "Only you will read it." in pair.ines.reads
    assert "MARK" not in screens(pair.ines)


def test_until_its_day_nobody_can_read_it_not_even_its_writer(pair: Pair) -> None:
    writes(pair.ines, pair, shared=True)
    writes(pair.mira, pair, HIS, shared=True)
    for weeks in (1, 5, 40, 5):
        pair.stage.wait(weeks=weeks)
        for actor in (pair.ines, pair.mira, pair.rui):
            for word in ("letter", ""):
                actor.asks(word)
            pair.opens(actor, "letter")
            actor.does("letter.read", match=pair.match.id)
            actor.does("letter.anew", match=pair.match.id)
            assert "MARK" not in screens(actor)
            actor.closes()


@pytest.mark.parametrize(("opens", "day"), [("1", 2028), ("3", 2030), ("5", 2032)])
def test_years_later_it_arrives_in_the_writers_morning(pair: Pair, opens: str, day: int) -> None:
    pair.stage.now = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
    writes(pair.ines, pair, opens=opens)
    anniversary = datetime(day, 3, 1, 6, tzinfo=UTC)
    pair.stage.wait_until(anniversary)
    before = len(pair.ines.screen)
    assert "is ready" not in pair.ines.reads_all

    pair.stage.wait(days=3)
    assert len(pair.ines.screen) == before + 1
    assert "Your letter of Monday 1 March 2027 is ready." in pair.ines.reads
    assert "MARK" not in pair.ines.reads_all
    pair.ines.presses("Open it")
    assert HERS in pair.ines.reads
    assert "MARK" not in pair.ines.reads_all, "it is read in a dialog and stays out of the conversation"
    pair.stage.wait(weeks=10)
    assert len(pair.ines.screen) == before + 1, "once"


def test_the_day_is_a_working_morning_on_the_writers_clock(pair: Pair) -> None:
    """1 March 2028 is a Wednesday; 9:00 in Lisbon is 9:00 in UTC."""
    writes(pair.ines, pair)
    pair.stage.wait_until(datetime(2028, 3, 1, 8, 59, tzinfo=UTC))
    assert "is ready" not in pair.ines.reads_all
    pair.stage.wait(minutes=2)
    assert "is ready" in pair.ines.reads


def test_a_letter_bears_the_day_on_which_it_was_written_where_its_writer_was(pair: Pair) -> None:
    """Half past eleven in the evening in UTC is tomorrow in Auckland."""
    me = pair.ines.me
    with pair.stage.store() as store:
        store.people.save(replace(me, hours=replace(me.hours, zone="Pacific/Auckland")))
    pair.stage.wait_until(datetime(2027, 3, 1, 23, 30, tzinfo=UTC))
    writes(pair.ines, pair)
    pair.stage.wait_until(datetime(2028, 3, 6, tzinfo=UTC))
    assert "2 March 2027 is ready" in pair.ines.reads_all
    pair.ines.presses("Open it")
    assert "2 March 2027" in pair.ines.reads


def talks_to_the_end(pair: Pair) -> None:
    for number in (1, 2, 3, 4):
        pair.mira.does("session.met", match=pair.match.id, number=str(number))
        pair.stage.wait(days=8)


def test_at_the_last_conversation_both_letters_come_back(pair: Pair) -> None:
    writes(pair.ines, pair, opens="last", shared=True)
    writes(pair.mira, pair, HIS, opens="last", shared=True)
    assert "It opens after your last conversation." in pair.ines.reads
    talks_to_the_end(pair)
    for actor, own, other in ((pair.ines, HERS, HIS), (pair.mira, HIS, HERS)):
        assert "is ready" in actor.reads_all
        actor.presses("Open it")
        assert own in actor.reads
        assert other in actor.reads
        actor.closes()


def test_without_a_last_conversation_it_opens_when_the_match_is_over(pair: Pair) -> None:
    writes(pair.ines, pair, opens="last")
    pair.stage.wait(weeks=11)
    assert "is ready" not in pair.ines.reads_all
    pair.stage.wait(weeks=2)
    with pair.stage.store() as store:
        assert store.matches.get(pair.match.id).state is MatchState.COMPLETED
    assert pair.ines.reads_all.count("is ready") == 1
    pair.ines.asks("letter")
    assert HERS in pair.ines.reads


def test_when_somebody_leaves_early_it_opens_on_the_day_on_which_the_plan_would_have_ended(pair: Pair) -> None:
    writes(pair.ines, pair, opens="last")
    pair.stage.wait(weeks=2)
    assert "is ready" not in pair.ines.reads_all
    pair.mira.asks("leave")
    pair.mira.presses("Leave the programme")
    pair.stage.wait(weeks=8)
    assert "is ready" not in pair.ines.reads_all
    pair.stage.wait(weeks=3)
    assert "is ready" in pair.ines.reads_all
    pair.ines.asks("letter")
    assert HERS in pair.ines.reads


def test_the_card_asks_for_it_in_its_week_and_an_answer_ends_the_asking(pair: Pair) -> None:
    pair.stage.wait(weeks=3)
    pair.ines.presses("Write my letter")
    pair.ines.fills(text=HERS)
    asked = pair.ines.reads_all.count("Write my letter")
    assert asked == 1
    pair.stage.wait(weeks=4)
    assert pair.ines.reads_all.count("Write my letter") == asked


def test_after_the_last_conversation_only_years_are_offered(pair: Pair) -> None:
    talks_to_the_end(pair)
    pair.opens(pair.ines, "letter")
    assert "At our last conversation" not in pair.ines.reads
    assert "In one year" in pair.ines.reads


@pytest.mark.parametrize(("hers", "his"), [(True, False), (False, True), (False, False)])
def test_one_who_does_not_agree_is_enough_to_keep_both_apart(pair: Pair, hers: bool, his: bool) -> None:
    writes(pair.ines, pair, shared=hers)
    writes(pair.mira, pair, HIS, shared=his)
    pair.stage.wait(weeks=54)
    for actor, own, other in ((pair.ines, HERS, HIS), (pair.mira, HIS, HERS)):
        actor.asks("letter")
        assert own in actor.reads
        assert other not in actor.reads


def test_the_others_letter_keeps_its_own_day(pair: Pair) -> None:
    writes(pair.ines, pair, opens="1", shared=True)
    writes(pair.mira, pair, HIS, opens="3", shared=True)
    pair.stage.wait(weeks=54)
    pair.ines.asks("letter")
    assert HIS not in pair.ines.reads
    pair.ines.closes()
    pair.stage.wait(weeks=105)
    pair.ines.asks("letter")
    assert HIS in pair.ines.reads


def test_a_letter_of_another_match_is_refused(pair: Pair) -> None:
    writes(pair.ines, pair)
    pair.stage.wait(weeks=54)
    for action in ("letter.read", "letter.anew", "letter.draft", "letter.elsewhere", "letter.later"):
        pair.rui.does(action, match=pair.match.id)
        assert "That belongs to another match." in pair.rui.reads
    pair.rui.does("letter.read", match="nowhere")
    assert "from earlier" in pair.rui.reads
    pair.rui.asks("letter")
    assert "you have none yet" in pair.rui.reads


def test_a_draft_survives_until_it_is_sealed(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.fills_and_presses("Keep as a draft", text=HERS, opens="3", shared="yes")
    assert "Your draft is kept" in pair.ines.reads
    pair.ines.closes()
    pair.stage.restart()
    pair.stage.wait(weeks=2)

    pair.ines.asks("letter")
    pair.ines.fills()
    assert "It opens on Friday 15 March 2030." in pair.ines.reads
    writer = pair.ines.me.id
    with pair.stage.store() as store:
        assert store.writings.draft(pair.match.id, writer, "letter") is None
        assert [one.state for one in store.writings.letters(pair.match.id)] == [WritingState.SENT]


def test_a_form_that_is_closed_keeps_what_was_typed(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.types_and_closes(text="half a thought")
    pair.opens(pair.ines, "letter")
    pair.ines.types_and_closes(text="")
    pair.opens(pair.ines, "letter")
    writer = pair.ines.me.id
    with pair.stage.store() as store:
        draft = store.writings.draft(pair.match.id, writer, "letter")
        assert draft is not None
        assert draft.words["text"] == "half a thought", "a form that was emptied and closed takes nothing away"
    pair.ines.fills()
    assert "sealed" in pair.ines.reads


def test_somebody_who_keeps_it_elsewhere_has_answered(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.presses("I keep it elsewhere")
    assert "you keep your letter elsewhere" in pair.ines.reads
    pair.ines.presses("Write one here after all")
    pair.ines.fills(text=HERS)
    assert "sealed" in pair.ines.reads


def test_a_sealed_letter_can_only_be_replaced(pair: Pair) -> None:
    writes(pair.ines, pair)
    pair.ines.presses("Write it anew")
    assert "MARK" not in str(pair.ines.dialog)
    assert "I keep it elsewhere" not in pair.ines.reads
    pair.ines.fills(text="Another one.", opens="3")
    with pair.stage.store() as store:
        (letter,) = store.writings.letters(pair.match.id)
    assert letter.opens_on == date(2030, 3, 1)
    pair.stage.wait(weeks=54)
    assert "is ready" not in pair.ines.reads_all


def test_two_windows_leave_one_letter(pair: Pair) -> None:
    pair.opens(pair.ines, "letter")
    first = pair.ines.dialog
    pair.ines.fills(text=HERS)
    pair.ines.dialog = first
    pair.ines.fills(text="From the other window.")
    with pair.stage.store() as store:
        assert len(store.writings.letters(pair.match.id)) == 1


@pytest.mark.parametrize(
    ("field", "values", "line"),
    [
        ("text", {"text": "   "}, "One line is enough"),
        ("text", {"text": "x" * 3001}, "3,000 characters at most"),
        ("opens", {"text": "Hello", "opens": "99"}, "Pick the day"),
    ],
)
def test_what_does_not_fit_gets_one_friendly_line(pair: Pair, field: str, values: dict[str, str], line: str) -> None:
    pair.opens(pair.ines, "letter")
    pair.ines.fills(values)
    assert set(pair.ines.errors) == {field}
    assert line in pair.ines.errors[field]
    with pair.stage.store() as store:
        assert list(store.writings.letters(pair.match.id)) == []


def test_not_now_loses_nothing(pair: Pair) -> None:
    writes(pair.ines, pair)
    pair.stage.wait(weeks=54)
    pair.ines.presses("Not now")
    assert "Your letter waits for you." in pair.ines.reads
    pair.ines.presses("Open it")
    assert HERS in pair.ines.reads


def test_the_database_holds_no_word_of_it(pair: Pair, stage: Stage) -> None:
    writes(pair.ines, pair, shared=True)
    pair.opens(pair.mira, "letter")
    pair.mira.fills_and_presses("Keep as a draft", text=HIS)
    stage.wait(weeks=54)
    pair.ines.asks("letter")
    assert [name for name, kept in at_rest(stage.database_url).items() if b"MARK" in kept] == []
