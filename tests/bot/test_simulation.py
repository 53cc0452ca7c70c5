"""A simulated season keeps the promises: nothing twice, nothing out of hours, never too much in a week."""

from collections import Counter
from pathlib import Path

from bot.simulation.figures import groups, report
from bot.simulation.population import SILENT, populate
from bot.simulation.season import Simulation


def test_a_cohort_is_played_within_the_promises(tmp_path: Path) -> None:
    record = Simulation(tmp_path, pairs=12, weeks=13, seed="test").run()

    assert record.proactive > 12 * 2 * 5
    assert record.acts > record.proactive / 2
    assert (record.doubled, record.out_of_hours) == (0, 0)
    counts = [count for group in groups(record).values() for count in group]
    assert max(counts) <= 5
    assert sorted(counts)[int(len(counts) * 0.95)] <= 3
    assert "sent twice: 0   outside working hours: 0" in report(record)


def test_the_same_seed_plays_the_same_season(tmp_path: Path) -> None:
    first, second = (Simulation(tmp_path / name, pairs=4, weeks=4, seed="same").run() for name in ("one", "two"))

    assert first.per_week == second.per_week
    assert (first.messages, first.acts) == (second.messages, second.acts)


def test_mentors_have_as_many_mentees_as_was_said() -> None:
    mentorships = populate(2000, "seed")
    mentees = Counter(len(one.mentees) for one in mentorships)
    shares = {count: number / len(mentorships) for count, number in mentees.items()}

    assert sum(len(one.mentees) for one in mentorships) == 2000
    assert 0.58 < shares[1] < 0.62
    assert 0.28 < shares[2] < 0.32
    assert 0.08 < shares[3] + shares[4] + shares[5] < 0.12
    silent = [one.silent for mentorship in mentorships for one in (mentorship.mentor, *mentorship.mentees)]
    assert abs(sum(silent) / len(silent) - SILENT / 100) < 0.03
