"""The benches run, in small; how fast this machine is says nothing."""

import hashlib
from collections.abc import AsyncIterator
from operator import itemgetter
from pathlib import Path

import aiohttp
import pytest

from bot.bench import engine, matching, matching_company, matching_figures, teams, teams_figures, under_load
from bot.bench.chats import EXECUTE, MESSAGE
from bot.bench.child import Json
from bot.bench.figures import LIBRARY, NAIVE, OURS, Figures, Speed, Use, report
from bot.bench.free import Free
from bot.bench.ground import Files, Ground, Server
from bot.bench.teams_figures import ADAPTER, CHECKING, OPEN, TURN
from bot.bench.ticks import Ticks
from tests.postgres import Databases

MESSAGES = 24
LOADED = 3.0
"""What others do on the machine may fall on one size alone; reading everything would cost a hundred times as much."""


@pytest.fixture(params=["sqlite", "postgresql"])
async def ground(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ground]:
    if request.param == "sqlite":
        yield await prepared(Files(tmp_path))
        return
    databases: Databases = request.getfixturevalue("postgres")
    server = Server(databases.url)
    yield await prepared(server)
    server.close()


async def prepared(ground: Ground) -> Ground:
    async with Free.running({}) as free:
        await ground.prepare(free.api_url, MESSAGES)
    return ground


@pytest.mark.parametrize("queue", [OURS, NAIVE])
async def test_a_race_sends_every_message_once(ground: Ground, queue: str) -> None:
    found = await engine.race(queue, ground, MESSAGES, 2 if ground.name == "PostgreSQL" else 1)

    assert (found.sent, found.doubled) == (MESSAGES, 0)
    assert found.rate > 0


def test_a_tick_with_nothing_due_costs_the_same_among_a_hundred_times_as_many(ground: Ground) -> None:
    assert engine.tick(ground, few=200, many=20_000).ratio < LOADED


async def test_gestures_are_acknowledged_while_the_outbox_is_sent(ground: Ground) -> None:
    found = await under_load.under_load(ground, requests=60, backlog=MESSAGES)

    lines = under_load.report([found]).splitlines()

    assert found.ack.wrong == 0
    assert found.left < MESSAGES
    assert [line.split("  ")[1] for line in lines if "wanted:" in line] == [
        "p99 of the acknowledgement, ms",
        "the slowest of them, ms",
        "not answered with 200",
        f"p99 of the loop's lag, ms (worst {found.worst_lag:.0f})",
        "messages a second meanwhile",
    ]


async def test_the_free_platform_refuses_what_is_too_much_and_says_for_how_long() -> None:
    async with Free.running({"per_minute": 1, "burst": 2}) as free, aiohttp.ClientSession() as http:
        statuses = []
        for number in range(3):
            said = {"channel": f"D{number}", "text": "Hello"}
            async with http.post(f"{free.api_url}chat.postMessage", json=said) as answer:
                statuses.append((answer.status, "Retry-After" in answer.headers))
        counted = await free.counts()

    assert statuses == [(200, False), (200, False), (429, True)]
    assert (counted["taken"], counted["refused"]) == (2, 1)


def test_the_report_sets_every_ratio_beside_the_one_that_is_wanted() -> None:
    found = Figures(
        messages=100,
        load=0.5,
        speeds=[
            Speed(OURS, "PostgreSQL", 1, rate=300, sent=100, doubled=0, cpu=2.5),
            Speed(NAIVE, "PostgreSQL", 1, rate=400, sent=100, doubled=0, cpu=2.5),
            Speed(LIBRARY, "PostgreSQL", 1, rate=600, sent=90, doubled=0, cpu=2.5),
        ],
        uses=[Use("PostgreSQL", 2, per_minute=1200, share=0.97, refused=1)],
        ticks={"SQLite": Ticks(few=1.0, many=1.1)},
        notes=["a note"],
    )

    lines = {line.strip().partition("  ")[0]: " ".join(line.split()) for line in report(found).splitlines()}

    assert "a note" in lines
    assert lines["to naive loop, PostgreSQL, 1 process"].endswith("0.75 wanted: at least 0.50 OK")
    assert lines["to procrastinate, PostgreSQL, 1 process"].endswith("0.50 wanted: at least 1.00 short")
    assert lines["permitted rate used, PostgreSQL, 2 replicas"].endswith("0.97 wanted: at least 0.95 OK")
    assert lines["answered 429"].endswith("1 wanted: none short")
    assert lines["a tick among 100,000 to 1,000 matches, SQLite"].endswith("1.10 wanted: at most 1.20 OK")


async def test_people_on_teams_are_answered_by_the_whole_bot_and_by_its_adapter_alone() -> None:
    found = await teams.measure(requests=20, people=10)

    ours = [one for one in found.results if one.server in (TURN, ADAPTER)]

    assert [(one.server, one.kind, one.failed) for one in ours] == [
        (TURN, MESSAGE, 0),
        (TURN, EXECUTE, 0),
        (ADAPTER, MESSAGE, 0),
        (ADAPTER, EXECUTE, 0),
    ]
    assert [one.replied is not None for one in ours] == [True, False, True, False]
    assert all(one.rate > 0 for one in ours)
    assert min(found.slow.values()) > teams_figures.SLOW


def test_the_report_on_teams_sets_every_ratio_beside_the_one_that_is_wanted() -> None:
    each = {TURN: (200.0, 2.0), ADAPTER: (290.0, 1.0), CHECKING: (100.0, 6.0), OPEN: (80.0, 5.0)}
    found = teams_figures.Figures(
        load=0.5,
        people=200,
        at_once=50,
        results=[
            teams_figures.Result(
                server=server, kind=kind, answered=(1.0, 2.0), replied=None, rate=rate, cpu=cpu, failed=0
            )
            for server, (rate, cpu) in each.items()
            for kind in (MESSAGE, EXECUTE)
        ],
        slow={TURN: 0.7, ADAPTER: 1.2, CHECKING: 4.5},
    )

    lines = {" ".join(line.split()) for line in teams_figures.report(found).splitlines()}

    assert f"{TURN} to {CHECKING}, {MESSAGE} 2.00 3.00 wanted: at least 1.5 OK" in lines
    assert f"{ADAPTER} to {CHECKING}, {EXECUTE} 2.90 6.00 wanted: at least 3.0 short" in lines
    assert f"{ADAPTER} to {OPEN}, {EXECUTE} 3.62 5.00 wanted: at least 3.0 OK" in lines
    assert f"50 replies, 500 ms each, {TURN}, s 0.70 wanted: below 1.0 OK" in lines
    assert f"50 replies, 500 ms each, {ADAPTER}, s 1.20 wanted: below 1.0 short" in lines
    assert f"50 replies, 500 ms each, {CHECKING}, s 4.50" in lines
    assert teams_figures.LEFT_OUT not in lines


async def test_the_matching_is_measured_beside_what_is_installed_and_holds_what_no_clock_decides() -> None:
    sizes = matching.Sizes(
        small=(12, 12), middle=(40, 20), large=None, peers=20, circles=24, patience=0.1, remedies=5, runs=2
    )

    told: list[str] = []
    found = await matching.measure(sizes, [], told.append)

    goals = list(matching_figures.goals(found.lines))
    shown = matching_figures.report(found).splitlines()
    assert {goal.number for goal in goals} == {f"G-{nth}" for nth in range(1, 12)}
    assert all(any(line.startswith(goal.number) and goal.about in line for line in shown) for goal in goals)
    assert {goal.number for goal in goals if goal.fits is None} >= {"G-2", "G-5"}
    untimed = ("G-6", "G-10")
    assert [goal.fits for goal in goals if goal.number in untimed or "bears out" in goal.about] == [True] * 3
    ours, dense, greedy = (found.lines[key].found for key in ("middle", "middle dense", "greedy"))
    assert (ours["matched"], ours["total"]) == (dense["matched"], dense["total"])
    assert (greedy["matched"], greedy["total"]) <= (ours["matched"], ours["total"])
    assert len(told) == len(found.lines)


def test_the_goals_of_matching_are_judged_by_what_was_measured() -> None:
    drafted = {"matched": 8, "total": 900, "minimum": 50, "proved": True, "lost": 0.1, "solves": 4}
    measured: dict[str, Json] = {
        "small": {"seconds": [0.05, 0.05, 9.0]},
        "mentor-match 1.1.4": {"seconds": [6.0], "solver": "1.1.4"},
        "mentor-match 3.0.0": {"seconds": [2.0], "solver": "3.0.0"},
        "solver": {"seconds": [0.2]},
        "network flow": {"seconds": [4.0]},
        "network blossom": {"seconds": [30.0], "stopped": True},
        "peers": {"seconds": [0.1]},
        "network peers": {"seconds": [5.0]},
        "large": {**drafted, "seconds": [4.0], "peak": 300.0},
        "large dense": {**drafted, "total": 901, "seconds": [8.0], "peak": 1000.0},
        "large loaded": drafted,
        "large ships": {**drafted, "solves": 13},
        "middle loaded": drafted,
        "middle ships": {**drafted, "minimum": 60},
        "scoring": {"seconds": [0.05], "pairs": 1_000_000, "single": [0.00001]},
        "redraft": {"loyal": 5, "fresh": 10, "lost": 0.3},
        "middle left": {"seconds": [0.1], "unmatched": 3, "short": 3}
        | {"remedies": 3, "tried": 3, "helped": 2, "wrong": 0},
        "circles": {"broken": 0, "affinity": 16, "by_lot": 10, "clock": 5.0},
        "small file": {"again": True, "shuffled": False, "seconds": [0.9], "clock": [1.2], "proved": True},
        "large file": {"again": True, "shuffled": True, "peak": 1300.0, "proved": True},
    }

    lines = {key: matching_figures.Line("500 x 500", key, found) for key, found in measured.items()}
    judged = [(goal.number, goal.figure, goal.fits) for goal in matching_figures.goals(lines)]

    assert judged == [
        ("G-1", "120.0 times", True),
        ("G-1", "40.0 times", False),
        ("G-2", "8 people, 900 points; proved: yes", False),
        ("G-2", "2.0 times", True),
        ("G-2", "1/3.3", False),
        ("G-3", "50 ns", True),
        ("G-3", "200 times", True),
        ("G-4", "20.0 times", True),
        ("G-4", "more than 150.0 times", False),
        ("G-5", "50.0 times", True),
        ("G-6", "50 to 60 for 0.100 %, 4 solves", True),
        ("G-6", "50 to 50 for 0.100 %, 13 solves", False),
        ("G-7", "5 of 10 changes, 0.300 %", False),
        ("G-8", "0.10 s", True),
        ("G-8", "2 of 3 tried (3 told)", False),
        ("G-9", "0 broken, 1.60 times, 5.0 s", True),
        ("G-10", "again: yes, shuffled: no", False),
        ("G-10", "again: yes, shuffled: yes", True),
        ("G-11", "0.90 s", True),
        ("G-11", "1300 MB, proved: yes", False),
    ]


def test_the_company_of_the_bench_is_the_same_wherever_it_is_made() -> None:
    people = matching_company.rows(40, 20)

    assert people == matching_company.rows(40, 20)
    assert sorted(matching_company.shuffled(people), key=itemgetter("id")) == people
    assert matching_company.shuffled(people) != people
    later = matching_company.changed(people, per_cent=20)
    assert 20 < len(later) < 60
    assert any(row not in people for row in later)
    assert hashlib.sha256(matching_company.sheet(people)).hexdigest()[:16] == "1af3830b44e56351"
