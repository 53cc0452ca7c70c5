"""Two ways to draft the same people, side by side: nothing of it is stored."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flows.matching.editing.difference import Difference, difference
from flows.matching.locks import Lock
from flows.matching.numbers import mean
from flows.matching.pairs import Pair, pair
from flows.matching.people import Candidate
from flows.matching.pool import gather
from flows.matching.rules import Aim, Rules


@dataclass(frozen=True, slots=True)
class Way:
    """A draft that stands (`pairs`), or the best one by these rules."""

    rules: Rules
    pairs: tuple[Pair, ...] | None = None


@dataclass(frozen=True, slots=True)
class WantedComparison:
    """Both ways for these people and locks; the fit of both is measured by `rules`."""

    candidates: tuple[Candidate, ...]
    rules: Rules
    first: Way
    second: Way
    locks: tuple[Lock, ...] = ()

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.candidates)

    @property
    def deadline(self) -> float:
        """Seconds after which the best so far of both ways is the answer. A way that takes all of them leaves the other
        a first answer and nothing more."""
        return self.rules.deadline


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way comes to."""

    mentees: int
    matched: int
    mean: int | None
    """Of the scores; None where nobody is matched, and so for the lowest."""
    lowest: int | None
    load: tuple[tuple[int, int], ...]
    """(mentees, mentors who get so many), from none on."""
    proved: bool
    """That no better draft exists by its own rules; of a draft that stands it is not asked."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both, and what is other in the second."""

    first: Outcome
    second: Outcome
    difference: Difference


def compare(asked: WantedComparison, *, over: Callable[[], bool]) -> Comparison:
    """The answer. Raises proof.Unsound and OverflowError as `solved.solve` does."""
    first, first_proved = _drafted(asked, asked.first, over)
    second, second_proved = _drafted(asked, asked.second, over)
    return Comparison(
        _outcome(asked, first, proved=first_proved),
        _outcome(asked, second, proved=second_proved),
        difference(first, second),
    )


def _drafted(asked: WantedComparison, way: Way, over: Callable[[], bool]) -> tuple[tuple[Pair, ...], bool]:
    people = {one.id: one for one in asked.candidates}
    if way.pairs is not None:
        here = ((one.mentee, one.mentor) for one in way.pairs if one.mentee in people and one.mentor in people)
        return _measured(here, people, asked.rules), True
    from flows.matching.drafting.solved import Problem, solve
    from flows.matching.drafting.steady import settle

    pool = gather(asked.candidates, way.rules, asked.locks)
    problem = Problem(pool.mentees, pool.mentors, way.rules, pool.pins, pool.forbidden)
    if way.rules.aim is Aim.STABLE:
        assigned, proved = settle(problem), True
    else:
        solved = solve(problem, over=over)
        assigned, proved = solved.assigned, solved.proved
    partners = {**pool.pins, **assigned.partners}
    return _measured(partners.items(), people, asked.rules), proved


def _measured(partners: Iterable[tuple[str, str]], people: Mapping[str, Candidate], rules: Rules) -> tuple[Pair, ...]:
    return tuple(pair(people[mentee], people[mentor], rules) for mentee, mentor in partners)


def _outcome(asked: WantedComparison, pairs: tuple[Pair, ...], *, proved: bool) -> Outcome:
    pool = gather(asked.candidates, asked.rules, asked.locks)
    taken = Counter(one.mentor for one in pairs)
    offering = {one.id for one in pool.mentors if one.places} | set(taken)
    load = Counter(taken[mentor] for mentor in offering)
    scores = [one.score for one in pairs]
    return Outcome(
        mentees=len(pool.mentees),
        matched=len(pairs),
        mean=mean(sum(scores), len(scores)),
        lowest=min(scores, default=None),
        load=tuple(sorted(load.items())),
        proved=proved,
    )
