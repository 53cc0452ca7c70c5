"""Help, and what is said to a word that nobody knows."""

from collections.abc import Sequence

from flows.voice.calm import line
from flows.voice.message import Facts, Heading, Message, Note, Paragraph, Words
from flows.voice.say import Say, flatten


def commands(command: str, words: Sequence[tuple[str, str]], say: Say, *, note: Words = ()) -> Message:
    """The words that the reader may use, each with what it does; `words` are (usage, English sentence) pairs, `note`
    is a quiet line below."""
    opening = say("Type a word after {command}. Only you see the answers.", command=f"/{command}")
    return Message(
        summary=flatten(opening) + " " + say.listing([usage for usage, _ in words]),
        blocks=(
            Heading(say.plain("What you can do here")),
            Paragraph(opening),
            Facts(tuple((usage, say(sentence)) for usage, sentence in words)),
            *((Note(note),) if note else ()),
        ),
    )


def unknown(command: str, typed: str, nearest: str, say: Say) -> Message:
    """Nobody knows this word; the nearest one, or where the list is. `typed` is cut to 40 characters."""
    typed = typed if len(typed) <= 40 else typed[:40] + "…"
    if nearest:
        words = say("I do not know “{typed}”. Did you mean {word}?", typed=typed, word=f"/{command} {nearest}")
    else:
        words = say("I do not know “{typed}”. {word} lists what I can do.", typed=typed, word=f"/{command} help")
    return Message(
        summary=flatten(words), blocks=(Paragraph(words), Note(say("Nothing has changed. Only you see this.")))
    )


def of_one(command: str, first: str, words: Sequence[tuple[str, str]], say: Say) -> Message:
    """A word that says only half: all that begin with it, each with what it does."""
    opening = say("{word} wants one more word behind it.", word=f"/{command} {first}")
    return Message(
        summary=flatten(opening) + " " + say.listing([usage for usage, _ in words]),
        blocks=(
            Paragraph(opening),
            Facts(tuple((usage, say(sentence)) for usage, sentence in words)),
            Note(say("Nothing has changed. Only you see this.")),
        ),
    )


def of_numbers(numbers: Sequence[str], say: Say) -> Message:
    """The number of a pair, or of two, behind `match` alone: what may be meant by it."""
    if len(numbers) == 1:
        told = say(
            "I read pair {one}, but not what to do with it. {why} says why it is a pair, {lock} keeps it.",
            one=numbers[0],
            why=f"/mentor-admin match why {numbers[0]}",
            lock=f"/mentor-admin match lock {numbers[0]}",
        )
    else:
        told = say(
            "I read pairs {one} and {other}, but not what to do with them. {swap} says what an exchange of their "
            "mentors costs. Why two people are no pair is asked with names: {why}.",
            one=numbers[0],
            other=numbers[1],
            swap=f"/mentor-admin match swap {numbers[0]} {numbers[1]}",
            why="/mentor-admin match why Ines Duarte, Mira Okafor",
        )
    return line(told, note=say("Nothing has changed. Only you see this."))


def of_people(names: Sequence[str], say: Say) -> Message:
    """One person, or two, behind `match` alone: what may be meant by it."""
    if len(names) == 1:
        told = say(
            "I read {name}, but not what to do. {why} says what a pair would cost, with a second name in the place of "
            "PERSON. {hold} leaves {name} out of drafts.",
            name=names[0],
            why=f"/mentor-admin match why {names[0]}, PERSON",
            hold=f"/mentor-admin match hold {names[0]}",
        )
    else:
        told = say(
            "I read {one} and {other}, but not what to do. {why} says why they are a pair or not, {lock} keeps them "
            "together, {forbid} keeps them apart.",
            one=names[0],
            other=names[1],
            why=f"/mentor-admin match why {names[0]}, {names[1]}",
            lock=f"/mentor-admin match lock {names[0]}, {names[1]}",
            forbid=f"/mentor-admin match forbid {names[0]}, {names[1]}",
        )
    return line(told, note=say("Nothing has changed. Only you see this."))


def coordinators_only(say: Say) -> Message:
    """A stranger typed the coordinators' command."""
    words = say(
        "This command is for the people who run mentoring here. Yours is {word}; "
        "ask a coordinator if you should have both.",
        word="/mentor help",
    )
    return Message(summary=flatten(words), blocks=(Paragraph(words),))
