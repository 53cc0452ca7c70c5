"""What became of a question: what was recorded and how it is changed, and where the conversation waits."""

from collections.abc import Sequence

from flows.people import Person
from flows.questionnaire import Answers, Kind, Question
from flows.voice.answers import words_of
from flows.voice.inputs import fields_of
from flows.voice.message import Action, Button, Buttons, Form, Heading, Line, Message, Note, Paragraph, Tone
from flows.voice.say import Say, flatten


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
