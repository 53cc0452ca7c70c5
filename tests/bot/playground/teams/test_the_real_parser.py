"""What the tenant delivers is understood by the bot as what the person did."""

from datetime import UTC, datetime
from typing import Any

from bot.playground.teams.person import Person
from bot.teams.activity import modelled, read
from bot.teams.parse import inbounds
from bot.teams.render import card
from flows.people import Account
from flows.voice.message import Action, Button, Form, Heading, Message, TextField
from handlers.inbound import Asked, Inbound, Joined, Left, Pressed, Said, Submitted
from tests.bot.playground.teams.conftest import TinyBot, says

Json = dict[str, Any]
FORM = Message(
    "Your name",
    (
        Heading("Your name"),
        Form((TextField("name", "Name"),), Button("Save", Action("settings.save", {"n": "1"}))),
    ),
)


def understood(bot: TinyBot) -> list[Inbound]:
    """All that the tiny bot has heard, as the real one takes it."""
    raw = [bot_said.encode() for bot_said in bot.raw]
    now = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
    return [inbound for one in raw for inbound in inbounds(modelled(read(one)), now)]


async def test_coming_asking_saying_and_going(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    await ines.asks("/mentor", "join")
    await ines.types("I would like to learn to say no")
    await ines.uninstalls()
    came, added, asked, said, gone = understood(bot)
    assert (came.what, added.what, gone.what) == (Joined(), Joined(), Left())
    assert asked.what == Asked("mentor", "join", typed=True)
    assert isinstance(said.what, Said)
    everybody = {one.who for one in (came, added, asked, said, gone)}
    assert everybody == {Account("teams", bot.tenant.company.id, ines.id)}
    assert asked.profile is not None
    assert (asked.profile.name, asked.profile.zone, asked.profile.locale) == ("Ines Duarte", "Europe/Lisbon", "en-GB")
    assert asked.conversation == f"{bot.tenant.service_url.rstrip('/')} {ines.dm}"


async def test_pressing_and_sending_a_form_with_both_clients(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    sent = await bot.call("POST", f"v3/conversations/{ines.dm}/activities", says(card(FORM)))
    assert sent.status_code == 201, sent.text
    await ines.fills("Name", "Ines")
    bot.raw.clear()
    await ines.submits()
    await ines.presses("Save", old_client=True)
    new, old = understood(bot)
    assert isinstance(new.what, Submitted | Pressed)
    assert new.what == old.what
    assert new.what.action == Action("settings.save", {"n": "1"})
    assert new.what.filled == {"name": ("Ines",)}
    assert new.id != old.id


async def test_opening_in_a_channel(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team()
    bot.raw.clear()
    await ines.asks("/mentor-admin", "open", within="#mentoring")
    *_, asked = understood(bot)
    assert isinstance(asked.what, Asked)
    assert asked.what.words.startswith("open <#")
    assert bot.tenant.company.team.channels[1].id in asked.what.words
