"""Where a pair talks: the chat that they share, links to one, or words that the bot carries over."""

from flows.people import Person
from flows.space import Between, Card, Way
from flows.voice.calm import line
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Quote,
    Sealed,
    TextField,
    Tone,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten
from flows.voice.writing import short

LONGEST = 1_500
"""Characters that are carried over at once."""


def shared(mentor: Person, mentee: Person, say: Say) -> Message:
    """The first lines of the shared conversation."""
    return Message(
        summary=say.plain("This chat is yours: I cannot read what you write here."),
        blocks=(
            Paragraph(say("**I cannot read what you write here.** This chat is yours.")),
            Paragraph(
                say(
                    "{mentee} and {mentor}, you are matched. A good first line says when you have half an hour.",
                    mentee=mention(mentee),
                    mentor=mention(mentor),
                )
            ),
        ),
    )


def meeting_subject(reader: Person, partner: Person, say: Say) -> str:
    """What stands above a meeting that one of them proposes."""
    return say.plain("Mentoring: {one} and {other}", one=reader.first_name, other=partner.first_name)


def space(partner: Person, between: Between, say: Say) -> tuple[Block, ...]:
    """What an introduction says of where they talk: nothing where a chat that they share says it."""
    match between.way:
        case Way.SHARED:
            return ()
        case Way.LINKS:
            ways = _links(partner, between, say)
            return (Paragraph(ways),) if ways else ()
        case Way.RELAY:
            return (Facts(_rows(between.card, say)),)


def _links(partner: Person, between: Between, say: Say) -> Words:
    if between.links is None:
        return ()
    return say(
        "{chat} · {meeting}",
        chat=Link(say.plain("Chat with {name}", name=partner.first_name), between.links.chat),
        meeting=Link(say.plain("Propose a meeting"), between.links.meeting),
    )


def _rows(card: Card, say: Say) -> tuple[tuple[str, Words], ...]:
    """What both see of their match."""
    talk = say("{moment}", moment=say.when(card.talk_at)) if card.talk_at else say("No date yet")
    organiser = say("{name}", name=card.organiser) if card.organiser else say("You")
    rows = [(say.plain("Next talk"), talk), (say.plain("Finds the date"), organiser)]
    if card.steps_open or card.steps_done:
        steps = say("{open} open, {done} done", open=str(card.steps_open), done=str(card.steps_done))
        rows.append((say.plain("Next steps"), steps))
    if card.email:
        # The address is what is read, too: not every client opens an e-mail at a press.
        rows.append((say.plain("E-mail"), (Link(card.email, card.mail),)))
    return tuple(rows)


def hello(partner: Person, between: Between, say: Say) -> Message:
    """How to begin, after `Say hello`."""
    works = say("A line that works: “Hello {name}, shall we find half an hour this week?”", name=partner.first_name)
    match between.way:
        case Way.SHARED:
            words = say("Write to {partner} in the chat that you share: it is open now.", partner=mention(partner))
        case Way.LINKS:
            ways = _links(partner, between, say)
            if ways:
                opening = say("Write to {name} in a chat of your own.", name=partner.first_name)
                return Message(flatten(opening), (Paragraph(opening), Paragraph(ways), Note(works)))
            words = say("Search for {partner} in this app, and write there.", partner=mention(partner))
        case Way.RELAY:
            words = say("Write to {name} with the button above. I carry it over.", name=partner.first_name)
    return line(words, note=works)


def write_button(match: str, partner: Person, say: Say, tone: Tone = Tone.PLAIN) -> Button:
    """Opens the form whose words are carried over."""
    return Button(
        say.plain("Write to {name}", name=short(partner.first_name)), Action("relay.write", {"match": match}), tone
    )


def write(match: str, partner: Person, say: Say) -> Message:
    """The form for a few lines to a partner elsewhere."""
    name = partner.first_name
    words = TextField(
        "words",
        say.plain("Your words"),
        hint=say.plain("Only {name} sees this.", name=name),
        limit=LONGEST,
        long=True,
    )
    send = Button(say.plain("Send it"), Action("relay.send", {"match": match}), Tone.MAIN)
    return Message(
        summary=say.plain("Write to {name}.", name=name),
        blocks=(
            Heading(say.plain("A few lines")),
            Paragraph(
                say(
                    "{name} reads it once their working hours begin. Until then it is sealed, then I delete it. "
                    "Their chat keeps it.",
                    name=name,
                )
            ),
            Form((words,), send),
        ),
    )


def unfit(problem: str, partner: Person, say: Say) -> str:
    """A friendly line for words that cannot go."""
    match problem:
        case "long":
            return say.plain("That is more than fits here. {most} letters are the most.", most=str(LONGEST))
        case "out_of_reach":
            return say.plain("I cannot reach {name} at the moment. Nothing was sent.", name=partner.first_name)
        case "many":
            return say.plain("{name} has not read your last lines yet. More fits then.", name=partner.first_name)
        case _:
            return say.plain("A few words are enough here.")


def on_its_way(partner: Person, say: Say) -> Message:
    """The words were taken."""
    return line(
        say("Your words are on their way to {name}.", name=partner.first_name),
        note=say("They arrive in the working hours of {name}. I keep no copy after that.", name=partner.first_name),
    )


def carried(match: str, writer: Person, words: Sealed | Quote, say: Say) -> Message:
    """What a partner wrote."""
    opening = say("**{name}** has written to you.", name=writer.name)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            words,
            Note(say("I carried this over and keep no copy. Only you two see it.")),
            Buttons(
                (
                    write_button(match, writer, say, Tone.MAIN),
                    Button(say.plain("About {name}", name=writer.first_name), Action("match.about", {"match": match})),
                )
            ),
        ),
    )
