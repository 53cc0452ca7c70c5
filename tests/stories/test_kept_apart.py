"""Two people who are never matched: because one of them asked for it in private, or because a coordinator did."""

import pytest
from sqlalchemy import select

from storage.tables import metadata
from tests.stage import Actor, Stage
from tests.stories.spring import MENTEE, MENTOR, joins, open_spring, publish
from tests.stories.test_choice import chooses_way, names


async def joined(stage: Stage) -> tuple[Actor, Actor, Actor]:
    """Priya, Ines who learns and Mira who mentors."""
    await open_spring(stage)
    priya, ines, mira = stage.actors("Priya", "Ines", "Mira")
    await joins(ines, MENTEE)
    await joins(mira, MENTOR)
    return priya, ines, mira


def rows(stage: Stage) -> dict[str, str]:
    """Every table but the one of its own, as it stands."""
    with stage.app.kit.database.transaction() as connection:
        return {
            table.name: repr(sorted(map(repr, connection.execute(select(table)))))
            for table in metadata.sorted_tables
            if table.name not in ("avoided", "inbox")
        }


async def test_whom_ines_avoids_is_between_her_and_the_bot(stage: Stage) -> None:
    priya, ines, mira = await joined(stage)
    before, heard = rows(stage), len(mira.player.reads())

    answer = await ines.asks("avoid Mira Okafor")

    assert answer is not None
    assert "You and Mira Okafor will not be matched. Nobody is told, and nobody asks why." in answer
    assert {name for name, row in rows(stage).items() if row != before[name]} <= {"people", "limits"}
    await publish(stage)
    await stage.wait(days=2)
    assert not ines.hears("You and Mira Okafor are matched")
    assert not mira.hears("You and Ines Duarte are matched")
    for word in ("match show", "person Ines Duarte", "people", "pair Mira Okafor, Ines Duarte", "outbox", "block"):
        await priya.coordinates(word)
        assert "avoid" not in priya.told_alone
    assert "What stands in the way: one of them is not available." in priya.told_alone
    assert not any("Ines" in seen or "avoid" in seen for seen in mira.player.reads()[heard:])

    await ines.asks("avoid")
    await ines.presses("Stop avoiding Mira")
    await priya.coordinates("pair Mira Okafor, Ines Duarte")
    await priya.presses("Introduce them")
    await stage.wait(days=1)
    assert ines.hears("You and Mira Okafor are matched")

    answer = await ines.asks("avoid Mira Okafor")
    assert answer is not None
    assert "You two have a match now, and this does not end it." in answer
    await ines.presses("This is not a fit")
    assert any("Nothing has been sent to Mira." in seen for seen in ines.in_sight())


async def test_priya_keeps_two_people_apart(stage: Stage) -> None:
    priya, ines, mira = await joined(stage)
    heard = [len(actor.player.reads()) for actor in (ines, mira)]

    await priya.coordinates("block Ines Duarte, Mira Okafor")

    assert "Ines Duarte and Mira Okafor are kept apart, in every programme." in priya.answer
    assert [len(actor.player.reads()) for actor in (ines, mira)] == heard
    await priya.coordinates("block")
    assert "1 pair is kept apart." in priya.answer
    await priya.coordinates("match draft")
    assert "Ines Duarte with Mira Okafor" not in priya.told_alone
    await priya.coordinates("block Mira Okafor, Ines Duarte")
    assert "You no longer keep Mira Okafor and Ines Duarte apart." in priya.answer
    await publish(stage)
    await stage.wait(days=2)
    assert ines.hears("You and Mira Okafor are matched")


async def test_mira_avoids_who_asks_her_and_it_reads_like_any_no(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    await open_spring(stage)
    priya, ines, mira, hannah = stage.actors("Priya", "Ines", "Mira", "Hannah")
    await joins(mira, MENTOR)
    await joins(hannah, MENTOR)
    await joins(ines, MENTEE)
    await chooses_way(stage, "Mentees ask mentors")
    await names(ines, "Mira", "Hannah")
    await stage.wait(hours=1)
    asked = mira.last_message
    assert "asks whether you would be a mentor." in asked

    await mira.asks("avoid Ines Duarte")
    await mira.asks("avoid Ines Duarte")
    await stage.wait(hours=1)

    assert mira.hears("Noted. Ines hears that you cannot this time, and no reason.")
    assert ines.hears("Mira cannot this time. We ask Hannah next.")
    assert "asks whether you would be a mentor." in hannah.last_message
    await mira.presses_again(asked, "Accept")
    assert not ines.hears("You and Mira Okafor are matched")
    home = await mira.opens_home()
    assert "Request" not in home
    await priya.coordinates("match draft")
    for word in (
        "match show",
        "match why Ines Duarte, Mira Okafor",
        "person Ines Duarte",
        "person Mira Okafor",
        "people",
        "report",
        "outbox",
    ):
        await priya.coordinates(word)
    told = "\n".join((priya.told_alone, *map(str, priya.player.reads()), *map(str, ines.player.reads()), str(home)))
    printed = capfd.readouterr()
    for word in ("avoid", "veto", "not put together", "declined"):
        assert word not in told.casefold()
        assert word not in (printed.out + printed.err).casefold()
    for word in ("avoid", "will not be matched"):
        assert word not in "".join(rows(stage).values()).casefold()
