"""A round: drafted in silence, reviewed, published with one confirmation."""

import re
from dataclasses import replace
from datetime import date, time
from itertools import pairwise

import pytest

from flows.match import MatchState
from flows.matching.pairs import Contribution
from flows.people import Account, Profile, Role, Standing
from flows.programme import Choice, Cohort, CohortState
from flows.voice import plain
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.stage import Actor, Stage
from tests.handlers.statements import statements


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring", next_round=date(2027, 4, 6))


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def mira(stage: Stage) -> Actor:
    return stage.person("Mira Okafor")


def outbox(stage: Stage) -> int:
    """Posts for others than the coordinator who waits for a draft."""
    with stage.store() as store:
        return sum(store.outbox.counts("").values()) - sum(store.outbox.counts("calculation:").values())


def alive(stage: Stage, cohort: Cohort) -> list[set[str]]:
    with stage.store() as store:
        matches = [match for match in store.matches.in_cohort(cohort.id) if match.state is MatchState.ACTIVE]
        return [
            {person.name for person in store.people.all([m.person for m in match.members]).values()}
            for match in matches
        ]


def test_nobody_hears_anything_before_publish(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    for words in ("match draft", "match show", "match lock 1", "match draft", "match publish"):
        carla.asks_admin(words)
        assert outbox(stage) == 0
        assert alive(stage, cohort) == []
    assert "Introductions: 2" in carla.reads

    carla.presses("Publish")
    assert alive(stage, cohort) == [{"Ines Duarte", "Mira Okafor"}]
    assert "You and Mira Okafor are matched." in ines.reads
    assert "You and Ines Duarte are matched." in mira.reads


def test_a_draft_takes_as_many_statements_however_many_people_and_programmes_there_are(
    stage: Stage, carla: Actor, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "deliver", lambda: None)

    def more_join(*programmes: Cohort) -> None:
        for programme in programmes:
            for role in (Role.MENTEE, Role.MENTEE, Role.MENTOR):
                joins(stage, stage.person(f"Person {len(stage.actors)}"), programme, role)

    def drafting() -> int:
        carla.asks_admin("match draft Mentoring")
        with statements() as seen:
            stage.calculate()
        return len(seen)

    more_join(cohort)
    drafting()
    few = drafting()
    more_join(cohort, cohort, stage.programme("Leaders"), stage.programme("Returners"))
    assert drafting() == few
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
    assert round_ is not None
    assert (len(round_.draft.pairs), len(round_.draft.unmatched)) == (3, 3)


@pytest.mark.parametrize("choice", [Choice.DRAFT, Choice.WISHES])
def test_publishing_takes_as_many_statements_however_many_people_there_are(
    stage: Stage, carla: Actor, choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publishing(name: str, *, times: int) -> int:
        programme = stage.programme(name)
        with stage.store() as store:
            store.programmes.save_cohort(replace(programme, choice=choice))
        for role in (Role.MENTEE, Role.MENTEE, Role.MENTOR) * times:
            joins(stage, stage.person(f"Person {len(stage.actors)}"), programme, role)
        carla.asks_admin(f"match draft {name}")
        carla.asks_admin(f"match publish {name}")
        with monkeypatch.context() as patch, statements() as seen:
            patch.setattr(stage, "deliver", lambda: None)
            carla.presses("Publish")
        return len(seen)

    assert publishing("Few", times=1) == publishing("Many", times=4)


def test_the_draft_shows_pairs_with_reasons_and_who_is_left(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, stage.person("Tomas Berg"), cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    assert "Mentees with a mentor: 1 of 2" in carla.reads
    assert "Wanted and known: Working with data." in carla.reads
    assert "those who fit have no place left" in carla.reads
    assert "Mira Okafor could take one more" in carla.reads


def test_both_sides_get_reasons_a_next_step_and_a_shared_chat(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert "Next: say hello." in ines.reads
    assert "Ines wants to learn what you know: Working with data." in mira.reads
    (shared,) = stage.channels.values()
    assert shared[0].message.summary.startswith("This chat is yours: I cannot read")

    ines.presses("See starters")
    assert ines.reads.count("?") == 5
    mira.presses("About Ines")
    assert "I like short plans." in mira.reads
    ines.presses("Say hello")
    assert "Write to Mira Okafor" in ines.reads
    assert "[Say hello]" not in ines.reads_all


def test_what_somebody_hid_is_neither_a_reason_nor_on_their_card(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    hiding = joins(stage, ines, cohort, Role.MENTEE, move_into="finance")
    with stage.store() as store:
        store.participants.save(replace(hiding, hidden=frozenset({"skills_wanted", "interests"})))
    joins(stage, mira, cohort, Role.MENTOR, area="finance")
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    mira.presses("About Ines")
    for hidden in ("data", "Music", "Finance", "where you work"):
        assert hidden not in mira.reads_all


def test_everybody_unmatched_gets_one_message_with_reason_remedy_and_date(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    tomas = stage.person("Tomas Berg")
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, tomas, cohort, Role.MENTEE, mode="in_person", office="berlin")
    joins(stage, mira, cohort, Role.MENTOR)
    nadia = stage.person("Nadia Haddad")
    joins(stage, nadia, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "People who hear that there is nobody yet: 2" in carla.reads
    carla.presses("Publish")
    assert "We have not found your mentor yet." in tomas.reads
    assert "Few mentors can meet in person where you are." in tomas.reads
    assert "The next round is on Tuesday 6 April. You keep your place and go first." in tomas.reads
    left = next(actor for actor in (mira, nadia) if "matched" not in actor.reads)
    assert "Nobody needs your place as a mentor yet." in left.reads

    tomas.presses("Online is fine")
    assert "Noted: your answer has changed, and more people fit now." in tomas.reads
    carla.asks_admin("match draft")
    assert "1 pair" in carla.reads
    assert "Tomas Berg with" in carla.reads


def test_where_everybody_has_somebody_nothing_is_said_of_nobody(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "nobody yet" not in carla.reads
    carla.presses("Publish")
    assert carla.reads.startswith("2 introductions are on their way.")
    assert "nobody yet" not in carla.reads


def test_where_nobody_has_anybody_nothing_is_said_of_introductions(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert carla.reads.startswith("1 person hears that there is nobody yet.")
    assert "introduction" not in carla.reads


def test_one_more_language_is_one_tap_and_makes_a_match_possible(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE, place=("Europe/Lisbon", "pt"))
    joins(stage, mira, cohort, Role.MENTOR, place=("Europe/Lisbon", "de"))
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert "Few mentors speak a language that you named." in ines.reads
    label = next(button.label for button in plain.buttons(ines.newest) if button.label.startswith("I speak"))
    mira.presses_again(*ines.finds(label))
    assert "somebody else's" in mira.reads

    ines.presses(label)
    carla.asks_admin("match draft")
    assert "1 pair" in carla.reads


def test_who_waits_may_look_at_their_answers(stage: Stage, carla: Actor, cohort: Cohort, ines: Actor) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    ines.presses("Change my answers")
    assert "Working with data" in ines.reads
    ines.presses("Keep it as it is")
    assert "Your answers stay as they are." in ines.reads_all


def test_a_long_draft_is_shown_in_parts(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for number in range(45):
        joins(stage, stage.person(f"Mentee {number:02}"), cohort, Role.MENTEE)
        joins(stage, stage.person(f"Mentor {number:02}"), cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    first = carla.reads
    assert "more are not shown here." in first
    carla.presses("Show more of the draft")
    numbers = set(re.findall(r"^(\d+)\. ", first + "\n" + carla.reads, re.MULTILINE))
    while "[Show more of the draft]" in carla.reads:
        carla.presses("Show more of the draft")
        numbers |= set(re.findall(r"^(\d+)\. ", carla.reads, re.MULTILINE))
    assert numbers == {str(number) for number in range(1, 46)}


def test_a_draft_of_an_earlier_version_is_still_shown_and_published(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    """It was stored with rules that have other names by now."""
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
        assert round_ is not None
        parts = (Contribution("grade", 200), Contribution("moving_into", 700), Contribution("language", 500))
        pair = replace(round_.draft.pairs[0], score=1_400, contributions=parts)
        store.rounds.change(replace(round_, draft=replace(round_.draft, pairs=(pair,))))
    carla.asks_admin("match show")
    assert "Ines Duarte with Mira Okafor, fit 14 %. Both speak: English and Portuguese." in carla.reads

    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert "You both speak English and Portuguese." in ines.reads


def test_shared_chats_are_counted_only_where_there_will_be_one(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    elsewhere = Actor(stage, Account("slack", "T2", "U900"), Profile("Noor Haddad", "Europe/Lisbon", "en"))
    stage.actors.append(elsewhere)
    joins(stage, elsewhere, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR, capacity=2)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "Introductions: 2" in carla.reads
    assert "Shared chats" not in carla.reads
    joins(stage, ines, cohort, Role.MENTEE)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "Introductions: 4" in carla.reads
    assert "Shared chats opened: 1" in carla.reads


def test_a_draft_with_nobody_is_not_published(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "nothing to publish" in carla.reads


def test_who_never_heard_of_a_match_never_hears_of_its_end(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    far = stage.person("Hiro Tanaka", zone="Asia/Tokyo")
    joins(stage, ines, cohort, Role.MENTEE, place=("Europe/Lisbon", "en"), times=("tue-am",))
    mentor = joins(stage, far, cohort, Role.MENTOR)
    with stage.store() as store:
        # Working in Lisbon's zone for the match, but on leave this week.
        person = store.people.get(mentor.person)
        store.people.save(replace(person, hours=replace(person.hours, zone="Europe/Lisbon")))
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    with stage.store() as store:
        person = store.people.get(mentor.person)
        store.people.save(replace(person, hours=replace(person.hours, start=time(15), end=time(20))))
    carla.presses("Publish")
    assert "matched" not in far.reads_all
    ines.presses("This is not a fit")
    ines.presses("End this match")
    stage.wait(days=2)
    assert "match" not in far.reads


def test_who_pauses_after_the_draft_is_taken_out_and_the_coordinator_is_told(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    pausing = joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    assert "starts 1 match" in carla.reads

    pauses(stage, pausing)
    carla.presses("Publish")
    assert "Something has changed since you were shown this" in carla.reads
    assert "Ines Duarte with Mira Okafor was taken out" in carla.reads
    assert outbox(stage) == 0

    carla.presses("Publish")
    assert alive(stage, cohort) == []
    assert "We have not found your mentor yet." in ines.reads
    assert "matched" not in mira.reads_all


def test_a_round_from_which_everybody_went_meanwhile_is_not_published(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    both = joins(stage, ines, cohort, Role.MENTEE), joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    for one in both:
        pauses(stage, one)

    carla.presses("Publish")
    assert "has nobody in it, so there is nothing to publish" in carla.reads


def test_a_round_is_published_once(stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    first = carla.finds("Publish")
    carla.asks_admin("match publish")
    second = carla.finds("Publish")
    carla.presses_again(*first)
    carla.presses_again(*second)
    assert "Mentoring has no draft now." in carla.reads
    carla.presses_again(*first)
    assert "only once" in carla.reads
    assert len(alive(stage, cohort)) == 1


def test_a_lock_outlives_a_new_draft_and_a_swap_locks_both_pairs(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    names = ("Ada Ek", "Bo Lund", "Cem Arslan", "Dag Moe", "Eva Roth", "Fay Hill")
    for name in names[:3]:
        joins(stage, stage.person(name), cohort, Role.MENTEE)
    for name in names[3:]:
        joins(stage, stage.person(name), cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    before = pairs(stage, cohort)

    carla.asks_admin("match swap 1 2")
    assert pairs(stage, cohort) == before
    carla.presses("Swap them")
    swapped = pairs(stage, cohort)
    assert swapped == [(before[0][0], before[1][1]), (before[1][0], before[0][1]), before[2]]
    assert carla.reads.count("Locked by Carla Weiss") == 2

    carla.asks_admin("match draft")
    assert pairs(stage, cohort) == swapped
    assert carla.reads.count("Locked by Carla Weiss") == 2

    carla.asks_admin("match lock 1")
    assert "no longer locked" in carla.reads
    carla.asks_admin("match lock 1")
    assert "is locked" in carla.reads
    assert "The same words again let it go" in carla.reads
    carla.asks_admin("match lock 1")
    assert "no longer locked" in carla.reads


def pairs(stage: Stage, cohort: Cohort) -> list[tuple[str, str]]:
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
    assert round_ is not None
    return [(pair.mentee, pair.mentor) for pair in round_.draft.pairs]


@pytest.mark.parametrize("words", ["match lock 9", "match lock zero", "match lock", "match swap 1 9"])
def test_a_number_that_is_no_pair_is_answered_with_those_that_are(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor, words: str
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin(words)
    assert "The numbers go from 1 to 1" in carla.reads


def test_a_number_of_a_draft_without_pairs_is_answered_without_numbers(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    assert "There is no pair in this draft yet." in carla.reads


def test_a_swap_keeps_to_the_hard_limits(stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor) -> None:
    joins(stage, ines, cohort, Role.MENTEE, place=("Europe/Lisbon", "pt"))
    joins(stage, mira, cohort, Role.MENTOR, place=("Europe/Lisbon", "pt"))
    joins(stage, stage.person("Tomas Berg"), cohort, Role.MENTEE, place=("Europe/Lisbon", "sv"))
    joins(stage, stage.person("Nadia Haddad"), cohort, Role.MENTOR, place=("Europe/Lisbon", "sv"))
    carla.asks_admin("match draft")
    before = pairs(stage, cohort)
    carla.asks_admin("match swap 1 2")
    assert "no common language" in carla.reads
    assert pairs(stage, cohort) == before


def test_an_end_is_told_without_reason_or_side(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    ines.presses("This is not a fit")
    assert "Nothing has been sent to Mira." in ines.reads
    end = ines.finds("End this match")
    ines.presses("End this match")
    assert alive(stage, cohort) == []
    assert "Your match with Ines Duarte has ended." in mira.reads
    assert "fit" not in mira.reads

    ines.presses_again(*end)
    assert "is over" in ines.reads
    carla.asks_admin("match draft")
    assert "0 pairs" in carla.reads, "whom one knows already is not proposed again"


def test_a_button_of_somebody_elses_match_does_nothing(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")
    ines.presses("This is not a fit")
    stranger = stage.person("Sam Stone")
    stranger.presses_again(*ines.finds("End this match"))
    assert "another match" in stranger.reads
    assert len(alive(stage, cohort)) == 1


def test_a_cohort_takes_its_states_in_order(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    seen = [state(stage, cohort)]
    joins(stage, ines, cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    seen.append(state(stage, cohort))
    carla.asks_admin("match publish")
    carla.presses("Publish")
    seen.append(state(stage, cohort))
    assert list(pairwise(seen)) == [
        (CohortState.OPEN, CohortState.MATCHING),
        (CohortState.MATCHING, CohortState.RUNNING),
    ]


def test_a_draft_of_a_programme_that_is_not_open_is_refused_with_the_reason(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Later")
    carla.fills()
    carla.asks_admin("match draft")
    assert "“draft”, from which it cannot go to “matching”" in carla.reads


def state(stage: Stage, cohort: Cohort) -> CohortState:
    with stage.store() as store:
        return store.programmes.cohort(cohort.id).state


def test_one_more_part_of_a_day_is_one_tap_and_makes_a_match_possible(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    participant = joins(stage, ines, cohort, Role.MENTEE, times=("tue-am", "fri-am"))
    joins(stage, mira, cohort, Role.MENTOR, times=("thu-pm",))
    carla.asks_admin("match draft")
    assert "no common free time stands in the way of 1 mentor." in carla.reads
    assert "free on Thursday afternoon too: 1 mentor would then fit." in carla.reads
    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert "If Thursday afternoon suits you too, tap below" in ines.reads
    ines.does("round.free_at", participant=participant.id, slot="sun-am")
    assert "Noted" not in ines.reads_all

    ines.presses("Thursday afternoon suits me")
    assert "Noted: your answer has changed, and more people fit now." in ines.reads_all
    with stage.store() as store:
        assert store.participants.answers(participant.id)["times"] == ("tue-am", "thu-pm", "fri-am")
        assert store.participants.get(participant.id).waited == 1
    carla.asks_admin("match draft")
    assert "1 pair" in carla.reads


def test_what_somebody_has_done_since_the_draft_is_not_asked_of_them(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    participant = joins(stage, ines, cohort, Role.MENTEE, mode="in_person", office="berlin")
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    assert "if online were fine for them: 1 mentor would then fit." in carla.reads
    with stage.store() as store:
        store.participants.answer(participant.id, "mode", "either", private=False, at=stage.now)
    carla.asks_admin("match publish")
    carla.presses("Publish")

    assert "Your answers are fine as they are." in ines.reads
    assert "[Online is fine]" not in ines.reads


def test_who_loses_a_pair_between_draft_and_publishing_hears_no_reason_that_is_not_theirs(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor, mira: Actor
) -> None:
    joins(stage, ines, cohort, Role.MENTEE)
    pausing = joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    pauses(stage, pausing)
    carla.asks_admin("match publish")
    carla.presses("Publish")

    assert "Something changed after we had looked." in ines.reads
    assert "Mira" not in ines.reads_all


def test_what_the_unmatched_lack_all_together_is_said_with_whom_to_ask(
    stage: Stage, carla: Actor, cohort: Cohort, mira: Actor
) -> None:
    for name in ("Ines Duarte", "Tomas Berg", "Yusuf Demir"):
        joins(stage, stage.person(name), cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")

    assert "3 people compete for 1 place of 1 mentor, whatever the pairs." in carla.reads
    assert "One place more matches one person more. You could ask Mira Okafor." in carla.reads
    assert "with two places and hours that suit, would help 2 people." in carla.reads
    first = carla.reads
    carla.asks_admin("match show")
    assert carla.reads == first, "it is kept with the draft"


def test_for_one_person_left_no_second_place_is_looked_for(
    stage: Stage, carla: Actor, cohort: Cohort, mira: Actor
) -> None:
    for name in ("Ines Duarte", "Tomas Berg"):
        joins(stage, stage.person(name), cohort, Role.MENTEE)
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")

    assert "with hours that suit, would help 1 person." in carla.reads
    assert "two places" not in carla.reads


def test_for_whom_nobody_is_possible_competes_for_no_place(
    stage: Stage, carla: Actor, cohort: Cohort, mira: Actor
) -> None:
    for name in ("Ines Duarte", "Tomas Berg"):
        joins(stage, stage.person(name), cohort, Role.MENTEE)
    joins(stage, stage.person("Yusuf Demir"), cohort, Role.MENTEE, times=("fri-pm",))
    joins(stage, mira, cohort, Role.MENTOR)
    carla.asks_admin("match draft")

    assert "Yusuf Demir: no mentor is possible" in carla.reads
    assert "2 people compete for 1 place of 1 mentor, whatever the pairs." in carla.reads


def test_who_has_left_changes_no_answer_by_an_old_button(
    stage: Stage, carla: Actor, cohort: Cohort, ines: Actor
) -> None:
    participant = joins(stage, ines, cohort, Role.MENTEE, mode="in_person")
    with stage.store() as store:
        store.participants.save(replace(store.participants.get(participant.id), standing=Standing.LEFT))
    ines.does("round.online", participant=participant.id)
    with stage.store() as store:
        assert store.participants.answers(participant.id)["mode"] == "in_person"
    assert "Noted" not in ines.reads_all
