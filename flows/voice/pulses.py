"""The anonymous pulse: one question after another in one message, which becomes "Thank you, counted"."""

from flows.pulses import PulseQuestion
from flows.voice.message import Action, Button, Buttons, Heading, Message, Note, Paragraph, Plain
from flows.voice.say import Say, flatten


def ask(cohort: str, window: str, question: PulseQuestion, place: int, total: int, say: Say) -> Message:
    """One question with its options; `place` counts from 1. The choice rides on the button and nowhere else."""
    args = {"cohort": cohort, "window": window, "question": question.id}
    wording = say.text(question.wording)
    buttons = [
        Button(say.text(label), Action("pulse.answer", {**args, "choice": choice}))
        for choice, label in question.options
    ]
    enough = Button(say.plain("Enough for now"), Action("pulse.enough", {"cohort": cohort, "window": window}))
    title = say.plain("Anonymous question {place} of {total}", place=str(place), total=str(total))
    return Message(
        summary=say.plain("An anonymous question, one tap: {question}", question=wording),
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
