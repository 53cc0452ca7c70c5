"""What a look at the clock costs."""

from bot.bench.ticks import measure_ticks
from storage.database import open_database

LOADED = 3.0
"""What others do on the machine may fall on one size alone; reading everything would cost a hundred times as much."""


def test_a_tick_with_nothing_due_costs_the_same_among_a_hundred_times_as_many(database_url: str) -> None:
    database = open_database(database_url, durable=False)

    ticks = measure_ticks(database, few=200, many=20_000)

    database.close()
    assert ticks.ratio < LOADED
