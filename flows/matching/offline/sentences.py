"""Reasons as sentences, one for each side of a pair: what both said or offered, never a score."""

from dataclasses import dataclass

from flows.matching.drafting.solved import Found
from flows.matching.explain import Reason, reasons
from flows.matching.offline.people_csv import FUNCTION, INTEREST, LANGUAGE, SKILL, People
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Rules
from flows.matching.week import hours_in

FEW = 2
"""With fewer reasons than this it is said how the match came about, instead of padding."""
MOST_NAMED = 3
MODES = {Mode.ONLINE: "online", Mode.IN_PERSON: "in person"}
KINDS = {"goals": SKILL, "teaches": SKILL, "interests": INTEREST, "language": LANGUAGE, "moving_into": FUNCTION}
"""What kind of answers a reason names."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A reason as it is told."""

    rule: str
    """One of the eight; "locked" or "wishes" where it says how the match came about."""
    text: str


def told(
    people: People, rules: Rules, match: Found, mentee: Candidate, mentor: Candidate
) -> tuple[list[Sentence], list[Sentence]]:
    """To the mentee, and to the mentor."""
    found = reasons(match.pair, mentee, mentor, rules)
    both = [_said(people, reason, mentee, mentor) for reason in found]
    to_mentee, to_mentor = [one for one, _ in both], [other for _, other in both]
    name = people.name(mentor.id)
    if len(found) < min(FEW, rules.reasons):
        if match.pair.pinned:
            chosen = Sentence("locked", "Your coordinator chose this match.")
            return [*to_mentee, chosen], [*to_mentor, chosen]
        if match.extra.wishes:
            to_mentee.append(Sentence("wishes", f"You asked for {name}."))
    return to_mentee, to_mentor


def _said(people: People, reason: Reason, mentee: Candidate, mentor: Candidate) -> tuple[Sentence, Sentence]:
    rule = "mix" if reason.kind == "moving_into" else reason.kind
    named = _named(people, reason)
    it = "it" if len(reason.details) == 1 else "them"
    of_mentor, of_mentee = (people.name(one.id) for one in (mentor, mentee))
    match reason.kind:
        case "goals":
            first = f"You want to grow in {named}; {of_mentor} works with {it} every day."
            second = f"{of_mentee} wants to grow in {named}, which you know well."
        case "teaches":
            first = f"{of_mentor} offered to help with {named}."
            second = f"You offered to help with {named}; {of_mentee} asked for {it}."
        case "moving_into":
            first = f"You would like to move into {named}; {of_mentor} is there."
            second = f"{of_mentee} is curious about {named}."
        case "interests":
            first = second = f"You both mentioned {named}."
        case "seniority":
            first = f"{of_mentor} was where you are a few steps ago."
            second = f"You have taken the steps that {of_mentee} is taking."
        case "time":
            hours = hours_in(mentee.free & mentor.free)
            first = second = f"You share {hours} free {'hour' if hours == 1 else 'hours'} a week."
        case "language":
            first = second = f"You can both talk in {named}."
        case "mode":
            first = second = f"You both prefer meeting {MODES[mentee.mode]}."
        case "mix":
            first = f"{of_mentor} comes from another part of the company."
            second = f"{of_mentee} comes from another part of the company."
        case unknown:
            raise ValueError(f"no sentence for the reason {unknown!r}")
    return Sentence(rule, first), Sentence(rule, second)


def _named(people: People, reason: Reason) -> str:
    """The answers that a reason rests on, as they were written: a, b and c."""
    if reason.kind not in KINDS:
        return ""
    words = [people.spellings.shown(KINDS[reason.kind], one) for one in reason.details[:MOST_NAMED]]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
