"""`match lock` and `match swap`: another mentor for somebody, with the price shown before anything changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flows.decisions import pin_of
from flows.matching.editing.edits import give
from flows.matching.editing.pricing import Price, price, room_for
from flows.matching.limits import failed
from flows.matching.locks import NEVER_OVERRIDDEN, Lock, LockKind, override_of, permit, require
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.people import Role
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import locks as locks_voice
from flows.voice import prices as voice
from flows.voice.message import Action
from handlers.coordinating import naming
from handlers.coordinating.desk import Done, ask, confirmed, here
from handlers.coordinating.locking import keep, lawful, save, taking_part
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.rounds import current, review
from handlers.inbound import Reply, Where
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Given:
    """A draft under review, and who is to have whom in it: `pins` as asked for, `moves` with who makes room."""

    round: Round
    gathered: Gathered
    rules: Rules
    pins: Mapping[str, str]
    moves: Mapping[str, str | None]
    price: Price

    @property
    def mark(self) -> str:
        """The same for the same change at the same price."""
        steps = [f"{one.mentee} {one.before} {one.after} {one.was} {one.becomes}" for one in self.price.steps]
        return hashlib.sha256("\n".join(steps).encode()).hexdigest()[:16]


def lock(turn: Turn) -> Done:
    """`match lock N`, or `match lock MENTEE, MENTOR` for a pair that the draft does not have."""
    line = naming.typed(turn)
    if not line.people:
        number, rest = (*line.words.split(maxsplit=1), "", "")[:2]
        round_, gathered, rules = current(turn, "match lock", rest)
        return _toggle(turn, round_, gathered, rules, round_.pair(number))
    if len(line.people) != 2:
        raise Refusal("match.two", verb="match lock")
    round_, gathered, rules = current(turn, "match lock", line.words)
    mentee, mentor = two_of(turn, gathered, line.people)
    for one in round_.draft.pairs:
        if (one.mentee, one.mentor) == (mentee.id, mentor.id):
            return _toggle(turn, round_, gathered, rules, one)
    if refused := against(turn, gathered, rules, mentee, mentor):
        return Done(refused, round_.id, outcome="refused")
    _check(turn, round_, gathered, rules, mentee, mentor)
    return _shown(turn, "match lock", _given(turn, round_, gathered, rules, {mentee.id: mentor.id}))


def _toggle(turn: Turn, round_: Round, gathered: Gathered, rules: Rules, pair: Pair) -> Done:
    """A pair of the draft stays together whatever the next one finds; a second time lets it go."""
    number = str(round_.draft.pairs.index(pair) + 1)
    known = pin_of(turn.store.locks.in_cohort(round_.cohort), pair.mentee, pair.mentor)
    people = gathered.people[pair.mentee], gathered.people[pair.mentor]
    if known:
        keep(turn, gathered.cohort, round_, gathered, rules, ended=(known,))
        told = locks_voice.released(number, *people, turn.say)
        return Done(Reply(told, Where.PRIVATELY), round_.id, outcome="released")
    mentee, mentor = gathered.candidates.get(pair.mentee), gathered.candidates.get(pair.mentor)
    if mentee and mentor and (refused := against(turn, gathered, rules, mentee, mentor)):
        return Done(refused, round_.id, outcome="refused")
    new = Lock(LockKind.PIN, pair.mentee, pair.mentor)
    lawful(turn, gathered, rules, (new,))
    keep(turn, gathered.cohort, round_, gathered, rules, new=(new,))
    return Done(Reply(locks_voice.locked(number, *people, turn.say), Where.PRIVATELY), round_.id)


def swap(turn: Turn) -> Done:
    """`match swap N M`: what it costs if two mentees exchange mentors, and the button that does it."""
    first, second, rest = (*naming.typed(turn).words.split(maxsplit=2), "", "", "")[:3]
    round_, gathered, rules = current(turn, "match swap", rest)
    if not second:
        raise Refusal("match.same_pair")
    one, other = round_.pair(first), round_.pair(second)
    if one == other:
        raise Refusal("match.same_pair")
    return _shown(turn, "match swap", _given(turn, round_, gathered, rules, _exchanged(one, other)))


def confirm_lock(turn: Turn) -> Done:
    """They are a pair of the draft, and locked."""
    return _confirm(turn, "match lock")


def confirm_swap(turn: Turn) -> Done:
    """Both pairs have exchanged mentors, and are locked."""
    return _confirm(turn, "match swap")


def ask_why(turn: Turn) -> Done:
    """The dialog of whoever decides against a limit."""
    cohort = here(turn, "match lock", turn.arg("cohort"))
    gathered = gather(turn, cohort)
    mentee, mentor = _ids(turn, gathered)
    limits = standing_against(mentee, mentor, rules_of(turn.content, cohort))
    action = Action("match.overridden", dict(turn.action.args))
    people = gathered.people[mentee.id], gathered.people[mentor.id]
    return Done(Reply(locks_voice.ask_why(*people, limits, action, turn.say), Where.DIALOG), cohort.id, "shown")


def override(turn: Turn) -> Done:
    """The pair is locked against a limit, with who decided so, when and why."""
    cohort = here(turn, "match lock", turn.arg("cohort"))
    round_ = _under_review(turn, cohort)
    gathered, rules, why = gather(turn, cohort), rules_of(turn.content, cohort), turn.field("why")
    mentee, mentor = _ids(turn, gathered)
    limits = standing_against(mentee, mentor, rules)
    if not why:
        action = Action("match.overridden", dict(turn.action.args))
        people = gathered.people[mentee.id], gathered.people[mentor.id]
        form = locks_voice.ask_why(*people, limits, action, turn.say)
        errors = {"why": locks_voice.why_needed(turn.say)}
        return Done(Reply(form, Where.FIELD_ERRORS, errors=errors), outcome="refused")
    if not NEVER_OVERRIDDEN.isdisjoint(limits):
        raise gathered.named(Refusal("round.limit", mentee=mentee.id, mentor=mentor.id, limit=limits[0]), turn)
    _check(turn, round_, gathered, rules, mentee, mentor, overridden=frozenset(limits))
    given = _given(turn, round_, gathered, rules, {mentee.id: mentor.id}, override=override_of(limits))
    return _done(turn, given, override=override_of(limits), why=why)


def two_of(turn: Turn, gathered: Gathered, users: tuple[str, ...]) -> tuple[Candidate, Candidate]:
    """Mentee and mentor, in whichever order they were named; of two who could be either, the mentee is the first."""
    one, other = (taking_part(turn, gathered, user) for user in users)
    if one.id == other.id:
        raise Refusal("pair.oneself")
    for mentee, mentor in ((one, other), (other, one)):
        if Role.MENTEE in mentee.roles and Role.MENTOR in mentor.roles:
            return mentee, mentor
    people = gathered.people
    raise Refusal("match.no_sides", one=people[one.id].name, other=people[other.id].name)


def standing_against(mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Limit, ...]:
    """The hard limits between two people; those that nobody can decide against come first."""
    limits = failed(mentee, mentor, rules)
    return tuple(sorted(limits, key=lambda one: (one not in NEVER_OVERRIDDEN, list(Limit).index(one))))


def against(turn: Turn, gathered: Gathered, rules: Rules, mentee: Candidate, mentor: Candidate) -> Reply | None:
    """What stands between the two, with the button of whoever decides against it where somebody can; None: nothing."""
    limits = standing_against(mentee, mentor, rules)
    if not limits:
        return None
    args = {"cohort": gathered.cohort.id, "mentee": mentee.id, "mentor": mentor.id}
    action = Action("match.override", args) if NEVER_OVERRIDDEN.isdisjoint(limits) else None
    people = gathered.people[mentee.id], gathered.people[mentor.id]
    return Reply(locks_voice.refused(*people, limits, action, turn.say), Where.PRIVATELY)


def _check(
    turn: Turn,
    round_: Round,
    gathered: Gathered,
    rules: Rules,
    mentee: Candidate,
    mentor: Candidate,
    *,
    overridden: frozenset[Limit] = frozenset(),
) -> None:
    """Raise Refusal where somebody decided otherwise before, or one of the two takes no part."""
    try:
        require(gathered.candidates, mentee.id, mentor.id)
        permit(mentee, mentor, rules, round_.draft.locks, overridden=overridden)
        for one in round_.draft.locks:
            if one.kind is LockKind.PIN and one.mentee == mentee.id:
                raise Refusal("round.pinned", mentee=one.mentee, mentor=one.mentor)
    except Refusal as refusal:
        raise gathered.named(refusal, turn) from None


def _exchanged(one: Pair, other: Pair) -> dict[str, str]:
    return {one.mentee: other.mentor, other.mentee: one.mentor}


def _given(
    turn: Turn, round_: Round, gathered: Gathered, rules: Rules, pins: Mapping[str, str], *, override: str = ""
) -> Given:
    """What becomes of the draft, and its price. Raises Refusal where it may not be."""
    candidates = gathered.candidates.values()
    kept = {(one.mentee, one.mentor) for one in turn.store.rounds.before(round_) or ()}
    try:
        moves: dict[str, str | None] = {}
        for mentee, mentor in pins.items():
            moves |= {mentee: mentor} if len(pins) > 1 else room_for(round_.draft, candidates, rules, mentee, mentor)
        give(round_.draft, candidates, rules, pins, beside=moves, override=override)
        return Given(round_, gathered, rules, pins, moves, price(round_.draft, candidates, rules, moves, kept=kept))
    except Refusal as refusal:
        raise gathered.named(refusal, turn) from None


def _shown(turn: Turn, verb: str, given: Given, *, changed: bool = False) -> Done:
    people, pins = given.gathered.people, " ".join(f"{mentee}={mentor}" for mentee, mentor in given.pins.items())
    action = ask(turn, verb, cohort=given.round.cohort, round=given.round.id, pins=pins, mark=given.mark)
    told = voice.swapping if verb == "match swap" else voice.giving
    message = told(given.price, people, action, turn.say, changed=changed)
    return Done(Reply(message, Where.INSTEAD if changed else Where.PRIVATELY), given.round.id, outcome="shown")


def _confirm(turn: Turn, verb: str) -> Done:
    args = confirmed(turn, verb)
    cohort = here(turn, verb, args["cohort"])
    round_ = _under_review(turn, cohort)
    if round_.id != args["round"]:
        raise Refusal("round.replaced")
    gathered, rules = gather(turn, cohort), rules_of(turn.content, cohort)
    pins = dict(one.split("=") for one in args["pins"].split())
    given = _given(turn, round_, gathered, rules, pins)
    return _done(turn, given) if given.mark == args["mark"] else _shown(turn, verb, given, changed=True)


def _done(turn: Turn, given: Given, *, override: str = "", why: str = "") -> Done:
    candidates = given.gathered.candidates.values()
    draft = give(given.round.draft, candidates, given.rules, given.pins, beside=given.moves, override=override)
    round_ = save(turn, given.round, draft, why=why)
    return Done(Reply(review(turn, round_, given.gathered), Where.INSTEAD), round_.id)


def _under_review(turn: Turn, cohort: Cohort) -> Round:
    round_ = turn.store.rounds.drafted(cohort.id)
    if round_ is None:
        raise Refusal("round.none", name=cohort.name)
    return round_


def _ids(turn: Turn, gathered: Gathered) -> tuple[Candidate, Candidate]:
    """Whom a button names. Raises Refusal("message.old") when one of them is no longer there."""
    found = gathered.candidates.get(turn.arg("mentee")), gathered.candidates.get(turn.arg("mentor"))
    if found[0] is None or found[1] is None:
        raise Refusal("message.old")
    return found[0], found[1]
