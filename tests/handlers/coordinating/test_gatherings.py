"""Rounds that bring more than two together: drafted in silence, published with one confirmation, then left in peace."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import update

from flows.formats import Format
from flows.people import Role
from flows.programme import Cohort
from flows.questionnaire import Answer
from storage.tables import rounds
from tests.handlers.coordinating.company import joins, pauses
from tests.handlers.stage import Actor, Stage

NAMES = (
    "Ada Abel", "Ben Blum", "Cem Cetin", "Dua Dahl", "Eli Egge", "Fay Falk", "Gil Gast", "Hana Hora", "Ivo Ilic",
    "Jana Jung", "Kai Kern", "Lea Lang", "Max Mohr", "Nia Noll",
)  # fmt: skip


def company(
    stage: Stage, cohort: Cohort, count: int, *, role: Role = Role.PEER, start: int = 0, **answers: Answer
) -> list[Actor]:
    actors = [stage.person(name) for name in NAMES[start : start + count]]
    for actor in actors:
        joins(stage, actor, cohort, role, capacity=1, **answers)
    return actors


def publishes(carla: Actor) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    carla.presses("Publish")


def together(stage: Stage, cohort: Cohort) -> list[set[str]]:
    with stage.store() as store:
        alive = [match for match in store.matches.in_cohort(cohort.id) if match.is_alive]
        return [
            {person.name for person in store.people.all([one.person for one in match.members]).values()}
            for match in alive
        ]


def pairs(groups: Sequence[set[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def test_a_circle_is_reviewed_published_and_left_in_peace(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    people = company(stage, cohort, 5)
    joins(stage, stage.person("Nia Noll"), cohort, Role.FACILITATOR, facilitate="ready")
    people.append(stage.actors[-1])
    carla.asks_admin("match draft")
    assert "Draft 1 for Circles: 1 circle." in carla.reads
    assert "Nia Noll (facilitates)" in carla.reads
    assert "People who come together: 6" in carla.reads
    assert "How sure: This is the best that was found; a better one may exist." in carla.reads
    with stage.store() as store:
        round_ = store.gatherings.drafted(cohort.id)
        assert round_ is not None
        assert round_.proposal.record is not None
        assert round_.proposal.record.seed
    assert not any("circle" in actor.reads for actor in people if actor.screen)

    carla.asks_admin("match publish")
    assert "This introduces 1 circle in Circles." in carla.reads
    assert "People who read an introduction: 6" in carla.reads
    carla.presses("Publish")
    assert [len(group) for group in together(stage, cohort)] == [6]
    for actor in people:
        assert "Your circle is complete." in actor.reads
        for other in people:
            assert (other.profile.name in actor.reads) is (other is not actor)
    assert "Nia proposes a first date" in people[0].reads
    assert "Next: propose a first date in the chat that you share." in people[-1].reads
    (shared,) = stage.channels.values()
    assert "I cannot read what you write here." in shared[0].message.summary

    before = [len(actor.screen) for actor in people]
    stage.now += timedelta(weeks=5)
    stage.deliver()
    for actor, number in zip(people, before, strict=True):
        assert not any("circle" in str(seen.message) for seen in actor.screen[number:])
    people[0].asks("status")
    assert "when you meet is up to you" in people[0].reads
    assert "Plan:" not in people[0].reads
    assert "Notes with" not in people[0].reads


def test_who_leaves_a_circle_leaves_the_others_together(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    people = company(stage, cohort, 5)
    publishes(carla)
    ada, ben, *others = people
    ada.presses("This is not for me")
    assert "If you leave" in ada.reads
    ada.presses("Leave them")
    assert "Nobody was told why." in ada.reads
    assert together(stage, cohort) == [{one.profile.name for one in (ben, *others)}]
    for actor in (ben, *others):
        assert "Ada Abel is no longer with you." in actor.reads

    ben.asks("leave")
    assert "Cem Cetin, Dua Dahl, and Eli Egge go on together. They hear that you are no longer with them" in ben.reads
    assert "ends" not in ben.reads
    ben.presses("Leave the programme")
    assert together(stage, cohort) == [{one.profile.name for one in others}]
    assert "Ben Blum is no longer with you." in others[0].reads


def test_coffee_comes_round_after_round_with_somebody_new_and_the_odd_one_joins_a_pair(
    stage: Stage, carla: Actor
) -> None:
    cohort = stage.programme("Coffee", format_=Format.COFFEE)
    people = company(stage, cohort, 7)
    met: set[frozenset[str]] = set()
    for number in range(1, 4):
        publishes(carla)
        groups = together(stage, cohort)
        assert sorted(map(len, groups)) == [2, 2, 3]
        assert not met & pairs(groups)
        met |= pairs(groups)
        with stage.store() as store:
            assert all(one.state == "completed" for one in store.matches.in_cohort(cohort.id) if not one.is_alive)
        for actor in people:
            assert any(words in actor.reads for words in ("are matched", "Your next coffee is for three"))
        stage.now += timedelta(weeks=2)
        stage.deliver()
        assert number == 3 or "no longer" not in people[0].reads_all


def test_a_lock_keeps_a_circle_and_a_newer_draft_takes_the_place_of_the_older(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    company(stage, cohort, 12)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 2")
    assert "Number 2 is locked: " in carla.reads
    assert "The same words again let it go; in a new draft, with its number there." in carla.reads
    locked = carla.reads.split("Number 2 is locked: ")[1].split(".")[0]
    company(stage, cohort, 2, start=12)
    carla.asks_admin("match draft")
    first = next(line for line in carla.reads.splitlines() if line.startswith("1."))
    assert all(name in first for name in locked.replace(" and ", ", ").split(", "))
    assert "Locked." in first
    carla.asks_admin("match lock 1")
    assert "no longer locked" in carla.reads
    carla.asks_admin("match lock 9")
    assert "There is no number “9”" in carla.reads
    carla.asks_admin("match lock 1 2")
    assert "one number is locked at a time: /mentor-admin match lock 1, then /mentor-admin match lock 2." in carla.reads
    carla.asks_admin("match swap 1 2")
    assert "nobody is exchanged by hand" in carla.reads
    carla.asks_admin("match lock")
    assert "Which one? Put its number behind it" in carla.reads
    carla.asks_admin("match lock Ada Abel, Ben Blum")
    assert "Which one? Put its number behind it" in carla.reads


def test_who_had_coffee_together_in_one_programme_meets_somebody_new_in_the_next(stage: Stage, carla: Actor) -> None:
    met: set[frozenset[str]] = set()
    for name in ("Autumn coffee", "Spring coffee", "Summer coffee"):
        cohort = stage.programme(name, format_=Format.COFFEE)
        for person in NAMES[:4]:
            known = next((one for one in stage.actors if one.profile.name == person), None)
            joins(stage, known or stage.person(person), cohort, Role.PEER)
        for verb in ("match draft", "match publish"):
            carla.asks_admin(f"{verb} {name}")
        carla.presses("Publish")
        groups = together(stage, cohort)
        assert not met & pairs(groups)
        met |= pairs(groups)
        stage.now += timedelta(weeks=2)
    assert len(met) == 6


@pytest.mark.parametrize("format_", [Format.COFFEE, Format.CIRCLE])
def test_a_lock_does_not_hold_two_together_who_are_kept_apart_since(
    stage: Stage, carla: Actor, format_: Format
) -> None:
    cohort = stage.programme("Together", format_=format_)
    company(stage, cohort, 8)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    one, other, *_ = carla.reads.split("is locked: ")[1].split(".")[0].replace(" and ", ", ").split(", ")
    next(actor for actor in stage.actors if actor.profile.name == one).asks(f"avoid {other}")

    carla.asks_admin("match publish")
    assert "or a limit stands between two of them." in carla.reads
    carla.asks_admin("match draft")
    assert f"No longer locked: {one}" in carla.reads
    publishes(carla)
    assert frozenset({one, other}) not in pairs(together(stage, cohort))
    assert "avoid" not in carla.reads_all


def test_a_locked_circle_names_the_limit_that_stands_in_it_by_now(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    people = company(stage, cohort, 5)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    assert "Not kept" not in carla.reads_all
    with stage.store() as store:
        participant = store.participants.in_cohort(cohort.id)[0]
        store.participants.answer(participant.id, "place", ("Europe/Lisbon", "ja"), private=False, at=stage.now)

    carla.asks_admin("match draft")
    name = next(actor.profile.name for actor in people if actor.me.id == participant.person)
    assert "Locked." in carla.reads
    assert f"Limits that could not be kept: {len(people) - 1}" in carla.reads
    assert name in carla.reads.split("Not kept: ")[1].split(",")[0]
    assert "No longer locked" not in carla.reads


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("match forbid Ada Abel, Ben Blum", "/mentor-admin block keeps two people apart"),
        ("match hold Ada Abel", "can skip the round in the message before it"),
        ("match why Ada Abel, Ben Blum", "the draft itself says what brings people together"),
        ("match compare", "nothing to compare"),
    ],
)
def test_what_is_for_mentees_and_mentors_alone_says_what_there_is_instead(
    stage: Stage, carla: Actor, words: str, instead: str
) -> None:
    company(stage, stage.programme("Circles", format_=Format.CIRCLE), 4)
    carla.asks_admin("match draft")
    carla.asks_admin(words)
    assert instead in carla.reads


def test_a_draft_with_nobody_in_it_says_so_and_offers_nothing(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    company(stage, cohort, 4)
    publishes(carla)
    carla.asks_admin("match draft")
    assert "Nobody who is free could be brought together." in carla.reads
    assert "match publish" not in carla.reads
    carla.asks_admin("people Circles")
    assert "As mentor" not in carla.reads


def test_what_nobody_helps_with_yet_is_not_somebody_who_sits_out(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Mosaic", format_=Format.MOSAIC)
    company(stage, cohort, 1, role=Role.MENTEE, skills_wanted=("data", "design"))
    company(stage, cohort, 1, role=Role.MENTOR, start=1, skills_offered=("data",))
    carla.asks_admin("match draft")
    assert "Things to learn that nobody helps with yet: 1" in carla.reads
    assert "People who sit out: 0" in carla.reads
    assert "Still open" in carla.reads
    assert "Who sits out" not in carla.reads


@pytest.mark.parametrize(("exact", "told"), [(True, "No better draft exists."), (False, "a better one may exist.")])
def test_a_draft_of_an_older_version_is_as_sure_as_it_was(
    stage: Stage, carla: Actor, *, exact: bool, told: str
) -> None:
    company(stage, stage.programme("Coffee", format_=Format.COFFEE), 4)
    carla.asks_admin("match draft")
    with stage.database.transaction() as connection:
        connection.execute(update(rounds).values(totals={"exact": exact}))
    carla.asks_admin("match show")
    assert told in carla.reads


def test_too_few_for_a_circle_hear_why(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    people = company(stage, cohort, 3)
    carla.asks_admin("match draft")
    assert "Ada Abel: too few people for one more." in carla.reads
    carla.asks_admin("match publish")
    carla.presses("Publish")
    assert carla.reads.startswith("3 people hear that they sit out.\n")
    for actor in people:
        assert "We have found nobody for you this time." in actor.reads


def test_a_round_from_which_everybody_went_meanwhile_ends_nobodys_coffee(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Coffee", format_=Format.COFFEE)
    both = [joins(stage, stage.person(name), cohort, Role.PEER) for name in NAMES[:2]]
    publishes(carla)
    before = together(stage, cohort)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    for one in both:
        pauses(stage, one)

    carla.presses("Publish")
    assert "has nobody in it, so there is nothing to publish" in carla.reads
    assert together(stage, cohort) == before != []


def test_who_pauses_after_the_draft_is_left_out_and_the_others_go_on(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    company(stage, cohort, 5)
    pausing = joins(stage, stage.person("Zoe Zahn"), cohort, Role.PEER)
    carla.asks_admin("match draft")
    carla.asks_admin("match publish")
    pauses(stage, pausing)
    carla.presses("Publish")
    assert "Something has changed since you were shown this" in carla.reads
    assert "Zoe Zahn: left out" in carla.reads
    carla.presses("Publish")
    assert together(stage, cohort) == [set(NAMES[:5])]


def test_a_group_has_one_mentor_and_a_second_round_only_newcomers(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Groups", format_=Format.GROUP)
    company(stage, cohort, 4, role=Role.MENTEE)
    (mira,) = company(stage, cohort, 1, role=Role.MENTOR, start=4)
    publishes(carla)
    assert together(stage, cohort) == [set(NAMES[:5])]
    assert "Your group is complete." in mira.reads
    assert "propose a first date" in mira.reads
    assert "What brings you together: " in mira.reads
    company(stage, cohort, 3, role=Role.MENTEE, start=5)
    company(stage, cohort, 1, role=Role.MENTOR, start=8)
    publishes(carla)
    assert together(stage, cohort) == [set(NAMES[:5]), set(NAMES[5:9])]


def test_mosaic_gives_a_mentor_for_each_theme(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Mosaic", format_=Format.MOSAIC)
    (ines,) = company(stage, cohort, 1, role=Role.MENTEE, skills_wanted=("data", "design"))
    (mira,) = company(stage, cohort, 1, role=Role.MENTOR, start=1, skills_offered=("data",))
    (tom,) = company(stage, cohort, 1, role=Role.MENTOR, start=2, skills_offered=("design",))
    publishes(carla)
    assert sorted(map(sorted, together(stage, cohort))) == [["Ada Abel", "Ben Blum"], ["Ada Abel", "Cem Cetin"]]
    assert "Ada looks for help with this: Working with data." in mira.reads
    assert "Ada looks for help with this: Design." in tom.reads
    assert "Ben helps you with this: Working with data." in ines.reads_all
    company(stage, cohort, 1, role=Role.MENTOR, start=3, skills_offered=("data",))
    carla.asks_admin("match draft")
    assert "0 pairs" in carla.reads


def test_a_piece_of_work_needs_the_skill_and_the_day(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Work", format_=Format.FUNCTIONAL)
    work: dict[str, Answer] = {"deliverable": "A price list", "skill": "finance", "due": "2027-05-03"}
    company(stage, cohort, 1, role=Role.MENTEE, start=0, **work)
    late: dict[str, Answer] = {**work, "due": "2028-05-03"}
    (ben,) = company(stage, cohort, 1, role=Role.MENTEE, start=1, **late)
    company(stage, cohort, 1, role=Role.MENTOR, start=2, skills_offered=("finance",))
    company(stage, cohort, 1, role=Role.MENTOR, start=3, skills_offered=("design",))
    publishes(carla)
    assert together(stage, cohort) == [{"Ada Abel", "Cem Cetin"}]
    assert "We have found nobody for your piece of work yet." in ben.reads


def test_each_of_an_event_reads_one_list_of_their_talks(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Event", format_=Format.FLASH)
    mentees = company(stage, cohort, 4, role=Role.MENTEE)
    mentors = company(stage, cohort, 4, role=Role.MENTOR, start=4)
    carla.asks_admin("match draft")
    assert "16 short talks" in carla.reads
    carla.asks_admin("match lock 1")
    assert "drafted as a whole" in carla.reads
    carla.asks_admin("match publish")
    carla.presses("Publish")
    for actor in mentees:
        assert "You have 4 short talks at Event." in actor.reads
        assert "Bring one question for each." in actor.reads
        assert all(name in actor.reads for name in NAMES[4:8])
    for actor in mentors:
        assert "Everybody brings a question for you." in actor.reads
    assert together(stage, cohort) == []


def test_reverse_runs_by_no_plan(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Reverse", format_=Format.REVERSE)
    (ada,) = company(stage, cohort, 1, role=Role.MENTEE)
    company(stage, cohort, 1, role=Role.MENTOR, start=1)
    publishes(carla)
    assert together(stage, cohort) == [{"Ada Abel", "Ben Blum"}]
    assert "[Say what I expect]" not in ada.reads
    ada.presses("Say hello")
    assert "The rest is yours" in ada.reads_all
    with stage.store() as store:
        (match,) = store.matches.in_cohort(cohort.id)
    assert not match.is_guided
