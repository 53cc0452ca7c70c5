"""`match lock` and `match swap`: another mentor for somebody, with the price shown before anything changes."""

from collections.abc import Mapping

from flows.decisions import pin_of
from flows.matching.locks import Lock, LockKind
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.people import Role
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import locks as locks_voice
from flows.voice import prices
from handlers.coordinating import naming
from handlers.coordinating.desk import Done, chosen, confirmed, here, is_no_programme
from handlers.coordinating.given import done, given, shown, undecided, unpacked
from handlers.coordinating.locking import keep, lawful, taking_part
from handlers.coordinating.overriding import against
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.rounds import current, drafted, under_review
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def lock(turn: Turn) -> Done:
    """`match lock N`, or `match lock MENTEE, MENTOR` for a pair that the draft does not have."""
    line = naming.typed(turn)
    if not line.people:
        number, rest = line.numbered
        if is_no_programme(turn, "match lock", rest):
            raise Refusal("match.lock_one", one=number[:80], other=rest[:80])
        round_, gathered, rules = current(turn, "match lock", rest)
        return _toggle(turn, round_, gathered, rules, round_.pair(number))
    if len(line.people) != 2:
        raise Refusal("match.two", verb="match lock")
    round_, gathered, rules = current(turn, "match lock", line.words)
    mentee, mentor = two_of(turn, gathered, line.people)
    for one in round_.draft.pairs:
        if (one.mentee, one.mentor) == (mentee.id, mentor.id):
            return _toggle(turn, round_, gathered, rules, one)
    if known := pin_of(turn.store.locks.in_cohort(round_.cohort), mentee.id, mentor.id):
        # It does not hold now, so that the draft has no such pair and no number for it.
        keep(turn, gathered.cohort, round_, gathered, rules, ended=(known,))
        told = locks_voice.lock_ended(gathered.people[mentee.id], gathered.people[mentor.id], turn.say)
        return Done(Reply(told, Where.PRIVATELY), round_.id, outcome="released")
    pins = {mentee.id: mentor.id}
    undecided(round_, gathered, rules, pins, turn)
    if refused := against(turn, round_, gathered, rules, pins):
        return Done(refused, round_.id, outcome="refused")
    return shown(turn, "match lock", given(turn, round_, gathered, rules, pins))


def _toggle(turn: Turn, round_: Round, gathered: Gathered, rules: Rules, pair: Pair) -> Done:
    """A pair of the draft stays together whatever the next one finds; a second time lets it go."""
    number = str(round_.draft.pairs.index(pair) + 1)
    known = pin_of(turn.store.locks.in_cohort(round_.cohort), pair.mentee, pair.mentor)
    people = gathered.people[pair.mentee], gathered.people[pair.mentor]
    if known:
        keep(turn, gathered.cohort, round_, gathered, rules, ended=(known,))
        told = locks_voice.released(number, *people, turn.say)
        return Done(Reply(told, Where.PRIVATELY), round_.id, outcome="released")
    here_still = {pair.mentee, pair.mentor} <= gathered.candidates.keys()
    if here_still and (refused := against(turn, round_, gathered, rules, {pair.mentee: pair.mentor})):
        return Done(refused, round_.id, outcome="refused")
    new = Lock(LockKind.PIN, pair.mentee, pair.mentor)
    lawful(turn, gathered, rules, (new,))
    keep(turn, gathered.cohort, round_, gathered, rules, new=(new,))
    return Done(Reply(locks_voice.locked(number, *people, turn.say), Where.PRIVATELY), round_.id)


def swap(turn: Turn) -> Done:
    """`match swap N M`: what it costs if two mentees exchange mentors, and the button that does it."""
    first, second, rest = (*naming.typed(turn).words.split(maxsplit=2), "", "", "")[:3]
    cohort = chosen(turn, "match swap", rest)
    round_, rules = drafted(turn, cohort), rules_of(turn.content, cohort)
    if not second:
        raise Refusal("match.same_pair")
    one, other = round_.pair(first), round_.pair(second)
    if one == other:
        raise Refusal("match.same_pair")
    pins = _exchanged(one, other)
    # Nobody else moves in an exchange, so that nobody else is scored.
    gathered = gather(turn, cohort, closely=lambda who: who.id in {*pins, *pins.values()})
    here_still = {*pins, *pins.values()} <= gathered.candidates.keys()
    if here_still and (refused := against(turn, round_, gathered, rules, pins)):
        return Done(refused, round_.id, outcome="refused")
    return shown(turn, "match swap", given(turn, round_, gathered, rules, pins))


def confirm_lock(turn: Turn) -> Done:
    """They are a pair of the draft, and locked."""
    return _confirm(turn, "match lock")


def confirm_swap(turn: Turn) -> Done:
    """Both pairs have exchanged mentors, and are locked."""
    return _confirm(turn, "match swap")


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


def _are_so(round_: Round, pins: Mapping[str, str]) -> bool:
    """Whether all of these are pairs of the draft, and locked, so that nothing is left to do."""
    kept = {(one.mentee, one.mentor) for one in round_.draft.pairs if one.pinned}
    return kept.issuperset(pins.items())


def _exchanged(one: Pair, other: Pair) -> dict[str, str]:
    return {one.mentee: other.mentor, other.mentee: one.mentor}


def _confirm(turn: Turn, verb: str) -> Done:
    args = confirmed(turn, verb)
    cohort = here(turn, verb, args["cohort"])
    round_ = under_review(turn, cohort, args["round"])
    gathered, rules = gather(turn, cohort), rules_of(turn.content, cohort)
    pins = unpacked(args["pins"])
    if len(pins) > 1 and _are_so(round_, pins):
        told = prices.exchanged_already(pins, gathered.people, turn.say)
        return Done(Reply(told, Where.INSTEAD), round_.id, outcome="shown")
    found = given(turn, round_, gathered, rules, pins)
    return done(turn, found) if found.mark == args["mark"] else shown(turn, verb, found, changed=True)
