"""A Reply as what happens on the gesture: the acknowledgement itself, or a call that follows it.

What must reach the person while Slack still waits (a dialog, lines about fields, the answer to a command) is done after
the commit and before the acknowledgement; everything else is a task that follows it.
"""

from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, assert_never

import httpx
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.answering import files_of, note, post, readable
from bot.platform import Take
from bot.slack import render
from bot.slack.limits import Json
from bot.slack.origin import Origin
from bot.slack.parse import blocks_of_fields, origin
from bot.slack.send import SlackMessenger
from bot.slack.trouble import meaning, name_of
from flows.voice.message import Chart, File, Message
from handlers.inbound import Asked, Inbound, Opened, Place, Pressed, Reply, Said, Submitted, Where
from handlers.outcomes import Unknown

_NOTHING: Final[Json] = {}


class Answers:
    """Gives replies back on the gesture that they answer; `take` runs the turn that draws the home tab anew."""

    def __init__(self, client: AsyncWebClient, http: httpx.AsyncClient, messenger: SlackMessenger, take: Take) -> None:
        self._client = client
        self._http = http
        self._messenger = messenger
        self._take = take
        self.afterwards = Afterwards(name_of)

    async def give(self, reply: Reply | None, inbound: Inbound, body: Json) -> Json:
        """The body of the acknowledgement; {} is a bare one. Raises when a dialog could not be opened, so that Slack
        tells the person that something went wrong."""
        if reply is None:
            return _NOTHING
        if reply.where is Where.HOME:
            self._follow("publish the home", self._publish(inbound, reply.message))
            return _NOTHING
        match inbound.what:
            case Asked():
                return await self._asked(reply, inbound, body)
            case Pressed() if (body.get("view") or {}).get("type") == "modal":
                return await self._pressed_in_dialog(reply, inbound, body)
            case Pressed() if inbound.place is Place.HOME:
                return await self._pressed_at_home(reply, inbound, body)
            case Pressed():
                return await self._pressed(reply, inbound, body)
            case Submitted():
                return self._submitted(reply, inbound, body)
            case Opened():
                # Nothing else can be shown where somebody only looks.
                self._follow("publish the home", self._publish(inbound, reply.message))
                return _NOTHING
            case Said():
                self._follow("answer what was said", post(self._messenger, origin(body).channel, reply.message))
                return _NOTHING
            case _:
                return _NOTHING

    async def _asked(self, reply: Reply, inbound: Inbound, body: Json) -> Json:
        if reply.where is Where.DIALOG:
            await self._open(body, render.dialog(reply.message, origin(body)))
            return _NOTHING
        if _needs_conversation(reply.message):
            self._follow("answer privately", self._whisper(origin(body), inbound, reply.message))
            return _NOTHING
        return {"response_type": "ephemeral", **render.message(readable(reply), ephemeral=True)}

    async def _pressed(self, reply: Reply, inbound: Inbound, body: Json) -> Json:
        where = origin(body)
        match reply.where:
            case Where.DIALOG:
                await self._open(body, render.dialog(reply.message, where))
            case Where.INSTEAD:
                self._follow("change a message", self._replace(where, inbound, reply.message))
            case Where.BELOW if not where.ephemeral:
                self._follow("answer below", post(self._messenger, where.channel, reply.message))
            case Where.BELOW | Where.PRIVATELY | Where.FIELD_ERRORS:
                # Below a message that one person sees, the answer is for that person too.
                self._follow("answer privately", self._whisper(where, inbound, readable(reply)))
            case Where.HOME:
                pass
            case _:
                assert_never(reply.where)
        return _NOTHING

    async def _pressed_at_home(self, reply: Reply, inbound: Inbound, body: Json) -> Json:
        await self._open(body, render.dialog(readable(reply), Origin(Place.HOME)))
        if reply.where is not Where.DIALOG:
            self._follow("publish the home", self._again(inbound))
        return _NOTHING

    async def _pressed_in_dialog(self, reply: Reply, inbound: Inbound, body: Json) -> Json:
        where = origin(body)
        if reply.where is Where.BELOW and where.ts and not where.ephemeral:
            self._follow("answer below", post(self._messenger, where.channel, reply.message))
            return _NOTHING
        view = render.dialog(readable(reply), where)
        if reply.where is Where.PRIVATELY:
            await self._lay_on_top(body, view)
        else:
            await self._show_in(body, view)
        if where.place is Place.HOME:
            self._follow("publish the home", self._again(inbound))
        elif reply.where is Where.INSTEAD and where.ts:
            self._follow("change a message", self._replace(where, inbound, reply.message))
        return _NOTHING

    def _submitted(self, reply: Reply, inbound: Inbound, body: Json) -> Json:
        where = origin(body)
        if reply.where is Where.FIELD_ERRORS and (errors := _errors(reply, body["view"])):
            return {"response_action": "errors", "errors": errors}
        if where.place is Place.HOME:
            self._follow("publish the home", self._again(inbound))
        elif reply.where is Where.INSTEAD:
            self._follow("change a message", self._replace(where, inbound, reply.message))
            return _closing(body["view"])
        elif reply.where is Where.BELOW:
            self._follow("answer below", self._below(where, inbound, reply.message))
            return _closing(body["view"])
        # Nothing else is private where a dialog was, so the dialog itself shows the answer.
        return {"response_action": "update", "view": render.dialog(readable(reply), where)}

    async def _open(self, body: Json, view: Json) -> None:
        # A trigger lives for three seconds and opens one dialog: docs.slack.dev/surfaces/modals.
        with _unless_shown_before():
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)

    async def _show_in(self, body: Json, view: Json) -> None:
        shown = body["view"]
        with _unless_shown_before():
            await self._client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=view)

    async def _lay_on_top(self, body: Json, view: Json) -> None:
        """A page above the open dialog, so that closing it leads back to what was typed there."""
        try:
            with _unless_shown_before():
                await self._client.views_push(trigger_id=body["trigger_id"], view=view)
        except SlackApiError:
            # Three lie on each other at most.
            await self._show_in(body, view)

    async def _publish(self, inbound: Inbound, message: Message) -> None:
        await self._client.views_publish(user_id=inbound.who.user, view=render.home(message))

    async def _again(self, inbound: Inbound) -> None:
        """Draw the home tab anew, after something was done there."""
        opened = replace(inbound, id=f"{inbound.id}:home", what=Opened(), place=Place.HOME)
        if reply := await self._take(opened):
            await self._publish(inbound, reply.message)

    async def _replace(self, where: Origin, inbound: Inbound, message: Message) -> None:
        """In place of the message that was pressed; where there is none, or Slack no longer takes it, beside it."""
        if not where.ts:
            await self._whisper(where, inbound, message)
            return
        drawn = {"replace_original": True, **render.message(message, ephemeral=where.ephemeral)}
        if not (where.response_url and await self._respond(where.response_url, drawn)):
            if where.ephemeral or not where.channel:
                await self._post_to(inbound, message)
                return
            note("change a message", await self._messenger.update(where.channel, where.ts, message))
        await self._hand_over(inbound, message)

    async def _whisper(self, where: Origin, inbound: Inbound, message: Message) -> None:
        """For the person alone, where they are; what Slack shows in a real message only, in their own conversation,
        and then the summary tells them so elsewhere."""
        if not _needs_conversation(message):
            if not (where.response_url and await self._respond(where.response_url, _whispered(message))):
                await self._post_to(inbound, message)
            return
        conversation = await self._post_to(inbound, message)
        if conversation not in {"", where.channel} and where.response_url:
            await self._respond(where.response_url, _whispered(Message(message.summary, ())))

    async def _below(self, where: Origin, inbound: Inbound, message: Message) -> None:
        if where.ts and not where.ephemeral:
            await post(self._messenger, where.channel, message)
        else:
            await self._post_to(inbound, message)

    async def _post_to(self, inbound: Inbound, message: Message) -> str:
        """In the person's own conversation, whose id it gives; "" when there is none."""
        conversation = await self._messenger.open((inbound.who,))
        if not isinstance(conversation, str):
            note("open a conversation", conversation)
            return ""
        await post(self._messenger, conversation, message)
        return conversation

    async def _hand_over(self, inbound: Inbound, message: Message) -> None:
        """Its files, which a message that only one person sees cannot hold, in the person's own conversation."""
        files = files_of(message)
        if not files:
            return
        conversation = await self._messenger.open((inbound.who,))
        if isinstance(conversation, str):
            note("send a file", await self._messenger.hand_over(conversation, files))
        else:
            note("open a conversation", conversation)

    async def _respond(self, url: str, payload: Json) -> bool:
        """Whether Slack took it, or may have: then it is not said a second time."""
        try:
            answer = await self._http.post(url, json=payload)
        except Exception as failure:
            ended = meaning(failure)
            note("answer a gesture", ended)
            return isinstance(ended, Unknown)
        return answer.is_success and '"ok":false' not in answer.text.replace(" ", "")

    def _follow(self, what: str, work: Coroutine[object, object, None]) -> None:
        self.afterwards.start(what, work)


@contextmanager
def _unless_shown_before() -> Iterator[None]:
    """A gesture that is delivered again finds its trigger used, or its dialog already changed: then there is nothing
    left to show."""
    try:
        yield
    except SlackApiError as refused:
        if name_of(refused) not in {"exchanged_trigger_id", "hash_conflict"}:
            raise


def _needs_conversation(message: Message) -> bool:
    """A file or a chart, which a message that only one person sees cannot hold."""
    return any(isinstance(block, File | Chart) for block in message.blocks)


def _whispered(message: Message) -> Json:
    return {"response_type": "ephemeral", "replace_original": False, **render.message(message, ephemeral=True)}


def _closing(view: Json) -> Json:
    """A bare acknowledgement closes the one dialog; what lies below it has to be closed too."""
    return {"response_action": "clear"} if view.get("previous_view_id") else _NOTHING


def _errors(reply: Reply, view: Json) -> dict[str, str]:
    """Lines by block_id, as Slack wants them; a line about a field that is not shown stands at the first one."""
    blocks = blocks_of_fields(view)
    if not blocks:
        return {}
    first = next(iter(blocks.values()))
    return {blocks.get(name, first): line for name, line in reply.errors.items()}
