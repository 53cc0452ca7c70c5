"""The dialog in which a coordinator describes a programme: why it exists, how it is judged, and when it runs."""

from flows.frame import Frame
from flows.programme import Cohort, Design, Programme
from flows.voice.choosing import choice_field
from flows.voice.message import (
    Action,
    Button,
    ChoiceField,
    DateField,
    Field,
    Form,
    Heading,
    Message,
    NumberField,
    Option,
    TextField,
    Tone,
)
from flows.voice.programmes import number
from flows.voice.say import Say


def form(programme: Programme | None, cohort: Cohort, frame: Frame, say: Say, *, name: str = "") -> Message:
    """The dialog for a new programme, or to change one; everything but the name may wait."""
    design = programme.design if programme else Design()
    action = Action("programme.change", {"programme": programme.id}) if programme else Action("programme.create")
    fields = (
        TextField("name", say.plain("Name"), value=programme.name if programme else name, limit=80),
        *_why(design, frame, say),
        *_judged_by(design, say),
        *_when(cohort, say),
        choice_field(cohort.choice, say),
    )
    return Message(
        summary=say.plain("A programme and what it is for."),
        blocks=(
            Heading(say.plain("Programme")),
            Form(fields, Button(say.plain("Save"), action, Tone.MAIN)),
        ),
    )


def _why(design: Design, frame: Frame, say: Say) -> tuple[Field, ...]:
    """Purpose, problem and format."""
    purposes = tuple(Option(one.id, say.text(one.label), say.text(one.note)) for one in frame.purposes)
    formats = tuple(
        Option(one.id, say.text(one.label), say.text(one.note)) for one in frame.formats_for(design.purpose)
    )
    return (
        ChoiceField(
            "purpose",
            say.plain("Why do you want mentoring?"),
            purposes,
            hint=say.plain("May wait, but it is asked for before the programme opens."),
            chosen=design.purpose,
            optional=True,
        ),
        TextField(
            "problem",
            say.plain("Which problem keeps your leaders awake?"),
            hint=say.plain("One sentence, in your own words."),
            value=design.problem,
            long=True,
            optional=True,
        ),
        ChoiceField(
            "format",
            say.plain("Format"),
            formats,
            hint=say.plain(
                "Choose it on purpose; it stays once the programme is open. Only one to one has a plan week by week "
                "so far: the others match people, introduce them and leave them in peace."
            ),
            chosen=design.format,
            optional=True,
        ),
        TextField("format_reason", say.plain("Why this format?"), value=design.format_reason, optional=True),
    )


def _judged_by(design: Design, say: Say) -> tuple[Field, ...]:
    """The objective with its figures, and who stands behind it."""
    return (
        TextField(
            "objective",
            say.plain("One objective"),
            hint=say.plain("What will be different, such as: fewer people leave in their first two years."),
            value=design.objective,
            optional=True,
        ),
        TextField(
            "measure",
            say.plain("How is it measured, and where does the figure come from?"),
            value=design.measure,
            limit=120,
            optional=True,
        ),
        NumberField(
            "baseline", say.plain("The figure today"), value=number(design.baseline), decimal=True, optional=True
        ),
        NumberField(
            "target", say.plain("The figure you want"), value=number(design.target), decimal=True, optional=True
        ),
        TextField(
            "champion",
            say.plain("Champion"),
            hint=say.plain("The leader who stands behind it and says so."),
            value=design.champion,
            limit=120,
            optional=True,
        ),
    )


def _when(cohort: Cohort, say: Say) -> tuple[Field, ...]:
    """Its weeks, and the next round."""
    return (
        DateField("starts_on", say.plain("Starts on"), value=cohort.starts_on),
        NumberField("weeks", say.plain("Weeks"), value=str(cohort.weeks), least=4, most=52),
        DateField(
            "next_round",
            say.plain("Next round of matching"),
            hint=say.plain("Who would be in it hears of it the working day before; you, on the day itself."),
            value=cohort.next_round,
            optional=True,
        ),
    )
