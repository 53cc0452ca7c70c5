"""What everybody may press on an invitation before they join."""

from flows.programme import Cohort
from flows.refusal import Refusal
from flows.voice import invitations as voice
from handlers.inbound import Reply, Where
from handlers.turn import Turn

MOST_FIGURES = 3


def what_is_this(turn: Turn) -> Reply:
    """The long answer, for the one who asked."""
    cohort = _cohort(turn)
    programme = turn.store.programmes.get(cohort.programme)
    frame = turn.content.frame
    purpose = next((one.label for one in frame.purposes if one.id == programme.design.purpose), "")
    figures = frame.figures_for(programme.design.purpose, cohort.format)[:MOST_FIGURES]
    return Reply(voice.what_is_this(cohort, purpose, figures, turn.say), Where.PRIVATELY)


def not_now(turn: Turn) -> Reply:
    """`Not now`."""
    return Reply(voice.not_now(turn.say), Where.INSTEAD)


def _cohort(turn: Turn) -> Cohort:
    try:
        return turn.store.programmes.cohort(turn.arg("cohort"))
    except LookupError:
        raise Refusal("message.old") from None
