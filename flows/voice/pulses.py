"""The anonymous pulse: one question after another in one message, which becomes "Thank you, counted"."""

from flows.programme import Cohort
from flows.pulses import PulseQuestion
from flows.voice.message import Action, Button, Buttons, Heading, Message, Note, Paragraph, Plain
from flows.voice.say import Say, flatten

LONGEST_NAME = 60
"""Characters of a programme's name that a heading has room for."""


def ask(cohort: Cohort, window: str, question: PulseQuestion, place: int, total: int, say: Say) -> Message:
    """One question with its options, under the name of its programme, for two may ask in one week; `place` counts from
    1. The choice rides on the button and nowhere else."""
    args = {"cohort": cohort.id, "window": window, "question": question.id}
    wording = say.text(question.wording)
    buttons = [
        Button(say.text(label), Action("pulse.answer", {**args, "choice": choice}))
        for choice, label in question.options
    ]
    enough = Button(say.plain("Enough for now"), Action("pulse.enough", {"cohort": cohort.id, "window": window}))
    name = cohort.name[:LONGEST_NAME]
    title = say.plain(
        "{programme}: anonymous question {place} of {total}", programme=name, place=str(place), total=str(total)
    )
    return Message(
        summary=say.plain("{programme}: an anonymous question, one tap. {question}", programme=name, question=wording),
        blocks=(
            Heading(title),
            Paragraph((Plain(wording),)),
            Buttons((*buttons, enough)),
            Note(say("Only how often each answer was given is kept. Nobody sees yours.")),
        ),
    )


def counted(say: Say) -> Message:
    """After the last question: without the choice."""
    line = say("Thank you, counted. What was chosen is not kept beside your name.")
    return Message(flatten(line), (Paragraph(line),))


def enough(say: Say) -> Message:
    """Somebody stopped before the end."""
    line = say("That is fine. What you have answered is counted, and nothing else is asked.")
    return Message(flatten(line), (Paragraph(line),))
