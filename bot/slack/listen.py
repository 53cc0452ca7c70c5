"""Where Slack's gestures enter: Bolt with one listener for all of them.

`process_before_response` makes Bolt wait for the turn: what is committed is acknowledged, and what fails is answered
500, so that Slack delivers it again. In Bolt's other mode an event is acknowledged before anybody has looked at it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import place_of
from bot.platform import Take
from bot.slack import parse
from bot.slack.answer import Answers
from bot.slack.attached import Attached
from bot.slack.directory import Directory
from bot.slack.limits import Json
from bot.slack.quiet import LIBRARIES
from bot.slack.trouble import name_of
from flows.people import Account
from handlers.inbound import AccountChanged, Inbound

log = structlog.get_logger()
_ANY: Final = re.compile("")


class Listener:
    """Takes every gesture to its turn and its answer back. `take` returns when the turn is committed."""

    def __init__(
        self, take: Take, answers: Answers, directory: Directory, attached: Attached, now: Callable[[], datetime]
    ) -> None:
        self._take = take
        self._answers = answers
        self._directory = directory
        self._attached = attached
        self._now = now
        self._met: set[Account] = set()

    async def __call__(self, ack: AsyncAck, body: Json) -> None:
        """One gesture. Raises what the turn raises: then nothing is acknowledged."""
        inbound = parse.inbound(body, self._now())
        if inbound is None:
            await ack()
        elif isinstance(inbound.what, AccountChanged):
            await self._told(inbound, inbound.what)
            await ack()
        else:
            introduced = await self._introduced(await self._attached.taken(inbound, body))
            reply = await self._take(introduced)
            if introduced.profile is not None:
                self._met.add(inbound.who)
            await ack(await self._answers.give(reply, inbound, body) or "")

    async def _told(self, inbound: Inbound, what: AccountChanged) -> None:
        """Most changes are a new status or picture, which nobody here needs to hear."""
        said = self._directory.completed(inbound.who, what.profile)
        if self._directory.is_news(inbound.who, said):
            await self._take(replace(inbound, what=AccountChanged(said)))
            self._directory.keep(inbound.who, said)

    async def _introduced(self, inbound: Inbound) -> Inbound:
        """The gesture with the directory's word on who made it, when this process has not met them."""
        if inbound.who in self._met:
            return inbound
        return replace(inbound, profile=await self._directory.look_up(inbound.who))


def application(
    listener: Listener,
    client: AsyncWebClient,
    authorized: Callable[[], AuthorizeResult],
    new_id: Callable[[], str],
) -> AsyncApp:
    """The Bolt app with that one listener. `client` carries no token: it comes with what `authorized` gives, which was
    learnt once at the start. The signature was checked by bot/slack/guard.py, on the raw bytes.

    Every argument is given, because what is left out Bolt takes from SLACK_* variables of the environment.
    """

    async def authorize() -> AuthorizeResult:
        return authorized()

    app = AsyncApp(
        name="alongside",
        logger=LIBRARIES,
        client=client,
        authorize=authorize,
        signing_secret="checked before",  # noqa: S106 - no secret: the check is turned off
        verification_token="",
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )

    async def gesture(ack: AsyncAck, body: Json) -> None:
        await listener(ack, body)

    for kind in (app.command, app.action, app.view, app.view_closed, app.event):
        kind(_ANY)(gesture)

    @app.error
    async def failed(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            # Not for us; 404, Bolt's own answer, would count against the app: docs.slack.dev/apis/events-api.
            return BoltResponse(status=200, body="")
        # An exception's own words may quote what was sent or stored, so the log gets its kind and place alone.
        log.error("a gesture failed", reference=new_id(), fault=name_of(error), at=place_of(error))
        return BoltResponse(status=500, body="")

    return app
