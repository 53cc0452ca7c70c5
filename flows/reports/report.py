"""A programme's report: everything that a coordinator may know of a cohort, at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.activities.activity import Activity
from flows.calendar import iso_week
from flows.journey import Journey
from flows.programme import Cohort, Design
from flows.pulses import PulseQuestion
from flows.reports import goals, mood, pairs, taking_part, wellbeing
from flows.reports.records import Delivery, Records


@dataclass(frozen=True, slots=True)
class Report:
    """All figures. `today` is the reader's day; None in `check_ins` or for a tap of `feedback`: fewer than five."""

    cohort: Cohort
    design: Design
    today: date
    funnel: taking_part.Funnel
    talks: tuple[taking_part.Talks, ...]
    hours: taking_part.Hours
    goals: goals.Goals
    check_ins: mood.Shares | None
    feedback: Mapping[str, mood.Shares | None]
    pairs: tuple[pairs.PairLine, ...]
    pulse: wellbeing.Pulse
    delivery: Delivery
    unreachable: tuple[str, ...]
    """Names of people whom the bot cannot write to, in order."""


def report(
    records: Records,
    journey: Journey,
    activities: Mapping[str, Activity],
    questions: Sequence[PulseQuestion],
    *,
    now: datetime,
    today: date,
) -> Report:
    """`activities` and `questions` are the pack's, `now` is aware, `today` is on the reader's calendar."""
    this_week = iso_week(now - wellbeing.BEHIND, "UTC")
    return Report(
        cohort=records.cohort,
        design=records.design,
        today=today,
        funnel=taking_part.funnel(records),
        talks=taking_part.talks(records, [step.number for step in journey.sessions]),
        hours=taking_part.hours(records, today),
        goals=goals.goals(records.written, activities),
        check_ins=mood.check_ins(records, this_week),
        feedback=mood.feedback(records, this_week),
        pairs=pairs.pairs(records, activities, today=today),
        pulse=wellbeing.pulse(wellbeing.of_cohort(records.cohort), questions, records.pulses, now),
        delivery=records.delivery,
        unreachable=tuple(sorted(records.people[person].name for person in records.unreachable)),
    )
