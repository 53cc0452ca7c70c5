"""Five skills: picking, rating, waiting, and both views side by side."""

from collections.abc import Mapping, Sequence

from flows.activities.activity import Activity
from flows.activities.ratings import HOW_MANY, KIND, LONGEST, SCALE, Row
from flows.people import Role
from flows.voice.message import (
    Action,
    Button,
    Buttons,
    ChoiceField,
    ChoicesField,
    Facts,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten
from flows.voice.writing import about, calm, head, notes_button, opener


def pick(
    match: str,
    number: int,
    activity: Activity,
    listed: Sequence[tuple[str, str]],
    wanted: Sequence[str],
    partner: str,
    say: Say,
) -> Message:
    """The dialog in which the mentee picks; `listed` are (value, label), `wanted` the values that they named before."""
    point = say("Pick the **five** skills that you and {partner} will both rate.", partner=partner)
    skills = ChoicesField(
        "skills",
        say.plain("Skills"),
        tuple(Option(value, label) for value, label in listed),
        hint=say.plain("You two see this. What you named when you joined is ticked."),
        chosen=tuple(value for value in wanted if value in dict(listed))[:HOW_MANY],
        at_most=HOW_MANY,
        optional=True,
    )
    own = TextField(
        "own",
        say.plain("In your own words"),
        hint=say.plain("You two see this. Put a comma between several."),
        limit=HOW_MANY * (LONGEST + 2),
        optional=True,
    )
    send = Button(say.plain("Take these five"), Action("ratings.picked", about(match, number, KIND)), Tone.MAIN)
    return Message(flatten(point), (Heading(say.text(activity.title)), Paragraph(point), Form((skills, own), send)))


def pick_errors(key: str, count: str, say: Say) -> dict[str, str]:
    """What would fit, by the key of the refusal."""
    if key == "ratings.long":
        return {"own": say.plain("A skill takes 40 letters at most, such as: running a workshop.")}
    return {"skills": say.plain("It takes five together, and these are {count}.", count=count)}


def rate(
    match: str,
    number: int,
    activity: Activity,
    role: Role,
    skills: Mapping[str, str],
    mine: Mapping[str, str],
    partner: str,
    say: Say,
) -> Message:
    """The dialog in which one side rates; `skills` and `mine` are by place."""
    levels = tuple(Option(value, label) for value, label in zip(SCALE, _levels(say), strict=True))
    hint = say.plain("You two see it, once both sent.")
    fields = tuple(
        ChoiceField(place, skill, levels, hint=hint, chosen=mine.get(place, "")) for place, skill in skills.items()
    )
    send = Button(say.plain("Send my view"), Action("ratings.send", about(match, number, KIND)), Tone.MAIN)
    whose = (
        say("It is about where {partner} stands.", partner=partner)
        if role is Role.MENTOR
        else say("It is about where you stand.")
    )
    blocks = (*head(activity, role, say), Note(whose), Form(fields, send))
    return Message(say.plain("Rate the five skills."), blocks)


def _levels(say: Say) -> tuple[str, ...]:
    return (
        say.plain("1: at the very beginning"),
        say.plain("2: first steps"),
        say.plain("3: on the way"),
        say.plain("4: firm"),
        say.plain("5: could teach it"),
    )


def rate_errors(place: str, say: Say) -> dict[str, str]:
    """One skill has no number yet."""
    return {place: say.plain("A first impression is enough: pick one from 1 to 5.")}


def mentee_first(activity: Activity, mentee: str, say: Say) -> Message:
    """The mentor comes before the skills are picked."""
    line = say("**{mentee}** picks the five skills first.", mentee=mentee)
    return Message(flatten(line), (Heading(say.text(activity.title)), Paragraph(line)))


def waiting(match: str, number: int, partner: str, say: Say) -> Message:
    """The first has sent."""
    line = say("Your view of the five skills is kept.")
    note = say("As soon as {partner} has sent theirs, you both see them side by side.", partner=partner)
    change = opener(say.plain("Change my view"), match, number, KIND)
    return calm(line, (change,), note=note)


def both(match: str, number: int, partner: str, say: Say) -> Message:
    """Both have sent."""
    line = say("You and {partner} have both rated the five skills.", partner=partner)
    see = opener(say.plain("See both views"), match, number, KIND)
    return calm(line, (see, notes_button(match, say)))


def page(match: str, activity: Activity, rows: Sequence[Row], names: Mapping[str, str], say: Say) -> Message:
    """Both views side by side; `names` are first names by person."""
    return Message(
        say.plain("Both views of the five skills"),
        (Heading(say.text(activity.title)), table(rows, names, say), Buttons((notes_button(match, say),))),
    )


def table(rows: Sequence[Row], names: Mapping[str, str], say: Say) -> Facts:
    """A line a skill, with the numbers of the first time behind them."""
    return Facts(tuple((row.skill, _numbers(row, names, say)) for row in rows))


def _numbers(row: Row, names: Mapping[str, str], say: Say) -> Words:
    now = [say.plain("you {number}", number=row.mine)]
    now += [say.plain("{name} {number}", name=names[who], number=number) for who, number in row.theirs]
    if not row.mine_first:
        return say("{now}", now=say.listing(now))
    then = [say.plain("you {number}", number=row.mine_first)]
    then += [say.plain("{name} {number}", name=names[who], number=number) for who, number in row.theirs_first]
    return say("{now} (the first time {then})", now=say.listing(now), then=say.listing(then))
