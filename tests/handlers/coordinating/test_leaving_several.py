"""Somebody leaves people who go on together: what these read, before and after they have met."""

from datetime import timedelta

from sqlalchemy import select

from flows.formats import Format
from flows.people import Role
from flows.space import Space
from storage.tables import outbox
from tests.handlers.coordinating.company import joins
from tests.handlers.coordinating.test_gatherings import company, publishes
from tests.handlers.stage import Actor, Stage, shown


def test_when_who_facilitates_leaves_the_first_date_is_anybodys(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    ada, *_ = company(stage, cohort, 5)
    nia = stage.person("Nia Noll")
    joins(stage, nia, cohort, Role.FACILITATOR, facilitate="ready")
    publishes(carla)
    assert "Nia proposes a first date" in ada.reads
    nia.asks("leave")
    nia.presses("Leave the programme")
    assert "Nia Noll is no longer with you." in ada.reads
    assert "From now on, whoever likes proposes a date." in ada.reads


def test_who_has_not_heard_yet_hears_of_those_who_are_left(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Circles", format_=Format.CIRCLE)
    ada, *_ = company(stage, cohort, 5)
    nia = stage.person("Nia Noll")
    joins(stage, nia, cohort, Role.FACILITATOR, facilitate="ready")
    stage.now += timedelta(hours=14)
    publishes(carla)
    nia.asks("leave")
    nia.presses("Leave the programme")
    with stage.database.transaction() as connection:
        batches = connection.execute(select(outbox.c.batch).where(outbox.c.step == "introduction")).scalars().all()
    assert len(batches) == 5
    assert len({*batches}) == 1
    stage.wait(hours=14)

    assert "You are with Ben Blum, Cem Cetin, Dua Dahl, and Eli Egge." in ada.reads_all
    assert "You like the same things: Music." in ada.reads_all
    assert "Next: say hello in the chat that you share" in ada.reads_all
    assert "Nia" not in ada.reads_all
    (shared,) = stage.channels.values()
    assert "Nia" not in shown(shared[0].message)


def test_no_chat_is_opened_after_all_have_heard_how_they_talk(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Coffee", format_=Format.COFFEE)
    stage.spaces["slack"] = Space(shared=False)
    ada, _, cem = company(stage, cohort, 3)
    publishes(carla)
    # As when it was for the one who leaves that no chat could be shared.
    stage.spaces["slack"] = Space(shared=True)
    cem.asks("leave")
    cem.presses("Leave the programme")
    assert "Cem Cetin is no longer with you." in ada.reads
    assert not stage.channels


def test_who_leads_a_group_reads_that_it_ends_for_all_before_they_leave(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Groups", format_=Format.GROUP)
    ada, *_ = company(stage, cohort, 4, role=Role.MENTEE)
    (mira,) = company(stage, cohort, 1, role=Role.MENTOR, start=4)
    publishes(carla)
    mira.presses("This is not for me")
    assert "it ends for Ada, Ben, Cem, and Dua too" in mira.reads
    assert "They go on" not in mira.reads
    mira.presses("Leave them")
    assert "Your time with Ben, Cem, Dua, and Eli has ended." in ada.reads


def test_who_was_asked_to_begin_stays_the_one_whenever_the_match_is_looked_at(stage: Stage, carla: Actor) -> None:
    cohort = stage.programme("Coffee", format_=Format.COFFEE)
    stage.spaces["slack"] = Space(shared=False)
    actors = company(stage, cohort, 3)
    publishes(carla)
    (asked,) = (one for one in actors if "Next: open a chat with them and say" in one.reads)
    with stage.store() as store:
        (match,) = store.matches.in_cohort(cohort.id)
    assert match.members[0].person == asked.me.id
