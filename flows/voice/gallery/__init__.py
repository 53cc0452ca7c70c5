"""One example of every message: for golden files, `alongside preview`, and the checks of length and language."""

from collections.abc import Mapping

from flows.voice.gallery import (
    answered_questions,
    apart,
    broadcasts,
    calculations,
    check_ins,
    choosing,
    closing,
    coming,
    connecting,
    facts,
    feedback,
    gatherings,
    goals,
    helping,
    imports,
    interest,
    letters,
    locks,
    matches,
    meetings,
    nudges,
    outbox,
    people,
    programmes,
    pulses,
    questions,
    ratings,
    reaching,
    reports,
    review,
    reviews,
    roles,
    rounds,
    sessions,
    settings,
    spaces,
    spotlights,
    standing,
    waiting,
    welcoming,
    whys,
)
from flows.voice.gallery.example import Example
from flows.voice.say import Say

TOPICS = (
    welcoming,
    reaching,
    helping,
    questions,
    answered_questions,
    review,
    standing,
    settings,
    connecting,
    apart,
    programmes,
    people,
    roles,
    broadcasts,
    outbox,
    coming,
    rounds,
    waiting,
    locks,
    whys,
    calculations,
    choosing,
    gatherings,
    matches,
    spaces,
    sessions,
    nudges,
    meetings,
    feedback,
    check_ins,
    pulses,
    interest,
    closing,
    letters,
    goals,
    ratings,
    spotlights,
    reviews,
    reports,
    imports,
    facts,
)


def examples(say: Say) -> Mapping[str, Example]:
    """Name, such as "help.commands" → example, in the reader's language. A name stands once."""
    found: dict[str, Example] = {}
    for topic in TOPICS:
        for name, example in topic.examples(say).items():
            if name in found:
                raise ValueError(f"two examples are called {name}")
            found[name] = example
    return found
