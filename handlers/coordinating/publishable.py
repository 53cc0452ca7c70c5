"""What publishing a round would do at this moment: some have paused, left or found somebody since it was drafted."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.matching import pool as matching_pool
from flows.matching.drafting import round as matching
from flows.matching.drafting.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.rounds import Round
from handlers.coordinating.pool import Gathered, rules_of
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a round would do now: whose match starts, whose was taken out and why, who hears that there is
    nobody, how many joined since the draft, and when the next round is."""

    pairs: tuple[Pair, ...]
    taken_out: tuple[tuple[Pair, Refusal], ...]
    waiting: tuple[Unmatched, ...]
    idle: tuple[Idle, ...]
    joined_since: int
    next_round: date | None

    @property
    def left(self) -> tuple[Unmatched | Idle, ...]:
        """Who hears that there is nobody yet, each once; who looks for both hears of the mentor."""
        found: dict[str, Unmatched | Idle] = {one.person: one for one in self.idle}
        return tuple((found | {one.person: one for one in self.waiting}).values())

    @property
    def mark(self) -> str:
        """The same for the same messages to the same people."""
        pairs = [f"{pair.mentee} {pair.mentor}" for pair in self.pairs]
        left = [one.person for one in self.left]
        return hashlib.sha256("\n".join((*pairs, "", *left)).encode()).hexdigest()[:16]


def plan_of(turn: Turn, round_: Round, gathered: Gathered) -> Plan:
    """What stands of the draft by now, and who is left."""
    rules = rules_of(turn.content, gathered.cohort)
    candidates = gathered.candidates.values()
    taken_out = matching.stale(round_.draft, candidates, rules)
    out = {pair for pair, _ in taken_out}
    pairs = tuple(pair for pair in round_.draft.pairs if pair not in out)
    now = matching_pool.gather(candidates, rules, ())
    partners = {pair.mentee: pair.mentor for pair in pairs}
    drafted = round_.everybody
    present = {one.id for one in (*now.mentees, *now.mentors) if not (one.load and one.id not in drafted)}
    return Plan(
        pairs=pairs,
        taken_out=taken_out,
        waiting=tuple(_waiting(round_, [one for one in now.mentees if one.id in drafted - partners.keys()])),
        idle=tuple(_idle(round_, [one for one in now.mentors if one.id in drafted], partners)),
        # Who is on hold takes part, and is in no draft.
        joined_since=len(present - drafted - {*round_.draft.held}),
        next_round=next_round_of(turn, gathered.cohort),
    )


def _waiting(round_: Round, left: Iterable[Candidate]) -> Iterator[Unmatched]:
    """As the draft explained it; who lost their pair since, or has done what would help, is found in the next round."""
    explained = {one.person: one for one in round_.draft.unmatched}
    again = (Remedy(RemedyKind.DRAFT_AGAIN),)
    for place, one in enumerate(left, start=1):
        known = explained.get(one.id)
        if known is None:
            yield Unmatched(one.id, Cause.OPEN, 0, (), again, place)
        else:
            yield replace(known, remedies=_open(known.remedies, one) or again)


def _idle(round_: Round, mentors: Iterable[Candidate], partners: Mapping[str, str]) -> Iterator[Idle]:
    """Mentors who have nobody. Whoever learns from somebody has their answer; that nobody learns from them can wait."""
    explained = {one.person: one for one in round_.draft.idle}
    busy = {*partners, *partners.values()}
    again = (Remedy(RemedyKind.DRAFT_AGAIN),)
    for one in mentors:
        if one.places and not one.load and one.id not in busy:
            known = explained.get(one.id, Idle(one.id, IdleCause.OPEN, again))
            yield replace(known, remedies=_open(known.remedies, one) or again)


def _open(remedies: tuple[Remedy, ...], person: Candidate) -> tuple[Remedy, ...]:
    return tuple(remedy for remedy in remedies if not remedy.is_done(person))


def next_round_of(turn: Turn, cohort: Cohort) -> date | None:
    """The day that a coordinator set, or the pack's distance from today; None when the cohort is over by then."""
    today = turn.today
    if cohort.next_round is not None and cohort.next_round > today:
        return cohort.next_round
    day = today + timedelta(weeks=turn.content.frame.weeks_between)
    return day if day <= cohort.ends_on else None
