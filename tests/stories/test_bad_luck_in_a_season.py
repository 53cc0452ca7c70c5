"""Bad luck while a season runs: a platform asks for patience in the middle of a round, and an account is closed."""

from sqlalchemy import select

from bot.playground.faults import Fault, Trouble
from storage.outbox import State
from storage.tables import outbox
from tests.stage import Actor, Call, Stage
from tests.stories.spring import everybody_joins, open_spring, spring_has_begun

PATIENCE = Fault(trouble=Trouble.RATE_LIMITED, retry_after=20)


def heard(actor: Actor, words: str) -> int:
    """In how many messages this stands."""
    return sum(words in seen for seen in actor.player.reads())


def ended(stage: Stage) -> set[str]:
    """How the posts that people should notice have ended."""
    with stage.app.kit.database.transaction() as connection:
        return set(connection.scalars(select(outbox.c.state).where(outbox.c.edits == "")))


async def test_a_storm_of_429_delays_a_round_and_loses_nobody(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya = stage.actor("Priya")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")
    stage.fails(Call.POST, PATIENCE, times=9)
    stage.fails(Call.OPEN, PATIENCE, times=3)

    await priya.presses("Publish")
    await stage.wait(hours=4)

    ines, mira, yusuf, hannah, bjorn = stage.actors("Ines", "Mira", "Yusuf", "Hannah", "Björn")
    assert heard(ines, "You and Mira Okafor are matched.") == 1
    assert heard(mira, "You and Ines Duarte are matched.") == 1
    assert heard(yusuf, "You and Hannah Weiss are matched.") == 1
    assert heard(hannah, "You and Yusuf Karimov are matched.") == 1
    assert heard(bjorn, "We have not found your mentor yet.") == 1
    groups = [len(actor.player.channel(group)) for actor in (ines, yusuf) for group in actor.player.groups()]
    assert groups == ([1, 1] if stage.has_groups else [])
    assert ended(stage) == {State.SENT}


async def test_a_restart_in_the_middle_of_a_round_introduces_everybody_once(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya, ines, mira, bjorn = stage.actors("Priya", "Ines", "Mira", "Björn")
    await priya.coordinates("match draft")
    await priya.coordinates("match publish")
    stage.fails(Call.POST, PATIENCE, times=6)
    await priya.player.presses("Publish")

    await stage.restart()
    await stage.wait(hours=4)

    assert heard(ines, "You and Mira Okafor are matched.") == 1
    assert heard(mira, "You and Ines Duarte are matched.") == 1
    assert heard(bjorn, "We have not found your mentor yet.") == 1


async def test_when_an_account_is_closed_the_rest_goes_on_and_the_coordinator_sees_it(stage: Stage) -> None:
    await spring_has_begun(stage)
    mira, yusuf, priya = stage.actors("Mira", "Yusuf", "Priya")
    before = mira.player.reads()

    await stage.closes_account("Mira")
    await stage.wait(weeks=3)

    assert mira.player.reads() == before
    assert yusuf.hears("Your first conversation with Hannah is open.")
    people = await priya.coordinates("people")
    assert people is not None
    assert "Cannot be reached: 1" in people
    assert "Mira Okafor: mentor" in people


async def test_somebody_who_does_not_answer_at_all_is_not_pestered(stage: Stage) -> None:
    await spring_has_begun(stage)
    ines = stage.actor("Ines")

    await stage.wait(weeks=13)

    weeks: dict[tuple[int, int], int] = {}
    for seen in ines.player.reads():
        year, week, _ = seen.surface.at.isocalendar()
        weeks[year, week] = weeks.get((year, week), 0) + 1
    later = [count for week, count in sorted(weeks.items())[1:]]
    assert max(later) == 1
    assert len(later) <= 12
