"""Whom to look for: what new mentors would have to bring to match those who are left."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.matching.offline.draft import Draft
from flows.matching.offline.people_csv import LANGUAGE, OFFICE
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
class _Profile:
    language: str
    office: str
    grade: int
    """0: below all others, who is nobody's senior."""

    def suits(self, mentee: Candidate, rules: Rules) -> bool:
        """Whether no limit would stand between them, hours aside."""
        speaks = not mentee.languages or self.language in mentee.languages
        meets = mentee.mode is not Mode.IN_PERSON or (self.office != "" and self.office == mentee.office)
        ahead = self.grade - (mentee.grade or 0)
        senior = mentee.grade is None or (
            (rules.min_gap is None or ahead >= rules.min_gap) and (rules.max_gap is None or ahead <= rules.max_gap)
        )
        return (
            (speaks or not rules.hold(Limit.LANGUAGE))
            and (meets or not rules.hold(Limit.OFFICE))
            and (senior or not rules.hold(Limit.SENIORITY))
        )


def recruit(draft: Draft) -> tuple[Wanted, ...]:
    """Profiles until everybody left is helped: each time the one that suits most of them, and asks for least."""
    rules, spellings = draft.given.rules, draft.given.people.spellings
    waiting = list(draft.unmatched)
    found = []
    while waiting:
        counted = {profile: _helped(profile, waiting, rules) for profile in _profiles(waiting, rules)}
        best = min(counted, key=lambda one: (-len(counted[one]), one.office, one.grade, one.language))
        helped = counted[best]
        if not helped:
            break
        found.append(
            Wanted(
                languages=(spellings.shown(LANGUAGE, best.language),) if best.language else (),
                office=spellings.shown(OFFICE, best.office) if best.office else None,
                min_grade=best.grade or None,
                mentors=-(-len(helped) // PLACES),
                helps=len(helped),
            )
        )
        waiting = [one for one in waiting if one not in helped]
    return tuple(found)


def _helped(profile: _Profile, waiting: Iterable[Candidate], rules: Rules) -> list[Candidate]:
    return [one for one in waiting if profile.suits(one, rules)]


def _profiles(waiting: Iterable[Candidate], rules: Rules) -> set[_Profile]:
    """One of each kind that somebody left asks for."""
    languages, offices, grades = {""}, {""}, {0}
    for one in waiting:
        if rules.hold(Limit.LANGUAGE):
            languages |= one.languages
        if rules.hold(Limit.OFFICE) and one.mode is Mode.IN_PERSON:
            offices.add(one.office)
        if rules.hold(Limit.SENIORITY) and one.grade is not None:
            grades.add(max(1, one.grade + rules.least_step))
    return {_Profile(language, office, grade) for language in languages for office in offices for grade in grades}
