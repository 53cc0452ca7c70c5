"""What is said of programmes: their design, opening, the invitation, and their end."""

from collections.abc import Sequence

from flows.frame import Figure, Frame
from flows.programme import Cohort, CohortState, Programme
from flows.voice.coordinating import today_or
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    ChoiceField,
    DateField,
    Facts,
    Form,
    Heading,
    Message,
    Note,
    NumberField,
    Option,
    Paragraph,
    Plain,
    TextField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten


def form(programme: Programme | None, cohort: Cohort, frame: Frame, say: Say, *, name: str = "") -> Message:
    """The dialog for a new programme, or to change one; everything but the name may wait."""
    design = programme.design if programme else None
    args = {"programme": programme.id} if programme else {}
    later = say.plain("May wait, but it is asked for before the programme opens.")
    fields = (
        TextField("name", say.plain("Name"), value=programme.name if programme else name, limit=80),
        ChoiceField(
            "purpose",
            say.plain("Why do you want mentoring?"),
            tuple(Option(one.id, say.text(one.label), say.text(one.note)) for one in frame.purposes),
            hint=later,
            chosen=design.purpose if design else "",
            optional=True,
        ),
        TextField(
            "problem",
            say.plain("Which problem keeps your leaders awake?"),
            hint=say.plain("One sentence, in your own words."),
            value=design.problem if design else "",
            long=True,
            optional=True,
        ),
        ChoiceField(
            "format",
            say.plain("Format"),
            tuple(Option(one.id, say.text(one.label), say.text(one.note)) for one in frame.formats),
            hint=say.plain(
                "Choose it on purpose. For engagement, peer circles often fit better than pairs; "
                "this version runs one to one, circles come later."
            ),
            chosen=design.format if design else "",
            optional=True,
        ),
        TextField(
            "format_reason",
            say.plain("Why this format?"),
            value=design.format_reason if design else "",
            optional=True,
        ),
        TextField(
            "objective",
            say.plain("One objective"),
            hint=say.plain("What will be different, such as: fewer people leave in their first two years."),
            value=design.objective if design else "",
            optional=True,
        ),
        TextField(
            "measure",
            say.plain("How is it measured, and where does the figure come from?"),
            value=design.measure if design else "",
            limit=120,
            optional=True,
        ),
        NumberField(
            "baseline",
            say.plain("The figure today"),
            value=number(design.baseline) if design else "",
            decimal=True,
            optional=True,
        ),
        NumberField(
            "target",
            say.plain("The figure you want"),
            value=number(design.target) if design else "",
            decimal=True,
            optional=True,
        ),
        TextField(
            "champion",
            say.plain("Champion"),
            hint=say.plain("The leader who stands behind it and says so."),
            value=design.champion if design else "",
            limit=120,
            optional=True,
        ),
        DateField("starts_on", say.plain("Starts on"), value=cohort.starts_on),
        NumberField("weeks", say.plain("Weeks"), value=str(cohort.weeks), least=4, most=52),
        DateField(
            "next_round",
            say.plain("Next round of matching"),
            hint=say.plain("Whoever is not matched hears this day."),
            value=cohort.next_round,
            optional=True,
        ),
    )
    return Message(
        summary=say.plain("A programme and what it is for."),
        blocks=(
            Heading(say.plain("Programme")),
            Form(
                fields,
                Button(
                    say.plain("Save"), Action("programme.change" if programme else "programme.create", args), Tone.MAIN
                ),
            ),
        ),
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


def shown(programme: Programme, cohort: Cohort, frame: Frame, say: Say) -> Message:
    """One programme with what is missing and the one button that changes it."""
    design = programme.design
    purposes = {one.id: say.text(one.label) for one in frame.purposes}
    formats = {one.id: say.text(one.label) for one in frame.formats}
    facts = [
        (say.plain("State"), state(cohort.state, say)),
        (say.plain("Starts on"), say.day(cohort.starts_on)),
        (say.plain("Ends on"), say.day(cohort.ends_on)),
        (say.plain("Next round"), today_or(cohort.next_round, say)),
        (say.plain("Purpose"), purposes.get(design.purpose, design.purpose)),
        (say.plain("Problem"), design.problem),
        (say.plain("Format"), formats.get(design.format, design.format)),
        (say.plain("Reason"), design.format_reason),
        (say.plain("Objective"), design.objective),
        (say.plain("Measured by"), design.measure),
        (say.plain("Figure today"), number(design.baseline)),
        (say.plain("Figure wanted"), number(design.target)),
        (say.plain("Champion"), design.champion),
    ]
    gaps = design.missing()
    if gaps:
        rest = say("Before it opens, this is missing:")
    elif cohort.state is CohortState.DRAFT:
        rest = say("Nothing is missing. Next: {command}", command=f"/mentor-admin open {programme.name} #channel")
    else:
        rest = ()
    edit = Button(say.plain("Edit"), Action("programme.edit", {"programme": programme.id}))
    summary = say.plain("{name}: {state}", name=programme.name, state=state(cohort.state, say))
    return Message(
        summary=flatten((Plain(summary), Plain(" "), *rest)),
        blocks=(
            Heading(programme.name),
            Facts(tuple((name, (Plain(value),)) for name, value in facts if value)),
            *((Paragraph(rest),) if rest else ()),
            *((Bullets(tuple(missing(gap, say) for gap in gaps)),) if gaps else ()),
            *((Buttons((edit,)),) if cohort.state is not CohortState.ARCHIVED else ()),
        ),
    )


def cannot_open(programme: Programme, say: Say) -> Message:
    """What is missing before the programme may open, each with its reason."""
    gaps = programme.design.missing()
    opening = say.many(
        len(gaps),
        "{name} cannot open yet: {n} thing is missing.",
        "{name} cannot open yet: {n} things are missing.",
        name=programme.name,
    )
    edit = Button(say.plain("Fill in"), Action("programme.edit", {"programme": programme.id}), Tone.MAIN)
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Bullets(tuple(missing(gap, say) for gap in gaps)),
            Note(say("Nothing has been posted.")),
            Buttons((edit,)),
        ),
    )


def would_open(cohort: Cohort, words: int, say: Say) -> Words:
    """The first line of the dry run of `open`."""
    return say.many(
        words,
        "This opens **{name}** and posts one invitation of {n} word in the channel that you named.",
        "This opens **{name}** and posts one invitation of {n} words in the channel that you named.",
        name=cohort.name,
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


def invitation(cohort: Cohort, figure: Figure | None, say: Say) -> Message:
    """What stands in a channel for everybody: what it is, what it costs, one button to join."""
    opening = say("**Mentoring starts again on {day}.**", day=say.day(cohort.starts_on))
    return Message(
        summary=say.plain("Mentoring starts again on {day}: {name}.", day=say.day(cohort.starts_on), name=cohort.name),
        blocks=(
            Paragraph(opening),
            Paragraph(
                say(
                    "Two people, four talks, {weeks} weeks. Say what you want to learn or share. "
                    "You see why we chose your partner. It takes three minutes.",
                    weeks=str(cohort.weeks),
                )
            ),
            *((Note(evidence(figure, say)),) if figure else ()),
            Buttons(
                (
                    Button(say.plain("Join"), Action("joining.join", {"cohort": cohort.id}), Tone.MAIN),
                    Button(say.plain("What is this?"), Action("programme.what", {"cohort": cohort.id})),
                )
            ),
        ),
    )


def evidence(figure: Figure, say: Say) -> Words:
    """A figure with its source and year."""
    return say(
        "{says} ({source}, {year})", says=say.text(figure.says), source=say.text(figure.source), year=str(figure.year)
    )


def what_is_this(cohort: Cohort, purpose: str, figures: Sequence[Figure], say: Say) -> Message:
    """The long answer, for one reader: what happens, who sees what, why companies do it."""
    return Message(
        summary=say.plain("{name}: two people, four talks, {weeks} weeks.", name=cohort.name, weeks=str(cohort.weeks)),
        blocks=(
            Heading(cohort.name),
            *((Paragraph(say("What it is for: {purpose}.", purpose=say.text(purpose))),) if purpose else ()),
            Bullets(
                (
                    say("You answer a few questions here in chat. You can skip, change or stop at any time."),
                    say("A coordinator looks at who could go well together. Then you hear who it is, and why."),
                    say(
                        "You two talk four times in {weeks} weeks. I remind you once a week at most.",
                        weeks=str(cohort.weeks),
                    ),
                    say("What you write for your partner stays between you. You can pause or leave without a reason."),
                )
            ),
            *((Bullets(tuple(evidence(figure, say) for figure in figures)),) if figures else ()),
            Buttons(
                (
                    Button(say.plain("Join"), Action("joining.join", {"cohort": cohort.id}), Tone.MAIN),
                    Button(say.plain("Not now"), Action("programme.not_now", {"cohort": cohort.id})),
                )
            ),
        ),
    )


def not_now(say: Say) -> Message:
    """The reader decided against it, for now."""
    words = say("All right. {command} works whenever you like.", command="/mentor join")
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def opened(cohort: Cohort, say: Say) -> Words:
    """The invitation is on its way."""
    return say("**{name}** is open, and the invitation is on its way to the channel.", name=cohort.name)


def ended(cohort: Cohort, partners: Sequence[str], say: Say) -> Message:
    """To each participant when a programme closes; `partners` are first names, none when they had no match."""
    if partners:
        opening = say("**Your match with {partners} has ended.**", partners=say.listing(partners))
        body = say("Thank you for the time you gave it. What you both wrote stays with you.")
    else:
        opening = say("**{name} has come to its end.**", name=cohort.name)
        body = say("There was no match for you this time. You are welcome when a new one starts.")
    return Message(
        summary=flatten(opening),
        blocks=(
            Paragraph(opening),
            Paragraph(body),
            Buttons(
                (
                    Button(say.plain("See where I stand"), Action("standing.status")),
                    Button(say.plain("Noted"), Action("notice.noted")),
                )
            ),
        ),
    )


def would_close(cohort: Cohort, say: Say) -> Words:
    """The first line of the dry run of `close`."""
    return say("This closes **{name}**. Its matches end, and everybody reads words such as these:", name=cohort.name)


def closing_counts(matches: int, early: int, people: int, say: Say) -> tuple[tuple[str, Words], ...]:
    """What closing does, in numbers."""
    return (
        (say.plain("Matches that end"), say("{n}", n=str(matches))),
        (say.plain("Of these before their last day"), say("{n}", n=str(early))),
        (say.plain("People who read it"), say("{n}", n=str(people))),
    )


def closed(cohort: Cohort, people: int, say: Say) -> Message:
    """The programme is closing."""
    words = say.many(
        people,
        "**{name}** is closing, and {n} person hears of it. When you have read the report, archive it.",
        "**{name}** is closing, and {n} people hear of it. When you have read the report, archive it.",
        name=cohort.name,
    )
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def would_archive(cohort: Cohort, say: Say) -> Words:
    """The first line of the dry run of `programme archive`."""
    return say("This puts **{name}** away. Nobody is told; it can be read and no longer changed.", name=cohort.name)


def archived(cohort: Cohort, say: Say) -> Message:
    """The programme is put away."""
    words = say("**{name}** is archived.", name=cohort.name)
    return Message(summary=flatten(words), blocks=(Paragraph(words),))
