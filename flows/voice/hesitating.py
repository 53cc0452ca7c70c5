"""To whom is not sure that they are the one for it: three short answers, and one meeting to begin with."""

from flows.questionnaire import Question
from flows.voice.message import Action, Bullets, Button, Buttons, Message, Note, Paragraph, Plain, Tone
from flows.voice.questions import as_buttons, ways_on
from flows.voice.say import Say


def encourage(question: Question, participant: str, *, back: bool, say: Say) -> Message:
    """In place of the question, whose answers stand below as before. Raises ValueError when it has no such words."""
    if question.unsure is None:
        raise ValueError(f"question {question.id} has nothing to say to whom is not sure")
    words = question.unsure
    args = {"participant": participant, "question": question.id}
    begin = Button(say.text(words.begin), Action("question.begin", args), Tone.MAIN)
    options = as_buttons(question, participant, say)
    return Message(
        summary=f"{say.text(words.lines[0])} {say.text(words.offer)}",
        blocks=(
            Bullets(tuple((Plain(say.text(line)),) for line in words.lines)),
            Paragraph((Plain(say.text(words.offer)),)),
            Buttons((begin, *options)),
            Buttons(ways_on((question,), participant, back=back, say=say)),
            Note(say("That you asked is written down nowhere.")),
        ),
    )
