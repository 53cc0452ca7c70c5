"""Examples of what coordinators read of messages that were sent."""

from collections.abc import Mapping
from datetime import timedelta

from flows.deliveries import Batch, Lost, Sort, Tally, Undelivered, batch_of
from flows.people import Person
from flows.voice import coordinating
from flows.voice import outbox as voice
from flows.voice.calm import line
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

KEYS = tuple(f"{first}:m-1:p-ines" for first in ("broadcast", "intro", "unmatched", "closed", "left", "session", "met"))
OTHERS = tuple(
    f"{first}:m-1:p-ines" for first in ("pulse", "letter", "spotlight", "question", "report", "typed", "relay", "own")
)


def lost(key: str, how: Lost, *people: Person, person: str = "", reason: str = "", again: bool = True) -> voice.Told:
    """A message that did not arrive."""
    person = people[0].id if len(people) == 1 else person
    match = "m-1" if len(people) == 2 else ""
    moment = NOW - timedelta(days=1)
    one = Undelivered(key, how, reason, person, match, "m-1", "c-1", "2027-W09", moment, again, answers=False)
    return voice.Told(one, people, again)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    batches = [
        (Batch(batch_of(Sort.BROADCAST, "c-1", "b-1"), NOW, Tally(48, 44, 2, 1, 1)), "Leaders 2027"),
        (Batch(batch_of(Sort.INTRODUCTION, "c-1", "r-1"), NOW, Tally(60, 60, 0, 0, 0)), "Leaders 2027"),
        (Batch(batch_of(Sort.PROGRAMME_END, "c-0", "d-1"), NOW, Tally(31, 30, 0, 1, 0)), "Newcomers"),
        (Batch(batch_of(Sort.INVITATION, "c-0", "0"), NOW, Tally(1, 1, 0, 0, 0)), "Newcomers"),
        (Batch("earlier:c-0:0", NOW, Tally(2, 2, 0, 0, 0)), "Newcomers"),
    ]
    unknown = lost(KEYS[0], Lost.UNKNOWN, INES)
    shown = (
        unknown,
        lost("shared:m-1", Lost.FAILED, MIRA, INES, reason="msg_too_long"),
        lost("nudge:p-ines:2027-W08", Lost.EXPIRED, INES, again=False),
        lost(KEYS[1], Lost.BLOCKED, MIRA, again=False),
        lost("invitation:c-1:0", Lost.FAILED, reason="lease"),
        lost("nudge:p-gone:2027-W08", Lost.UNKNOWN, person="p-gone", again=False),
    )
    rest = tuple(lost(key, Lost.UNKNOWN, INES) for key in (*KEYS[2:], *OTHERS))
    sending = coordinating.dry_run(
        voice.would_send_again(unknown, say),
        (),
        None,
        say.plain("Send it again"),
        Action("outbox.confirm", {"token": "t-1"}),
        say,
        notes=(voice.may_come_twice(say), voice.in_working_hours(say)),
    )
    return {
        "outbox.what_was_sent": Example(
            voice.what_was_sent(batches, voice.Page(shown, 0, 19), say, more=True), Shown.ANSWER
        ),
        "outbox.all_well": Example(voice.what_was_sent(batches[1:2], voice.Page((), 0, 0), say), Shown.ANSWER),
        "outbox.further": Example(voice.further(voice.Page(rest, 6, 19), say), Shown.ANSWER),
        "outbox.sending_again": Example(sending, Shown.ANSWER),
        "outbox.sent_again": Example(voice.sent_again(unknown, say), Shown.ANSWER),
        "outbox.hint": Example(line(voice.hint(2, say)), Shown.ANSWER),
    }
