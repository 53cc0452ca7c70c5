"""Group chats by Graph against a strict local one: who may make them, what is said of each end, nothing made twice."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from bot.playground.faults import Fault
from bot.playground.faults import Trouble as Luck
from bot.playground.teams.company import TENANT
from bot.playground.teams.person import Person
from bot.playground.teams.server import serve
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.teams.connector import Connector
from bot.teams.graph import CREATE, INSTALL, ROLES, Graph, missing_roles, scope_of
from bot.teams.hosts import Hosts
from bot.teams.limits import Json
from bot.teams.send import TeamsMessenger
from bot.teams.spot import Spot
from bot.teams.tokens import Tokens
from flows.people import Account
from flows.voice.message import Message, Paragraph, Plain
from handlers.outcomes import Blocked, Sent, Throttled, TryLater
from handlers.pacing import Act
from tests.bot.playground.conftest import Hands
from tests.bot.teams.microsoft import Clock, client_of_tests, named

INES, MIRA = (Account("teams", TENANT.id, one.id) for one in TENANT.members[:2])
SAID = Message("This chat is yours.", (Paragraph((Plain("This chat is yours."),)),))


@dataclass
class Line:
    """Graph, the tenant that it is of, and a messenger that uses it."""

    tenant: Tenant
    http: httpx.AsyncClient
    tokens: Tokens
    connectors: Tokens
    graph: Graph
    messenger: TeamsMessenger

    def graph_with(self, tokens: Tokens, *, catalog_app: str = "", url: str = "") -> Graph:
        """Another one."""
        app = catalog_app or self.tenant.catalog_app
        return Graph(self.http, tokens, url=url or self.tenant.graph_url, catalog_app=app)

    def chats(self) -> list[tuple[str, ...]]:
        """Who is in each group chat of the tenant."""
        return [one.members for one in self.tenant.contents.conversations.values() if one.kind == "groupChat"]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    hands, numbers = Hands(), itertools.count(1)
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    tenant = Tenant(company=TENANT, times=times, new_id=lambda: f"{next(numbers):032x}")
    tenant.granted.update(ROLES)
    server = await serve(tenant)
    tenant.app_url = f"{tenant.address}/nobody"
    app = TENANT.app.id
    async with client_of_tests(0.5) as http:

        def signs_in(scope: str = "") -> Tokens:
            url, secret = tenant.login_url, tenant.password
            return Tokens(http, Clock(), login_url=url, tenant=TENANT.id, app_id=app, password=secret, scope=scope)

        tokens, connectors = signs_in(scope_of(tenant.graph_url)), signs_in()
        graph = Graph(http, tokens, url=f"{tenant.graph_url}/", catalog_app=tenant.catalog_app)
        hosts = Hosts([tenant.service_host])
        messenger = TeamsMessenger(Connector(http, connectors, hosts, app_id=app), hosts.home, graph)
        yield Line(tenant, http, tokens, connectors, graph, messenger)
        await tokens.close()
        await connectors.close()
    await server.stop()


async def test_a_chat_of_two_is_made_and_the_bot_speaks_in_it(line: Line) -> None:
    opened = await line.messenger.open([INES, MIRA])
    assert isinstance(opened, str)
    assert Spot.parse(opened).is_group
    sent = await line.messenger.post(opened, SAID, delivery="shared:m1")
    assert isinstance(sent, Sent)
    assert isinstance(await line.messenger.post(opened, SAID, delivery="shared:m2"), Sent)
    for who in (INES, MIRA):
        person = Person(line.tenant, who.user)
        (chat,) = person.groups()
        assert ["This chat is yours." in seen for seen in person.channel(chat)] == [True, True]
    assert [call.name for call in line.tenant.wire.calls if call.name.startswith("graph")] == [
        "graph chat",
        "graph install",
    ]
    assert line.tenant.refused == []


async def test_each_service_takes_its_own_token_alone(line: Line) -> None:
    for_graph, for_the_connector = await line.tokens.bearer(), await line.connectors.bearer()
    addresses = (f"{line.tenant.graph_url}/v1.0/chats", f"{line.tenant.service_url}v3/conversations")
    for bearer, address in zip((for_the_connector, for_graph), addresses, strict=True):
        answer = await line.http.post(address, json={}, headers={"Authorization": f"Bearer {bearer}"})
        assert answer.status_code == 401
    assert [one.partition(":")[0] for one in line.tenant.refused] == ["graph chat", "create"]
    line.tenant.tokens.revoke()
    assert isinstance(await line.messenger.open([INES, MIRA]), TryLater)
    assert isinstance(await line.messenger.open([INES, MIRA]), str), "the next call comes with another one"


@pytest.mark.parametrize("missing", ROLES)
async def test_where_a_permission_is_missing_nothing_is_made_until_it_is_granted(line: Line, missing: str) -> None:
    line.tenant.granted.discard(missing)
    assert await line.messenger.open([INES, MIRA]) == Blocked(f"not granted: {missing}")
    assert line.chats() == []
    line.tenant.granted.add(missing)
    assert isinstance(await line.messenger.open([INES, MIRA]), str), "a new token says so"


async def test_graph_decides_whatever_our_token_says(line: Line) -> None:
    line.tenant.faults.on("graph chat", Fault(trouble=Luck.REFUSED, status=403, error="Forbidden"))
    assert await line.messenger.open([INES, MIRA]) == Blocked("Microsoft Graph refused it: Forbidden")


@pytest.mark.parametrize(
    "luck", [Luck.SERVER_ERROR, Luck.BROKEN_AFTER, Luck.SILENT, Luck.DROPPED, Luck.GARBLED], ids=named
)
async def test_a_chat_that_may_be_there_is_not_made_again(line: Line, luck: Luck) -> None:
    line.tenant.faults.on("graph chat", Fault(trouble=luck))
    ended = await line.messenger.open([INES, MIRA])
    assert isinstance(ended, Blocked)
    assert ended.reason.startswith(("a chat may have been made", "a chat was made"))


async def test_what_was_surely_not_made_is_tried_later(line: Line) -> None:
    line.tenant.faults.on("graph chat", Fault(trouble=Luck.RATE_LIMITED, retry_after=7))
    assert await line.messenger.open([INES, MIRA]) == Throttled(7, "Throttled", act=Act.OPEN)
    nowhere = line.graph_with(line.tokens, url="http://127.0.0.1:9")
    assert isinstance(await nowhere.create([INES.user, MIRA.user]), TryLater)
    line.tenant.faults.on("token", Fault(trouble=Luck.REFUSED, status=401, error="invalid_client"))
    line.tokens.refused(str(await line.tokens.bearer()))
    held_up = await line.messenger.open([INES, MIRA])
    assert isinstance(held_up, TryLater), "private conversations need no Graph and go on"
    assert line.chats() == []


async def test_the_app_is_put_into_a_chat_as_often_as_it_takes(line: Line) -> None:
    chat = await line.graph.create([INES.user, MIRA.user])
    assert isinstance(chat, str)
    line.tenant.faults.on("graph install", Fault(trouble=Luck.SERVER_ERROR))
    assert isinstance(await line.graph.install(chat), TryLater)
    line.tenant.faults.on("graph install", Fault(trouble=Luck.RATE_LIMITED, retry_after=7))
    assert await line.graph.install(chat) == TryLater(7, "Throttled", counted=False)
    assert await line.graph.install(chat) is None
    assert await line.graph.install(chat) is None
    assert line.tenant.contents.with_app == {chat}


async def test_an_app_that_the_catalogue_does_not_have_is_told(line: Line) -> None:
    chat = await line.graph.create([INES.user, MIRA.user])
    assert isinstance(chat, str)
    another = line.graph_with(line.tokens, catalog_app=TENANT.app.id)
    assert await another.install(chat) == Blocked("Microsoft Graph refused it: NotFound")


async def test_a_chat_that_does_not_know_the_app_yet_is_tried_later(line: Line) -> None:
    opened = await line.messenger.open([INES, MIRA])
    assert isinstance(opened, str)
    fault = Fault(trouble=Luck.REFUSED, status=403, error="BotNotInConversationRoster")
    line.tenant.faults.on("send", fault, times=2)
    assert await line.messenger.post(opened, SAID) == TryLater(
        5, "the app is not in the chat yet: BotNotInConversationRoster"
    )
    assert isinstance(await line.messenger.post(opened, SAID), Sent)


def member(line: Line, who: str) -> Json:
    return {
        "@odata.type": "#microsoft.graph.aadUserConversationMember",
        "roles": ["owner"],
        "user@odata.bind": f"{line.tenant.graph_url}/v1.0/users('{who}')",
    }


async def test_the_local_graph_is_strict_about_what_it_is_asked(line: Line) -> None:
    two = [member(line, INES.user), member(line, MIRA.user)]
    wrong: list[Json] = [
        {"members": two},
        {"chatType": "oneOnOne", "members": two},
        {"chatType": "group", "members": two[:1]},
        {"chatType": "group", "members": [two[0], two[0]]},
        {"chatType": "group", "members": [two[0], member(line, "00000000-0000-0000-0000-000000000000")]},
        {"chatType": "group", "members": [two[0], two[1] | {"roles": []}]},
        {"chatType": "group", "members": [two[0], two[1] | {"user@odata.bind": MIRA.user}]},
        {"chatType": "group", "members": two, "installedApps": []},
    ]
    headers = {"Authorization": f"Bearer {await line.tokens.bearer()}"}
    for body in wrong:
        answer = await line.http.post(f"{line.tenant.graph_url}/v1.0/chats", json=body, headers=headers)
        assert answer.status_code == 400, body
    assert len(line.tenant.refused) == len(wrong)
    right = {"chatType": "group", "members": two, "topic": "Mentoring"}
    answer = await line.http.post(f"{line.tenant.graph_url}/v1.0/chats", json=right, headers=headers)
    assert answer.status_code == 201
    assert line.chats() == [(INES.user, MIRA.user)]


def test_roles_are_read_from_a_token_and_one_that_cannot_be_read_misses_none() -> None:
    none_granted, one_granted = "e30.e30.x", "e30.eyJyb2xlcyI6WyJDaGF0LkNyZWF0ZSJdfQ.x"
    assert missing_roles(none_granted) == (CREATE, INSTALL)
    assert missing_roles(one_granted) == (INSTALL,)
    assert [missing_roles(one) for one in ("opaque", "a.b.c", "e30.W10.x")] == [(), (), ()]
