"""Whom to look for: what new mentors would have to bring to match those who are left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit, Rules

PLACES = 2
"""What a new mentor is hoped to offer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """New mentors like each other, with hours that suit."""

    languages: tuple[str, ...]
    """Empty: any."""
    office: str | None
    """Where they can meet in person; None: anywhere."""
    min_grade: int | None
    mentors: int
    helps: int
    """So many of the unmatched could have one of them."""


@dataclass(frozen=True, slots=True)
class _Need:
    """What somebody asks of a mentor; many ask the same. None, or no language: nothing."""

    languages: frozenset[str]
    office: str | None
    grade: int | None


@dataclass(frozen=True, slots=True, order=True)
class _Profile:
    """Of two that help as many, the lesser is taken: it asks for less."""

    office: str
    grade: int
    """0: below all others, who is nobody's senior."""
    language: str

    def suits(self, need: _Need, rules: Rules) -> bool:
        """Whether no limit would stand between them, hours aside."""
        if need.languages and self.language not in need.languages:
            return False
        if need.office is not None and (not need.office or need.office != self.office):
            return False
        if need.grade is None:
            return True
        ahead = self.grade - need.grade
        return (rules.min_gap is None or ahead >= rules.min_gap) and (rules.max_gap is None or ahead <= rules.max_gap)


def recruit(unmatched: Iterable[Candidate], rules: Rules) -> tuple[Wanted, ...]:
    """Profiles until everybody left is helped: each time the one that suits most of them, and asks for least."""
    waiting = Counter(_need(one, rules) for one in unmatched)
    profiles = _profiles(waiting, rules)
    served = {profile: [need for need in waiting if profile.suits(need, rules)] for profile in profiles}
    found = []
    while waiting.total():
        helps, best = min((-sum(waiting[need] for need in needs), profile) for profile, needs in served.items())
        if not helps:
            break
        found.append(
            Wanted(
                languages=(best.language,) if best.language else (),
                office=best.office or None,
                min_grade=best.grade or None,
                mentors=-(helps // PLACES),
                helps=-helps,
            )
        )
        for need in served[best]:
            waiting[need] = 0
    return tuple(found)


def _need(one: Candidate, rules: Rules) -> _Need:
    there = one.mode is Mode.IN_PERSON and rules.hold(Limit.OFFICE)
    return _Need(
        languages=one.languages if rules.hold(Limit.LANGUAGE) else frozenset(),
        office=one.office if there else None,
        grade=one.grade if rules.hold(Limit.SENIORITY) else None,
    )


def _profiles(needs: Iterable[_Need], rules: Rules) -> list[_Profile]:
    """One of each kind that somebody left asks for, and those who bring nothing."""
    offices, grades, languages = {""}, {0}, {""}
    for need in needs:
        offices.add(need.office or "")
        grades.add(0 if need.grade is None else max(1, need.grade + rules.least_step))
        languages |= need.languages
    return [_Profile(office, grade, language) for office in offices for grade in grades for language in languages]
