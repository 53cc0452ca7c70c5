"""Signs what people do and posts it to the app, or sends it over one of the app's connections, as Slack does; repeats
events that the app did not take."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.playground.sockets import Unacknowledged
from bot.playground.workspace import Workspace

Json = dict[str, Any]
EVENT_DELAYS = (0.0, 60.0, 300.0)
"""Seconds before each repeat of an event (docs.slack.dev/apis/events-api)."""
Retry = tuple[int, str]
"""Which repeat it is, from 1 on, and why the last attempt failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """How a delivery over HTTP deviates from what Slack would send; by default not at all."""

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
    """HTTP status, 200 for an acknowledgement over a connection; 0 when the app did not answer in time or at all."""
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
        kind="slash_commands",
        payload=dict(form),
        body=urlencode(form).encode(),
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
        kind="interactive",
        payload=payload,
        body=urlencode({"payload": json.dumps(payload)}).encode(),
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
    first = await _send_event(workspace, envelope, who=who, forgery=forgery, retry=None)
    if not first.taken and not first.no_retry:
        task = asyncio.ensure_future(_repeat(workspace, envelope, who=who, reason=first.reason))
        workspace.background.add(task)
        task.add_done_callback(workspace.background.discard)
    return first


async def _repeat(workspace: Workspace, envelope: Json, *, who: str | None, reason: str) -> None:
    for n, delay in enumerate(EVENT_DELAYS, start=1):
        await workspace.times.sleep(delay)
        again = await _send_event(workspace, envelope, who=who, forgery=HONEST, retry=(n, reason))
        if again.taken or again.no_retry:
            return
        reason = again.reason


async def _send_event(
    workspace: Workspace, envelope: Json, *, who: str | None, forgery: Forgery, retry: Retry | None
) -> Delivery:
    return await _send(
        workspace,
        name=envelope["event"]["type"],
        who=who,
        kind="events_api",
        payload=envelope,
        body=json.dumps(envelope).encode(),
        forgery=forgery,
        retry=retry,
    )


async def _send(
    workspace: Workspace,
    *,
    name: str,
    who: str | None,
    kind: str,
    payload: Json,
    body: bytes,
    forgery: Forgery,
    retry: Retry | None = None,
) -> Delivery:
    started = workspace.times.real()
    if workspace.sockets.on:
        delivery = await _push(workspace, kind, payload, retry=retry)
    else:
        delivery = await _post(workspace, kind, body, forgery=forgery, retry=retry)
    delivery = replace(delivery, milliseconds=(workspace.times.real() - started) * 1000)
    attempt = f"retry {retry[0]} of {len(EVENT_DELAYS)}" if retry else ""
    workspace.wire.record(
        to_app=True,
        name=name,
        who=who,
        request=payload,
        answer=_as_json(delivery.body),
        status=delivery.status,
        milliseconds=delivery.milliseconds,
        note=", ".join(filter(None, (attempt, delivery.reason))),
    )
    workspace.changed("wire")
    return delivery


async def _push(workspace: Workspace, kind: str, payload: Json, *, retry: Retry | None) -> Delivery:
    """Over a connection: nothing is signed, and no frame is the only way in which the app says no."""
    # A click is acknowledged and nothing else: what it leads to goes over the Web API or the response address.
    takes_payload = kind == "slash_commands" or payload.get("type") == "view_submission"
    if retry:
        retry = (retry[0], retry[1].removeprefix("http_"))
    try:
        answer = await workspace.sockets.deliver(
            kind, payload, takes_payload=takes_payload, seconds=workspace.ack_seconds, retry=retry
        )
    except Unacknowledged as missing:
        reason = "http_timeout" if missing.reason == "timeout" else missing.reason
        return Delivery(status=0, body="", milliseconds=0, reason=reason)
    return Delivery(status=200, body="" if answer is None else json.dumps(answer), milliseconds=0)


async def _post(workspace: Workspace, kind: str, body: bytes, *, forgery: Forgery, retry: Retry | None) -> Delivery:
    if forgery.body is not None:
        body = forgery.body
    content_type = "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"
    headers = {**_signed(workspace, body, forgery), "Content-Type": content_type}
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
    try:
        async with asyncio.timeout(workspace.ack_seconds):
            response = await workspace.to_app.post(workspace.app_url, content=body, headers=headers)
    except TimeoutError:
        return Delivery(status=0, body="", milliseconds=0, reason="http_timeout")
    except httpx.HTTPError:
        return Delivery(status=0, body="", milliseconds=0, reason="connection_failed")
    return Delivery(
        status=response.status_code,
        body=response.text,
        milliseconds=0,
        reason="" if 200 <= response.status_code < 300 else "http_error",
        no_retry=response.headers.get("x-slack-no-retry") == "1",
    )


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
