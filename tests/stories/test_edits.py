"""A coordinator changes a draft by hand, asks why, and compares; nobody else hears of any of it."""

from bot.playground.players import Seen
from tests.stage import Actor, Stage
from tests.stories.spring import everybody_joins, open_spring


def named(seen: Seen) -> str:
    """Its words, people by their names: a mention on Slack puts a sign before one."""
    return str(seen).replace("@", "")


async def asks(priya: Actor, words: str) -> str:
    """What the desk answers at once."""
    answer = await priya.coordinates(words)
    assert answer is not None
    return named(answer)


async def test_why_not_lock_swap_with_price_and_compare_before_anybody_hears(stage: Stage) -> None:
    await open_spring(stage)
    await everybody_joins(stage)
    priya = stage.actor("Priya")
    company = stage.actors("Ines", "Mira", "Yusuf", "Hannah", "Björn")
    before = [actor.player.reads() for actor in company]
    await priya.coordinates("match draft")
    assert "Ines Duarte with Mira Okafor" in named(priya.last_message)

    why = await asks(priya, "match why Ines Duarte, Hannah Weiss")
    assert "In this draft Ines Duarte has Mira Okafor" in why
    await priya.presses("Work it out exactly")
    await stage.settle()
    assert "With Ines Duarte and Hannah Weiss matched, the draft would be" in named(priya.last_message)

    price = await asks(priya, "match swap 1 2")
    assert "Ines Duarte goes from Mira Okafor" in price
    assert "less well than before." in price
    await priya.presses("Swap them")
    assert "Ines Duarte with Hannah Weiss" in named(priya.answer)
    assert named(priya.answer).count("Locked by") >= 2
    await priya.coordinates("match draft")
    assert "Ines Duarte with Hannah Weiss" in named(priya.last_message)

    await priya.coordinates("match compare")
    await priya.presses("This draft or a fresh one")
    await stage.settle()
    assert "Newly" not in named(priya.last_message)
    assert "Nothing has been stored or changed." in named(priya.last_message)

    apart = await asks(priya, "match lock Ines Duarte, Hannah Weiss")
    assert "is no longer locked" in apart
    apart = await asks(priya, "match forbid Ines Duarte, Hannah Weiss")
    assert "Ines Duarte and Hannah Weiss are kept apart" in apart
    held = await asks(priya, "match hold Björn Lindqvist")
    assert "is on hold" in held
    await priya.coordinates("match draft")
    assert "Ines Duarte with Hannah Weiss" not in named(priya.last_message)
    assert "On hold by" in named(priya.last_message)

    await stage.wait(hours=8)
    assert [actor.player.reads() for actor in company] == before
