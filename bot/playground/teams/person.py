"""Somebody who uses Teams: acts on what they see."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.playground import players
from bot.playground.controls import NotPossible
from bot.playground.members import find_by_typed_name
from bot.playground.teams import acts, team_acts
from bot.playground.teams.acts import Outcome
from bot.playground.teams.company import mail_of
from bot.playground.teams.controls import Control, listed, option_called
from bot.playground.teams.onlooker import Onlooker, Seen
from bot.playground.teams.strict import picks_people


class Person(Onlooker):
    """One member of the tenant who acts by what is to be seen."""

    async def installs(self) -> Outcome:
        """Adds the app."""
        return await acts.install(self.tenant, self.id)

    async def uninstalls(self) -> Outcome:
        """Removes the app."""
        return await acts.uninstall(self.tenant, self.id)

    def blocks(self) -> None:
        """Wants to hear no more from the app."""
        acts.block(self.tenant, self.id)

    def leaves_the_company(self) -> None:
        """Their account is closed; the app finds out when it writes to them."""
        acts.deactivate(self.tenant, self.id)

    async def adds_app_to_team(self, team: str = "") -> Outcome:
        """Adds the app to a team, all channels of it; to the company's when none is named."""
        return await team_acts.add(self.tenant, self.id, team=team)

    async def says_in_channel(self, name: str, text: str) -> Outcome:
        """Writes to a channel (`#general`) without mentioning the app."""
        return await acts.say(self.tenant, self.id, conversation=self._channel(name), text=text)

    async def comes(self) -> bool:
        """Adds the app where it is not there; whether it had to."""
        if self.id in self.tenant.contents.installed:
            return False
        await self.installs()
        return True

    async def accepts_file(self) -> bool:
        """Says yes to the newest file that is offered; whether there was one."""
        if all(message.consent is None for message in self.tenant.messages_for(self.id, self.dm)):
            return False
        await self.presses("Allow")
        return True

    async def types(self, text: str, *, to: str | None = None) -> Outcome:
        """Writes to the app, which is added when it is not there; or mentions it in a channel (`#general`)."""
        if to is not None:
            mention = f"<at>{self.tenant.company.app.name}</at> {text}"
            return await acts.say(self.tenant, self.id, conversation=self._channel(to), text=mention)
        await self.comes()
        return await acts.say(self.tenant, self.id, conversation=self.dm, text=text)

    def types_late(self, text: str) -> Callable[[], Awaitable[Outcome]]:
        """Writes to the app, which hears of it when the result is called."""
        chat = self.tenant.open_chat(self.id)
        message = acts.write(self.tenant, self.id, conversation=chat, text=text)

        async def arrive() -> Outcome:
            return await acts.tell(self.tenant, message, conversation=chat)

        return arrive

    async def asks(self, command: str, words: str = "", *, within: str | None = None) -> Outcome:
        """Types the words of a command, without the slash. Whom Slack would mention is named by their address, and what
        is about a channel is typed there."""
        channel = re.search(r"(?<!\S)#[\w-]+", words)
        if within is None and channel is not None:
            within, words = channel[0], words.replace(channel[0], "")
            if not self.tenant.has_app(self.tenant.contents.conversations[self._channel(within)]):
                await self.adds_app_to_team()
        typed = f"{command.removeprefix('/')} {self._addressed(words)}".strip()
        await self.comes()
        return await self.types(typed, to=within)

    async def opens_home(self) -> Outcome:
        """Asks where they stand in everything."""
        return await self.types("mentor status")

    async def presses(self, label: str, option: str | None = None, *, old_client: bool = False) -> Outcome:
        """Presses the newest visible button with this label."""
        if option is not None:
            raise NotPossible("A card has no menu of options.")
        seen, control = self._find(label, pressed=True)
        return await acts.press(self.tenant, self.id, where=seen.where, control=control, old_client=old_client)

    async def presses_beside(self, label: str, words: str) -> Outcome:
        """Presses the newest visible button with this label in a line that begins with these words."""
        for seen in self._in_sight():
            for control in seen.controls:
                if control.is_called(label) and any(line.startswith(words) for line in control.other_labels):
                    return await acts.press(self.tenant, self.id, where=seen.where, control=control)
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
        where, surface = seen.where, seen.surface
        if self.id not in self.tenant.contents.conversations[where.conversation].members:
            # Nobody is let into somebody else's chat: they can only send the same from their own.
            where = replace(where, conversation=self.tenant.open_chat(self.id).id)
            surface = replace(surface, conversation=where.conversation)
        return await acts.press(self.tenant, self.id, where=where, control=control, surface=surface)

    async def chooses(self, label: str, *options: str) -> Outcome:
        """Chooses these options, by their text; none empties the choice."""
        seen, control = self._find(label, pressed=False)
        values = [self._value(control, option) for option in options]
        return await acts.put_in(self.tenant, self.id, where=seen.where, control=control, value=values)

    async def fills(self, label: str, text: str) -> Outcome:
        """Types into a field; a date as 2026-05-14, a time as 09:30."""
        seen, control = self._find(label, pressed=False)
        return await acts.put_in(self.tenant, self.id, where=seen.where, control=control, value=text)

    async def fills_first(self, label: str, text: str) -> Outcome:
        """Types into the first of several fields of the newest form that are called so."""
        seen, control = self._first(label)
        return await acts.put_in(self.tenant, self.id, where=seen.where, control=control, value=text)

    async def chooses_first(self, label: str, option: str) -> Outcome:
        """Chooses in the first of several fields of the newest form that are called so."""
        seen, control = self._first(label)
        value = self._value(control, option)
        return await acts.put_in(self.tenant, self.id, where=seen.where, control=control, value=value)

    async def submits(self) -> Outcome:
        """Presses the button that sends the newest form."""
        form = self._form()
        if form.submit is None:
            raise NotPossible("This card has nothing to send.")
        return await acts.press(self.tenant, self.id, where=form.where, control=form.submit)

    async def closes(self) -> Outcome:
        """Closes the dialog; else has done with the newest form without sending it."""
        if self._dialog() is not None:
            acts.close(self.tenant, self.id)
            return Outcome()
        form = self.modal()
        if form is not None:
            acts.put_aside(self.tenant, self.id, form.where)
        return Outcome()

    def _value(self, control: Control, option: str) -> str:
        offered = option_called(control, option)
        if offered is not None:
            return offered.value
        named = next((m for m in self.tenant.contents.members.values() if option in (m.name, m.handle, m.id)), None)
        if named is not None and picks_people(control.element):
            return named.id
        raise NotPossible(f"“{control.label}” does not offer “{option}”, it offers {listed(control)}.")

    def _addressed(self, words: str) -> str:
        pieces: list[str] = []
        at = 0
        for found in re.finditer(r"(?<![\w.])@", words):
            named = find_by_typed_name(words[found.end() :], tuple(self.tenant.contents.members.values()))
            if named is not None:
                pieces += [words[at : found.start()], mail_of(named[0], domain=self.tenant.company.domain)]
                at = found.end() + named[1]
        return "".join([*pieces, words[at:]])
