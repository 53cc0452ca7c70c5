"""Three taps and the question of fit, in one message that changes in place."""

from flows.feedback import FIT, HIGH, LOW, TALK, TAPS, Tap
from flows.meetings import Meeting, MeetingState
from flows.refusal import Refusal
from flows.sessions import open_one
from flows.voice import feedback as voice
from handlers.inbound import Reply, Where
from handlers.season.confirming import taps_message
from handlers.season.scene import Stand, enter, number_of
from handlers.turn import Turn


def tap(turn: Turn) -> Reply:
    """One answer; the same message then asks the next."""
    stand, meeting = _met(turn)
    question, given = turn.arg("question"), turn.arg("answer")
    if question not in (*TAPS, FIT) or given not in ("1", "2", "3"):
        raise Refusal("message.old")
    turn.store.feedback.give(stand.match.id, Tap(meeting.number, turn.me.id, question, int(given)))
    if question == FIT and int(given) == LOW:
        return Reply(voice.not_a_fit(stand.scene(turn.me.id, turn.say), meeting, turn.say), Where.INSTEAD)
    return Reply(taps_message(turn, stand, meeting, turn.me), Where.INSTEAD)


def enough(turn: Turn) -> Reply:
    """What was tapped so far counts, and no more is asked."""
    stand, meeting = _met(turn)
    scene = stand.scene(turn.me.id, turn.say)
    return Reply(voice.thanks(scene, meeting, open_one(stand.meetings), turn.say), Where.INSTEAD)


def talk(turn: Turn) -> Reply:
    """A coordinator may see that this match needs a look; what was tapped stays unseen."""
    stand, meeting = _met(turn)
    turn.store.feedback.give(stand.match.id, Tap(meeting.number, turn.me.id, TALK, HIGH))
    scene = stand.scene(turn.me.id, turn.say)
    return Reply(voice.coordinator_will_look(scene, open_one(stand.meetings), turn.say), Where.INSTEAD)


def _met(turn: Turn) -> tuple[Stand, Meeting]:
    stand = enter(turn)
    meeting = stand.meeting(number_of(turn))
    if meeting.state is not MeetingState.MET:
        raise Refusal("message.old")
    return stand, meeting
