"""The anonymous pulse: what is asked, when, and when its counts may be looked at. Who answered is not known here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.pack_fault import PackFault
from flows.refusal import Refusal
from flows.suppression import AT_LEAST

FILE = "pulses.toml"


@dataclass(frozen=True, slots=True)
class PulseQuestion:
    """One question, in the words of the pack."""

    id: str
    wording: str
    options: tuple[tuple[str, str], ...]
    """Id and wording, from the least to the most; at least two."""


class WindowName(StrEnum):
    """When in a cohort's life."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both included, on which a cohort's pulse is answered."""

    cohort: str
    name: WindowName
    opens: date
    closes: date

    def is_open(self, today: date) -> bool:
        """Whether an answer counts today; afterwards its counts never change again."""
        return self.opens <= today <= self.closes


def windows(cohort: str, *, opened_on: date, starts_on: date, weeks: int) -> tuple[Window, ...]:
    """A cohort's three windows: from its opening to the end of week 2, then two weeks each from its middle and its
    last week on. `starts_on` is the first day of week 1; in a very short cohort the later ones move back.
    """

    def fortnight(name: WindowName, week: int) -> Window:
        opens = starts_on + timedelta(weeks=week - 1)
        return Window(cohort, name, opens, opens + timedelta(days=13))

    return (
        Window(cohort, WindowName.START, min(opened_on, starts_on), starts_on + timedelta(days=13)),
        fortnight(WindowName.MIDDLE, max(3, weeks // 2)),
        fortnight(WindowName.END, max(5, weeks)),
    )


def open_window(windows: Iterable[Window], today: date) -> Window | None:
    """The window in which an answer counts today, if there is one."""
    return next((window for window in windows if window.is_open(today)), None)


def accept(window: Window, question: PulseQuestion, choice: str, today: date) -> None:
    """Raise Refusal("pulse.closed") outside the window, Refusal("message.old") for an option that there is not."""
    if not window.is_open(today):
        raise Refusal("pulse.closed")
    if choice not in dict(question.options):
        raise Refusal("message.old")


def shown(counts: Mapping[str, int], closes: date, today: date, minimum: int = AT_LEAST) -> Mapping[str, int] | None:
    """The counts by option, or None while the window is open and when fewer than `minimum` have answered.

    An open window would tell, from one look to the next, what the person said who answered in between.
    """
    return counts if today > closes and sum(counts.values()) >= minimum else None


def level(question: PulseQuestion, counts: Mapping[str, int]) -> int:
    """Where the answers lie on average: 0 when everybody took the least, 100 when everybody took the most.

    Rounded half up. `counts` must hold at least one answer.
    """
    places = {option: place for place, (option, _) in enumerate(question.options)}
    total = sum(counts.values())
    reached = sum(places[option] * count for option, count in counts.items())
    most = total * (len(question.options) - 1)
    return (200 * reached + most) // (2 * most)


def change(question: PulseQuestion, before: Mapping[str, int] | None, after: Mapping[str, int] | None) -> int | None:
    """How far a group's level has moved, in points of 100, from what `shown` gave for two windows.

    Groups are compared and never people: nobody knows whether the same ones answered twice. None when either is hidden.
    """
    if before is None or after is None:
        return None
    return level(question, after) - level(question, before)


def parse_pulses(table: Mapping[str, object]) -> tuple[PulseQuestion, ...]:
    """A parsed pulses.toml: its questions in order. Raises PackFault."""
    entries = table.get("question")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise PackFault(FILE, "question", "is written as [[question]], at least once")
    questions = tuple(map(_question, entries))
    names = [question.id for question in questions]
    for name in names:
        if names.count(name) > 1:
            raise PackFault(FILE, f'question "{name}"', "stands twice")
    return questions


def _question(entry: Mapping[str, object]) -> PulseQuestion:
    name, ask, options = entry.get("id"), entry.get("ask"), entry.get("options")
    if not isinstance(name, str) or not 0 < len(name) <= 24:
        raise PackFault(FILE, "question", "needs an id of at most 24 characters")
    if not isinstance(ask, str) or not ask.strip():
        raise PackFault(FILE, f'question "{name}"', "needs ask, a text in quotes")
    pairs: list[tuple[str, str]] = []
    for option in options if isinstance(options, list) else ():
        match option:
            case [str(choice), str(wording)] if 0 < len(choice) <= 24 and wording.strip():
                pairs.append((choice, wording))
            case _:
                raise PackFault(FILE, f'question "{name}"', 'each option is a pair, such as ["yes", "Fully"]')
    if len(pairs) < 2 or len(dict(pairs)) != len(pairs):
        raise PackFault(FILE, f'question "{name}"', "needs at least two options, all with different ids")
    return PulseQuestion(name, ask, tuple(pairs))
