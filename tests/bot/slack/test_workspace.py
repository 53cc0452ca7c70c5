"""The adapter against the strict local workspace: what people see, press, fill in and send."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground import server
from bot.playground.company import COMPANY
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.slack.platform import SlackPlatform
from bot.world import World
from flows.people import Account
from flows.voice.message import Action, Button, Buttons, Form, Heading, Message, Paragraph, Plain, TextField
from handlers.inbound import Inbound, Opened, Place, Pressed, Reply, Said, Submitted, Where
from handlers.kit import Kit
from handlers.outcomes import Sent
from tests.bot.clockwork import Clockwork
from tests.bot.examples import EVERY_FIELD, EXAMPLES, QUESTION, REPORT

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
DONE = Message("It is done", (Paragraph((Plain("It is done."),)),))
HOME = Message("Home", (Heading("Where you stand"), Buttons((Button("Pause", Action("home.pause")),))))
CARD = Message("A card", (Paragraph((Plain("Here is a card."),)), Buttons((Button("Open", Action("card.open")),))))


class Company:
    """A workspace, the platform in it, and one person; `says` decides what is answered to a gesture."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.says: Callable[[Inbound], Reply | None] = lambda _: None
        self.workspace = Workspace(
            company=COMPANY,
            times=Times(
                now=lambda: NOW,
                real=lambda: World().now().timestamp(),
                limits=lambda: World().now().timestamp(),
                sleep=World().sleep,
            ),
            new_id=World().new_id,
        )
        self.platform: SlackPlatform
        self.ines = Person(self.workspace, "U0INES")

    async def take(self, inbound: Inbound) -> Reply | None:
        """Where a turn would run."""
        self.taken.append(inbound)
        return Reply(HOME, Where.HOME) if isinstance(inbound.what, Opened) else self.says(inbound)

    async def settle(self) -> None:
        """Let everything arrive."""
        await self.platform.settled()
        await self.workspace.settled()

    def always(self, message: Message, where: Where, **errors: str) -> None:
        """Answer every gesture so."""
        self.says = lambda _: Reply(message, where, errors)

    async def gets(self, message: Message) -> None:
        """The bot writes to Ines."""
        conversation = await self.platform.messenger.open((Account("slack", "T", self.ines.id),))
        assert isinstance(conversation, str)
        assert isinstance(await self.platform.messenger.post(conversation, message, delivery="k"), Sent)


@pytest.fixture(params=["http", "socket"])
async def company(request: pytest.FixtureRequest) -> AsyncIterator[Company]:
    """Everything started, over either way in; at the end nothing was sent that Slack would have refused."""
    here = Company()
    here.workspace.sockets.on = request.param == "socket"
    serving = await server.serve(here.workspace)
    kit = cast(Kit, Clockwork(NOW))
    workspace = here.workspace
    way = {"signing_secret": workspace.signing_secret}
    if workspace.sockets.on:
        way = {"app_token": workspace.app_token}
    here.platform = SlackPlatform(workspace.token, workspace.api_url, kit, here.take, **way)
    app = web.Application()
    app.add_routes(here.platform.routes)
    bot = TestServer(app)
    await bot.start_server()
    await here.platform.start()
    here.workspace.app_url = str(bot.make_url("/slack/events"))
    yield here
    await here.platform.stop()
    await bot.close()
    await serving.stop()
    assert here.workspace.refused == []


@pytest.mark.parametrize("name", EXAMPLES)
async def test_every_kind_of_message_is_taken_in_every_place(company: Company, name: str) -> None:
    await company.gets(EXAMPLES[name])
    company.always(EXAMPLES[name], Where.PRIVATELY)
    assert (await company.ines.asks("/mentor", "help")).notice is None
    company.always(EXAMPLES[name], Where.DIALOG)
    assert (await company.ines.asks("/mentor", "settings")).notice is None
    await company.settle()
    assert company.ines.modal() is not None
    assert EXAMPLES[name].summary in company.ines.reads()[0]


async def test_a_form_in_a_message_is_filled_in_and_replaced(company: Company) -> None:
    await company.gets(QUESTION)
    await company.ines.chooses("Choose up to two", "Skill number 0", "Skill number 2")
    await company.ines.fills("How many people?", "3")
    company.always(DONE, Where.INSTEAD)
    await company.ines.presses("Next")
    await company.settle()
    (pressed,) = company.taken
    filled = {"goals": ("skill-0", "skill-2"), "capacity": ("3",)}
    assert pressed.what == Pressed(Action("question.answer", {"q": "goals"}), filled)
    assert pressed.place is Place.PRIVATE
    assert pressed.profile is not None
    assert pressed.profile.name == company.ines.member.name
    (message,) = company.ines.reads()
    assert "It is done." in message
    assert message.labels == ()


async def test_a_dialog_is_filled_in_refused_and_sent(company: Company) -> None:
    await company.gets(CARD)
    company.always(EVERY_FIELD, Where.DIALOG)
    await company.ines.presses("Open")
    await company.ines.fills("Your title", "<!channel> & *star*")
    await company.ines.fills("Hours a month", "2.5")
    await company.ines.chooses("How often", "One hour a month")
    await company.ines.chooses("Some skills", "Skill number 7")
    await company.ines.fills("Away until", "2027-06-01")
    await company.ines.fills("At", "10:15")
    await company.ines.chooses("A colleague", "Mira Okafor")
    await company.ines.chooses("A channel", "#general")
    company.always(Message("", ()), Where.FIELD_ERRORS, away="A day before summer fits.")
    refused = await company.ines.submits()
    assert list(refused.errors.values()) == ["A day before summer fits."]
    company.always(DONE, Where.INSTEAD)
    await company.ines.submits()
    await company.settle()
    sent = company.taken[-1].what
    assert isinstance(sent, Submitted)
    assert sent.action == Action("settings.save", {"cohort": "c1"})
    channels = company.workspace.contents.conversations.values()
    general = next(channel.id for channel in channels if channel.name == "general")
    assert dict(sent.filled) == {
        "title": ("<!channel> & *star*",),
        "hours": ("2.5",),
        "cadence": ("1",),
        "skill": ("skill-3",),
        "skills": ("skill-7",),
        "away": ("2027-06-01",),
        "at": ("10:15",),
        "who": ("U0MIRA",),
        "where": (general,),
    }
    assert company.taken[-1].id != company.taken[-2].id
    assert company.ines.modal() is None
    (message,) = company.ines.reads()
    assert "It is done." in message


async def test_a_dialog_keeps_what_was_typed_when_it_shows_something_else_around_it(company: Company) -> None:
    fields = (TextField("letter", "Your letter", long=True),)
    keep = Button("Seal it", Action("letter.seal"))
    other = (Button("Another date", Action("letter.date")),)
    page = Message("Letter", (Heading("Your letter"), Form(fields, keep, other)))
    again = Message("Letter", (Heading("Your letter"), Paragraph((Plain("It opens in June."),)), Form(fields, keep)))
    company.always(page, Where.DIALOG)
    await company.ines.asks("/mentor", "letter")
    await company.ines.fills("Your letter", "Dear me")
    company.always(again, Where.DIALOG)
    await company.ines.presses("Another date")
    await company.settle()
    shown = company.ines.modal()
    assert shown is not None
    assert "It opens in June." in shown
    assert company.ines.holds("Your letter") == ("Dear me",)


async def test_the_home_shows_a_page_and_is_drawn_anew(company: Company) -> None:
    await company.ines.opens_home()
    await company.settle()
    home = company.ines.home()
    assert home is not None
    assert "Where you stand" in home
    company.always(DONE, Where.INSTEAD)
    await company.ines.presses("Pause")
    await company.settle()
    page = company.ines.modal()
    assert page is not None
    assert "It is done." in page
    assert [type(inbound.what) for inbound in company.taken] == [Opened, Pressed, Opened]


async def test_typed_text_is_answered_below(company: Company) -> None:
    company.always(DONE, Where.BELOW)
    await company.ines.types("I'd say 5 < 6 & <!here>")
    await company.settle()
    assert company.taken[0].what == Said("I'd say 5 < 6 & <!here>")
    assert "It is done." in company.ines.last_message


async def test_a_report_brings_its_file(company: Company) -> None:
    company.always(REPORT, Where.PRIVATELY)
    await company.ines.asks("/mentor-admin", "report")
    await company.settle()
    files = [
        file for message in company.workspace.messages_for(company.ines.id, company.ines.dm) for file in message.files
    ]
    assert [(file.name, file.content) for file in files] == [("report.csv", b"name,value\n")]


async def test_a_private_answer_is_seen_by_nobody_else(company: Company) -> None:
    company.always(CARD, Where.PRIVATELY)
    await company.ines.asks("/mentor", "help")
    company.always(DONE, Where.BELOW)
    await company.ines.presses("Open")
    await company.settle()
    assert ["Here is a card." in company.ines.ephemerals()[0], "It is done." in company.ines.ephemerals()[1]] == [
        True,
        True,
    ]
    assert company.ines.reads() == ()


async def test_an_answer_below_waits_when_slack_asks_for_patience(company: Company) -> None:
    await company.gets(CARD)
    company.workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.RATE_LIMITED, retry_after=0), times=2)
    company.always(DONE, Where.BELOW)

    await company.ines.presses("Open")
    await company.settle()

    assert [DONE.summary in seen for seen in company.ines.reads()] == [False, True]
