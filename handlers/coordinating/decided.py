"""What coordinators decided, as the review of a draft tells it: by whom, when and why."""

from collections.abc import Mapping, Sequence

from flows.calendar import local
from flows.decisions import Decision, pin_of
from flows.matching.locks import LockKind
from flows.matching.pairs import Pair
from flows.people import Person
from flows.rounds import Round
from flows.voice import locks as voice
from flows.voice.message import Words
from handlers.turn import Reader


def pinned(turn: Reader, pair: Pair, decisions: Sequence[Decision], by: Mapping[str, Person]) -> Words:
    """Behind a pair that is locked; nothing behind any other. `by` are those who decided, by id."""
    found = pin_of(decisions, pair.mentee, pair.mentor)
    return () if found is None else voice.pinned(_told(turn, found, by), turn.say)


def beside(
    turn: Reader, round_: Round, people: Mapping[str, Person], decisions: Sequence[Decision], by: Mapping[str, Person]
) -> tuple[Words, ...]:
    """A line for each decision that is no pair of the draft: locks that do not hold now, who is kept apart, who is on
    hold."""
    pairs = {(one.mentee, one.mentor) for one in round_.draft.pairs}
    found: list[Words] = []
    held: set[str] = set()
    parted: set[frozenset[str]] = set()
    for one in decisions:
        lock, told = one.lock, _told(turn, one, by)
        if any(name and name not in people for name in (lock.mentee, lock.mentor)):
            continue
        if lock.kind is LockKind.HOLD:
            if (person := lock.mentee or lock.mentor) not in held:
                found.append(voice.on_hold(people[person], told, turn.say))
                held.add(person)
        elif lock.kind is LockKind.FORBID:
            # Of two who both learn and mentor, either order is kept.
            if (two := frozenset((lock.mentee, lock.mentor))) not in parted:
                found.append(voice.apart(people[lock.mentee], people[lock.mentor], told, turn.say))
                parted.add(two)
        elif (lock.mentee, lock.mentor) not in pairs:
            found.append(voice.lock_lost(people[lock.mentee], people[lock.mentor], turn.say))
    return tuple(found)


def _told(turn: Reader, decision: Decision, by: Mapping[str, Person]) -> voice.Told:
    who = by.get(decision.by)
    day = local(decision.at, turn.me.hours).date()
    return voice.Told(who.name if who else "", day, tuple(sorted(decision.lock.overridden)), decision.why)
