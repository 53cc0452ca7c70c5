"""The workspace: everything that is there now, and how it changes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from bot.playground.controls import Values, values_of
from bot.playground.faults import Faults
from bot.playground.limits import Limits
from bot.playground.members import Company, Member
from bot.playground.seen import Conversation, InMessage, InView, Kind, Message, Notice, View, Where
from bot.playground.sockets import Sockets
from bot.playground.tickets import TRIGGER_SECONDS, Tickets
from bot.playground.times import Times
from bot.playground.watched import Watched
from bot.playground.wire import Wire

Json = dict[str, Any]
ACK_SECONDS = 3.0


@dataclass(slots=True)
class Contents:
    """What people and the app have brought into being since the first day."""

    members: dict[str, Member] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, tuple[View, ...]] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    """view id → block_id → what the app, or Slack, said about the answer."""
    put_in: dict[tuple[str, str], dict[str, dict[str, Json]]] = field(default_factory=dict)
    """(person, surface key) → what the person has put into its controls."""
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    notices: dict[str, list[Notice]] = field(default_factory=dict)
    played: set[str] = field(default_factory=set)
    """Whom a visitor of the page has played."""
    meanwhile: str = ""
    uploads: dict[str, Json] = field(default_factory=dict)
    """file id → what was announced and, once it came, its content."""
    attached: dict[str, bytes] = field(default_factory=dict)
    """file id → content of what people attached to a form."""


class Workspace(Watched):
    """A Slack workspace with one app. It changes in one event loop only."""

    def __init__(
        self, *, company: Company, times: Times, new_id: Callable[[], str], ack_seconds: float = ACK_SECONDS
    ) -> None:
        super().__init__()
        self.company = company
        self.times = times
        self.new_id = new_id
        self.ack_seconds = ack_seconds
        self.token = f"xoxb-{new_id()}"
        self.signing_secret = hashlib.sha256(new_id().encode()).hexdigest()
        self.app_token = f"xapp-1-{company.app.app}-{hashlib.sha256(self.token.encode()).hexdigest()[:16]}"
        """For `apps.connections.open` alone."""
        self.app_url = ""
        """Where the app listens: `http://127.0.0.1:PORT/slack/events`."""
        self.address = ""
        """Where this workspace listens, without a slash at the end."""
        self.to_app: httpx.AsyncClient
        """Posts to the app; there while the workspace is served."""
        self.faults = Faults()
        self.refused: list[str] = []
        """Everything that the app sent and Slack would not have taken; empty at the end of a good story."""
        self.sockets = Sockets(
            app=company.app.app,
            real=times.real,
            new_id=new_id,
            faults=self.faults,
            refuse=self.refused.append,
            changed=lambda: self.changed("wire"),
        )
        self._begin()

    def _begin(self) -> None:
        self.limits = Limits(self.times.limits)
        self._last_ts = 0
        # Where Slack waits longer for the app, because the machine is busy, a dialog may come later too.
        lasts = max(TRIGGER_SECONDS, self.ack_seconds)
        self.tickets = Tickets(real=self.times.real, new_id=self.new_id, trigger_seconds=lasts)
        self.wire = Wire(now=self.times.now)
        self.contents = Contents(members={m.id: m for m in self.company.members})
        app = self.company.app.user
        for c in self.company.channels:
            members = (*c.members, app) if c.with_app else c.members
            self.contents.conversations[c.id] = Conversation(id=c.id, kind=Kind.CHANNEL, name=c.name, members=members)

    def reset(self) -> None:
        """Everything as on the first day; token and addresses stay."""
        self.faults.clear()
        self.refused.clear()
        self._begin()
        self.changed("reset")

    @property
    def api_url(self) -> str:
        """The base of the Web API, with a slash at the end."""
        return f"{self.address}/api/"

    def meanwhile(self, what: str) -> None:
        """Says on the page what goes on beside the visitor's own acts; empty when nothing does."""
        self.contents.meanwhile = what
        self.changed("busy")

    # -- people

    @property
    def played(self) -> frozenset[str]:
        """Whom a visitor of the page has played since the first day."""
        return frozenset(self.contents.played)

    @property
    def app_user(self) -> str:
        """The app's own user id."""
        return self.company.app.user

    def change_member(self, member: Member) -> None:
        """Puts a person in, or changes one."""
        self.contents.members[member.id] = member
        self.changed("people")

    def notify(self, user: str, text: str) -> None:
        """Slack's own words to this person."""
        told = self.contents.notices.setdefault(user, [])
        n = told[-1].n + 1 if told else 1
        told.append(Notice(n=n, at=self.times.now(), text=text))
        del told[:-10]
        self.changed("notice", user)

    # -- conversations and messages

    def new_ts(self) -> str:
        """A time stamp that no other message of this workspace has, later than all before."""
        micros = int(self.times.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def dm_id(self, user: str) -> str:
        """The id of this person's direct message with the app, whether it is open already or not."""
        return "D0" + hashlib.sha256(f"{self.company.team}/{user}".encode()).hexdigest()[:9].upper()

    def open_dm(self, user: str) -> Conversation:
        """This person's direct message with the app, opened when it was not."""
        id_ = self.dm_id(user)
        if id_ not in self.contents.conversations:
            self.contents.conversations[id_] = Conversation(
                id=id_, kind=Kind.DM, name=self.company.app.name, members=(user, self.app_user)
            )
            self.changed("messages", user)
        return self.contents.conversations[id_]

    def open_group(self, users: frozenset[str]) -> Conversation:
        """The group message of these people and the app; the same people always get the same one."""
        everybody = tuple(sorted(users | {self.app_user}))
        id_ = "G0" + hashlib.sha256("/".join((self.company.team, *everybody)).encode()).hexdigest()[:9].upper()
        if id_ not in self.contents.conversations:
            handles = [self.contents.members[u].handle for u in sorted(users)]
            name = f"mpdm-{'--'.join((*handles, self.company.app.name.lower()))}-1"
            self.contents.conversations[id_] = Conversation(id=id_, kind=Kind.GROUP, name=name, members=everybody)
            self.changed("messages", *users)
        return self.contents.conversations[id_]

    def show(self, message: Message) -> None:
        """Puts a message into its conversation, or a new form of it into its place."""
        messages = self.contents.messages.setdefault(message.channel, {})
        messages[message.ts] = message
        self._forget_lost_controls(InMessage(channel=message.channel, ts=message.ts).key, message.blocks)
        people = (message.only_for,) if message.only_for else self.contents.conversations[message.channel].members
        self.changed("messages", *people)

    def take_away(self, message: Message) -> None:
        """Removes a message."""
        del self.contents.messages[message.channel][message.ts]
        self.changed("messages", *self.contents.conversations[message.channel].members)

    def message(self, channel: str, ts: str) -> Message | None:
        """The message, as it is now."""
        return self.contents.messages.get(channel, {}).get(ts)

    def messages_for(self, user: str, channel: str) -> tuple[Message, ...]:
        """What this person sees in the conversation, oldest first."""
        shown = self.contents.messages.get(channel, {}).values()
        return tuple(m for m in shown if m.only_for in (None, user))

    def mark_read(self, user: str, channel: str) -> None:
        """This person has read everything in it."""
        shown = self.messages_for(user, channel)
        last = shown[-1].ts if shown else "0"
        if self.contents.read.get((user, channel)) != last:
            self.contents.read[user, channel] = last
            self.changed("messages", user)

    def unread(self, user: str, channel: str) -> int:
        """How many messages by others came after the last one read; ephemeral ones do not count."""
        last = float(self.contents.read.get((user, channel), "0"))
        shown = self.messages_for(user, channel)
        return sum(m.author != user and m.only_for is None and float(m.ts) > last for m in shown)

    # -- views

    def view(self, view_id: str) -> tuple[str, View] | None:
        """The person who has this modal or App Home open, and the view."""
        for user, stack in self.contents.modals.items():
            for view in stack:
                if view.id == view_id:
                    return user, view
        for user, view in self.contents.homes.items():
            if view.id == view_id:
                return user, view
        return None

    def stack(self, user: str) -> tuple[View, ...]:
        """The modals that this person has open, the top one last."""
        return self.contents.modals.get(user, ())

    def set_stack(self, user: str, stack: tuple[View, ...]) -> None:
        """What this person has open from now on; what was typed into closed ones is forgotten."""
        kept = {v.id for v in stack}
        for gone in (v.id for v in self.stack(user) if v.id not in kept):
            self.contents.put_in.pop((user, gone), None)
            self.contents.errors.pop(gone, None)
        self.contents.modals[user] = stack
        self.changed("modal", user)

    def replace_view(self, user: str, view: View) -> None:
        """A new form of an open view; what was typed stays where block_id and action_id are the same."""
        self._forget_lost_controls(view.id, view.blocks)
        self.contents.errors.pop(view.id, None)
        if self.contents.homes.get(user, view).id == view.id and view.given["type"] == "home":
            self.contents.homes[user] = view
            self.changed("home", user)
        else:
            self.set_stack(user, tuple(view if v.id == view.id else v for v in self.stack(user)))

    # -- what people have put in

    def blocks_at(self, where: Where) -> tuple[Json, ...]:
        """The blocks of a surface as it is now; empty when it is gone."""
        match where:
            case InMessage(channel=channel, ts=ts):
                message = self.message(channel, ts)
                return message.blocks if message else ()
            case InView(view=view_id):
                found = self.view(view_id)
                return found[1].blocks if found else ()

    def values(self, user: str, where: Where, blocks: tuple[Json, ...] | None = None) -> dict[str, dict[str, Json]]:
        """What this person's controls hold on that surface."""
        mine: Values = self.contents.put_in.get((user, where.key), {})
        return values_of(self.blocks_at(where) if blocks is None else blocks, mine)

    def put_in(self, user: str, where: Where, *, block_id: str, action_id: str, held: Json) -> None:
        """Remembers what this person put into a control."""
        mine = self.contents.put_in.setdefault((user, where.key), {})
        mine.setdefault(block_id, {})[action_id] = held

    def _forget_lost_controls(self, key: str, blocks: tuple[Json, ...]) -> None:
        there: Mapping[str, Mapping[str, Json]] = values_of(blocks, {})
        for user, surface in list(self.contents.put_in):
            if surface == key:
                mine = self.contents.put_in[user, surface]
                self.contents.put_in[user, surface] = {
                    block: {a: held for a, held in actions.items() if a in there[block]}
                    for block, actions in mine.items()
                    if block in there
                }

    def archive(self, channel: str) -> None:
        """Archives a channel."""
        conversation = self.contents.conversations[channel]
        self.contents.conversations[channel] = replace(conversation, archived=True)
        self.changed("messages")
