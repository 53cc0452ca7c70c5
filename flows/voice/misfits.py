"""What was said is no answer: what would fit, with an example."""

from collections.abc import Sequence

from flows.questionnaire import Cause, Misfit, Question
from flows.questions import FEW
from flows.voice.answers import labels
from flows.voice.message import Message, Note, Paragraph
from flows.voice.say import Say, flatten


def nothing_asked(say: Say) -> Message:
    """Text was typed, and no question waits for it."""
    told = say(
        "I have no question open that this could answer, so I did not keep it. {word} lists what I can do.",
        word="/mentor help",
    )
    return Message(summary=flatten(told), blocks=(Paragraph(told),))


def command_word(word: str, say: Say) -> Message:
    """A command's word was typed without its slash; it is taken for no answer."""
    told = say(
        "“{word}” is a command, so I did not take it as an answer. Type {command}.",
        word=word,
        command=f"/mentor {word}",
    )
    return Message(summary=flatten(told), blocks=(Paragraph(told),))


def misfit(problem: Misfit, say: Say) -> str:
    """What would fit, with an example."""
    question = problem.question
    known = labels(question, say)
    match problem.cause:
        case Cause.EMPTY:
            return say.plain("This one needs an answer before we go on.")
        case Cause.TOO_LONG:
            return say.plain(
                "That is {length} characters, and {limit} fit here. The first few sentences are enough.",
                length=str(problem.length),
                limit=str(question.limit),
            )
        case Cause.NOT_A_NUMBER:
            return say.plain("A plain number fits here, such as {example}.", example=_example(question))
        case Cause.OUT_OF_BOUNDS:
            return say.plain(
                "A number from {least} to {most} fits here, such as {example}.",
                least=str(question.least),
                most=str(question.most),
                example=_example(question),
            )
        case Cause.NOT_TYPED if question.private:
            return say.plain("This one is answered with its buttons, so that nothing private stays in the chat.")
        case Cause.NOT_TYPED:
            return say.plain("This one is answered with its buttons. They are above.")
        case Cause.NOT_AN_OPTION:
            listed = list(known.values())[:FEW]
            if len(listed) == len(known):
                return say.plain("One of these fits here: {options}. A tap is enough.", options=_either(listed))
            return say.plain("Please choose from the list; it begins with {options}.", options=_either(listed))
        case Cause.TOO_MANY:
            return say.plain_many(
                question.at_most, "One of them fits here.", "Up to {n} of them fit here. Which matter most to you?"
            )
        case Cause.NOT_A_DAY:
            return say.plain("A day of the calendar fits here.")
        case Cause.NOT_A_ZONE:
            return say.plain("The name of a time zone fits here, such as {example}.", example="Europe/Lisbon")


def _example(question: Question) -> str:
    return question.example or str(question.least)


def _either(items: Sequence[str]) -> str:
    return " · ".join(items)


def does_not_fit(problem: Misfit, say: Say) -> Message:
    """One friendly line; the question stays open."""
    told = misfit(problem, say)
    about = say.text(problem.question.ask)
    return Message(
        summary=told,
        blocks=(
            Paragraph(say("**{question}** {line}", question=about, line=told)),
            Note(say("The question is still open, and nothing was changed.")),
        ),
    )
