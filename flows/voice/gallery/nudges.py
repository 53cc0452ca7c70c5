"""Examples of the Tuesday message."""

from collections.abc import Mapping

from flows.nudge import Lack, Missing
from flows.people import Role
from flows.voice import nudges as voice
from flows.voice.gallery.example import MIRA, TODAY, Example, Shown
from flows.voice.gallery.sessions import NOTE, SCENE
from flows.voice.say import Say
from flows.voice.sessions import Scene

OTHER = Scene("m-2", "Noor", Role.MENTOR, SCENE.ends_on)
THIRD = Scene("m-3", MIRA.first_name, Role.MENTEE, SCENE.ends_on)
TASKS = {NOTE.id: NOTE}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    one = {
        "hello": Missing(Lack.HELLO, 1),
        "date": Missing(Lack.DATE, 2),
        "last_time": Missing(Lack.DATE, 2, last=True),
        "confirmation": Missing(Lack.CONFIRMATION, 2),
        "activity": Missing(Lack.ACTIVITY, 2, NOTE.id),
        "overdue": Missing(Lack.OVERDUE, activity="actions"),
        "appreciation": Missing(Lack.APPRECIATION),
    }
    nudges = {
        f"nudges.{name}": Example(voice.tuesday([(SCENE, missing)], [], TASKS, say), Shown.PROACTIVE)
        for name, missing in one.items()
    }
    three = [
        (SCENE, Missing(Lack.CARD, 2, "session_2")),
        (OTHER, Missing(Lack.CARD, 0, "letter")),
        (THIRD, Missing(Lack.CARD, 0, "closing")),
    ]
    day = say.day(TODAY)
    return nudges | {
        "nudges.three": Example(voice.tuesday(three, [], TASKS, say), Shown.PROACTIVE),
        "nudges.with_check_in": Example(
            voice.tuesday([(SCENE, Missing(Lack.DATE, 2))], [SCENE], TASKS, say), Shown.PROACTIVE
        ),
        "nudges.check_in": Example(voice.tuesday([], [SCENE, OTHER], TASKS, say), Shown.PROACTIVE),
        "nudges.snoozed": Example(voice.snoozed(day, say), Shown.ANSWER),
        "nudges.off": Example(voice.turned_off(say), Shown.ANSWER),
        "nudges.on": Example(voice.turned_on(day, say), Shown.ANSWER),
        "nudges.in_touch": Example(voice.in_touch(SCENE, say), Shown.ANSWER),
        "nudges.told": Example(voice.told(SCENE, say), Shown.ANSWER),
    }
