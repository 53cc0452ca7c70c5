"""Somebody who plays in the page: finds things by role and label, waits for words, keeps a picture of each act."""

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from playwright.async_api import Locator, Page, Response, expect

PATIENCE_MS = 20_000
"""As long as a busy machine may take for what takes a blink."""
SEASON_MS = 240_000
WALKING = re.compile(r"\bis-walking\b")
Fields = Mapping[str, str | tuple[str, ...]]
"""The label of a field → what is typed or chosen from a list; what is ticked stands in a tuple."""


class Seat:
    """One pane of the page, with somebody in it."""

    line = "/playground/act"
    """Where the pane sends what they do."""
    command = "/mentor"
    sending = "submit"
    """What the pane calls it when a dialog is sent."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.pane = page.get_by_role("region", name=f"As {name}", exact=True)
        self.log = self.pane.get_by_role("log")
        self._composer = self.pane.get_by_role("combobox", name="Message to")
        self.newest = self.log.get_by_role("article").last

    async def asks(self, line: str) -> None:
        """Writes a line to the bot and sends it; the bot has taken it when this returns."""
        await self._composer.fill(line)
        await self.sends(line)

    async def sends(self, line: str) -> None:
        """Sends the line that stands there already."""
        await expect(self._composer).to_have_value(line, timeout=PATIENCE_MS)
        async with self._acts("say"):
            await self._composer.press("Enter")

    async def reads(self, *words: str) -> None:
        """Waits for these words among the messages, the last time that they stand there."""
        for one in words:
            await expect(self.log.get_by_text(one).last).to_be_visible(timeout=PATIENCE_MS)

    async def sees_button(self, label: str) -> None:
        """Waits for a button among the messages."""
        await expect(self.log.get_by_role("button", name=label, exact=True).last).to_be_visible(timeout=PATIENCE_MS)

    async def presses(self, label: str, *, within: Locator | None = None) -> None:
        """The last button with this label, anywhere in the pane or within a part of it."""
        button = (within or self.pane).get_by_role("button", name=label, exact=True).last
        async with self._acts("press"):
            await button.click()

    async def taps(self, question: str, label: str) -> None:
        """Answers a question with one tap, once it stands there; its message changes in place."""
        message = self.log.get_by_role("article").filter(has_text=question).last
        await self.presses(label, within=message)

    async def fills(self, place: Locator, fields: Fields) -> None:
        """Puts something into fields of a message or dialog."""
        for label, said in fields.items():
            if isinstance(said, tuple):
                await self._ticks(place, label, said)
                continue
            field = place.get_by_label(label, exact=True)
            if await field.evaluate("node => node.tagName") == "SELECT":
                await field.select_option(label=said)
            else:
                await field.fill(said)

    async def submits(self, title: str, fields: Fields, send: str) -> None:
        """Fills in the dialog with this title and sends it."""
        dialog = self.dialog(title)
        await expect(dialog).to_be_visible(timeout=PATIENCE_MS)
        await self.fills(dialog, fields)
        async with self._acts(self.sending):
            await dialog.get_by_role("button", name=send, exact=True).click()

    async def closes(self, title: str) -> None:
        """Puts away the dialog with this title."""
        await self.dialog(title).get_by_role("button", name="Close", exact=True).last.click()
        await expect(self.dialog(title)).to_have_count(0)

    def dialog(self, title: str) -> Locator:
        """The open dialog with this title."""
        return self.pane.get_by_role("dialog", name=title, exact=True)

    async def goes_to(self, tab: str) -> None:
        """Another tab of the pane, by the beginning of its name."""
        await self.pane.get_by_role("tab", name=re.compile(rf"^\W*{tab}")).click()

    async def _ticks(self, place: Locator, label: str, options: tuple[str, ...]) -> None:
        closed = place.locator("details.long-list:not([open]) > summary")
        if await closed.count():
            await closed.click()
        group = place.get_by_role("group", name=label, exact=True).or_(
            place.get_by_role("radiogroup", name=label, exact=True)
        )
        for option in options:
            # In Teams the note of an option stands behind a dash.
            named = re.compile(rf"^{re.escape(option)}(?: – |$)")
            choice = group.locator("label").filter(has=self.page.get_by_text(named))
            await choice.get_by_role("checkbox").or_(choice.get_by_role("radio")).check()

    def _acts(self, kind: str) -> AbstractAsyncContextManager[object]:
        def of_this_kind(response: Response) -> bool:
            return response.url.endswith(self.line) and f'"kind":"{kind}"' in (response.request.post_data or "")

        return self.page.expect_response(of_this_kind)


class TeamsSeat(Seat):
    """A pane with the look of Teams: no tabs, no commands, and a button sends what stands in a dialog."""

    line = "/playground/teams/act"
    command = "mentor"
    sending = "press"

    def __init__(self, page: Page, name: str) -> None:
        super().__init__(page, f"{name}, in Teams")
        self._composer = self.pane.get_by_role("textbox", name="Message to Alongside in Teams")


class Visitor:
    """Who sits in front of the page and plays three people."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self._pictures = pictures
        self._acts = 0
        pictures.mkdir(parents=True, exist_ok=True)

    def sits_as(self, name: str) -> Seat:
        """The pane of this person."""
        return Seat(self.page, name)

    def sits_in_teams_as(self, name: str) -> TeamsSeat:
        """The pane of this person, who is on Teams."""
        return TeamsSeat(self.page, name)

    async def moves(self, name: str, to: str) -> None:
        """Whoever sits in a pane is played on this platform from now on."""
        select = self.page.get_by_role("region", name=re.compile(rf"^As {name}\b")).get_by_role(
            "combobox", name="Play as"
        )
        group = select.locator("optgroup").and_(self.page.locator(f"[label='{to}']"))
        value = await group.locator("option").filter(has_text=name).get_attribute("value")
        await select.select_option(value)

    async def keeps(self, act: str) -> None:
        """A picture of the page as it is now."""
        self._acts += 1
        await self.page.screenshot(path=self._pictures / f"{self._acts:02}-{act}.png", animations="disabled")

    async def lets_time_pass(self, jump: str) -> None:
        """Presses a button of the clock bar and waits until everything due has happened."""
        async with self.page.expect_response("**/playground/clock", timeout=SEASON_MS) as walked:
            await self.page.get_by_role("button", name=jump, exact=True).click()
        assert (await walked.value).ok
        await expect(self.page.locator("body")).not_to_have_class(WALKING, timeout=PATIENCE_MS)


Step = tuple[str, str | Fields]
"""A question, and the button that answers it or the fields of its form."""


async def joins(seat: Seat, steps: tuple[Step, ...]) -> None:
    """From the command to the last button, as somebody who reads each question."""
    await seat.asks(f"{seat.command} join")
    await seat.presses("I agree")
    for question, said in steps:
        await expect(seat.newest).to_contain_text(question, timeout=PATIENCE_MS)
        if isinstance(said, str):
            await seat.presses(said, within=seat.newest)
        else:
            await seat.fills(seat.newest, said)
            await seat.presses("Save", within=seat.newest)
    await expect(seat.newest).to_contain_text("Nothing counts until you join", timeout=PATIENCE_MS)
