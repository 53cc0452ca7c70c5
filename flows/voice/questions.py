"""The registration conversation: each question, with what was answered before and what the company says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.people import Person
from flows.questionnaire import AGREED, LANGUAGES, ZONE, Answer, Answers, Kind, Question
from flows.questions import FEW
from flows.voice.answers import labels, words_of
from flows.voice.inputs import fields_of, place_of
from flows.voice.letters import long_day
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    Form,
    Message,
    Note,
    Paragraph,
    Plain,
    Quote,
    Strong,
    Tone,
    Words,
)
from flows.voice.say import Say
from flows.zones import city


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
