"""What matching and the questions make of what a company says of somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.facts import NOTHING, Known, Word
from flows.matching.people import Candidate
from flows.profile import FIELDS
from flows.questionnaire import Question
from flows.sheets.spelling import key

NEW_FOR = timedelta(days=365)
"""Who started within it is new in the company."""
BAND = 4
"""Levels that are one group where results are compared."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """An answer that the company suggests: to which question, and which value of its options."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """Of how many of `people` the line manager is known."""

    people: int = 0
    known: int = 0


def informed(
    candidate: Candidate, known: Known, questions: Sequence[Question], participants: Mapping[str, str]
) -> Candidate:
    """The candidate with manager and level at once, and with site and department where they confirmed them and gave no
    answer of their own; nothing of it is ever named to the other side. `participants` maps people to participants."""
    confirmed = known if known.word is Word.RIGHT else NOTHING
    # Somebody with two accounts that nobody has joined takes part as two people.
    here = [participants[one] for one in known.managers if one in participants]
    managers = [one for one in here if one != candidate.id]
    told = {"grade", *(field for field in ("office", "function") if not getattr(candidate, field))}
    return replace(
        candidate,
        manager=managers[0] if managers else "",
        blocked=candidate.blocked | frozenset(managers[1:]),
        grade=known.level,
        office=candidate.office or option_of(questions, FIELDS["office"], confirmed),
        function=candidate.function or option_of(questions, FIELDS["function"], confirmed),
        segments=_segments(known),
        private=candidate.private | told,
    )


def suggested(known: Known, question: Question, today: date) -> Suggested | None:
    """What the company suggests as the answer to that question; None where it says nothing that fits an option."""
    value = option_of((question,), question.id, known)
    if question.id == "new" and known.started_on is not None and "company" in question.values:
        value = "company" if timedelta(0) <= today - known.started_on < NEW_FOR else ""
    return Suggested(question.id, value) if value else None


def option_of(questions: Sequence[Question], which: str, known: Known) -> str:
    """The option of a question that is called as the company calls it; "" where none is."""
    told = {FIELDS["office"]: known.site, FIELDS["function"]: known.department}.get(which, "")
    question = next((one for one in questions if one.id == which), None) if told else None
    if question is None:
        return ""
    return next((value for value, label in question.options if key(told) in (key(value), key(label))), "")


def _segments(known: Known) -> tuple[tuple[str, str], ...]:
    of_their_own = () if known.word is Word.WRONG else (("site", known.site), ("department", known.department))
    first = 0 if known.level is None else (known.level - 1) // BAND * BAND + 1
    found = (*of_their_own, ("level", f"{first}–{first + BAND - 1}" if first else ""))
    return tuple((kind, group) for kind, group in found if group)
