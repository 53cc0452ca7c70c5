"""What is said to those for whom nobody was found yet: the reason, what would help, and when."""

from datetime import date

from flows.matching.remedies import Cause, Idle, IdleCause, Remedy, RemedyKind, Unmatched
from flows.matching.rules import Limit
from flows.people import Participant
from flows.voice.coordinating import line
from flows.voice.message import Action, Button, Buttons, Message, Paragraph, Tone, Words
from flows.voice.say import Say, flatten


def nobody_yet(one: Unmatched, participant: Participant, next_round: date | None, language: str, say: Say) -> Message:
    """To a mentee for whom no mentor was found: reason, remedy, date; no numbers of people, no rank, no score.

    `language` is the label of the language that a SPEAK remedy names.
    """
    opening = say("**We have not found your mentor yet.**")
    return _left(opening, _cause(one, say), one.remedies[0], participant, next_round, language, say)


def no_mentee_yet(one: Idle, participant: Participant, next_round: date | None, language: str, say: Say) -> Message:
    """To a mentor with a free place who was given nobody."""
    opening = say("**Nobody needs your place as a mentor yet.**")
    return _left(opening, _idle_cause(one, say), one.remedies[0], participant, next_round, language, say)


def _left(
    opening: Words,
    why: Words,
    remedy: Remedy,
    participant: Participant,
    next_round: date | None,
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
            Paragraph(_next_round(next_round, say)),
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
        case Cause.OPEN:
            return say("A mentor became free too late for this round.")


def _next_round(day: date | None, say: Say) -> Words:
    if day is None:
        return say("I write when the next round has a date, and you go first.")
    return say("The next round is on {day}, and you go first.", day=say.day(day))


def _idle_cause(one: Idle, say: Say) -> Words:
    wordings = {
        IdleCause.NO_PERMITTED: say("Those who look for a mentor cannot meet you the way you asked."),
        IdleCause.BELOW_MINIMUM: say("Those who look for a mentor want to learn other things."),
        IdleCause.TAKEN: say("All who would fit have a mentor now."),
        IdleCause.OPEN: say("Somebody came too late for this round."),
    }
    return wordings[one.cause]


def helped(next_round: date | None, say: Say) -> Message:
    """The one change that would help was made."""
    return line(say("Noted: your answer has changed."), note=_next_round(next_round, say))


def kept(next_round: date | None, say: Say) -> Message:
    """Nothing was changed."""
    return line(say("Kept as it is."), note=_next_round(next_round, say))
