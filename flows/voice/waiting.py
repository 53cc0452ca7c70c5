"""What is said to those for whom nobody was found yet: the reason, what would help, and when."""

from datetime import date

from flows.matching.drafting.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.rules import Limit
from flows.people import Participant
from flows.voice.answers import slots
from flows.voice.message import Action, Button, Buttons, Message, Note, Paragraph, Tone, Words
from flows.voice.say import Say, flatten


def nobody_yet(one: Unmatched, participant: Participant, next_round: date | None, language: str, say: Say) -> Message:
    """To a mentee for whom no mentor was found: reason, remedy, date; no numbers of people, no rank, no score.

    `language` is the label of the language that a SPEAK remedy names.
    """
    opening = say("**We have not found your mentor yet.**")
    then = _goes_first(next_round, say)
    return _left(opening, _cause(one, say), one.remedies[0], participant, then, language, say)


def no_mentee_yet(one: Idle, participant: Participant, next_round: date | None, language: str, say: Say) -> Message:
    """To a mentor with a free place who was given nobody."""
    opening = say("**Nobody needs your place as a mentor yet.**")
    then = _next_round(next_round, say)
    return _left(opening, _idle_cause(one, say), one.remedies[0], participant, then, language, say)


def _left(
    opening: Words,
    why: Words,
    remedy: Remedy,
    participant: Participant,
    then: Words,
    language: str,
    say: Say,
) -> Message:
    args = {"participant": participant.id}
    keep = Button(say.plain("Keep it as it is"), Action("round.keep", args))
    change = Button(say.plain("Change my answers"), Action("joining.review", {"cohort": participant.cohort}))
    match remedy.kind:
        case RemedyKind.MEET_ONLINE:
            helps = say("If online is fine, tap below and more people fit.")
            change = Button(say.plain("Online is fine"), Action("round.online", args), Tone.MAIN)
        case RemedyKind.SPEAK:
            helps = say("If you also speak {language}, tap below and more people fit.", language=language)
            label = say.plain("I speak {language}", language=language)
            change = Button(label, Action("round.speak", args | {"language": remedy.detail}), Tone.MAIN)
        case RemedyKind.FREE_AT:
            time = slots(say)[remedy.detail]
            helps = say("If {time} suits you too, tap below and more people fit.", time=time)
            label = say.plain("{time} suits me", time=time)
            change = Button(label, Action("round.free_at", args | {"slot": remedy.detail}), Tone.MAIN)
        case RemedyKind.DRAFT_AGAIN:
            helps = say("Your answers are fine as they are.")
        case RemedyKind.MORE_ANSWERS:
            helps = say("A few more answers, such as skills, would help us find somebody.")
        case RemedyKind.MORE_MENTEES:
            helps = say("Do you know who wants to learn? They can type {word}.", word="/mentor join")
        case _:
            helps = say("Do you know a good mentor? They can type {word}.", word="/mentor join")
    return Message(
        summary=f"{flatten(opening)} {flatten(why)}",
        blocks=(
            Paragraph(opening),
            Paragraph(why),
            Paragraph(helps),
            Paragraph(then),
            Buttons((change, keep)),
        ),
    )


def _cause(one: Unmatched, say: Say) -> Words:
    limits = {limit for limit, _ in one.limits[:1]}
    match one.cause:
        case Cause.NO_PERMITTED if Limit.OFFICE in limits:
            return say("Few mentors can meet in person where you are.")
        case Cause.NO_PERMITTED if Limit.LANGUAGE in limits:
            return say("Few mentors speak a language that you named.")
        case Cause.NO_PERMITTED if Limit.ZONE in limits:
            return say("Few mentors work at the same hours as you.")
        case Cause.NO_PERMITTED if Limit.TIME in limits:
            return say("Few mentors are free when you are.")
        case Cause.NO_PERMITTED if Limit.MET in limits:
            return say("You have already met the mentors who would fit.")
        case Cause.NO_PERMITTED:
            return say("Nobody who fits is free right now.")
        case Cause.BELOW_MINIMUM:
            return say("Nobody fits your wishes well enough yet, and a poor match helps nobody.")
        case Cause.PLACES:
            return say("The mentors who fit have no place left this time.")
        case Cause.WHOLE:
            return say("This round looked for the pairs that fit best as a whole, and yours is not among them yet.")
        case Cause.OPEN:
            return say("Something changed after we had looked.")


def _goes_first(day: date | None, say: Say) -> Words:
    if day is None:
        return say("You keep your place and go first. I write when the next round has a date.")
    return say("The next round is on {day}. You keep your place and go first.", day=say.day(day))


def _next_round(day: date | None, say: Say) -> Words:
    if day is None:
        return say("You keep your place. I write when the next round has a date.")
    return say("You keep your place. The next round is on {day}.", day=say.day(day))


def _idle_cause(one: Idle, say: Say) -> Words:
    if one.cause is IdleCause.NO_PERMITTED and one.remedies[0].kind is RemedyKind.MEET_ONLINE:
        return say("Those who look for a mentor cannot meet you the way you asked.")
    wordings = {
        IdleCause.NO_PERMITTED: say("Nobody who looks for a mentor fits this time."),
        IdleCause.BELOW_MINIMUM: say("Those who look for a mentor want to learn other things."),
        IdleCause.TAKEN: say("All who would fit have a mentor now."),
        IdleCause.WHOLE: say(
            "This round looked for the pairs that fit best as a whole, and yours is not among them yet."
        ),
        IdleCause.OPEN: say("Something changed after we had looked."),
    }
    return wordings[one.cause]


def helped(participant: Participant, next_round: date | None, say: Say) -> Message:
    """The one change that would help was made."""
    told = say("Noted: your answer has changed, and more people fit now.")
    return _noted(told, participant, say, follows=_next_round(next_round, say))


def kept(participant: Participant, next_round: date | None, say: Say) -> Message:
    """Nothing was changed."""
    return _noted(say("Your answers stay as they are."), participant, say, follows=_next_round(next_round, say))


def changed_meanwhile(participant: Participant, say: Say) -> Message:
    """The change was made when nobody was looked for any more: somebody was found, or the programme is over."""
    return _noted(say("Noted: your answer has changed. Nothing else has."), participant, say)


def kept_meanwhile(participant: Participant, say: Say) -> Message:
    """Nothing was changed, and nobody is looked for any more."""
    return _noted(say("Your answers stay as they are."), participant, say)


def _noted(told: Words, participant: Participant, say: Say, *, follows: Words = ()) -> Message:
    """One calm line, with the way to other answers, and what follows."""
    change = Button(say.plain("Change my answers"), Action("joining.review", {"cohort": participant.cohort}))
    blocks = (Paragraph(told), Buttons((change,)))
    return Message(summary=flatten(told), blocks=(*blocks, Note(follows)) if follows else blocks)
