"""What follows once a conversation took place or was left out: cards change, the next one opens, both are asked."""

from collections.abc import Collection

from flows.budget import Charge, allowed
from flows.calendar import iso_week, next_working
from flows.feedback import next_question
from flows.meetings import Meeting
from flows.people import Person
from flows.sessions import following, open_one
from flows.voice import feedback as voice
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.introducing import mirror
from handlers.season.scene import Stand, asked_key, asked_step, card_key, card_of, question_key, with_meeting
from handlers.season.week import end_of_week
from handlers.turn import Turn
from handlers.writing.opening import wake_letters
from storage.season import History


def confirm(turn: Turn, stand: Stand, meeting: Meeting) -> Stand:
    """It took place: the next conversation opens, cards say so, and the others are asked for three taps."""
    stand = move_on(turn, stand, meeting)
    change_cards(turn, stand, meeting, but=turn.me.id if turn.action.args.get("via") == "card" else "")
    for partner in stand.partners(turn.me.id):
        ask_for_taps(turn, stand, meeting, partner)
    return stand


def move_on(turn: Turn, stand: Stand, meeting: Meeting) -> Stand:
    """Keep what was said of a conversation; the next one opens unless it has opened before."""
    turn.store.sessions.save(meeting, at=turn.now)
    turn.store.schedule.look_at(f"match:{stand.match.id}", turn.now)
    wake_letters(turn.store, stand.match.id, now=turn.now)
    stand = with_meeting(stand, meeting)
    opened = following(stand.steps, meeting, turn.today)
    if opened is not None and all(one.number != opened.number for one in stand.meetings):
        turn.store.sessions.save(opened, at=turn.now)
        stand = with_meeting(stand, opened)
    mirror(turn, stand.match, stand.people)
    return stand


def change_cards(turn: Turn, stand: Stand, meeting: Meeting, *, but: str = "") -> None:
    """Show the present state on every card of that conversation that was sent, in place and without a sound."""
    step = stand.step(meeting.number)
    told = {one.person for one in turn.store.outbox.history(stand.match.id) if one.step == step.id}
    for person in stand.people.values():
        if person.id in told and person.id != but:
            key = card_key(step, stand.match.id, person.id)
            message = card_of(stand, step, person, turn.content, turn.say_to(person))
            post = Post(f"{key}:{turn.new_id()}", ToPerson(person.id), message, Kind.ANSWER, edits=key)
            turn.store.outbox.put(post, now=turn.now)


def taps_message(turn: Turn, stand: Stand, meeting: Meeting, person: Person) -> Message:
    """The next tap that this person is asked for, or thanks with the next conversation."""
    say = turn.say_to(person)
    scene = stand.scene(person.id, say)
    given = [tap for tap in turn.store.feedback.of(stand.match.id) if tap.person == person.id]
    question = next_question(given, meeting.number)
    if question is None:
        return voice.thanks(scene, meeting, open_one(stand.meetings), say)
    return voice.ask(scene, meeting, question, say)


def ask_for_taps(turn: Turn, stand: Stand, meeting: Meeting, person: Person) -> None:
    """Ask somebody for three taps: in place of the question that they were asked, else in a message of its own.

    To whoever acts it is an answer; to the other it is charged to the week, and dropped when that is full.
    """
    message = taps_message(turn, stand, meeting, person)
    key, step, to = asked_key(meeting, person.id), asked_step(meeting), ToPerson(person.id)
    history = turn.store.season.history(person.id)
    told = history.by_subject.get(stand.match.id, frozenset())
    if step in told:
        change_question(turn, stand, meeting, person, message, told)
    elif person.id == turn.me.id:
        turn.store.outbox.put(Post(key, to, message, Kind.ANSWER, subject=stand.match.id, step=step), now=turn.now)
    else:
        tell_of_meeting(turn, stand, person, message, history, key=key, step=step)


def tell_of_meeting(
    turn: Turn, stand: Stand, person: Person, message: Message, history: History, *, key: str, step: str
) -> None:
    """A message of its own about a meeting, when the week in which the person works next has room for it."""
    goes_at = next_working(turn.now, person.hours)
    week = iso_week(goes_at, person.zone)
    if person.nudges and allowed(Charge.MEETING, history.in_week(week, turn.now)):
        late = end_of_week(goes_at, person)
        to, subject = ToPerson(person.id), stand.match.id
        post = Post(key, to, message, Kind.NUDGE, not_after=late, week=week, subject=subject, step=step)
        turn.store.outbox.put(post, now=turn.now)


def change_question(
    turn: Turn, stand: Stand, meeting: Meeting, person: Person, message: Message, told: Collection[str]
) -> None:
    """Put this in place of the newest question that the person had about that conversation; `told` are their steps."""
    newest = newest_question(meeting, told)
    if newest:
        key = question_key(meeting, person.id, newest)
        post = Post(f"{key}:{turn.new_id()}", ToPerson(person.id), message, Kind.ANSWER, edits=key)
        turn.store.outbox.put(post, now=turn.now)


def newest_question(meeting: Meeting, told: Collection[str]) -> str:
    """The step of the newest question that somebody had about that conversation; "" for none."""
    return max((step for step in told if step.startswith(f"met_{meeting.number}_")), default="")
