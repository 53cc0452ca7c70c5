"""The tenant: everything that is there now, and how it changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

import httpx

from bot.playground.faults import Faults
from bot.playground.members import Member
from bot.playground.teams.company import TenantOfCompany, mail_of, member_address
from bot.playground.teams.controls import Control, controls_of
from bot.playground.teams.keys import Keys, Tokens
from bot.playground.teams.limits import Limits
from bot.playground.teams.reading import card_text
from bot.playground.teams.seen import CARD, Conversation, InMessage, Kind, Message, Notice, StoredFile, TeamNow
from bot.playground.times import Times
from bot.playground.watched import Watched
from bot.playground.wire import Wire

Json = dict[str, Any]
ACK_SECONDS = 15.0
"""After that Teams delivers an activity again (msteams-docs, bots/bot-basics)."""
CARD_BYTES = 28 * 1024
"""The strictest figure of the documentation for one card, in UTF-8."""
MESSAGE_BYTES = 100 * 1024
"""For a whole message, in UTF-16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What somebody took in of a message when they last looked at it."""

    message: Message
    body: str
    controls: tuple[Control, ...]


@dataclass(slots=True)
class Contents:
    """What people and the app have brought into being since the first day."""

    members: dict[str, Member] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    """Who has the app."""
    blocking: set[str] = field(default_factory=set)
    """Who does not want to hear from it."""
    teams: dict[str, TeamNow] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    own_cards: dict[tuple[str, str], Json] = field(default_factory=dict)
    """(person, surface key) → the card that this person alone sees after pressing one of a channel."""
    put_in: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """(person, surface key) → input id → what the person has put into it."""
    errors: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(person, surface key) → what stands below the card: a required input, the app's words."""
    put_aside: set[tuple[str, str]] = field(default_factory=set)
    """(person, surface key) of forms that the person has done with."""
    read: dict[tuple[str, str], Read] = field(default_factory=dict)
    """(time zone, surface key) → what was read there."""
    dialogs: dict[str, Message] = field(default_factory=dict)
    """Person → the dialog that is open, which is no message of the conversation that it names."""
    notices: dict[str, list[Notice]] = field(default_factory=dict)
    with_app: set[str] = field(default_factory=set)
    """The ids of the group chats in which the app is."""
    offered: dict[str, tuple[str, str]] = field(default_factory=dict)
    """upload id → (person, name of the file) of accepted offers."""
    files: dict[str, StoredFile] = field(default_factory=dict)


class Tenant(Watched):
    """A Teams tenant with one app. It changes in one event loop only."""

    def __init__(
        self,
        *,
        company: TenantOfCompany,
        times: Times,
        new_id: Callable[[], str],
        ack_seconds: float = ACK_SECONDS,
        card_bytes: int = CARD_BYTES,
        message_bytes: int = MESSAGE_BYTES,
    ) -> None:
        super().__init__()
        self.company = company
        self.times = times
        self.new_id = new_id
        self.ack_seconds = ack_seconds
        self.card_bytes = card_bytes
        self.message_bytes = message_bytes
        self.password = f"{new_id()}{new_id()}"
        """The app's secret, for the token endpoint."""
        self.app_url = ""
        """Where the app listens: `http://127.0.0.1:PORT/api/messages`."""
        self.address = ""
        """Where this tenant's services listen, without a slash at the end."""
        self.to_app: httpx.AsyncClient
        """Posts to the app; there while the tenant is served."""
        self.faults = Faults()
        self.refused: list[str] = []
        """Everything that the app sent and Teams would not have taken; empty at the end of a good story."""
        self.granted: set[str] = set()
        """The permissions of Microsoft Graph that an administrator has granted to the app."""
        self.catalog_app = str(uuid5(UUID(company.app.id), "catalogue"))
        """The id under which the tenant's catalogue has the app."""
        self.keys = Keys(real=times.real)
        self._begin()

    def _begin(self) -> None:
        self.limits = Limits(self.times.limits)
        self.tokens = Tokens(real=self.times.real, new_id=self.new_id)
        self.wire = Wire(now=self.times.now)
        self.contents = Contents(members={m.id: m for m in self.company.members})
        self._n = 0
        for team in self.company.teams:
            now = TeamNow(id=team.id, group=team.group, name=team.name, members=team.members)
            self.contents.teams[team.id] = now
            for one in team.channels:
                self.add_channel(now, id_=one.id, name=one.name)

    def reset(self) -> None:
        """Everything as on the first day; keys, password and addresses stay."""
        self.faults.clear()
        self.refused.clear()
        self._begin()
        self.changed("reset")

    # -- addresses: the settings of the app

    @property
    def service_url(self) -> str:
        """The base of the connector; like the real one it has a path and a slash at the end."""
        return f"{self.address}/emea/{self.company.id}/"

    @property
    def login_url(self) -> str:
        """The base of the token endpoint, `{base}/{tenant}/oauth2/v2.0/token`."""
        return f"{self.address}/login"

    @property
    def openid_url(self) -> str:
        """The document that names the keys with which deliveries are signed."""
        return f"{self.address}/openid/.well-known/openidconfiguration"

    @property
    def graph_url(self) -> str:
        """The base of Microsoft Graph."""
        return f"{self.address}/graph"

    @property
    def service_host(self) -> str:
        """`host:port` of the connector."""
        return self.address.removeprefix("http://")

    # -- people

    @property
    def app_user(self) -> str:
        """The app's own id, as the author of its messages."""
        return self.company.app.address

    def address_of(self, user: str) -> str:
        """`29:…` of a person."""
        return member_address(self.company.id, self.company.app.id, user)

    def person_called(self, who: str) -> Member | None:
        """By object id, by `29:…`, or by user principal name."""
        for member in self.contents.members.values():
            if who in (member.id, self.address_of(member.id), mail_of(member, domain=self.company.domain)):
                return member
        return None

    def change_member(self, member: Member) -> None:
        """Puts a person in, or changes one. Teams tells the app nothing of it."""
        self.contents.members[member.id] = member
        self.changed("people")

    def notify(self, user: str, text: str) -> None:
        """Teams' own words to this person."""
        told = self.contents.notices.setdefault(user, [])
        n = told[-1].n + 1 if told else 1
        told.append(Notice(n=n, at=self.times.now(), text=text))
        del told[:-10]
        self.changed("notice", user)

    # -- conversations and messages

    def chat_id(self, user: str) -> str:
        """The id of this person's chat with the app, whether it is there already or not."""
        return "a:1" + hashlib.sha256(f"{self.company.id}/{self.company.app.id}/{user}".encode()).hexdigest()

    def open_chat(self, user: str) -> Conversation:
        """This person's chat with the app, made when it was not there."""
        id_ = self.chat_id(user)
        if id_ not in self.contents.conversations:
            self.contents.conversations[id_] = Conversation(
                id=id_, kind=Kind.PERSONAL, name=self.company.app.name, members=(user,)
            )
            self.changed("messages", user)
        return self.contents.conversations[id_]

    def open_group(self, users: tuple[str, ...], name: str) -> Conversation:
        """A new group chat; the same people may have several. Without a name it is called after them."""
        told = name or ", ".join(self.contents.members[one].name for one in users)
        drawn = hashlib.sha256(f"{self.company.id}/{self.new_id()}".encode()).hexdigest()[:32]
        made = Conversation(id=f"19:{drawn}@thread.v2", kind=Kind.GROUP, name=told, members=users)
        self.contents.conversations[made.id] = made
        self.changed("messages", *users)
        return made

    def add_channel(self, team: TeamNow, *, id_: str, name: str) -> Conversation:
        """A channel of a team; the first one has the team's id."""
        made = Conversation(id=id_, kind=Kind.CHANNEL, name=name, members=team.members, team=team.id)
        self.contents.conversations[id_] = made
        return made

    def channels_of(self, team: str) -> tuple[Conversation, ...]:
        """The channels of a team, the first one first."""
        return tuple(one for one in self.contents.conversations.values() if one.team == team)

    def remove_channel(self, conversation: Conversation) -> None:
        """A channel with all that stands in it."""
        for message in tuple(self.contents.messages.get(conversation.id, {}).values()):
            self.take_away(message)
        del self.contents.conversations[conversation.id]
        self.changed("messages", *conversation.members)

    def has_app(self, conversation: Conversation) -> bool:
        """Whether the app is in this group chat, or in the team of this channel."""
        if conversation.kind is Kind.GROUP:
            return conversation.id in self.contents.with_app
        return conversation.team in self.contents.teams and self.contents.teams[conversation.team].with_app

    def shares_team(self, user: str) -> bool:
        """Whether this person belongs to a team that has the app."""
        return any(team.with_app and user in team.members for team in self.contents.teams.values())

    def new_message_id(self) -> str:
        """An id that no other message has; Teams uses milliseconds."""
        self._n += 1
        return str(int(self.times.now().timestamp() * 1000) * 1000 + self._n % 1000)

    def next_n(self) -> int:
        """The place of a new message among all."""
        self._n += 1
        return self._n

    def show(self, message: Message) -> None:
        """Puts a message into its conversation, or a new form of it into its place: what was typed into it is gone."""
        shown = replace(message, touched=self.next_n())
        self.contents.messages.setdefault(message.conversation, {})[message.id] = shown
        self.forget(InMessage(conversation=message.conversation, message=message.id))
        self.changed("messages", *self.contents.conversations[message.conversation].members)

    def show_alone(self, user: str, where: InMessage, card: Json) -> None:
        """A card in place of the one that a person of a channel has pressed; the others see what they saw."""
        self.forget(where, user=user)
        self.contents.own_cards[user, where.key] = card
        self.changed("messages", user)

    def open_dialog(self, user: str, conversation: str, *, title: str, card: Json) -> None:
        """A dialog beside the conversation, or another page in the one that is open."""
        self.close_dialog(user)
        n = self.next_n()
        self.contents.dialogs[user] = Message(
            conversation=conversation,
            id=f"dialog-{n}",
            n=n,
            at=self.times.now(),
            author=self.app_user,
            attachments=({"contentType": CARD, "content": card},),
            touched=n,
            dialog=title,
        )
        self.changed("messages", user)

    def close_dialog(self, user: str) -> None:
        """Nothing of it stays."""
        gone = self.contents.dialogs.pop(user, None)
        if gone is not None:
            self.forget(InMessage(conversation=gone.conversation, message=gone.id))
            self.changed("messages", user)

    def take_away(self, message: Message) -> None:
        """Removes a message."""
        del self.contents.messages[message.conversation][message.id]
        self.forget(InMessage(conversation=message.conversation, message=message.id))
        self.changed("messages", *self.contents.conversations[message.conversation].members)

    def forget(self, where: InMessage, *, user: str = "") -> None:
        """Drops what this person, or everybody, has put into a card, and what was said about it."""
        for kept in (self.contents.put_in, self.contents.errors, self.contents.own_cards):
            for key in [key for key in kept if key[1] == where.key and user in ("", key[0])]:
                del kept[key]
        gone = {key for key in self.contents.put_aside if key[1] == where.key and user in ("", key[0])}
        self.contents.put_aside -= gone

    def message(self, where: InMessage) -> Message | None:
        """The message, or the dialog, as it is now."""
        found = self.contents.messages.get(where.conversation, {}).get(where.message)
        return found or next((one for one in self.contents.dialogs.values() if one.id == where.message), None)

    def messages_for(self, user: str, conversation: str) -> tuple[Message, ...]:
        """What this person sees in the conversation, oldest first."""
        shown = self.contents.messages.get(conversation, {}).values()
        return tuple(self.as_seen_by(user, message) for message in shown)

    def as_seen_by(self, user: str, message: Message) -> Message:
        """The message with the card that this person sees."""
        where = InMessage(conversation=message.conversation, message=message.id)
        card = self.contents.own_cards.get((user, where.key))
        if card is None:
            return message
        return replace(
            message, attachments=({"contentType": "application/vnd.microsoft.card.adaptive", "content": card},)
        )

    def read(self, message: Message, *, tz: str) -> Read:
        """What the message says and offers somebody of this zone. One that has not changed is not read again: people
        look for their buttons among everything that the app ever wrote to them."""
        key = tz, InMessage(conversation=message.conversation, message=message.id).key
        known = self.contents.read.get(key)
        if known is None or known.message is not message:
            said = card_text(message.card, tz=tz) if message.card is not None else ""
            known = Read(message=message, body=said, controls=controls_of(message))
            self.contents.read[key] = known
        return known

    def reaches(self, user: str) -> bool:
        """Whether this person has the app."""
        return user in self.contents.installed and not self.contents.members[user].deleted
