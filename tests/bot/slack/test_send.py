"""How a call ends is told by type: taken, refused, not taken yet, or not to be known."""

from collections.abc import AsyncIterator

import aiohttp
import httpx
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.send import SlackMessenger, opaque
from flows.people import Account
from flows.voice.message import File, Message, Paragraph, Plain
from handlers.outcomes import Blocked, Sent, Throttled, TryLater, Unknown, Unreachable
from tests.bot.examples import NUDGE, REPORT
from tests.bot.slack.stub import Answer, SlackStub, drop

INES = Account("slack", "T0HOME", "U0INES")
MIRA = Account("slack", "T0HOME", "U0MIRA")


@pytest.fixture
async def messenger(slack: SlackStub) -> AsyncIterator[SlackMessenger]:
    """A messenger with as little patience as a test has."""
    patience = aiohttp.ClientTimeout(total=0.5, connect=0.2)
    async with aiohttp.ClientSession(timeout=patience) as session, httpx.AsyncClient(timeout=0.5) as http:
        client = AsyncWebClient("xoxb-1", base_url=slack.url, session=session, retry_handlers=[])
        yield SlackMessenger(client, http)


def refusal(error: str) -> Answer:
    return {"ok": False, "error": error}


async def test_a_message_is_posted_with_an_opaque_mark_and_without_previews(
    slack: SlackStub, messenger: SlackMessenger
) -> None:
    outcome = await messenger.post("D0A1", NUDGE, delivery="nudge:ines:2026-W20")
    assert outcome == Sent("D0A1", "1778486500.000001")
    (sent,) = slack.named("chat.postMessage")
    assert sent["channel"] == "D0A1"
    assert sent["metadata"]["event_payload"] == {"delivery": opaque("nudge:ines:2026-W20")}
    assert "ines" not in str(sent["metadata"])
    assert sent["unfurl_links"] is False
    assert sent["unfurl_media"] is False
    assert sent["text"].startswith("You and Mira have no date yet")


async def test_a_message_is_changed_in_place(slack: SlackStub, messenger: SlackMessenger) -> None:
    outcome = await messenger.update("D0A1", "1778486400.000001", NUDGE)
    assert outcome == Sent("D0A1", "1778486400.000001")
    assert slack.named("chat.update")[0]["ts"] == "1778486400.000001"


async def test_a_conversation_is_opened_with_one_or_several(slack: SlackStub, messenger: SlackMessenger) -> None:
    assert await messenger.open([INES, MIRA]) == "D0A1"
    assert slack.named("conversations.open") == [{"users": "U0INES,U0MIRA"}]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal("channel_not_found"), Unreachable("channel_not_found")),
        (refusal("invalid_blocks"), Blocked("invalid_blocks")),
        (refusal("fatal_error"), Unknown("fatal_error")),
        (refusal("internal_error"), Unknown("internal_error")),
        (refusal("request_timeout"), Unknown("request_timeout")),
        (refusal("service_unavailable"), Unknown("service_unavailable")),
        (refusal("token_revoked"), Throttled(600, "token_revoked", everything=True)),
        (refusal("ratelimited"), Throttled(30, "Slack asks to wait")),
        (web.Response(status=500, text="<html>"), Unknown("HTTP 500")),
        (web.Response(status=503, text="no json", content_type="application/json"), Unknown("HTTP 503")),
        (web.Response(status=502, body=b"\xff", content_type="application/json"), Unknown("UnicodeDecodeError")),
        (web.Response(text='{"ok": tr', content_type="application/json"), Unknown("HTTP 200")),
        (web.json_response({}), Unknown("HTTP 200")),
        (drop, Unknown("ServerDisconnectedError")),
    ],
)
async def test_a_post_is_made_once_whatever_becomes_of_it(
    slack: SlackStub, messenger: SlackMessenger, answer: Answer, expected: object
) -> None:
    slack.instead["chat.postMessage"] = [answer]
    assert await messenger.post("D0A1", NUDGE, delivery="x") == expected
    assert len(slack.named("chat.postMessage")) == 1


async def test_nobody_waits_for_ever(slack: SlackStub, messenger: SlackMessenger) -> None:
    slack.instead["chat.postMessage"] = [slack.hold]
    assert await messenger.post("D0A1", NUDGE, delivery="x") == Unknown("TimeoutError")


async def test_slack_names_the_seconds_to_wait(slack: SlackStub, messenger: SlackMessenger) -> None:
    busy = web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "7"})
    slack.instead["chat.postMessage"] = [busy]
    assert await messenger.post("D0A1", NUDGE, delivery="x") == Throttled(7, "Slack asks to wait")


async def test_where_nobody_listens_nothing_was_taken(slack: SlackStub, messenger: SlackMessenger) -> None:
    await slack.server.close()
    assert await messenger.post("D0A1", NUDGE, delivery="x") == TryLater(5, "Slack could not be reached")


async def test_what_changes_nothing_the_second_time_is_tried_again(slack: SlackStub, messenger: SlackMessenger) -> None:
    slack.instead["chat.update"] = [drop]
    slack.instead["conversations.open"] = [refusal("fatal_error"), refusal("user_disabled")]
    assert await messenger.update("D0A1", "1.2", NUDGE) == TryLater(5, "ServerDisconnectedError")
    assert await messenger.open([INES]) == TryLater(5, "fatal_error")
    assert await messenger.open([INES]) == Unreachable("user_disabled")


async def test_what_cannot_be_drawn_is_refused_without_a_call(slack: SlackStub, messenger: SlackMessenger) -> None:
    long = Message("x", (Paragraph((Plain("private " * 2000),)),))
    for outcome in (await messenger.post("D0A1", long, delivery="x"), await messenger.update("D0A1", "1.2", long)):
        assert isinstance(outcome, Blocked)
        assert "private" not in outcome.reason
    assert slack.calls == []


async def test_a_file_is_brought_before_its_message_and_shared_after_it(
    slack: SlackStub, messenger: SlackMessenger
) -> None:
    assert await messenger.post("D0A1", REPORT, delivery="x") == Sent("D0A1", "1778486500.000001")
    assert [name for name, _ in slack.calls] == [
        "files.getUploadURLExternal",
        "upload",
        "chat.postMessage",
        "files.completeUploadExternal",
    ]
    assert slack.named("upload") == [b"name,value\n"]
    assert slack.named("files.getUploadURLExternal")[0]["length"] == "11"
    assert slack.named("files.completeUploadExternal")[0]["channel_id"] == "D0A1"


async def test_a_file_that_cannot_be_brought_stops_the_message(slack: SlackStub, messenger: SlackMessenger) -> None:
    slack.instead["upload"] = [web.Response(status=500)]
    assert await messenger.post("D0A1", REPORT, delivery="x") == TryLater(5, "HTTPStatusError")
    assert slack.named("chat.postMessage") == []


async def test_a_message_without_its_file_is_not_sent_twice(slack: SlackStub, messenger: SlackMessenger) -> None:
    slack.instead["files.completeUploadExternal"] = [refusal("file_uploads_disabled")]
    outcome = await messenger.post("D0A1", REPORT, delivery="x")
    assert outcome == Unknown("sent without its file: file_uploads_disabled")


async def test_a_file_is_handed_over_alone(slack: SlackStub, messenger: SlackMessenger) -> None:
    assert await messenger.hand_over("D0A1", [File("a.csv", "A", "x")]) == Sent("D0A1", "")
    assert slack.named("chat.postMessage") == []
