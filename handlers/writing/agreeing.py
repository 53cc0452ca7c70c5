"""Goals and next steps: either writes, both see them, either says that one is reached."""

from flows.activities import goals as rules
from flows.activities.reading import of_kind
from flows.activities.writing import Writing
from flows.refusal import Refusal
from flows.voice import goals as voice
from flows.voice import writing as lines
from flows.voice.message import Message
from handlers.inbound import Reply, Where
from handlers.introducing import mirror
from handlers.turn import Turn
from handlers.writing.scene import Scene, enter, example_day, partner_name, session_of, typed


def open_goals(turn: Turn) -> Reply:
    """The goals as they stand, or the form when there are none."""
    return _show(turn, enter(turn), rules.GOALS)


def open_steps(turn: Turn) -> Reply:
    """The same of the steps."""
    return _show(turn, enter(turn), rules.STEPS)


def change(turn: Turn) -> Reply:
    """The form, with all that stands."""
    kind = turn.arg("kind")
    if kind not in (rules.GOALS, rules.STEPS):
        raise Refusal("message.old")
    return Reply(_form(turn, enter(turn, writes=True), kind), Where.DIALOG)


def keep_goals(turn: Turn) -> Reply:
    """One to three lines."""
    scene = enter(turn, writes=True)
    filled = _filled(turn)
    pieces = _pieces(turn, scene, rules.GOALS)
    problems = rules.problems_of_goals(pieces, filled)
    if problems:
        return _unfit(turn, problems)
    by = _by(turn, scene, rules.GOALS)
    _write(turn, pieces, rules.agree_on_goals(pieces, filled, by))
    count = len(_pieces(turn, scene, rules.GOALS))
    kept = voice.goals_kept(scene.match.id, by.session, count, partner_name(turn, scene), turn.say)
    return Reply(kept, Where.BELOW)


def keep_steps(turn: Turn) -> Reply:
    """One to three steps, each with a person and a day."""
    scene = enter(turn, writes=True)
    filled = _filled(turn)
    pieces = _pieces(turn, scene, rules.STEPS)
    problems = rules.problems_of_steps(pieces, filled, scene.match, turn.today)
    if problems:
        return _unfit(turn, problems)
    by = _by(turn, scene, rules.STEPS)
    _write(turn, pieces, rules.agree_on_steps(pieces, filled, by))
    mirror(turn, scene.match, scene.people)
    count = len(_pieces(turn, scene, rules.STEPS))
    kept = voice.steps_kept(scene.match.id, by.session, count, partner_name(turn, scene), turn.say)
    return Reply(kept, Where.BELOW)


def reached(turn: Turn) -> Reply:
    """A goal was reached, or a step is done; said twice it is the same."""
    scene = enter(turn, writes=True)
    piece = next((one for one in turn.store.writings.of_match(scene.match.id) if one.id == turn.arg("piece")), None)
    if piece is None or piece.kind not in (rules.GOALS, rules.STEPS):
        raise Refusal("message.old")
    after = rules.reach(piece, turn.now)
    if after != piece:
        turn.store.writings.save(after)
        mirror(turn, scene.match, scene.people)
    return _show(turn, scene, piece.kind)


def _show(turn: Turn, scene: Scene, kind: str) -> Reply:
    if _pieces(turn, scene, kind):
        return Reply(_page(turn, scene, kind), Where.DIALOG)
    if not scene.match.is_alive:
        raise Refusal("match.over")
    return Reply(_form(turn, scene, kind), Where.DIALOG)


def _page(turn: Turn, scene: Scene, kind: str) -> Message:
    pieces = _pieces(turn, scene, kind)
    number = session_of(turn, scene, kind)
    may_change = scene.match.is_alive
    if kind == rules.GOALS:
        return voice.goals_page(scene.match.id, number, pieces, may_change=may_change, say=turn.say)
    people = {person.id: person.first_name for person in scene.people.values()}
    return voice.steps_page(scene.match.id, number, pieces, people, may_change=may_change, say=turn.say)


def _form(turn: Turn, scene: Scene, kind: str) -> Message:
    places = rules.places(_pieces(turn, scene, kind), kind)
    if not places:
        return _page(turn, scene, kind)
    number = session_of(turn, scene, kind)
    activity = turn.content.activities[kind]
    if kind == rules.GOALS:
        return voice.goals_form(scene.match.id, number, activity, scene.role, places, turn.say)
    people = {person.id: person.first_name for person in scene.people.values()}
    suggested = example_day(turn)
    return voice.steps_form(
        scene.match.id, number, activity, scene.role, places, people, suggested=suggested, say=turn.say
    )


def _pieces(turn: Turn, scene: Scene, kind: str) -> tuple[Writing, ...]:
    return of_kind(turn.store.writings.of_match(scene.match.id), kind)


def _filled(turn: Turn) -> dict[str, str]:
    """What the form holds; a line that stood in it and was emptied is there as ""."""
    shown = [piece for piece in turn.action.args.get("shown", "").split(",") if piece]
    return {f"line_{piece}": "" for piece in shown} | typed(turn)


def _by(turn: Turn, scene: Scene, kind: str) -> rules.By:
    ids = tuple(turn.new_id() for _ in range(rules.MOST))
    return rules.By(scene.match, turn.me.id, session_of(turn, scene, kind), turn.now, ids)


def _write(turn: Turn, before: tuple[Writing, ...], change: rules.Change) -> None:
    standing = {one.id for one in before}
    for piece in change.kept:
        if piece.id in standing:
            turn.store.writings.save(piece)
        else:
            turn.store.writings.add(piece)
    for piece_id in change.gone:
        turn.store.writings.remove(piece_id)


def _unfit(turn: Turn, problems: dict[str, str]) -> Reply:
    errors = lines.errors(problems, turn.say, example=example_day(turn))
    message = Message(next(iter(errors.values())), ())
    return Reply(message, Where.FIELD_ERRORS, errors)
