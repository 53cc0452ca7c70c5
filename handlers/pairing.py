"""What the two people of a match do with their introduction, and how either of them ends it."""

from collections.abc import Sequence

from flows.match import Match
from flows.people import Person
from flows.profile import seen_by_match
from flows.space import Way, way_between
from flows.voice import matches as voice
from flows.voice import spaces, together
from flows.voice.answers import public_words
from flows.voice.message import Kind, Post, ToPerson
from handlers.entering import named_match
from handlers.inbound import Reply, Where
from handlers.introducing import between_them, intro_key, introduction, shared_key
from handlers.parting import close, goes_on_without, step_out
from handlers.turn import Turn


def meet(turn: Turn) -> Reply | None:
    """The introduction to one of several partners."""
    match, partner = _mine(turn)
    greeted = match.member(turn.me.id).said_hello
    message = introduction(turn, match, turn.me, partner, greeted=greeted)
    told = {one.person for one in turn.store.outbox.history(match.id) if one.step == "introduction"}
    if way_between((turn.me, partner), turn.spaces) is not Way.RELAY or turn.me.id in told:
        return Reply(message, Where.BELOW)
    # A card that changes with the match is a post: its key finds it again.
    post = Post(
        key=intro_key(match, turn.me.id),
        to=ToPerson(turn.me.id),
        message=message,
        kind=Kind.ANSWER,
        subject=match.id,
        step="introduction",
    )
    turn.store.outbox.put(post, now=turn.now)
    return None


def say_hello(turn: Turn) -> Reply:
    """They write first: how, and the introduction no longer asks for it."""
    match, partner = _mine(turn)
    turn.store.matches.said_hello(match.id, turn.me.id)
    turn.store.schedule.look_at(f"match:{match.id}", turn.now)
    # Whoever is about to write needs the chat now, though their partner may be asleep.
    turn.store.outbox.hurry(shared_key(match), turn.now)
    greeted = introduction(turn, match, turn.me, partner, greeted=True)
    post = Post(
        key=f"{intro_key(match, turn.me.id)}:greeted",
        to=ToPerson(turn.me.id),
        message=greeted,
        kind=Kind.ANSWER,
        edits=intro_key(match, turn.me.id),
    )
    turn.store.outbox.put(post, now=turn.now)
    return Reply(spaces.hello(partner, between_them(turn, match, turn.me, partner), turn.say), Where.BELOW)


def see_starters(turn: Turn) -> Reply:
    """Five ways into a first conversation."""
    _, partner = _mine(turn)
    return Reply(voice.starters(turn.content.frame.starters, partner, turn.say), Where.BELOW)


def about_partner(turn: Turn) -> Reply:
    """What the partner lets their match see, and nothing else."""
    match, partner = _mine(turn)
    member = match.member(partner.id)
    participant = turn.store.participants.get(member.participant)
    answers = turn.store.participants.answers(member.participant)
    seen = seen_by_match(participant, answers, turn.content.questions)
    lines = [
        (turn.say.text(question.match_sees), public_words(question, answer, turn.say)) for question, answer in seen
    ]
    mine = match.member(turn.me.id).role
    return Reply(voice.about(partner, mine, lines, turn.say), Where.BELOW)


def not_a_fit(turn: Turn) -> Reply:
    """What each way does; nothing has happened yet."""
    match, others = _all_of(turn)
    if len(others) > 1:
        go_on = goes_on_without(match, turn.me.id)
        return Reply(together.not_for_me(match, others, turn.say, go_on=go_on), Where.BELOW)
    return Reply(voice.not_a_fit(match, others[0], turn.say), Where.BELOW)


def keep(turn: Turn) -> Reply:
    """Nothing changes."""
    _, others = _all_of(turn)
    told = together.kept(others, turn.say) if len(others) > 1 else voice.kept(others[0], turn.say)
    return Reply(told, Where.INSTEAD)


def end(turn: Turn) -> Reply:
    """The match ends; the other side hears it without a reason and without a name."""
    match, others = _all_of(turn)
    if len(others) > 1 and goes_on_without(match, turn.me.id):
        step_out(turn, match, turn.me)
    else:
        close(turn, match, "not_a_fit", but=turn.me.id)
    told = together.you_left(others, turn.say) if len(others) > 1 else voice.you_ended(others[0], turn.say)
    return Reply(told, Where.INSTEAD)


def noted(turn: Turn) -> Reply:
    """A message that asked for nothing was read."""
    return Reply(voice.noted(turn.say), Where.INSTEAD)


def _mine(turn: Turn) -> tuple[Match, Person]:
    """The match of the button, while it lives, and the partner. Raises Refusal."""
    match, others = _all_of(turn)
    return match, others[0]


def _all_of(turn: Turn) -> tuple[Match, Sequence[Person]]:
    """The match of the button, while it lives, and everybody else in it. Raises Refusal."""
    match, people = named_match(turn, living=True)
    return match, [people[member.person] for member in match.partners(turn.me.id)]
