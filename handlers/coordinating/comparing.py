"""`match compare`: two ways to draft the same people, side by side; nothing of it is stored but what is chosen then."""

from dataclasses import replace

from flows.calculations import Kind
from flows.decisions import standing
from flows.matching.calculation import Answer, Progress, Question
from flows.matching.editing.comparing import Comparison, WantedComparison, Way
from flows.matching.rules import Aim
from flows.refusal import Refusal
from flows.voice import comparisons as voice
from flows.voice import whys
from flows.voice.message import Message
from handlers.coordinating import rounds
from handlers.coordinating.desk import Done, as_typed, chosen, here
from handlers.coordinating.pool import gather, rules_of
from handlers.errand import Errand, Keep, Kept
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.wanting import want

VERB = "match compare"


def compare(turn: Turn) -> Done:
    """`match compare [PROGRAMME]`, and the button for something else: what shall be compared?"""
    which = turn.action.args.get("cohort")
    cohort = here(turn, VERB, which) if which else chosen(turn, VERB, as_typed(turn).words)
    has_draft = turn.store.rounds.drafted(cohort.id) is not None
    told = voice.ask(cohort.name, cohort.id, has_draft=has_draft, say=turn.say)
    return Done(Reply(told, Where.PRIVATELY), cohort.id, outcome="shown")


def begin(turn: Turn) -> Done:
    """Let these two be worked out."""
    if "what" not in turn.action.args:
        return compare(turn)
    cohort, what = here(turn, VERB, turn.arg("cohort")), turn.arg("what")
    if what not in (voice.AIM, voice.RULES, voice.AGAIN):
        raise Refusal("message.old")
    asked = want(turn, Kind.COMPARE, cohort, what=what)
    return Done(Reply(voice.asked_for(what, turn.say), Where.INSTEAD), asked.id, outcome="asked")


def choose(turn: Turn) -> Done:
    """Every draft of the cohort has this aim from now on, and one is made at once."""
    cohort, aim = here(turn, "match draft", turn.arg("cohort")), turn.arg("aim")
    if aim not in list(Aim):
        raise Refusal("message.old")
    turn.store.programmes.save_cohort(replace(cohort, aim=aim))
    return rounds.draft(turn)


def ask(errand: Errand) -> Question:
    """Everybody as they are now, and the two ways. Raises Refusal("round.none") where the draft is gone."""
    cohort = errand.store.programmes.cohort(errand.calculation.cohort)
    rules = rules_of(errand.content, cohort)
    first, second = Way(rules), Way(rules)
    match errand.calculation.args["what"]:
        case voice.AIM:
            first, second = Way(replace(rules, aim=Aim.PARTICIPATION)), Way(replace(rules, aim=Aim.BEST_FIT))
        case voice.RULES:
            standard = errand.content.frame.shape(cohort.format).standard
            second = Way(replace(standard, aim=rules.aim, seed=rules.seed, deadline=rules.deadline))
        case _:
            round_ = errand.store.rounds.drafted(cohort.id)
            if round_ is None:
                raise Refusal("round.none", name=cohort.name)
            first = Way(rules, round_.draft.pairs)
    return WantedComparison(
        candidates=tuple(gather(errand, cohort).candidates.values()),
        rules=rules,
        first=first,
        second=second,
        locks=standing(errand.store.locks.in_cohort(cohort.id)),
    )


def keep(errand: Errand, question: Question, answer: Answer) -> Keep:
    """Nothing is stored: it is told."""
    if not isinstance(answer, Comparison):
        raise TypeError(f"{type(answer).__name__} is no comparison")
    cohort = errand.store.programmes.cohort(errand.calculation.cohort)
    people = gather(errand, cohort).people
    what = errand.calculation.args["what"]
    has_draft = errand.store.rounds.drafted(cohort.id) is not None
    told = voice.compared(what, answer, cohort.id, cohort.name, people, errand.say, has_draft=has_draft)
    kept = Kept(told, errand.calculation.id)
    return lambda _: kept


def so_far(errand: Errand, people: int, progress: Progress | None) -> Message:
    """The line that changes in place."""
    return whys.still(people, errand.say)


def failed(errand: Errand, code: str, *, too_long: bool) -> Message:
    """Nothing came of it."""
    return whys.failed(code, errand.say)
