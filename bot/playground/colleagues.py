"""Colleagues who answer by themselves: they know nothing of the app and only read what is shown to them."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from bot.playground.controls import Control, NotPossible
from bot.playground.person import Person, Seen
from bot.playground.seen import InMessage
from bot.playground.workspace import Workspace

ASIDE = frozenset(
    {"Back", "Skip", "Change", "Change this", "Stop for now", "Take out", "Put back", "Not now"}
    | {"Later", "Settings", "Cancel"}
)
"""What somebody who gets on with it does not press."""
QUESTION = frozenset({"Back", "Stop for now"})
"""What stands below a question of joining, whose choices are a matter of taste."""
SENTENCES = (
    "I like explaining things slowly, with examples from my own week.",
    "Ask me about the projects that did not work; I learnt most there.",
    "I would like to speak up earlier in meetings.",
    "Coffee, long walks, and spreadsheets that fit on one page.",
)


class Colleague:
    """Joins when invited, fills in what is asked, and presses the likely button, once for each message."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self.player = Person(workspace, user_id)
        self._done: set[tuple[str, tuple[str, ...]]] = set()

    async def get_on_with_it(self, *, most: int = 40) -> int:
        """Act until there is nothing left to do; how many acts that were."""
        for acts in range(most):
            if not await self._act():
                return acts
        return most

    async def _act(self) -> bool:
        modal = self.player.modal()
        if modal is not None and not modal.sends:
            await self.player.closes()
            return True
        if modal is not None:
            await self._fill(modal)
            outcome = await self.player.submits()
            if outcome.errors:
                await self.player.closes()
            return True
        for seen in self._unanswered():
            self._done.add(_key(seen))
            button = self._likely(seen)
            if button is None:
                continue
            await self._fill(seen)
            await self.player.presses_again(seen, button.label)
            return True
        return False

    def _unanswered(self) -> Sequence[Seen]:
        """What the app wrote and this person has not looked at as it stands, the newest first."""
        found = [seen for channel in self._channels() for seen in self.player.channel(channel)]
        found += self.player.reads()
        return [seen for seen in reversed(found) if seen.controls and _key(seen) not in self._done]

    def _channels(self) -> Sequence[str]:
        return [channel for channel in ("#general", "#mentoring") if channel in self._names()]

    def _names(self) -> frozenset[str]:
        every = self.player.workspace.contents.conversations.values()
        return frozenset(f"#{one.name}" for one in every if self.player.id in one.members)

    def _likely(self, seen: Seen) -> Control | None:
        """The button that stands out; else one of the first row, by who this is."""
        buttons = [control for control in seen.controls if control.kind == "button" and control.label not in ASIDE]
        if not buttons:
            return None
        main = [button for button in buttons if button.element.get("style") == "primary"]
        if main and not QUESTION.intersection(seen.labels):
            return main[0]
        row = [button for button in buttons if button.block_id == buttons[0].block_id]
        return row[self._dice(seen.summary, len(row))]

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
                most = int(control.element.get("max_selected_items", 3))
                await here.chooses(control.label, *self._some(control, min(3, most)))
            case "static_select" | "radio_buttons":
                if not any(key.startswith("initial") for key in control.element):
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


def _key(seen: Seen) -> tuple[str, tuple[str, ...]]:
    where = seen.where
    name = where.ts if isinstance(where, InMessage) else where.view
    return name, seen.labels
