"""Examples of what is said of a round that is coming."""

from collections.abc import Mapping
from dataclasses import replace

from flows.people import Role
from flows.voice import coming as voice
from flows.voice import standing
from flows.voice.gallery.cohorts import MENTEE, MENTORING, overview
from flows.voice.gallery.example import INES, TODAY, Example, Shown
from flows.voice.message import Message
from flows.voice.say import Say

DAY = MENTORING.next_round or TODAY
ROLES = {"mentee": {Role.MENTEE}, "mentor": {Role.MENTOR}, "both": {Role.MENTEE, Role.MENTOR}, "peer": {Role.PEER}}


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""

    def answer(message: Message) -> Example:
        return Example(message, Shown.ANSWER)

    found = {
        f"coming.{name}": Example(voice.coming(MENTORING, DAY, roles, say, skips=False), Shown.PROACTIVE)
        for name, roles in ROLES.items()
    }
    skipping = overview(replace(MENTEE, skips=True))
    return found | {
        "coming.skipping": Example(voice.coming(MENTORING, DAY, {Role.MENTEE}, say, skips=True), Shown.PROACTIVE),
        "coming.skipped": answer(voice.skipped(MENTORING, DAY, say)),
        "coming.takes_part": answer(voice.takes_part(MENTORING, DAY, say)),
        "coming.being_made": answer(voice.being_made(MENTORING, DAY, say, skips=False)),
        "coming.being_made_without": answer(voice.being_made(MENTORING, DAY, say, skips=True)),
        "coming.moved": answer(voice.gone(MENTORING, DAY, say, skips=False)),
        "coming.moved_skips": answer(voice.gone(MENTORING, DAY, say, skips=True)),
        "coming.gone": answer(voice.gone(MENTORING, None, say, skips=False)),
        "coming.due": Example(voice.due(MENTORING, DAY, say), Shown.PROACTIVE),
        "standing.here_skips": answer(standing.here(skipping, today=TODAY, say=say)),
        "standing.skips": Example(
            standing.status(skipping, me=INES, conversations=4, today=TODAY, say=say), Shown.HOME
        ),
    }
