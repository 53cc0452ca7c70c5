"""Colleagues who answer by themselves: they know nothing of the app and only read what is shown to them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot.playground.controls import Control, NotPossible
from bot.playground.person import Person, Seen
from bot.playground.seen import Message
from bot.playground.workspace import Workspace

QUESTION = frozenset({"Back", "Stop for now"})
"""What stands below a question of joining, whose other choices are a matter of taste."""
ASIDE = QUESTION | {"Skip", "Change this"}
"""What somebody who gets on with a question does not press."""
CALLS = ("Say what I expect", "We have a date", "See it", "Read it")
"""Worth a press although they do not stand out. What stands in no list is left alone, ways out above all."""
TASTES: Mapping[str, int] = {
    "Learn from somebody": 4, "Mentor somebody": 4, "Do both": 1,
    "Fine": 7, "Slow": 2, "Stuck": 1,
    "Very much": 6, "Partly": 2, "Not really": 1,
    "It fits": 5, "Not sure yet": 1,
    "Fully": 3, "Rather": 5, "A little": 2, "Not at all": 1,
    "They may know": 1, "Keep it to me": 1,
    "We go on by ourselves": 2, "That is it for now": 1,
}  # fmt: skip
"""How many of a dozen or so would tap this, where one tap is the answer."""
SENTENCES = (
    "I like explaining things slowly, with examples from my own week.",
    "Ask me about the projects that did not work; I learnt most there.",
    "I would like to speak up earlier in meetings.",
    "Coffee, long walks, and spreadsheets that fit on one page.",
)
PATIENCE = 6
"""Nobody presses the same button of one message for ever."""


class Colleague:
    """Joins when invited, fills in what is asked, and presses the likely button of each message."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self.player = Person(workspace, user_id)
        self._done: dict[str, Message] = {}
        """Time stamp → the message as it stood when there was nothing more to do about it."""
        self._opened: dict[str, tuple[Message, tuple[str, ...]]] = {}
        """Time stamp → the message as it stood, and the buttons that opened a dialog over it."""
        self._pressed: dict[tuple[str, str], int] = {}

    @property
    def has_news(self) -> bool:
        """Whether something stands there that they have not dealt with."""
        return self.player.modal() is not None or next(self._news(), None) is not None

    async def act(self) -> bool:
        """One act; whether there was anything to do. What the app says to it may arrive a little later."""
        modal = self.player.modal()
        if modal is not None:
            await self._end(modal)
            return True
        for message in self._news():
            seen = self.player.sees(message)
            button = self._likely(seen, message)
            if button is None:
                self._done[message.ts] = message
                continue
            await self._fill(seen)
            await self.player.presses_again(seen, button.label)
            self._remember(message, button.label)
            return True
        return False

    async def _end(self, modal: Seen) -> None:
        """Send what can be sent, and close the rest."""
        if not modal.sends:
            await self.player.closes()
            return
        await self._fill(modal)
        outcome = await self.player.submits()
        if outcome.errors:
            await self.player.closes()

    def _remember(self, message: Message, label: str) -> None:
        """A button that opens a dialog leaves the others to be pressed; after any other this message is dealt with."""
        self._pressed[message.ts, label] = self._pressed.get((message.ts, label), 0) + 1
        if self.player.modal() is None:
            self._done[message.ts] = message
        else:
            self._opened[message.ts] = message, (*self._openers(message), label)

    def _openers(self, message: Message) -> tuple[str, ...]:
        as_it_stood, labels = self._opened.get(message.ts, (message, ()))
        return labels if as_it_stood is message else ()

    def _news(self) -> Iterator[Message]:
        """What the app wrote and this person has not dealt with as it stands, the newest first."""
        here = self.player.workspace
        for channel in (self.player.dm, *self._channels()):
            for message in reversed(here.messages_for(self.player.id, channel)):
                if message.author == here.app_user and self._done.get(message.ts) is not message:
                    yield message

    def _channels(self) -> Sequence[str]:
        every = self.player.workspace.contents.conversations.values()
        return [one.id for one in every if one.name in ("general", "mentoring") and self.player.id in one.members]

    def _likely(self, seen: Seen, message: Message) -> Control | None:
        """The button that stands out; else one of the taps, by who this is; else a call to do something."""
        gone = self._openers(message)
        buttons = [one for one in seen.controls if one.kind == "button" and one.label not in gone]
        buttons = [one for one in buttons if self._pressed.get((message.ts, one.label), 0) < PATIENCE]
        main = [button for button in buttons if button.element.get("style") == "primary"]
        if main:
            return main[0]
        asked = bool(QUESTION.intersection(seen.labels))
        weights = [TASTES.get(button.label, int(asked and button.label not in ASIDE)) for button in buttons]
        if any(weights):
            thrown = self._dice(f"{seen.summary}{message.at.date()}", sum(weights))
            return next(one for n, one in enumerate(buttons) if thrown < sum(weights[: n + 1]))
        return next((button for button in buttons if button.label in CALLS), None)

    async def _fill(self, seen: Seen) -> None:
        """Put something into every field that needs it and is empty."""
        for control in seen.controls:
            if not control.holds or not control.in_input:
                continue
            try:
                await self._put_into(control)
            except NotPossible:
                if not control.optional:
                    raise

    async def _put_into(self, control: Control) -> None:
        here = self.player
        match control.kind:
            case _ if any(key.startswith("initial") for key in control.element):
                return
            case "plain_text_input" if control.label.startswith("How many"):
                await here.fills(control.label, str(1 + self._dice(control.label, 3)))
            case "plain_text_input":
                await here.fills(control.label, SENTENCES[self._dice(control.label, len(SENTENCES))])
            case "number_input":
                await here.fills(control.label, str(control.element.get("min_value", "2")))
            case "datepicker":
                day = (here.workspace.times.now() + timedelta(days=2)).date()
                day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
                await here.fills(control.label, day.isoformat())
            case "timepicker":
                await here.fills(control.label, "10:00")
            case "checkboxes" | "multi_static_select":
                most = int(control.element.get("max_selected_items", 5))
                await here.chooses(control.label, *self._some(control, min(5, most)))
            case "static_select" | "radio_buttons":
                await here.chooses(control.label, *self._some(control, 1))
            case _:
                return

    def _some(self, control: Control, most: int) -> Sequence[str]:
        texts = [option.text for option in control.options]
        start = self._dice(control.label, len(texts))
        return [texts[(start + step * 3) % len(texts)] for step in range(min(most, (len(texts) + 2) // 3))]

    def _dice(self, about: str, sides: int) -> int:
        """The same throw for the same person and question, in every run."""
        thrown = hashlib.sha256(f"{self.player.id}:{about}".encode()).digest()
        return int.from_bytes(thrown[:4], "big") % sides
