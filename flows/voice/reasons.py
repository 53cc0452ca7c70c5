"""Why two people were matched, in one plain sentence a reason, for one of the two."""

from collections.abc import Mapping, Sequence

from flows.matching.criteria import CRITERIA
from flows.matching.week import in_local
from flows.people import Person, Role
from flows.profile import FIELDS
from flows.questionnaire import Question
from flows.voice.answers import labels, slots
from flows.voice.message import Words
from flows.voice.say import Say

ASKED_FOR = "asked_for"
"""The mentee named this mentor: a reason that needs no details."""
THEME_UNSAID = "theme_unsaid"
"""What a match is about, where one of them took that out of what the other sees: it is kept and never told."""
AT_MOST = 2
"""Details in one reason: a third makes the sentence long and no truer."""
_TELLS = {tell.kind: tell for rule in CRITERIA for tell in rule.tells}

_OF_ALL = {
    "theme": "goals",
    "around": "goals",
    "all_goals": "goals",
    "all_interests": "interests",
    "all_languages": "languages",
}
"""Reasons of more than two, or of a match that is about one thing → the field in whose words they are told."""

Stored = Sequence[tuple[str, ...]]
"""(kind, detail, …) tuples: which sentence of a rule, then ids of options or hours in UTC."""


def sentences(
    stored: Stored, role: Role, partner: Person, questions: Sequence[Question], offset: int, say: Say
) -> tuple[Words, ...]:
    """The reasons for the reader who holds `role` and is `offset` minutes east of UTC; `partner` is the other side.

    With fewer than two it is said how the match came about.
    """
    details = _details(stored, role, questions, offset, say)
    found = [_sentence(kind, what, role, partner.first_name, say) for kind, what in details]
    if len(found) < 2 and (ASKED_FOR,) not in stored:
        found.append(say("A coordinator looked at all answers and put you together."))
    return tuple(found)


def points(stored: Stored, questions: Sequence[Question], offset: int, say: Say) -> tuple[Words, ...]:
    """The same reasons for a coordinator, who is neither of the two, and is not told whom a mentee named."""
    told = [reason for reason in stored if reason != (ASKED_FOR,)]
    return tuple(_point(kind, what, say) for kind, what in _details(told, Role.MENTEE, questions, offset, say))


def _details(
    stored: Stored, role: Role, questions: Sequence[Question], offset: int, say: Say
) -> Sequence[tuple[str, str]]:
    """(kind, what it rests on) with labels for ids; a reason of which nothing can be named is left out."""
    by_id = {question.id: question for question in questions}
    found = []
    for kind, *details in stored:
        if kind == ASKED_FOR:
            found.append((kind, ""))
            continue
        if kind == THEME_UNSAID:
            continue
        if kind in ("time", "all_free"):
            what = _free(details, offset, say)
        else:
            known = _labels(kind, role, by_id, say)
            named = [known.get(detail, detail) for detail in details[:AT_MOST]]
            # A kind of mentoring is named by a whole phrase, and may have an "and" of its own.
            what = say.listing([say.plain("“{one}”", one=one) for one in named] if kind == "type" else named)
        if what:
            found.append((kind, what))
    return found


def _free(hours: Sequence[str], offset: int, say: Say) -> str:
    known = slots(say)
    return say.listing([known[slot] for slot in in_local(hours, offset) if slot in known][:AT_MOST])


def _labels(kind: str, role: Role, questions: Mapping[str, Question], say: Say) -> Mapping[str, str]:
    """The mentee's field is named first and the mentor's last: everybody reads the words of their own question."""
    tell = _TELLS.get(kind)
    if tell is not None:
        field = tell.reads[0] if role is Role.MENTEE else tell.reads[-1]
    elif kind in _OF_ALL:
        field = _OF_ALL[kind]
    else:
        return {}
    question = questions.get(FIELDS.get(field, ""))
    return labels(question, say) if question else {}


def _sentence(kind: str, what: str, role: Role, name: str, say: Say) -> Words:
    mentee = role is Role.MENTEE
    match kind:
        case "goals" if mentee:
            return say("{name} knows what you want to learn: {what}.", name=name, what=what)
        case "goals":
            return say("{name} wants to learn what you know: {what}.", name=name, what=what)
        case "teaches" if mentee:
            return say("{name} can help with what you want to learn: {what}.", name=name, what=what)
        case "teaches":
            return say("{name} wants to learn what you can help with: {what}.", name=name, what=what)
        case "interests":
            return say("You like the same things: {what}.", what=what)
        case "moving_into" if mentee:
            return say("{name} works where you want to go: {what}.", name=name, what=what)
        case "moving_into":
            return say("{name} wants to go where you work: {what}.", name=name, what=what)
        case "seniority" if mentee:
            return say("{name} was where you are, a few steps ago.", name=name)
        case "seniority":
            return say("You have taken the steps that {name} is taking.", name=name)
        case "time":
            return say("You are free at the same time: {what}.", what=what)
        case "language":
            return say("You both speak {what}.", what=what)
        case "mode":
            return say("You like to meet the same way: {what}.", what=what)
        case "type":
            return say("You chose the same kind of mentoring: {what}.", what=what)
        case "mix":
            return say("You come from two parts of the house: {what}.", what=what)
        case "asked_for" if mentee:
            return say("You asked for {name}.", name=name)
        case "asked_for":
            return say("{name} asked for you.", name=name)
        case "theme" if mentee:
            return say("{name} helps you with this: {what}.", name=name, what=what)
        case "theme":
            return say("{name} looks for help with this: {what}.", name=name, what=what)
        case "around" | "all_goals" | "all_interests" | "all_languages" | "all_free":
            return _of_all(kind, what, say)[0]
        case "newcomer" if mentee:
            return say("You are new, and {name} knows the house.", name=name)
        case _:
            return say("{name} is new, and you know the house.", name=name)


def _point(kind: str, what: str, say: Say) -> Words:
    match kind:
        case "goals":
            return say("Wanted and known: {what}.", what=what)
        case "teaches":
            return say("Wanted and offered: {what}.", what=what)
        case "interests":
            return say("Both like: {what}.", what=what)
        case "moving_into":
            return say("The mentor works where the mentee wants to go: {what}.", what=what)
        case "seniority":
            return say("The mentor is a few steps ahead.")
        case "time":
            return say("Both free: {what}.", what=what)
        case "language":
            return say("Both speak: {what}.", what=what)
        case "mode":
            return say("Same way to meet: {what}.", what=what)
        case "type":
            return say("Same kind of mentoring: {what}.", what=what)
        case "mix":
            return say("Two parts of the house: {what}.", what=what)
        case "theme":
            return say("About: {what}.", what=what)
        case "around" | "all_goals" | "all_interests" | "all_languages" | "all_free":
            return _of_all(kind, what, say)[1]
        case _:
            return say("New, with somebody who knows the house.")


def shared_by_all(stored: Stored, questions: Sequence[Question], offset: int, say: Say) -> tuple[Words, ...]:
    """The reasons for somebody who was brought together with several."""
    return tuple(
        _of_all(kind, what, say)[0]
        for kind, what in _details(stored, Role.MENTEE, questions, offset, say)
        if kind in (*_OF_ALL, "all_free")
    )


def _of_all(kind: str, what: str, say: Say) -> tuple[Words, Words]:
    """What everybody has in common: as one of them hears it, and as it is told from outside."""
    match kind:
        case "all_goals":
            same = say("You want to get better at the same things: {what}.", what=what)
            return same, say("Want the same: {what}.", what=what)
        case "all_interests":
            return say("You like the same things: {what}.", what=what), say("Like the same: {what}.", what=what)
        case "all_languages":
            return say("You have a language in common: {what}.", what=what), say(
                "Language in common: {what}.", what=what
            )
        case "all_free":
            return say("You are free at the same time: {what}.", what=what), say("Free together: {what}.", what=what)
        case _:
            return say("What brings you together: {what}.", what=what), say("Around: {what}.", what=what)
