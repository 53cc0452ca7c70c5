"""Signs what people do and posts it to the app, as the Bot Connector does; repeats what the app did not take."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx

from bot.playground.teams.keys import SigningKey
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]
DELAYS = (0.0, 15.0, 60.0)
"""Seconds before each repeat. Teams documents that it repeats after 15 s without an answer, not how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """How a delivery deviates from what Teams would send; by default not at all."""

    authorization: str | None = None
    """Sent in place of the right header; "" sends none."""
    claims: Json | None = None
    """In place of the right ones; None as a value leaves a claim out."""
    key: SigningKey | None = None
    """What signs in place of the published key."""
    body: bytes | None = None


HONEST = Forgery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one request to the app."""

    status: int
    """HTTP status; 0 when the app did not answer in time or at all."""
    body: str
    milliseconds: float
    reason: str = ""
    """Why it failed; empty when it was taken."""

    @property
    def taken(self) -> bool:
        """Whether the app acknowledged it."""
        return not self.reason

    @property
    def answer(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


async def deliver(tenant: Tenant, activity: Json, *, who: str | None, forgery: Forgery = HONEST) -> Delivery:
    """One activity; returns the first attempt, while repeats go on in the background (see `Tenant.settled`).

    An invoke is not repeated by itself: who pressed sees that it did not work.
    """
    first = await attempt(tenant, activity, who=who, forgery=forgery)
    if activity["type"] != "invoke" and _worth_repeating(first):
        task = asyncio.ensure_future(_repeat(tenant, activity, who=who))
        tenant.background.add(task)
        task.add_done_callback(tenant.background.discard)
    return first


def _worth_repeating(delivery: Delivery) -> bool:
    return not delivery.taken and (delivery.status == 0 or delivery.status >= 500)


async def _repeat(tenant: Tenant, activity: Json, *, who: str | None) -> None:
    for n, delay in enumerate(DELAYS, start=1):
        await tenant.times.sleep(delay)
        if not _worth_repeating(await attempt(tenant, activity, who=who, repeat=n)):
            return


async def attempt(
    tenant: Tenant, activity: Json, *, who: str | None, forgery: Forgery = HONEST, repeat: int = 0
) -> Delivery:
    """One request to the app, whatever becomes of it: also a second delivery of the same activity."""
    started = tenant.times.real()
    delivery = await _post(tenant, activity, forgery=forgery)
    milliseconds = (tenant.times.real() - started) * 1000
    delivery = Delivery(status=delivery.status, body=delivery.body, milliseconds=milliseconds, reason=delivery.reason)
    tenant.wire.record(
        to_app=True,
        name=activity.get("name") or activity["type"],
        who=who,
        request=activity,
        answer=delivery.answer,
        status=delivery.status,
        milliseconds=milliseconds,
        note=", ".join(filter(None, (f"repeat {repeat} of {len(DELAYS)}" if repeat else "", delivery.reason))),
    )
    tenant.changed("wire")
    return delivery


async def _post(tenant: Tenant, activity: Json, *, forgery: Forgery) -> Delivery:
    token = tenant.keys.signed(
        app=tenant.company.app.id,
        service_url=activity.get("serviceUrl", tenant.service_url),
        claims=forgery.claims,
        key=forgery.key,
    )
    authorization = f"Bearer {token}" if forgery.authorization is None else forgery.authorization
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if authorization:
        headers["Authorization"] = authorization
    body = json.dumps(activity).encode() if forgery.body is None else forgery.body
    try:
        async with asyncio.timeout(tenant.ack_seconds):
            response = await tenant.to_app.post(tenant.app_url, content=body, headers=headers)
    except TimeoutError:
        return Delivery(status=0, body="", milliseconds=0, reason="no answer in time")
    except httpx.HTTPError:
        return Delivery(status=0, body="", milliseconds=0, reason="connection failed")
    good = 200 <= response.status_code < 300
    reason = "" if good else f"status {response.status_code}"
    return Delivery(status=response.status_code, body=response.text, milliseconds=0, reason=reason)
