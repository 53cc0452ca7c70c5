"""Examples of who runs mentoring."""

from collections.abc import Mapping

from flows.roles import Rank
from flows.voice import roles as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    held = [(MIRA, [(Rank.OWNER, "")]), (INES, [(Rank.VIEWER, ""), (Rank.COORDINATOR, "Leaders 2027")])]
    here = voice.now_appointed(INES, Rank.COORDINATOR, "Leaders 2027", say)
    return {
        "roles.appointed": Example(voice.appointed(held * 21, 1, say), Shown.ANSWER),
        "roles.now_appointed": Example(voice.now_appointed(INES, Rank.COORDINATOR, "", say), Shown.ANSWER),
        "roles.now_appointed_here": Example(here, Shown.ANSWER),
        "roles.now_dismissed": Example(voice.now_dismissed(INES, say), Shown.ANSWER),
    }
