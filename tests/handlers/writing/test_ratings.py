"""Five skills: the mentee picks, both rate alone, both see both views once both have sent."""

import pytest

from tests.handlers.writing.conftest import Pair

LISTED = ["Working with data", "Strategy", "Design"]
OWN = "Chairing a board, Saying thanks"


def picks(pair: Pair, *skills: str, own: str = OWN) -> None:
    pair.opens(pair.ines, "ratings", number=2)
    pair.ines.fills(skills=skills or LISTED, own=own)


def rates(pair: Pair, who: str, *numbers: int, session: int = 2) -> None:
    actor = getattr(pair, who)
    if actor.dialog is None:
        pair.opens(actor, "ratings", number=session)
    actor.fills({str(place): str(number) for place, number in enumerate(numbers, start=1)})


def test_a_mentor_who_comes_first_reads_who_picks_and_nothing_else(pair: Pair) -> None:
    pair.opens(pair.mira, "ratings", number=2)
    assert "Ines picks the five skills first." in pair.mira.reads
    assert "[" not in pair.mira.reads


def test_neither_sees_the_others_view_before_both_have_sent(pair: Pair) -> None:
    picks(pair)
    assert "Chairing a board" in pair.ines.reads, "rating follows in the same dialog"
    rates(pair, "ines", 2, 2, 2, 2, 1)
    assert "As soon as Mira has sent theirs, you both see them side by side." in pair.ines.reads
    waiting = len(pair.ines.screen)

    pair.opens(pair.mira, "ratings", number=2)
    assert "you 2" not in pair.mira.reads
    assert "Ines 2" not in pair.mira.reads
    rates(pair, "mira", 4, 4, 4, 4, 5)
    assert "Chairing a board: you 4 and Ines 2" in pair.mira.reads, "the second sees it at once"

    assert len(pair.ines.screen) == waiting, "no new message comes to the first"
    assert "You and Mira have both rated the five skills." in pair.ines.reads
    pair.ines.presses("See both views")
    assert "Chairing a board: you 2 and Mira 4" in pair.ines.reads
    assert "you 2" not in pair.ines.reads_all, "it is read in a dialog"


def test_a_view_can_be_changed_until_both_are_there(pair: Pair) -> None:
    picks(pair)
    rates(pair, "ines", 1, 1, 1, 1, 1)
    before = len(pair.ines.screen)
    pair.ines.presses("Change my view")
    form = pair.ines.dialog
    rates(pair, "ines", 3, 3, 3, 3, 3)
    assert len(pair.ines.screen) == before
    rates(pair, "mira", 5, 5, 5, 5, 5)
    assert "you 5 and Ines 3" in pair.mira.reads

    pair.ines.dialog = form
    rates(pair, "ines", 1, 1, 1, 1, 1)
    assert "both stay as they are" in pair.ines.reads
    pair.opens(pair.mira, "ratings", number=2)
    assert "you 5 and Ines 3" in pair.mira.reads


def test_in_the_last_conversation_the_first_numbers_stand_beside(pair: Pair) -> None:
    picks(pair)
    rates(pair, "ines", 1, 1, 1, 1, 1)
    rates(pair, "mira", 2, 2, 2, 2, 2)
    for actor in (pair.ines, pair.mira):
        actor.closes()
    rates(pair, "ines", 4, 4, 4, 4, 4, session=4)
    pair.opens(pair.mira, "ratings", number=4)
    assert "first time" not in pair.mira.reads
    rates(pair, "mira", 5, 5, 5, 5, 5, session=4)
    assert "Strategy: you 5 and Ines 4 (the first time you 2 and Ines 1)" in pair.mira.reads


@pytest.mark.parametrize(
    ("skills", "own", "field"),
    [
        (["Strategy"], "", "skills"),
        (["Strategy", "Design"], "one, two, three, four", "skills"),
        (["Strategy", "Design", "Writing clearly", "Negotiating"], "x" * 41, "own"),
        ([], "", "skills"),
    ],
)
def test_five_it_is(pair: Pair, skills: list[str], own: str, field: str) -> None:
    pair.opens(pair.ines, "ratings", number=2)
    pair.ines.fills(skills=skills, own=own)
    assert set(pair.ines.errors) == {field}


def test_a_skill_without_a_number_is_asked_for(pair: Pair) -> None:
    picks(pair)
    rates(pair, "ines", 1, 1, 1)
    assert set(pair.ines.errors) == {"4"}


def test_skills_are_picked_once_and_by_the_mentee(pair: Pair) -> None:
    pair.opens(pair.ines, "ratings", number=2)
    form = pair.ines.dialog
    pair.ines.fills(skills=LISTED, own=OWN)
    pair.ines.dialog = form
    pair.ines.fills(skills=["Negotiating"], own="a, b, c, d")
    assert "Strategy" in pair.ines.reads
    assert "Negotiating" not in pair.ines.reads

    pair.mira.dialog = form
    pair.mira.fills(skills=LISTED, own=OWN)
    assert "for the mentee" in pair.mira.reads


def test_strangers_and_ended_matches_are_refused(pair: Pair) -> None:
    picks(pair)
    form = pair.ines.dialog
    pair.rui.dialog = form
    rates(pair, "rui", 1, 1, 1, 1, 1)
    assert "belongs to another match" in pair.rui.reads
    pair.stage.wait(weeks=14)
    rates(pair, "ines", 1, 1, 1, 1, 1)
    assert "This match is over" in pair.ines.reads
