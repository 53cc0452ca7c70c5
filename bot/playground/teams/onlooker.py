"""Somebody who looks at Teams: what is shown to them, and the controls in it, found by their label alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.controls import NotPossible
from bot.playground.members import Member
from bot.playground.teams.controls import Control, values_of
from bot.playground.teams.reading import complaints, in_zone, plain
from bot.playground.teams.seen import CONSENT, FILE_INFO, InMessage, Kind, Message, StoredFile
from bot.playground.teams.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message, as a person takes it in. `"words" in seen` looks at all of its text."""

    where: InMessage
    surface: Message = field(repr=False)
    author: str
    """The name of who wrote it."""
    summary: str
    """What the notification says; the text of a message without a card."""
    body: str
    """What the card says, without what stands on its buttons."""
    controls: tuple[Control, ...] = field(repr=False)
    errors: tuple[str, ...] = ()
    """What is said below the card that was refused."""

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.summary, self.body, *self.errors)))

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    @property
    def sends(self) -> bool:
        """Whether it is a form that can be sent."""
        return any(control.holds for control in self.controls) and self.submit is not None

    @property
    def submit(self) -> Control | None:
        """The first button that sends what stands in the inputs."""
        return next((control for control in self.controls if control.sends_inputs), None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of everything that can be pressed, chosen or filled in."""
        return tuple(c.label for c in self.controls)

    def control(self, label: str) -> Control | None:
        """The control with this label, the last when there are several."""
        found = [c for c in self.controls if c.is_called(label)]
        return found[-1] if found else None


class Onlooker:
    """One member of the tenant, and what is to be seen by them."""

    def __init__(self, tenant: Tenant, user_id: str) -> None:
        if user_id not in tenant.contents.members:
            raise NotPossible(f"There is nobody with the id {user_id}.")
        self.tenant = tenant
        self.id = user_id

    @property
    def member(self) -> Member:
        """Who this is, as the tenant knows them now."""
        return self.tenant.contents.members[self.id]

    @property
    def dm(self) -> str:
        """The id of the chat with the app."""
        return self.tenant.chat_id(self.id)

    def reads(self) -> tuple[Seen, ...]:
        """The chat with the app, oldest first."""
        return tuple(self.sees(m) for m in self.tenant.messages_for(self.id, self.dm))

    def ephemerals(self) -> tuple[Seen, ...]:
        """What the app wrote into the chat: in Teams that is where private answers go."""
        shown = self.tenant.messages_for(self.id, self.dm)
        return tuple(self.sees(m) for m in shown if m.author == self.tenant.app_user)

    @property
    def last_message(self) -> Seen:
        """The newest message of the app in the chat; raises `NotPossible` when there is none."""
        found = self.ephemerals()
        if not found:
            raise NotPossible(f"{self.member.name} has not heard from the app yet.")
        return found[-1]

    @property
    def answer(self) -> Seen:
        """The open dialog, else the newest message of the app in the chat; raises `NotPossible` when there is none."""
        return self._dialog() or self.last_message

    def sees(self, message: Message) -> Seen:
        """A message, as this person takes it in."""
        where = InMessage(conversation=message.conversation, message=message.id)
        card = message.card
        files = [a["name"] for a in message.attachments if a["contentType"] in {CONSENT, FILE_INFO}]
        read = self.tenant.read(message, tz=self.member.tz)
        theirs = message.author == self.tenant.app_user
        return Seen(
            where=where,
            surface=message,
            author=self.tenant.company.app.name if theirs else self.tenant.contents.members[message.author].name,
            summary=message.summary
            or message.dialog
            or (plain(in_zone(message.text, self.member.tz)) if theirs else message.text),
            body="\n".join(filter(None, (read.body, *files))),
            controls=read.controls,
            errors=(
                *self.tenant.contents.errors.get((self.id, where.key), ()),
                *(complaints(card) if message.dialog and card is not None else ()),
            ),
        )

    def channel(self, name: str) -> tuple[Seen, ...]:
        """A channel (`#general`, `Product > launches`) or a conversation by its id, oldest first."""
        return tuple(self.sees(m) for m in self.tenant.messages_for(self.id, self._channel(name)))

    def groups(self) -> tuple[str, ...]:
        """The ids of the group chats with the app, for `channel`."""
        every = self.tenant.contents.conversations.values()
        return tuple(c.id for c in every if c.kind is Kind.GROUP and self.id in c.members)

    def conversations(self) -> tuple[str, ...]:
        """The ids of all conversations that they are in, for `channel`."""
        return tuple(c.id for c in self.tenant.contents.conversations.values() if self.id in c.members)

    def modal(self) -> Seen | None:
        """The open dialog; else the newest form: of the cards with inputs that were neither answered nor put aside,
        what changed last."""
        dialog = self._dialog()
        if dialog is not None:
            return dialog
        for message in self._lately():
            where = InMessage(conversation=message.conversation, message=message.id)
            if (self.id, where.key) not in self.tenant.contents.put_aside:
                seen = self.sees(message)
                if any(control.holds for control in seen.controls):
                    return seen
        return None

    def _dialog(self) -> Seen | None:
        found = self.tenant.contents.dialogs.get(self.id)
        return self.sees(found) if found is not None else None

    def window(self) -> Seen | None:
        """The open dialog; else what the last act has changed in the chat."""
        return self._dialog() or next((self.sees(m) for m in self._lately() if m.author == self.tenant.app_user), None)

    def _lately(self) -> list[Message]:
        """The chat, what came or changed last first."""
        return sorted(self.tenant.messages_for(self.id, self.dm), key=lambda m: m.touched, reverse=True)

    def home(self) -> Seen | None:
        """There is no home tab: where one stands is said in the chat."""
        found = self.ephemerals()
        return found[-1] if found else None

    def holds(self, label: str) -> tuple[str, ...]:
        """What a field holds now, by what is shown: texts of options, or what was typed."""
        seen, control = self._find(label, pressed=False)
        mine = self.tenant.contents.put_in.get((self.id, seen.where.key), {})
        held = values_of(seen.controls, mine)[control.id]
        names = {option.value: option.text for option in control.options}
        if not held:
            return ()
        return tuple(names.get(one, one) for one in (held.split(",") if control.several else (held,)))

    def notices(self) -> tuple[str, ...]:
        """What Teams itself has said."""
        return tuple(n.text for n in self.tenant.contents.notices.get(self.id, ()))

    def files(self) -> tuple[StoredFile, ...]:
        """What the app has put into this person's OneDrive."""
        return tuple(one for one in self.tenant.contents.files.values() if one.owner == self.id)

    def _form(self) -> Seen:
        form = self.modal()
        if form is None:
            raise NotPossible(f"{self.member.name} has no form to send.")
        return form

    def _first(self, label: str) -> tuple[Seen, Control]:
        form = self._form()
        for control in form.controls:
            if control.is_called(label):
                return form, control
        raise NotPossible(f"{self.member.name} sees no field “{label}”.")

    def _channel(self, name: str) -> str:
        for conversation in self.tenant.contents.conversations.values():
            team = self.tenant.contents.teams.get(conversation.team)
            called = (conversation.id, f"#{conversation.name}", f"{team.name} > {conversation.name}" if team else "")
            if name in called and self.id in conversation.members:
                return conversation.id
        raise NotPossible(f"{self.member.name} is in no conversation {name}.")

    def _in_sight(self) -> Iterator[Seen]:
        dialog = self._dialog()
        if dialog is not None:
            # It lies over everything else.
            yield dialog
            return
        every = self.tenant.contents.conversations.values()
        mine = [m for c in every if self.id in c.members for m in self.tenant.messages_for(self.id, c.id)]
        for message in sorted(mine, key=lambda m: m.n, reverse=True):
            if message.attachments:
                yield self.sees(message)

    def _find(self, label: str, *, pressed: bool) -> tuple[Seen, Control]:
        there: list[str] = []
        for seen in self._in_sight():
            fitting = [c for c in seen.controls if c.holds is not pressed]
            called = [c for c in fitting if c.is_called(label)]
            if called:
                return seen, called[-1]
            there += [c.label for c in fitting]
        what = "button" if pressed else "field"
        labels = ", ".join(f"“{name}”" for name in dict.fromkeys(there)) or "none"
        raise NotPossible(f"{self.member.name} sees no {what} “{label}”. There are: {labels}.")
