"""Words that are carried from one workspace to another: what fits, who may, and what the card of both tells."""

import pytest

from flows.match import Match
from flows.people import Account, Profile
from flows.voice.spaces import LONGEST
from handlers.relaying import MOST_WAITING
from handlers.season.closing import close_match
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage, shown


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def mira(stage: Stage) -> Actor:
    """In another workspace, where it is night when Ines works."""
    actor = Actor(stage, Account("slack", "T2", "U900"), Profile("Mira Okafor", "Pacific/Auckland", "en"))
    stage.actors.append(actor)
    return actor


@pytest.fixture
def match(stage: Stage, ines: Actor, mira: Actor) -> Match:
    return matched(stage, running(stage), mentor=mira, mentee=ines)


def waiting(stage: Stage, match: Match, writer: Actor) -> int:
    me = writer.me.id
    with stage.store() as store:
        return store.relays.waiting(match.id, me)


def test_words_that_do_not_fit_are_sent_back_and_nothing_is_kept(stage: Stage, match: Match, ines: Actor) -> None:
    ines.does("relay.write", match=match.id)
    ines.fills(words="x" * (LONGEST + 1))
    assert "1500 letters are the most" in ines.errors["words"]
    assert waiting(stage, match, ines) == 0


def test_who_waits_for_a_reader_to_wake_up_can_not_bury_them(stage: Stage, match: Match, ines: Actor) -> None:
    for n in range(MOST_WAITING):
        ines.does("relay.write", match=match.id)
        ines.fills(words=f"Line {n}")
    assert waiting(stage, match, ines) == MOST_WAITING
    answer = ines.does("relay.write", match=match.id)
    assert answer is not None
    assert "Mira has not read your last lines yet." in shown(answer)


def test_words_for_somebody_out_of_reach_are_not_taken(stage: Stage, match: Match, ines: Actor, mira: Actor) -> None:
    ines.does("relay.write", match=match.id)
    them = mira.me.id
    with stage.store() as store:
        store.people.mark_unreachable(them, "refused")
    ines.fills(words="Hello")
    assert ines.errors == {"words": "I cannot reach Mira at the moment. Nothing was sent."}
    answer = ines.does("relay.write", match=match.id)
    assert answer is not None
    assert "It works again once Mira writes to me." in shown(answer)
    assert waiting(stage, match, ines) == 0

    mira.asks("status")
    ines.does("relay.write", match=match.id)
    ines.fills(words="Hello")
    assert waiting(stage, match, ines) == 1


def test_words_that_wait_go_with_the_end_of_the_plan(stage: Stage, match: Match, ines: Actor) -> None:
    ines.does("relay.write", match=match.id)
    ines.fills(words="Hello")
    assert waiting(stage, match, ines) == 1
    with stage.store() as store:
        close_match(store, match, now=stage.now)
    assert waiting(stage, match, ines) == 0


def test_nobody_else_writes_to_them(stage: Stage, match: Match) -> None:
    rui = stage.person("Rui Alves")
    answer = rui.does("relay.write", match=match.id)
    assert answer is not None
    assert "That belongs to another match." in shown(answer)


def test_the_card_of_both_counts_their_steps_and_says_nothing_of_them(
    stage: Stage, match: Match, ines: Actor, mira: Actor
) -> None:
    for actor in (ines, mira):
        actor.does("match.meet", match=match.id)
    assert "Next steps" not in mira.reads_all

    ines.does("activity.open", match=match.id, number="0", kind="actions")
    me = ines.me.id
    ines.fills(line_new1="Ask Rui for the MARK", who_new1=me, line_new2="Another MARK", who_new2=me)
    for actor in (ines, mira):
        assert "Next steps: 2 open, 0 done" in actor.reads_all
        assert "MARK" not in actor.reads_all
        assert actor.reads_all.count("are matched") == 1

    mira.does("activity.open", match=match.id, number="0", kind="actions")
    mira.presses("It is done")
    assert "Next steps: 1 open, 1 done" in ines.reads_all


def test_who_has_written_has_said_hello(stage: Stage, match: Match, ines: Actor) -> None:
    ines.does("match.meet", match=match.id)
    ines.does("relay.write", match=match.id)
    ines.fills(words="Hello")
    me = ines.me.id
    with stage.store() as store:
        assert store.matches.get(match.id).member(me).said_hello
