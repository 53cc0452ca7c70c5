"""Expectations, reviews, and the notes of a match."""

import pytest

from tests.handlers.stage import Actor, Stage
from tests.handlers.writing.conftest import Pair


def expects(pair: Pair, actor: Actor, about: str, often: str = "Every two weeks") -> None:
    pair.opens(actor, "expectations")
    actor.fills(often=often, about=about)


def looks_back(pair: Pair, actor: Actor, text: str) -> None:
    pair.opens(actor, "review", number=4)
    actor.fills(text=text)


def test_expectations_are_read_when_both_have_answered(pair: Pair) -> None:
    expects(pair, pair.ines, "MARK hers")
    assert "What you expect is kept." in pair.ines.reads
    pair.mira.does("notes.open", match=pair.match.id)
    assert "MARK" not in pair.mira.reads
    expects(pair, pair.mira, "MARK his", "Once a month")
    assert "MARK hers" in pair.mira.reads
    assert "Ines would like to talk so often: Every two weeks." in pair.mira.reads
    assert "You and Mira have both said what you expect." in pair.ines.reads
    pair.ines.presses("Read both")
    assert "MARK his" in pair.ines.reads
    assert "MARK" not in pair.ines.reads_all + pair.mira.reads_all


def test_the_review_returns_the_wins_and_waits_for_both(pair: Pair) -> None:
    pair.ines.does("win.add", match=pair.match.id)
    pair.ines.fills(win="I said no.")
    pair.opens(pair.mira, "review", number=4)
    assert "I said no." in pair.mira.reads
    assert "What I gained" in pair.mira.reads
    pair.mira.fills(text="I ask more. MARK")
    pair.opens(pair.ines, "review", number=4)
    assert "My next steps" in pair.ines.reads
    assert "MARK" not in pair.ines.reads
    pair.ines.fills(text="I lead the next retro.")
    for words in ("I ask more. MARK", "I lead the next retro.", "I said no."):
        assert words in pair.ines.reads
    assert "You and Ines have both looked back." in pair.mira.reads


@pytest.mark.parametrize("text", ["", "x" * 1501])
def test_a_review_that_does_not_fit_gets_one_line(pair: Pair, text: str) -> None:
    looks_back(pair, pair.ines, text)
    assert set(pair.ines.errors) == {"text"}


@pytest.mark.parametrize(("values", "field"), [({"about": "x"}, "often"), ({"often": "weekly"}, "about")])
def test_expectations_need_both_answers(pair: Pair, values: dict[str, str], field: str) -> None:
    pair.opens(pair.ines, "expectations")
    pair.ines.fills(values)
    assert set(pair.ines.errors) == {field}


def test_what_stays_alone_is_never_shown_even_when_the_match_is_over(pair: Pair) -> None:
    looks_back(pair, pair.ines, "MARK alone")
    pair.stage.wait(weeks=14)
    pair.mira.does("notes.open", match=pair.match.id)
    assert "MARK" not in pair.mira.reads
    pair.opens(pair.mira, "review", number=4)
    assert "This match is over" in pair.mira.reads


def test_our_notes_hold_all_that_the_reader_may_see(pair: Pair, stage: Stage) -> None:
    pair.ines.does("notes.open", match=pair.match.id)
    assert "You and Mira have written nothing down yet." in pair.ines.reads
    pair.ines.closes()
    for actor, words in ((pair.ines, "hers"), (pair.mira, "his")):
        expects(pair, actor, f"expects {words}")
        actor.closes()
        looks_back(pair, actor, f"review {words}")
        actor.closes()
    pair.opens(pair.ines, "objectives", number=1)
    pair.ines.fills(line_new1="A goal")
    pair.opens(pair.ines, "actions", number=3)
    pair.ines.fills(line_new1="A step", who_new1="Mira", by_new1="2027-04-01")
    pair.opens(pair.mira, "spotlight", number=2)
    pair.mira.fills(strength="A strength", evidence="Seen")
    pair.ines.does("win.add", match=pair.match.id)
    pair.ines.fills(win="A win")
    pair.opens(pair.ines, "letter")
    pair.ines.fills(text="A secret letter")

    stage.wait(weeks=14)
    for actor in (pair.ines, pair.mira):
        actor.does("notes.open", match=pair.match.id)
        for words in (
            "expects hers",
            "expects his",
            "review hers",
            "review his",
            "A goal",
            "A step",
            "A strength",
            "A win",
        ):
            assert words in actor.reads
        assert "A secret letter" not in actor.reads
        actor.closes()
    pair.ines.does("notes.open", match=pair.match.id)
    pair.ines.presses("Read it")
    assert "A secret letter" in pair.ines.reads
