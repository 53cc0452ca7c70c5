"""Examples of what those read for whom nobody was found yet."""

from collections.abc import Mapping
from datetime import date

from flows.matching.drafting.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.rules import Limit
from flows.voice import waiting as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.gallery.people import BOTH, MENTEE
from flows.voice.say import Say

NEXT = date(2027, 4, 20)


def left(
    cause: Cause,
    kind: RemedyKind = RemedyKind.MORE_MENTORS,
    limits: tuple[tuple[Limit, int], ...] = (),
    detail: str = "",
) -> Unmatched:
    """Somebody without a mentor, for this reason, with this remedy."""
    return Unmatched("pa-1", cause, 0, limits, (Remedy(kind, detail, 2),), 1)


LEFT = {
    "office": left(Cause.NO_PERMITTED, RemedyKind.MEET_ONLINE, ((Limit.OFFICE, 3),)),
    "language": left(Cause.NO_PERMITTED, RemedyKind.SPEAK, ((Limit.LANGUAGE, 3),), "pt"),
    "zone": left(Cause.NO_PERMITTED, RemedyKind.WIDER_ZONE, ((Limit.ZONE, 3),), "8"),
    "time": left(Cause.NO_PERMITTED, limits=((Limit.TIME, 3),)),
    "free_at": left(Cause.NO_PERMITTED, RemedyKind.FREE_AT, ((Limit.TIME, 3),), "thu-pm"),
    "met": left(Cause.NO_PERMITTED, limits=((Limit.MET, 1),)),
    "limits": left(Cause.NO_PERMITTED, RemedyKind.MORE_ANSWERS),
    "minimum": left(Cause.BELOW_MINIMUM, RemedyKind.LOWER_MINIMUM, detail="2400"),
    "places": left(Cause.PLACES, RemedyKind.MORE_PLACES, detail="pa-2"),
    "whole": left(Cause.WHOLE),
    "open": left(Cause.OPEN, RemedyKind.DRAFT_AGAIN),
}
IDLE = {
    "limits": Idle("pa-2", IdleCause.NO_PERMITTED, (Remedy(RemedyKind.MEET_ONLINE, "", 1),)),
    "met": Idle("pa-2", IdleCause.NO_PERMITTED, (Remedy(RemedyKind.MORE_MENTEES),)),
    "minimum": Idle("pa-2", IdleCause.BELOW_MINIMUM, (Remedy(RemedyKind.MORE_ANSWERS),)),
    "taken": Idle("pa-2", IdleCause.TAKEN, (Remedy(RemedyKind.MORE_MENTEES),)),
    "whole": Idle("pa-2", IdleCause.WHOLE, (Remedy(RemedyKind.MORE_MENTEES),)),
    "open": Idle("pa-2", IdleCause.OPEN, (Remedy(RemedyKind.DRAFT_AGAIN),)),
}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each, with every cause and every remedy."""
    found = {
        "waiting.helped": Example(voice.helped(MENTEE, NEXT, say), Shown.ANSWER),
        "waiting.changed_meanwhile": Example(voice.changed_meanwhile(MENTEE, say), Shown.ANSWER),
        "waiting.kept_meanwhile": Example(voice.kept_meanwhile(MENTEE, say), Shown.ANSWER),
        "waiting.kept": Example(voice.kept(MENTEE, None, say), Shown.ANSWER),
    }
    for name, mentee in LEFT.items():
        found[f"waiting.mentee_{name}"] = Example(
            voice.nobody_yet(mentee, MENTEE, NEXT, "Portuguese", say), Shown.PROACTIVE
        )
    for name, mentor in IDLE.items():
        found[f"waiting.mentor_{name}"] = Example(voice.no_mentee_yet(mentor, BOTH, None, "", say), Shown.PROACTIVE)
    return found
