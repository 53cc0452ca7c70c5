"""What coordinators read of programmes: one with all that is missing, and every one they may see."""

from collections.abc import Sequence

from flows.formats import format_of
from flows.frame import Frame
from flows.programme import Cohort, CohortState, Programme
from flows.voice.choosing import choice_word
from flows.voice.coordinating import today_or
from flows.voice.message import Action, Bullets, Button, Buttons, Facts, Heading, Message, Note, Paragraph, Plain, Words
from flows.voice.say import Say, flatten


def no_plan(say: Say) -> Words:
    """What a format without a journey does."""
    return say(
        "This format has no plan week by week yet: people are matched, introduced with one next step, and then left "
        "in peace."
    )


def number(value: float | None) -> str:
    """A figure as it was given, without a trailing zero."""
    return "" if value is None else f"{value:.10g}"


def missing(name: str, say: Say) -> Words:
    """What `open` still asks for, and why."""
    wordings = {
        "purpose": say("**Purpose**: without one, nobody can say later whether it worked."),
        "problem": say("**Problem**: a programme that solves none loses its time first."),
        "format": say("**Format**: chosen on purpose, not by habit."),
        "format_reason": say("**Reason for the format**: one line keeps the next person from guessing."),
        "objective": say("**Objective**: one thing that will be different."),
        "baseline": say("**Figure today**: without it there is nothing to compare with."),
        "target": say("**Figure wanted**: it says when you have arrived."),
        "champion": say("**Champion**: a leader whom people know and follow."),
    }
    return wordings[name]


def shown(
    programme: Programme,
    cohort: Cohort,
    frame: Frame,
    say: Say,
    *,
    lost: bool = False,
    editor: bool = True,
    audience: Sequence[tuple[str, str]] = (),
) -> Message:
    """One programme with what is missing, and for an `editor` the buttons that change it.

    `lost`: its invitation did not arrive; `audience`: whom it is for, in lines of name and value.
    """
    design = programme.design
    purposes = {one.id: say.text(one.label) for one in frame.purposes}
    formats = {one.id: say.text(one.label) for one in frame.formats}
    # Only while it may still be chosen, and has not been chosen from among these.
    suits = [one for one in frame.suiting(design.purpose) if cohort.state is CohortState.DRAFT]
    suiting = "" if design.format in {one.id for one in suits} else say.listing([formats[one.id] for one in suits])
    facts = [
        (say.plain("State"), state(cohort.state, say)),
        (say.plain("Starts on"), say.day(cohort.starts_on)),
        (say.plain("Ends on"), say.day(cohort.ends_on)),
        (say.plain("Next round"), today_or(cohort.next_round, say)),
        (say.plain("Who chooses"), choice_word(cohort.choice, say) if format_of(design.format).paired else ""),
        (say.plain("Purpose"), purposes.get(design.purpose, design.purpose)),
        (say.plain("Problem"), design.problem),
        (say.plain("Format"), formats.get(design.format, design.format)),
        (say.plain("Often chosen for it"), suiting),
        (say.plain("Reason"), design.format_reason),
        (say.plain("Objective"), design.objective),
        (say.plain("Measured by"), design.measure),
        (say.plain("Figure today"), number(design.baseline)),
        (say.plain("Figure wanted"), number(design.target)),
        (say.plain("Champion"), design.champion),
        *audience,
    ]
    gaps = design.missing()
    if gaps:
        rest = say("Before it opens, this is missing:")
    elif cohort.state is CohortState.DRAFT:
        rest = say("Nothing is missing. Next: {command}", command=f"/mentor-admin open {programme.name}")
    else:
        rest = ()
    no_invitation = say(
        "The invitation did not arrive in its channel. Invite me there, then type {command}.",
        command=f"/mentor-admin open {programme.name}",
    )
    edit = Button(say.plain("Edit"), Action("programme.edit", {"programme": programme.id}))
    who = Button(say.plain("Who may join"), Action("programme.open_to", {"programme": programme.id}))
    summary = say.plain("{name}: {state}", name=programme.name, state=state(cohort.state, say))
    return Message(
        summary=flatten((Plain(summary), Plain(" "), *rest)),
        blocks=(
            Heading(programme.name),
            Facts(tuple((name, (Plain(value),)) for name, value in facts if value)),
            *((Paragraph(no_plan(say)),) if not format_of(design.format).guided else ()),
            *((Paragraph(rest),) if rest else ()),
            *((Bullets(tuple(missing(gap, say) for gap in gaps)),) if gaps else ()),
            *((Paragraph(no_invitation),) if lost else ()),
            *((Buttons((edit, who)),) if editor and cohort.state is not CohortState.ARCHIVED else ()),
        ),
    )


def listed(cohorts: Sequence[Cohort], left_out: int, say: Say) -> Message:
    """Every programme that the reader may see, one line each."""
    if not cohorts:
        words = say("There is no programme yet. {command} begins one.", command="/mentor-admin programme new")
        return Message(summary=flatten(words), blocks=(Paragraph(words),))
    lines = tuple(
        say(
            "**{name}**: {state}, {start} to {end}",
            name=cohort.name,
            state=state(cohort.state, say),
            start=say.day(cohort.starts_on),
            end=say.day(cohort.ends_on),
        )
        for cohort in cohorts
    )
    return Message(
        summary=say.plain("Programmes: {names}", names=say.listing([cohort.name for cohort in cohorts[:10]])),
        blocks=(
            Heading(say.plain("Programmes")),
            Bullets(lines),
            *(
                (Note(say.many(left_out, "{n} older one is left out.", "{n} older ones are left out.")),)
                * bool(left_out)
            ),
        ),
    )


def state(of: CohortState, say: Say) -> str:
    """A cohort's state, in a word."""
    words = {
        CohortState.DRAFT: say.plain("draft"),
        CohortState.OPEN: say.plain("open"),
        CohortState.MATCHING: say.plain("matching"),
        CohortState.RUNNING: say.plain("running"),
        CohortState.CLOSING: say.plain("closing"),
        CohortState.ARCHIVED: say.plain("archived"),
    }
    return words[of]
