"""`/mentor avoid`: private, and it holds in every way in which people are paired."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import func, select

import handlers
from flows.people import Account, Profile
from storage.tables import audit, avoided, outbox
from tests.handlers.stage import Actor, Stage


def rows(stage: Stage) -> int:
    with stage.database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(avoided)).scalar_one()


def test_the_answer_is_short_and_has_a_way_back(stage: Stage, ines: Actor, mira: Actor) -> None:
    ines.asks("avoid Mira Okafor")
    assert "You and Mira Okafor will not be matched. Nobody is told, and nobody asks why." in ines.reads
    assert "match now" not in ines.reads
    ines.presses("Stop avoiding Mira")
    assert "You no longer avoid Mira Okafor." in ines.reads
    assert rows(stage) == 0
    ines.presses("Avoid Mira again")
    assert "You and Mira Okafor will not be matched." in ines.reads
    ines.presses("Stop avoiding Mira")
    ines.asks(f"avoid <@{mira.account.user}|mira>")
    assert "You and Mira Okafor will not be matched." in ines.reads
    assert rows(stage) == 1


def test_whoever_types_it_once_more_to_be_sure_is_still_protected(stage: Stage, ines: Actor, mira: Actor) -> None:
    for words in ("avoid Mira Okafor", "avoid mira okafor", f"avoid <@{mira.account.user}|mira>"):
        ines.asks(words)
        assert "You and Mira Okafor will not be matched." in ines.reads
        assert rows(stage) == 1


def test_alone_it_lists_whom_the_reader_avoids_and_nobody_else_does(stage: Stage, ines: Actor, mira: Actor) -> None:
    ines.asks("avoid")
    assert "You avoid nobody." in ines.reads
    ines.asks("avoid Mira Okafor")
    mira.asks("avoid")
    assert "You avoid nobody." in mira.reads
    ines.asks("avoid")
    assert "Mira Okafor" in ines.reads
    ines.presses("Stop avoiding Mira", beside="Mira Okafor")
    assert "You avoid nobody." in ines.reads


def test_somebody_who_never_joined_can_be_avoided(stage: Stage, ines: Actor) -> None:
    stage.person("Tomas Berg").asks("help")
    ines.asks("avoid Tomas Berg")
    assert "You and Tomas Berg will not be matched." in ines.reads


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("avoid Nobody Atall", "I do not know that person here, so nothing has changed."),
        ("avoid nobody@example.org", "I do not know that person here, so nothing has changed."),
        ("avoid <@U999>", "I do not know that person here, so nothing has changed."),
        ("avoid Ines Duarte", "That is you, and nobody is matched with themselves."),
        ("avoid Mira Okafor, Tomas Berg", "One person at a time"),
    ],
)
def test_what_does_not_go_is_said_kindly(stage: Stage, ines: Actor, mira: Actor, typed: str, told: str) -> None:
    stage.person("Tomas Berg").asks("help")
    ines.asks(typed)
    assert told in ines.reads
    assert rows(stage) == 0


def test_a_present_match_goes_on_and_the_way_to_end_it_is_there(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    carla.presses("Introduce them")
    before = mira.reads_all
    ines.asks("avoid Mira Okafor")
    assert "You two have a match now, and this does not end it." in ines.reads
    ines.presses("This is not a fit")
    assert "Nothing has been sent to Mira." in ines.reads
    assert mira.reads_all == before


def test_a_coordinator_cannot_pair_them_and_reads_neutral_words(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    mira.asks("avoid Ines Duarte")
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    assert "What stands in the way: one of them is not available." in carla.reads
    mira.presses("Stop avoiding Ines")
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    assert "Introduce them" in carla.reads


def test_a_confirmation_that_waits_is_refused_too(stage: Stage, carla: Actor, ines: Actor, mira: Actor) -> None:
    carla.asks_admin("pair Mira Okafor, Ines Duarte")
    mira.asks("avoid Ines Duarte")
    carla.presses("Introduce them")
    assert "one of them is not available" in carla.reads
    assert "You and Mira" not in ines.reads_all


def test_nothing_of_it_stands_anywhere_but_in_its_own_table(stage: Stage, ines: Actor, mira: Actor) -> None:
    before = mira.reads_all
    with stage.database.transaction() as connection:
        lines = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (audit, outbox)]
    ines.asks("avoid Mira Okafor")
    with stage.database.transaction() as connection:
        after = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (audit, outbox)]
    assert after == lines
    assert mira.reads_all == before


def test_a_repeated_gesture_does_not_let_it_go(stage: Stage, ines: Actor, mira: Actor) -> None:
    ines.asks("avoid Mira Okafor", gesture="once")
    ines.asks("avoid Mira Okafor", gesture="once")
    assert "You and Mira Okafor will not be matched." in ines.reads
    assert rows(stage) == 1


def test_it_holds_for_an_account_that_turns_out_to_be_theirs(stage: Stage, ines: Actor, mira: Actor) -> None:
    stage.spaces["teams"] = stage.spaces["slack"]
    elsewhere = Actor(stage, Account("teams", "T2", "7fa"), Profile("Ines D", "Europe/Lisbon", "en"))
    elsewhere.asks("avoid Mira Okafor")
    ines.asks("connect")
    code = next(word for word in ines.reads.split() if word.strip(".").isupper() and len(word) > 6)
    elsewhere.asks(f"connect {code}")
    ines.asks("avoid")
    assert "Mira Okafor" in ines.reads


def test_no_page_of_a_coordinator_reads_it() -> None:
    """Only the person's own word, their no to somebody in particular, matching, and the joining of two accounts."""
    root = Path(handlers.__file__).parent
    readers = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "avoided" and ast.unparse(node).endswith("store.avoided")
    }
    assert readers == {"avoiding.py", "choosing/replying.py", "connecting.py", "coordinating/pool.py"}
