"""How each call to the Bot Connector ends is told by type, and nothing is called twice or where it should not be."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.teams.client import open_client
from bot.teams.connector import Connector
from bot.teams.hosts import Hosts
from bot.teams.limits import Json
from bot.teams.send import TeamsMessenger
from bot.teams.spot import Spot
from bot.teams.tokens import Tokens
from bot.teams.trouble import (
    Ambiguous,
    Blocked,
    Gone,
    NotInstalled,
    Refused,
    Throttled,
    TooBig,
    Transient,
    Trouble,
    outcome,
)
from flows.people import Account
from flows.voice.message import Bullets, Message, Paragraph, Plain
from handlers import outcomes
from handlers.outcomes import CannotTell, Sent
from handlers.pacing import Act
from tests.bot.teams.microsoft import (
    APP,
    TENANT,
    Answer,
    Clock,
    Microsoft,
    client_of_tests,
    drop,
    microsoft_here,
    named,
)

INES = "0f6c3a52-8a1f-4f0e-9a55-0d2b7f6a1c11"
HELLO: Json = {"type": "message", "text": "Hello"}
SAID = Message("You and Mira are matched.", (Paragraph((Plain("You and Mira are matched."),)),))


@dataclass
class Line:
    """A connector and the server that it calls."""

    microsoft: Microsoft
    clock: Clock
    connector: Connector
    hosts: Hosts

    @property
    def service(self) -> str:
        """A service address, with a path and a last slash as Teams has them."""
        return self.microsoft.url("/emea/")

    @property
    def spot(self) -> Spot:
        """A conversation whose id needs encoding."""
        return Spot(self.service, "19:a/b@thread.tacv2;messageid=1")


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    clock = Clock()
    async with microsoft_here() as microsoft, client_of_tests(0.5) as http:
        tokens = tokens_of(microsoft, http, clock)
        hosts = Hosts([microsoft.host])
        yield Line(microsoft, clock, Connector(http, tokens, hosts, app_id=APP, patience=0.8), hosts)
        await tokens.close()


def tokens_of(microsoft: Microsoft, http: httpx.AsyncClient, clock: Clock) -> Tokens:
    return Tokens(http, clock, login_url=microsoft.url(), tenant=TENANT, app_id=APP, password="s")


def says(status: int, code: str = "", **headers: str) -> web.Response:
    """As the connector says no."""
    if not code:
        return web.Response(status=status, headers=headers)
    return web.json_response({"error": {"code": code, "message": "Hello"}}, status=status, headers=headers)


async def test_a_message_is_sent_with_our_token_and_its_conversation_encoded(line: Line) -> None:
    line.microsoft.instead["connector"] = [web.json_response({"id": "1:a"}, status=201)]
    assert await line.connector.send(line.spot, HELLO) == Sent(str(line.spot), "1:a")
    (call,) = line.microsoft.named("/v3/")
    assert call.method == "POST"
    assert call.path == "/emea/v3/conversations/19%3Aa%2Fb%40thread.tacv2%3Bmessageid%3D1/activities"
    assert call.headers["Authorization"] == "Bearer token-1"
    assert call.body == HELLO


async def test_a_message_is_changed_and_taken_back_by_its_id(line: Line) -> None:
    assert await line.connector.update(line.spot, "1:a/b", HELLO) == Sent(str(line.spot), "1:a/b")
    assert await line.connector.delete(line.spot, "1:a/b") == Sent(str(line.spot), "1:a/b")
    changed, taken = line.microsoft.named("/v3/")
    assert (changed.method, taken.method) == ("PUT", "DELETE")
    assert changed.path == taken.path
    assert changed.path.endswith("/activities/1%3Aa%2Fb")
    assert changed.body == {**HELLO, "id": "1:a/b"}
    assert taken.body is None


async def test_a_conversation_is_begun_with_one_person_of_the_tenant(line: Line) -> None:
    line.microsoft.instead["connector"] = [web.json_response({"id": "a:1", "serviceUrl": "elsewhere"}, status=201)]
    assert await line.connector.create(line.service, INES, tenant=TENANT) == Spot(line.service, "a:1")
    (call,) = line.microsoft.named("/v3/")
    assert (call.method, call.path) == ("POST", "/emea/v3/conversations")
    assert call.body == {
        "bot": {"id": f"28:{APP}"},
        "isGroup": False,
        "members": [{"id": INES}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }


async def test_a_member_is_asked_for_by_their_id(line: Line) -> None:
    ines = {"id": "29:1", "name": "Ines"}
    line.microsoft.instead["member"] = [web.json_response(ines)]
    assert await line.connector.member(line.spot, "29:1") == ines
    (call,) = line.microsoft.named("/v3/")
    assert call.path.partition("messageid%3D1/")[2] == "members/29%3A1"


@pytest.mark.parametrize(
    ("answer", "sending", "changing"),
    [
        (says(403, "ConversationBlockedByUser"), Blocked("ConversationBlockedByUser"), None),
        (says(403, "BotNotInConversationRoster"), NotInstalled("BotNotInConversationRoster"), None),
        (says(403, "BotDisabledByAdmin"), NotInstalled("BotDisabledByAdmin"), None),
        (says(403, "SomethingNew"), Blocked("SomethingNew"), None),
        (says(403), Blocked("HTTP 403"), None),
        (says(404, "ConversationNotFound"), Gone("ConversationNotFound"), None),
        (says(404, "ActivityNotFound"), Gone("ActivityNotFound"), Refused("ActivityNotFound")),
        (says(404), Gone("HTTP 404"), Refused("HTTP 404")),
        (says(412, "PreconditionFailed"), Transient(1, "PreconditionFailed"), None),
        (says(413, "MessageSizeTooBig"), TooBig("MessageSizeTooBig"), None),
        (says(413), TooBig("HTTP 413"), None),
        (says(400, "MessageSizeTooBig"), TooBig("MessageSizeTooBig"), None),
        (says(400, "BadSyntax"), Refused("BadSyntax"), None),
        (says(405), Refused("HTTP 405"), None),
        (says(429, "Throttled"), Throttled(10, "Throttled"), None),
        (says(429, "Throttled", **{"Retry-After": "17"}), Throttled(17, "Throttled"), None),
        (says(429, "Throttled", **{"Retry-After": "2.5"}), Throttled(2.5, "Throttled"), None),
        (says(429, "Throttled", **{"Retry-After": "999999999"}), Throttled(3600, "Throttled"), None),
        (says(429, "Throttled", **{"Retry-After": "-1"}), Throttled(10, "Throttled"), None),
        (says(429, "Throttled", **{"Retry-After": "soon"}), Throttled(10, "Throttled"), None),
        (
            says(
                429,
                "Throttled",
                **{"Date": "Sat, 21 Nov 2026 08:00:00 GMT", "Retry-After": "Sat, 21 Nov 2026 08:00:42 GMT"},
            ),
            Throttled(42, "Throttled"),
            None,
        ),
        (
            says(
                429,
                "Throttled",
                **{"Date": "Sat, 21 Nov 2026 08:00:00 GMT", "Retry-After": "Sat, 21 Nov 2026 07:00:00 GMT"},
            ),
            Throttled(1, "Throttled"),
            None,
        ),
        (says(401, "BotNotRegistered"), Throttled(600, "BotNotRegistered", everything=True), None),
        (says(502), Ambiguous("HTTP 502"), Transient(5, "HTTP 502")),
        (says(500, "ServiceError"), Ambiguous("ServiceError"), Transient(5, "ServiceError")),
        (says(503, "", **{"Retry-After": "5"}), Ambiguous("HTTP 503"), Transient(5, "HTTP 503")),
        (says(504), Ambiguous("HTTP 504"), Transient(5, "HTTP 504")),
        (says(408), Ambiguous("HTTP 408"), Transient(5, "HTTP 408")),
        (drop, Ambiguous("RemoteProtocolError"), Transient(5, "RemoteProtocolError")),
        (web.json_response({"error": {"code": "Hello <b>you</b>"}}, status=403), Blocked("HTTP 403"), None),
        (web.json_response({"error": {"code": 209}}, status=403), Blocked("HTTP 403"), None),
        (web.Response(status=403, text="[" * 100_000), Blocked("HTTP 403"), None),
        (web.Response(status=403, body=b"\xff"), Blocked("HTTP 403"), None),
    ],
    ids=named,
)
async def test_why_a_call_did_not_succeed_is_told_by_type(
    line: Line, answer: Answer, sending: Trouble, changing: Trouble | None
) -> None:
    again = answer if not isinstance(answer, web.Response) else copy_of(answer)
    line.microsoft.instead["connector"] = [answer]
    assert await line.connector.send(line.spot, HELLO) == sending
    line.clock.now += 30  # after a 401 the token in hand is a new one
    line.microsoft.instead["connector"] = [again]
    assert await line.connector.update(line.spot, "1:a", HELLO) == (changing or sending)
    assert len(line.microsoft.named("/v3/")) == 2, "each was made once"


def copy_of(answer: web.Response) -> web.Response:
    """A response can be given once."""
    return web.Response(status=answer.status, body=answer.body, headers=answer.headers)


async def test_after_an_answer_that_does_not_come_nobody_can_say(line: Line) -> None:
    line.microsoft.instead["connector"] = [line.microsoft.hold] * 3
    assert await line.connector.send(line.spot, HELLO) == Ambiguous("ReadTimeout")
    assert await line.connector.update(line.spot, "1:a", HELLO) == Transient(5, "ReadTimeout")
    assert await line.connector.create(line.service, INES, tenant=TENANT) == Transient(5, "ReadTimeout")


async def test_an_answer_that_trickles_counts_as_none_in_the_end(line: Line) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=201, headers={"Content-Length": "1000"})
        await answer.prepare(request)
        for _ in range(20):
            await answer.write(b" ")
            try:
                await asyncio.wait_for(line.microsoft.released.wait(), 0.1)
            except TimeoutError:
                continue
            break
        return answer

    line.microsoft.instead["connector"] = [trickle]
    assert await line.connector.send(line.spot, HELLO) == Ambiguous("TimeoutError")
    line.microsoft.released.set()


async def test_what_could_not_be_connected_was_surely_not_taken(line: Line) -> None:
    server = TestServer(web.Application())
    await server.start_server()
    port = server.port
    await server.close()
    async with client_of_tests() as http:
        tokens = Tokens(http, line.clock, login_url=line.microsoft.url(), tenant=TENANT, app_id=APP, password="s")
        connector = Connector(http, tokens, Hosts([f"127.0.0.1:{port}"]), app_id=APP)
        ended = await connector.send(Spot(f"http://127.0.0.1:{port}/emea", "a:1"), HELLO)
    assert ended == Transient(5, "Teams could not be reached")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_so_the_bearer_goes_nowhere_else(line: Line, status: int) -> None:
    elsewhere = line.microsoft.url("/emea/v3/elsewhere")
    line.microsoft.instead["connector"] = [says(status, "", Location=elsewhere)]
    assert await line.connector.send(line.spot, HELLO) == Transient(5, f"HTTP {status}")
    assert line.microsoft.named("elsewhere") == []
    async with open_client() as http:
        assert not http.follow_redirects


async def test_a_host_that_is_not_trusted_is_never_called_and_no_token_is_fetched_for_it(line: Line) -> None:
    async with microsoft_here() as stranger:
        spot = Spot(stranger.url("/emea"), "a:1")
        refused = Refused("the host is not trusted")
        assert await line.connector.send(spot, HELLO) == refused
        assert await line.connector.update(spot, "1", HELLO) == refused
        assert await line.connector.delete(spot, "1") == refused
        assert await line.connector.member(spot, INES) == refused
        assert not isinstance(await line.connector.create(spot.service, INES, tenant=TENANT), Spot)
        assert stranger.calls == []
    assert line.microsoft.calls == []


async def test_without_a_token_nothing_is_called_and_everything_waits(line: Line) -> None:
    line.microsoft.instead["token"] = [web.json_response({"error": "invalid_client"}, status=401)]
    ended = await line.connector.send(line.spot, HELLO)
    assert ended == Throttled(600, "invalid_client", everything=True)
    assert line.microsoft.named("/v3/") == []


async def test_fifty_sends_at_once_share_one_token(line: Line) -> None:
    async with open_client() as http:
        # With the patience of the bot: on a busy machine fifty connections take longer than a test waits elsewhere.
        connector = Connector(http, tokens_of(line.microsoft, http, line.clock), line.hosts, app_id=APP)
        ended = await asyncio.gather(*(connector.send(Spot(line.service, f"a:{n}"), HELLO) for n in range(50)))
    assert [one for one in ended if not isinstance(one, Sent)] == []
    assert len(line.microsoft.named("/token")) == 1


async def test_an_older_token_that_is_refused_is_replaced_before_anybody_is_alarmed(line: Line) -> None:
    await line.connector.send(line.spot, HELLO)
    line.clock.now += 60
    line.microsoft.instead["connector"] = [says(401, "Unauthorized"), says(401, "Unauthorized")]
    assert await line.connector.send(line.spot, HELLO) == Transient(1, "Unauthorized")
    assert await line.connector.send(line.spot, HELLO) == Throttled(600, "Unauthorized", everything=True)
    assert [call.headers["Authorization"] for call in line.microsoft.named("/v3/")] == [
        "Bearer token-1",
        "Bearer token-1",
        "Bearer token-2",
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": 7}'])
async def test_what_was_taken_without_telling_its_id_was_taken(line: Line, body: bytes) -> None:
    line.microsoft.instead["connector"] = [web.Response(status=202, body=body) for _ in range(4)]
    assert await line.connector.send(line.spot, HELLO) == Sent(str(line.spot), "")
    assert await line.connector.update(line.spot, "1:a", HELLO) == Sent(str(line.spot), "1:a")
    begun = await line.connector.create(line.service, INES, tenant=TENANT)
    assert begun == Transient(1, "a conversation without an id")


async def test_half_an_emoji_in_a_name_is_sent_as_it_came(line: Line) -> None:
    assert isinstance(await line.connector.send(line.spot, {"text": "Ines \ud83d"}), Sent)
    assert line.microsoft.named("/v3/")[0].body == {"text": "Ines \ud83d"}


async def test_somebody_with_whom_no_conversation_can_be_begun_has_not_installed_the_app(line: Line) -> None:
    line.microsoft.instead["connector"] = [says(400, "BadArgument"), says(403, "BotNotInConversationRoster")]
    assert await line.connector.create(line.service, INES, tenant=TENANT) == NotInstalled("BadArgument")
    begun = await line.connector.create(line.service, INES, tenant=TENANT)
    assert begun == NotInstalled("BotNotInConversationRoster")


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (Blocked("a"), outcomes.Unreachable("a")),
        (NotInstalled("a"), outcomes.Unreachable("a")),
        (Gone("a"), outcomes.Unreachable("a")),
        (TooBig("a"), outcomes.Blocked("a")),
        (Refused("a"), outcomes.Blocked("a")),
        (Throttled(3, "a"), outcomes.Throttled(3, "a")),
        (Throttled(3, "a", everything=True), outcomes.Throttled(3, "a", everything=True)),
        (Transient(3, "a"), outcomes.TryLater(3, "a")),
        (Ambiguous("a"), outcomes.Unknown("a")),
    ],
)
def test_each_end_has_its_meaning_for_the_outbox(trouble: Trouble, expected: object) -> None:
    assert outcome(trouble) == expected


# --- the messenger


@pytest.fixture
def messenger(line: Line) -> TeamsMessenger:
    return TeamsMessenger(line.connector, line.hosts.home)


async def test_the_outbox_sends_a_card_and_changes_it_in_place(line: Line, messenger: TeamsMessenger) -> None:
    sent = await messenger.post(str(line.spot), SAID, delivery="intro:1:ines")
    assert isinstance(sent, Sent)
    assert sent.conversation == str(line.spot)
    assert await messenger.update(sent.conversation, sent.receipt, SAID) == sent
    new, changed = line.microsoft.named("/v3/")
    assert new.body["summary"] == changed.body["summary"] == SAID.summary
    assert new.body["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "intro:1:ines" not in str(new.body)
    assert new.body["channelData"] == {"notification": {"alert": True}}
    assert "channelData" not in changed.body, "a change in place notifies nobody"
    await messenger.post(str(line.spot), SAID)
    assert "channelData" not in line.microsoft.named("/v3/")[2].body, "who was answered is looking"


async def test_a_page_too_long_for_one_card_is_sent_as_several(line: Line, messenger: TeamsMessenger) -> None:
    long = Message("Two letters.", tuple(Paragraph((Plain(letter * 15_000),)) for letter in "ab"))
    sent = await messenger.post(str(line.spot), long)
    assert isinstance(sent, Sent)
    first, last = line.microsoft.named("/v3/")
    assert "aaa" in str(first.body)
    assert "bbb" in str(last.body)
    line.microsoft.instead["connector"] = [says(403, "ConversationBlockedByUser")]
    assert await messenger.post(str(line.spot), long) == outcomes.Unreachable("ConversationBlockedByUser")
    assert len(line.microsoft.named("/v3/")) == 3, "nothing follows what did not arrive"


async def test_the_outbox_opens_a_private_conversation_at_home(line: Line, messenger: TeamsMessenger) -> None:
    line.microsoft.instead["connector"] = [web.json_response({"id": "a:1"}, status=201)]
    opened = await messenger.open([Account("teams", TENANT, INES)])
    assert opened == f"{line.microsoft.url('/teams')} a:1"
    assert isinstance(opened, str)
    assert isinstance(await messenger.post(opened, SAID), Sent)


async def test_a_conversation_of_several_cannot_be_begun(messenger: TeamsMessenger) -> None:
    pair = [Account("teams", TENANT, INES), Account("teams", TENANT, "another")]
    assert await messenger.open(pair) == outcomes.Blocked("a bot cannot begin a conversation of several")


Act_of = Callable[[TeamsMessenger, str], Awaitable[object]]


@pytest.mark.parametrize(
    "act",
    [
        lambda messenger, _: messenger.open([Account("teams", TENANT, INES)]),
        lambda messenger, spot: messenger.post(spot, SAID, delivery="x"),
        lambda messenger, spot: messenger.update(spot, "1:a", SAID),
    ],
    ids=["open", "post", "update"],
)
async def test_who_blocked_the_bot_cannot_be_reached(line: Line, messenger: TeamsMessenger, act: Act_of) -> None:
    line.microsoft.instead["connector"] = [says(403, "ConversationBlockedByUser")]
    assert await act(messenger, str(line.spot)) == outcomes.Unreachable("ConversationBlockedByUser")


async def test_what_cannot_be_drawn_or_has_no_place_is_refused_before_anything_is_called(
    line: Line, messenger: TeamsMessenger
) -> None:
    empty = Message(" ", ())
    assert isinstance(await messenger.post(str(line.spot), empty), outcomes.Blocked)
    assert isinstance(await messenger.update(str(line.spot), "1:a", empty), outcomes.Blocked)
    assert isinstance(await messenger.post("D0A1", SAID), outcomes.Blocked)
    assert isinstance(await messenger.update("D0A1", "1:a", SAID), outcomes.Blocked)
    assert line.microsoft.calls == []


async def test_whether_a_message_arrived_cannot_be_told(line: Line, messenger: TeamsMessenger) -> None:
    found = await messenger.find(str(line.spot), delivery="x", since=datetime(2026, 5, 11, tzinfo=UTC))
    assert isinstance(found, CannotTell)


def test_the_pace_stays_below_what_teams_permits(messenger: TeamsMessenger) -> None:
    acts, one = messenger.paces.acts, messenger.paces.conversation
    assert acts.keys() == set(Act)
    assert sum(pace.burst + pace.per_minute / 60 for pace in acts.values()) < 50
    for most, seconds in ((7, 1), (8, 2), (60, 30), (1800, 3600)):
        assert one.burst + one.per_minute * seconds / 60 <= most


async def test_what_is_on_this_machine_is_not_asked_by_way_of_a_proxy(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with open_client(httpx.Timeout(2)) as http:
        assert (await http.get(line.microsoft.url("/openid"))).status_code == 200
        with pytest.raises(httpx.ConnectError):
            await http.get("https://smba.trafficmanager.net/")


LONG = Message("All of it.", (Bullets(tuple((Plain(f"{number} " + "word " * 150),) for number in range(60))),))
"""More than a card holds."""


async def test_a_page_of_which_a_part_arrived_is_not_simply_tried_again(line: Line, messenger: TeamsMessenger) -> None:
    line.microsoft.instead["connector"] = [web.json_response({"id": "1"}, status=201), says(429, "Throttled")]
    assert await messenger.post(str(line.spot), LONG) == outcomes.Unknown("sent in part: Throttled")
    line.microsoft.instead["connector"] = [says(429, "Throttled")]
    assert await messenger.post(str(line.spot), LONG) == outcomes.Throttled(10, "Throttled")
    line.microsoft.instead["connector"] = [web.json_response({"id": "1"}, status=201), says(403)]
    assert await messenger.post(str(line.spot), LONG) == outcomes.Unreachable("HTTP 403")
