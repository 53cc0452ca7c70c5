"""Five skills that the mentee picks and both rate alone, shown side by side once both have sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.activities.reading import is_revealed, sent_by
from flows.activities.writing import Writing
from flows.match import Match
from flows.refusal import Refusal

KIND = "ratings"
SKILLS = "skills"
HOW_MANY = 5
LONGEST = 40
"""Characters of a skill in somebody's own words."""
SCALE = ("1", "2", "3", "4", "5")


def pick(chosen: Sequence[str], own: str) -> dict[str, str]:
    """Exactly five skills by their place, "1" to "5": those of the list, then own words (a comma or a line apart).

    Raises Refusal("ratings.five", count=…) or ("ratings.long").
    """
    typed = [" ".join(part.split()) for part in re.split(r"[\n,;]", own)]
    skills: list[str] = []
    for skill in (*chosen, *(part for part in typed if part)):
        if len(skill) > LONGEST:
            raise Refusal("ratings.long", most=str(LONGEST))
        if skill.casefold() not in (known.casefold() for known in skills):
            skills.append(skill)
    if len(skills) != HOW_MANY:
        raise Refusal("ratings.five", count=str(len(skills)))
    return {str(place): skill for place, skill in enumerate(skills, start=1)}


def picked(pieces: Sequence[Writing]) -> Mapping[str, str]:
    """The five skills by their place; empty until they are picked."""
    return next((one.words for one in pieces if one.kind == SKILLS), {})


def rate(filled: Mapping[str, str], skills: Mapping[str, str]) -> dict[str, str]:
    """Place of the skill → 1 to 5. Raises Refusal("ratings.missing", field=…) at the first that is not rated."""
    for place in skills:
        if filled.get(place) not in SCALE:
            raise Refusal("ratings.missing", field=place)
    return {place: filled[place] for place in skills}


@dataclass(frozen=True, slots=True)
class Row:
    """One skill: what the reader said and what each of the others said, and the same of the first time, if there was
    one ("" where nothing was said)."""

    skill: str
    mine: str
    theirs: tuple[tuple[str, str], ...]
    mine_first: str = ""
    theirs_first: tuple[tuple[str, str], ...] = ()


def side_by_side(pieces: Sequence[Writing], match: Match, session: int, reader: str) -> tuple[Row, ...]:
    """Both views of each skill, by id of the person; nothing before everybody has sent theirs."""
    if not is_revealed(pieces, match, KIND, session):
        return ()
    rounds = sorted({one.session for one in pieces if one.kind == KIND and one.session < session})
    first = next((number for number in rounds if is_revealed(pieces, match, KIND, number)), None)
    others = [member.person for member in match.partners(reader)]

    def said(person: str, number: int, place: str) -> str:
        piece = sent_by(pieces, KIND, number, person)
        return piece.words.get(place, "") if piece else ""

    return tuple(
        Row(
            skill,
            said(reader, session, place),
            tuple((person, said(person, session, place)) for person in others),
            said(reader, first, place) if first is not None else "",
            tuple((person, said(person, first, place)) for person in others) if first is not None else (),
        )
        for place, skill in picked(pieces).items()
    )
