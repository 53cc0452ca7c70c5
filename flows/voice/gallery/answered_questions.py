"""Examples of what became of a question."""

from collections.abc import Mapping

from flows.questionnaire import Answer, Question
from flows.voice import answered_questions as voice
from flows.voice.gallery.example import INES, Example, Shown
from flows.voice.gallery.questions import ABOUT, AGREE, ANSWERS, BUDDY, MOVE, PLACE, ROLE
from flows.voice.message import Message
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""

    def change(question: Question) -> Example:
        message = voice.change((question,), ANSWERS, participant="p1", source="card", me=INES, say=say)
        return Example(message, Shown.DIALOG)

    def answered(question: Question, answers: Mapping[str, Answer] = ANSWERS) -> Example:
        return answer(voice.answered((question,), answers, participant="p1", me=INES, say=say))

    def answer(message: Message) -> Example:
        return Example(message, Shown.ANSWER)

    return {
        "question.change": change(ROLE),
        "question.change_place": change(PLACE),
        "question.change_private": change(MOVE),
        "question.agreed": answered(AGREE),
        "question.answered": answered(ROLE),
        "question.answered_private": answered(MOVE),
        "question.answered_person": answered(BUDDY, {"buddy": "U2"}),
        "question.skipped": answered(ABOUT, {"about": None}),
        "question.stopped": answer(voice.stopped("p1", say)),
        "question.not_now": answer(voice.not_now("p1", say)),
        "question.moved_down": answer(voice.moved_down(say)),
        "question.one_more": answer(voice.one_more(say)),
    }
