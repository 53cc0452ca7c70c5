"""Where Teams' activities enter: size, shape, token, turn, answer, in this order.

What is committed is acknowledged, and what fails is answered 500, so that Teams delivers it again; so it does with what
takes longer than 15 seconds. An invoke is answered in the body, everything else by a message that follows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot.door import Refused, whole
from bot.logs import place_of
from bot.platform import Take
from bot.teams.activity import NoActivity, modelled, read
from bot.teams.adapter import ANSWER, TeamsAdapter
from bot.teams.answer import Answers
from bot.teams.channels import Channels
from bot.teams.directory import Directory
from bot.teams.files import ANSWERED
from bot.teams.keys import KeysUnknown
from bot.teams.parse import ids_of, inbounds, origin, pressed
from bot.teams.trust import Distrusted, Trust
from flows.people import Profile
from handlers.inbound import AccountChanged, Asked, Inbound, Joined, Left, Place, Pressed, Submitted

PATH: Final = "/api/messages"
MOST_BYTES: Final = 256 * 1024
log = structlog.get_logger()


class Listener:
    """Takes every gesture to its turn and its answer back. `take` returns when the turn is committed."""

    def __init__(
        self, take: Take, answers: Answers, directory: Directory, channels: Channels, now: Callable[[], datetime]
    ) -> None:
        self._take = take
        self._answers = answers
        self._directory = directory
        self._channels = channels
        self._now = now

    async def __call__(self, context: TurnContext) -> None:
        """One activity. Raises what the turn raises: then nothing is acknowledged."""
        activity = context.activity
        found = inbounds(activity, self._now())
        for inbound in found:
            told = await self._at_home(await self._introduced(inbound, activity), activity)
            reply = await self._take(told)
            context.turn_state[ANSWER] = await self._answers.give(reply, told, activity)
            self._look_up(told, activity)
        if not found and pressed(activity) is not None:
            # A card's button that is not ours, or by somebody who is nobody: nothing happens, and no error is shown.
            context.turn_state[ANSWER] = self._answers.nothing(activity.locale or "")
        if activity.type == ActivityTypes.invoke and activity.name == ANSWERED:
            context.turn_state[ANSWER] = self._answers.bring(activity)
        team = await self._channels.follow(activity)
        if team is not None:
            self._answers.afterwards.start("list the channels", self._channels.list(activity, team))

    async def _introduced(self, inbound: Inbound, activity: Activity) -> Inbound:
        """The gesture with what we know of who made it; an installation may not tell their name, so it is asked for."""
        if inbound.profile is None:
            return inbound
        if inbound.profile.name or not isinstance(inbound.what, Joined):
            return replace(inbound, profile=self._directory.known(inbound.who, inbound.profile))
        return replace(inbound, profile=await self._completed(inbound, inbound.profile, activity))

    async def _at_home(self, inbound: Inbound, activity: Activity) -> Inbound:
        """With the private conversation of whoever acts in a channel: the answer goes there, and all that follows.
        Where they have not added the bot for themselves, Teams begins it only by their id in that channel."""
        who, where = activity.from_property, origin(activity)
        acts = isinstance(inbound.what, Pressed | Submitted | Asked)
        if where.place is Place.PRIVATE or not acts or who is None:
            return inbound
        return replace(inbound, conversation=await self._answers.home_of(inbound, where, who.id))

    def _look_up(self, inbound: Inbound, activity: Activity) -> None:
        """Learn the address of somebody whom this process meets for the first time. Nobody waits for it."""
        gone = isinstance(inbound.what, Left)
        if inbound.profile is not None and not gone and not self._directory.is_known(inbound.who):
            self._answers.afterwards.start("look somebody up", self._learn(inbound, inbound.profile, activity))

    async def _learn(self, inbound: Inbound, told: Profile, activity: Activity) -> None:
        completed = await self._completed(inbound, told, activity)
        if completed.email:
            await self._take(
                replace(inbound, id=f"{inbound.id}:roster", what=AccountChanged(completed), conversation="")
            )

    async def _completed(self, inbound: Inbound, told: Profile, activity: Activity) -> Profile:
        ids = ids_of(inbound.who, activity)
        return await self._directory.completed(inbound.who, told, origin(activity).spot, ids)


def routes(listener: Listener, trust: Trust, new_id: Callable[[], str]) -> list[web.RouteDef]:
    """The one address for messages, presses and installations."""
    adapter = TeamsAdapter()

    async def receive(request: web.Request) -> web.Response:
        try:
            activity = await _checked(request, trust)
        except Refused as refused:
            log.warning("a request was refused", address=PATH, fault=refused.reason)
            return web.Response(status=refused.status, text=refused.reason)
        except KeysUnknown:
            log.error("nothing could be checked", address=PATH, fault="KeysUnknown")
            return web.Response(status=503)
        try:
            return _response(await adapter.process(activity, listener))
        except Exception as error:
            # An exception's own words may quote what was sent or stored, so the log gets its kind and place alone.
            log.error("a gesture failed", reference=new_id(), fault=type(error).__name__, at=place_of(error))
            return web.Response(status=500)

    return [web.post(PATH, receive)]


async def _checked(request: web.Request, trust: Trust) -> Activity:
    raw = await whole(request, most=MOST_BYTES)
    try:
        body = read(raw)
        await trust.check(request.headers.get("Authorization", ""), body)
        return modelled(body)
    except NoActivity as fault:
        raise Refused(400, str(fault)) from None
    except Distrusted as fault:
        raise Refused(401, str(fault)) from None


def _response(answer: InvokeResponse) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status)
    return web.json_response(answer.body, status=answer.status)
