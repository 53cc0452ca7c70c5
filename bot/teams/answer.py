"""A Reply as what happens on the gesture: the answer to an invoke, a change in place, or a message that follows.

Teams has no dialogs and nothing that only one person sees: a form is a card in the private chat, and what is for one
person goes there too. "Universal Actions for Adaptive Cards", learn.microsoft.com, says how an invoke is answered.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Final

import structlog
from botbuilder.schema import Activity, ActivityTypes

from bot.afterwards import Afterwards
from bot.teams import render
from bot.teams.activity import tenant_of
from bot.teams.carried import NOWHERE
from bot.teams.files import Kept, accepted
from bot.teams.limits import Json
from bot.teams.parse import Origin, origin
from bot.teams.send import TeamsMessenger, files_of
from flows.people import Account
from flows.voice import reaching
from flows.voice.message import File, Message, Paragraph, Plain
from flows.voice.say import Say
from handlers.inbound import Inbound, Place, Pressed, Reply, Submitted, Where
from handlers.outcomes import Outcome, Sent, Throttled, TryLater

log = structlog.get_logger()
CARD: Final = "application/vnd.microsoft.card.adaptive"
TOAST: Final = "application/vnd.microsoft.activity.message"
TRIES_AGAIN: Final = 4
Find = Callable[[Kept, Account], Awaitable[str | None]]
LONGEST_WAIT: Final = 30.0
"""Seconds. Somebody who pressed a button looks at the screen for a while, not for long."""


class Answers:
    """Gives replies back on the gesture that they answer; `say_in` speaks a language where the bot has to say itself
    that it cannot reach somebody; `find` looks for a file in a message that was sent to this account."""

    def __init__(self, messenger: TeamsMessenger, say_in: Callable[[str], Say], find: Find) -> None:
        self._messenger = messenger
        self._find = find
        self._say_in = say_in
        self.afterwards = Afterwards(lambda failure: type(failure).__name__)

    async def give(self, reply: Reply | None, inbound: Inbound, activity: Activity) -> Json:
        """The body of the answer, where the gesture is an invoke. Everything that follows is started."""
        where = origin(activity)
        is_press = isinstance(inbound.what, Pressed | Submitted)
        if reply is None:
            return self.nothing(inbound.profile.locale if inbound.profile else "")
        if reply.where is Where.FIELD_ERRORS and activity.type == ActivityTypes.invoke:
            # The inputs stay as they were filled.
            return _toast("\n".join(reply.errors.values()))
        can_change = where.card or activity.type == ActivityTypes.invoke
        if is_press and can_change and _takes_its_place(reply, inbound, where) and _fits(reply, where):
            return self._in_place(reply, inbound, where)
        if where.place is Place.PRIVATE:
            self._follow("answer in the chat", self._post(str(where.spot), _readable(reply), _form(reply, where)))
            return _toast(reply.message.summary)
        if not is_press:
            self._follow("answer privately", self._privately(reply, inbound, where))
            return _toast(reply.message.summary)
        return await self._told_in_shared(reply, inbound, where)

    def nothing(self, locale: str) -> Json:
        """The answer to a press about which there is nothing to say: the card stays as it is."""
        return _toast(reaching.taken(self._say_in(locale)).summary)

    def bring(self, activity: Activity) -> Json:
        """The body of the answer to a yes or no to a file, which follows where it was a yes."""
        me = activity.from_property
        who = Account("teams", tenant_of(activity), (me.aad_object_id if me is not None else None) or "")
        self._follow("bring a file", self._bring(origin(activity), activity.value, who, activity.locale or ""))
        return {}

    def _in_place(self, reply: Reply, inbound: Inbound, where: Origin) -> Json:
        form = _form(reply, where)
        # The answer changes what is on the screen of the one who pressed; the message itself is changed for the others,
        # and for the next look.
        if where.card:
            self._follow("change a message", self._change(where, where.card, reply.message, form))
        if where.opened_from and reply.where is Where.INSTEAD:
            self._follow("change a message", self._change(where, where.opened_from, reply.message, ""))
        if files := files_of(reply.message):
            self._follow("offer a file", self._hand_over(inbound, files))
        return {"statusCode": 200, "type": CARD, "value": render.card(reply.message, form)}

    async def _told_in_shared(self, reply: Reply, inbound: Inbound, where: Origin) -> Json:
        """What is for the one who pressed in a channel: in their own chat, and a line says so on the spot."""
        conversation = await self._own(inbound)
        if not conversation:
            return _toast(self._out_of_reach(inbound).summary)
        self._follow("answer privately", self._post(conversation, _readable(reply), _form(reply, where)))
        return _toast(reply.message.summary)

    async def _privately(self, reply: Reply, inbound: Inbound, where: Origin) -> None:
        conversation = await self._own(inbound)
        if conversation:
            await self._post(conversation, _readable(reply), _form(reply, where))
        else:
            await self._post(str(where.spot), self._out_of_reach(inbound), "")

    async def _own(self, inbound: Inbound) -> str:
        """The private conversation of whoever acted; "" when the platform gives none."""
        conversation = await self._messenger.open((inbound.who,))
        if isinstance(conversation, str):
            return conversation
        self._ended("open a conversation", conversation)
        return ""

    def _out_of_reach(self, inbound: Inbound) -> Message:
        return reaching.out_of_reach(self._say_in(inbound.profile.locale if inbound.profile else ""))

    async def _post(self, conversation: str, message: Message, form: str) -> None:
        outcome = await self._messenger.post(conversation, message, origin=form)
        for _ in range(TRIES_AGAIN):
            if not isinstance(outcome, TryLater | Throttled):
                break
            await asyncio.sleep(min(outcome.seconds, LONGEST_WAIT))
            outcome = await self._messenger.post(conversation, message, origin=form)
        self._ended("post an answer", outcome)

    async def _change(self, where: Origin, card: str, message: Message, form: str) -> None:
        self._ended("change a message", await self._messenger.update(str(where.spot), card, message, origin=form))

    async def _hand_over(self, inbound: Inbound, files: Sequence[File]) -> None:
        """Files travel in the person's own chat alone."""
        if conversation := await self._own(inbound):
            self._ended("offer a file", await self._messenger.hand_over(conversation, files))

    async def _bring(self, where: Origin, answer: object, who: Account, locale: str) -> None:
        """With a yes the file is put where its reader wants it; with a no its offer goes."""
        conversation = str(where.spot)
        try:
            wanted = accepted(answer)
        except ValueError as mistake:
            log.error("an answer did not arrive", kind="bring a file", fault=str(mistake))
            return
        content = None if wanted is None else await self._content(wanted.content, who)
        if wanted is not None and content is not None:
            self._ended("bring a file", await self._messenger.bring(conversation, where.card, wanted, content))
            return
        if wanted is not None:
            await self._post(conversation, reaching.file_gone(self._say_in(locale)), "")
        self._ended("take an offer away", await self._messenger.take_back(conversation, where.card))

    async def _content(self, wanted: bytes | Kept, who: Account) -> bytes | None:
        if not isinstance(wanted, Kept):
            return wanted
        text = await self._find(wanted, who)
        return None if text is None else text.encode()

    def _follow(self, what: str, work: Coroutine[object, object, None]) -> None:
        self.afterwards.start(what, work)

    def _ended(self, what: str, outcome: Outcome) -> None:
        if not isinstance(outcome, Sent):
            log.error("an answer did not arrive", kind=what, fault=outcome.reason)


def _takes_its_place(reply: Reply, inbound: Inbound, where: Origin) -> bool:
    """Whether the reply replaces the card that was pressed. A form that was sent is gone, whatever is said; one that
    goes on is its next page."""
    if reply.where is Where.FIELD_ERRORS:
        return False
    sent = isinstance(inbound.what, Submitted)
    return reply.where is Where.INSTEAD or sent or (reply.where is Where.DIALOG and where.is_form)


def _fits(reply: Reply, where: Origin) -> bool:
    """Whether one card holds it; a longer page is several messages."""
    return render.fits(reply.message, _form(reply, where))


def _form(reply: Reply, where: Origin) -> str:
    """What a form remembers of where it was opened; "" for a message that is none."""
    if reply.where is not Where.DIALOG:
        return ""
    if where.is_form:
        return where.opened_from or NOWHERE
    return where.card or NOWHERE


def _toast(text: str) -> Json:
    """A line on the spot; the card stays as it is."""
    return {"statusCode": 200, "type": TOAST, "value": text}


def _readable(reply: Reply) -> Message:
    """Lines about fields, where they cannot be shown on the spot, as a message."""
    if not reply.errors:
        return reply.message
    lines = tuple(Paragraph((Plain(line),)) for line in reply.errors.values())
    return Message(reply.message.summary or next(iter(reply.errors.values())), lines)
