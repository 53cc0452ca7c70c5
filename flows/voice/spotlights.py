"""The strength that a mentor saw, and the mentee's log of wins."""

from collections.abc import Sequence

from flows.activities.activity import Activity
from flows.activities.spotlight import KIND, LONGEST, LONGEST_WIN
from flows.activities.writing import Writing
from flows.people import Role
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    Form,
    Heading,
    Message,
    Paragraph,
    Plain,
    Quote,
    TextField,
    Tone,
)
from flows.voice.say import Say, flatten
from flows.voice.writing import about, calm, head, notes_button, opener


def form(match: str, number: int, activity: Activity, mentee: str, say: Say) -> Message:
    """The mentor's dialog."""
    hint = say.plain("{mentee} reads this, nobody else.", mentee=mentee)
    fields = (
        TextField("strength", say.plain("The strength"), hint=hint, limit=LONGEST["strength"]),
        TextField("evidence", say.plain("Where I saw it"), hint=hint, limit=LONGEST["evidence"], long=True),
        TextField(
            "chance",
            say.plain("A chance to use it"),
            hint=say.plain("Left empty it reads: not yet."),
            limit=LONGEST["chance"],
            optional=True,
        ),
    )
    send = Button(
        say.plain("Give it"),
        Action("spotlight.send", about(match, number, KIND)),
        Tone.MAIN,
    )
    return Message(
        say.plain("Write down a strength that you saw."), (*head(activity, Role.MENTOR, say), Form(fields, send))
    )


def kept(match: str, number: int, mentee: str, say: Say) -> Message:
    """The mentor's calm line."""
    line = say("The strength is written down. {mentee} hears of it in a good hour.", mentee=mentee)
    return calm(line, (opener(say.plain("See the strengths"), match, number, KIND), notes_button(match, say)))


def told(match: str, mentor: str, say: Say) -> Message:
    """To the mentee: there is something to read."""
    line = say("**{mentor}** has written down a strength of yours.", mentor=mentor)
    more = say("It says what {mentor} saw, and where. You can read it alone, when you like.", mentor=mentor)
    buttons = (
        Button(say.plain("Read it"), Action("spotlight.read", {"match": match}), Tone.MAIN),
        Button(say.plain("Not now"), Action("spotlight.later", {"match": match})),
    )
    return Message(flatten(line), (Paragraph(line), Paragraph(more), Buttons(buttons)))


def later(match: str, say: Say) -> Message:
    """The calm line of a card that was left for later."""
    line = say("It waits for you. /mentor spotlight opens it whenever you like.")
    return calm(line, (Button(say.plain("Read it"), Action("spotlight.read", {"match": match})),))


def page(
    match: str,
    number: int,
    role: Role,
    strengths: Sequence[Writing],
    wins: Sequence[Writing],
    *,
    mentor: str,
    may_write: bool,
    say: Say,
) -> Message:
    """The dialog with the strengths, the newest first, and the log of wins."""
    blocks: list[Block] = [Heading(say.plain("Strengths and wins"))]
    if not strengths:
        blocks.append(Paragraph(say("No strength is written down yet. Wins can begin without one.")))
    for piece in reversed(strengths):
        blocks += strength(piece, mentor, role, say)
    if wins:
        blocks += [Paragraph(say("**Log of wins**")), log(wins)]
    buttons: list[Button] = []
    if may_write and role is Role.MENTOR:
        another = Action("spotlight.another", about(match, number, KIND))
        buttons.append(Button(say.plain("Note another strength"), another))
    if may_write and role is Role.MENTEE:
        buttons.append(Button(say.plain("Add a win"), Action("win.add", {"match": match})))
    buttons.append(notes_button(match, say))
    return Message(say.plain("Strengths and the log of wins"), (*blocks, Buttons(tuple(buttons))))


def strength(piece: Writing, mentor: str, role: Role, say: Say) -> tuple[Block, ...]:
    """One strength as a card."""
    seen = say("You saw it here:") if role is Role.MENTOR else say("{mentor} saw it here:", mentor=mentor)
    chance = piece.words.get("chance", "")
    after = say("A chance to use it: {chance}", chance=chance) if chance else say("A chance to use it: not yet.")
    return (
        Paragraph(say("**{strength}**", strength=piece.words["strength"])),
        Paragraph(seen),
        Quote((Plain(piece.words["evidence"]),)),
        Paragraph(after),
    )


def log(wins: Sequence[Writing]) -> Bullets:
    """The wins, in the order in which they came."""
    return Bullets(tuple((Plain(piece.words["win"]),) for piece in wins))


def win_form(match: str, activity: Activity, mentor: str, say: Say) -> Message:
    """The mentee's dialog for one win."""
    hint = say.plain("Only you and {mentor} see this.", mentor=mentor)
    win = TextField("win", say.plain("What went well?"), hint=hint, limit=LONGEST_WIN)
    keep = Button(say.plain("Keep this win"), Action("win.keep", {"match": match}), Tone.MAIN)
    return Message(say.plain("Add a win to your log."), (*head(activity, Role.MENTEE, say), Form((win,), keep)))


def win_kept(match: str, count: int, say: Say) -> Message:
    """The calm line of a win."""
    line = say.many(count, "Your log holds {n} win.", "Your log holds {n} wins.")
    more = Button(say.plain("Add a win"), Action("win.add", {"match": match}))
    back = say("It comes back to you both in your last conversation.")
    return calm(line, (more, notes_button(match, say)), note=back)
