"""A draft changed by hand: what is decided outlives it, is stored with who and why, and costs what was said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from flows.calculations import Kind
from flows.match import MatchState
from flows.matching.locks import LockKind
from flows.people import Participant, Role, Standing
from flows.programme import Cohort
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage
from tests.handlers.statements import statements

Pairs = Callable[[], dict[str, str]]


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring", next_round=date(2027, 4, 6))


@pytest.fixture
def company(stage: Stage, cohort: Cohort) -> dict[str, Participant]:
    """Two who learn and three who mentor; Ines and Mira suit each other best."""
    return {
        name: joins(stage, stage.person(name), cohort, role, **answers)
        for name, role, answers in (
            ("Ines Duarte", Role.MENTEE, {"skills_wanted": ("data",)}),
            ("Yusuf Demir", Role.MENTEE, {"skills_wanted": ("leading",)}),
            ("Mira Okafor", Role.MENTOR, {"skills_offered": ("data",)}),
            ("Hannah Weiss", Role.MENTOR, {"skills_offered": ("leading",)}),
            ("Noor Haddad", Role.MENTOR, {"skills_offered": ("writing",), "interests": ()}),
        )
    }


@pytest.fixture
def paired(stage: Stage, cohort: Cohort, company: dict[str, Participant]) -> Pairs:
    """Who has whom in the draft, by name."""
    names = {one.id: name for name, one in company.items()}

    def read() -> dict[str, str]:
        with stage.store() as store:
            round_ = store.rounds.drafted(cohort.id)
        assert round_ is not None
        return {names[pair.mentee]: names[pair.mentor] for pair in round_.draft.pairs}

    return read


BEST = {"Ines Duarte": "Mira Okafor", "Yusuf Demir": "Hannah Weiss"}


def test_two_who_are_kept_apart_stay_so_in_every_draft(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    assert paired() == BEST

    carla.asks_admin("match forbid Ines Duarte, Mira Okafor")
    assert "They were a pair of this draft and are no longer: draft again." in carla.reads
    assert paired() == {"Yusuf Demir": "Hannah Weiss"}
    carla.asks_admin("match show")
    assert "Mentees with a mentor: 1 of 2" in carla.reads
    assert "Kept apart by Carla Weiss" in carla.reads
    assert "Ines Duarte: a place is open since the draft changed." in carla.reads
    assert "Changed by hand since it was found." in carla.reads

    for _ in range(2):
        carla.asks_admin("match draft")
        assert paired() == {"Ines Duarte": "Noor Haddad", "Yusuf Demir": "Hannah Weiss"}
    carla.asks_admin("match forbid Mira Okafor, Ines Duarte")
    assert "may be a pair again" in carla.reads
    carla.asks_admin("match draft")
    assert paired() == BEST


def test_two_who_both_learn_and_mentor_are_kept_apart_once(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for name in ("Ines Duarte", "Mira Okafor"):
        one = joins(stage, stage.person(name), cohort, Role.MENTOR)
        with stage.store() as store:
            store.participants.save(replace(one, roles=frozenset({Role.MENTEE, Role.MENTOR})))
    carla.asks_admin("match forbid Ines Duarte, Mira Okafor")
    carla.asks_admin("match draft")
    carla.asks_admin("match show")
    assert carla.reads.count("Kept apart by Carla Weiss") == 1


def test_who_is_on_hold_gets_nobody_until_they_are_let_go(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match hold Mira Okafor")
    assert "Draft again: in this one they were with Ines Duarte" in carla.reads
    assert paired() == {"Yusuf Demir": "Hannah Weiss"}
    carla.asks_admin("match show")
    assert "On hold by Carla Weiss" in carla.reads
    carla.asks_admin("match draft")
    assert paired() == {"Ines Duarte": "Noor Haddad", "Yusuf Demir": "Hannah Weiss"}
    assert "On hold by Carla Weiss" in carla.reads
    carla.asks_admin("match hold Mira Okafor")
    assert "no longer on hold" in carla.reads
    carla.asks_admin("match draft")
    assert paired() == BEST
    assert "Compared with the draft before: 1 unchanged, 1 with another mentor, 0 newly matched" in carla.reads


def test_a_draft_is_shown_in_as_many_statements_however_much_was_decided(
    stage: Stage, carla: Actor, company: dict[str, Participant], monkeypatch: pytest.MonkeyPatch
) -> None:
    def showing() -> int:
        with monkeypatch.context() as patch, statements() as seen:
            patch.setattr(stage, "deliver", lambda: None)
            carla.asks_admin("match show")
        return len(seen)

    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    once = showing()
    for words in ("match lock 2", "match hold Noor Haddad", "match forbid Ines Duarte, Noor Haddad"):
        carla.asks_admin(words)
    assert showing() == once
    assert carla.reads.count("by Carla Weiss") == 4


def test_what_is_decided_before_the_first_draft_steers_it(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match forbid Ines Duarte, Mira Okafor")
    assert "Every draft keeps to it" in carla.reads
    carla.asks_admin("match draft")
    assert paired()["Ines Duarte"] == "Noor Haddad"


def test_somebody_gets_another_mentor_after_the_price_was_shown(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock Ines Duarte, Noor Haddad")
    assert "This matches Ines Duarte with Noor Haddad, and locks the pair." in carla.reads
    assert "Ines Duarte goes from Mira Okafor" in carla.reads
    assert "less well than before." in carla.reads
    assert "% worse than the best without" in carla.reads
    assert paired() == BEST
    carla.presses("Lock them")
    assert paired()["Ines Duarte"] == "Noor Haddad"
    assert "Locked by Carla Weiss" in carla.reads
    carla.asks_admin("match draft")
    assert paired()["Ines Duarte"] == "Noor Haddad"
    carla.asks_admin("match lock Ines Duarte, Noor Haddad")
    assert "no longer locked" in carla.reads
    carla.asks_admin("match draft")
    assert paired() == BEST


def test_who_makes_room_is_named_before_anything_changes(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock Ines Duarte, Hannah Weiss")
    assert "Ines Duarte goes from Mira Okafor" in carla.reads
    assert "Yusuf Demir goes from Hannah Weiss" in carla.reads
    carla.presses("Lock them")
    assert paired()["Ines Duarte"] == "Hannah Weiss"
    assert paired()["Yusuf Demir"] in ("Mira Okafor", "Noor Haddad")


def test_a_lock_against_a_limit_needs_a_reason_and_holds(
    stage: Stage, carla: Actor, cohort: Cohort, paired: Pairs, company: dict[str, Participant]
) -> None:
    speaks_german(stage, company["Noor Haddad"])
    carla.asks_admin("match draft")
    carla.asks_admin("match lock Ines Duarte, Noor Haddad")
    assert "What stands in the way: no common language." in carla.reads
    assert paired() == BEST

    carla.presses("Lock it anyway")
    carla.fills(why=" ")
    assert carla.errors
    carla.fills(why="Both asked for it.")
    assert paired()["Ines Duarte"] == "Noor Haddad"
    assert "against no common language: “Both asked for it.”" in carla.reads
    carla.asks_admin("match draft")
    assert "against no common language: “Both asked for it.”" in carla.reads
    with stage.store() as store:
        (kept,) = store.locks.in_cohort(cohort.id)
    assert (kept.lock.kind, kept.lock.override, kept.by, kept.why) == (
        LockKind.PIN, "language", carla.me.id, "Both asked for it.",
    )  # fmt: skip

    carla.asks_admin("match publish")
    assert "taken out" not in carla.reads
    carla.presses("Publish")
    with stage.store() as store:
        matches = [one for one in store.matches.in_cohort(cohort.id) if one.state is MatchState.ACTIVE]
        assert store.locks.in_cohort(cohort.id) == ()
    noor = company["Noor Haddad"].person
    assert any(noor in {member.person for member in one.members} for one in matches)


def speaks_german(stage: Stage, participant: Participant) -> None:
    with stage.store() as store:
        place = ("Europe/Lisbon", "de")
        store.participants.answer(participant.id, "place", place, private=False, at=stage.now)


def test_what_nobody_may_decide_against_has_no_way_round(
    stage: Stage, carla: Actor, company: dict[str, Participant]
) -> None:
    carla.asks_admin("match draft")
    with stage.store() as store:
        full = store.participants.get(company["Noor Haddad"].id)
        store.participants.save(replace(full, capacity=0))
    carla.asks_admin("match lock Ines Duarte, Noor Haddad")
    assert "What stands in the way: no free place." in carla.reads
    assert "[Lock it anyway]" not in carla.reads


def test_why_not_says_both_scores_and_at_least_and_then_exactly(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match why Ines Duarte, Mira Okafor")
    assert "are a pair of this draft" in carla.reads
    carla.asks_admin("match why Ines Duarte, Hannah Weiss")
    assert "but the draft would be at least" in carla.reads
    assert "In this draft Ines Duarte has Mira Okafor" in carla.reads
    carla.presses("Work it out exactly")
    stage.deliver()
    assert "With Ines Duarte and Hannah Weiss matched, the draft would be" in carla.reads
    assert "Worked out exactly" in carla.reads
    assert "Yusuf Demir goes from Hannah Weiss" in carla.reads
    assert paired() == BEST


def test_why_with_a_number_tells_the_reasons_of_that_pair(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    number = 1 + [*BEST].index("Ines Duarte")
    carla.asks_admin(f"match why {number}")
    assert "Ines Duarte and Mira Okafor are a pair of this draft, with a fit of" in carla.reads
    assert "Wanted and known: Working with data." in carla.reads
    carla.asks_admin(f"match why {number} Mentoring")
    assert "are a pair of this draft" in carla.reads
    assert paired() == BEST


def test_why_with_two_numbers_tells_whose_names_to_write(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    ines, yusuf = (1 + [*BEST].index(name) for name in ("Ines Duarte", "Yusuf Demir"))
    carla.asks_admin(f"match why {ines} {yusuf}")
    assert "/mentor-admin match why Ines Duarte, Hannah Weiss." in carla.reads
    carla.asks_admin("match why 1 99")
    assert "There is no pair “99” in this draft." in carla.reads
    assert paired() == BEST


def test_what_is_asked_exactly_twice_is_worked_out_once(
    stage: Stage, carla: Actor, company: dict[str, Participant], monkeypatch: pytest.MonkeyPatch
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match why Ines Duarte, Hannah Weiss")
    pressed = carla.finds("Work it out exactly")[1].action
    carla.asks_admin("match why Yusuf Demir, Mira Okafor")
    monkeypatch.setattr(stage, "deliver", lambda: None)
    for _ in range(2):
        carla.does(pressed.name, **pressed.args)
    carla.presses("Work it out exactly")
    with stage.store() as store:
        waiting = store.calculations.under_way(company["Ines Duarte"].cohort, Kind.WHY)
    assert [one.args["mentee"] for one in waiting] == [company["Ines Duarte"].id, company["Yusuf Demir"].id]


def test_why_not_names_the_limit_and_never_what_is_confidential(
    stage: Stage, carla: Actor, company: dict[str, Participant]
) -> None:
    speaks_german(stage, company["Noor Haddad"])
    carla.asks_admin("match draft")
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    assert "What stands in the way: no common language." in carla.reads
    carla.asks_admin("match forbid Ines Duarte, Hannah Weiss")
    carla.asks_admin("match why Ines Duarte, Hannah Weiss")
    assert "are kept apart by a coordinator" in carla.reads
    carla.asks_admin("block Ines Duarte, Hannah Weiss")
    carla.asks_admin("match why Ines Duarte, Hannah Weiss")
    assert "not available" in carla.reads
    assert "block" not in carla.reads.casefold()


@pytest.mark.parametrize("decision", ["forbid Ines Duarte, Mira Okafor", "hold Ines Duarte", "hold Mira Okafor"])
def test_a_draft_says_nothing_of_two_whom_it_was_not_free_to_match(
    stage: Stage, carla: Actor, paired: Pairs, decision: str
) -> None:
    carla.asks_admin(f"match {decision}")
    carla.asks_admin("match draft")
    carla.asks_admin(f"match {decision}")
    carla.asks_admin("match why Ines Duarte, Mira Okafor")
    assert "This draft was made before a lock that concerns them was let go; a new draft looks at it." in carla.reads
    assert "as good with it" not in carla.reads
    carla.asks_admin("match why Yusuf Demir, Noor Haddad")
    assert "was let go" not in carla.reads, "it concerns neither of them"
    carla.asks_admin("match draft")
    assert paired() == BEST
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    assert "was let go" not in carla.reads, "this draft has looked"


def test_what_was_decided_and_let_go_since_the_draft_changes_no_answer(
    stage: Stage, carla: Actor, paired: Pairs
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    before = carla.reads
    for _ in range(2):
        carla.asks_admin("match forbid Ines Duarte, Noor Haddad")
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    assert carla.reads == before
    assert paired() == BEST


def test_that_somebody_avoids_a_person_who_pauses_is_not_told_by_saying_the_same_twice(
    stage: Stage, carla: Actor, company: dict[str, Participant]
) -> None:
    carla.asks_admin("match draft")
    with stage.store() as store:
        store.participants.save(replace(company["Noor Haddad"], standing=Standing.PAUSED))
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    before = carla.reads
    with stage.store() as store:
        store.avoided.add("a", by=company["Ines Duarte"].person, of=company["Noor Haddad"].person)
    carla.asks_admin("match why Ines Duarte, Noor Haddad")
    assert "What stands in the way: one of them is not available." in before
    assert carla.reads == before


def test_two_ways_side_by_side_change_nothing(stage: Stage, carla: Actor, cohort: Cohort, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock Ines Duarte, Noor Haddad")
    carla.presses("Lock them")
    before = paired()
    carla.asks_admin("match lock 1")
    carla.asks_admin("match compare")
    carla.presses("This draft or a fresh one")
    stage.deliver()
    assert "1 unchanged, 1 with another mentor, 0 newly matched, 0 no longer matched" in carla.reads
    assert "Ines Duarte: Mira Okafor in place of Noor Haddad, fit" in carla.reads
    assert paired() == before
    carla.presses("Compare something else")
    assert "What shall I compare for" in carla.reads


def test_after_a_comparison_the_next_act_is_at_hand(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match compare")
    carla.presses("Our rules or standard rules")
    stage.deliver()
    assert "[Show the draft]" not in carla.reads, "there is none yet"
    carla.presses("Compare something else")
    carla.presses("Most people or best fit")
    stage.deliver()
    carla.presses("Draft for most people")
    stage.deliver()
    carla.presses("Compare something else")
    carla.presses("This draft or a fresh one")
    stage.deliver()
    carla.presses("Show the draft")
    assert "Ines Duarte with Mira Okafor" in carla.reads
    carla.presses("Draft again")
    stage.deliver()
    assert paired() == BEST


def test_a_pair_that_no_longer_holds_is_counted_where_the_draft_is_read(
    stage: Stage, carla: Actor, company: dict[str, Participant]
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    carla.asks_admin("match show")
    assert "no longer hold" not in carla.reads
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    carla.asks_admin("match show")
    assert "Something has changed since: 1 of these pairs no longer holds." in carla.reads
    carla.asks_admin("match why Ines Duarte, Mira Okafor")
    assert "Ines Duarte and Mira Okafor cannot be matched." in carla.reads


def test_a_lock_that_does_not_hold_can_be_let_go(
    stage: Stage, carla: Actor, cohort: Cohort, company: dict[str, Participant]
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    carla.asks_admin("block Ines Duarte, Mira Okafor")
    carla.asks_admin("match draft")
    assert "The lock on Ines Duarte with Mira Okafor does not hold now." in carla.reads
    carla.asks_admin("match lock Ines Duarte, Mira Okafor")
    assert "The lock on Ines Duarte with Mira Okafor is let go." in carla.reads
    with stage.store() as store:
        assert store.locks.in_cohort(cohort.id) == ()


def test_who_is_put_on_hold_has_not_joined_since_the_draft(stage: Stage, carla: Actor, paired: Pairs) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match hold Ines Duarte")
    carla.asks_admin("match publish")
    assert "This starts 1 match" in carla.reads
    assert "joined since" not in carla.reads


def test_the_aim_that_is_chosen_holds_for_every_draft(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    carla.asks_admin("match compare")
    carla.presses("Most people or best fit")
    stage.deliver()
    assert "Draft for best fit" in carla.reads
    carla.presses("Draft for best fit")
    stage.deliver()
    assert "No better draft exists for the best fit, and that is proved;" in carla.reads
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
        assert store.programmes.cohort(cohort.id).aim == "best-fit"
    assert round_ is not None
    assert round_.draft.record.aim == "best-fit"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("match forbid Ines Duarte", "Name two people"),
        ("match hold", "Name one person"),
        ("match why Ines Duarte", "Name two people"),
        ("match forbid Ines Duarte, Yusuf Demir", "cannot be a pair here"),
        ("match hold Carla Weiss", "has not joined"),
        ("match swap 1 1", "two different pairs"),
        ("match swap 1", "two different pairs"),
        ("match lock", "Which pair? Put its number behind it"),
        ("match lock Ines Duarte", "Name two people"),
        ("match lock Ines Duart, Mira Okafor", "nobody with the full name “Ines Duart”"),
        ("match lock Ines Duart, Mira Okafr", "nobody with the full name “Ines Duart”"),
        ("match why Ines Duarte, Mira Okafr", "nobody with the full name “Mira Okafr”"),
        ("match why Mira Okafr", "nobody with the full name “Mira Okafr”"),
        ("match why", "Name two people"),
        ("match why nine", "Name two people"),
        ("match why 9", "There is no pair “9”"),
        ("match forbid Ines Duart, Mira Okafor Mentoring", "nobody with the full name “Ines Duart”"),
        ("match forbid Ines Duarte Mentoring", "Name two people"),
        ("match hold Ines Duart", "nobody with the full name “Ines Duart”"),
        ("block Ines Duart, Mira Okafor", "nobody with the full name “Ines Duart”"),
        ("pair Mira Okafor, Ines Duart", "nobody with the full name “Ines Duart”"),
        (
            "match lock 1 2",
            "one pair is locked at a time: /mentor-admin match lock 1, then /mentor-admin match lock 2.",
        ),
        ("match lock nine", "There is no pair “nine”"),
        # Of so many digits Python makes no number.
        ("match lock " + "9" * 5_000, f"There is no pair “{'9' * 80}”"),
        ("match swap 1 " + "9" * 5_000, f"There is no pair “{'9' * 80}”"),
        ("match hold " + "x" * 5_000, "nobody with the full name “xxx"),
    ],
)
def test_what_cannot_be_meant_is_asked_back(
    stage: Stage, carla: Actor, company: dict[str, Participant], words: str, told: str
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin(words)
    assert told in carla.reads
    assert "x" * 500 not in carla.reads
    assert "9" * 500 not in carla.reads
