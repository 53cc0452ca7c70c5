"""The plan of a match: conversations, letter and closing, each with the week by which it is meant to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.pack_fault import PackFault
from flows.people import SIDES, Role

FILE = "journey.toml"
NO_PLAN = ("none",)
"""In place of step ids: the match runs by no plan, because its format has none yet."""


class StepKind(StrEnum):
    """A SESSION is a conversation; a LETTER is a prompt of its own; CLOSING is the last word, in the last week."""

    SESSION = "session"
    LETTER = "letter"
    CLOSING = "closing"


class By(StrEnum):
    """Who is asked for an activity: the two together (one of them is enough), each of them, or one side."""

    EITHER = "either"
    EACH = "each"
    MENTOR = "mentor"
    MENTEE = "mentee"


class Asked(StrEnum):
    """From when an activity is missed: as soon as its step is open, or once its conversation took place."""

    OPEN = "open"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Task:
    """An activity as the journey knows it: `button` opens it, `line` says on a Tuesday that it is missing."""

    id: str
    by: By
    asked: Asked
    button: str
    line: str

    def is_for(self, role: Role) -> bool:
        """Whether this side is asked."""
        return self.by not in (By.MENTOR, By.MENTEE) or self.by == role.value


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan. `week` is the latest one, counted from the match's first day (1 is its first seven days);
    `remind_from` is the week from which a missing date is named. `number` counts conversations; 0 is none.

    `texts` maps each role to what this step asks of that side; `activities` are ids of tasks.
    """

    id: str
    kind: StepKind
    week: int
    remind_from: int
    number: int
    title: str
    texts: Mapping[Role, str]
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """All steps in order, and the tasks by id."""

    steps: tuple[Step, ...]
    tasks: Mapping[str, Task]

    @property
    def sessions(self) -> tuple[Step, ...]:
        """The conversations only."""
        return tuple(step for step in self.steps if step.kind is StepKind.SESSION)


def plan_for(journey: Journey, started_on: date, ends_on: date) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """(kept, dropped): what fits between these days, both included. The closing always stays.

    A match made late starts at the first conversation and loses what would come after its end.
    """
    kept: list[Step] = []
    dropped: list[Step] = []
    for step in journey.steps:
        fits = step.kind is StepKind.CLOSING or last_day(step, started_on) <= ends_on
        (kept if fits else dropped).append(step)
    return tuple(kept), tuple(dropped)


def steps_of(journey: Journey, ids: Sequence[str], started_on: date, ends_on: date) -> tuple[Step, ...]:
    """The steps that a match runs by: those fixed at its start, else what fits."""
    if not ids:
        return plan_for(journey, started_on, ends_on)[0]
    return tuple(step for step in journey.steps if step.id in ids)


def last_day(step: Step, started_on: date) -> date:
    """The last day of the step's week."""
    return started_on + timedelta(weeks=step.week, days=-1)


def parse_journey(table: Mapping[str, object]) -> Journey:
    """A parsed journey.toml. Raises PackFault."""
    tasks = {task.id: task for task in map(_task, _tables(table, "activity"))}
    steps: list[Step] = []
    for entry in _tables(table, "step"):
        number = 1 + sum(step.kind is StepKind.SESSION for step in steps)
        step = _step(entry, number)
        if any(step.id == other.id for other in steps):
            raise PackFault(FILE, f'step "{step.id}"', "stands twice")
        if steps and step.week < steps[-1].week:
            raise PackFault(FILE, f'step "{step.id}"', f"week {step.week} comes before the step above it")
        for activity in step.activities:
            if activity not in tasks:
                raise PackFault(FILE, f'step "{step.id}"', f'activities names "{activity}", which no [[activity]] has')
        steps.append(step)
    if not any(step.kind is StepKind.SESSION for step in steps):
        raise PackFault(FILE, "", "a journey needs at least one step of kind session")
    return Journey(tuple(steps), tasks)


def _tables(table: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise PackFault(FILE, name, f"is written as [[{name}]], once for each")
    return found


def _task(entry: Mapping[str, object]) -> Task:
    name = _id(entry, "activity")
    where = f'activity "{name}"'
    return Task(
        id=name,
        by=By(_one_of(entry, "by", tuple(By), where)),
        asked=Asked(_one_of(entry, "asked", tuple(Asked), where)),
        button=_text(entry, "button", where),
        line=_text(entry, "line", where),
    )


def _step(entry: Mapping[str, object], number: int) -> Step:
    name = _id(entry, "step")
    where = f'step "{name}"'
    kind = StepKind(_one_of(entry, "kind", tuple(StepKind), where))
    week = _week(entry, "week", where)
    activities = entry.get("activities", [])
    if not isinstance(activities, list) or not all(isinstance(one, str) for one in activities):
        raise PackFault(FILE, where, 'activities is a list of names, such as ["letter"]')
    return Step(
        id=name,
        kind=kind,
        week=week,
        remind_from=_week(entry, "remind_from", where) if "remind_from" in entry else week,
        number=number if kind is StepKind.SESSION else 0,
        title=_text(entry, "title", where),
        texts={role: _text(entry, role.value, where) for role in SIDES},
        activities=tuple(activities),
    )


def _id(entry: Mapping[str, object], where: str) -> str:
    name = _text(entry, "id", where)
    if name in NO_PLAN:
        raise PackFault(FILE, f'{where} "{name}"', "means that there is no plan; give it another id")
    if len(name) > 24:
        raise PackFault(FILE, f'{where} "{name}"', "needs an id of at most 24 characters")
    return name


def _text(entry: Mapping[str, object], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackFault(FILE, where, f"needs {key}, a text in quotes")
    return " ".join(value.split())


def _one_of(entry: Mapping[str, object], key: str, allowed: Sequence[str], where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise PackFault(FILE, where, f"{key} is one of: {', '.join(allowed)}")
    return value


def _week(entry: Mapping[str, object], key: str, where: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or not 1 <= value <= 104:
        raise PackFault(FILE, where, f"{key} is a number of weeks from 1 to 104")
    return value
