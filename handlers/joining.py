"""Joining a programme: begin, look once more, join."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from flows.formats import Format
from flows.people import Participant, Role, Standing
from flows.programme import Cohort
from flows.questionnaire import FORMAT, next_question
from flows.refusal import Refusal
from flows.voice import answered_questions, review
from flows.voice import joining as voice
from flows.voice.message import Message
from handlers import standing
from handlers.conversation import CARD, STOPPED, mine
from handlers.conversation import of as conversation_of
from handlers.eligible import not_for_them, offered
from handlers.inbound import Asked, Place, Pressed, Reply, Where
from handlers.noticing import expect
from handlers.turn import Turn
from handlers.words import split


def join(turn: Turn) -> Reply | None:
    """`/mentor join [programme]`, or the button of an invitation."""
    today = turn.today
    open_ = [cohort for cohort in turn.store.programmes.taking_people() if cohort.may_be_joined(today)]
    places = {place.cohort: place for place in turn.store.participants.of_person(turn.me.id)}
    if isinstance(turn.inbound.what, Pressed) and "cohort" in turn.action.args:
        cohort = next((cohort for cohort in open_ if cohort.id == turn.arg("cohort")), None)
        if cohort is None:
            raise Refusal("cohort.takes_nobody")
        return _begin(turn, cohort, places.get(cohort.id)) if offered(turn, [cohort]) else not_for_them(turn, cohort)
    _, typed = split(turn.words, ["join"]) if isinstance(turn.inbound.what, Asked) else ("", "")
    everything, open_ = open_, offered(turn, open_)
    if typed and (other := _not_offered(everything, open_, typed)):
        return not_for_them(turn, other)
    found = _named(open_, typed) if typed else _not_yet(open_, places)
    if len(found) == 1:
        return _begin(turn, found[0], places.get(found[0].id))
    if not open_ and not places:
        return Reply(voice.nothing_open(turn.say), Where.PRIVATELY)
    if found or (typed and open_):
        return Reply(voice.which_programme(found or open_, "" if found else typed, turn.say), Where.PRIVATELY)
    return standing.status(turn)


def _not_offered(everything: Sequence[Cohort], offered: Sequence[Cohort], typed: str) -> Cohort | None:
    """One that is called exactly so and is not for them; of others they are not told."""
    wanted = _plain(typed)
    return next((one for one in everything if one not in offered and one.name.casefold() == wanted), None)


def _named(cohorts: Sequence[Cohort], typed: str) -> list[Cohort]:
    """Those that are called so, or nearly."""
    wanted = _plain(typed)
    by_name = {cohort.name.casefold(): cohort for cohort in cohorts}
    if wanted in by_name:
        return [by_name[wanted]]
    inside = [cohort for name, cohort in by_name.items() if wanted in name]
    near = get_close_matches(wanted, by_name, n=1, cutoff=0.7)
    return inside or [by_name[name] for name in near]


def _plain(typed: str) -> str:
    return typed.strip(' "“”').casefold()


def _not_yet(cohorts: Sequence[Cohort], places: dict[str, Participant]) -> list[Cohort]:
    """Those in which the person has still something to do."""
    return [cohort for cohort in cohorts if cohort.id not in places or not places[cohort.id].has_joined]


def _begin(turn: Turn, cohort: Cohort, place: Participant | None) -> Reply | None:
    """Put the first question, or the one at which the person stands; where they asked elsewhere, say where it is."""
    if place is not None and place.has_joined:
        return standing.status(turn)
    begun = place is not None and place.standing is Standing.ANSWERING
    if place is None:
        place = Participant(turn.new_id(), cohort.id, turn.me.id, Standing.ANSWERING)
        turn.store.participants.add(place, source=_source(turn), at=turn.now)
        if cohort.format is not Format.ONE_TO_ONE:
            turn.store.participants.answer(place.id, FORMAT, cohort.format, private=False, at=turn.inbound.at)
    elif not begun:
        place = replace(place, standing=Standing.ANSWERING, joined_at=None, paused_until=None)
        turn.store.participants.save(place)
    _put(turn, place, begun=begun)
    if turn.inbound.place is Place.PRIVATE:
        return None
    return Reply((voice.goes_on if begun else voice.begun)(cohort, turn.say), Where.PRIVATELY)


def go_on(turn: Turn) -> None:
    """Put once more what is open where somebody has begun: what was put before did not reach them."""
    today = turn.today
    for place in turn.store.participants.of_person(turn.me.id):
        if place.standing is not Standing.ANSWERING or conversation_of(turn, place).last == STOPPED:
            continue
        if turn.store.programmes.cohort(place.cohort).may_be_joined(today):
            _put(turn, place, begun=True)


def _put(turn: Turn, place: Participant, *, begun: bool) -> None:
    """The question that is open; the message in which it stood says that it moved down."""
    conversation = conversation_of(turn, place)
    earlier = conversation.puts[-1].post if begun and conversation.puts else None
    if earlier is not None:
        conversation.rewrite(earlier, answered_questions.moved_down(turn.say))
    conversation.put()


def _source(turn: Turn) -> str:
    """How they came."""
    if isinstance(turn.inbound.what, Asked):
        return "command"
    return "home" if turn.inbound.place is Place.HOME else "invitation"


def look_again(turn: Turn) -> Reply:
    """The answers of somebody who has joined, with a button to change each."""
    places = turn.store.participants.of_person(turn.me.id)
    place = next((place for place in places if place.cohort == turn.arg("cohort")), None)
    if place is None or not place.has_joined:
        raise Refusal("message.old")
    return Reply(conversation_of(turn, place).card(), Where.PRIVATELY)


def take_out(turn: Turn) -> Reply:
    """The match will not see this answer."""
    return _hide(turn, hidden=True)


def put_back(turn: Turn) -> Reply:
    """The match will see this answer after all."""
    return _hide(turn, hidden=False)


def _hide(turn: Turn, *, hidden: bool) -> Reply:
    conversation = mine(turn)
    which = turn.arg("question")
    if which not in {question.id for question in conversation.questions if question.match_sees}:
        raise Refusal("question.gone")
    before = conversation.participant
    conversation.save(replace(before, hidden=before.hidden | {which} if hidden else before.hidden - {which}))
    conversation.take_over_person({which} & {"about"})
    return Reply(conversation.card(), Where.INSTEAD)


def submit(turn: Turn) -> Reply:
    """From here on it counts."""
    conversation = mine(turn)
    cohort = turn.store.programmes.cohort(conversation.participant.cohort)
    today = turn.today
    if conversation.participant.standing is not Standing.ANSWERING:
        return Reply(_joined(turn, cohort, conversation.participant), Where.INSTEAD)
    if not cohort.may_be_joined(today):
        raise Refusal("cohort.takes_nobody")
    if next_question(conversation.questions, conversation.answers) is not None:
        conversation.go_on(CARD, card_is_shown=True)
        return Reply(answered_questions.one_more(turn.say), Where.INSTEAD)
    conversation.save(replace(conversation.participant, standing=Standing.JOINED, joined_at=turn.now))
    conversation.take_over_roles()
    turn.store.schedule.look_at(f"person:{turn.me.id}", turn.now)
    expect(turn.store, cohort, turn.me, turn.now)
    return Reply(_joined(turn, cohort, conversation.participant), Where.INSTEAD)


def _joined(turn: Turn, cohort: Cohort, me: Participant) -> Message:
    chooses = cohort.takes_wishes and Role.MENTEE in me.roles
    return review.joined(cohort, turn.today, turn.say, chooses=chooses)
