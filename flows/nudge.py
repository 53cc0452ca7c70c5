"""What a person is told in their weekly slot: a card, a pulse, the one missing step of each match, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flows.calendar import week_of
from flows.journey import Asked, By, Journey, Step, StepKind, Task, last_day
from flows.match import Match, Member
from flows.meetings import Meeting, MeetingState
from flows.people import Role
from flows.sessions import open_one

WEEK = timedelta(weeks=1)
TIMES = 3
"""A missing step is named so often; the last time says that it is the last."""
NEWCOMER_WEEK = 3
"""The week of a match in which a mentor is asked once more for an appreciation, when the mentee is new to something."""
ACTIONS = "actions"


class Lack(StrEnum):
    """What a match is waiting for."""

    CARD = "card"
    """A step has opened that the person has not seen; `activity` is its id."""
    HELLO = "hello"
    DATE = "date"
    CONFIRMATION = "confirmation"
    """The agreed time has passed, and nobody has said whether they met."""
    ACTIVITY = "activity"
    OVERDUE = "overdue"
    APPRECIATION = "appreciation"


@dataclass(frozen=True, slots=True)
class Written:
    """That something was written, never what: the kind of activity, for which conversation (0 is none), by whom and in
    which state (draft, sent, done, elsewhere). `due` is the day by which an action is meant to be done."""

    match: str
    kind: str
    session: int
    author: str
    state: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """All that the slot of one person must know of one match.

    `told` are the steps that this person was told about it, `nudged_on` the last days of the weeks in which they had a
    Tuesday message; `quiet` when it is paused or somebody in it is away; `offered` are the activities that can be
    opened.
    """

    match: Match
    me: Member
    steps: tuple[Step, ...]
    sessions: tuple[Meeting, ...]
    written: tuple[Written, ...] = ()
    told: frozenset[str] = frozenset()
    nudged_on: tuple[date, ...] = ()
    quiet: bool = False
    partner_is_new: bool = False
    offered: frozenset[str] = frozenset()

    @property
    def open(self) -> Meeting | None:
        """The conversation that the pair is at."""
        return open_one(self.sessions)


@dataclass(frozen=True, slots=True)
class Missing:
    """The one missing step of a match; `last` when it is named for the last time."""

    lack: Lack
    session: int = 0
    activity: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class TellCard:
    """One step in full."""

    facts: MatchFacts
    step: Step


@dataclass(frozen=True, slots=True)
class TellPulse:
    """The anonymous questions of a cohort's window."""

    cohort: str
    window: str
    questions: tuple[str, ...]
    """Ids of those that the person has not answered."""
    reminds: bool = False


@dataclass(frozen=True, slots=True)
class TellTuesday:
    """One line and one button a match, and for `check_in` (ids of matches) the short question how it goes."""

    lines: tuple[tuple[MatchFacts, Missing], ...]
    check_in: tuple[str, ...]


Saying = TellCard | TellPulse | TellTuesday


def in_slot(
    matches: Sequence[MatchFacts], pulses: Sequence[TellPulse], journey: Journey, *, today: date, now: datetime
) -> Saying | None:
    """What to say in a person's slot; None: nothing, which is often right.

    A card that opened since the last slot goes before a pulse, a pulse before a nudge. A card stands in full when it is
    the only thing; else it is one line among those of the other matches.
    """
    speaking = [facts for facts in matches if not facts.quiet]
    cards = [(facts, step) for facts in speaking if (step := card_due(facts, today)) is not None]
    is_new = any(today - _opened(facts, step) < WEEK for facts, step in cards)
    if pulses and not is_new:
        return pulses[0]
    if len(cards) == 1 and len(speaking) == 1:
        return TellCard(*cards[0])
    message = tuesday_of(speaking, journey, today=today, now=now)
    if cards and len(message.lines) == 1:
        return TellCard(*cards[0])
    return message if message.lines or message.check_in else None


def tuesday_of(matches: Sequence[MatchFacts], journey: Journey, *, today: date, now: datetime) -> TellTuesday:
    """The one missing step of each match, and which of them are asked how it goes; both may be empty."""
    speaking = [facts for facts in matches if not facts.quiet]
    lines = [(facts, lack) for facts in speaking if (lack := missing(facts, journey, today=today, now=now)) is not None]
    return TellTuesday(
        tuple(lines), tuple(facts.match.id for facts in speaking if asks_how_it_goes(facts.match, today))
    )


def card_only(matches: Sequence[MatchFacts], today: date) -> TellCard | None:
    """What somebody hears who wants no nudges: the first card that is open, and nothing else."""
    speaking = [facts for facts in matches if not facts.quiet]
    return next((TellCard(facts, step) for facts in speaking if (step := card_due(facts, today)) is not None), None)


def asks_how_it_goes(match: Match, today: date) -> bool:
    """Every other calendar week, the same ones for everybody, and not in the match's first week."""
    return (today - timedelta(days=today.weekday())).toordinal() // 7 % 2 == 0 and week_of(match.started_on, today) > 1


def card_due(facts: MatchFacts, today: date) -> Step | None:
    """The step that is open and that this person has not seen."""
    for step in sorted(facts.steps, key=lambda one: one.kind is not StepKind.CLOSING):
        if step.id not in facts.told and _is_open(facts, step, today):
            return step
    return None


def _is_open(facts: MatchFacts, step: Step, today: date) -> bool:
    match step.kind:
        case StepKind.SESSION:
            return facts.open is not None and facts.open.number == step.number
        case StepKind.LETTER:
            done = {entry.kind for entry in facts.written if entry.author == facts.me.person}
            return _opened(facts, step) <= today and not done & {*step.activities} and _offers(facts, step)
        case StepKind.CLOSING:
            return _opened(facts, step) <= today


def _offers(facts: MatchFacts, step: Step) -> bool:
    return facts.offered.issuperset(step.activities)


def _opened(facts: MatchFacts, step: Step) -> date:
    """The day from which a step may be told."""
    match step.kind:
        case StepKind.SESSION:
            found = next((one for one in facts.sessions if one.number == step.number), None)
            return found.opened_on if found else last_day(step, facts.match.started_on)
        case StepKind.LETTER:
            return last_day(step, facts.match.started_on) - timedelta(days=6)
        case StepKind.CLOSING:
            return facts.match.ends_on - timedelta(days=6)


def missing(facts: MatchFacts, journey: Journey, *, today: date, now: datetime) -> Missing | None:
    """The one step to name: the first that is missing and has not been named often enough."""
    for lack, since in _lacks(facts, journey, today, now):
        named = sum(day >= since for day in facts.nudged_on)
        if since <= today and named < TIMES:
            return Missing(lack.lack, lack.session, lack.activity, last=named == TIMES - 1)
    return None


def _lacks(facts: MatchFacts, journey: Journey, today: date, now: datetime) -> Iterator[tuple[Missing, date]]:
    """Everything that is missing, the most needed first, each with the day since when."""
    card = card_due(facts, today)
    if card is not None:
        yield Missing(Lack.CARD, card.number, card.id), _opened(facts, card)
    session = facts.open
    if session is not None:
        yield from _before_the_talk(facts, session, now)
    yield from _unwritten(facts, journey)
    overdue = [entry.due for entry in facts.written if entry.kind == ACTIONS and entry.state == "sent" and entry.due]
    if overdue and min(overdue) < today and ACTIONS in facts.offered:
        yield Missing(Lack.OVERDUE, activity=ACTIONS), min(overdue)
    week = week_of(facts.match.started_on, today)
    if facts.me.role is Role.MENTOR and (week == 1 or (facts.partner_is_new and week == NEWCOMER_WEEK)):
        yield Missing(Lack.APPRECIATION), today


def _before_the_talk(facts: MatchFacts, session: Meeting, now: datetime) -> Iterator[tuple[Missing, date]]:
    if session.planned_at is not None:
        if session.planned_at + timedelta(days=1) < now:
            yield Missing(Lack.CONFIRMATION, session.number), session.planned_at.date()
        return
    said_hello = any(member.said_hello for member in facts.match.members)
    if session is facts.sessions[0] and not said_hello:
        yield Missing(Lack.HELLO, session.number), session.opened_on
    step = next(step for step in facts.steps if step.number == session.number)
    remind_on = facts.match.started_on + WEEK * (step.remind_from - 1)
    yield Missing(Lack.DATE, session.number), max(session.opened_on, remind_on)


def _unwritten(facts: MatchFacts, journey: Journey) -> Iterator[tuple[Missing, date]]:
    by_number = {session.number: session for session in facts.sessions}
    for step in facts.steps:
        for name in step.activities:
            task = journey.tasks[name]
            since = _asked_since(facts, step, task, by_number.get(step.number))
            if since is None or name not in facts.offered or not task.is_for(facts.me.role):
                continue
            if not _is_written(facts, step, task):
                yield Missing(Lack.ACTIVITY, step.number, name), since


def _asked_since(facts: MatchFacts, step: Step, task: Task, session: Meeting | None) -> date | None:
    if step.id not in facts.told:
        return None
    if step.kind is not StepKind.SESSION:
        return _opened(facts, step)
    if session is None or session.state is MeetingState.SKIPPED:
        return None
    return session.opened_on if task.asked is Asked.OPEN else session.met_on


def _is_written(facts: MatchFacts, step: Step, task: Task) -> bool:
    repeated = sum(task.id in one.activities for one in facts.steps) > 1
    return any(
        entry.kind == task.id
        and (entry.session == step.number or not repeated)
        and entry.state != "draft"
        and (task.by is By.EITHER or entry.author == facts.me.person)
        for entry in facts.written
    )
