"""What each expects at the beginning and takes along at the end: written alone, shown when both have sent."""

from collections.abc import Mapping, Sequence

from flows.activities.activity import Activity
from flows.activities.ratings import Row
from flows.activities.review import EXPECTATIONS, LONGEST, LONGEST_ABOUT, REVIEW, Often
from flows.activities.writing import Writing
from flows.people import Role
from flows.voice import ratings, spotlights
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    ChoiceField,
    Form,
    Heading,
    Message,
    Option,
    Paragraph,
    Plain,
    Quote,
    TextField,
    Tone,
)
from flows.voice.say import Say
from flows.voice.writing import about, calm, head, notes_button, opener


def review_form(
    match: str,
    number: int,
    activity: Activity,
    role: Role,
    wins: Sequence[Writing],
    mine: Mapping[str, str],
    partner: str,
    say: Say,
) -> Message:
    """Next steps of the mentee, or what the mentor gained; the log of wins stands above."""
    label = say.plain("My next steps") if role is Role.MENTEE else say.plain("What I gained")
    hint = say.plain("{partner} sees it, once both sent.", partner=partner)
    text = TextField("text", label, hint=hint, value=mine.get("text", ""), limit=LONGEST, long=True)
    send = Button(say.plain("Send it"), Action("review.send", about(match, number, REVIEW)), Tone.MAIN)
    log: tuple[Block, ...] = (Paragraph(say("**Log of wins**")), spotlights.log(wins)) if wins else ()
    return Message(say.plain("Look back together."), (*head(activity, role, say), *log, Form((text,), send)))


def expectations_form(
    match: str, activity: Activity, role: Role, mine: Mapping[str, str], partner: str, say: Say
) -> Message:
    """How often, and about what."""
    hint = say.plain("{partner} sees it, once both sent.", partner=partner)
    options = tuple(Option(one.value, how_often(one, say)) for one in Often)
    often = ChoiceField("often", say.plain("How often?"), options, chosen=mine.get("often", ""))
    topics = TextField("about", say.plain("About what?"), hint=hint, value=mine.get("about", ""), limit=LONGEST_ABOUT)
    send = Button(say.plain("Send it"), Action("expectations.send", about(match, 0, EXPECTATIONS)), Tone.MAIN)
    return Message(say.plain("Say what you expect."), (*head(activity, role, say), Form((often, topics), send)))


def how_often(often: Often, say: Say) -> str:
    """The wording of a rhythm."""
    match often:
        case Often.WEEKLY:
            return say.plain("Every week")
        case Often.FORTNIGHTLY:
            return say.plain("Every two weeks")
        case Often.THREE_WEEKS:
            return say.plain("Every three weeks")
        case Often.MONTHLY:
            return say.plain("Once a month")
        case Often.OPEN:
            return say.plain("As it comes")


def waiting(match: str, number: int, kind: str, partner: str, say: Say) -> Message:
    """The first has sent."""
    line = say("What you take along is kept.") if kind == REVIEW else say("What you expect is kept.")
    note = say("As soon as {partner} has sent theirs, you both see both.", partner=partner)
    return calm(line, (opener(say.plain("Change mine"), match, number, kind),), note=note)


def both(match: str, number: int, kind: str, partner: str, say: Say) -> Message:
    """Both have sent."""
    line = (
        say("You and {partner} have both looked back.", partner=partner)
        if kind == REVIEW
        else say("You and {partner} have both said what you expect.", partner=partner)
    )
    return calm(line, (opener(say.plain("Read both"), match, number, kind), notes_button(match, say)))


def review_page(
    match: str,
    activity: Activity,
    reviews: Sequence[tuple[str, Writing]],
    wins: Sequence[Writing],
    rows: Sequence[Row],
    names: Mapping[str, str],
    say: Say,
) -> Message:
    """Both reviews with the skills and the wins of these weeks; `reviews` are (name, "" for the reader, piece)."""
    blocks: list[Block] = [Heading(say.text(activity.title))]
    for name, piece in reviews:
        blocks += review(name, piece, say)
    if rows:
        blocks += [Paragraph(say("**Five skills**")), ratings.table(rows, names, say)]
    if wins:
        blocks += [Paragraph(say("**Log of wins**")), spotlights.log(wins)]
    return Message(say.plain("What you both take along"), (*blocks, Buttons((notes_button(match, say),))))


def review(name: str, piece: Writing, say: Say) -> tuple[Block, ...]:
    """One side's words."""
    whose = say("**{name}** takes this along:", name=name) if name else say("**You** take this along:")
    return (Paragraph(whose), Quote((Plain(piece.words["text"]),)))


def expectations_page(match: str, activity: Activity, both_sides: Sequence[tuple[str, Writing]], say: Say) -> Message:
    """Both sides' expectations."""
    blocks: list[Block] = [Heading(say.text(activity.title))]
    for name, piece in both_sides:
        blocks += expectation(name, piece, say)
    return Message(say.plain("What you both expect"), (*blocks, Buttons((notes_button(match, say),))))


def expectation(name: str, piece: Writing, say: Say) -> tuple[Block, ...]:
    """One side's expectations."""
    often = how_often(Often(piece.words["often"]), say)
    whose = (
        say("**{name}** would like to talk so often: {often}.", name=name, often=often)
        if name
        else say("**You** would like to talk so often: {often}.", often=often)
    )
    return (Paragraph(whose), Quote((Plain(piece.words["about"]),)))
