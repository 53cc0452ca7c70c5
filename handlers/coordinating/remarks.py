"""What is worth a look in a draft beside its figures: two who mentor each other, and who left little to choose from."""

from collections.abc import Mapping

from flows.matching.rules import Limit
from flows.matching.week import is_little
from flows.people import Person
from flows.rounds import Round
from flows.voice import drafts as voice
from flows.voice.message import Words
from handlers.coordinating.pool import Gathered, rules_of
from handlers.turn import Reader


def mutual(turn: Reader, round_: Round, people: Mapping[str, Person]) -> tuple[Words, ...]:
    """A line for each two who are mentor and mentee both ways."""
    pairs = {(one.mentee, one.mentor) for one in round_.draft.pairs}
    both_ways = sorted((one, other) for one, other in pairs if one < other and (other, one) in pairs)
    return tuple(voice.each_other(people[one], people[other], turn.say) for one, other in both_ways)


def few_times(turn: Reader, gathered: Gathered, *who: str) -> tuple[Words, ...]:
    """Which of these named fewer free times than they were asked for, where that counts and they do not hide it."""
    if not rules_of(turn.content, gathered.cohort).hold(Limit.TIME):
        return ()
    here = [gathered.candidates[one] for one in who if one in gathered.candidates]
    few = [one.id for one in here if is_little(one.free) and "free" not in one.private]
    return voice.few_times([gathered.people[one] for one in few], turn.say)
