"""The clock of requests: silence ends one, and the next mentor on a mentee's list is asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows.budget import Charge, allowed
from flows.calendar import iso_week, local
from flows.matching.explain import reasons
from flows.matching.limits import permitted
from flows.matching.pairs import pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.people import Participant, Person, Role
from flows.programme import Choice, Cohort
from flows.requests import MOST_AT_ONCE, Request, RequestState, quiet_until
from flows.voice import answered_requests
from flows.voice.message import Message
from flows.voice.reasons import ASKED_FOR
from flows.wishes import Wishes, is_since, next_to_ask
from handlers.choosing.around import beside_rounds
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.requesting import NEXT, Reasons, Scene, close, in_several, invitation, post, scene_of
from handlers.tick import Tick

A_DAY = timedelta(days=1)
"""After which it is looked again whether a mentor has time."""


def look(tick: Tick) -> datetime | None:
    """A mentee's requests and list: end what was silent too long, ask the next; the next moment for either."""
    try:
        mentee = tick.store.participants.get(tick.subject)
    except LookupError:
        return None
    cohort = tick.store.programmes.cohort(mentee.cohort)
    waits = [
        moment
        for request in tick.store.requests.of_mentee(mentee.id)
        if request.is_open and (moment := _wait(tick, cohort, request)) is not None
    ]
    if waits or not (cohort.takes_wishes and cohort.choice is Choice.ASK):
        return min(waits, default=None)
    return _ask_next(tick, cohort, mentee)


def wake(tick: Tick) -> None:
    """A mentor may have time again: who has them on the list is looked at."""
    for mentee in tick.store.wishes.for_mentor(tick.subject):
        tick.store.schedule.look_at(f"wish:{mentee}", tick.now)


def _wait(tick: Tick, cohort: Cohort, request: Request) -> datetime | None:
    """When the silence of an open request ends; None when it is over now."""
    scene = scene_of(tick.store, request)
    mentee, mentor = scene.people[Role.MENTEE], scene.people[Role.MENTOR]
    say = tick.say_to(mentor)
    taken = [one for one in tick.store.matches.alive_of(mentee.id) if one.member(mentee.id).role is Role.MENTEE]
    if taken:
        close(tick, scene, request.withdraw(tick.now), {Role.MENTOR: answered_requests.found_somebody(mentee, say)})
        return None
    if _is_void(tick, cohort, scene):
        close(tick, scene, request.lapse(tick.now), {})
        return None
    if tick.now >= scene.until:
        lines = {Role.MENTOR: answered_requests.moved_on(mentee, say)} if request.is_asked else {}
        close(tick, scene, request.lapse(tick.now), lines)
        return None
    return scene.until


def _is_void(tick: Tick, cohort: Cohort, scene: Scene) -> bool:
    """Nothing can come of it: somebody left, the programme is over, or the mentor's places are taken."""
    left = any(not place.has_joined or not scene.people[role].active for role, place in scene.places.items())
    mentor = scene.people[Role.MENTOR]
    matches = tick.store.matches.alive_of(mentor.id)
    load = sum(len(one.in_role(Role.MENTEE)) for one in matches if one.member(mentor.id).role is Role.MENTOR)
    today = local(tick.now, mentor.hours).date()
    return left or not cohort.may_be_joined(today) or load >= scene.places[Role.MENTOR].capacity


def _ask_next(tick: Tick, cohort: Cohort, mentee: Participant) -> datetime | None:
    wishes = tick.store.wishes.of(mentee.id)
    history = tick.store.requests.of_mentee(mentee.id)
    me = tick.store.people.get(mentee.person)
    if not wishes.mentors or not cohort.may_be_joined(local(tick.now, me.hours).date()):
        return None
    asking = _seen_beside(tick, cohort, mentee.id).candidates.get(mentee.id)
    if asking is None or Role.MENTEE not in asking.roles:
        return None
    if not asking.available:
        return tick.now + A_DAY
    forbidden = tick.store.locks.forbidden(mentee.id)
    for which in next_to_ask(wishes, history):
        if which in forbidden:
            continue
        # Held before their places are read: whoever asks for one next reads what became of it here.
        mentor = tick.store.people.hold(tick.store.participants.get(which).person)
        gathered = _seen_beside(tick, cohort, mentee.id, which)
        at = _may_be_asked(tick, gathered, gathered.candidates[mentee.id], which, mentor)
        if at is None:
            continue
        if at > tick.now:
            return at
        return _ask(tick, gathered, gathered.candidates[mentee.id], which, _before(wishes, history))
    _tell_nobody_is_left(tick, cohort, me, wishes, _before(wishes, history))
    return None


def _seen_beside(tick: Tick, cohort: Cohort, *which: str) -> Gathered:
    gathered = gather(tick, cohort, of=which)
    return replace(gathered, candidates=beside_rounds(tick, gathered))


def _may_be_asked(tick: Tick, gathered: Gathered, asking: Candidate, which: str, person: Person) -> datetime | None:
    """From when on this mentor may be asked; None: not at all, so that the next one is."""
    mentor, rules = gathered.candidates.get(which), rules_of(tick.content, gathered.cohort)
    if mentor is None or not mentor.available or not permitted(asking, mentor, rules):
        return None
    requests = tick.store.requests.of_mentor(which)
    waiting = sum(one.is_open for one in requests)
    quiet = quiet_until(requests)
    if mentor.places + waiting <= 0 or (quiet is not None and quiet > tick.now):
        return None
    if not mentor.places or waiting >= MOST_AT_ONCE:
        # Somebody else's request is open: it ends within days.
        return tick.now + A_DAY
    told = tick.store.season.history(person.id).in_week(iso_week(tick.now, person.zone), tick.now)
    return tick.now if allowed(Charge.MATCH_DAY, told) else tick.now + A_DAY


def _ask(tick: Tick, gathered: Gathered, asking: Candidate, which: str, before: Request | None) -> datetime:
    request = Request(
        id=tick.new_id(),
        cohort=gathered.cohort.id,
        mentee=asking.id,
        mentor=which,
        begun_at=tick.now,
        since=tick.now,
        agreed=frozenset({Role.MENTEE}),
        reasons=reasons_between(rules_of(tick.content, gathered.cohort), asking, gathered.candidates[which]),
    )
    tick.store.requests.add(request)
    scene = scene_of(tick.store, request)
    several = in_several(tick.store, [scene.people[Role.MENTOR].id])
    tick.store.outbox.put(invitation(tick, scene, Role.MENTOR, several), now=tick.now)
    if before is not None:
        me = gathered.people[asking.id]
        former = scene_of(tick.store, before).people[Role.MENTOR]
        message = answered_requests.next_one(former, gathered.people[which], request.cohort, tick.say_to(me))
        _tell(tick, before, me, message)
    return scene.until


def _tell_nobody_is_left(tick: Tick, cohort: Cohort, me: Person, wishes: Wishes, before: Request | None) -> None:
    say = tick.say_to(me)
    day = cohort.next_round
    coming = say.day(day) if day is not None and day >= local(tick.now, me.hours).date() else ""
    message = answered_requests.nobody_left(cohort.id, coming, say)
    if before is not None:
        _tell(tick, before, me, message)
        return
    # Nobody on the list could be asked at all.
    since = wishes.at.isoformat() if wishes.at else ""
    told = Request(tick.subject, cohort.id, tick.subject, "", tick.now, tick.now)
    tick.store.outbox.put(post(tick, told, me, NEXT, message, key=f"{NEXT}:{tick.subject}:{since}"), now=tick.now)


def _tell(tick: Tick, before: Request, me: Person, message: Message) -> None:
    """Once for each request that ended; not about it, or its end would take the message back."""
    told = replace(post(tick, before, me, NEXT, message), subject=before.mentee)
    tick.store.outbox.put(told, now=tick.now)


def _before(wishes: Wishes, history: Sequence[Request]) -> Request | None:
    """The newest request that a mentor ended since the list was said, by a no or by silence."""
    ended = (RequestState.DECLINED, RequestState.LAPSED)
    found = [one for one in history if one.is_asked and one.state in ended and is_since(wishes, one)]
    return found[-1] if found else None


def reasons_between(rules: Rules, mentee: Candidate, mentor: Candidate) -> Reasons:
    """Up to three reasons as they are kept, the wish among them."""
    found = reasons(pair(mentee, mentor, rules), mentee, mentor, rules)
    told = tuple((reason.kind, *reason.details) for reason in found)
    return (*told[: max(0, rules.reasons - 1)], (ASKED_FOR,))
