"""A coordinator decides against a hard limit: the price first, then a reason that is kept; some limits nobody lifts."""

from dataclasses import replace

import pytest

from flows.people import Participant, Role, Standing
from flows.programme import Cohort
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

Company = dict[str, Participant]


@pytest.fixture
def cohort(stage: Stage) -> Cohort:
    return stage.programme("Mentoring")


@pytest.fixture
def company(stage: Stage, cohort: Cohort) -> Company:
    """Two pairs that speak two languages, so that no exchange between them is permitted."""
    return {
        name: joins(stage, stage.person(name), cohort, role, place=("Europe/Lisbon", language))
        for name, role, language in (
            ("Ines Duarte", Role.MENTEE, "pt"),
            ("Tomas Berg", Role.MENTEE, "sv"),
            ("Mira Okafor", Role.MENTOR, "pt"),
            ("Nadia Haddad", Role.MENTOR, "sv"),
        )
    }


def drafted(stage: Stage, cohort: Cohort, company: Company) -> dict[str, str]:
    """Who has whom, by name."""
    names = {one.id: name for name, one in company.items()}
    with stage.store() as store:
        round_ = store.rounds.drafted(cohort.id)
    assert round_ is not None
    return {names[pair.mentee]: names[pair.mentor] for pair in round_.draft.pairs}


APART = {"Ines Duarte": "Mira Okafor", "Tomas Berg": "Nadia Haddad"}
EXCHANGED = {"Ines Duarte": "Nadia Haddad", "Tomas Berg": "Mira Okafor"}


def test_a_swap_against_a_limit_shows_its_price_needs_a_reason_and_holds(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match swap 1 2")
    assert "These two pairs cannot exchange mentors." in carla.reads
    assert "Between Ines Duarte and Nadia Haddad: no common language." in carla.reads
    assert "Between Tomas Berg and Mira Okafor: no common language." in carla.reads

    carla.presses("Swap them anyway")
    assert "Ines Duarte goes from Mira Okafor" in carla.reads
    assert "All pairs together" in carla.reads
    carla.fills(why=" ")
    assert carla.errors
    assert drafted(stage, cohort, company) == APART
    carla.fills(why="Both want to practise.")
    assert drafted(stage, cohort, company) == EXCHANGED
    assert carla.reads.count("against no common language: “Both want to practise.”") == 2

    carla.asks_admin("match draft")
    assert drafted(stage, cohort, company) == EXCHANGED
    carla.asks_admin("match publish")
    assert "taken out" not in carla.reads


def test_the_reason_is_kept_with_the_pair_that_needs_one(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company
) -> None:
    with stage.store() as store:
        place = ("Europe/Lisbon", "pt", "sv")
        store.participants.answer(company["Tomas Berg"].id, "place", place, private=False, at=stage.now)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock Tomas Berg, Nadia Haddad")
    carla.asks_admin("match swap 1 2")
    assert "Between Tomas Berg" not in carla.reads
    carla.presses("Swap them anyway")
    carla.fills(why="She asked for it.")
    with stage.store() as store:
        kept = {one.lock.mentee: (one.lock.override, one.why) for one in store.locks.in_cohort(cohort.id)}
    ines, tomas = company["Ines Duarte"].id, company["Tomas Berg"].id
    assert kept == {ines: ("language", "She asked for it."), tomas: ("", "")}


def test_an_exchange_that_nobody_may_decide_has_no_way_round(stage: Stage, carla: Actor, company: Company) -> None:
    carla.asks_admin("match draft")
    with stage.store() as store:
        store.avoided.add("a", by=company["Ines Duarte"].person, of=company["Nadia Haddad"].person)
    carla.asks_admin("match swap 1 2")
    assert "These two pairs cannot exchange mentors." in carla.reads
    assert "Nobody can decide against this; another exchange can." in carla.reads
    assert "[Swap them anyway]" not in carla.reads


def test_who_decides_on_a_draft_that_is_replaced_changes_nothing(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match swap 1 2")
    anyway = carla.finds("Swap them anyway")
    carla.asks_admin("match draft")
    carla.presses_again(*anyway)
    assert "newer draft" in carla.reads or "replaced" in carla.reads
    assert drafted(stage, cohort, company) == APART


def test_a_swap_of_locked_pairs_says_which_locks_it_lets_go(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for name in ("Ada Ek", "Bo Lund"):
        joins(stage, stage.person(name), cohort, Role.MENTEE)
    for name in ("Eva Roth", "Fay Hill"):
        joins(stage, stage.person(name), cohort, Role.MENTOR)
    carla.asks_admin("match draft")
    carla.asks_admin("match lock 1")
    carla.asks_admin("match swap 1 2")
    assert "The lock on Ada Ek with somebody else is let go." in carla.reads
    assert "The lock on Bo Lund" not in carla.reads


def test_an_exchange_that_another_has_made_meanwhile_is_said_to_be_so(
    stage: Stage, carla: Actor, cohort: Cohort
) -> None:
    for name, role in (("Ada Ek", Role.MENTEE), ("Bo Lund", Role.MENTEE), ("Eva Roth", Role.MENTOR)):
        joins(stage, stage.person(name), cohort, role)
    joins(stage, stage.person("Fay Hill"), cohort, Role.MENTOR)
    olga = stage.person("Olga Weiss", owner=True)
    carla.asks_admin("match draft")
    for one in (carla, olga):
        one.asks_admin("match swap 1 2")
    again = carla.finds("Swap them")
    olga.presses("Swap them")
    carla.presses("Swap them")
    assert "This is so already: Ada Ek with" in carla.reads
    assert "Both pairs are locked. Nothing has changed" in " ".join(carla.reads.split())
    assert "exchanges two mentors" not in carla.reads
    carla.presses_again(*again)
    who = olga.me.id
    with stage.store() as store:
        assert {one.by for one in store.locks.in_cohort(cohort.id)} == {who}


def test_an_exchange_that_is_made_but_locked_no_more_is_locked(stage: Stage, carla: Actor, cohort: Cohort) -> None:
    for name, role in (("Ada Ek", Role.MENTEE), ("Bo Lund", Role.MENTEE), ("Eva Roth", Role.MENTOR)):
        joins(stage, stage.person(name), cohort, role)
    joins(stage, stage.person("Fay Hill"), cohort, Role.MENTOR)
    olga = stage.person("Olga Weiss", owner=True)
    carla.asks_admin("match draft")
    for one in (carla, olga):
        one.asks_admin("match swap 1 2")
    olga.presses("Swap them")
    olga.asks_admin("match lock 1")
    carla.presses("Swap them")
    assert "Part of this exchange is made already." in carla.reads
    assert "exchanges two mentors" not in carla.reads
    carla.presses("Lock them")
    with stage.store() as store:
        assert len(store.locks.in_cohort(cohort.id)) == 2


@pytest.mark.parametrize("pins", ["", "pa-1", "pa-1=", "=pa-2", "pa-1=pa-2=pa-3", "pa-1=pa-2 pa"])
def test_a_card_that_was_cut_or_forged_is_answered_as_one_that_is_too_old(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company, pins: str
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match swap 1 2")
    args = {**carla.finds("Swap them anyway")[1].action.args, "pins": pins}
    carla.does("match.override", **args)
    assert "This message is from earlier and no longer does anything." in carla.reads
    assert drafted(stage, cohort, company) == APART


def test_who_wants_a_pair_that_another_has_made_meanwhile_is_asked_once_more(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company
) -> None:
    """The other has let its lock go again, so that nothing refuses it and nobody has to move."""
    olga = stage.person("Olga Weiss", owner=True)
    company |= {"Noor Said": joins(stage, stage.person("Noor Said"), cohort, Role.MENTOR, skills_offered=())}
    carla.asks_admin("match draft")
    for one in (carla, olga):
        one.asks_admin("match lock Ines Duarte, Noor Said")
    olga.presses("Lock them")
    olga.asks_admin("match lock Ines Duarte, Noor Said")

    carla.presses("Lock them")
    assert "Something has changed since you were shown this" in carla.reads
    assert "This matches Ines Duarte with Noor Said, and locks the pair." in carla.reads
    assert "All pairs together fit as well as before." in carla.reads

    carla.presses("Lock them")
    assert drafted(stage, cohort, company)["Ines Duarte"] == "Noor Said"
    with stage.store() as store:
        (kept,) = store.locks.in_cohort(cohort.id)
    assert kept.by == carla.me.id


def test_whoever_left_since_the_price_was_shown_is_named(
    stage: Stage, carla: Actor, cohort: Cohort, company: Company
) -> None:
    carla.asks_admin("match draft")
    carla.asks_admin("match swap 1 2")
    anyway = carla.finds("Swap them anyway")
    joins(stage, stage.person("Noor Said"), cohort, Role.MENTOR, place=("Europe/Lisbon", "pt"))
    carla.asks_admin("match lock Ines Duarte, Noor Said")
    with stage.store() as store:
        noor = next(one for one in store.participants.in_cohort(cohort.id) if one.id not in _ids(company))
        store.participants.save(replace(noor, standing=Standing.LEFT))
    carla.presses("Lock them")
    assert "Noor Said takes no part in this round" in carla.reads
    with stage.store() as store:
        mira = store.participants.get(company["Mira Okafor"].id)
        store.participants.save(replace(mira, standing=Standing.LEFT))
    carla.presses_again(*anyway)
    assert drafted(stage, cohort, company) == APART


def _ids(company: Company) -> set[str]:
    return {one.id for one in company.values()}
