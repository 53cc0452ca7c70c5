"""Would mentoring help? A choice is counted and forgotten in the same moment."""

from collections.abc import Mapping

from flows.interest import STANCE, TOPIC, Stance, Survey, accept
from flows.profile import FIELDS
from flows.refusal import Refusal
from flows.voice import interest as voice
from flows.voice.answers import labels_in
from flows.voice.say import Say
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def answer(turn: Turn) -> Reply:
    """The first tap: where many read the question, the one who pressed is answered alone."""
    survey = _survey(turn)
    stance = turn.arg("stance")
    if stance not in tuple(Stance):
        raise Refusal("message.old")
    where = Where.PRIVATELY if "channel" in turn.action.args else Where.INSTEAD
    counted = turn.store.interest.count(turn.me.id, survey=survey.id, question=STANCE, choice=stance)
    if stance == Stance.NOT_NOW:
        turn.store.interest.stop(turn.me.id, survey=survey.id, question=TOPIC)
    if _has_topic_left(turn, survey):
        return Reply(voice.topic(survey.id, skills(turn, turn.say), turn.say), where)
    return Reply(voice.counted(turn.say) if counted else voice.counted_before(turn.say), where)


def topic(turn: Turn) -> Reply:
    """The second tap."""
    survey = _survey(turn)
    chosen = turn.field("topic")
    if not chosen:
        return Reply(voice.choose_one(turn.say), Where.PRIVATELY)
    if chosen not in skills(turn, turn.say):
        raise Refusal("message.old")
    counted = turn.store.interest.count(turn.me.id, survey=survey.id, question=TOPIC, choice=chosen)
    return Reply(voice.counted(turn.say) if counted else voice.counted_before(turn.say), Where.INSTEAD)


def enough(turn: Turn) -> Reply:
    """No topic."""
    survey = _survey(turn)
    turn.store.interest.stop(turn.me.id, survey=survey.id, question=TOPIC)
    return Reply(voice.counted(turn.say), Where.INSTEAD)


def skills(turn: Turn, say: Say) -> Mapping[str, str]:
    """The pack's skills, by what is stored; empty where it asks for none."""
    return labels_in(turn.content.questions, FIELDS["goals"], say)


def _has_topic_left(turn: Turn, survey: Survey) -> bool:
    done = turn.store.interest.answered(turn.me.id, survey=survey.id, question=TOPIC)
    return bool(skills(turn, turn.say)) and not done


def _survey(turn: Turn) -> Survey:
    """The one that the button names, while it takes answers. Raises Refusal("interest.closed")."""
    survey = accept(turn.store.interest.newest(), turn.now)
    if survey.id != turn.arg("survey"):
        raise Refusal("interest.closed")
    return survey
