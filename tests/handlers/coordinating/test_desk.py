"""Who may pass the coordinators' gate, and what is written down."""

import pytest

from flows.roles import COMPANY_WIDE, EVERYWHERE, LEAST, ORDER, Grant, Rank, may
from handlers.words import ADMIN
from tests.handlers.stage import Actor, Stage
from tests.written_down import audited


def tries(stage: Stage, verb: str, outcome: str) -> int:
    with stage.database.transaction() as connection:
        return audited(connection, verb, outcome)


@pytest.mark.parametrize("verb", [word.verb for word in ADMIN])
def test_a_stranger_is_refused_politely_and_the_try_is_recorded(stage: Stage, verb: str) -> None:
    stranger = stage.person("Sam Stone")
    stranger.asks_admin(verb)
    assert "This command is for the people who run mentoring here" in stranger.reads
    assert tries(stage, verb, "refused") == 1
    assert tries(stage, verb, "done") == 0


@pytest.mark.parametrize("verb", sorted(LEAST))
@pytest.mark.parametrize("rank", ORDER)
def test_a_role_may_what_the_table_says_and_no_more(verb: str, rank: Rank) -> None:
    allowed = ORDER.index(rank) >= ORDER.index(LEAST[verb])
    assert may(verb, [Grant(EVERYWHERE, rank)]) == allowed
    assert may(verb, [Grant("p1", rank)], "p1") == (allowed and verb not in COMPANY_WIDE)
    assert not may(verb, [Grant("p1", rank)], "p2")


def test_a_dry_run_and_what_follows_it_are_told_apart(stage: Stage, carla: Actor) -> None:
    stage.programme("Leaders")
    carla.asks_admin("programme archive")
    carla.presses("Not now")
    assert (tries(stage, "programme archive", "shown"), tries(stage, "programme archive", "done")) == (1, 0)
    carla.asks_admin("programme archive")
    carla.presses("Archive it")
    assert (tries(stage, "programme archive", "shown"), tries(stage, "programme archive", "done")) == (2, 1)


def test_a_stranger_learns_no_words_by_guessing(stage: Stage) -> None:
    stranger = stage.person("Sam Stone")
    stranger.asks_admin("programe lst")
    assert "programme" not in stranger.reads


def test_a_button_passes_the_same_gate(stage: Stage, carla: Actor) -> None:
    stranger = stage.person("Sam Stone")
    stage.programme("Leaders")
    carla.asks_admin("programme show")
    seen, edit = carla.finds("Edit")
    stranger.presses_again(seen, edit)
    assert "people who run mentoring" in stranger.reads
    assert stranger.dialog is None


def test_every_word_leaves_one_line_with_its_outcome(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme list")
    carla.asks_admin("programme show Nothing")
    assert tries(stage, "programme list", "done") == 1
    assert tries(stage, "programme show", "refused") == 1


def test_an_unknown_word_gets_the_nearest_that_the_caller_may_use(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programe list")
    assert "/mentor-admin programme list" in carla.reads


def test_half_a_word_is_answered_with_all_that_begin_so(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("match")
    assert "/mentor-admin match wants one more word behind it." in carla.reads
    assert "match hold PERSON: Give somebody nobody for now; once more lets them go" in carla.reads
    assert "match publish [PROGRAMME]" in carla.reads
    assert "people import" not in carla.reads


def test_numbers_behind_match_alone_are_answered_with_what_they_may_mean(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("match 1 2")
    assert "/mentor-admin match swap 1 2 says what an exchange of their mentors costs" in carla.reads
    assert "/mentor-admin match why Ines Duarte, Mira Okafor" in carla.reads
    carla.asks_admin("match 3")
    assert "/mentor-admin match lock 3 keeps it" in carla.reads


def test_names_behind_match_alone_are_answered_with_what_they_may_mean(stage: Stage, carla: Actor) -> None:
    for name in ("Ines Duarte", "Mira Okafor"):
        stage.person(name).asks("status")
    carla.asks_admin("match Ines Duarte")
    assert "I read Ines Duarte, but not what to do." in carla.reads
    assert "/mentor-admin match hold Ines Duarte leaves Ines Duarte out of drafts" in carla.reads
    assert "swap" not in carla.reads
    carla.asks_admin("match Ines Duarte, Mira Okafor")
    assert "/mentor-admin match lock Ines Duarte, Mira Okafor keeps them together" in carla.reads
    carla.asks_admin("match lokc Ines Duarte, Mira Okafor")
    assert "Did you mean /mentor-admin match lock?" in carla.reads


def test_every_word_has_its_least_role_and_every_role_its_word() -> None:
    assert set(LEAST) - {"programme edit"} == {word.verb for word in ADMIN}


def test_a_role_reaches_as_far_as_its_programme_and_its_rank() -> None:
    viewer = [Grant("p1", Rank.VIEWER)]
    assert may("programme show", viewer, "p1")
    assert not may("programme show", viewer, "p2")
    assert not may("open", viewer, "p1")
    owner = [Grant("p1", Rank.OWNER)]
    assert may("open", owner, "p1")
    assert not may("programme new", owner)
    assert may("programme new", [Grant(EVERYWHERE, Rank.OWNER)])
    assert not may("no such word", [Grant(EVERYWHERE, Rank.OWNER)])
