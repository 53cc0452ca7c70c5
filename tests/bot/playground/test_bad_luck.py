"""Limits, faults on demand, forged and repeated deliveries."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.deliver import Forgery, deliver_payload
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands, open_dm
from tests.bot.playground.test_acts import actions, button

Json = dict[str, Any]


async def _limited(call: Any) -> int:
    with pytest.raises(SlackApiError) as caught:
        await call
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    return int(caught.value.response.headers["Retry-After"])


async def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(
    client: AsyncWebClient, hands: Hands
) -> None:
    channel, other = await open_dm(client, "U0INES"), await open_dm(client, "U0MIRA")
    for n in range(4):
        await client.chat_postMessage(channel=channel, text=f"{n}")
    assert await _limited(client.chat_postMessage(channel=channel, text="too soon")) == 1
    await client.chat_postMessage(channel=other, text="another channel is free")
    hands.limits += 1
    await client.chat_postMessage(channel=channel, text="now")
    assert await _limited(client.chat_postMessage(channel=channel, text="too soon again")) == 1


async def test_a_method_has_its_calls_a_minute(client: AsyncWebClient, hands: Hands) -> None:
    for _ in range(20):
        await client.users_list()
    hands.limits += 20
    assert await _limited(client.users_list()) == 40
    await client.users_info(user="U0INES")
    hands.limits += 40
    await client.users_list()


async def test_a_refused_call_and_a_broken_server_change_nothing(
    client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    channel = await open_dm(client, ines.id)
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.RATE_LIMITED, retry_after=30))
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.SERVER_ERROR))
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.REFUSED, error="fatal_error"))
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.LOST))
    assert await _limited(client.chat_postMessage(channel=channel, text="one")) == 30
    with pytest.raises(SlackApiError, match="status: 500"):
        await client.chat_postMessage(channel=channel, text="two")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.chat_postMessage(channel=channel, text="three")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=channel, text="four")
    assert ines.reads() == ()
    await client.chat_postMessage(channel=channel, text="five")
    assert ines.last_message.summary == "five"


async def test_an_answer_can_be_lost_after_the_message_is_there(
    client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    channel = await open_dm(client, ines.id)
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.DROPPED))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=channel, text="dropped")
    assert ines.last_message.summary == "dropped"

    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.SILENT))
    # With a session of our own, the session's limit counts and not the client's.
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as hasty:
        client.session = hasty
        with pytest.raises(TimeoutError):
            await client.chat_postMessage(channel=channel, text="held")
    assert ines.last_message.summary == "held"
    assert [c.status for c in workspace.wire.named("chat.postMessage")] == [0, 0]


async def test_what_is_done_can_be_answered_with_an_error_with_half_an_answer_or_late(
    client: AsyncWebClient, workspace: Workspace, ines: Person, hands: Hands
) -> None:
    channel = await open_dm(client, ines.id)
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.BROKEN_AFTER))
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.GARBLED))
    workspace.faults.on("chat.postMessage", Fault(trouble=Trouble.LATE, seconds=15))
    with pytest.raises(SlackApiError, match="status: 500"):
        await client.chat_postMessage(channel=channel, text="one")
    with pytest.raises(SlackApiError, match="non-JSON format"):
        await client.chat_postMessage(channel=channel, text="two")
    await client.chat_postMessage(channel=channel, text="three")
    assert [seen.summary for seen in ines.reads()] == ["one", "two", "three"]
    assert hands.slept == [15]


async def test_a_refusal_for_haste_may_not_say_how_long(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.faults.on("users.list", Fault(trouble=Trouble.RATE_LIMITED, retry_after=None))
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert "Retry-After" not in caught.value.response.headers


async def test_a_forged_or_late_signature_is_not_heard(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    heard: list[Json] = []

    @app.action("met")
    async def on_met(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    channel = await open_dm(client, ines.id)
    await client.chat_postMessage(channel=channel, text="Met?", blocks=[actions(button("We met", "met"))])
    workspace = ines.workspace
    await ines.presses("We met")
    payload = workspace.wire.named("block_actions")[-1].request

    forged = await deliver_payload(workspace, payload, who=ines.id, forgery=Forgery(signature="v0=00"))
    late = await deliver_payload(workspace, payload, who=ines.id, forgery=Forgery(age=301))
    unsigned = await deliver_payload(workspace, payload, who=ines.id, forgery=Forgery(signature=""))
    assert [forged.status, late.status, unsigned.status] == [401, 401, 401]
    assert len(heard) == 1

    twice = await deliver_payload(workspace, payload, who=ines.id)
    assert twice.status == 200
    assert heard[1]["trigger_id"] == heard[0]["trigger_id"]


async def test_an_event_that_fails_comes_again_three_times(
    app: AsyncApp, workspace: Workspace, ines: Person, hands: Hands
) -> None:
    heard: list[tuple[str, str | None, str | None]] = []

    @app.event("message")
    async def on_message(body: Json, req: Any) -> None:
        number, reason = req.headers.get("x-slack-retry-num"), req.headers.get("x-slack-retry-reason")
        heard.append((body["event_id"], number and number[0], reason and reason[0]))
        raise RuntimeError("the database is away")

    outcome = await ines.types("hello")
    await workspace.settled()

    assert outcome.delivery is not None
    assert outcome.delivery.status == 500
    assert [(number, reason) for _, number, reason in heard] == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]
    assert len({event_id for event_id, _, _ in heard}) == 1
    assert hands.slept == [0.0, 60.0, 300.0]


async def test_a_repeat_that_is_taken_is_the_last(app: AsyncApp, workspace: Workspace, ines: Person) -> None:
    attempts: list[str] = []

    @app.event("message")
    async def on_message(body: Json) -> None:
        attempts.append(body["event_id"])
        if len(attempts) == 1:
            raise RuntimeError("once")

    await ines.types("hello")
    await workspace.settled()
    assert len(attempts) == 2
    assert [c.note for c in workspace.wire.named("message")] == ["http_error", "retry 1 of 3"]


async def test_who_waits_too_long_is_told(app: AsyncApp, workspace: Workspace, ines: Person) -> None:
    go_on = asyncio.Event()

    @app.command("/mentor")
    async def on_mentor(ack: Any) -> None:
        await go_on.wait()
        await ack()

    workspace.ack_seconds = 0.1
    outcome = await ines.asks("/mentor")
    go_on.set()
    assert outcome.delivery is not None
    assert (outcome.delivery.status, outcome.delivery.reason) == (0, "http_timeout")
    assert ines.notices() == ("/mentor did not work: the app did not answer in time. Try again in a moment.",)


async def test_an_app_that_is_not_there_is_told_to_the_person(workspace: Workspace, ines: Person) -> None:
    workspace.app_url = "http://127.0.0.1:9/slack/events"
    outcome = await ines.asks("/mentor")
    assert outcome.notice == "/mentor did not work: the app could not be reached. Try again in a moment."


async def test_an_answer_that_slack_cannot_show_is_recorded(app: AsyncApp, workspace: Workspace, ines: Person) -> None:
    @app.command("/mentor")
    async def on_mentor(ack: Any) -> None:
        await ack(blocks=[{"type": "divider"}])

    outcome = await ines.asks("/mentor")
    assert outcome.notice == "The app answered something that Slack cannot show."
    assert ines.ephemerals() == ()
    assert workspace.refused[0].startswith("command answer: no_text")


async def test_errors_for_a_field_that_is_not_there_are_recorded(
    app: AsyncApp, client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    from tests.bot.playground.test_acts import LETTER

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=LETTER)
        await ack()

    @app.view("letter")
    async def on_letter(ack: Any) -> None:
        await ack(response_action="errors", errors={"nowhere": "Wrong"})

    await ines.asks("/mentor")
    await ines.fills("Your letter", "Dear me")
    await ines.submits()
    assert "no input block is called nowhere" in workspace.refused[0]
    assert ines.modal() is not None


async def test_any_bytes_can_be_sent_in_place_of_a_payload(app: AsyncApp, workspace: Workspace, ines: Person) -> None:
    payload = {"type": "block_actions"}
    body = json.dumps("not a form").encode()
    outcome = await deliver_payload(workspace, payload, who=ines.id, forgery=Forgery(body=body))
    assert not outcome.taken
