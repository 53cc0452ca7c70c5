"""The draft of a round, worked out beside the turns: what it is made from, and what becomes of it."""

from functools import partial

from flows.decisions import standing
from flows.matching.calculation import Answer, Progress, Question, WantedDraft
from flows.matching.drafting.drafted import Draft
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.rounds import Round, RoundState
from flows.voice import calculations as voice
from flows.voice.message import Message
from handlers.coordinating.desk import moved
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.rounds import review
from handlers.errand import Errand, Keep, Kept

VERB = "match draft"


def ask(errand: Errand) -> Question:
    """Everybody in the cohort as they are now, and the draft that is to be replaced. Raises Refusal("draft.over")."""
    cohort = cohort_of(errand)
    before = errand.store.rounds.drafted(cohort.id)
    return WantedDraft(
        candidates=tuple(gather(errand, cohort).candidates.values()),
        rules=rules_of(errand.content, cohort),
        locks=standing(errand.store.locks.in_cohort(cohort.id)),
        previous=before.draft.pairs if before else None,
    )


def keep(errand: Errand, question: Question, answer: Answer) -> Keep:
    """Everybody as they are now, for the page that shows it. Raises Refusal("draft.over")."""
    if not isinstance(question, WantedDraft) or not isinstance(answer, Draft):
        raise TypeError(f"a draft is no {type(answer).__name__}")
    gathered = gather(errand, cohort_of(errand))
    return partial(_store, question=question, draft=answer, gathered=gathered)


def _store(errand: Errand, *, question: WantedDraft, draft: Draft, gathered: Gathered) -> Kept | None:
    """Store it in place of the former one, and show it; None when somebody locked or freed a pair meanwhile, so that
    it must be made again. Raises Refusal: `draft.over`, `draft.published`, `cohort.unlawful`."""
    cohort = cohort_of(errand)
    before = errand.store.rounds.drafted(cohort.id)
    if before is None and question.previous is not None:
        raise Refusal("draft.published", name=cohort.name)
    if standing(errand.store.locks.in_cohort(cohort.id)) != question.locks:
        return None
    if cohort.state not in (CohortState.MATCHING, CohortState.RUNNING):
        # Who runs goes on running while the next round is looked at.
        cohort = moved(errand, cohort, CohortState.MATCHING)
        errand.store.programmes.save_cohort(cohort)
    if before is not None:
        errand.store.rounds.mark(before.id, RoundState.REPLACED)
    number = errand.store.rounds.next_number(cohort.id)
    round_ = Round(errand.new_id(), cohort.id, number, RoundState.DRAFTED, errand.me.id, errand.now, draft)
    errand.store.rounds.add(round_)
    return Kept(review(errand, round_, gathered), round_.id)


def so_far(errand: Errand, people: int, progress: Progress | None) -> Message:
    """The line that changes in place."""
    return voice.still_drafting(_name(errand), people, progress, errand.say)


def failed(errand: Errand, code: str, *, too_long: bool) -> Message:
    """Nothing came of it."""
    told = voice.drafting_too_long if too_long else voice.drafting_failed
    return told(_name(errand), code, errand.say)


def cohort_of(errand: Errand) -> Cohort:
    """The cohort that it is for. Raises Refusal("draft.over")."""
    cohort = errand.store.programmes.cohort(errand.calculation.cohort)
    if cohort.state in (CohortState.CLOSING, CohortState.ARCHIVED):
        raise Refusal("draft.over", name=cohort.name)
    return cohort


def _name(errand: Errand) -> str:
    return errand.store.programmes.cohort(errand.calculation.cohort).name
