"""Examples of where somebody stands, of pauses and of leaving."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.overview import Overview
from flows.people import Role
from flows.until import NoDay, Trouble
from flows.voice import leaving, pausing
from flows.voice import standing as voice
from flows.voice.gallery.cohorts import (
    ANSWERING,
    BETWEEN,
    DATED,
    IN_TWO,
    MENTEE,
    MENTOR,
    MENTORING,
    NOTHING_OPEN,
    NOWHERE,
    PAUSED,
    TECH,
    UNDATED,
    overview,
)
from flows.voice.gallery.example import INES, MIRA, TODAY, Example, Shown
from flows.voice.message import Message
from flows.voice.say import Say

FOREVER = replace(PAUSED, paused_until=None)
STATES: Mapping[str, Overview] = {
    "nowhere": NOWHERE,
    "nothing_open": NOTHING_OPEN,
    "answering": overview(ANSWERING),
    "joined": overview(MENTEE),
    "undated": overview(MENTEE, UNDATED),
    "dated": overview(MENTEE, DATED),
    "between": overview(MENTEE, BETWEEN),
    "mentor": overview(MENTOR),
    "no_room": overview(replace(MENTOR, capacity=0)),
    "paused": overview(PAUSED),
    "paused_open_end": overview(FOREVER),
    "pause_over": overview(replace(PAUSED, paused_until=date(2027, 3, 1))),
    "in_two": IN_TWO,
}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""

    def answer(message: Message) -> Example:
        return Example(message, Shown.ANSWER)

    quiet = replace(INES, nudges=False)
    closed = replace(MENTORING, next_round=None)
    both = (MENTORING, TECH)
    found = {
        f"standing.{name}": Example(voice.status(state, me=INES, conversations=4, today=TODAY, say=say), Shown.HOME)
        for name, state in STATES.items()
    }
    found |= {
        f"standing.here_{name}": answer(voice.here(state, today=TODAY, say=say)) for name, state in STATES.items()
    }
    return found | {
        "standing.quiet": answer(voice.status(overview(MENTEE), me=quiet, conversations=1, today=TODAY, say=say)),
        "pause.dialog": Example(pausing.pause_dialog(both, {}, say), Shown.DIALOG),
        "pause.until": answer(pausing.paused((MENTORING,), date(2027, 4, 2), (MIRA,), say)),
        "pause.open_end": answer(pausing.paused(both, None, (), say)),
        "pause.over": answer(pausing.resumed((MENTORING,), say)),
        "pause.nothing_begins": answer(pausing.nothing_begins("c-1", say)),
        "pause.none": answer(pausing.not_paused(say)),
        "pause.unclear": answer(pausing.no_day(NoDay(Trouble.UNCLEAR), "<!channel> *soon*", "2027-04-02", say)),
        "pause.past": answer(pausing.no_day(NoDay(Trouble.PAST, date(2027, 3, 1)), "1 March", "2027-04-02", say)),
        "pause.far": answer(pausing.no_day(NoDay(Trouble.FAR), "2040-01-01", "2027-04-02", say)),
        "leave.which": answer(leaving.which(both, "standing.leave", say)),
        "leave.ask": answer(leaving.leave(MENTORING, (MIRA,), say)),
        "leave.ask_group": answer(leaving.leave(MENTORING, (), say, staying=(INES, MIRA))),
        "leave.ask_alone": answer(leaving.leave(MENTORING, (), say)),
        "leave.stayed": answer(leaving.stayed(MENTORING, say)),
        "leave.left": answer(leaving.left(MENTORING, say)),
        "leave.partner_mentee": Example(
            leaving.partner_left(MIRA.name, Role.MENTEE, MENTORING, TODAY, say), Shown.PROACTIVE
        ),
        "leave.partner_mentee_no_round": Example(
            leaving.partner_left(MIRA.name, Role.MENTEE, closed, TODAY, say), Shown.PROACTIVE
        ),
        "leave.partner_mentor": Example(
            leaving.partner_left(INES.name, Role.MENTOR, MENTORING, TODAY, say), Shown.PROACTIVE
        ),
    }
