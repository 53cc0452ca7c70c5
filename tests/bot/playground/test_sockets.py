"""Socket Mode as the workspace speaks it: tickets, hello, envelopes, and frames that are not taken."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import acts
from bot.playground.person import Person
from bot.playground.sockets import MOST_CONNECTIONS, TICKET_SECONDS
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def switched_on(workspace: Workspace) -> None:
    """Socket Mode is on in the app's settings."""
    workspace.sockets.on = True


Connect = Callable[[], Any]


@pytest.fixture
def connect(workspace: Workspace, client: AsyncWebClient, session: ClientSession) -> Connect:
    """A connection of the app that has been greeted; `hello` is what it was greeted with."""

    @asynccontextmanager
    async def connected() -> AsyncIterator[tuple[ClientWebSocketResponse, Json]]:
        granted = await client.apps_connections_open(app_token=workspace.app_token)
        async with session.ws_connect(granted["url"]) as socket:
            hello = await socket.receive_json()
            # The greeting is on its way a moment before payloads may be.
            before = len(workspace.sockets.connections)
            if hello["type"] == "hello" and before < hello["num_connections"]:
                await workspace.until(lambda: len(workspace.sockets.connections) > before)
            yield socket, hello

    return connected


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_connections_are_opened_with_the_app_token_alone(workspace: Workspace, client: AsyncWebClient) -> None:
    assert await error_of(client.apps_connections_open(app_token=workspace.token)) == "not_allowed_token_type"
    assert await error_of(client.apps_connections_open(app_token="xapp-1-A0-no")) == "invalid_auth"
    assert await error_of(client.auth_test(token=workspace.app_token)) == "not_allowed_token_type"
    workspace.sockets.on = False
    assert await error_of(client.apps_connections_open(app_token=workspace.app_token)) == "forbidden_team"


async def test_an_address_is_good_once_and_not_for_long(
    workspace: Workspace, client: AsyncWebClient, session: ClientSession, hands: Hands
) -> None:
    first = await client.apps_connections_open(app_token=workspace.app_token)
    second = await client.apps_connections_open(app_token=workspace.app_token)
    assert first["url"].startswith("ws://127.0.0.1:")
    async with session.ws_connect(first["url"]):
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(first["url"])
    hands.ahead += TICKET_SECONDS + 1
    with pytest.raises(WSServerHandshakeError):
        await session.ws_connect(second["url"])
    assert workspace.refused == ["socket: this ticket is unknown or was used", "socket: this ticket is too old"]


async def test_hello_counts_connections_and_the_eleventh_is_sent_away(workspace: Workspace, connect: Connect) -> None:
    async with connect() as (_, hello), connect() as (_, second):
        assert hello["connection_info"] == {"app_id": workspace.company.app.app}
        assert [hello["num_connections"], second["num_connections"]] == [1, 2]
    await workspace.until(lambda: not workspace.sockets.connections)
    every = [connect() for _ in range(MOST_CONNECTIONS)]
    for one in every:
        await one.__aenter__()
    async with connect() as (socket, told):
        assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
        assert (await socket.receive()).type is WSMsgType.CLOSE
    for one in every:
        await one.__aexit__(None, None, None)


async def test_what_people_do_comes_in_envelopes(workspace: Workspace, connect: Connect, ines: Person) -> None:
    async with connect() as (socket, _):
        typing = asyncio.create_task(ines.types("Hello"))
        event = await socket.receive_json()
        assert (event["type"], event["accepts_response_payload"]) == ("events_api", False)
        assert (event["retry_attempt"], event["retry_reason"]) == (0, "")
        assert event["payload"]["event"]["text"] == "Hello"
        await socket.send_json({"envelope_id": event["envelope_id"]})
        said = await typing
        assert said.delivery is not None
        assert said.delivery.taken

        asking = asyncio.create_task(ines.asks("/mentor", "help"))
        command = await socket.receive_json()
        assert (command["type"], command["accepts_response_payload"]) == ("slash_commands", True)
        assert (command["payload"]["command"], command["payload"]["text"]) == ("/mentor", "help")
        await socket.send_json({"envelope_id": command["envelope_id"], "payload": {"text": "Here you are"}})
        assert (await asking).notice is None
        assert ines.answer.summary == "Here you are"
        assert event["envelope_id"] != command["envelope_id"]
    assert workspace.refused == []
    assert workspace.wire.named("/mentor")[-1].answer == {"text": "Here you are"}


async def test_a_modal_is_refused_through_the_frame(
    workspace: Workspace, connect: Connect, client: AsyncWebClient, ines: Person
) -> None:
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "My letter"},
        "submit": {"type": "plain_text", "text": "Seal it"},
        "blocks": [
            {
                "type": "input",
                "block_id": "letter",
                "label": {"type": "plain_text", "text": "Letter"},
                "element": {"type": "plain_text_input", "action_id": "letter"},
            }
        ],
    }
    await client.views_open(trigger_id=workspace.tickets.trigger(ines.id, in_modal=False), view=view)
    await ines.fills("Letter", "Dear me")
    async with connect() as (socket, _):
        sending = asyncio.create_task(ines.submits())
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", True)
        errors = {"response_action": "errors", "errors": {"letter": "A line more would help."}}
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": errors})
        assert (await sending).errors == {"letter": "A line more would help."}
    modal = ines.modal()
    assert modal is not None
    assert modal.errors == ("A line more would help.",)


async def test_an_event_without_a_frame_comes_again_and_a_command_does_not(
    workspace: Workspace, connect: Connect, ines: Person, hands: Hands
) -> None:
    workspace.ack_seconds = 0.05
    async with connect() as (socket, _):
        outcome = await ines.types("Hello")
        assert outcome.delivery is not None
        assert outcome.delivery.reason == "http_timeout"
        workspace.ack_seconds = 5
        attempts = [await socket.receive_json() for _ in range(2)]
        assert [one["retry_attempt"] for one in attempts] == [0, 1]
        assert attempts[1]["retry_reason"] == "timeout"
        assert attempts[0]["payload"]["event_id"] == attempts[1]["payload"]["event_id"]
        assert attempts[0]["envelope_id"] != attempts[1]["envelope_id"]
        await socket.send_json({"envelope_id": attempts[0]["envelope_id"]})  # too late, and no fault
        await socket.send_json({"envelope_id": attempts[1]["envelope_id"]})
        await workspace.settled()
        assert hands.slept == [0.0]

        workspace.ack_seconds = 0.05
        asked = await ines.asks("/mentor", "help")
        assert asked.notice == "/mentor did not work: the app did not answer in time. Try again in a moment."
        await workspace.settled()
    assert len(workspace.wire.named("/mentor")) == 1
    assert workspace.refused == []


async def test_without_a_connection_nothing_arrives_and_nothing_goes_over_http(
    workspace: Workspace, ines: Person
) -> None:
    workspace.app_url = "http://127.0.0.1:9/slack/events"
    asked = await ines.asks("/mentor", "help")
    assert asked.delivery is not None
    assert (asked.delivery.status, asked.delivery.reason) == (0, "connection_failed")


async def test_the_dice_choose_the_connection(workspace: Workspace, connect: Connect, ines: Person) -> None:
    async with connect(), connect() as (second, _):
        workspace.sockets.dice = lambda sides: sides - 1
        asking = asyncio.create_task(ines.asks("/mentor", "help"))
        envelope = await second.receive_json()
        await second.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await asking).notice is None


@pytest.mark.parametrize(
    ("frame", "finding"),
    [
        ("no json", "a frame is a JSON object"),
        ("[]", "a frame is a JSON object"),
        ('{"envelope_id": "E", "type": "ack"}', "type: no field of an acknowledgement"),
        ('{"payload": {}}', "an acknowledgement names an envelope that this connection did not bring"),
        ('{"envelope_id": 7}', "an acknowledgement names an envelope that this connection did not bring"),
        ('{"envelope_id": "E"}', "an acknowledgement names an envelope that this connection did not bring"),
    ],
)
async def test_frames_that_acknowledge_nothing_are_refused(
    workspace: Workspace, connect: Connect, frame: str, finding: str
) -> None:
    async with connect() as (socket, _):
        await socket.send_str(frame)
    await workspace.until(lambda: not workspace.sockets.connections)
    assert workspace.refused == [f"socket: {finding}"]


async def test_an_envelope_is_acknowledged_where_it_came_and_once(
    workspace: Workspace, connect: Connect, ines: Person
) -> None:
    workspace.sockets.dice = lambda _: 0
    async with connect() as (first, _), connect() as (second, _):
        asking = asyncio.create_task(ines.asks("/mentor", "help"))
        name = (await first.receive_json())["envelope_id"]
        await second.send_json({"envelope_id": name})
        await second.close()
        await workspace.until(lambda: len(workspace.sockets.connections) == 1)
        assert not asking.done()
        await first.send_str(json.dumps({"envelope_id": name}))
        await asking
    assert workspace.refused == [
        "socket: an acknowledgement names an envelope that this connection did not bring",
    ]


async def test_an_event_takes_no_payload(workspace: Workspace, connect: Connect, ines: Person) -> None:
    workspace.ack_seconds = 0.3
    async with connect() as (socket, _):
        typing = asyncio.create_task(ines.types("Hello"))
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Hello yourself"}})
        outcome = await typing
        assert outcome.delivery is not None
        assert not outcome.delivery.taken
    assert workspace.refused == ["socket: an acknowledgement has a payload that this envelope does not take"]


async def test_a_connection_is_warned_refreshed_and_closed(
    workspace: Workspace, connect: Connect, ines: Person
) -> None:
    async with connect() as (old, _):
        (connection,) = workspace.sockets.connections
        await workspace.sockets.warn(connection)
        assert (await old.receive_json())["reason"] == "warning"
        asking = asyncio.create_task(ines.asks("/mentor", "help"))
        envelope = await old.receive_json()
        closing = asyncio.create_task(workspace.sockets.refresh(connection))
        assert (await old.receive_json())["reason"] == "refresh_requested"
        assert workspace.sockets.connections == []
        await old.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await asking).notice is None
        assert (await old.receive()).type is WSMsgType.CLOSE
        await closing


async def test_turning_socket_mode_off_says_so_and_closes(workspace: Workspace, connect: Connect) -> None:
    async with connect() as (socket, _):
        turning = asyncio.create_task(workspace.sockets.turn_off())
        assert (await socket.receive_json())["reason"] == "link_disabled"
        assert (await socket.receive()).type is WSMsgType.CLOSE
        await turning


async def test_a_line_that_breaks_says_nothing(workspace: Workspace, connect: Connect, ines: Person) -> None:
    async with connect() as (socket, _):
        asking = asyncio.create_task(ines.asks("/mentor", "help"))
        await socket.receive_json()
        workspace.sockets.drop(workspace.sockets.connections[0])
        asked = await asking
        assert asked.delivery is not None
        assert asked.delivery.reason == "connection_failed"
        assert (await socket.receive()).type in {WSMsgType.CLOSED, WSMsgType.ERROR}


async def test_over_http_nothing_changes(
    workspace: Workspace, client: AsyncWebClient, app: AsyncApp, ines: Person
) -> None:
    workspace.sockets.on = False

    async def answer(ack: AsyncAck) -> None:
        await ack("Hello")

    app.command("/mentor")(answer)
    assert (await ines.asks("/mentor", "help")).notice is None
    assert ines.answer.summary == "Hello"
    await acts.open_app(workspace, ines.id, tab="messages")
