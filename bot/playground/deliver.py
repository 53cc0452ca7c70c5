"""Signs what people do and posts it to the app, as Slack does; repeats events that the app did not take."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.playground.workspace import Workspace

Json = dict[str, Any]
EVENT_DELAYS = (0.0, 60.0, 300.0)
"""Seconds before each repeat of an event (docs.slack.dev/apis/events-api)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """How a delivery deviates from what Slack would send; by default not at all."""

    signature: str | None = None
    """Sent in place of the right one; "" sends none."""
    age: float = 0.0
    """Seconds that the time stamp lies in the past."""
    body: bytes | None = None
    """Sent in place of the payload, with a right signature unless that is forged too."""


HONEST = Forgery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one request to the app."""

    status: int
    """HTTP status; 0 when the app did not answer in time or not at all."""
    body: str
    milliseconds: float
    reason: str = ""
    """Why it failed, in the words of Slack's retry header; empty when it was taken."""
    no_retry: bool = False

    @property
    def taken(self) -> bool:
        """Whether the app acknowledged it."""
        return not self.reason


async def deliver_form(
    workspace: Workspace, *, name: str, who: str | None, form: Mapping[str, str], forgery: Forgery = HONEST
) -> Delivery:
    """A slash command: form fields."""
    return await _send(
        workspace,
        name=name,
        who=who,
        shown=dict(form),
        body=urlencode(form).encode(),
        content_type="application/x-www-form-urlencoded",
        forgery=forgery,
    )


async def deliver_payload(
    workspace: Workspace, payload: Json, *, who: str | None, forgery: Forgery = HONEST
) -> Delivery:
    """An interaction: one form field with JSON in it."""
    return await _send(
        workspace,
        name=payload["type"],
        who=who,
        shown=payload,
        body=urlencode({"payload": json.dumps(payload)}).encode(),
        content_type="application/x-www-form-urlencoded",
        forgery=forgery,
    )


async def deliver_event(
    workspace: Workspace, event: Json, *, who: str | None, forgery: Forgery = HONEST, event_id: str | None = None
) -> Delivery:
    """An event; returns the first attempt, while repeats go on in the background (see `Workspace.settled`)."""
    company = workspace.company
    envelope = {
        "token": "not-used",
        "team_id": company.team,
        "context_team_id": company.team,
        "context_enterprise_id": None,
        "api_app_id": company.app.app,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or f"Ev{workspace.new_id().upper()}",
        "event_time": int(workspace.times.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": company.team,
                "user_id": company.app.user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
    first = await _send_event(workspace, envelope, who=who, forgery=forgery, headers={})
    if not first.taken and not first.no_retry:
        task = asyncio.ensure_future(_repeat(workspace, envelope, who=who, reason=first.reason))
        workspace.background.add(task)
        task.add_done_callback(workspace.background.discard)
    return first


async def _repeat(workspace: Workspace, envelope: Json, *, who: str | None, reason: str) -> None:
    for n, delay in enumerate(EVENT_DELAYS, start=1):
        await workspace.times.sleep(delay)
        headers = {"X-Slack-Retry-Num": str(n), "X-Slack-Retry-Reason": reason}
        again = await _send_event(workspace, envelope, who=who, forgery=HONEST, headers=headers)
        if again.taken or again.no_retry:
            return
        reason = again.reason


async def _send_event(
    workspace: Workspace, envelope: Json, *, who: str | None, forgery: Forgery, headers: Mapping[str, str]
) -> Delivery:
    return await _send(
        workspace,
        name=envelope["event"]["type"],
        who=who,
        shown=envelope,
        body=json.dumps(envelope).encode(),
        content_type="application/json",
        forgery=forgery,
        headers=headers,
    )


async def _send(
    workspace: Workspace,
    *,
    name: str,
    who: str | None,
    shown: Json,
    body: bytes,
    content_type: str,
    forgery: Forgery,
    headers: Mapping[str, str] | None = None,
) -> Delivery:
    if forgery.body is not None:
        body = forgery.body
    started = workspace.times.real()
    status, answer, reason, no_retry = 0, "", "", False
    sent = {**_signed(workspace, body, forgery), "Content-Type": content_type, **(headers or {})}
    try:
        async with asyncio.timeout(workspace.ack_seconds):
            response = await workspace.to_app.post(workspace.app_url, content=body, headers=sent)
        status, answer = response.status_code, response.text
        no_retry = response.headers.get("x-slack-no-retry") == "1"
        reason = "" if 200 <= status < 300 else "http_error"
    except TimeoutError:
        reason = "http_timeout"
    except httpx.HTTPError:
        reason = "connection_failed"
    milliseconds = (workspace.times.real() - started) * 1000
    attempt = (headers or {}).get("X-Slack-Retry-Num")
    note = ", ".join(filter(None, (f"retry {attempt} of {len(EVENT_DELAYS)}" if attempt else "", reason)))
    workspace.wire.record(
        to_app=True,
        name=name,
        who=who,
        request=shown,
        answer=_as_json(answer),
        status=status,
        milliseconds=milliseconds,
        note=note,
    )
    workspace.changed("wire")
    return Delivery(status=status, body=answer, milliseconds=milliseconds, reason=reason, no_retry=no_retry)


def _signed(workspace: Workspace, body: bytes, forgery: Forgery) -> dict[str, str]:
    stamp = str(int(workspace.times.real() - forgery.age))
    base = b"v0:" + stamp.encode() + b":" + body
    right = "v0=" + hmac.new(workspace.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    signature = right if forgery.signature is None else forgery.signature
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    return {name: value for name, value in headers.items() if value}


def _as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
