"""Hard limits in a few words, as coordinators read them."""

from flows.matching.rules import Limit
from flows.voice.say import Say


def limit_word(limit: str, say: Say) -> str:
    """A hard limit, in a few words. A pause is told in the words for two who are kept apart: whoever reads them cannot
    say that it was that."""
    wordings = {
        Limit.ONESELF: say.plain("being the same person"),
        Limit.CAPACITY: say.plain("no free place"),
        Limit.AWAY: say.plain("one of them is not available"),
        Limit.LANGUAGE: say.plain("no common language"),
        Limit.TIME: say.plain("no common free time"),
        Limit.SENIORITY: say.plain("the distance between their levels"),
        Limit.OFFICE: say.plain("meeting in person in different places"),
        Limit.MANAGER: say.plain("a reporting line between them"),
        Limit.BLOCKED: say.plain("one of them is not available"),
        Limit.MET: say.plain("an earlier match"),
        Limit.ZONE: say.plain("the gap between their clocks"),
    }
    return wordings[Limit(limit)]
