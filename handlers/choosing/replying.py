"""What the two of a request do with it: yes, a question first, no, not now, not this person."""

from dataclasses import replace

from flows.decisions import pin_of
from flows.matching.limits import failed
from flows.matching.rules import Limit
from flows.people import Role
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.requests import BY_HAND, QUIET, SIDES, Cause, Question, Request
from flows.voice import answered_requests, carried_words, not_now, pausing
from flows.voice import requests as voice
from flows.voice.message import Message, Sealed
from handlers.choosing.around import beside_rounds
from handlers.choosing.parting import part, take_back
from handlers.coordinating.matched import new_match
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.inbound import Reply, Where
from handlers.introducing import begin
from handlers.requesting import ANSWER, QUESTION, Scene, close, enter, in_several, keep, message_for, post
from handlers.turn import Turn

KEPT = frozenset({Cause.TIME, Cause.FIELD, Cause.OTHER})
"""Why a mentor declines, in three words of ours."""


def show(turn: Turn) -> Reply:
    """The request as it stands."""
    scene, role = enter(turn)
    return Reply(_as_it_stands(turn, scene, role), Where.INSTEAD)


def look(turn: Turn) -> Reply:
    """The same, below what is pressed."""
    scene, role = enter(turn)
    return Reply(_as_it_stands(turn, scene, role), Where.BELOW)


def accept(turn: Turn) -> Reply:
    """Yes. With the other side's it begins the match, if there is still a place at this moment."""
    scene, role = enter(turn)
    request = scene.request
    if not request.is_open or role in request.agreed:
        return show(turn)
    cohort = turn.store.programmes.cohort(request.cohort)
    if not scene.places[role].may_be_matched(turn.today):
        return Reply(pausing.nothing_begins(request.cohort, turn.say), Where.BELOW)
    # Of several who were asked for one place the first to agree has it.
    gathered = gather(turn, cohort, of={request.mentee, request.mentor}, but=lambda _: True)
    gathered = replace(gathered, candidates=beside_rounds(turn, gathered, on_leave=True))
    if not _is_possible(turn, request, cohort, gathered):
        return _too_late(turn, scene, role)
    agreed = request.yes(role)
    if not agreed.is_agreed:
        keep(turn, agreed)
        return Reply(answered_requests.you_agreed(scene.partner(role), turn.say), Where.INSTEAD)
    _begin(turn, scene, agreed, gathered)
    return Reply(answered_requests.begun(scene.partner(role), turn.say), Where.INSTEAD)


def _is_possible(turn: Turn, request: Request, cohort: Cohort, gathered: Gathered) -> bool:
    mentee, mentor = gathered.candidates.get(request.mentee), gathered.candidates.get(request.mentor)
    if mentee is None or mentor is None or not cohort.may_be_joined(turn.today):
        return False
    free = Role.MENTEE in mentee.roles and mentor.places > 0
    decided = turn.store.locks.overridden(mentee.id, mentor.id) | {Limit.CAPACITY}
    if request.round == BY_HAND:
        # Who puts two people together by hand was told that they have met.
        decided |= {Limit.MET}
    elif mentor.id in turn.store.locks.forbidden(mentee.id):
        return False
    return free and failed(mentee, mentor, rules_of(turn.content, cohort)) <= decided


def _too_late(turn: Turn, scene: Scene, role: Role) -> Reply:
    """Whoever said yes hears it kindly, and so does the other side if it had said yes before."""
    message = answered_requests.too_late(turn.say)
    close(turn, scene, scene.request.withdraw(turn.now), {role: message}, by=role)
    return Reply(message, Where.INSTEAD)


def _begin(turn: Turn, scene: Scene, agreed: Request, gathered: Gathered) -> None:
    cohort = gathered.cohort
    for state in (CohortState.MATCHING, CohortState.RUNNING):
        if cohort.state is not CohortState.RUNNING and cohort.state is not state:
            cohort = cohort.move(state)
    if cohort != gathered.cohort:
        turn.store.programmes.save_cohort(cohort)
    lines = {role: answered_requests.begun(scene.partner(role), turn.say_to(scene.people[role])) for role in SIDES}
    close(turn, scene, agreed.begin(turn.now), lines)
    mentee = scene.places[Role.MENTEE]
    turn.store.participants.save(replace(mentee, waited=0))
    round_id = "" if agreed.round == BY_HAND else agreed.round
    match = new_match(
        turn, gathered, mentee=agreed.mentee, mentor=agreed.mentor, round_id=round_id, reasons=agreed.reasons
    )
    begin(turn, match)
    if locked := pin_of(turn.store.locks.in_cohort(cohort.id), agreed.mentee, agreed.mentor):
        # They are matched from now on, so that no draft has to keep them together.
        turn.store.locks.end((locked,), turn.now)


def decline(turn: Turn) -> Reply:
    """A mentor says no: which of three reasons it is. Nothing has happened yet."""
    scene, role = enter(turn)
    if not scene.request.is_open:
        return show(turn)
    return Reply(voice.why_not(scene.request, scene.partner(role), turn.say), Where.INSTEAD)


def because(turn: Turn) -> Reply:
    """No, for this reason; only the reason's category is kept."""
    given = turn.arg("cause")
    return _no(turn, Cause(given) if given in KEPT else Cause.NONE)


def pass_by(turn: Turn) -> Reply:
    """No, without any reason."""
    scene, role = enter(turn)
    if scene.request.is_open and scene.request.is_asked and role is Role.MENTEE:
        # Who asked takes the request back.
        return Reply(take_back(turn, scene), Where.INSTEAD)
    return _no(turn, Cause.NONE)


def later(turn: Turn) -> Reply:
    """Not now: nobody else asks either, for a while."""
    return _no(turn, Cause.LATER)


def again(turn: Turn) -> Reply:
    """The way back from `Not now`: whoever wants to may ask, from now on. Who asked then has gone on meanwhile."""
    scene, role = enter(turn)
    if role is not Role.MENTOR:
        raise Refusal("message.old")
    for one in turn.store.requests.of_mentor(scene.request.mentor):
        if one.cause is Cause.LATER:
            turn.store.requests.save(replace(one, cause=Cause.PASSED))
    turn.store.schedule.look_at(f"asked:{scene.request.mentor}", turn.now)
    return Reply(not_now.may_be_asked(turn.say), Where.INSTEAD)


def never(turn: Turn) -> Reply:
    """Not this person: no request and no draft ever puts the two together, and nobody is told."""
    scene, role = enter(turn)
    if scene.request.is_agreed and not scene.request.is_open:
        return show(turn)
    turn.store.avoided.add(turn.new_id(), by=turn.me.id, of=scene.partner(role).id)
    message = answered_requests.never_again(scene.partner(role), turn.say)
    if not scene.request.is_open:
        # It came too late for this request, and not for the next.
        return Reply(message, Where.INSTEAD)
    part(turn, scene, role)
    # Beside the request, which is rewritten by way of the outbox: there it may only read as any no does.
    return Reply(message, Where.PRIVATELY)


def _no(turn: Turn, cause: Cause) -> Reply:
    scene, role = enter(turn)
    if not scene.request.is_open:
        return show(turn)
    partner = scene.partner(role)
    message = answered_requests.you_declined(scene.request, partner, turn.say)
    if cause is Cause.LATER:
        message = not_now.noted(scene.request, partner, turn.now + QUIET, turn.say)
    close(turn, scene, scene.request.no(cause, turn.now), {role: message}, by=role)
    return Reply(message, Where.INSTEAD)


def ask(turn: Turn) -> Reply:
    """The form for a mentor's question, or for the mentee's one answer."""
    scene, role = enter(turn)
    request = scene.request
    if not request.is_open or request.question is not _expected(role):
        return Reply(_as_it_stands(turn, scene, role), Where.INSTEAD)
    return Reply(carried_words.write(request, scene.partner(role), role, turn.say), Where.DIALOG)


def send(turn: Turn) -> Reply:
    """It is sealed at once, carried over once, and deleted when it has arrived. The three days begin anew."""
    scene, role = enter(turn)
    request, words = scene.request, turn.field("words")
    if not request.is_open or request.question is not _expected(role):
        return Reply(_as_it_stands(turn, scene, role), Where.INSTEAD)
    unfit = carried_words.unfit(words, turn.say)
    if unfit:
        return Reply(Message(unfit, ()), Where.FIELD_ERRORS, {"words": unfit})
    request = request.ask(turn.now) if role is Role.MENTOR else request.answer(turn.now)
    keep(turn, request)
    partner, me = scene.partner(role), scene.people[role]
    step = QUESTION if role is Role.MENTOR else ANSWER
    key = f"{step}:{request.id}:{partner.id}"
    turn.store.relays.add(key, words, match=request.id, author=me.id, at=turn.now)
    carry = carried_words.question if role is Role.MENTOR else carried_words.answer
    message = carry(request, me, Sealed(key), turn.say_to(partner))
    turn.store.outbox.put(post(turn, request, partner, step, message), now=turn.now)
    return Reply(carried_words.carried(request, partner, role, turn.say), Where.INSTEAD)


def _expected(role: Role) -> Question:
    """What must have been said for that side to write."""
    return Question.NONE if role is Role.MENTOR else Question.ASKED


def _as_it_stands(turn: Turn, scene: Scene, role: Role) -> Message:
    request, partner = scene.request, scene.partner(role)
    if not request.is_open:
        return answered_requests.begun(partner, turn.say) if request.is_agreed else answered_requests.over(turn.say)
    if role in request.agreed:
        return answered_requests.you_agreed(partner, turn.say)
    return message_for(turn, scene, role, in_several(turn.store, [turn.me.id]))
