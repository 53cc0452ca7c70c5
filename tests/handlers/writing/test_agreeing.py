"""Goals and next steps of a pair."""

from datetime import date

import pytest

from flows.activities.writing import WritingState
from tests.at_rest import at_rest
from tests.handlers.stage import Stage
from tests.handlers.writing.conftest import Pair


def test_either_writes_goals_and_both_see_them(pair: Pair) -> None:
    pair.opens(pair.ines, "objectives", number=1)
    pair.ines.fills(line_new1="Lead one meeting MARK", line_new2="Say no once")
    assert "Your 2 goals are kept. Mira sees them too." in pair.ines.reads
    assert "MARK" not in pair.ines.reads_all

    pair.opens(pair.mira, "objectives", number=1)
    assert "Lead one meeting MARK" in pair.mira.reads
    pair.mira.presses("We reached it")
    assert "(reached)" in pair.mira.reads
    pair.opens(pair.ines, "objectives", number=1)
    assert "(reached)" in pair.ines.reads


def test_the_partner_may_change_a_line_empty_it_and_add_one(pair: Pair) -> None:
    pair.opens(pair.ines, "objectives", number=1)
    pair.ines.fills(line_new1="First", line_new2="Second")
    pair.opens(pair.mira, "objectives", number=1)
    pair.mira.presses("Change them")
    with pair.stage.store() as store:
        first, second = (piece.id for piece in store.writings.of_match(pair.match.id))
    pair.mira.fills({f"line_{first}": "First, better", f"line_{second}": "", "line_new1": "Third"})
    pair.opens(pair.ines, "objectives", number=1)
    assert "First, better" in pair.ines.reads
    assert "Second" not in pair.ines.reads
    assert "Third" in pair.ines.reads


def test_two_windows_at_once_lose_nothing_and_stay_at_three(pair: Pair) -> None:
    for actor in (pair.ines, pair.mira):
        pair.opens(actor, "objectives", number=1)
    form = pair.mira.dialog
    pair.ines.fills(line_new1="Hers one", line_new2="Hers two")
    pair.mira.fills(line_new1="His one", line_new2="His two")
    assert "There are three by now" in str(pair.mira.errors)
    pair.mira.dialog = form
    pair.mira.fills(line_new1="His one")
    pair.opens(pair.ines, "objectives", number=1)
    for line in ("Hers one", "Hers two", "His one"):
        assert line in pair.ines.reads


def test_a_goal_is_counted_and_its_words_are_not_in_the_database(pair: Pair, stage: Stage) -> None:
    pair.opens(pair.ines, "objectives", number=1)
    pair.ines.fills(line_new1="Lead one meeting MARK", line_new2="Another MARK")
    pair.opens(pair.mira, "objectives", number=1)
    pair.mira.presses("We reached it")
    with stage.store() as store:
        counts = store.writings.counts(pair.match.cohort)
    assert counts == {("objectives", WritingState.SENT): 1, ("objectives", WritingState.DONE): 1}
    assert all(b"MARK" not in kept for kept in at_rest(stage.database_url).values())


@pytest.mark.parametrize(("line", "words"), [("", "A few words are enough"), ("x" * 151, "A shorter line is enough")])
def test_a_goal_that_does_not_fit_gets_one_line(pair: Pair, line: str, words: str) -> None:
    pair.opens(pair.ines, "objectives", number=1)
    pair.ines.fills(line_new1=line)
    assert words in pair.ines.errors["line_new1"]


def step(pair: Pair, who: str = "Ines", day: str = "2027-04-01", line: str = "Ask for feedback") -> dict[str, str]:
    return {"line_new1": line, "who_new1": who, "by_new1": day}


def test_a_step_has_a_name_and_a_day_and_can_be_done(pair: Pair) -> None:
    pair.opens(pair.mira, "actions", number=3)
    pair.mira.fills(step(pair))
    assert "Your 1 step is kept. Ines sees it too." in pair.mira.reads
    pair.opens(pair.ines, "actions", number=3)
    assert "Ask for feedback (Ines, by Thursday 1 April)" in pair.ines.reads
    with pair.stage.store() as store:
        (piece,) = store.writings.of_match(pair.match.id)
    assert (piece.session, piece.opens_on) == (3, date(2027, 4, 1))
    pair.ines.presses("It is done")
    assert "Ask for feedback (Ines, done)" in pair.ines.reads
    pair.ines.does("steps.done", match=pair.match.id, number="3", piece=piece.id)
    assert "Ask for feedback (Ines, done)" in pair.ines.reads, "said twice it is the same"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "2027-02-28"}, "by_new1", "That day has passed"),
        ({"day": ""}, "by_new1", "A day helps"),
        ({"day": "2030-01-01"}, "by_new1", "a long time from now"),
        ({"day": "soon"}, "by_new1", "A day helps"),
        ({"who": ""}, "who_new1", "Pick one of you two"),
        ({"who": "rui"}, "who_new1", "Pick one of you two"),
        ({"line": ""}, "line_new1", "A few words"),
        ({"line": "x" * 151}, "line_new1", "A shorter line"),
    ],
)
def test_a_step_that_does_not_fit_gets_one_line(pair: Pair, changes: dict[str, str], field: str, words: str) -> None:
    pair.opens(pair.mira, "actions", number=3)
    pair.mira.fills(step(pair, **changes))
    assert set(pair.mira.errors) == {field}
    assert words in pair.mira.errors[field]


def test_a_step_that_is_overdue_may_keep_its_day(pair: Pair) -> None:
    pair.opens(pair.mira, "actions", number=3)
    pair.mira.fills(step(pair, day="2027-03-05"))
    pair.stage.wait(weeks=2)
    pair.mira.does("activity.change", match=pair.match.id, number="3", kind="actions")
    pair.mira.fills()
    assert "Your 1 step is kept" in pair.mira.reads


def test_nobody_else_may_open_write_or_tick(pair: Pair) -> None:
    pair.opens(pair.ines, "objectives", number=1)
    form = pair.ines.dialog
    pair.ines.fills(line_new1="Ours")
    with pair.stage.store() as store:
        (piece,) = store.writings.of_match(pair.match.id)
    match = pair.match.id
    acts = (
        ("activity.open", {"match": match, "number": "1", "kind": "objectives"}),
        ("goals.reached", {"match": match, "number": "1", "piece": piece.id}),
        ("activity.change", {"match": match, "number": "1", "kind": "objectives"}),
        ("notes.open", {"match": match}),
    )
    for action, args in acts:
        pair.rui.does(action, **args)
        assert "belongs to another match" in pair.rui.reads
    pair.rui.dialog = form
    pair.rui.fills(line_new1="Theirs")
    assert "belongs to another match" in pair.rui.reads
    with pair.stage.store() as store:
        assert list(store.writings.of_match(pair.match.id)) == [piece]
