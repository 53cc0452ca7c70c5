"""A newcomer who knows no word of the product: reads the newest message, fills it in, presses what stands out."""

from bot.playground.players import Control
from tests.stage import Actor


class Newcomer:
    """Each act is one that the bot hears of: the command, a button, a form or dialog that is sent."""

    def __init__(self, actor: Actor, *, wants: str) -> None:
        self._actor = actor
        self._wants = wants
        """The one choice that is theirs; everywhere else the first will do."""
        self.acts = 0

    async def joins(self, *, most: int) -> None:
        """From the command until no button stands out any more; gives up after `most` acts."""
        await self._actor.asks("join")
        self.acts = 1
        while (button := self._next()) is not None:
            assert self.acts < most, f"after {most} acts still: {self._actor.last_message}"
            await self._fill()
            await self._actor.presses(button.label)
            self.acts += 1

    def _next(self) -> Control | None:
        """The button that stands out, else what is wanted, else the first of a question; none below plain news."""
        seen = self._actor.last_message
        buttons = [control for control in seen.controls if control.is_button]
        striking = [button for button in buttons if button.main]
        wanted = [button for button in buttons if button.label == self._wants]
        question = buttons if "?" in seen.summary.splitlines()[0] else []
        return next(iter((*striking, *wanted, *question)), None)

    async def _fill(self) -> None:
        for control in self._actor.last_message.controls:
            if not control.holds:
                continue
            if control.options:
                await self._actor.chooses(control.label, control.options[0].text)
            else:
                await self._actor.fills(control.label, "2" if "How many" in control.label else "Hello, I am new here.")
