"""Skill ratings: the mentee picks five skills, both rate alone, both see both views once both have sent."""

from flows.activities import ratings as rules
from flows.activities.reading import is_revealed
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.refusal import Refusal
from flows.voice import ratings as voice
from flows.voice.message import Message
from flows.voice.refusals import refused
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.writing import revealing
from handlers.writing.scene import Scene, enter, partner_name, session_of, typed

WANTED = "skills_wanted"
"""The question of the questionnaire whose options are the list, and whose answer is ticked."""


def open_or_rate(turn: Turn) -> Reply:
    """What is next for the reader: pick, rate, change, or read both views."""
    return _next(turn, enter(turn))


def picked(turn: Turn) -> Reply:
    """Five skills were picked; rating comes next, in the same dialog. Picked before, they stay."""
    scene = enter(turn, writes=True)
    if scene.role is not Role.MENTEE:
        raise Refusal("writing.mentee_only")
    if not _skills(turn, scene):
        try:
            words = rules.pick(turn.filled.get("skills", ()), turn.field("own"))
        except Refusal as refusal:
            errors = voice.pick_errors(refusal.key, refusal.details.get("count", ""), turn.say)
            return Reply(refused(refusal, turn.say), Where.FIELD_ERRORS, errors)
        piece = Writing(turn.new_id(), scene.match.id, turn.me.id, rules.SKILLS, 0, WritingState.SENT, turn.now, words)
        turn.store.writings.add(piece)
    return _next(turn, scene)


def send(turn: Turn) -> Reply | None:
    """One side's five numbers."""
    scene = enter(turn, writes=True)
    number = session_of(turn, scene, rules.KIND)
    skills = _skills(turn, scene)
    if not skills:
        raise Refusal("message.old")
    try:
        words = rules.rate(typed(turn), skills)
    except Refusal as refusal:
        errors = voice.rate_errors(refusal.details["field"], turn.say)
        return Reply(refused(refusal, turn.say), Where.FIELD_ERRORS, errors)
    match = scene.match.id
    is_both = revealing.send(
        turn,
        scene,
        rules.KIND,
        number,
        words,
        waiting=lambda partner, say: voice.waiting(match, number, partner, say),
        both=lambda partner, say: voice.both(match, number, partner, say),
    )
    return Reply(_page(turn, scene, number), Where.DIALOG) if is_both else None


def _next(turn: Turn, scene: Scene) -> Reply:
    number = session_of(turn, scene, rules.KIND)
    if revealing.revealed(turn, scene, rules.KIND, number):
        return Reply(_page(turn, scene, number), Where.DIALOG)
    if not scene.match.is_alive:
        raise Refusal("match.over")
    activity = turn.content.activities[rules.KIND]
    skills = _skills(turn, scene)
    partner = partner_name(turn, scene)
    match = scene.match.id
    if not skills and scene.role is Role.MENTOR:
        return Reply(voice.mentee_first(activity, partner, turn.say), Where.DIALOG)
    if not skills:
        listed = tuple(_labels(turn).items())
        wanted = _wanted(turn, scene)
        return Reply(voice.pick(match, number, activity, listed, wanted, partner, turn.say), Where.DIALOG)
    labels = _labels(turn)
    named = {place: labels.get(skill, skill) for place, skill in skills.items()}
    mine = revealing.mine(turn, scene, rules.KIND, number)
    return Reply(voice.rate(match, number, activity, scene.role, named, mine, partner, turn.say), Where.DIALOG)


def rows(turn: Turn, scene: Scene, number: int) -> tuple[rules.Row, ...]:
    """Both views with the skills in the reader's language; nothing before both have sent."""
    pieces = turn.store.writings.of_match(scene.match.id)
    labels = _labels(turn)
    return tuple(
        rules.Row(labels.get(row.skill, row.skill), row.mine, row.theirs, row.mine_first, row.theirs_first)
        for row in rules.side_by_side(pieces, scene.match, number, turn.me.id)
    )


def newest_rows(turn: Turn, scene: Scene) -> tuple[rules.Row, ...]:
    """The same of the last time that both have rated."""
    pieces = turn.store.writings.of_match(scene.match.id)
    numbers = sorted({piece.session for piece in pieces if piece.kind == rules.KIND}, reverse=True)
    shown = next((one for one in numbers if is_revealed(pieces, scene.match, rules.KIND, one)), None)
    return rows(turn, scene, shown) if shown is not None else ()


def _page(turn: Turn, scene: Scene, number: int) -> Message:
    names = {person.id: person.first_name for person in scene.partners}
    activity = turn.content.activities[rules.KIND]
    return voice.page(scene.match.id, activity, rows(turn, scene, number), names, turn.say)


def _skills(turn: Turn, scene: Scene) -> dict[str, str]:
    return dict(rules.picked(turn.store.writings.of_match(scene.match.id)))


def _labels(turn: Turn) -> dict[str, str]:
    """What is stored → what is read: the questionnaire's skills and those of the activity."""
    question = next((one for one in turn.content.questions if one.id == WANTED), None)
    listed = {value: turn.say.text(label) for value, label in (question.options if question else ())}
    return listed | {skill: turn.say.text(skill) for skill in turn.content.activities[rules.KIND].options}


def _wanted(turn: Turn, scene: Scene) -> tuple[str, ...]:
    answer = turn.store.participants.answers(scene.match.member(turn.me.id).participant).get(WANTED)
    return answer if isinstance(answer, tuple) else ()
