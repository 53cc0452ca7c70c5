"""The figures for Prometheus: what is counted, what the database says, and that no person is in any of it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import update

from bot import backlog
from bot.playground.faults import Fault, Trouble
from flows.calculations import Calculation
from flows.calculations import Kind as Wanted
from flows.people import Account, Profile
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.store import Store
from storage.tables import calculations
from tests.stage import Stage, staged
from tests.written_down import everybody


@pytest.fixture
async def stage(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A stage on which every look at the figures asks the database."""
    monkeypatch.setattr(backlog, "FRESH", -1.0)
    monkeypatch.setattr(backlog, "ENDED_FRESH", -1.0)
    async with staged(database_url) as stage:
        yield stage


async def scraped(stage: Stage) -> str:
    """What Prometheus gets."""
    address = f"http://127.0.0.1:{stage.app.server.port}/metrics"
    async with ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


async def figure(stage: Stage, series: str) -> float:
    """One of them."""
    found = re.search(rf"^{re.escape(series)} (\S+)$", await scraped(stage), re.MULTILINE)
    assert found, f"there is no {series}"
    return float(found[1])


async def put(stage: Stage, *keys: str) -> None:
    """Messages to Ines, whom the bot has met."""
    await stage.actor("Ines").asks("help")
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        person = everybody(connection)[0]
        for key in keys:
            post = Post(key, ToPerson(person.id), Message("Hello", (Paragraph((Plain("Hello"),)),)), Kind.MUST_ARRIVE)
            store.outbox.put(post, now=stage.world.now())


async def test_gestures_are_counted_with_what_they_took_and_repeats_beside_them(stage: Stage) -> None:
    before = await figure(stage, 'alongside_ack_seconds_count{platform="slack"}')

    await stage.actor("Ines").asks("help")

    text = await scraped(stage)
    assert f'alongside_ack_seconds_count{{platform="slack"}} {before + 1}' in text
    assert 'alongside_ack_seconds_bucket{le="1.0",platform="slack"}' in text
    assert 'alongside_ack_seconds_bucket{le="3.0",platform="slack"}' in text
    assert "alongside_duplicates_suppressed_total 0.0" in text


async def test_messages_are_counted_by_how_their_calls_ended(stage: Stage) -> None:
    stage.workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.RATE_LIMITED))
    await put(stage, "a")
    await stage.wait(hours=1)

    text = await scraped(stage)

    assert 'alongside_sends_total{outcome="sent",platform="slack"} 1.0' in text
    assert 'alongside_throttled_total{platform="slack"} 1.0' in text
    sent_at = await figure(stage, 'alongside_last_sent_timestamp_seconds{platform="slack"}')
    assert stage.world.now().timestamp() - 3600 <= sent_at <= stage.world.now().timestamp()


async def test_before_the_first_message_the_start_counts_so_that_silence_is_seen(stage: Stage) -> None:
    began = await figure(stage, 'alongside_last_sent_timestamp_seconds{platform="slack"}')
    assert stage.world.now().timestamp() - 60 < began <= stage.world.now().timestamp()


async def test_what_waits_is_told_by_state_and_by_the_age_of_the_oldest(stage: Stage) -> None:
    await put(stage, "a", "b")
    stage.world.move_to(stage.world.now() + timedelta(minutes=10))

    text = await scraped(stage)

    assert 'alongside_outbox_messages{state="queued"} 2.0' in text
    assert 'alongside_outbox_messages{state="sent"} 0.0' in text
    age = 'alongside_outbox_oldest_due_seconds{class="must_arrive",platform="slack"}'
    assert 600 <= await figure(stage, age) < 660
    assert 'alongside_outbox_oldest_due_seconds{class="answer",platform="slack"} 0.0' in text


async def test_one_unknown_end_is_seen(stage: Stage) -> None:
    assert await figure(stage, "alongside_outbox_unknown") == 0
    await put(stage, "a")
    with stage.app.kit.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'unknown'")
    assert await figure(stage, "alongside_outbox_unknown") == 1


async def test_a_planner_that_is_late_is_told_by_how_much(stage: Stage) -> None:
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        store.schedule.look_at("match:x", stage.world.now() - timedelta(seconds=90))
    assert await figure(stage, "alongside_planner_lag_seconds") == 90


async def test_what_nobody_works_out_is_told_by_how_long_it_is_waited_for(stage: Stage) -> None:
    assert await figure(stage, "alongside_calculation_oldest_seconds") == 0
    asked_at = stage.world.now() - timedelta(minutes=12)
    cohort = Cohort("c1", "p1", "Spring", CohortState.OPEN, asked_at.date())
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        store.programmes.add(Programme("p1", "Spring", Design(), "", asked_at), cohort)
        store.people.meet(Account("slack", "T1", "U9"), Profile("Carla", "", ""), "carla")
        store.calculations.add(Calculation("ca1", "c1", Wanted.DRAFT, "carla", asked_at))
        # Wanted by a newer version: this one leaves it alone.
        connection.execute(update(calculations).values(kind="of tomorrow"))
    assert await figure(stage, "alongside_calculation_oldest_seconds") == 720


async def test_a_key_that_slack_asked_to_pause_is_counted(stage: Stage) -> None:
    now = stage.world.now()
    with stage.app.kit.database.transaction() as connection:
        Store(connection, stage.app.kit.keyring).limits.pause("slack:T1:post", now, now + timedelta(seconds=30))
    assert await figure(stage, "alongside_paused_keys") == 1


async def test_a_database_that_fails_leaves_a_gap_and_the_rest(stage: Stage) -> None:
    with stage.app.kit.database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE limits RENAME TO gone")
    text = await scraped(stage)
    with stage.app.kit.database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO limits")
    assert "alongside_outbox_messages" not in text
    assert "process_resident_memory_bytes" in text
    assert "alongside_event_loop_lag_seconds_bucket" in text


async def test_no_label_names_a_person_a_text_or_a_workspace(stage: Stage) -> None:
    await put(stage, "a")
    await stage.wait(hours=1)
    labels = set(re.findall(r'(\w+)="', await scraped(stage)))
    assert labels <= {
        "platform",
        "outcome",
        "class",
        "state",
        "le",
        "implementation",
        "major",
        "minor",
        "patchlevel",
    } | {"version"}
