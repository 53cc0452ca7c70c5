"""The inputs of a question, filled with what was answered or is known."""

from datetime import date

from flows.people import Person
from flows.questionnaire import LANGUAGES, ZONE, Answer, Answers, Kind, Question
from flows.voice.answers import labels
from flows.voice.message import ChoiceField, ChoicesField, DateField, Field, NumberField, Option, PersonField, TextField
from flows.voice.say import Say
from flows.zones import city, offered


def fields_of(question: Question, answers: Answers, me: Person, say: Say) -> tuple[Field, ...]:
    """The inputs of a question, filled with what was answered."""
    answer = answers.get(question.id)
    name = question.id
    label = say.text(question.ask)
    known = labels(question, say)
    options = tuple(Option(value, shown) for value, shown in known.items())
    chosen = answer if isinstance(answer, tuple) else ()
    text = "" if answer is None or isinstance(answer, tuple) else str(answer)
    hint = say.text(question.hint) if question.hint else ""
    optional = question.optional
    match question.kind:
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            long = question.kind is Kind.LONG_TEXT
            return (TextField(name, label, hint, text, limit=question.limit, long=long, optional=optional),)
        case Kind.NUMBER:
            least, most = question.least, question.most
            return (NumberField(name, label, hint, text, least=least, most=most, optional=optional),)
        case Kind.CONSENT:
            return ()
        case Kind.CHOICE:
            return (ChoiceField(name, label, options, hint, text, optional=optional),)
        case Kind.CHOICES | Kind.WEEKLY_HOURS:
            return (ChoicesField(name, label, options, hint, chosen, at_most=question.at_most, optional=optional),)
        case Kind.DATE:
            return (DateField(name, label, hint, date.fromisoformat(text) if text else None, optional=optional),)
        case Kind.PERSON:
            return (PersonField(name, label, hint, optional=optional),)
        case Kind.PLACE:
            zone, languages = place_of(question, answer, me)
            known_zone = zone if me.zone_known or answer else ""
            return (
                ChoiceField(ZONE, say.plain("Time zone"), zones(zone, say), chosen=known_zone),
                ChoicesField(LANGUAGES, say.plain("Languages you speak"), options, chosen=languages),
            )


def place_of(question: Question, answer: Answer, me: Person) -> tuple[str, tuple[str, ...]]:
    """(zone, languages): as answered, else as the directory has it, else the first language that is offered."""
    if isinstance(answer, tuple) and len(answer) > 1:
        return answer[0], answer[1:]
    language = me.locale.replace("_", "-").split("-")[0]
    return me.zone, (language if language in question.values else question.values[0],)


def zones(own: str, say: Say) -> tuple[Option, ...]:
    """Time zones to choose from, by city."""
    return tuple(Option(zone, say.text(city(zone))) for zone in offered(own))
