"""The door for Slack's requests: what is not surely Slack's, whole and readable, goes no further and leaves no trace.

Bolt decodes and parses a body before it checks the signature, sets no limit on its size, and logs it when the signature
is wrong; so all that is settled here, on the raw bytes. docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.door import Refused, whole

PATH: Final = "/slack/events"
MOST_BYTES: Final = 1024 * 1024
_LONGEST_TIME: Final = 12
"""Digits of a time stamp in seconds, with some to spare."""
log = structlog.get_logger()


def routes(app: AsyncApp, signing_secret: str) -> list[web.RouteDef]:
    """The one address for commands, interactivity and events."""
    verifier = SignatureVerifier(signing_secret)

    async def receive(request: web.Request) -> web.Response:
        try:
            raw = await whole(request, most=MOST_BYTES)
            body = checked(raw, request.headers, verifier)
        except Refused as refused:
            log.warning("a request was refused", address=PATH, fault=refused.reason)
            return web.Response(status=refused.status, text=refused.reason)
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        answer = await app.async_dispatch(AsyncBoltRequest(body=body, query=request.query_string, headers=headers))
        return await to_aiohttp_response(answer)

    return [web.post(PATH, receive)]


def checked(raw: bytes, headers: Mapping[str, str], verifier: SignatureVerifier) -> str:
    """The body as text, when it is Slack's and can be read. Raises Refused."""
    stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not stamp or not signature:
        raise Refused(401, "it is not signed")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= _LONGEST_TIME and signature.isascii()):
        raise Refused(400, "its signature cannot be read")
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "it is not UTF-8") from None
    # The verifier takes five minutes to either side and compares in constant time.
    if not verifier.is_valid(raw, stamp, signature):
        raise Refused(401, "its signature does not fit, or is older than five minutes")
    if not _is_readable(body, headers.get("Content-Type", "")):
        raise Refused(400, "it holds no payload of Slack")
    return body


def _is_readable(body: str, content_type: str) -> bool:
    """A JSON object, a form with such an object as `payload`, or a command."""
    if content_type.startswith("application/json"):
        return _is_object(body)
    fields = dict(parse_qsl(body, keep_blank_values=True))
    return _is_object(fields["payload"]) if "payload" in fields else "command" in fields


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
