"""The registration conversation: questions are data, and the state is the answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.formats import format_of
from flows.hesitation import Unsure

Answer = str | int | float | tuple[str, ...] | None
"""Text, a number, chosen values, or None for a question that was skipped."""

Answers = Mapping[str, Answer]
"""Question id → answer."""

SLOTS = tuple(f"{day}-{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm"))
"""The rough free times of a week."""

AGREED = "agree"
"""The one answer to a consent."""

FORMAT = "format"
"""Not asked: the format of the programme, which stands among the answers and decides what is asked."""
EVERY_ROLE = "both"
"""Where nobody is asked for a role, the questions of either are asked."""

ZONE, LANGUAGES = "zone", "languages"
"""The two fields of a place."""


class Kind(StrEnum):
    """What an answer looks like.

    A PLACE is a time zone and the languages somebody can mentor in: (IANA name, language tag, …). A CONSENT is given
    or the conversation waits. A PERSON is the user id on the platform of the one who answers. A DATE is a day as
    YYYY-MM-DD.
    """

    CONSENT = "consent"
    CHOICE = "choice"
    CHOICES = "choices"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    PLACE = "place"
    WEEKLY_HOURS = "weekly_hours"
    PERSON = "person"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the pack; all texts are English, for the catalogue.

    `name` is what stands before the answer in a line, `match_sees` the same in what the match sees, empty when the
    match does not see it. `options` are (value, label) pairs; of a place they are the languages, without labels.
    `only_if` are (earlier question, values) pairs that must all hold. `limit` counts characters. `together`: it stands
    in one form with the question before it. `unsure` is for whom none of the answers comes easily.
    """

    id: str
    kind: Kind
    name: str
    ask: str
    hint: str = ""
    notice: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    at_most: int = 0
    least: int = 0
    most: int = 0
    limit: int = 0
    only_if: tuple[tuple[str, tuple[str, ...]], ...] = ()
    optional: bool = False
    private: bool = False
    together: bool = False
    match_sees: str = ""
    example: str = ""
    unsure: Unsure | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """What may be chosen."""
        return SLOTS if self.kind is Kind.WEEKLY_HOURS else tuple(value for value, _ in self.options)

    @property
    def takes_text(self) -> bool:
        """Whether a typed message can be its answer."""
        return not self.private and self.kind in _TYPED

    def applies(self, earlier: Answers) -> bool:
        """Whether it is asked, after these answers to questions that were asked themselves."""
        return all(not chosen_of(earlier.get(which)).isdisjoint(wanted) for which, wanted in self.only_if)


_TYPED = {Kind.CHOICE, Kind.CHOICES, Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER}


class Cause(StrEnum):
    """Why something is not an answer."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_AN_OPTION = "not_an_option"
    TOO_MANY = "too_many"
    NOT_A_ZONE = "not_a_zone"
    NOT_TYPED = "not_typed"
    NOT_A_DAY = "not_a_day"


class Misfit(Exception):
    """This is no answer to the question; `length` is how many characters it has, where that is the cause."""

    def __init__(self, question: Question, cause: Cause, *, length: int = 0) -> None:
        super().__init__(f"{question.id}: {cause}")
        self.question = question
        self.cause = cause
        self.length = length


def chosen_of(answer: Answer) -> frozenset[str]:
    """An answer as the values that it names; none for a skipped question."""
    if answer is None:
        return frozenset()
    return frozenset(answer) if isinstance(answer, tuple) else frozenset({str(answer)})


def asked(questions: Sequence[Question], answers: Answers) -> Iterator[tuple[Question, bool]]:
    """The questions that apply, in order, each with whether it has an answer that still fits.

    An answer to a question that no longer applies, or that the pack no longer takes, decides nothing.
    """
    standing: dict[str, Answer] = dict(given(answers))
    for question in questions:
        if question.applies(standing):
            answered = question.id in answers and fits(question, answers[question.id])
            if answered:
                standing[question.id] = answers[question.id]
            yield question, answered


def given(answers: Answers) -> Answers:
    """What stands before anything is asked: the programme's format, and where it asks for no role, every role."""
    which = format_of(str(answers.get(FORMAT, "")))
    return {FORMAT: which, **({"role": EVERY_ROLE} if which.pooled else {})}


def next_question(questions: Sequence[Question], answers: Answers) -> Question | None:
    """The first question that applies and has no answer; None when all is said."""
    return next((question for question, answered in asked(questions, answers) if not answered), None)


def page_of(questions: Sequence[Question], answers: Answers, first: str) -> tuple[Question, ...]:
    """The question and those that stand in one form with it; empty when it does not apply."""
    for page in _pages(questions, answers):
        if first in [question.id for question in page]:
            return page
    return ()


def page_before(questions: Sequence[Question], answers: Answers, current: str) -> tuple[Question, ...]:
    """What was asked before this one on the way so far; empty at the beginning: a consent is not gone back to."""
    before: tuple[Question, ...] = ()
    for page in _pages(questions, answers):
        if current in [question.id for question in page]:
            break
        before = page
    return () if before and before[0].kind is Kind.CONSENT else before


def _pages(questions: Sequence[Question], answers: Answers) -> list[tuple[Question, ...]]:
    pages: list[tuple[Question, ...]] = []
    for question, _ in asked(questions, answers):
        if question.together and pages:
            pages[-1] += (question,)
        else:
            pages.append((question,))
    return pages


def standing_answers(questions: Sequence[Question], answers: Answers) -> dict[str, Answer]:
    """The answers that count: to questions that apply, and fitting."""
    return {question.id: answers[question.id] for question, answered in asked(questions, answers) if answered}


def progress(questions: Sequence[Question], answers: Answers, current: str) -> tuple[int, int]:
    """(which form, of how many) for a question that applies; what is not known yet is taken to be the first option."""
    supposed = dict(answers)
    while (question := next_question(questions, supposed)) is not None:
        supposed[question.id] = _supposed(question)
    pages = [[question.id for question in page] for page in _pages(questions, supposed)]
    place = next((number for number, ids in enumerate(pages, start=1) if current in ids), len(pages))
    return place, len(pages)


def _supposed(question: Question) -> Answer:
    match question.kind:
        case Kind.CONSENT:
            return AGREED
        case Kind.CHOICE:
            return question.values[0]
        case Kind.CHOICES | Kind.WEEKLY_HOURS:
            return question.values[:1]
        case Kind.PLACE:
            return ("UTC", question.values[0])
        case Kind.NUMBER:
            return question.least
        case Kind.DATE:
            return "2027-06-30"
        case Kind.SHORT_TEXT | Kind.LONG_TEXT | Kind.PERSON:
            return "…"


def fits(question: Question, answer: Answer) -> bool:
    """Whether a stored answer is one that the question, as it is now, could have got."""
    if answer is None:
        return question.optional
    match question.kind:
        case Kind.CONSENT:
            return answer == AGREED
        case Kind.CHOICE:
            return answer in question.values
        case Kind.CHOICES | Kind.WEEKLY_HOURS:
            return isinstance(answer, tuple) and bool(answer) and set(question.values).issuperset(answer)
        case Kind.PLACE:
            if not isinstance(answer, tuple) or len(answer) < 2:
                return False
            return is_zone(answer[0]) and set(question.values).issuperset(answer[1:])
        case Kind.NUMBER:
            return isinstance(answer, int | float) and question.least <= answer <= question.most
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            # A limit that was lowered later takes back no answer.
            return isinstance(answer, str) and bool(answer)
        case Kind.PERSON:
            return isinstance(answer, str)
        case Kind.DATE:
            return isinstance(answer, str) and is_day(answer)


def take(question: Question, filled: Mapping[str, Sequence[str]]) -> Answer:
    """The answer in a form's fields: the one named as the question, or zone and languages. Raises Misfit."""
    if question.kind is Kind.PLACE:
        return _place(question, filled)
    given = tuple(item.strip() for item in filled.get(question.id, ()) if item.strip())
    if not given:
        if question.optional:
            return None
        raise Misfit(question, Cause.EMPTY)
    match question.kind:
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            if len(given[0]) > question.limit:
                raise Misfit(question, Cause.TOO_LONG, length=len(given[0]))
            return given[0]
        case Kind.NUMBER:
            return _number(question, given[0])
        case Kind.CHOICES | Kind.WEEKLY_HOURS:
            return _several(question, given)
        case Kind.CHOICE:
            return _several(question, given[:1])[0]
        case Kind.CONSENT:
            if given[0] != AGREED:
                raise Misfit(question, Cause.NOT_AN_OPTION)
            return AGREED
        case Kind.PERSON:
            return given[0]
        case Kind.DATE:
            if not is_day(given[0]):
                raise Misfit(question, Cause.NOT_A_DAY)
            return given[0]


def take_text(question: Question, text: str, labels: Mapping[str, str]) -> Answer:
    """The answer in a typed message; `labels` maps each value to what the reader sees. Raises Misfit."""
    if not question.takes_text:
        raise Misfit(question, Cause.NOT_TYPED)
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        known = {label.casefold(): value for value, label in labels.items()} | {
            value.casefold(): value for value in labels
        }
        whole = text.strip().casefold()
        parts = (whole,) if question.kind is Kind.CHOICE or whole in known else tuple(re.split(r"\s*[,;\n]\s*", whole))
        return take(question, {question.id: [known.get(part, part) for part in parts]})
    return take(question, {question.id: [text]})


def _several(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    if not set(question.values).issuperset(given):
        raise Misfit(question, Cause.NOT_AN_OPTION)
    chosen = tuple(value for value in question.values if value in given)
    if question.at_most and len(chosen) > question.at_most:
        raise Misfit(question, Cause.TOO_MANY)
    return chosen


def _number(question: Question, text: str) -> int:
    found = re.fullmatch(r"\D{0,20}?(-?\d{1,9})(?:[.,]0+)?(?:\s\D{0,20}|h)?", text)
    if found is None:
        raise Misfit(question, Cause.NOT_A_NUMBER)
    number = int(found[1])
    if not question.least <= number <= question.most:
        raise Misfit(question, Cause.OUT_OF_BOUNDS)
    return number


def _place(question: Question, filled: Mapping[str, Sequence[str]]) -> Answer:
    zone = "".join(filled.get(ZONE, ())[:1]).strip()
    languages = tuple(item for item in filled.get(LANGUAGES, ()) if item)
    if not zone or not languages:
        raise Misfit(question, Cause.EMPTY)
    if not is_zone(zone):
        raise Misfit(question, Cause.NOT_A_ZONE)
    return (zone, *_several(question, languages))


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar, such as 2027-06-30."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2027-06-30")


@cache
def is_zone(name: str) -> bool:
    """Whether this is the IANA name of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
