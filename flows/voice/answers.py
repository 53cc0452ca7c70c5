"""How an answer is read, and what a question offers."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows.people import Account
from flows.questionnaire import Answer, Kind, Question
from flows.voice.message import Mention, Plain, Words
from flows.voice.say import Say
from flows.zones import city


def labels(question: Question, say: Say) -> Mapping[str, str]:
    """Value → what the reader sees, for everything that may be chosen."""
    if question.kind is Kind.WEEKLY_HOURS:
        return slots(say)
    return {value: say.text(label) for value, label in question.options}


def labels_in(questions: Sequence[Question], which: str, say: Say) -> Mapping[str, str]:
    """The same of the question with that id; empty where the pack does not ask it."""
    return next((labels(question, say) for question in questions if question.id == which), {})


def slots(say: Say) -> Mapping[str, str]:
    """The rough free times of a week."""
    return {
        "mon-am": say.plain("Monday morning"),
        "mon-pm": say.plain("Monday afternoon"),
        "tue-am": say.plain("Tuesday morning"),
        "tue-pm": say.plain("Tuesday afternoon"),
        "wed-am": say.plain("Wednesday morning"),
        "wed-pm": say.plain("Wednesday afternoon"),
        "thu-am": say.plain("Thursday morning"),
        "thu-pm": say.plain("Thursday afternoon"),
        "fri-am": say.plain("Friday morning"),
        "fri-pm": say.plain("Friday afternoon"),
    }


def words_of(question: Question, answer: Answer, say: Say, account: Account) -> Words:
    """An answer as its writer reads it; `account` is theirs. A private one is not repeated."""
    if answer is None:
        return say("Skipped")
    if question.private:
        return say("Noted. Only you see it.")
    if question.kind is Kind.PERSON:
        return (Mention(Account(account.platform, account.workspace, str(answer)), str(answer)),)
    if question.kind is Kind.PLACE and isinstance(answer, tuple):
        return say("{city}; {languages}", city=city(answer[0]), languages=_listed(question, answer[1:], say))
    return public_words(question, answer, say)


def public_words(question: Question, answer: Answer, say: Say) -> Words:
    """An answer as the match reads it: of a place the languages alone."""
    match question.kind:
        case Kind.PLACE if isinstance(answer, tuple):
            return (Plain(_listed(question, answer[1:], say)),)
        case Kind.CHOICE | Kind.CHOICES | Kind.WEEKLY_HOURS:
            return (Plain(_listed(question, answer if isinstance(answer, tuple) else (str(answer),), say)),)
        case Kind.CONSENT:
            return say("You agreed")
        case Kind.DATE:
            return (Plain(say.day(date.fromisoformat(str(answer)))),)
        case _:
            return (Plain(str(answer)),)


def _listed(question: Question, values: tuple[str, ...], say: Say) -> str:
    known = labels(question, say)
    return say.listing([known.get(value, value) for value in values])
