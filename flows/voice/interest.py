"""Asking a company whether it would like mentoring: two taps without a name, and what they came to."""

from collections.abc import Mapping, Sequence

from flows.channels import Channel
from flows.interest import Result, Stance, Survey
from flows.voice.calm import line
from flows.voice.invitations import MOST_CHANNELS, place
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    ChannelField,
    ChoiceField,
    Facts,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    Plain,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten

MOST_TOPICS = 8


def ask(survey: str, say: Say, *, in_channel: bool = False) -> Message:
    """The question, for one person or for a whole channel; the choice rides on the button and nowhere else."""
    opening = say("**Would mentoring help you, or could you help somebody?**")
    args = {"survey": survey} | ({"channel": "1"} if in_channel else {})

    def button(label: str, stance: Stance) -> Button:
        return Button(label, Action("interest.answer", {**args, "stance": stance}))

    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(say("We want to know it before we start anything. Two taps, no name.")),
            Buttons(
                (
                    button(say.plain("I would be a mentor"), Stance.MENTOR),
                    button(say.plain("I would like a mentor"), Stance.MENTEE),
                    button(say.plain("Not now"), Stance.NOT_NOW),
                )
            ),
            Note(say("Only how often each answer was given is kept. Nobody sees yours.")),
        ),
    )


def topic(survey: str, skills: Mapping[str, str], say: Say) -> Message:
    """The second tap, without the first."""
    args = {"survey": survey}
    label = say.plain("What should it be about?")
    options = tuple(Option(value, shown) for value, shown in skills.items())
    return Message(
        summary=label,
        blocks=(
            Form(
                (ChoiceField("topic", label, options),),
                Button(say.plain("Count it"), Action("interest.topic", args), Tone.MAIN),
                (Button(say.plain("Leave it out"), Action("interest.enough", args)),),
            ),
            Note(say("Only how often each topic was chosen is kept. Nobody sees yours.")),
        ),
    )


def counted(say: Say) -> Message:
    """After the last tap: without the choice."""
    return line(say("Thank you, counted. What was chosen is not kept beside your name."))


def counted_before(say: Say) -> Message:
    """A second answer."""
    return line(say("You have answered this already, and each of us counts once. Nothing was counted twice."))


def choose_one(say: Say) -> Message:
    """No topic was chosen."""
    return line(say("Choose a topic in the list, then press once more. Or leave it out."))


def where(channels: Sequence[Channel], people: int, say: Say, *, lists: bool, unknown: str = "") -> Message:
    """Whom to ask: a channel, or everybody whom the bot knows. `lists`: the platform lists its channels itself."""
    opening = say("Who would mentor, who would like a mentor, and in what? Nobody's answer is kept beside their name.")
    options = tuple(Option(one.id, place(one, say)) for one in channels[:MOST_CHANNELS])
    chosen = options[0].value if len(options) == 1 else ""
    blocks: list[Block] = [Paragraph(opening)]
    if unknown:
        blocks.append(Paragraph(say("I am in no channel called “{typed}”.", typed=unknown)))
    if options or lists:
        field = ChannelField("channel", say.plain("Channel"), options, chosen=chosen)
        blocks.append(Form((field,), Button(say.plain("Ask in this channel"), Action("interest.choose"), Tone.MAIN)))
    if people:
        words = say.plain_many(people, "Ask the {n} person whom I know", "Ask the {n} people whom I know")
        blocks.append(Buttons((Button(words, Action("interest.people")),)))
    if not (options or lists or people):
        blocks.append(Paragraph(say("I am in no channel and know nobody yet. Add me to a team or a channel first.")))
    blocks.append(Note(say("Nothing is sent yet. You see it first.")))
    return Message(summary=flatten(opening), blocks=tuple(blocks))


def would_ask(people: int, say: Say) -> Words:
    """The first line of the dry run; 0 people is a channel."""
    if not people:
        return say("This asks everybody in the channel that you chose, with one message.")
    return say.many(
        people,
        "This asks {n} person, in their working hours.",
        "This asks {n} people, in their working hours.",
    )


def left_out(people: int, say: Say) -> Words:
    """Who is known and cannot be asked."""
    return say.many(
        people,
        "{n} more cannot be written to, or has a closed account.",
        "{n} more cannot be written to, or have a closed account.",
    )


def asked(survey: Survey, say: Say) -> Message:
    """It is on its way."""
    return line(
        say("The question is on its way. Answers count until {day}.", day=say.moment(survey.closes_at)),
        note=say("{command} shows what it came to.", command="/mentor-admin interest"),
    )


def under_way(survey: Survey, say: Say, *, enough: bool) -> Message:
    """While answers are taken nothing of them is told; `enough`: at least five have answered."""
    args = {"survey": survey.id}
    opening = say("People are being asked until {day}.", day=say.moment(survey.closes_at))
    if enough:
        rest = say("At least five have answered. What they said is told once it is closed, and then for good.")
    else:
        rest = say("Fewer than five have answered so far, and of so few nothing is told.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(rest),
            Buttons(
                (
                    Button(say.plain("Ask somewhere else too"), Action("interest.more")),
                    Button(say.plain("Close it and show me"), Action("interest.close", args), Tone.GRAVE),
                )
            ),
        ),
    )


def came_to(found: Result | None, skills: Mapping[str, str], say: Say) -> Message:
    """What a closed one came to, and the next act."""
    ways = Buttons(
        (
            Button(say.plain("Describe a programme"), Action("programme.new"), Tone.MAIN),
            Button(say.plain("Ask again"), Action("interest.more")),
        )
    )
    if found is None:
        told = say("Fewer than five have answered, and of so few nothing is told.")
        return Message(summary=flatten(told), blocks=(Paragraph(told), ways))
    opening = say.many(found.people, "{n} person has answered.", "{n} people have answered.")
    names = {
        Stance.MENTOR: say.plain("Would mentor"),
        Stance.MENTEE: say.plain("Would like a mentor"),
        Stance.NOT_NOW: say.plain("Not now"),
    }
    rows: list[tuple[str, Words]] = [
        (names[stance], (Plain(str(found.stances[stance])),) if stance in found.stances else say("not shown"))
        for stance in Stance
    ]
    topics = [(skills.get(name, name), (Plain(str(count)),)) for name, count in found.topics[:MOST_TOPICS]]
    about = (Paragraph(say("What it should be about, the most wanted first:")), Facts(tuple(topics)))
    return Message(
        summary=flatten(opening) + " " + "; ".join(f"{name}: {flatten(words)}" for name, words in rows),
        blocks=(
            Heading(say.plain("Interest in mentoring")),
            Paragraph(opening),
            Facts(tuple(rows)),
            *(about if topics else ()),
            Note(say("What would speak of fewer than five people is not shown. Nobody can say who answered what.")),
            ways,
        ),
    )
