"""The letter to oneself: its form, what stands of it, and the letter on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.activities.activity import Activity
from flows.activities.letter import MOST, Opens
from flows.activities.writing import Writing
from flows.people import Role
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    ChoiceField,
    ChoicesField,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Option,
    Paragraph,
    Plain,
    Quote,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten
from flows.voice.writing import short

SHARE = "yes"


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter as it is read: whose ("" is the reader's own), of which day, with which words."""

    author: str
    written_on: date
    text: str


def form(
    match: str,
    partner: str,
    activity: Activity,
    role: Role,
    offered: Sequence[Opens],
    *,
    draft: Mapping[str, str],
    anew: bool,
    say: Say,
) -> Message:
    """The dialog in which a letter is written; `draft` holds what was begun, `anew` when one is sealed already."""
    args = {"match": match}
    text = TextField(
        "text",
        say.plain("Your letter"),
        hint=say.plain("Only you can read this."),
        value=draft.get("text", "")[:MOST],
        limit=MOST,
        long=True,
    )
    opens = ChoiceField(
        "opens",
        say.plain("When shall it open?"),
        tuple(Option(one.value, _when(one, say)) for one in offered),
        chosen=next((one for one in offered if one == draft.get("opens")), offered[0]),
    )
    shared = ChoicesField(
        "shared",
        say.plain("May {partner} read it too, once it is open?", partner=partner),
        (Option(SHARE, say.plain("Yes, if we both agree"), say.plain("Both of you tick this, or nobody reads it.")),),
        chosen=(SHARE,) if draft.get("shared") else (),
        optional=True,
    )
    seal = Button(say.plain("Seal my letter"), Action("letter.seal", args), Tone.MAIN)
    keep = Button(say.plain("Keep as a draft"), Action("letter.draft", args))
    elsewhere = Button(say.plain("I keep it elsewhere"), Action("letter.elsewhere", args))
    point = Paragraph((Plain(say.text(activity.texts[role])),))
    if anew:
        note = say("The letter that is sealed stays until you seal this one. Then this one takes its place.")
    else:
        note = say("It stays sealed until its day, also when your match has ended. Nothing here is required.")
    fields = Form((text, opens, shared), seal, () if anew else (elsewhere,), keeps=(keep,))
    return Message(
        say.plain("Write a letter to yourself."), (Heading(_title(activity, say)), point, Note(note), fields)
    )


def _title(activity: Activity, say: Say) -> str:
    return say.text(activity.title)


def _when(opens: Opens, say: Say) -> str:
    match opens:
        case Opens.LAST_TALK:
            return say.plain("At our last conversation")
        case Opens.ONE_YEAR:
            return say.plain("In one year")
        case Opens.THREE_YEARS:
            return say.plain("In three years")
        case Opens.FIVE_YEARS:
            return say.plain("In five years")


def errors(key: str, say: Say) -> dict[str, str]:
    """What would fit, for each field, by the key of the refusal."""
    if key == "letter.when":
        return {"opens": say.plain("Pick the day on which it opens, for example in one year.")}
    if key == "letter.long":
        return {"text": say.plain("A letter here has {most} characters at most.", most=f"{MOST:,}")}
    return {"text": say.plain("One line is enough, such as: I want to remember why I began.")}


def sealed(match: str, opens_on: date | None, *, shared: bool, partner: str, say: Say) -> Message:
    """The calm line of a letter that waits for its day."""
    line = standing(opens_on, say)
    note = (
        say("{partner} may read it from that day on if you have both agreed.", partner=partner)
        if shared
        else say("Only you will read it.")
    )
    anew = Button(say.plain("Write it anew"), Action("letter.anew", {"match": match}))
    return Message(flatten(line), (Heading(say.plain("Your letter")), Paragraph(line), Note(note), Buttons((anew,))))


def standing(opens_on: date | None, say: Say) -> Words:
    """That a letter is sealed, and until when."""
    if opens_on is None:
        return say("Your letter is **sealed**. It opens after your last conversation.")
    return say("Your letter is **sealed**. It opens on {day}.", day=long_day(opens_on, say))


def long_day(day: date, say: Say) -> str:
    """A day with its year: letters outlive the year in which they are written."""
    return say.plain("{day} {year}", day=say.day(day), year=str(day.year))


def draft_kept(match: str, say: Say) -> Message:
    """The page after a draft was kept."""
    line = say("Your draft is **kept**. Only you can read it.")
    again = Button(say.plain("Go on writing"), Action("letter.anew", {"match": match}))
    note = Note(say("/mentor letter brings it back at any time."))
    return Message(flatten(line), (Heading(say.plain("Your letter")), Paragraph(line), note, Buttons((again,))))


def elsewhere(match: str, say: Say) -> Message:
    """The page of somebody who keeps their letter elsewhere."""
    line = say("Noted: you keep your letter **elsewhere**. Nobody is told more than that.")
    write = Button(say.plain("Write one here after all"), Action("letter.anew", {"match": match}))
    return Message(flatten(line), (Heading(say.plain("Your letter")), Paragraph(line), Buttons((write,))))


def ready(letter: Writing, written_on: date, say: Say) -> Message:
    """The day has come."""
    line = say("Your letter of **{day}** is ready.", day=long_day(written_on, say))
    args = {"match": letter.match}
    buttons = (
        Button(say.plain("Open it"), Action("letter.read", args), Tone.MAIN),
        Button(say.plain("Not now"), Action("letter.later", args)),
    )
    more = say("You wrote it to yourself. It stays here for you and opens whenever you like.")
    return Message(flatten(line), (Paragraph(line), Paragraph(more), Buttons(buttons)))


def later(match: str, say: Say) -> Message:
    """The calm line of a letter that was left closed."""
    line = say("Your letter waits for you. /mentor letter opens it whenever you like.")
    opening = Button(say.plain("Open it"), Action("letter.read", {"match": match}))
    return Message(flatten(line), (Paragraph(line), Buttons((opening,))))


def read(letters: Sequence[Opened], say: Say) -> Message:
    """The dialog in which letters are read, the reader's own first."""
    blocks: list[Block] = [Heading(say.plain("Your letter"))]
    for one in letters:
        day = long_day(one.written_on, say)
        head = (
            say("**{name}** wrote this on {day}.", name=one.author, day=day)
            if one.author
            else say("You wrote this on {day}.", day=day)
        )
        blocks += [Paragraph(head), Quote((Plain(one.text),))]
    return Message(say.plain("Your letter is open."), tuple(blocks))


def opening(match: str, say: Say) -> tuple[Block, ...]:
    """The line by which an open letter is read again."""
    return (Line(say("Your letter is open."), Button(say.plain("Read it"), Action("letter.read", {"match": match}))),)


def which(matches: Sequence[tuple[str, str]], say: Say) -> Message:
    """Several matches: of which is the letter? `matches` are (id, partner)."""
    lines = tuple(
        Line(
            say("From your time with **{partner}**", partner=partner),
            Button(
                say.plain("The letter beside {partner}", partner=short(partner)),
                Action("activity.open", {"match": match, "number": "0", "kind": "letter"}),
            ),
        )
        for match, partner in matches
    )
    return Message(say.plain("Which letter do you mean?"), (Paragraph(say("Which letter do you mean?")), *lines))
