"""People, roles, matches by hand, broadcasts and the end, at the coordinators' desk."""

from dataclasses import replace
from datetime import date

import pytest

from flows.match import MatchState
from flows.people import Role, Standing
from flows.programme import Cohort, CohortState
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.stage import Actor, Stage


@pytest.fixture
def ines(stage: Stage, cohort: Cohort) -> Actor:
    ines = stage.person("Ines Duarte", title="Analyst")
    joins(stage, ines, cohort, Role.MENTEE, move_into="finance")
    return ines


def at(actor: Actor) -> str:
    """As the platform writes a mention."""
    return f"<@{actor.account.user}>"


def paired(carla: Actor, mentor: Actor, mentee: Actor) -> None:
    carla.asks_admin(f"pair {at(mentor)} {at(mentee)}")
    carla.presses("Introduce them")


def states(stage: Stage, cohort: Cohort) -> list[MatchState]:
    with stage.store() as store:
        return [match.state for match in store.matches.in_cohort(cohort.id)]


def test_people_counts_first_then_names_and_how_many_are_left_out(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    for number in range(45):
        joins(stage, stage.person(f"Person {number:02}"), cohort, Role.MENTEE)
    unreachable = mira.me.id
    with stage.store() as store:
        store.people.mark_unreachable(unreachable, "account_inactive")
        store.participants.save(
            replace(
                store.participants.get(f"pa-{ines.account.user}-{cohort.id}"),
                standing=Standing.PAUSED,
                paused_until=date(2027, 3, 20),
            )
        )
    carla.asks_admin("people")
    for told in ("Joined: 47", "As mentor: 1", "As mentee: 46", "Pausing: 1", "Cannot be reached: 1"):
        assert told in carla.reads
    assert "7 more are not shown here." in carla.reads
    assert "cannot be reached: account_inactive" in carla.reads


def test_who_came_back_from_a_pause_by_the_calendar_counts_as_joined(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    with stage.store() as store:
        back = store.participants.get(f"pa-{ines.account.user}-{cohort.id}")
        store.participants.save(replace(back, standing=Standing.PAUSED, paused_until=date(2027, 3, 1)))
    carla.asks_admin("people")
    assert "Pausing: 0" in carla.reads
    assert "Ines Duarte: mentee, joined" in carla.reads


def test_person_shows_public_answers_and_matches_and_never_what_is_private(
    stage: Stage, carla: Actor, ines: Actor, mira: Actor
) -> None:
    paired(carla, mira, ines)
    carla.asks_admin(f"person {at(ines)}")
    assert "Wants to get better at: Working with data and Writing clearly" in carla.reads
    assert "mentee with Mira Okafor: active since" in carla.reads
    assert "Finance" not in carla.reads


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("person", "Name one person"),
        ("person <@U999>", "not met that person yet"),
        ("pair <@U001>", "Name two people"),
        ("pair <@U001> <@U001>", "Nobody is matched with themselves"),
    ],
)
def test_a_mention_that_does_not_fit_is_answered_with_what_would(
    stage: Stage, carla: Actor, cohort: Cohort, words: str, said: str
) -> None:
    carla.asks_admin(words)
    assert said in carla.reads


def test_a_pair_by_hand_is_introduced_after_one_confirmation(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    carla.asks_admin(f"pair {at(mira)} {at(ines)}")
    assert "Places of the mentor: 1 free of 1" in carla.reads
    assert states(stage, cohort) == []
    button = carla.finds("Introduce them")
    carla.presses("Introduce them")
    assert states(stage, cohort) == [MatchState.ACTIVE]
    assert "You and Mira Okafor are matched." in ines.reads
    assert "A coordinator looked at all answers" in ines.reads
    carla.presses_again(*button)
    assert states(stage, cohort) == [MatchState.ACTIVE]


def test_a_pair_by_hand_keeps_to_the_hard_limits(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    tomas = stage.person("Tomas Berg")
    tomas.asks("help")
    carla.asks_admin(f"pair {at(mira)} {at(tomas)}")
    assert "Tomas Berg has not joined yet" in carla.reads
    carla.asks_admin(f"pair {at(ines)} {at(mira)}")
    assert "Ines Duarte has not joined as a mentor" in carla.reads

    joins(stage, tomas, cohort, Role.MENTEE)
    paired(carla, mira, ines)
    carla.asks_admin(f"pair {at(mira)} {at(ines)}")
    assert "matched already" in carla.reads
    carla.asks_admin(f"pair {at(mira)} {at(tomas)}")
    assert "What stands in the way: no free place" in carla.reads


def test_a_pair_by_hand_against_a_limit_needs_a_reason_that_is_kept(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    tomas = stage.person("Tomas Berg")
    joins(stage, tomas, cohort, Role.MENTEE, place=("Europe/Lisbon", "de"))
    carla.asks_admin(f"pair {at(mira)} {at(tomas)}")
    assert "What stands in the way: no common language" in carla.reads
    carla.presses("Match them anyway")
    carla.fills(why=" ")
    assert states(stage, cohort) == []
    carla.fills(why="They both learn English.")
    assert states(stage, cohort) == [MatchState.ACTIVE]
    assert "You and Mira Okafor are matched." in tomas.reads
    with stage.store() as store:
        assert store.locks.in_cohort(cohort.id) == (), "no draft has to keep together who are matched"


def test_who_pauses_before_the_confirmation_is_not_introduced(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    carla.asks_admin(f"pair {at(mira)} {at(ines)}")
    with stage.store() as store:
        pausing = store.participants.get(f"pa-{mira.account.user}-{cohort.id}")
    pauses(stage, pausing)
    carla.presses("Introduce them")
    assert "What stands in the way: one of them is not available" in carla.reads
    assert states(stage, cohort) == []


def test_an_unpaired_match_ends_in_neutral_words_for_both_and_may_begin_again(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    paired(carla, mira, ines)
    carla.asks_admin(f"unpair {at(ines)} {at(mira)}")
    assert states(stage, cohort) == [MatchState.ACTIVE]
    carla.presses("End their match")
    assert states(stage, cohort) == [MatchState.ENDED]
    assert "Your match with Mira Okafor has ended." in ines.reads
    assert "Your match with Ines Duarte has ended." in mira.reads

    carla.asks_admin(f"unpair {at(ines)} {at(mira)}")
    assert "no match that could end" in carla.reads
    carla.asks_admin(f"pair {at(mira)} {at(ines)}")
    assert "They were matched before." in carla.reads


def test_a_broadcast_reaches_each_person_once_as_typed(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    words = "Lunch on Friday. <!channel> *bring* a friend | {name}"
    carla.asks_admin(f"broadcast {words}")
    assert "This goes to 2 people" in carla.reads
    assert words in carla.reads
    assert words not in ines.reads_all
    button = carla.finds("Send it")
    carla.presses("Send it")
    carla.presses_again(*button)
    for reader in (ines, mira):
        assert reader.reads_all.count(words) == 1
    ines.presses("Settings")
    assert words in ines.reads_all


def test_a_broadcast_asks_to_whom_when_there_are_several_programmes(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    other = stage.programme("Newcomers")
    joins(stage, stage.person("Tomas Berg"), other, Role.MENTEE)
    carla.asks_admin("broadcast Welcome")
    carla.fills({"cohort": "Newcomers"})
    assert "This goes to 1 person in Newcomers" in carla.reads


def test_nothing_is_sent_any_more_in_a_programme_that_was_archived_meanwhile(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    carla.asks_admin("broadcast Welcome")
    stage.moves(cohort, CohortState.CLOSING, CohortState.ARCHIVED)
    carla.presses("Send it")
    assert "archived" in carla.reads
    assert "Welcome" not in ines.reads_all


def test_who_is_appointed_may_do_as_much_as_the_role_and_no_more(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    vera = stage.person("Vera Novak")
    vera.asks("help")
    stage.programme("Newcomers")
    carla.asks_admin(f"roles appoint {at(vera)} viewer Mentoring")
    assert "is now viewer of Mentoring" in carla.reads

    vera.asks_admin("help")
    assert "programme show" in vera.reads
    for forbidden in ("match publish", "broadcast", "roles"):
        assert forbidden not in vera.reads
    vera.asks_admin("people")
    assert "People in Mentoring" in vera.reads
    vera.asks_admin("programme show")
    assert "[Edit]" not in vera.reads
    vera.asks_admin("people Newcomers")
    assert "Your role does not hold in that programme" in vera.reads
    vera.asks_admin("broadcast Hello")
    assert "does not reach as far as “broadcast”" in vera.reads

    carla.asks_admin("roles")
    assert "Vera Novak: viewer in Mentoring" in carla.reads
    carla.asks_admin(f"roles dismiss {at(vera)}")
    vera.asks_admin("help")
    assert "people who run mentoring" in vera.reads


def test_an_owner_of_one_programme_gives_roles_there_and_nowhere_else(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    vera, tomas = stage.person("Vera Novak"), stage.person("Tomas Berg")
    vera.asks("help")
    tomas.asks("help")
    carla.asks_admin(f"roles appoint {at(vera)} owner Mentoring")
    vera.asks_admin(f"roles appoint {at(tomas)} coordinator")
    assert "is now coordinator of Mentoring" in vera.reads
    carla.asks_admin(f"roles appoint {at(tomas)} viewer")
    vera.asks_admin(f"roles dismiss {at(tomas)} Mentoring")
    assert "no longer has that role" in vera.reads
    vera.asks_admin(f"roles dismiss {at(tomas)}")
    assert "does not hold in that programme" in vera.reads


def test_everybody_stands_once_in_the_list_of_roles_however_long_it_is(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    helpers = [stage.person(f"Helper {number:02}") for number in range(45)]
    for helper in helpers:
        helper.asks("help")
        carla.asks_admin(f"roles appoint {at(helper)} viewer")
    carla.asks_admin(f"roles appoint {at(helpers[3])} coordinator Mentoring")
    carla.asks_admin("roles")
    assert "Helper 03: viewer everywhere and coordinator in Mentoring" in carla.reads
    assert carla.reads.count("Helper ") == 40
    carla.presses("Show more")
    assert carla.reads.count("Helper ") == 5
    assert "[Show more]" not in carla.reads


def test_closing_ends_every_match_and_tells_everybody_once(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    tomas = stage.person("Tomas Berg")
    joins(stage, tomas, cohort, Role.MENTEE)
    paired(carla, mira, ines)
    carla.asks_admin("close")
    assert "Matches that end: 1" in carla.reads
    assert "People who read it: 3" in carla.reads
    carla.presses("Close it")
    assert states(stage, cohort) == [MatchState.ENDED]
    assert "Your match with Mira has ended." in ines.reads
    assert "Mentoring has come to its end." in tomas.reads

    carla.asks_admin("close")
    assert "“closing”, from which it cannot go to “closing”" in carla.reads
    carla.asks_admin("programme archive")
    carla.presses("Archive it")
    carla.asks_admin("programme show Mentoring")
    assert "State: archived" in carla.reads
    carla.asks_admin("people Mentoring")
    assert "Joined: 3" in carla.reads
    carla.asks_admin("close Mentoring")
    assert "archived and stays as it is" in carla.reads


def test_the_pulse_says_when_it_asks_and_hides_what_is_open(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("pulse")
    assert "Start: open until" in carla.reads
    assert "Middle: opens on" in carla.reads
