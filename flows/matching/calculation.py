"""What a process of its own works out: questions and answers that can be sent to it and back, and the way between."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.round import draft
from flows.matching.editing.asking import WantedWhy, Why, why
from flows.matching.editing.comparing import Comparison, WantedComparison, compare
from flows.matching.gatherings.gathering import Proposal
from flows.matching.gatherings.proposing import propose
from flows.matching.gatherings.wanted import Wanted
from flows.matching.locks import Lock
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules


@dataclass(frozen=True, slots=True)
class WantedDraft:
    """A new draft for these people, in place of the previous one."""

    candidates: tuple[Candidate, ...]
    rules: Rules
    locks: tuple[Lock, ...] = ()
    previous: tuple[Pair, ...] | None = None

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.candidates)

    @property
    def deadline(self) -> float:
        """Seconds after which the best so far is the answer."""
        return self.rules.deadline


Question = WantedDraft | Wanted | WantedWhy | WantedComparison
Answer = Draft | Proposal | Why | Comparison


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    passes: int
    """How often every possible pair was compared with what was found so far."""
    value: int
    """What that is worth, in points; 0 while it is not known."""
    gap: int
    """The best is better by so many points at most."""


def work_out(
    question: Question, *, over: Callable[[], bool], told: Callable[[Progress], None], alongside: str = ""
) -> Answer:
    """The answer; once `over` says so, the best so far. `told` hears how far it is, `alongside` is this program's
    version, for the record.

    Raises proof.Unsound when the result is not what it claims to be, and OverflowError when there are too many people.
    """
    so_far = Progress(0, 0, 0)

    def watched() -> bool:
        nonlocal so_far
        so_far = replace(so_far, passes=so_far.passes + 1)
        told(so_far)
        return over()

    def learnt(value: int, gap: int) -> None:
        nonlocal so_far
        so_far = replace(so_far, value=value, gap=gap)

    match question:
        case WantedDraft(candidates, rules, locks, previous):
            return draft(candidates, rules, locks, previous, over=watched, told=learnt, alongside=alongside)
        case Wanted():
            return propose(question, over=over, alongside=alongside)
        case WantedWhy():
            return why(question, over=watched)
        case WantedComparison():
            return compare(question, over=watched)
        case _:
            assert_never(question)
