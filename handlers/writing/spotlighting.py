"""The Strength Spotlight: the mentor writes, the mentee hears of it and reads, and keeps a log of wins."""

from datetime import datetime, timedelta

from flows.activities import spotlight as rules
from flows.activities.reading import of_kind
from flows.activities.writing import Writing, WritingState
from flows.budget import Charge, allowed
from flows.calendar import iso_week, next_working, weekly
from flows.people import Person, Role
from flows.refusal import Refusal
from flows.voice import spotlights as voice
from flows.voice import writing as lines
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.writing.scene import Scene, chosen_match, enter, example_day, partner_name, session_of, typed


def ask(turn: Turn) -> Reply:
    """`/mentor spotlight`."""
    scenes = chosen_match(turn, kinds=frozenset({rules.KIND, rules.WINS}))
    if len(scenes) > 1:
        listed = [(scene.match.id, partner_name(turn, scene)) for scene in scenes]
        return Reply(lines.which(listed, rules.KIND, turn.say), Where.PRIVATELY)
    return _show(turn, scenes[0])


def open_or_write(turn: Turn) -> Reply:
    """What stands; for a mentor who has noted nothing yet, the form."""
    return _show(turn, enter(turn))


def another(turn: Turn) -> Reply:
    """One more strength."""
    return Reply(_form(turn, _as(turn, Role.MENTOR)), Where.DIALOG)


def send(turn: Turn) -> Reply:
    """The mentee hears that there is something to read."""
    scene = _as(turn, Role.MENTOR)
    filled = typed(turn)
    problems = rules.problems(filled)
    if problems:
        return _unfit(turn, problems)
    if len(_pieces(turn, scene, rules.KIND)) >= rules.MOST_SPOTLIGHTS:
        raise Refusal("spotlight.full")
    number = session_of(turn, scene, rules.KIND)
    words = {name: filled[name] for name in rules.LONGEST if name in filled}
    piece = Writing(turn.new_id(), scene.match.id, turn.me.id, rules.KIND, number, WritingState.SENT, turn.now, words)
    turn.store.writings.add(piece)
    for member in scene.match.in_role(Role.MENTEE):
        _tell(turn, scene, piece, scene.people[member.person])
    return Reply(voice.kept(scene.match.id, number, partner_name(turn, scene), turn.say), Where.BELOW)


def read(turn: Turn) -> Reply:
    """`Read it`."""
    return Reply(_page(turn, enter(turn)), Where.DIALOG)


def later(turn: Turn) -> Reply:
    """`Not now`."""
    return Reply(voice.later(enter(turn).match.id, turn.say), Where.INSTEAD)


def add_win(turn: Turn) -> Reply:
    """The dialog for one win."""
    scene = _as(turn, Role.MENTEE)
    activity = turn.content.activities[rules.WINS]
    return Reply(voice.win_form(scene.match.id, activity, partner_name(turn, scene), turn.say), Where.DIALOG)


def keep_win(turn: Turn) -> Reply:
    """One win more in the log."""
    scene = _as(turn, Role.MENTEE)
    filled = typed(turn)
    problems = rules.problems_of_win(filled)
    if problems:
        return _unfit(turn, problems)
    count = len(_pieces(turn, scene, rules.WINS))
    if count >= rules.MOST_WINS:
        raise Refusal("wins.full")
    words = {"win": filled["win"]}
    piece = Writing(turn.new_id(), scene.match.id, turn.me.id, rules.WINS, 0, WritingState.SENT, turn.now, words)
    turn.store.writings.add(piece)
    return Reply(voice.win_kept(scene.match.id, count + 1, turn.say), Where.BELOW)


def _as(turn: Turn, role: Role) -> Scene:
    """The match, for somebody who has that role in it."""
    scene = enter(turn, writes=True)
    if scene.role is not role:
        raise Refusal("writing.mentor_only" if role is Role.MENTOR else "writing.mentee_only")
    return scene


def _show(turn: Turn, scene: Scene) -> Reply:
    is_first = scene.role is Role.MENTOR and scene.match.is_alive and not _pieces(turn, scene, rules.KIND)
    return Reply(_form(turn, scene) if is_first else _page(turn, scene), Where.DIALOG)


def _form(turn: Turn, scene: Scene) -> Message:
    number = session_of(turn, scene, rules.KIND)
    activity = turn.content.activities[rules.KIND]
    return voice.form(scene.match.id, number, activity, partner_name(turn, scene), turn.say)


def _page(turn: Turn, scene: Scene) -> Message:
    mentors = scene.match.in_role(Role.MENTOR)
    return voice.page(
        scene.match.id,
        session_of(turn, scene, rules.KIND),
        scene.role,
        _pieces(turn, scene, rules.KIND),
        _pieces(turn, scene, rules.WINS),
        mentor=turn.say.listing([scene.name(member.person) for member in mentors]),
        may_write=scene.match.is_alive,
        say=turn.say,
    )


def _pieces(turn: Turn, scene: Scene, kind: str) -> tuple[Writing, ...]:
    return of_kind(turn.store.writings.of_match(scene.match.id), kind)


def _tell(turn: Turn, scene: Scene, piece: Writing, mentee: Person) -> None:
    moment = _free_moment(turn, mentee)
    post = Post(
        key=f"spotlight:{piece.id}:{mentee.id}",
        to=ToPerson(mentee.id),
        message=voice.told(scene.match.id, scene.name(turn.me.id), turn.say_to(mentee)),
        kind=Kind.MUST_ARRIVE,
        not_before=moment,
        week=iso_week(moment, mentee.zone),
        subject=scene.match.id,
        step=rules.KIND,
    )
    turn.store.outbox.put(post, now=turn.now)


def _free_moment(turn: Turn, person: Person) -> datetime:
    """Now, in their working hours, when their week has room for it; else their first slot of a week that has."""
    told = turn.store.season.history(person.id).by_week
    moment = next_working(turn.now, person.hours)
    while not allowed(Charge.ROUTINE, told.get(iso_week(moment, person.zone), ())):
        moment = weekly(moment + timedelta(seconds=1), person.hours, person.nudge_day, person.nudge_at)
    return moment


def _unfit(turn: Turn, problems: dict[str, str]) -> Reply:
    errors = lines.errors(problems, turn.say, example=example_day(turn))
    return Reply(Message(next(iter(errors.values())), ()), Where.FIELD_ERRORS, errors)
