"""Our side of the wire against a strict tenant: its sign-in, its connector, its keys, and what goes wrong there."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground.faults import Fault
from bot.playground.faults import Trouble as Luck
from bot.playground.teams.activities import installation
from bot.playground.teams.company import TENANT
from bot.playground.teams.deliver import Forgery, attempt
from bot.playground.teams.person import Person
from bot.playground.teams.server import serve
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.teams.cloud import cloud_of
from bot.teams.connector import Connector
from bot.teams.hosts import Hosts
from bot.teams.keys import Keys
from bot.teams.limits import Json
from bot.teams.send import TeamsMessenger
from bot.teams.spot import Spot
from bot.teams.tokens import Tokens
from bot.teams.trust import Distrusted, Trust
from flows.people import Account
from flows.voice.message import Message, Paragraph, Plain
from handlers.outcomes import Outcome, Sent, Throttled, TryLater, Unknown, Unreachable
from tests.bot.playground.conftest import Hands
from tests.bot.teams.microsoft import Clock, client_of_tests

INES, MIRA = TENANT.members[:2]
SAID = Message("You and Mira are matched.", (Paragraph((Plain("You and Mira are matched."),)),))
DONE = Message("Noted.", (Paragraph((Plain("Noted."),)),))


@dataclass
class Wire:
    """What is between a tenant and us; `heard` are activities that were believed, `refused` why others were not."""

    tenant: Tenant
    clock: Clock
    connector: Connector
    messenger: TeamsMessenger
    trust: Trust
    heard: list[Json]
    refused: list[str]

    async def hear(self, request: web.Request) -> web.Response:
        """Where the bot would listen."""
        activity = await request.json()
        try:
            await self.trust.check(request.headers.get("Authorization", ""), activity)
        except Distrusted as reason:
            self.refused.append(str(reason))
            return web.Response(status=401)
        self.heard.append(activity)
        return web.Response()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    hands, numbers = Hands(), itertools.count(1)
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    tenant = Tenant(company=TENANT, times=times, new_id=lambda: f"{next(numbers):032x}")
    server = await serve(tenant)
    company, clock = tenant.company, Clock()
    app_id = company.app.id
    async with client_of_tests(0.5) as http:
        url = tenant.login_url
        tokens = Tokens(http, clock, login_url=url, tenant=company.id, app_id=app_id, password=tenant.password)
        keys = Keys(http, clock, tenant.openid_url)
        hosts = Hosts([tenant.service_host])
        connector = Connector(http, tokens, hosts, app_id=app_id)
        trust = Trust(keys, issuer=cloud_of(url).issuer, app_id=app_id, tenant=company.id)
        here = Wire(tenant, clock, connector, TeamsMessenger(connector, hosts.home), trust, [], [])
        app = web.Application()
        app.add_routes([web.post("/api/messages", here.hear)])
        ours = TestServer(app)
        await ours.start_server()
        tenant.app_url = str(ours.make_url("/api/messages"))
        yield here
        await tokens.close()
        await keys.close()
        await ours.close()
    await server.stop()


async def conversation_of(wire: Wire, person: Person) -> str:
    """They install the app, and we begin to talk with them."""
    await person.installs()
    opened = await wire.messenger.open([Account("teams", TENANT.id, person.id)])
    assert isinstance(opened, str)
    return opened


async def test_a_message_reaches_somebody_and_changes_in_place(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    sent = await wire.messenger.post(conversation, SAID, delivery="intro:1:ines")
    assert isinstance(sent, Sent)
    assert "You and Mira are matched." in ines.last_message
    assert await wire.messenger.update(conversation, sent.receipt, DONE) == sent
    assert "Noted." in ines.last_message
    assert wire.tenant.refused == []


async def test_members_are_known_by_either_of_their_ids(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    spot = Spot.parse(await conversation_of(wire, ines))
    by_object = await wire.connector.member(spot, INES.id)
    assert isinstance(by_object, dict)
    assert by_object["aadObjectId"] == INES.id
    assert await wire.connector.member(spot, by_object["id"]) == by_object


async def test_who_has_not_installed_blocks_us_or_has_left_cannot_be_reached(wire: Wire) -> None:
    mira = Person(wire.tenant, MIRA.id)
    account = Account("teams", TENANT.id, MIRA.id)
    assert await wire.messenger.open([account]) == Unreachable("BotNotInConversationRoster")
    conversation = await conversation_of(wire, mira)
    mira.blocks()
    assert await wire.messenger.post(conversation, SAID) == Unreachable("ConversationBlockedByUser")
    mira.leaves_the_company()
    assert await wire.messenger.post(conversation, SAID) == Unreachable("ConversationNotFound")


@pytest.mark.parametrize(
    ("luck", "sending", "changing"),
    [
        (Fault(trouble=Luck.RATE_LIMITED, retry_after=7), Throttled(7, "Throttled"), Throttled(7, "Throttled")),
        (Fault(trouble=Luck.RATE_LIMITED, retry_after=None), Throttled(10, "Throttled"), Throttled(10, "Throttled")),
        (
            Fault(trouble=Luck.REFUSED, status=412, error="PreconditionFailed"),
            TryLater(1, "PreconditionFailed"),
            TryLater(1, "PreconditionFailed"),
        ),
        (Fault(trouble=Luck.REFUSED, status=403, error=""), Unreachable("HTTP 403"), Unreachable("HTTP 403")),
        (Fault(trouble=Luck.SERVER_ERROR), Unknown("HTTP 502"), TryLater(5, "HTTP 502")),
        (Fault(trouble=Luck.BROKEN_AFTER), Unknown("BadGateway"), TryLater(5, "BadGateway")),
        (Fault(trouble=Luck.SILENT), Unknown("ReadTimeout"), TryLater(5, "ReadTimeout")),
        (Fault(trouble=Luck.DROPPED), Unknown("RemoteProtocolError"), TryLater(5, "RemoteProtocolError")),
        (Fault(trouble=Luck.LOST), Unknown("RemoteProtocolError"), TryLater(5, "RemoteProtocolError")),
    ],
    ids=lambda value: value.trouble.value if isinstance(value, Fault) else "",
)
async def test_bad_luck_is_told_as_what_it_is_for_the_outbox(
    wire: Wire, luck: Fault, sending: Outcome, changing: Outcome
) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    sent = await wire.messenger.post(conversation, SAID)
    assert isinstance(sent, Sent)
    wire.tenant.faults.on("send", luck)
    wire.tenant.faults.on("update", luck)
    assert await wire.messenger.post(conversation, SAID) == sending
    assert await wire.messenger.update(conversation, sent.receipt, DONE) == changing
    assert isinstance(await wire.messenger.update(conversation, sent.receipt, DONE), Sent)


async def test_a_message_too_long_for_teams_is_refused_for_good(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    wire.tenant.card_bytes = 100
    ended = await wire.messenger.post(conversation, SAID)
    assert (type(ended).__name__, getattr(ended, "reason", "")) == ("Blocked", "MessageSizeTooBig")


async def test_a_token_that_is_withdrawn_is_replaced(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    wire.tenant.tokens.revoke()
    wire.clock.now += 60
    assert await wire.messenger.post(conversation, SAID) == TryLater(1, "Unauthorized")
    assert isinstance(await wire.messenger.post(conversation, SAID), Sent)
    assert wire.tenant.tokens.issued == 2


async def test_what_people_do_is_believed_also_after_the_keys_were_changed(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    await ines.installs()
    wire.tenant.keys.rotate()
    wire.clock.now += 30
    await ines.types("join")
    assert [activity["type"] for activity in wire.heard][-1] == "message"
    assert wire.tenant.keys.fetched == 2
    assert wire.refused == []


@pytest.mark.parametrize(
    ("forgery", "reason"),
    [
        (Forgery(authorization=""), "no token"),
        (Forgery(authorization="Bearer garbage"), "DecodeError"),
        (Forgery(claims={"aud": "another"}), "InvalidAudienceError"),
        (Forgery(claims={"iss": "https://sts.windows.net/"}), "InvalidIssuerError"),
        (Forgery(claims={"exp": None}), "MissingRequiredClaimError"),
        (Forgery(claims={"serviceurl": "https://smba.trafficmanager.net/"}), "another service address"),
    ],
    ids=str,
)
async def test_what_somebody_else_sends_in_their_name_is_not_believed(
    wire: Wire, forgery: Forgery, reason: str
) -> None:
    chat = wire.tenant.open_chat(INES.id)
    activity = installation(wire.tenant, INES.id, conversation=chat, action="add")
    delivered = await attempt(wire.tenant, activity, who=INES.id, forgery=forgery)
    assert delivered.status == 401
    assert reason in wire.refused[0]
    assert wire.heard == []
