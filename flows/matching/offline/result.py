"""A draft with everything that is told of it, ready to be written in one form or another."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.matching.drafting.drafted import Shortage
from flows.matching.drafting.fairness import Group, Hidden, fairness
from flows.matching.drafting.recruiting import Wanted, recruit
from flows.matching.drafting.solved import Problem, Solved, solve
from flows.matching.drafting.unmatched import Left, left, shortage
from flows.matching.editing.alternatives import Alternative, alternatives
from flows.matching.editing.difference import Difference, difference
from flows.matching.offline.people_csv import LANGUAGE, OFFICE, People
from flows.matching.offline.request import Given, Request, read
from flows.matching.offline.sentences import Sentence, told
from flows.people import Role
from flows.sheets.columns import LISTED
from flows.sheets.remarks import Remark, in_order


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What the offline command answers."""

    request: Request
    given: Given
    draft: Solved
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
    made = solve(_problem(given), over=over)
    people = {one.id: one for one in (*made.mentees, *made.mentors)}
    short = shortage(made)
    return Result(
        request=request,
        given=given,
        draft=made,
        reasons={
            one.pair.mentee: told(given.people, given.rules, one, people[one.pair.mentee], people[one.pair.mentor])
            for one in made.matches.values()
        },
        left=left(made, proved=short is not None),
        idle=tuple(sorted(one.id for one in made.mentors if one.id not in made.taken)),
        shortage=short,
        recruit=_recruit(given.people, made) if short else (),
        fairness=_fairness(given.people, made),
        difference=_difference(given, made),
        alternatives=tuple(
            one
            for person in dict.fromkeys(request.explain)
            for one in alternatives(made, given.people.listed[person].candidate, over=over)
        ),
        warnings=_warnings(given, made),
    )


def _problem(given: Given) -> Problem:
    return Problem(
        mentees=tuple(given.people.in_role(Role.MENTEE)),
        mentors=tuple(given.people.in_role(Role.MENTOR)),
        rules=given.rules,
        pins=given.locks.pins,
        forbidden=given.locks.forbidden,
        kept=frozenset((one.mentee, one.mentor) for one in given.previous or ()),
    )


def _recruit(people: People, made: Solved) -> tuple[Wanted, ...]:
    """With languages and offices as they were first written."""
    shown = people.spellings.shown
    return tuple(
        replace(
            one,
            languages=tuple(shown(LANGUAGE, language) for language in one.languages),
            office=one.office and shown(OFFICE, one.office),
        )
        for one in recruit(made.unmatched, made.rules)
    )


def _fairness(people: People, made: Solved) -> tuple[Group | Hidden, ...]:
    """With segments and groups as they were first written."""
    found = fairness(made.mentees, {mentee: one.pair.score for mentee, one in made.matches.items()})
    shown = people.spellings.shown
    return tuple(
        replace(one, segment=shown("segment", one.segment), group=shown(one.segment, one.group))
        if isinstance(one, Group)
        else replace(one, segment=shown("segment", one.segment))
        for one in found
    )


def _difference(given: Given, made: Solved) -> Difference | None:
    """None without an earlier draft."""
    if given.previous is None:
        return None
    return difference(given.previous, (one.pair for one in made.matches.values()))


def _warnings(given: Given, made: Solved) -> tuple[Remark, ...]:
    people, locks = given.people, given.locks
    mutual = [
        _mutual(people, mentee, one.pair.mentor)
        for mentee, one in made.matches.items()
        if mentee < one.pair.mentor
        and (other := made.matches.get(one.pair.mentor)) is not None
        and other.pair.mentor == mentee
    ]
    of_people = in_order((*(one for one in people.remarks if one.warns), *mutual), LISTED)
    return (*of_people, *(one for one in locks.remarks if one.warns))


def _mutual(people: People, one: str, other: str) -> Remark:
    first = min(people.listed[one].row, people.listed[other].row)
    return Remark(people.file, first, "", "W08", f"{people.name(one)} and {people.name(other)} mentor each other")
