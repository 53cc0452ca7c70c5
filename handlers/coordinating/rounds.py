"""Rounds of matching at the coordinators' desk: draft and show. Nobody else hears anything of them."""

from collections.abc import Mapping
from dataclasses import replace

from flows.calculations import Kind, State
from flows.matching.drafting import round as matching
from flows.matching.editing.difference import difference
from flows.matching.explain import reasons
from flows.matching.pairs import Pair
from flows.matching.rules import Rules
from flows.profile import FIELDS
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import calculations as waiting_voice
from flows.voice import rounds as voice
from flows.voice import unmatched
from flows.voice.answers import labels_in
from flows.voice.drafts import MOST_LEFT
from flows.voice.facts import reporting_line
from flows.voice.message import Message, Words
from flows.voice.reasons import points
from flows.voice.say import Say, in_a_row
from handlers.coordinating.decided import beside, pinned
from handlers.coordinating.desk import Done, as_typed, chosen, here, moved, numbered_from
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.remarks import few_times, mutual
from handlers.inbound import Reply, Where
from handlers.introducing import minutes_east
from handlers.turn import Reader, Turn
from handlers.wanting import want


def draft(turn: Turn) -> Done:
    """Asks for a new draft in place of the former one, which stays until it is there."""
    cohort = _meant(turn, "match draft")
    if cohort.state not in (CohortState.MATCHING, CohortState.RUNNING):
        # Refused now, and not when the draft is there; it is moved then.
        moved(turn, cohort, CohortState.MATCHING)
    kind = Kind.DRAFT if cohort.format.paired else Kind.GATHERINGS
    under_way = next(iter(turn.store.calculations.under_way(cohort.id, kind)), None)
    if under_way is None:
        asked = want(turn, kind, cohort)
        return Done(Reply(waiting_voice.drafting(cohort.name, turn.say), Where.PRIVATELY), asked.id, outcome="asked")
    since, begun = under_way.asked_at, under_way.state is State.TAKEN
    if under_way.asked_by == turn.me.id:
        told = waiting_voice.drafting_already(cohort.name, since, begun, turn.say)
    else:
        asker = turn.store.people.all([under_way.asked_by])[under_way.asked_by]
        told = waiting_voice.drafting_for(asker.name, cohort.name, since, turn.say)
    return Done(Reply(told, Where.PRIVATELY), under_way.id, outcome="shown")


def _meant(turn: Turn, verb: str) -> Cohort:
    """The cohort of the button, or of the words."""
    which = turn.action.args.get("cohort")
    return here(turn, verb, which) if which else chosen(turn, verb, as_typed(turn).words)


def show(turn: Turn) -> Done:
    """The draft again."""
    cohort = _meant(turn, "match show")
    return _page(turn, drafted(turn, cohort), cohort)


def current(turn: Turn, verb: str, name: str) -> tuple[Round, Gathered, Rules]:
    """The draft of the cohort that is meant. Raises Refusal("round.none")."""
    cohort = chosen(turn, verb, name)
    return drafted(turn, cohort), gather(turn, cohort), rules_of(turn.content, cohort)


def drafted(turn: Reader, cohort: Cohort) -> Round:
    """The draft under review. Raises Refusal("round.none")."""
    round_ = turn.store.rounds.drafted(cohort.id)
    if round_ is None:
        raise Refusal("round.none", name=cohort.name)
    return round_


def under_review(turn: Reader, cohort: Cohort, which: str) -> Round:
    """The draft that was looked at. Raises Refusal: `round.none`, and `round.replaced` when it is another by now."""
    round_ = drafted(turn, cohort)
    if round_.id != which:
        raise Refusal("round.replaced")
    return round_


def more(turn: Turn) -> Done:
    """The pairs behind those that fitted into one message."""
    cohort = here(turn, "match show", turn.arg("cohort"))
    return _page(turn, under_review(turn, cohort, turn.arg("round")), cohort, start=numbered_from(turn))


def _page(turn: Turn, round_: Round, cohort: Cohort, *, start: int = 1) -> Done:
    """Only of those whose reasons are told everything is read."""
    told = {person for pair in _shown(round_, start) for person in (pair.mentee, pair.mentor)}
    gathered = gather(turn, cohort, closely=lambda one: one.id in told)
    return Done(Reply(review(turn, round_, gathered, start=start), Where.PRIVATELY), round_.id)


def _shown(round_: Round, start: int) -> tuple[Pair, ...]:
    return round_.draft.pairs[start - 1 : start - 1 + voice.MOST_PAIRS]


def review(turn: Reader, round_: Round, gathered: Gathered, *, start: int = 1) -> Message:
    """The draft as a coordinator reads it, from the pair with that number on."""
    people = gathered.people
    decisions = turn.store.locks.in_cohort(round_.cohort)
    by = turn.store.people.all(sorted({one.by for one in decisions}))
    proposed = [
        voice.proposed(
            number,
            people[pair.mentee],
            people[pair.mentor],
            pair.score,
            pinned(turn, pair, decisions, by),
            (*told_reasons(turn, pair, gathered), *few_times(turn, gathered, pair.mentee, pair.mentor)),
            turn.say,
        )
        for number, pair in enumerate(_shown(round_, start), start=start)
    ]
    languages = language_names(turn, turn.say)
    offices = _names_of(turn, "office", turn.say)
    waiting = [
        in_a_row(
            unmatched.left(people[one.person], one, people, languages, offices, turn.say),
            *few_times(turn, gathered, one.person),
        )
        for one in round_.draft.unmatched[:MOST_LEFT]
    ]
    lack = [*unmatched.shortage(round_.draft, people, languages, offices, turn.say)]
    idle = [people[one.person] for one in round_.draft.idle]
    skips = sum(one.skips for one in gathered.participants.values())
    before = turn.store.rounds.before(round_)
    lost = matching.stale(round_.draft, gathered.candidates.values(), rules_of(turn.content, gathered.cohort))
    message = voice.drafted(
        round_,
        gathered.cohort.name,
        proposed,
        waiting,
        idle,
        (*beside(turn, round_, people, decisions, by), *mutual(turn, round_, people)),
        turn.say,
        skips=skips,
        changes=None if before is None else difference(before, round_.draft.pairs),
        shortage=lack,
        lost=len(lost),
        behind=len(round_.draft.pairs[start - 1 + voice.MOST_PAIRS :]),
    )
    return replace(message, blocks=(*message.blocks, *reporting_line(gathered.reporting, turn.say)))


def language_names(turn: Reader, say: Say) -> Mapping[str, str]:
    """Language tag → its name, as the questionnaire has it."""
    return _names_of(turn, "languages", say)


def _names_of(turn: Reader, field: str, say: Say) -> Mapping[str, str]:
    """What is stored of a field → how it is called."""
    return labels_in(turn.content.questions, FIELDS[field], say)


def stored_reasons(turn: Reader, pair: Pair, gathered: Gathered) -> tuple[tuple[str, ...], ...]:
    """Up to three reasons, as they are kept with a match."""
    mentee, mentor = gathered.candidates.get(pair.mentee), gathered.candidates.get(pair.mentor)
    if mentee is None or mentor is None:
        return ()
    found = reasons(pair, mentee, mentor, rules_of(turn.content, gathered.cohort))
    return tuple((reason.kind, *reason.details) for reason in found)


def told_reasons(turn: Reader, pair: Pair, gathered: Gathered) -> tuple[Words, ...]:
    """The same in the words of the one who reads the draft."""
    stored = stored_reasons(turn, pair, gathered)
    return points(stored, turn.content.questions, minutes_east(turn.me, turn.now), turn.say)
