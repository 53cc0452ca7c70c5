"""Rounds of gatherings at the coordinators' desk: show, page by page, and lock. Nobody else hears of them."""

from collections.abc import Mapping, Sequence

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.matching.gatherings.gathering import Gathering
from flows.people import Person
from flows.profile import FIELDS
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.voice import gatherings as voice
from flows.voice.answers import labels_in
from flows.voice.message import Message
from flows.voice.reasons import points
from flows.voice.say import Say
from handlers.coordinating import naming
from handlers.coordinating.desk import Act, Done, as_typed, chosen, here, is_no_programme, numbered_from
from handlers.coordinating.pool import Gathered, gather
from handlers.inbound import Reply, Where
from handlers.introducing import minutes_east
from handlers.turn import Reader, Turn


def show(turn: Turn) -> Done:
    """The draft again."""
    round_, gathered = current(turn, "match show", as_typed(turn).words)
    return Done(Reply(review(turn, round_, gathered), Where.PRIVATELY), round_.id)


def more(turn: Turn) -> Done:
    """The gatherings behind those that fitted into one message."""
    cohort = here(turn, "match show", turn.arg("cohort"))
    round_ = under_review(turn, cohort, turn.arg("round"))
    message = review(turn, round_, gather(turn, cohort), start=numbered_from(turn))
    return Done(Reply(message, Where.PRIVATELY), round_.id)


def lock(turn: Turn) -> Done:
    """`match lock N`: that one stays as it is whatever the next draft finds; a second time lets it go."""
    line = naming.typed(turn)
    # People are named where a pair is locked; here it is a number.
    number, rest = ("", line.words.strip(" ,")) if line.people else line.numbered
    if is_no_programme(turn, "match lock", rest):
        raise Refusal("round.lock_one", one=number[:80], other=rest[:80])
    round_, gathered = current(turn, "match lock", rest)
    if gathered.cohort.format is Format.FLASH:
        raise Refusal("round.no_lock")
    changed = round_.toggled(number)
    turn.store.gatherings.change(changed)
    one = changed.at(number)
    message = voice.locked(number, names_of(one, gathered.people, turn.say), turn.say, on=one.locked)
    return Done(Reply(message, Where.PRIVATELY), round_.id)


def refuse(key: str) -> Act:
    """A verb that knows a mentee and a mentor, and nothing else; the refusal says what there is instead."""

    def act(turn: Turn) -> Done:
        raise Refusal(key)

    return act


def review(
    turn: Reader, round_: GatheringRound, gathered: Gathered, *, start: int = 1, freed: Sequence[Gathering] = ()
) -> Message:
    """The draft as a coordinator reads it, from that number on; `freed` were locked in the one before."""
    say, known = turn.say, skills(turn, turn.say)
    offset = minutes_east(turn.me, turn.now)
    shown = [
        voice.proposed(
            number,
            one,
            known.get(one.subject, one.subject),
            points(one.reasons, turn.content.questions, offset, say) if number < start + voice.MOST else (),
            gathered.people,
            say,
        )
        for number, one in enumerate(round_.proposal.gatherings[start - 1 :], start=start)
    ]
    left = [
        voice.sits_out(one, gathered.people[one.person], known.get(one.subject, one.subject), say)
        for one in round_.proposal.left
    ]
    cohort = gathered.cohort
    names = [names_of(one, gathered.people, say) for one in freed]
    return voice.drafted(round_, cohort.name, cohort.format, shown, left, say, freed=names)


def current(turn: Turn, verb: str, name: str) -> tuple[GatheringRound, Gathered]:
    """The draft of the cohort that is meant, and its people. Raises Refusal("round.none")."""
    cohort = chosen(turn, verb, name)
    return _drafted(turn, cohort), gather(turn, cohort)


def under_review(turn: Turn, cohort: Cohort, which: str) -> GatheringRound:
    """The draft that was looked at. Raises Refusal: `round.none`, and `round.replaced` when it is another by now."""
    round_ = _drafted(turn, cohort)
    if round_.id != which:
        raise Refusal("round.replaced")
    return round_


def _drafted(turn: Turn, cohort: Cohort) -> GatheringRound:
    round_ = turn.store.gatherings.drafted(cohort.id)
    if round_ is None:
        raise Refusal("round.none", name=cohort.name)
    return round_


def names_of(one: Gathering, people: Mapping[str, Person], say: Say) -> str:
    """Everybody in it."""
    return say.listing([people[person].name for person in one.people])


def skills(turn: Reader, say: Say) -> Mapping[str, str]:
    """Skill → its label."""
    return labels_in(turn.content.questions, FIELDS["goals"], say)
