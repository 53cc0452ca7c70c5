"""Examples of reports, of the anonymous pulse, and of the figure of today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.programme import CohortState
from flows.pulses import PulseQuestion, WindowName
from flows.reports.goals import DoneOrOpen, Goals
from flows.reports.mood import Share, Shares
from flows.reports.pairs import PairLine, PairState
from flows.reports.records import Delivery
from flows.reports.report import Report
from flows.reports.taking_part import Funnel, Hours, Talks
from flows.reports.wellbeing import Level, Pulse, Trend, WindowState, of_cohort
from flows.voice import levels, objective, tables
from flows.voice import reports as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.gallery.programmes import COHORT, DESIGN
from flows.voice.say import Say

RUNNING = replace(COHORT, state=CohortState.RUNNING)
OPTIONS = (("no", "Not at all"), ("yes", "Fully"))
PURPOSE = PulseQuestion("purpose", "My work has a point that I can see.", OPTIONS)
HOPE = PulseQuestion("hope", "I look forward to what I could do here next.", OPTIONS)
START, MIDDLE, END = of_cohort(RUNNING)
PULSE = Pulse(
    ((START, WindowState.CLOSED), (MIDDLE, WindowState.CLOSED), (END, WindowState.OPEN)),
    (
        Trend(
            PURPOSE,
            (
                Level(WindowName.START, 60, None),
                Level(WindowName.MIDDLE, 72, 12),
                Level(WindowName.END, None, None),
            ),
        ),
        Trend(
            HOPE,
            (
                Level(WindowName.START, 55, None),
                Level(WindowName.MIDDLE, 54, -1),
                Level(WindowName.END, None, None),
            ),
        ),
    ),
)
EARLY = Pulse(
    ((START, WindowState.CLOSED), (MIDDLE, WindowState.OPEN), (END, WindowState.AHEAD)),
    tuple(Trend(one, tuple(Level(name, None, None) for name in WindowName)) for one in (PURPOSE, HOPE)),
)
PAIR = PairLine("m-1", (MIRA.name,), (INES.name,), PairState.NEEDS_CHECK_IN, 0, None, DoneOrOpen(0, 1), DoneOrOpen())
PAIRS = (
    PAIR,
    replace(PAIR, match="m-2", state=PairState.ON_TRACK, talks=1, last_on=date(2027, 4, 6)),
    replace(PAIR, match="m-3", state=PairState.PAUSED, talks=2, last_on=date(2027, 4, 20)),
    replace(PAIR, match="m-4", state=PairState.COMPLETED, talks=4, last_on=date(2027, 5, 25)),
    replace(PAIR, match="m-5", state=PairState.ENDED, talks=1, last_on=date(2027, 4, 6)),
)
SEASON = Report(
    cohort=RUNNING,
    design=replace(DESIGN, current=23.5),
    today=date(2027, 6, 8),
    funnel=Funnel(began=26, joined=24, drafted=2, matched=20, talked=16, completed=2, left=1),
    talks=(Talks(1, 1, 8, 0), Talks(2, 3, 5, 1), Talks(3, 1, 2, 0), Talks(4, 0, 1, 0)),
    hours=Hours(16, 41),
    goals=Goals(DoneOrOpen(3, 9), DoneOrOpen(4, 6), ratings=11, spotlights=6, wins=9, letters=13, reviews=2),
    check_ins=Shares(18, (Share("fine", 61), Share("slow", 39), Share("stuck", 0))),
    feedback={
        "useful": Shares(14, (Share("3", 64), Share("2", None), Share("1", None))),
        "heard": Shares(14, (Share("3", None), Share("2", None), Share("1", None))),
        "next": None,
    },
    pairs=PAIRS,
    pulse=PULSE,
    delivery=Delivery(sent=120, waiting=4, failed=1, blocked=1, unsure=1, dropped=2),
    unreachable=(INES.name,),
)
NOBODY = replace(
    SEASON, funnel=Funnel(0, 0, 0, 0, 0, 0, 0), pairs=(), pulse=EARLY, design=replace(DESIGN, objective="")
)
JUST_OPEN = replace(
    SEASON,
    design=DESIGN,
    funnel=Funnel(1, 1, 0, 0, 0, 0, 0),
    hours=Hours(0, 0),
    check_ins=None,
    pairs=(),
    pulse=EARLY,
    unreachable=(),
)
MANY = replace(SEASON, pairs=PAIRS[:2] * 12, unreachable=(INES.name,) * 12)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    draft = replace(NOBODY, cohort=COHORT)
    files = tables.tables(SEASON, say)
    return {
        "reports.season": Example(voice.report(SEASON, say, may_change=True), Shown.ANSWER),
        "reports.many": Example(voice.report(MANY, say, may_change=False), Shown.ANSWER),
        "reports.just_open": Example(voice.report(JUST_OPEN, say, may_change=True), Shown.ANSWER),
        "reports.nobody": Example(voice.report(NOBODY, say, may_change=True), Shown.ANSWER),
        "reports.draft": Example(voice.report(draft, say, may_change=False), Shown.ANSWER),
        "reports.on_its_way": Example(voice.on_its_way(COHORT.name, say), Shown.ANSWER),
        "reports.files": Example(voice.files(COHORT.name, files, say), Shown.ANSWER),
        "reports.files_on_their_way": Example(voice.files_on_their_way(say), Shown.ANSWER),
        "reports.figure": Example(objective.ask_figure(COHORT.id, DESIGN, say), Shown.DIALOG),
        "reports.pulse": Example(levels.pulse(RUNNING, PULSE, say), Shown.ANSWER),
        "reports.pulse_early": Example(levels.pulse(RUNNING, EARLY, say), Shown.ANSWER),
    }
