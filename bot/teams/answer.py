"""A Reply as what happens on the gesture: the answer to an invoke, a change in place, or a message that follows.

Teams shows nothing that only one person sees but a dialog, so what is for one person goes to their own chat. "Universal
Actions for Adaptive Cards", learn.microsoft.com, says how an invoke is answered; windows.py has what is for dialogs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Final

import structlog
from botbuilder.schema import Activity, ActivityTypes

from bot.afterwards import Afterwards
from bot.answering import files_of, note, post, readable
from bot.platform import Take
from bot.teams import render, windows
from bot.teams.activity import tenant_of
from bot.teams.carried import Window
from bot.teams.files import Kept, accepted
from bot.teams.limits import Json
from bot.teams.parse import Origin, origin
from bot.teams.send import TeamsMessenger
from flows.people import Account
from flows.voice import reaching
from flows.voice.message import File, Message
from flows.voice.say import Say
from handlers.inbound import Inbound, Place, Pressed, Reply, Submitted, Where
from handlers.outcomes import TryLater

log = structlog.get_logger()
CARD: Final = "application/vnd.microsoft.card.adaptive"
TOAST: Final = "application/vnd.microsoft.activity.message"
Find = Callable[[Kept, Account], Awaitable[str | None]]
PATIENCE: Final = 3.0
"""Seconds that a gesture waits for the private conversation of whoever made it."""


class Answers:
    """Gives replies back on the gesture that they answer; `say_in` speaks a language where the bot has to say itself
    that it cannot reach somebody; `take` runs the turn that draws a dialog anew; `find` looks for a file in a message
    that was sent to this account."""

    def __init__(self, messenger: TeamsMessenger, say_in: Callable[[str], Say], take: Take, find: Find) -> None:
        self._messenger = messenger
        self._find = find
        self._say_in = say_in
        self._take = take
        self.afterwards = Afterwards(lambda failure: type(failure).__name__)

    async def give(self, reply: Reply | None, inbound: Inbound, activity: Activity) -> Json | None:
        """The body of the answer, where the gesture is an invoke; None is an empty one. Everything that follows is
        started."""
        where = origin(activity)
        if where.opens or where.window is not None:
            return await self._in_window(reply, inbound, activity, where)
        if reply is None:
            return self._taken(inbound)
        if reply.where is Where.FIELD_ERRORS and activity.type == ActivityTypes.invoke:
            # The inputs stay as they were filled.
            return _toast("\n".join(reply.errors.values()))
        if reply.where is Where.DIALOG:
            # Only a button can open one, and only a new one does; nothing of what it shows may stand in a chat.
            reply = Reply(windows.door(reply.message, inbound.what, self._say_for(inbound)), Where.PRIVATELY)
        is_press = isinstance(inbound.what, Pressed | Submitted)
        can_change = where.card or activity.type == ActivityTypes.invoke
        if is_press and can_change and _takes_its_place(reply, inbound) and render.fits(reply.message):
            return self._in_place(reply, inbound, where)
        if where.place is Place.PRIVATE:
            self._follow("answer in the chat", post(self._messenger, str(where.spot), readable(reply)))
            return _toast(reply.message.summary)
        if not is_press:
            self._follow("answer privately", self._privately(reply, inbound, where))
            return _toast(reply.message.summary)
        return _toast(await self._told_in_shared(reply, inbound))

    async def home_of(self, inbound: Inbound, where: Origin, who: str) -> str:
        """The private conversation of somebody who acts in a channel, by their id there; "" when none can be had now.
        Teams waits for our answer meanwhile."""
        try:
            async with asyncio.timeout(PATIENCE):
                home = await self._messenger.begin(where.spot.service, who, tenant=inbound.who.workspace)
        except TimeoutError:
            home = TryLater(PATIENCE, "TimeoutError")
        if isinstance(home, str):
            return home
        log.warning("a private conversation could not be begun", fault=home.reason)
        return ""

    def nothing(self, locale: str) -> Json:
        """The answer to a press about which there is nothing to say: the card stays as it is."""
        return _toast(reaching.taken(self._say_in(locale)).summary)

    def _taken(self, inbound: Inbound) -> Json:
        """The answer to what was taken before. A form that was sent goes; that is never how one is sent back."""
        told = reaching.taken(self._say_for(inbound))
        if isinstance(inbound.what, Submitted):
            return {"statusCode": 200, "type": CARD, "value": render.card(told)}
        return _toast(told.summary)

    def bring(self, activity: Activity) -> Json:
        """The body of the answer to a yes or no to a file, which follows where it was a yes."""
        me = activity.from_property
        who = Account("teams", tenant_of(activity), (me.aad_object_id if me is not None else None) or "")
        self._follow("bring a file", self._bring(origin(activity), activity.value, who, activity.locale or ""))
        return {}

    def _in_place(self, reply: Reply, inbound: Inbound, where: Origin) -> Json:
        # The answer changes what is on the screen of the one who pressed; the message itself is changed for the others,
        # and for the next look.
        if where.card:
            self._follow("change a message", self._change(where, where.card, reply.message))
        if files := files_of(reply.message):
            self._follow("offer a file", self._hand_over(inbound, files))
        return {"statusCode": 200, "type": CARD, "value": render.card(reply.message)}

    async def _in_window(self, reply: Reply | None, inbound: Inbound, activity: Activity, where: Origin) -> Json | None:
        """The body of the answer where a dialog is to open, or a button in one was pressed."""
        if reply is None:
            # What was sent, once or twice, is taken, and its dialog closes.
            told = reaching.taken(self._say_for(inbound)).summary
            return None if isinstance(inbound.what, Submitted) else windows.parting(told)
        window = where.window or windows.opened(inbound, where)
        if reply.where is Where.FIELD_ERRORS:
            form = windows.form_of(reply, inbound) or await self._form_again(inbound, window)
            say = self._say_for(inbound)
            return windows.sent_back(form, readable(reply), window, activity.value["data"], reply.errors, say)
        if reply.where is Where.INSTEAD:
            self._follow("change a message", self._put(reply.message, inbound, where, window))
        elif reply.where is Where.BELOW:
            await self._below(reply, inbound, where)
        stays = reply.where not in {Where.BELOW, Where.INSTEAD} or (
            reply.where is Where.INSTEAD and isinstance(inbound.what, Pressed) and not where.opens
        )
        if not stays:
            return windows.parting(reply.message.summary) if where.opens else None
        if files := files_of(reply.message):
            self._follow("offer a file", self._hand_over(inbound, files))
        goes_on = isinstance(inbound.what, Pressed) and reply.where is Where.DIALOG
        if not goes_on:
            return windows.showing(reply.message, window, self._say_for(inbound))
        page = where.window.page if where.window is not None else 0
        return windows.showing(reply.message, windows.opened(inbound, where), self._say_for(inbound), page)

    async def _form_again(self, inbound: Inbound, window: Window) -> Message | None:
        """The form of the dialog as it was at first: what the press gets that opened it, when it comes again."""
        again = replace(inbound, id=window.gesture, what=Pressed(window.opener))
        shown = await self._take(again)
        return windows.form_of(shown, inbound) if shown is not None else None

    async def _put(self, message: Message, inbound: Inbound, where: Origin, window: Window) -> None:
        """In place of the message from which a dialog was opened; where there is none, or it is too long, beside it."""
        if window.card and render.fits(message):
            await self._change(where, window.card, message)
            if files := files_of(message):
                await self._hand_over(inbound, files)
        elif conversation := await self._own(inbound):
            await post(self._messenger, conversation, message)

    async def _below(self, reply: Reply, inbound: Inbound, where: Origin) -> None:
        if where.place is Place.PRIVATE:
            self._follow("answer below", post(self._messenger, str(where.spot), reply.message))
        else:
            await self._told_in_shared(reply, inbound)

    async def _told_in_shared(self, reply: Reply, inbound: Inbound) -> str:
        """What is for the one who pressed in a channel goes to their own chat; the line that says so on the spot."""
        conversation = await self._own(inbound)
        if not conversation:
            return reaching.not_here_yet(self._say_for(inbound)).summary
        self._follow("answer privately", post(self._messenger, conversation, readable(reply)))
        return reply.message.summary

    async def _privately(self, reply: Reply, inbound: Inbound, where: Origin) -> None:
        conversation = await self._own(inbound)
        if conversation:
            await post(self._messenger, conversation, readable(reply))
        else:
            await post(self._messenger, str(where.spot), self._out_of_reach(inbound))

    async def _own(self, inbound: Inbound) -> str:
        """The private conversation of whoever acted; "" when the platform gives none."""
        if inbound.conversation:
            return inbound.conversation
        conversation = await self._messenger.open((inbound.who,))
        if isinstance(conversation, str):
            return conversation
        note("open a conversation", conversation)
        return ""

    def _out_of_reach(self, inbound: Inbound) -> Message:
        return reaching.out_of_reach(self._say_for(inbound))

    def _say_for(self, inbound: Inbound) -> Say:
        return self._say_in(inbound.profile.locale if inbound.profile else "")

    async def _change(self, where: Origin, card: str, message: Message) -> None:
        note("change a message", await self._messenger.update(str(where.spot), card, message))

    async def _hand_over(self, inbound: Inbound, files: Sequence[File]) -> None:
        """Files travel in the person's own chat alone."""
        if conversation := await self._own(inbound):
            note("offer a file", await self._messenger.hand_over(conversation, files))

    async def _bring(self, where: Origin, answer: object, who: Account, locale: str) -> None:
        """With a yes the file is put where its reader wants it; with a no its offer goes."""
        conversation = str(where.spot)
        try:
            wanted = accepted(answer, service=where.spot.service)
        except ValueError as mistake:
            log.error("an answer did not arrive", kind="bring a file", fault=str(mistake))
            return
        content = None if wanted is None else await self._content(wanted.content, who)
        if wanted is not None and content is not None:
            note("bring a file", await self._messenger.bring(conversation, where.card, wanted, content))
            return
        if wanted is not None:
            await post(self._messenger, conversation, reaching.file_gone(self._say_in(locale)))
        note("take an offer away", await self._messenger.take_back(conversation, where.card))

    async def _content(self, wanted: bytes | Kept, who: Account) -> bytes | None:
        if not isinstance(wanted, Kept):
            return wanted
        text = await self._find(wanted, who)
        return None if text is None else text.encode()

    def _follow(self, what: str, work: Coroutine[object, object, None]) -> None:
        self.afterwards.start(what, work)


def _takes_its_place(reply: Reply, inbound: Inbound) -> bool:
    """Whether the reply replaces the card that was pressed. A form that was sent is gone, whatever is said."""
    return reply.where is Where.INSTEAD or (
        isinstance(inbound.what, Submitted) and reply.where is not Where.FIELD_ERRORS
    )


def _toast(text: str) -> Json:
    """A line on the spot; the card stays as it is."""
    return {"statusCode": 200, "type": TOAST, "value": text}
