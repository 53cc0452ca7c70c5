"""The last card: every answer, exactly what the match will see, and the button that makes it count."""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.people import Participant, Person, Standing
from flows.profile import shown_to_match
from flows.programme import Cohort
from flows.questionnaire import Answer, Answers, Kind, Question, asked
from flows.voice.answered_questions import answer_line
from flows.voice.answers import public_words
from flows.voice.choosing import open_button
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    Line,
    Message,
    Note,
    Paragraph,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten


def card(
    cohort: Cohort,
    participant: Participant,
    answers: Answers,
    questions: Sequence[Question],
    *,
    me: Person,
    cadence_hours: int,
    say: Say,
) -> Message:
    """Before joining and after it; nothing counts before."""
    waiting = participant.standing is Standing.ANSWERING
    if waiting:
        told = say("**Please look once more, {name}.** Nothing counts until you join.", name=me.first_name)
    else:
        told = say("**These are your answers, {name}.** What you change here counts at once.", name=me.first_name)
    lines = [
        answer_line(question, answers, participant=participant.id, source="card", me=me, say=say)
        for question, _ in asked(questions, answers)
        if question.kind is not Kind.CONSENT
    ]
    blocks: list[Block] = [Paragraph(told), *lines]
    blocks.append(Paragraph(say("**Your match will see exactly this:** {name}", name=_named(me))))
    blocks += [
        _public_line(question, answer, participant, say) for question, answer in shown_to_match(answers, questions)
    ]
    blocks += [Paragraph(words) for words in cautions(answers, cadence_hours, say)]
    args = {"participant": participant.id}
    if waiting:
        join = Button(
            say.plain("Join {programme}", programme=cohort.name[:40]), Action("joining.submit", args), Tone.MAIN
        )
        blocks.append(
            Buttons((join, Button(say.plain("Stop for now"), Action("question.stop", args | {"question": ""}))))
        )
    else:
        blocks.append(Buttons((Button(say.plain("See where I stand"), Action("standing.status")),)))
    blocks.append(Note(say("Coordinators see your answers too, but nothing that is only for you.")))
    return Message(summary=flatten(told), blocks=tuple(blocks))


def _named(me: Person) -> str:
    return f"{me.name}, {me.title}" if me.title else me.name


def _public_line(question: Question, answer: Answer, participant: Participant, say: Say) -> Line:
    args = {"participant": participant.id, "question": question.id}
    name = say.text(question.match_sees)
    if question.id in participant.hidden:
        return Line(
            say("{name}: taken out, your match does not see it", name=name),
            Button(say.plain("Put back"), Action("review.put_back", args)),
        )
    return Line(
        say("{name}: {answer}", name=name, answer=public_words(question, answer, say)),
        Button(say.plain("Take out"), Action("review.take_out", args)),
    )


def cautions(answers: Answers, cadence_hours: int, say: Say) -> Iterator[Words]:
    """What would stand in the way, said before it counts."""
    hours = answers.get("hours")
    if isinstance(hours, int) and hours < cadence_hours:
        yield say(
            "This programme takes about {needed} hours a month, and you have {given}. You can join all the same "
            "and agree on shorter talks.",
            needed=str(cadence_hours),
            given=str(hours),
        )
    if answers.get("mode") == "in_person" and not answers.get("office"):
        yield say("To meet in person we need to know your office. Without it we cannot find anybody.")
    if answers.get("capacity") == 0 and answers.get("role") in ("mentor", "both"):
        yield say("With 0 mentees at a time nobody new is given to you. You can change that in your settings.")


def joined(cohort: Cohort, today: date, say: Say, *, chooses: bool = False) -> Message:
    """It counts from here on; `chooses`: they may name mentors."""
    told = say("**You have joined {programme}.**", programme=cohort.name)
    if cohort.next_round is not None and cohort.next_round >= today:
        follows = say(
            "The next round is on {day}. You hear from us when we have found somebody, and why it fits.",
            day=say.day(cohort.next_round),
        )
    else:
        follows = say("You hear from us when we have found somebody, and why it fits.")
    ways = Buttons(
        (
            *((open_button(cohort.id, say, Tone.MAIN),) if chooses else ()),
            Button(say.plain("See where I stand"), Action("standing.status")),
            Button(say.plain("Change my answers"), Action("joining.review", {"cohort": cohort.id})),
        )
    )
    return Message(summary=flatten(told) + " " + flatten(follows), blocks=(Paragraph(told), Paragraph(follows), ways))
