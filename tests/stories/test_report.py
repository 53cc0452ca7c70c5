"""A coordinator reads a report where they chat: a native chart, the same numbers as text, and files to download."""

from functools import partial

import pytest

from bot.database_thread import run
from bot.teams import files
from flows.pulses import WindowName
from handlers.maintaining import maintain
from storage.store import Store
from tests.charts import charts
from tests.stage import COORDINATOR, Stage, Where
from tests.stories.spring import MENTEE, joins, open_spring

PEOPLE = ("one", "two", "three", "four", "five")


def answer_the_pulse(stage: Stage) -> None:
    """Five people have chosen the highest answer to each question of the first window."""
    with stage.app.kit.database.transaction() as connection:
        store = Store(connection, stage.app.kit.keyring)
        (cohort,) = store.programmes.all_cohorts()
        for question in stage.app.kit.content.pulse:
            for person in PEOPLE:
                choice = question.options[-1][0]
                store.pulses.count(
                    person, cohort=cohort.id, window=WindowName.START, question=question.id, choice=choice
                )


async def test_a_report_is_read_with_its_chart_and_downloaded(stage: Stage) -> None:
    priya, ines = stage.actor(COORDINATOR), stage.actor("Ines")
    await open_spring(stage)
    await joins(ines, MENTEE)
    answer_the_pulse(stage)

    answer = await priya.coordinates("report")
    assert answer is not None
    assert "on its way to your messages" in answer
    report = priya.last_message
    assert "1 person has joined. Nobody is matched yet." in report
    assert "open until" in report
    assert charts(report) == []

    await stage.wait(weeks=4)
    await priya.coordinates("report")
    report = priya.last_message
    assert charts(report) == [[100.0] * 4]
    assert "I feel that I belong here: Start 100" in report

    await priya.presses("Download CSV")
    found = await priya.files()
    assert len(found) == 2
    figures = next(content for name, content in found.items() if name.endswith("figures.csv")).decode("utf-8-sig")
    assert 'I feel that I belong here.,"Start, 0 to 100",100,\r\n' in figures
    assert "Ines" not in figures


@pytest.mark.on(Where.TEAMS)
async def test_a_file_too_large_to_travel_with_its_offer_is_kept_for_a_week(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "CARRIED", 10)
    priya, ines = stage.actor(COORDINATOR), stage.actor("Ines")
    await open_spring(stage)
    await joins(ines, MENTEE)
    await priya.coordinates("report")
    await priya.presses("Download CSV")
    assert "figures.csv" in priya.last_message
    assert await priya.player.accepts_file()
    await stage.settle()
    ((name, content),) = {file.name: file.content for file in priya.player.files()}.items()
    assert name.endswith("figures.csv")
    assert "Ines" not in content.decode("utf-8-sig")

    await stage.wait(days=8)
    await run(stage.app.kit.database, partial(maintain, stage.app.kit))
    assert len(await priya.files()) == 1
    assert "Ask for it again, and you get the newest." in priya.last_message


async def test_the_figure_of_today_is_entered_where_it_is_read(stage: Stage) -> None:
    priya, ines = stage.actor(COORDINATOR), stage.actor("Ines")
    await open_spring(stage)
    await joins(ines, MENTEE)
    await priya.coordinates("report")
    await priya.presses("Enter today's figure")
    await priya.fills("The figure today", "19")
    await priya.submits()
    report = priya.last_message
    assert "Now: 19" in report
    assert "That alone does not show that mentoring moved it." in report


async def test_the_pulse_is_read_in_private(stage: Stage) -> None:
    priya = stage.actor(COORDINATOR)
    await open_spring(stage)
    answer_the_pulse(stage)
    answer = await priya.coordinates("pulse")
    assert answer is not None
    assert "open until" in answer
    assert "100" not in answer.body.replace("0 to 100", "")
    await stage.wait(weeks=4)
    # A chart stands in a real message only, so this answer comes into the private conversation.
    await priya.coordinates("pulse")
    assert "I feel that I belong here: Start 100" in priya.last_message
