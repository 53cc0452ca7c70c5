"""Examples of the last card."""

from collections.abc import Mapping
from dataclasses import replace

from flows.people import Participant
from flows.questionnaire import Answer
from flows.voice import review as voice
from flows.voice.gallery.cohorts import ANSWERING, MENTEE, MENTORING
from flows.voice.gallery.example import INES, TODAY, Example, Shown
from flows.voice.gallery.questions import ANSWERS, QUESTIONS
from flows.voice.say import Say


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    hidden = replace(ANSWERING, hidden=frozenset({"about"}))
    nobody = replace(MENTORING, next_round=None)

    def card(answers: Mapping[str, Answer], participant: Participant = ANSWERING) -> Example:
        message = voice.card(MENTORING, participant, answers, QUESTIONS, me=INES, cadence_hours=2, say=say)
        return Example(message, Shown.ANSWER)

    return {
        "review.card": card(ANSWERS),
        "review.taken_out": card(ANSWERS, hidden),
        "review.in_person": card({**ANSWERS, "hours": 2, "mode": "in_person"}),
        "review.no_room": card({**ANSWERS, "hours": 2, "role": "mentor", "capacity": 0}),
        "review.after_joining": card(ANSWERS, MENTEE),
        "joining.joined": Example(voice.joined(MENTORING, TODAY, say), Shown.ANSWER),
        "joining.joined_chooses": Example(voice.joined(MENTORING, TODAY, say, chooses=True), Shown.ANSWER),
        "joining.joined_no_round": Example(voice.joined(nobody, TODAY, say), Shown.ANSWER),
    }
