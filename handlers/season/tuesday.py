"""The weekly slot of one person: at most one message, over all their matches and programmes."""

from datetime import datetime, time, timedelta

from flows.budget import Charge, allowed
from flows.calendar import at_local
from flows.nudge import Saying, TellCard, TellPulse, TellTuesday, card_only, in_slot
from flows.people import Person
from flows.pulses import WindowName, open_window
from flows.voice import pulses
from flows.voice.message import Kind, Post, ToPerson
from handlers.season.scene import card_key, card_of
from handlers.season.week import Week, end_of_week, next_slot, slot_of_week, stand_for, tuesday, week_of_person
from handlers.tick import Tick
from storage.season import NUDGE, Place


def look(tick: Tick) -> datetime | None:
    """Say what there is to say if this is a slot; then the next slot, or None when nothing can come any more.

    A look with no slot behind it (somebody was matched, or chose another day) only finds the next one. A slot that was
    missed is made up for until the end of its working week; of several, after a long outage, the newest alone.
    """
    person = tick.store.people.hold(tick.subject)
    if not person.active:
        return None
    week = week_of_person(tick.store, tick.content, person, tick.now)
    if _is_slot(tick, person) and allowed(Charge.ROUTINE, week.history.in_week(week.iso, tick.now)):
        saying = _saying(tick, week)
        if saying is not None:
            tick.store.outbox.put(_post(tick, week, saying), now=tick.now)
    if not week.matches and not any(week.today <= place.windows[-1].closes for place in week.places):
        return None
    return next_slot(person, tick.now + timedelta(seconds=1))


def _is_slot(tick: Tick, person: Person) -> bool:
    """Whether this week's slot has come and was not looked at yet."""
    slot = slot_of_week(person, tick.now)
    return slot is not None and tick.since <= slot <= tick.now <= end_of_week(slot, person)


def _saying(tick: Tick, week: Week) -> Saying | None:
    if not week.person.nudges:
        return card_only(week.matches, week.today)
    asked = [pulse for place in week.places if (pulse := _pulse(tick, week, place)) is not None]
    return in_slot(week.matches, asked, tick.content.journey, today=week.today, now=tick.now)


def _pulse(tick: Tick, week: Week, place: Place) -> TellPulse | None:
    """The cohort's pulse when its window is open: once, and once more for whoever has not answered."""
    window = open_window(place.windows, week.today)
    if window is None or (window.name is not WindowName.START and not place.matched):
        return None
    told = week.history.by_subject.get(place.cohort, frozenset())
    asked = tuple(question.id for question in tick.content.pulse)
    if f"pulse_{window.name}" not in told:
        return TellPulse(place.cohort, window.name, asked)
    if f"pulse_{window.name}_again" in told:
        return None
    left = tick.store.pulses.unanswered(week.person.id, cohort=place.cohort, window=window.name, questions=asked)
    return TellPulse(place.cohort, window.name, left, reminds=True) if left else None


def _post(tick: Tick, week: Week, saying: Saying) -> Post:
    say = tick.say_to(week.person)
    to = ToPerson(week.person.id)
    late = end_of_week(tick.now, week.person)
    match saying:
        case TellCard(facts, step):
            stand = stand_for(tick.store, [facts])[facts.match.id]
            message = card_of(stand, step, week.person, tick.content, say)
            key = card_key(step, facts.match.id, week.person.id)
            return Post(key, to, message, Kind.MUST_ARRIVE, week=week.iso, subject=facts.match.id, step=step.id)
        case TellPulse(cohort, window, left, reminds):
            number, question = next(
                (place, one) for place, one in enumerate(tick.content.pulse, start=1) if one.id in left
            )
            programme = tick.store.programmes.cohort(cohort)
            message = pulses.ask(programme, window, question, number, len(tick.content.pulse), say)
            key = f"pulse:{cohort}:{window}:{week.person.id}" + (":again" if reminds else "")
            subject, step_id = cohort, f"pulse_{window}_again" if reminds else f"pulse_{window}"
            late = min(late, _end_of(week, cohort, window))
        case TellTuesday():
            message = tuesday(tick.store, tick.content, week, saying, say)
            key, subject, step_id = f"nudge:{week.person.id}:{week.iso}", week.person.id, NUDGE
    return Post(key, to, message, Kind.NUDGE, not_after=late, week=week.iso, subject=subject, step=step_id)


def _end_of(week: Week, cohort: str, window: str) -> datetime:
    """When the pulse of that window is answered no more."""
    windows = [one for place in week.places if place.cohort == cohort for one in place.windows]
    closes = next(one.closes for one in windows if one.name == window)
    return at_local(closes, time(23, 59), week.person.zone)
