"""Examples of what is said when mentees name mentors, and of requests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.people import Role
from flows.programme import Choice, Cohort, CohortState
from flows.requests import QUIET, Question, Request
from flows.voice import answered_requests, carried_words, choosing, not_now, requests
from flows.voice.choosing import Shown
from flows.voice.gallery.example import INES, MIRA, NOW, TODAY, Example
from flows.voice.gallery.example import Shown as Where
from flows.voice.gallery.matches import QUESTIONS, USUAL
from flows.voice.message import Plain, Quote
from flows.voice.reasons import ASKED_FOR, sentences
from flows.voice.say import Say

COHORT = Cohort("c-1", "p-1", "Leaders 2027", CohortState.RUNNING, date(2027, 3, 8), next_round=date(2027, 4, 20))
ASKING = replace(COHORT, choice=Choice.ASK)
WISHING = replace(COHORT, choice=Choice.WISHES, next_round=None)
REQUEST = Request("q-1", "c-1", "pa-1", "pa-2", NOW, NOW, agreed=frozenset({Role.MENTEE}))
PROPOSED = replace(REQUEST, round="r-1", agreed=frozenset())
UNTIL = NOW + timedelta(days=3)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    mentors = [
        Shown("pa-2", MIRA.first_name, (MIRA.title, choosing.helps_with("Working with data", say))),
        Shown("pa-3", INES.first_name, ()),
    ]
    names = [MIRA.first_name, INES.first_name]
    asked = (*USUAL[:2], (ASKED_FOR,))
    to_mentor = sentences(asked, Role.MENTOR, INES, QUESTIONS, 0, say)
    to_mentee = sentences(asked, Role.MENTEE, MIRA, QUESTIONS, 0, say)
    told = Quote((Plain("What would you like to build?"),))
    answered = replace(REQUEST, question=Question.ANSWERED)
    proactive = {
        "requests.asked": requests.asked(REQUEST, INES, to_mentor, UNTIL, say),
        "requests.asked_in_one_of_two": requests.in_programme(
            requests.asked(REQUEST, INES, to_mentor, UNTIL, say), "Leaders", say
        ),
        "requests.proposed_to_mentee": requests.proposal(PROPOSED, Role.MENTEE, MIRA, to_mentee, UNTIL, say),
        "requests.proposed_to_mentor": requests.proposal(PROPOSED, Role.MENTOR, INES, to_mentor, UNTIL, say),
        "requests.released_mentee": answered_requests.released(Role.MENTEE, say),
        "requests.released_mentor": answered_requests.released(Role.MENTOR, say),
        "requests.next_one": answered_requests.next_one(MIRA, INES, "c-1", say),
        "requests.nobody_left": answered_requests.nobody_left("c-1", say.day(date(2027, 4, 20)), say),
        "requests.nobody_left_yet": answered_requests.nobody_left("c-1", "", say),
        "requests.question": carried_words.question(REQUEST, MIRA, told, say),
        "requests.question_proposal": carried_words.question(PROPOSED, MIRA, told, say),
        "requests.answer": carried_words.answer(answered, INES, told, say),
    }
    answers = {
        "choosing.has_mentor": choosing.has_mentor(say),
        "choosing.nobody_free": choosing.nobody_free(COHORT, TODAY, say),
        "choosing.kept_ask": choosing.kept(ASKING, names, TODAY, say),
        "choosing.kept_wishes": choosing.kept(WISHING, names, TODAY, say),
        "choosing.kept_nobody": choosing.kept(WISHING, [], TODAY, say),
        "requests.why_not": requests.why_not(REQUEST, INES, say),
        "requests.you_agreed": answered_requests.you_agreed(INES, say),
        "requests.begun": answered_requests.begun(INES, say),
        "requests.you_declined": answered_requests.you_declined(REQUEST, INES, say),
        "requests.not_now": not_now.noted(REQUEST, INES, NOW + QUIET, say),
        "requests.may_be_asked": not_now.may_be_asked(say),
        "requests.you_declined_proposal": answered_requests.you_declined(PROPOSED, INES, say),
        "requests.not_now_proposal": not_now.noted(PROPOSED, INES, NOW + QUIET, say),
        "requests.why_not_proposal": requests.why_not(PROPOSED, INES, say),
        "requests.never_again": answered_requests.never_again(INES, say),
        "requests.too_late": answered_requests.too_late(say),
        "requests.found_somebody": answered_requests.found_somebody(INES, say),
        "requests.moved_on": answered_requests.moved_on(INES, say),
        "requests.over": answered_requests.over(say),
        "requests.stopped": answered_requests.stopped(say),
        "requests.taken_back": answered_requests.taken_back(MIRA, say),
        "requests.carried_question": carried_words.carried(
            replace(REQUEST, question=Question.ASKED), INES, Role.MENTOR, say
        ),
        "requests.carried_answer": carried_words.carried(answered, MIRA, Role.MENTEE, say),
    }
    dialogs = {
        "choosing.ask": choosing.wishes(ASKING, mentors, ["pa-2"], say),
        "choosing.wish": choosing.wishes(WISHING, mentors, [], say),
        "requests.write_question": carried_words.write(REQUEST, INES, Role.MENTOR, say),
        "requests.write_answer": carried_words.write(REQUEST, MIRA, Role.MENTEE, say),
    }
    return {
        **{name: Example(message, Where.PROACTIVE) for name, message in proactive.items()},
        **{name: Example(message, Where.ANSWER) for name, message in answers.items()},
        **{name: Example(message, Where.DIALOG) for name, message in dialogs.items()},
    }
