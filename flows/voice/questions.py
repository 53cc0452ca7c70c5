"""The registration conversation: each question, what became of it, and what would fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.people import Person
from flows.questionnaire import AGREED, LANGUAGES, ZONE, Answer, Answers, Kind, Question
from flows.questions import FEW
from flows.voice.answers import labels, words_of
from flows.voice.letters import long_day
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Heading,
    Line,
    Message,
    Note,
    NumberField,
    Option,
    Paragraph,
    PersonField,
    Plain,
    Quote,
    Strong,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten
from flows.zones import city, offered


@dataclass(frozen=True, slots=True)
class Company:
    """What the company says of the answer to a question: in its words, or as the day on which somebody started."""

    question: str
    words: str = ""
    started_on: date | None = None


def ask(
    page: Sequence[Question],
    answers: Answers,
    *,
    participant: str,
    progress: tuple[int, int],
    back: bool,
    me: Person,
    now: datetime,
    say: Say,
    company: Company | None = None,
) -> Message:
    """One question, or a few that stand in one form, with what was answered before; a private answer is not repeated.

    `progress` is (which, of how many), `back` whether there is something to go back to, `company` what the company says
    of an answer.
    """
    first = page[0]
    ways = ways_on(page, participant, back=back, say=say)
    options = as_buttons(first, participant, say) if len(page) == 1 else ()
    blocks: list[Block]
    confirms = first.kind is Kind.PLACE and (me.zone_known or first.id in answers)
    if confirms or options:
        blocks = [Paragraph((Strong(say.text(first.ask)),))]
        blocks += [Paragraph((Plain(say.text(first.hint)),))] if first.hint else []
        blocks += [Bullets(tuple((Plain(say.text(line)),) for line in first.notice))] if first.notice else []
    if confirms:
        blocks += _confirm(first, answers.get(first.id), participant, ways, me=me, now=now, say=say)
    elif options:
        blocks += _so_far(first, answers, me, say)
        blocks += _company_says(company, say)
        blocks += [Buttons((*options, *unsure(first, participant, say))), Buttons(ways)]
    else:
        # The labels of the form are the questions, so nothing has to stand above it.
        shown = {
            question.id: answers[question.id] for question in page if question.id in answers and not question.private
        }
        fields = tuple(field for question in page for field in fields_of(question, shown, me, say))
        blocks = [
            *_company_says(company, say),
            *_takes_it(company, participant, say),
            Form(
                fields,
                _answer(say.plain("Save"), first, participant, tone=Tone.MAIN),
                ways,
            ),
        ]
    blocks.append(Note(_place_and_eyes(page, progress, say)))
    return Message(summary=say.text(first.ask), blocks=tuple(blocks))


def _company_says(company: Company | None, say: Say) -> list[Block]:
    """What the company says, in its own words: a quote, which waits sealed where the message has to wait."""
    if company is None:
        return []
    if company.started_on is None:
        return [Paragraph(say("Your company says:")), Quote((Plain(company.words),))]
    day = long_day(company.started_on, say)
    return [Paragraph(say("Your company says that you started on:")), Quote((Plain(day),))]


def _takes_it(company: Company | None, participant: str, say: Say) -> list[Block]:
    if company is None:
        return []
    action = Action("question.known", {"participant": participant, "question": company.question})
    return [Buttons((Button(say.plain("That is right"), action),))]


def _so_far(question: Question, answers: Answers, me: Person, say: Say) -> list[Block]:
    if question.id not in answers or question.private:
        return []
    said = words_of(question, answers[question.id], say, me.account)
    return [Paragraph(say("So far: {answer}.", answer=said))]


def unsure(question: Question, participant: str, say: Say) -> tuple[Button, ...]:
    """Beside the answers, for whom none of them comes easily."""
    if question.unsure is None:
        return ()
    args = {"participant": participant, "question": question.id}
    return (Button(say.text(question.unsure.says), Action("question.unsure", args)),)


def as_buttons(question: Question, participant: str, say: Say) -> tuple[Button, ...]:
    """One tap for each answer, where there are few; none where it takes a form."""
    match question.kind:
        case Kind.CONSENT:
            return (_answer(say.plain("I agree"), question, participant, AGREED, tone=Tone.MAIN),)
        case Kind.CHOICE if len(question.options) <= FEW:
            known = labels(question, say)
            return tuple(_answer(label, question, participant, value) for value, label in known.items())
        case Kind.NUMBER if question.most - question.least <= FEW:
            numbers = range(question.least, question.most + 1)
            return tuple(_answer(str(number), question, participant, str(number)) for number in numbers)
        case _:
            return ()


def _answer(label: str, question: Question, participant: str, value: str = "", *, tone: Tone = Tone.PLAIN) -> Button:
    args = {"participant": participant, "question": question.id}
    return Button(label, Action("question.answer", args | ({"value": value} if value else {})), tone)


def ways_on(page: Sequence[Question], participant: str, *, back: bool, say: Say) -> tuple[Button, ...]:
    """Back, skip and the way out."""
    args = {"participant": participant, "question": page[0].id}
    ways = []
    if back:
        ways.append(Button(say.plain("Back"), Action("question.back", args)))
    if all(question.optional for question in page):
        ways.append(Button(say.plain("Skip"), Action("question.skip", args)))
    stop = say.plain("Not now") if page[0].kind is Kind.CONSENT else say.plain("Stop for now")
    return (*ways, Button(stop, Action("question.stop", args)))


def _place_and_eyes(page: Sequence[Question], progress: tuple[int, int], say: Say) -> Words:
    n, total = str(progress[0]), str(progress[1])
    if page[0].kind is Kind.CONSENT:
        return say("Question {n} of {total}. It takes about three minutes.", n=n, total=total)
    if any(question.private for question in page):
        return say("Question {n} of {total}. Only you see this. It helps us choose.", n=n, total=total)
    if any(question.match_sees for question in page):
        return say("Question {n} of {total}. Your match and the coordinators see this.", n=n, total=total)
    return say("Question {n} of {total}. The coordinators see this, your match does not.", n=n, total=total)


def _confirm(
    question: Question,
    answer: Answer,
    participant: str,
    ways: tuple[Button, ...],
    *,
    me: Person,
    now: datetime,
    say: Say,
) -> list[Block]:
    """What the directory says, to be confirmed with one tap."""
    zone, languages = place_of(question, answer, me)
    known = labels(question, say)
    args = {"participant": participant, "question": question.id}
    right = Action("question.answer", args | {ZONE: zone, LANGUAGES: ",".join(languages)})
    told = say(
        "**{city}**, where it is {clock} now. You speak {languages}.",
        city=city(zone),
        clock=say.clock(now.astimezone(ZoneInfo(zone)).time()),
        languages=say.listing([known.get(language, language) for language in languages]),
    )
    change = Action("question.change", args | {"source": "open"})
    return [
        Paragraph(told),
        Buttons((Button(say.plain("That is right"), right, Tone.MAIN), Button(say.plain("Change this"), change))),
        Buttons(ways),
    ]


def place_of(question: Question, answer: Answer, me: Person) -> tuple[str, tuple[str, ...]]:
    """(zone, languages): as answered, else as the directory has it, else the first language that is offered."""
    if isinstance(answer, tuple) and len(answer) > 1:
        return answer[0], answer[1:]
    language = me.locale.replace("_", "-").split("-")[0]
    return me.zone, (language if language in question.values else question.values[0],)


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


def zones(own: str, say: Say) -> tuple[Option, ...]:
    """Time zones to choose from, by city."""
    return tuple(Option(zone, say.text(city(zone))) for zone in offered(own))


def change(
    page: Sequence[Question], answers: Answers, *, participant: str, source: str, me: Person, say: Say
) -> Message:
    """A dialog in which an answer is changed; `source` is "card" when it was opened from the last card."""
    args = {"participant": participant, "question": page[0].id, "source": source}
    fields = tuple(field for question in page for field in fields_of(question, answers, me, say))
    private = any(question.private for question in page)
    seen = any(question.match_sees for question in page)
    if private:
        eyes = say("Only you see this.")
    elif seen:
        eyes = say("Your match and the coordinators see this.")
    else:
        eyes = say("The coordinators see this, your match does not.")
    return Message(
        summary=say.plain("Change an answer: {question}", question=say.text(page[0].ask)),
        blocks=(
            Heading(say.plain("Change an answer")),
            Form(fields, Button(say.plain("Save"), Action("question.changed", args), Tone.MAIN)),
            Note(eyes),
        ),
    )


def answered(page: Sequence[Question], answers: Answers, *, participant: str, me: Person, say: Say) -> Message:
    """What was recorded, in one calm line for each question, with a way to change it."""
    if page[0].kind is Kind.CONSENT:
        agreed = say("You agreed that we keep your answers. You can leave at any time.")
        return Message(summary=flatten(agreed), blocks=(Note(agreed),))
    lines = [answer_line(question, answers, participant=participant, source="", me=me, say=say) for question in page]
    return Message(summary=" ".join(flatten(line.words) for line in lines), blocks=tuple(lines))


def answer_line(question: Question, answers: Answers, *, participant: str, source: str, me: Person, say: Say) -> Line:
    """Such as "Role: Mentor somebody"."""
    said = words_of(question, answers.get(question.id), say, me.account)
    args = {"participant": participant, "question": question.id, "source": source}
    return Line(
        say("{name}: **{answer}**", name=say.text(question.name), answer=said),
        Button(say.plain("Change"), Action("question.change", args)),
    )


def stopped(participant: str, say: Say) -> Message:
    """The conversation waits."""
    told = say("Your answers wait here. Nothing counts until you join at the end.")
    go_on = Button(say.plain("Go on"), Action("question.go_on", {"participant": participant}), Tone.MAIN)
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((go_on,))))


def not_now(participant: str, say: Say) -> Message:
    """Nobody agreed to anything."""
    told = say("That is fine. No answer of yours is kept. You can start again whenever you like.")
    again = Button(say.plain("Start again"), Action("question.go_on", {"participant": participant}))
    return Message(summary=flatten(told), blocks=(Paragraph(told), Buttons((again,))))


def moved_down(say: Say) -> Message:
    """In place of a question that was put again further down."""
    told = say("This question stands further down now.")
    return Message(summary=flatten(told), blocks=(Note(told),))


def one_more(say: Say) -> Message:
    """In place of the last card, when a changed answer brought another question."""
    told = say("With that answer there is one more thing to ask. It comes next.")
    return Message(summary=flatten(told), blocks=(Note(told),))
