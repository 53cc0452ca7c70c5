"""The objective of a programme: where it began, what is wanted, and the figure of today."""

from flows.programme import Design
from flows.voice.message import (
    Action,
    Block,
    Button,
    Facts,
    Form,
    Heading,
    Message,
    Note,
    NumberField,
    Paragraph,
    Plain,
    Words,
)
from flows.voice.programmes import number
from flows.voice.say import Say

LONGEST = 300
"""Characters of an objective that are shown."""


def objective_blocks(design: Design, say: Say) -> tuple[Block, ...]:
    """The objective as a part of a report; moving beside mentoring proves nothing, and it says so."""
    if not design.objective:
        return (
            Note(say("No objective is written down yet. {command} adds one.", command="/mentor-admin programme show")),
        )
    moved = design.current is not None and design.baseline is not None and design.current != design.baseline
    note = (
        say("The figure moved while this programme ran. That alone does not show that mentoring moved it.")
        if moved
        else say("Whatever this figure does: that it moves beside mentoring does not show that mentoring moved it.")
    )
    facts = (
        (say.plain("Objective"), (Plain(design.objective[:LONGEST]),)),
        *(((say.plain("Measured by"), (Plain(design.measure),)),) if design.measure else ()),
        *_begun_and_wanted(design, say),
        (say.plain("Now"), (Plain(number(design.current) or say.plain("not entered yet")),)),
    )
    return (Paragraph(say("**The objective**")), Facts(facts), Note(note))


def _begun_and_wanted(design: Design, say: Say) -> tuple[tuple[str, Words], ...]:
    none = say.plain("not entered yet")
    return (
        (say.plain("At the start"), (Plain(number(design.baseline) or none),)),
        (say.plain("Wanted"), (Plain(number(design.target) or none),)),
    )


def ask_figure(cohort: str, design: Design, say: Say) -> Message:
    """The dialog for the figure of today."""
    text = design.objective[:LONGEST] or say.plain("No objective is written down yet.")
    hint = design.measure or no_figure(say)
    field = NumberField("current", say.plain("The figure today"), hint=hint, value=number(design.current), decimal=True)
    save = Button(say.plain("Save"), Action("report.keep_figure", {"cohort": cohort}))
    return Message(
        summary=say.plain("Where the objective stands today."),
        blocks=(
            Heading(say.plain("Today's figure")),
            Paragraph((Plain(text),)),
            Facts(_begun_and_wanted(design, say)),
            Form((field,), save),
        ),
    )


def no_figure(say: Say) -> str:
    """What would fit in the field."""
    return say.plain("A figure without its unit, such as 20 or 4.3.")
