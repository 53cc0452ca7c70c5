"""Opening a programme, and the invitation with which everybody hears of it."""

from collections.abc import Mapping, Sequence

from flows.channels import Channel
from flows.formats import Format
from flows.frame import Figure
from flows.programme import Cohort, Programme
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    ChannelField,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    Tone,
    Words,
)
from flows.voice.programmes import missing
from flows.voice.say import Say, flatten


def cannot_open(programme: Programme, say: Say) -> Message:
    """What is missing before the programme may open, each with its reason."""
    gaps = programme.design.missing()
    opening = say.many(
        len(gaps),
        "{name} cannot open yet: {n} thing is missing.",
        "{name} cannot open yet: {n} things are missing.",
        name=programme.name,
    )
    edit = Button(say.plain("Fill in"), Action("programme.edit", {"programme": programme.id}), Tone.MAIN)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Bullets(tuple(missing(gap, say) for gap in gaps)),
            Note(say("Nothing has been posted.")),
            Buttons((edit,)),
        ),
    )


MOST_CHANNELS = 50
"""In one list: more do not fit into a message of the strictest platform."""


def place(channel: Channel, say: Say) -> str:
    """A channel, with the team to which it belongs."""
    name = channel.name or first_channel(say)
    return say.plain("{team} › {channel}", team=channel.group_name, channel=name) if channel.group_name else name


def first_channel(say: Say) -> str:
    """The channel that every team has."""
    return say.plain("General")


def which_channel(
    cohort: Cohort, channels: Sequence[Channel], say: Say, *, unknown: str = "", chosen: str = ""
) -> Message:
    """Where the invitation shall stand: a list of channels, and the other way. `unknown` is what was typed and is none
    of them."""
    if unknown:
        opening = say("I am in no channel called “{typed}”. Where shall the invitation stand?", typed=unknown)
    else:
        opening = say("Where shall the invitation to **{name}** stand?", name=cohort.name)
    options = tuple(Option(one.id, place(one, say)) for one in channels[:MOST_CHANNELS])
    left_out = len(channels) - len(options)
    more = say.many(
        left_out,
        "{n} more is not in the list. Type its name behind the command: {command}.",
        "{n} more are not in the list. Type the name behind the command: {command}.",
        command=f"/mentor-admin open {cohort.name} #general",
    )
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Form(
                (ChannelField("channel", say.plain("Channel"), options, chosen=chosen),),
                Button(say.plain("See the invitation"), Action("open.choose", {"cohort": cohort.id}), Tone.MAIN),
            ),
            *((Note(more),) if left_out else ()),
            Note(say("Nothing is posted yet. You see it first.")),
        ),
    )


def would_open(cohort: Cohort, words: int, place: str, say: Say) -> Words:
    """The first line of the dry run of `open`; `place` is the channel, "" where it is known by its id alone."""
    if place:
        return say.many(
            words,
            "This opens **{name}** and posts one invitation of {n} word in {place}.",
            "This opens **{name}** and posts one invitation of {n} words in {place}.",
            name=cohort.name,
            place=place,
        )
    return say.many(
        words,
        "This opens **{name}** and posts one invitation of {n} word in the channel that you named.",
        "This opens **{name}** and posts one invitation of {n} words in the channel that you named.",
        name=cohort.name,
    )


def invitation(cohort: Cohort, figure: Figure | None, say: Say) -> Message:
    """What stands in a channel for everybody: what it is, what it costs, one button to join."""
    opening, summary = _starts(cohort, say)
    return Message(
        summary=summary,
        blocks=(
            Paragraph(opening),
            *(Paragraph(words) for words in _what_it_is(cohort, say)),
            *((Note(evidence(figure, say)),) if figure else ()),
            Buttons(
                (
                    Button(say.plain("Join"), Action("joining.join", {"cohort": cohort.id}), Tone.MAIN),
                    Button(say.plain("What is this?"), Action("programme.what", {"cohort": cohort.id})),
                )
            ),
        ),
    )


def _starts(cohort: Cohort, say: Say) -> tuple[Words, str]:
    """The first line of an invitation, and the same with the programme's name for a notification."""
    day, name = say.day(cohort.starts_on), cohort.name
    match cohort.format:
        case Format.COFFEE:
            opening = say("**Coffee with colleagues starts on {day}.**", day=day)
            return opening, say.plain("Coffee with colleagues starts on {day}: {name}.", day=day, name=name)
        case Format.PEER:
            opening = say("**Peer mentoring starts on {day}.**", day=day)
            return opening, say.plain("Peer mentoring starts on {day}: {name}.", day=day, name=name)
        case Format.CIRCLE:
            opening = say("**Circles of colleagues start on {day}.**", day=day)
            return opening, say.plain("Circles of colleagues start on {day}: {name}.", day=day, name=name)
        case Format.FLASH:
            opening = say("**Short talks with colleagues start on {day}.**", day=day)
            return opening, say.plain("Short talks with colleagues start on {day}: {name}.", day=day, name=name)
        case _:
            opening = say("**Mentoring starts on {day}.**", day=day)
            return opening, say.plain("Mentoring starts on {day}: {name}.", day=day, name=name)


def _what_it_is(cohort: Cohort, say: Say) -> tuple[Words, ...]:
    """What happens, and what it takes to join."""
    if cohort.format.guided:
        told = say(
            "Two people, four talks, {weeks} weeks. Say what you want to learn or share. "
            "You see why we chose your partner. It takes three minutes.",
            weeks=str(cohort.weeks),
        )
        return (told,)
    return in_short(cohort, say), say("You see whom we found for you, and why. To join takes three minutes.")


def in_short(cohort: Cohort, say: Say) -> Words:
    """A programme without a plan, in a sentence."""
    wordings: Mapping[Format, Words] = {
        Format.REVERSE: say("Somebody newer shows somebody senior how they see things."),
        Format.PEER: say("Two people at one level help each other."),
        Format.COFFEE: say("A coffee with somebody new, again and again."),
        Format.GROUP: say("One mentor and a small group that learns together."),
        Format.CIRCLE: say("A small circle of colleagues who help each other."),
        Format.TEAM: say("A small circle with mentors of its own."),
        Format.MOSAIC: say("A mentor for each thing that you want to learn."),
        Format.FUNCTIONAL: say("A mentor for something that you want to get done."),
        Format.FLASH: say("Short talks with several people at one event."),
    }
    return wordings[cohort.format]


def evidence(figure: Figure, say: Say) -> Words:
    """A figure with its source and year."""
    return say(
        "{says} ({source}, {year})", says=say.text(figure.says), source=say.text(figure.source), year=str(figure.year)
    )


def what_is_this(cohort: Cohort, purpose: str, figures: Sequence[Figure], say: Say) -> Message:
    """The long answer, for one reader: what happens, who sees what, why companies do it."""
    if cohort.format.guided:
        summary = say.plain("{name}: two people, four talks, {weeks} weeks.", name=cohort.name, weeks=str(cohort.weeks))
        then = say(
            "You two talk four times in {weeks} weeks. I remind you once a week at most.", weeks=str(cohort.weeks)
        )
    else:
        summary = say.plain("{name}: {what}", name=cohort.name, what=flatten(in_short(cohort, say)))
        then = say("I introduce you to each other with one next step. When you meet is up to you.")
    return Message(
        summary=summary,
        blocks=(
            Heading(cohort.name),
            *((Paragraph(say("What it is for: {purpose}.", purpose=say.text(purpose))),) if purpose else ()),
            Bullets(
                (
                    say("You answer a few questions here in chat. You can skip, change or stop at any time."),
                    say("A coordinator looks at who could go well together. Then you hear who it is, and why."),
                    then,
                    say("What you write for your partner stays between you. You can pause or leave without a reason."),
                )
            ),
            *((Bullets(tuple(evidence(figure, say) for figure in figures)),) if figures else ()),
            Buttons(
                (
                    Button(say.plain("Join"), Action("joining.join", {"cohort": cohort.id}), Tone.MAIN),
                    Button(say.plain("Not now"), Action("programme.not_now", {"cohort": cohort.id})),
                )
            ),
        ),
    )


def not_now(say: Say) -> Message:
    """The reader decided against it, for now."""
    words = say("All right. {command} works whenever you like.", command="/mentor join")
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def opened(cohort: Cohort, say: Say) -> Words:
    """The invitation is on its way."""
    return say("**{name}** is open, and the invitation is on its way to the channel.", name=cohort.name)
