"""What a coordinator reads of a programme: the essentials first, whole in a minute, and nothing about why."""

from collections.abc import Iterable, Sequence

from flows.feedback import HIGH, LOW, MIDDLE
from flows.programme import CohortState, Design
from flows.reports.mood import FINE, SLOW, STUCK, Shares
from flows.reports.pairs import PairLine, PairState
from flows.reports.report import Report
from flows.reports.taking_part import Funnel, Talks
from flows.suppression import AT_LEAST
from flows.voice.calm import line
from flows.voice.coordinating import left_out_words
from flows.voice.levels import pulse_blocks
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    File,
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
from flows.voice.say import Say, flatten

MOST_PAIRS = 20
MOST_NAMES = 10
LONGEST_NAME = 40
LONGEST_TEXT = 300


def report(found: Report, say: Say, *, may_change: bool) -> Message:
    """One programme at one moment; `may_change` offers to enter the objective's figure of today."""
    figure = (_figure_button(found, say),) if may_change else ()
    heading = say.plain("{programme}: report of {day}", programme=found.cohort.name, day=say.day(found.today))
    if not found.funnel.began:
        return _nobody_yet(found, heading, figure, say)
    opening = _opening(found, say)
    return Message(
        summary=f"{found.cohort.name}. {flatten(opening)}",
        blocks=(
            Heading(heading),
            Paragraph(opening),
            *_objective(found.design, say),
            *_pairs(found.pairs, say),
            Paragraph(say("**Who came how far**")),
            Facts(_funnel(found.funnel, say)),
            *(_season(found, say) if found.pairs else ()),
            *pulse_blocks(found.pulse, say),
            *_delivery(found, say),
            Note(say("Names and counts are for those who run this programme. What pairs write stays with them.")),
            Buttons((_tables_button(found, say), *figure)),
        ),
    )


def on_its_way(name: str, say: Say) -> Message:
    """The private answer to the command: the report itself comes as a message of its own."""
    return line(say("The report on **{name}** is on its way to your messages with me.", name=name))


def files_on_their_way(say: Say) -> Message:
    """The private answer to the button: the files come as a message of their own."""
    return line(say("The two tables are on their way to your messages with me."))


def files(name: str, tables: Sequence[File], say: Say) -> Message:
    """Both tables as files."""
    words = say("The figures of **{name}**, and its matches one by one, as tables.", name=name)
    note = say("They hold names. Keep them where only those who run the programme can read them.")
    return Message(flatten(words), (Paragraph(words), Note(note), *tables))


def ask_figure(cohort: str, design: Design, say: Say) -> Message:
    """The dialog for the figure of today."""
    objective = design.objective[:LONGEST_TEXT] or say.plain("No objective is written down yet.")
    hint = design.measure or say.plain("A figure without its unit, such as 20 or 4.3.")
    field = NumberField("current", say.plain("The figure today"), hint=hint, value=number(design.current), decimal=True)
    save = Button(say.plain("Save"), Action("report.keep_figure", {"cohort": cohort}))
    return Message(
        summary=say.plain("Where the objective stands today."),
        blocks=(
            Heading(say.plain("Today's figure")),
            Paragraph((Plain(objective),)),
            Facts(_begun_and_wanted(design, say)),
            Form((field,), save),
        ),
    )


def no_figure(say: Say) -> str:
    """What would fit in the field."""
    return say.plain("A figure without its unit, such as 20 or 4.3.")


def answer_name(answer: str, say: Say) -> str:
    """An answer to a check-in or to a tap after a meeting, in a word."""
    words = {
        FINE: say.plain("fine"),
        SLOW: say.plain("slow"),
        STUCK: say.plain("stuck"),
        str(HIGH): say.plain("very much"),
        str(MIDDLE): say.plain("partly"),
        str(LOW): say.plain("not really"),
    }
    return words[answer]


def tap_name(question: str, say: Say) -> str:
    """What was asked after a meeting, as the name of a line."""
    words = {
        "useful": say.plain("Worth the time"),
        "heard": say.plain("Felt heard"),
        "next": say.plain("Know what comes next"),
    }
    return words[question]


def pair_state(state: PairState, say: Say) -> str:
    """How a match stands, in a word or two."""
    words = {
        PairState.ON_TRACK: say.plain("on track"),
        PairState.NEEDS_CHECK_IN: say.plain("needs a check-in"),
        PairState.PAUSED: say.plain("paused"),
        PairState.COMPLETED: say.plain("completed"),
        PairState.ENDED: say.plain("ended early"),
    }
    return words[state]


def _nobody_yet(found: Report, heading: str, figure: tuple[Button, ...], say: Say) -> Message:
    if found.cohort.state is CohortState.DRAFT:
        words = say("**{name}** is not open yet, so there is nothing to count.", name=found.cohort.name)
        command = f"/mentor-admin open {found.cohort.name}"
        rest = say(
            "{command} posts the invitation. The figures begin with the first person who joins.", command=command
        )
    else:
        words = say("Nobody has begun to join **{name}** yet.", name=found.cohort.name)
        rest = say("A word from the champion in the channel of the invitation often helps.")
    return Message(
        summary=flatten(words),
        blocks=(
            Heading(heading),
            Paragraph(words),
            Paragraph(rest),
            *_objective(found.design, say),
            *((Buttons(figure),) if figure else ()),
        ),
    )


def _opening(found: Report, say: Say) -> Words:
    joined = say.many(found.funnel.joined, "**{n} person** has joined.", "**{n} people** have joined.")
    if not found.pairs:
        return (*joined, Plain(" "), *say("Nobody is matched yet."))
    talks = sum(one.held for one in found.talks)
    held = say.many(talks, "**{n} conversation** took place.", "**{n} conversations** took place.")
    needing = sum(one.state is PairState.NEEDS_CHECK_IN for one in found.pairs)
    look = say.many(needing, "**{n} match** needs a check-in.", "**{n} matches** need a check-in.")
    return (*joined, Plain(" "), *held, Plain(" "), *(look if needing else say("No match needs a check-in.")))


def _season(found: Report, say: Say) -> tuple[Block, ...]:
    return (
        Paragraph(say("**Conversations**")),
        Facts(tuple(_talks(one, say) for one in found.talks)),
        Paragraph(_hours(found, say)),
        Paragraph(say("**What they wrote down**")),
        Facts(_goals(found, say)),
        Paragraph(say("**How it goes**")),
        *_mood(found, say),
    )


def _objective(design: Design, say: Say) -> tuple[Block, ...]:
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
        (say.plain("Objective"), (Plain(design.objective[:LONGEST_TEXT]),)),
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


def _pairs(pairs: Sequence[PairLine], say: Say) -> Iterable[Block]:
    living = [one for one in pairs if one.state in (PairState.NEEDS_CHECK_IN, PairState.ON_TRACK, PairState.PAUSED)]
    over = [one for one in pairs if one not in living]
    if not pairs:
        return
    yield Paragraph(say("**The matches**"))
    if living:
        yield Bullets(tuple(_pair(one, say) for one in living[:MOST_PAIRS]))
    if len(living) > MOST_PAIRS:
        left_out = len(living) - MOST_PAIRS
        yield Note(say.many(left_out, "{n} more is in the table.", "{n} more are in the table."))
    if any(one.state is PairState.NEEDS_CHECK_IN for one in living):
        yield Note(say("The reason is not shown, so ask openly: “How is it going with you two?”"))
    if over:
        completed = sum(one.state is PairState.COMPLETED for one in over)
        ended = len(over) - completed
        yield Note(
            say(
                "Over: {completed} at the end of the plan, {ended} before it.",
                completed=str(completed),
                ended=str(ended),
            )
        )


def _pair(one: PairLine, say: Say) -> Words:
    names, state = _names(one, say), pair_state(one.state, say)
    talks = say.many(one.talks, "{n} conversation", "{n} conversations")
    if one.last_on is None:
        return say("**{names}**: {state}, no conversation yet.", names=names, state=state)
    day = say.day(one.last_on)
    return say("**{names}**: {state}, {talks}, the last on {day}.", names=names, state=state, talks=talks, day=day)


def _names(one: PairLine, say: Say) -> str:
    return say.listing([_short(name) for name in one.mentees + one.mentors])


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _funnel(funnel: Funnel, say: Say) -> tuple[tuple[str, Words], ...]:
    rows = [
        (say.plain("Began to join"), funnel.began),
        (say.plain("Joined"), funnel.joined),
        *(((say.plain("In a draft that nobody has seen"), funnel.drafted),) if funnel.drafted else ()),
        (say.plain("Matched"), funnel.matched),
        (say.plain("Had their first conversation"), funnel.talked),
        (say.plain("Came to the end"), funnel.completed),
        *(((say.plain("Left on the way"), funnel.left),) if funnel.left else ()),
    ]
    return tuple((name, (Plain(str(count)),)) for name, count in rows)


def _talks(one: Talks, say: Say) -> tuple[str, Words]:
    name = say.plain("Conversation {number}", number=str(one.number))
    if not (one.held or one.planned or one.skipped):
        return name, say("none yet")
    counts = say(
        "{held} held, {planned} with a date, {skipped} left out",
        held=str(one.held),
        planned=str(one.planned),
        skipped=str(one.skipped),
    )
    return name, counts


def _hours(found: Report, say: Say) -> Words:
    used = say.many(found.hours.used, "{n} hour", "{n} hours")
    if not found.hours.offered:
        return say("{used} of conversation so far, at one hour each.", used=used)
    return say.many(
        found.hours.offered,
        "{used} of conversation so far, at one hour each. Mentors offered {n} hour in that time.",
        "{used} of conversation so far, at one hour each. Mentors offered {n} hours in that time.",
        used=used,
    )


def _goals(found: Report, say: Say) -> tuple[tuple[str, Words], ...]:
    goals = found.goals
    split = ((say.plain("Objectives"), goals.objectives), (say.plain("Actions"), goals.actions))
    counts = (
        (say.plain("Skill ratings"), goals.ratings),
        (say.plain("Strengths noted"), goals.spotlights),
        (say.plain("Wins"), goals.wins),
        (say.plain("Letters sealed"), goals.letters),
        (say.plain("Looks back"), goals.reviews),
    )
    return (
        *((name, say("{done} done, {open} open", done=str(one.done), open=str(one.open))) for name, one in split),
        *((name, (Plain(str(count)),)) for name, count in counts),
    )


def _mood(found: Report, say: Say) -> tuple[Block, ...]:
    rows = [(say.plain("Between meetings"), found.check_ins)]
    rows += [(tap_name(question, say), shares) for question, shares in found.feedback.items()]
    return (
        Facts(tuple((name, _shares(shares, say)) for name, shares in rows)),
        Note(
            say(
                "Everybody counts once, with their newest answer, in whole weeks. No share is shown for fewer than "
                "{least} people.",
                least=str(AT_LEAST),
            )
        ),
    )


def _shares(shares: Shares | None, say: Say) -> Words:
    if shares is None or all(share.percent is None for share in shares.shares):
        return say("too few answers to show")
    parts = [
        say.plain("{answer} {percent} %", answer=answer_name(share.answer, say), percent=str(share.percent))
        for share in shares.shares
        if share.percent is not None
    ]
    if len(parts) < len(shares.shares):
        parts.append(say.plain("the rest too few to show"))
    listed = say.listing(parts)
    return say.many(shares.people, "{listed}, of {n} person", "{listed}, of {n} people", listed=listed)


def _delivery(found: Report, say: Say) -> Iterable[Block]:
    sent = found.delivery
    rows = (
        (say.plain("Meant to send"), sent.intended),
        (say.plain("Sent"), sent.sent),
        (say.plain("Waiting"), sent.waiting),
        (say.plain("Failed"), sent.failed),
        *(((say.plain("Reader not reachable"), sent.blocked),) if sent.blocked else ()),
        *(((say.plain("Not sure"), sent.unsure),) if sent.unsure else ()),
        *(((say.plain("Taken back or too late"), sent.dropped),) if sent.dropped else ()),
    )
    yield Paragraph(say("**What I sent**"))
    yield Facts(tuple((name, (Plain(str(count)),)) for name, count in rows))
    if found.unreachable:
        names = [_short(name) for name in found.unreachable[:MOST_NAMES]]
        words = say("I cannot write to {names}.", names=say.listing(names))
        left_out = len(found.unreachable) - len(names)
        yield Paragraph(words)
        if left_out:
            yield Note(left_out_words(left_out, say))


def _tables_button(found: Report, say: Say) -> Button:
    return Button(say.plain("Download CSV"), Action("report.tables", {"cohort": found.cohort.id}))


def _figure_button(found: Report, say: Say) -> Button:
    return Button(say.plain("Enter today's figure"), Action("report.figure", {"cohort": found.cohort.id}))
