"""What coordinators hear while something is worked out for them, and when nothing came of it."""

from datetime import datetime

from flows.matching.calculation import Progress
from flows.voice.calm import line
from flows.voice.fit import at_most
from flows.voice.message import Message, Words
from flows.voice.say import Say


def drafting(name: str, say: Say) -> Message:
    """The answer at once: a draft is on its way."""
    return line(
        say("Working on a draft for **{name}**. It comes to our chat in a moment.", name=name),
        note=say("Nobody else hears of it."),
    )


def drafting_already(name: str, since: datetime, begun: bool, say: Say) -> Message:
    """The same was asked for before, by the one who asks again."""
    at = say.when(since)
    return line(
        say("I am working on a draft for **{name}** already, since {at}. It comes to our chat.", name=name, at=(at,))
        if begun
        else say("A draft for **{name}** was asked for on {at}, and waits for its turn.", name=name, at=(at,)),
        note=say("Nothing more to do. Nobody else hears of it."),
    )


def drafting_for(asker: str, name: str, since: datetime, say: Say) -> Message:
    """The same was asked for before, by another coordinator."""
    return line(
        say(
            "I am working on a draft for **{name}** already: {asker} asked on {at}, and gets it.",
            name=name,
            asker=asker,
            at=(say.when(since),),
        ),
        note=say("A little later {show} shows it to you as well.", show="/mentor-admin match show"),
    )


def still_drafting(name: str, people: int, progress: Progress | None, say: Say) -> Message:
    """The line that changes in place while it takes long."""
    found = say.many(
        people,
        "Working on a draft for **{name}**, with {n} person to look at.",
        "Working on a draft for **{name}**, with {n} people to look at.",
        name=name,
    )
    return line(found, note=_so_far(progress, say))


def _so_far(progress: Progress | None, say: Say) -> Words:
    if progress is None or progress.value <= 0 or progress.gap > progress.value:
        return say("The draft comes here, in place of this line.")
    if progress.gap == 0:
        return say(
            "The best pairs are found. I am looking whether those with the lowest fit can have a better one. The draft "
            "comes here, in place of this line."
        )
    return say(
        "The best draft is at most {percent} % better than what I have so far. The draft comes here, in place of this "
        "line.",
        percent=say.number(at_most(progress.gap, progress.value)),
    )


def drafting_failed(name: str, code: str, say: Say) -> Message:
    """An error of ours: nothing came of it."""
    return line(
        say(
            "I could not make a draft for **{name}** this time. Nothing has changed, and nobody heard of it.", name=name
        ),
        note=say(
            "Please try {draft} once more. If it fails again, whoever runs Alongside finds the reason in the log "
            "under {code}.",
            draft="/mentor-admin match draft",
            code=code,
        ),
    )


def drafting_too_long(name: str, code: str, say: Say) -> Message:
    """It did not end long after its deadline, and was stopped."""
    return line(
        say(
            "A draft for **{name}** took far too long, so I stopped. Nothing has changed, and nobody heard.",
            name=name,
        ),
        note=say(
            "Please try {draft} at a quieter time. If it takes as long again, tell whoever runs Alongside this code: "
            "{code}.",
            draft="/mentor-admin match draft",
            code=code,
        ),
    )
