"""A draft with everything that is told of it, ready to be written in one form or another."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.matching.offline.alternatives import Alternative, alternatives
from flows.matching.offline.difference import Difference, difference
from flows.matching.offline.draft import Draft, draft
from flows.matching.offline.fairness import Group, Hidden, fairness
from flows.matching.offline.people_csv import COLUMNS
from flows.matching.offline.recruiting import Wanted, recruit
from flows.matching.offline.remarks import Remark, in_order
from flows.matching.offline.request import Request, read
from flows.matching.offline.sentences import Sentence, told
from flows.matching.offline.unmatched import Left, Shortage, left, shortage


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What the offline command answers."""

    request: Request
    draft: Draft
    reasons: dict[str, tuple[list[Sentence], list[Sentence]]]
    """Of each pair, by the mentee's id: to the mentee, and to the mentor."""
    left: tuple[Left, ...]
    idle: tuple[str, ...]
    """Mentors with a place who get nobody, sorted."""
    shortage: Shortage | None
    recruit: tuple[Wanted, ...]
    fairness: tuple[Group | Hidden, ...]
    difference: Difference | None
    alternatives: tuple[Alternative, ...]
    warnings: tuple[Remark, ...]

    @property
    def exit_code(self) -> int:
        """3 when the time was up before the draft was proved."""
        return 0 if self.draft.proved else 3


def match(request: Request, *, timer: Callable[[float], Callable[[], bool]]) -> Result:
    """The answer. `timer` starts a clock that says whether so many seconds are over. Raises Unusable."""
    given = read(request)
    over = timer(given.rules.deadline)
    made = draft(given, over=over)
    people = {one.id: one for one in (*made.mentees, *made.mentors)}
    short = shortage(made)
    return Result(
        request=request,
        draft=made,
        reasons={
            one.pair.mentee: told(made, one, people[one.pair.mentee], people[one.pair.mentor])
            for one in made.matches.values()
        },
        left=left(made, proved=short is not None),
        idle=tuple(sorted(one.id for one in made.mentors if one.id not in made.taken)),
        shortage=short,
        recruit=recruit(made) if short else (),
        fairness=fairness(made),
        difference=difference(made),
        alternatives=tuple(
            one for person in dict.fromkeys(request.explain) for one in alternatives(made, person, over=over)
        ),
        warnings=_warnings(made),
    )


def _warnings(made: Draft) -> tuple[Remark, ...]:
    people, locks = made.given.people, made.given.locks
    mutual = [
        _mutual(made, mentee, one.pair.mentor)
        for mentee, one in made.matches.items()
        if mentee < one.pair.mentor
        and (other := made.matches.get(one.pair.mentor)) is not None
        and other.pair.mentor == mentee
    ]
    of_people = in_order((*(one for one in people.remarks if one.warns), *mutual), COLUMNS)
    return (*of_people, *(one for one in locks.remarks if one.warns))


def _mutual(made: Draft, one: str, other: str) -> Remark:
    people = made.given.people
    first = min(people.listed[one].row, people.listed[other].row)
    return Remark(people.file, first, "", "W08", f"{people.name(one)} and {people.name(other)} mentor each other")
