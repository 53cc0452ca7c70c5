"""A coordinator brings a table of the company, people find what it says where they are asked, and nobody is matched
with their own line manager."""

import pytest
from sqlalchemy import select

from bot.playground.company import COMPANY
from bot.playground.person import Person as OnSlack
from bot.playground.teams.company import mail_of
from storage.tables import imports, inbox, metadata, outbox, relays
from tests.at_rest import at_rest
from tests.stage import Actor, Stage
from tests.stories.spring import MENTEE, MENTOR, MODE, TEACHES, WANTS, answers_one, joins, open_spring, question

SITE, DEPARTMENT = "Lisbon", "Harbourworks"
MARKS = (DEPARTMENT, "2026-10-01", "October 2026")


def called(actor: Actor) -> str:
    """As a table names them: by the member ID on Slack, whose directory tells no address, else by their address."""
    member = next(one for one in COMPANY.members if one.name == actor.player.member.name)
    return member.id if isinstance(actor.player, OnSlack) else mail_of(member, domain=COMPANY.domain)


def table(ines: Actor, mira: Actor) -> str:
    """Ines works for Mira; two rows cannot be read."""
    return (
        "Account;Manager;Department;Site;Level;Start date\n"
        f"{called(ines)};{called(mira)};{DEPARTMENT};{SITE};3;2026-10-01\n"
        f"{called(mira)};;{DEPARTMENT};Berlin;8;2014-06-01\n"
        "somebody;;;;;\n"
        f"{called(ines)};;;;99;\n"
    )


async def test_from_the_table_to_a_draft_that_keeps_a_line_manager_away(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    priya, ines, mira, hannah = stage.actors("Priya", "Ines", "Mira", "Hannah")
    await open_spring(stage)
    await joins(mira, MENTOR)
    await priya.coordinates("match draft")
    assert "Reporting line not checked: nobody's manager is known." in priya.last_message

    await priya.coordinates("people import")
    await priya.gives_table("Table of people", table(ines, mira))
    await priya.submits()
    assert "This changes what matching knows of 2 people." in priya.modal
    assert "Row 4: “somebody” is no account and no e-mail address." in priya.modal
    assert "Row 5: “99” is no level." in priya.modal
    await priya.presses("Take it over")
    assert "1 person who has joined is asked once" in priya.modal
    await priya.closes_everything()

    await stage.wait(days=1)
    assert "Your company has told us where you work and since when." in mira.last_message
    await mira.presses("See what it says")
    assert mira.hears("Berlin")
    await mira.presses("That is right")
    assert mira.hears("Noted: that is right.")

    await ines.asks("join")
    await ines.presses("I agree")
    while question(ines.last_message) != MODE:
        await answers_one(ines, MENTEE)
    assert "Your company says:" in ines.last_message
    assert SITE in ines.last_message
    await ines.presses("That is right")
    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTEE)
    assert f"Office: {SITE}" in ines.last_message
    await ines.presses("Join Spring mentoring")

    await priya.coordinates("match draft")
    assert "Ines Duarte with Mira Okafor" not in priya.last_message
    assert "a reporting line between them" in priya.last_message
    assert "Reporting line not checked for 1 of 2" in priya.last_message
    await joins(hannah, {**MENTOR, TEACHES: MENTEE[WANTS]})
    await priya.coordinates("match draft")
    assert "Ines Duarte with Hannah Weiss" in priya.last_message

    await priya.coordinates("people import")
    await priya.gives_table("Table of people", table(ines, mira))
    await priya.submits()
    assert "This table changes nothing: its 2 rows say what is known already." in priya.modal
    await priya.closes_everything()
    await nothing_is_told_elsewhere(stage, (hannah, mira), capfd)


async def nothing_is_told_elsewhere(stage: Stage, others: tuple[Actor, ...], capfd: pytest.CaptureFixture[str]) -> None:
    """What the company says of Ines is in no log, no message that was kept, and no chat of anybody else."""
    said = capfd.readouterr()
    assert [mark for mark in MARKS if mark in said.out + said.err] == []
    with stage.app.kit.database.transaction() as connection:
        kept = [repr(row) for one in (outbox, inbox, relays, imports) for row in connection.execute(select(one))]
        elsewhere = {
            one.name
            for one in metadata.sorted_tables
            for row in connection.execute(select(one))
            if any(mark in repr(row) for mark in MARKS)
        }
    assert [row for row in kept if any(mark in row for mark in MARKS)] == []
    assert elsewhere == {"facts"}
    for other in others:
        assert not any(other.hears(mark) for mark in ("October 2026", "3 (three)"))
    # The table itself lay sealed, and is gone.
    assert not any(b"somebody;;;;;" in content for content in at_rest(stage.database_url).values())
