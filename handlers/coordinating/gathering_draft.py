"""The draft of a round of gatherings, worked out beside the turns: what it is made from, and what becomes of it."""

from functools import partial

from flows.gatherings import GatheringRound
from flows.matching.calculation import Answer, Question
from flows.matching.gatherings.gathering import Proposal
from flows.matching.gatherings.wanted import Wanted
from flows.programme import CohortState
from handlers.coordinating.assembling import wanted_of
from handlers.coordinating.desk import moved
from handlers.coordinating.drafting import cohort_of
from handlers.coordinating.gatherings import review
from handlers.coordinating.pool import Gathered, gather
from handlers.errand import Errand, Keep, Kept


def ask(errand: Errand) -> Question:
    """Everybody who is free, and what a coordinator locked. Raises Refusal("draft.over")."""
    cohort = cohort_of(errand)
    before = errand.store.gatherings.drafted(cohort.id)
    return wanted_of(errand, gather(errand, cohort), before.locked if before else ())


def keep(errand: Errand, question: Question, answer: Answer) -> Keep:
    """Everybody as they are now, for the page that shows it. Raises Refusal("draft.over")."""
    if not isinstance(question, Wanted) or not isinstance(answer, Proposal):
        raise TypeError(f"a round of gatherings is no {type(answer).__name__}")
    gathered = gather(errand, cohort_of(errand))
    return partial(_store, question=question, proposal=answer, gathered=gathered)


def _store(errand: Errand, *, question: Wanted, proposal: Proposal, gathered: Gathered) -> Kept | None:
    """Store it in place of the former one, and show it; None when somebody locked or freed one meanwhile, so that it
    must be made again. Raises Refusal: `draft.over`, `cohort.unlawful`."""
    cohort = cohort_of(errand)
    before = errand.store.gatherings.drafted(cohort.id)
    if wanted_of(errand, gathered, before.locked if before else ()).kept != question.kept:
        return None
    if cohort.state not in (CohortState.MATCHING, CohortState.RUNNING):
        cohort = moved(errand, cohort, CohortState.MATCHING)
        errand.store.programmes.save_cohort(cohort)
    errand.store.gatherings.put_away(cohort.id)
    number = errand.store.rounds.next_number(cohort.id)
    round_ = GatheringRound(errand.new_id(), cohort.id, number, errand.me.id, errand.now, proposal)
    errand.store.gatherings.add(round_)
    kept = {one.people for one in question.kept}
    freed = [one for one in before.locked if one.people not in kept] if before else []
    return Kept(review(errand, round_, gathered, freed=freed), round_.id)
