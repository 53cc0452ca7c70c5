"""Somebody who uses Slack: reads what is shown, finds controls by their label alone, and acts."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground import acts, payloads, players
from bot.playground.acts import Outcome
from bot.playground.controls import HOLDS, Control, NotPossible, controls_of
from bot.playground.deliver import deliver_event
from bot.playground.members import Member
from bot.playground.reading import Reader
from bot.playground.seen import InMessage, InView, Kind, Message, StoredFile, View, Where
from bot.playground.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message, a modal or an App Home, as a person takes it in. `"words" in seen` looks at all of its text."""

    where: Where
    surface: Message | View = field(repr=False)
    author: str
    """The name of who wrote it; the app's name for views."""
    summary: str
    """What the notification and the screen reader say; a view's title."""
    body: str
    """What the blocks say, without what stands on the controls."""
    controls: tuple[Control, ...] = field(repr=False)
    errors: tuple[str, ...] = ()
    """What is said below the fields of a modal that was refused."""

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.summary, self.body, *self.errors)))

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    @property
    def sends(self) -> bool:
        """Whether it is a modal that can be sent; others can only be read and closed."""
        return isinstance(self.surface, View) and bool(self.surface.given.get("submit"))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of everything that can be pressed, chosen or filled in."""
        return tuple(c.label for c in self.controls)

    def control(self, label: str) -> Control | None:
        """The control with this label, the last when there are several."""
        found = [c for c in self.controls if c.is_called(label)]
        return found[-1] if found else None


class Person:
    """One member of the workspace who acts by what is to be seen."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        if user_id not in workspace.contents.members:
            raise NotPossible(f"There is nobody with the id {user_id}.")
        self.workspace = workspace
        self.id = user_id
        self._taken_in: dict[tuple[str, str], Seen] = {}
        """Channel and ts → the message as `_taken_by` read it last. No message changes: another one takes its place."""
        self._taken_by: Reader | None = None

    @property
    def member(self) -> Member:
        """Who this is, as the workspace knows them now."""
        return self.workspace.contents.members[self.id]

    @property
    def dm(self) -> str:
        """The id of the direct message with the app."""
        return self.workspace.dm_id(self.id)

    # -- reading

    def reads(self) -> tuple[Seen, ...]:
        """The direct message with the app, oldest first, without ephemeral messages."""
        return self._all(m for m in self.workspace.messages_for(self.id, self.dm) if m.only_for is None)

    @property
    def last_message(self) -> Seen:
        """The newest message of the app in the direct message; raises `NotPossible` when there is none."""
        for message in reversed(self.workspace.messages_for(self.id, self.dm)):
            if message.only_for is None and message.author == self.workspace.app_user:
                return self.sees(message)
        raise NotPossible(f"{self.member.name} has not heard from the app yet.")

    def ephemerals(self) -> tuple[Seen, ...]:
        """What only this person sees, in all conversations, oldest first."""
        every = (m for c in self.conversations() for m in self.workspace.messages_for(self.id, c))
        found = [m for m in every if m.only_for == self.id]
        return self._all(sorted(found, key=lambda m: float(m.ts)))

    @property
    def answer(self) -> Seen:
        """The newest message that only this person sees; raises `NotPossible` when there is none."""
        found = self.ephemerals()
        if not found:
            raise NotPossible(f"{self.member.name} has no private answer.")
        return found[-1]

    def sees(self, message: Message) -> Seen:
        """A message, as this person takes it in."""
        (seen,) = self._all([message])
        return seen

    def channel(self, name: str) -> tuple[Seen, ...]:
        """A channel (`#general`) or a conversation by its id, oldest first."""
        for conversation in self.workspace.contents.conversations.values():
            if name in (conversation.id, f"#{conversation.name}") and self.id in conversation.members:
                return self._all(self.workspace.messages_for(self.id, conversation.id))
        raise NotPossible(f"{self.member.name} is in no conversation {name}.")

    def groups(self) -> tuple[str, ...]:
        """The ids of the group messages with the app, for `channel`."""
        every = self.workspace.contents.conversations.values()
        return tuple(c.id for c in every if c.kind is Kind.GROUP and self.id in c.members)

    def home(self) -> Seen | None:
        """The App Home, when the app has published one."""
        view = self.workspace.contents.homes.get(self.id)
        return self._seen_view(view) if view else None

    def conversations(self) -> tuple[str, ...]:
        """The ids of all conversations that they are in, for `channel`."""
        return tuple(c.id for c in self.workspace.contents.conversations.values() if self.id in c.members)

    def modal(self) -> Seen | None:
        """The top modal, when one is open."""
        stack = self.workspace.stack(self.id)
        return self._seen_view(stack[-1]) if stack else None

    def window(self) -> Seen | None:
        """What the last act has opened: the top modal."""
        return self.modal()

    def holds(self, label: str) -> tuple[str, ...]:
        """What a field holds now, by what is shown: texts of options, names, or what was typed."""
        seen, control = self._find(label, pressed=False)
        held = self.workspace.values(self.id, seen.where)[control.block_id][control.action_id][HOLDS[control.kind][0]]
        found: list[Any] = held if isinstance(held, list) else [held] if held is not None else []
        reader = self._reader()
        names = reader.people | reader.channels
        return tuple(_shown(f, reader) if isinstance(f, dict) else names.get(f, f) for f in found)

    def files(self) -> tuple[StoredFile, ...]:
        """What the app has uploaded into the direct message."""
        return tuple(file for m in self.workspace.messages_for(self.id, self.dm) for file in m.files)

    def notices(self) -> tuple[str, ...]:
        """What Slack itself has said."""
        return tuple(n.text for n in self.workspace.contents.notices.get(self.id, ()))

    # -- acting

    async def accepts_file(self) -> bool:
        """Whether a file waited for a yes: here none does."""
        return False

    async def comes(self) -> bool:
        """Whether the app had to be added first: in a workspace everybody has it."""
        return False

    async def types(self, text: str, *, to: str | None = None) -> Outcome:
        """Writes to the app, or to another conversation by its id."""
        return await acts.say(self.workspace, self.id, channel=to or self.dm, text=text)

    def types_late(self, text: str) -> Callable[[], Awaitable[Outcome]]:
        """Writes to the app, which hears of it when the result is called."""
        here = self.workspace.open_dm(self.id)
        now = self.workspace.times.now()
        message = Message(channel=here.id, ts=self.workspace.new_ts(), at=now, author=self.id, text=text)
        self.workspace.show(message)

        async def arrive() -> Outcome:
            event = payloads.written(self.workspace, message)
            return Outcome(delivery=await deliver_event(self.workspace, event, who=self.id))

        return arrive

    async def asks(self, command: str, words: str = "", *, within: str | None = None) -> Outcome:
        """Sends a slash command, in the direct message with the app unless told otherwise."""
        return await self.types(f"{command} {words}".strip(), to=within)

    async def presses(self, label: str, option: str | None = None) -> Outcome:
        """Presses the newest visible button with this label; `option` takes one of an overflow menu by its text."""
        seen, control = self._find(label, pressed=True)
        value = None
        if option is not None:
            value = next((o.value for o in control.options if o.text == option), None)
            if value is None:
                raise NotPossible(f"“{label}” does not offer “{option}”, it offers {_listed(control)}.")
        return await acts.press(self.workspace, self.id, where=seen.where, control=control, option=value)

    async def presses_beside(self, label: str, words: str) -> Outcome:
        """Presses the newest visible button with this label in a line that begins with these words."""
        for seen in self._in_sight():
            for control in seen.controls:
                if control.is_called(label) and any(line.startswith(words) for line in control.other_labels):
                    return await acts.press(self.workspace, self.id, where=seen.where, control=control)
        raise NotPossible(f"{self.member.name} sees no “{label}” beside “{words}”.")

    async def presses_again(self, seen: players.Seen, label: str) -> Outcome:
        """Presses a button of something seen earlier, as if the screen had not changed since."""
        control = seen.control(label)
        if control is None:
            raise NotPossible(f"There was no “{label}”; there was {', '.join(seen.labels)}.")
        return await self.presses_that(seen, control)

    async def presses_that(self, seen: players.Seen, control: players.Control) -> Outcome:
        """Presses this very control of something that they, or somebody else, have seen earlier."""
        if not isinstance(seen, Seen) or not isinstance(control, Control):
            raise NotPossible("That was seen elsewhere.")
        return await acts.press(self.workspace, self.id, where=seen.where, control=control, surface=seen.surface)

    async def chooses(self, label: str, *options: str) -> Outcome:
        """Chooses these options, by their text, or people and channels by their name; none empties the choice."""
        seen, control = self._find(label, pressed=False)
        values = [self._value(control, option) for option in options]
        return await acts.put_in(self.workspace, self.id, where=seen.where, control=control, value=values)

    async def fills(self, label: str, text: str) -> Outcome:
        """Types into a field; a date as 2026-05-14, a time as 09:30."""
        seen, control = self._find(label, pressed=False)
        return await acts.put_in(self.workspace, self.id, where=seen.where, control=control, value=text)

    async def attaches(self, label: str, name: str, content: bytes) -> Outcome:
        """Puts a file into a field that takes one."""
        seen, control = self._find(label, pressed=False)
        acts.attach(self.workspace, self.id, where=seen.where, control=control, name=name, content=content)
        return Outcome()

    async def fills_first(self, label: str, text: str) -> Outcome:
        """Types into the first of several fields of the top modal that are called so."""
        seen, control = self._first(label)
        return await acts.put_in(self.workspace, self.id, where=seen.where, control=control, value=text)

    async def chooses_first(self, label: str, option: str) -> Outcome:
        """Chooses in the first of several fields of the top modal that are called so."""
        seen, control = self._first(label)
        value = self._value(control, option)
        return await acts.put_in(self.workspace, self.id, where=seen.where, control=control, value=value)

    async def submits(self) -> Outcome:
        """Sends the top modal."""
        return await acts.submit(self.workspace, self.id, view_id=self._top().id)

    async def closes(self) -> Outcome:
        """Closes the top modal without sending it."""
        return await acts.close(self.workspace, self.id, view_id=self._top().id)

    async def opens_home(self) -> Outcome:
        """Opens the App Home."""
        return await acts.open_app(self.workspace, self.id, tab="home")

    # -- finding

    def _top(self) -> View:
        stack = self.workspace.stack(self.id)
        if not stack:
            raise NotPossible(f"{self.member.name} has no window open.")
        return stack[-1]

    def _first(self, label: str) -> tuple[Seen, Control]:
        top = self._seen_view(self._top())
        for control in top.controls:
            if control.is_called(label):
                return top, control
        raise NotPossible(f"{self.member.name} sees no field “{label}”.")

    def _in_sight(self) -> Iterator[Seen]:
        top = self.modal()
        if top is not None:
            yield top
            return
        found = [m for c in self.conversations() for m in self.workspace.messages_for(self.id, c) if m.blocks]
        for message in sorted(found, key=lambda m: float(m.ts), reverse=True):
            yield self.sees(message)
        home = self.home()
        if home is not None:
            yield home

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

    def _value(self, control: Control, option: str) -> str:
        if control.kind in {"users_select", "multi_users_select"}:
            for member in self.workspace.contents.members.values():
                if option in (member.name, member.handle, member.id):
                    return member.id
        elif control.kind in {"channels_select", "conversations_select"}:
            for conversation in self.workspace.contents.conversations.values():
                if option in (conversation.id, f"#{conversation.name}"):
                    return conversation.id
        else:
            for one in control.options:
                if one.text == option:
                    return one.value
        raise NotPossible(f"“{control.label}” does not offer “{option}”, it offers {_listed(control)}.")

    # -- taking in

    def _reader(self) -> Reader:
        contents = self.workspace.contents
        people = {m.id: m.name for m in contents.members.values()} | {
            self.workspace.app_user: self.workspace.company.app.name
        }
        channels = {c.id: c.name for c in contents.conversations.values()}
        return Reader(tz=self.member.tz, people=people, channels=channels)

    def _all(self, messages: Iterable[Message]) -> tuple[Seen, ...]:
        reader = self._reader()
        if reader != self._taken_by:
            self._taken_in, self._taken_by = {}, reader
        return tuple(self._taken(message, reader) for message in messages)

    def _taken(self, message: Message, reader: Reader) -> Seen:
        place = (message.channel, message.ts)
        seen = self._taken_in.get(place)
        if seen is None or seen.surface is not message:
            seen = self._taken_in[place] = Seen(
                where=InMessage(channel=message.channel, ts=message.ts),
                surface=message,
                author=reader.people[message.author],
                summary=reader.markup(message.text),
                body=reader.blocks(message.blocks),
                controls=controls_of(message.blocks),
            )
        return seen

    def _seen_view(self, view: View) -> Seen:
        title = view.given.get("title")
        return Seen(
            where=InView(view=view.id),
            surface=view,
            author=self.workspace.company.app.name,
            summary=title["text"] if title else "",
            body=self._reader().blocks(view.blocks),
            controls=controls_of(view.blocks),
            errors=tuple(self.workspace.contents.errors.get(view.id, {}).values()),
        )


def _shown(held: Json, reader: Reader) -> str:
    return str(held["name"]) if "url_private" in held else reader.text(held["text"])


def _listed(control: Control) -> str:
    return ", ".join(f"“{o.text}”" for o in control.options) or "nothing"
