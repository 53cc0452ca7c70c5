"""How a simulated person answers: they read a message, press the likely button, and fill in what is asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.simulation.population import throw
from flows.people import Account
from flows.voice.message import (
    Button,
    Buttons,
    ChannelField,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Line,
    Message,
    NumberField,
    PersonField,
    TableField,
    TextField,
    TimeField,
    Tone,
)
from handlers.inbound import Inbound, Place, Pressed, Reply, Submitted, Where

ASIDE = frozenset({"Another date", "Change", "Change my answers", "See where I stand"})
"""Buttons of what is settled; nobody presses them without a reason."""
DEPTH = 8
"""Acts that one message may lead to."""
Take = Callable[[Inbound], Reply | None]


@dataclass(slots=True)
class Answerer:
    """One person. `name` and `seed` decide what they choose; `take` is the router."""

    account: Account
    name: str
    seed: str
    zone: str
    take: Take
    acts: int = 0

    def answer(self, message: Message, now: datetime) -> None:
        """Act on a message. What the act leads to is followed while it asks for more of the same, or for one thing."""
        shown, last = message, ""
        for _ in range(DEPTH):
            step = _likely(shown, lambda about, sides: throw(self.seed, f"{self.name}:{about}", sides))
            if step is None or (last and not _asks_on(step, last)):
                return
            reply, last = self._act(step, now, dialog=False), step.button.action.name
            while reply is not None and reply.where is Where.DIALOG:
                forms = [block for block in reply.message.blocks if isinstance(block, Form)]
                if not forms:
                    return
                reply = self._act(_Step(forms[0].submit, forms[0].fields), now, dialog=True)
            if reply is None or reply.where not in (Where.INSTEAD, Where.BELOW):
                return
            shown = reply.message

    def _act(self, step: "_Step", now: datetime, *, dialog: bool) -> Reply | None:
        self.acts += 1
        filled: Mapping[str, tuple[str, ...]] = dict(_filled(step.fields, self, now))
        what = Submitted(step.button.action, filled) if dialog else Pressed(step.button.action, filled)
        return self.take(Inbound(f"{self.name}:{self.acts}", self.account, what, Place.PRIVATE, now))


@dataclass(frozen=True, slots=True)
class _Step:
    button: Button
    fields: Sequence[Field] = ()


def _asks_on(step: _Step, last: str) -> bool:
    """Whether a message that followed an act wants another one now: the next of several questions, or its one point."""
    return step.button.action.name == last or step.button.tone is Tone.MAIN


def _likely(message: Message, dice: Callable[[str, int], int]) -> _Step | None:
    """The main button; else, where a row offers choices of one thing, one of them; else the first button."""
    for block in message.blocks:
        match block:
            case Form(fields, submit, _):
                return _Step(submit, fields)
            case Buttons(row):
                buttons = [button for button in row if button.label not in ASIDE]
                if not buttons:
                    continue
                main = [button for button in buttons if button.tone is Tone.MAIN]
                if main:
                    return _Step(main[0])
                same = [button for button in buttons if button.action.name == buttons[0].action.name]
                return _Step(same[dice(message.summary, len(same))])
            case Line(_, button) if button.tone is Tone.MAIN:
                return _Step(button)
            case _:
                continue
    return None


def _filled(fields: Sequence[Field], who: Answerer, now: datetime) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field in fields:
        match field:
            case TextField(name):
                yield name, ("Something that helps me next week.",)
            case NumberField(name, least=least):
                yield name, (str(int(least or 1)),)
            case ChoiceField(name, _, options, chosen=chosen):
                yield name, (chosen or options[throw(who.seed, f"{who.name}:{name}", len(options))].value,)
            case ChoicesField(name, _, options, at_most=at_most):
                yield name, tuple(option.value for option in options[: min(3, at_most or 3)])
            case DateField(name):
                yield name, (_some_day(now, who).isoformat(),)
            case TimeField(name):
                yield name, ("10:00",)
            case PersonField() | ChannelField() | TableField():
                continue
            case _:
                assert_never(field)


def _some_day(now: datetime, who: Answerer) -> date:
    """A weekday, three to ten days ahead."""
    ahead = 3 + throw(who.seed, f"{who.name}:{who.acts}:day", 8)
    day = now.astimezone(ZoneInfo(who.zone)).date() + timedelta(days=ahead)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
