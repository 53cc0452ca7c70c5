"""Messages to Slack, for the outbox: each call is made once, and its end is told by type, never by an exception."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from bot.answering import files_of
from bot.slack import render
from bot.slack.limits import PACES, Json
from bot.slack.trouble import Failure, meaning
from flows.people import Account
from flows.voice.message import File, Message
from handlers.outcomes import (
    Absent,
    Blocked,
    CannotTell,
    Finding,
    Found,
    Sent,
    Throttled,
    TryLater,
    Unknown,
    Unreachable,
)
from handlers.pacing import Paces

EVENT_TYPE: Final = "alongside"
"""Everybody in the workspace may read a message's metadata, so it holds nothing but an opaque id."""
PAGE: Final = 200
MOST_PAGES: Final = 5


class SlackMessenger:
    """`client` has no retry handlers: what may have been taken must not be sent again by itself."""

    def __init__(self, client: AsyncWebClient, http: httpx.AsyncClient) -> None:
        self._client = client
        self._http = http

    @property
    def paces(self) -> Paces:
        """How fast Slack lets us speak."""
        return PACES

    async def open(self, accounts: Sequence[Account]) -> str | Failure:
        """The conversation with these people (one to eight besides the bot); the same one each time."""
        try:
            answer = await self._client.conversations_open(users=[account.user for account in accounts])
        except Exception as failure:
            return meaning(failure, repeatable=True)
        return str(answer["channel"]["id"])

    async def post(self, conversation: str, message: Message, *, delivery: str = "") -> Sent | Failure:
        """A new message. `delivery` is the key by whose hash the message can be found again in the history."""
        drawn = _drawn(message)
        if isinstance(drawn, Blocked):
            return drawn
        uploaded = await self._upload(files_of(message))
        if not isinstance(uploaded, list):
            return uploaded
        marked = {"event_type": EVENT_TYPE, "event_payload": {"delivery": opaque(delivery)}}
        metadata = {"metadata": marked} if delivery else {}
        arguments = {"channel": conversation, **drawn, **metadata, "unfurl_links": False, "unfurl_media": False}
        sent = await self._send("chat.postMessage", arguments, repeatable=False)
        if isinstance(sent, Sent) and uploaded:
            return await self._share(uploaded, sent)
        return sent

    async def update(self, conversation: str, receipt: str, message: Message) -> Sent | Failure:
        """Another message in place of one that was sent; nobody is notified, and doing it twice changes nothing."""
        drawn = _drawn(message)
        if isinstance(drawn, Blocked):
            return drawn
        return await self._send("chat.update", {"channel": conversation, "ts": receipt, **drawn}, repeatable=True)

    async def find(self, conversation: str, *, delivery: str, since: datetime) -> Finding:
        """Whether the message of a delivery stands in a private conversation, by its metadata.

        A conversation of several people cannot be read: the bot has no scope for it, so that nobody need wonder.
        """
        if not conversation.startswith("D"):
            return CannotTell("the bot does not read shared conversations")
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                answer = await self._client.conversations_history(
                    channel=conversation,
                    oldest=f"{since.timestamp():.6f}",
                    limit=PAGE,
                    include_all_metadata=True,
                    cursor=cursor or None,
                )
            except Exception as failure:
                ended = meaning(failure, repeatable=True)
                return CannotTell(ended.reason) if isinstance(ended, Blocked | Unreachable | Unknown) else _told(ended)
            for message in answer["messages"]:
                if _delivery_of(message) == opaque(delivery):
                    return Found(conversation, str(message["ts"]))
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not answer.get("has_more") or not cursor:
                return CannotTell("its history has no end") if answer.get("has_more") else Absent()
        return CannotTell("too much was written since")

    async def hand_over(self, conversation: str, files: Sequence[File]) -> Sent | Failure:
        """Files alone, without a message."""
        uploaded = await self._upload(files)
        if not isinstance(uploaded, list):
            return uploaded
        return await self._share(uploaded, Sent(conversation, ""))

    async def _send(self, method: str, arguments: Mapping[str, Any], *, repeatable: bool) -> Sent | Failure:
        try:
            answer = await self._client.api_call(method, json=dict(arguments))
        except Exception as failure:
            return meaning(failure, repeatable=repeatable)
        return Sent(str(answer["channel"]), str(answer["ts"]))

    async def _upload(self, files: Sequence[File]) -> list[Json] | Failure:
        """Bring the bytes to Slack; nobody sees them before they are shared, so it can be repeated."""
        uploaded: list[Json] = []
        for file in files:
            content = file.text.encode()
            try:
                place = await self._client.files_getUploadURLExternal(filename=file.name, length=len(content))
                answer = await self._http.post(place["upload_url"], content=content)
                answer.raise_for_status()
            except Exception as failure:
                return meaning(failure, repeatable=True)
            uploaded.append({"id": place["file_id"], "title": file.title})
        return uploaded

    async def _share(self, uploaded: list[Json], sent: Sent) -> Sent | Failure:
        try:
            await self._client.files_completeUploadExternal(files=uploaded, channel_id=sent.conversation)
        except Exception as failure:
            # The message is there and would come twice, so its file may not be tried again either.
            ended = meaning(failure)
            return Unknown(f"sent without its file: {ended.reason}")
        return sent


def opaque(delivery: str) -> str:
    """What stands in a message's metadata for the key of its delivery, which tells who and what."""
    return hashlib.sha256(delivery.encode()).hexdigest()[:24]


def _delivery_of(message: Json) -> str:
    """What marks a message of ours in the history; "" for any other."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return str(payload.get("delivery", "")) if metadata.get("event_type") == EVENT_TYPE else ""


def _told(ended: TryLater | Throttled) -> Finding:
    """Slack cannot be asked just now; where the scope is missing, waiting does not help."""
    return CannotTell(ended.reason) if ended.reason == "missing_scope" else ended


def _drawn(message: Message) -> Json | Blocked:
    try:
        return render.message(message)
    except ValueError as mistake:
        return Blocked(f"it cannot be drawn: {mistake}")
