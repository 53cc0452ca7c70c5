"""Goals and steps of a pair: their forms, the pages that show them, and what is said when they are kept."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows.activities.activity import Activity
from flows.activities.goals import GOALS, LONGEST, STEPS, Place
from flows.activities.writing import Writing, WritingState
from flows.people import Role
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    ChoiceField,
    DateField,
    Field,
    Form,
    Heading,
    Line,
    Message,
    Option,
    Paragraph,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say
from flows.voice.writing import about, calm, head, notes_button, short


def goals_form(match: str, number: int, activity: Activity, role: Role, places: Sequence[Place], say: Say) -> Message:
    """Up to three lines, those that stand prefilled."""
    fields = tuple(
        TextField(
            f"line_{place.key}",
            say.plain("Goal"),
            hint=say.plain("Only you two see this."),
            value=place.piece.words["line"] if place.piece else "",
            limit=LONGEST,
            optional=nth > 0 or place.piece is not None,
        )
        for nth, place in enumerate(places)
    )
    args = {**about(match, number, GOALS), "shown": _shown(places)}
    keep = Button(say.plain("Keep our goals"), Action("goals.keep", args), Tone.MAIN)
    return Message(say.plain("Write down your goals."), (*head(activity, role, say), Form(fields, keep)))


def steps_form(
    match: str,
    number: int,
    activity: Activity,
    role: Role,
    places: Sequence[Place],
    people: Mapping[str, str],
    *,
    suggested: date,
    say: Say,
) -> Message:
    """Up to three steps with what, who and by when; `people` are first names by id."""
    who = tuple(Option(person, short(name)) for person, name in people.items())
    hint = say.plain("Only you two see this.")
    fields: list[Field] = []
    for nth, place in enumerate(places):
        words = place.piece.words if place.piece else {}
        optional = nth > 0 or place.piece is not None
        due = place.piece.opens_on if place.piece else None
        fields += [
            TextField(
                f"line_{place.key}",
                say.plain("Step"),
                hint=hint,
                value=words.get("line", ""),
                limit=LONGEST,
                optional=optional,
            ),
            ChoiceField(f"who_{place.key}", say.plain("Who does it?"), who, chosen=words.get("who", ""), optional=True),
            DateField(f"by_{place.key}", say.plain("By when?"), value=due or suggested, optional=True),
        ]
    args = {**about(match, number, STEPS), "shown": _shown(places)}
    keep = Button(say.plain("Keep our steps"), Action("steps.keep", args), Tone.MAIN)
    return Message(say.plain("Write down your next steps."), (*head(activity, role, say), Form(tuple(fields), keep)))


def _shown(places: Sequence[Place]) -> str:
    return ",".join(place.key for place in places if place.piece is not None)


def goals_page(match: str, number: int, pieces: Sequence[Writing], *, may_change: bool, say: Say) -> Message:
    """The goals as they stand, each with a button until it is reached."""
    blocks: list[Block] = [Heading(say.plain("Our goals"))]
    blocks += [
        _line(piece, goal_words(piece, say), Action("goals.reached", _done(match, number, piece)), may_change, say)
        for piece in pieces
    ]
    return Message(say.plain("These are your goals."), (*blocks, _below(match, number, GOALS, may_change, say)))


def steps_page(
    match: str, number: int, pieces: Sequence[Writing], people: Mapping[str, str], *, may_change: bool, say: Say
) -> Message:
    """The steps as they stand, each with a button until it is done."""
    blocks: list[Block] = [Heading(say.plain("Our next steps"))]
    blocks += [
        _line(piece, step_words(piece, people, say), Action("steps.done", _done(match, number, piece)), may_change, say)
        for piece in pieces
    ]
    return Message(say.plain("These are your steps."), (*blocks, _below(match, number, STEPS, may_change, say)))


def _done(match: str, number: int, piece: Writing) -> dict[str, str]:
    return {"match": match, "number": str(number), "piece": piece.id}


def _line(piece: Writing, words: Words, action: Action, may_change: bool, say: Say) -> Block:
    if piece.state is WritingState.DONE or not may_change:
        return Paragraph(words)
    label = say.plain("We reached it") if action.name == "goals.reached" else say.plain("It is done")
    return Line(words, Button(label, action))


def goal_words(piece: Writing, say: Say) -> Words:
    """One goal, and that it was reached."""
    line = piece.words["line"]
    return say("{line} (reached)", line=line) if piece.state is WritingState.DONE else say("{line}", line=line)


def step_words(piece: Writing, people: Mapping[str, str], say: Say) -> Words:
    """One step with its person and day."""
    holes = {
        "line": piece.words["line"],
        "who": people.get(piece.words["who"], ""),
        "day": say.day(piece.opens_on) if piece.opens_on else "",
    }
    if piece.state is WritingState.DONE:
        return say("{line} ({who}, done)", **holes)
    return say("{line} ({who}, by {day})", **holes)


def _below(match: str, number: int, kind: str, may_change: bool, say: Say) -> Buttons:
    change = Button(say.plain("Change them"), Action("activity.change", about(match, number, kind)))
    return Buttons((*((change,) if may_change else ()), notes_button(match, say)))


def goals_kept(match: str, number: int, count: int, partner: str, say: Say) -> Message:
    """The calm line of goals."""
    line = say.many(
        count,
        "Your {n} goal is kept. {partner} sees it too.",
        "Your {n} goals are kept. {partner} sees them too.",
        partner=partner,
    )
    return calm(line, (_see(match, number, GOALS, say.plain("See our goals")), notes_button(match, say)))


def steps_kept(match: str, number: int, count: int, partner: str, say: Say) -> Message:
    """The calm line of steps."""
    line = say.many(
        count,
        "Your {n} step is kept. {partner} sees it too.",
        "Your {n} steps are kept. {partner} sees them too.",
        partner=partner,
    )
    return calm(line, (_see(match, number, STEPS, say.plain("See our steps")), notes_button(match, say)))


def _see(match: str, number: int, kind: str, label: str) -> Button:
    return Button(label, Action("activity.open", about(match, number, kind)))
