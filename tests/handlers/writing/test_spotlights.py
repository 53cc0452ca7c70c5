"""The Strength Spotlight and the log of wins."""

import pytest

from tests.at_rest import at_rest
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Stage
from tests.handlers.writing.conftest import Pair

CARD = {"strength": "Calm in a storm", "evidence": "You asked two questions. MARK", "chance": "The town hall"}


def gives(pair: Pair, **changes: str) -> None:
    pair.opens(pair.mira, "spotlight", number=2)
    if "Note another strength" in pair.mira.reads:
        pair.mira.presses("Note another strength")
    pair.mira.fills({**CARD, **changes})


def test_the_mentee_hears_of_a_strength_and_reads_it_in_a_dialog(pair: Pair) -> None:
    gives(pair)
    assert "The strength is written down." in pair.mira.reads
    assert "Mira has written down a strength of yours." in pair.ines.reads_all
    pair.ines.presses("Read it")
    for words in ("Calm in a storm", "Mira saw it here:", CARD["evidence"], "A chance to use it: The town hall"):
        assert words in pair.ines.reads
    assert "MARK" not in pair.ines.reads_all + pair.mira.reads_all


def test_without_a_chance_it_says_not_yet(pair: Pair) -> None:
    gives(pair, chance="")
    pair.ines.asks("spotlight")
    assert "A chance to use it: not yet." in pair.ines.reads


def test_a_full_week_puts_the_news_off_to_a_week_with_room(pair: Pair) -> None:
    gives(pair)
    gives(pair, strength="A good ear")
    assert pair.ines.reads_all.count("has written down a strength") == 1
    pair.stage.wait(weeks=3)
    assert pair.ines.reads_all.count("has written down a strength") == 2
    pair.ines.asks("spotlight")
    assert "A good ear" in pair.ines.reads


def test_wins_are_kept_by_the_mentee_and_read_by_both(pair: Pair) -> None:
    gives(pair)
    pair.ines.presses("Read it")
    pair.ines.presses("Add a win")
    pair.ines.fills(win="I said no, and it was fine. MARK")
    assert "Your log holds 1 win." in pair.ines.reads
    pair.mira.asks("spotlight")
    assert "I said no, and it was fine." in pair.mira.reads
    assert "Add a win" not in pair.mira.reads
    assert "MARK" not in pair.ines.reads_all + pair.mira.reads_all


def test_each_side_does_its_own(pair: Pair) -> None:
    pair.mira.does("win.add", match=pair.match.id)
    assert "for the mentee" in pair.mira.reads
    pair.ines.does("spotlight.another", match=pair.match.id, number="2")
    assert "for the mentor" in pair.ines.reads
    pair.ines.asks("spotlight")
    assert "No strength is written down yet." in pair.ines.reads
    for action in ("spotlight.read", "spotlight.later", "win.add", "spotlight.another"):
        pair.rui.does(action, match=pair.match.id)
        assert "belongs to another match" in pair.rui.reads


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"strength": ""}, "strength"), ({"evidence": " "}, "evidence"), ({"chance": "x" * 301}, "chance")],
)
def test_what_does_not_fit_gets_one_line(pair: Pair, changes: dict[str, str], field: str) -> None:
    gives(pair, **changes)
    assert set(pair.mira.errors) == {field}
    assert "written down" not in pair.ines.reads_all


def test_not_now_leaves_it_where_it_is(pair: Pair) -> None:
    gives(pair)
    pair.ines.presses("Not now")
    assert "It waits for you." in pair.ines.reads
    pair.ines.presses("Read it")
    assert "Calm in a storm" in pair.ines.reads


def test_a_mentor_of_two_is_asked_whom_they_mean(pair: Pair, stage: Stage) -> None:
    matched(stage, running(stage, "Another"), mentor=pair.mira, mentee=pair.rui)
    pair.mira.asks("spotlight")
    assert "You and Ines" in pair.mira.reads
    pair.mira.presses("With Rui")
    pair.mira.fills(CARD)
    assert "Rui hears of it" in pair.mira.reads
    pair.mira.asks("letter")
    pair.mira.presses("The letter beside Ines")
    assert "Seal my letter" in pair.mira.reads


def test_the_database_holds_no_word_of_it(pair: Pair, stage: Stage) -> None:
    gives(pair)
    pair.ines.does("win.add", match=pair.match.id)
    pair.ines.fills(win="MARK of a win")
    assert all(b"MARK" not in kept for kept in at_rest(stage.database_url).values())
