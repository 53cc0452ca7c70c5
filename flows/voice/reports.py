"""What a coordinator reads of a programme: the essentials first, whole in a minute, and nothing about why."""

from collections.abc import Iterable, Sequence

from flows.programme import CohortState
from flows.reports.pairs import PairLine, PairState
from flows.reports.report import Report
from flows.reports.taking_part import Funnel
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
    Heading,
    Message,
    Note,
    Paragraph,
    Plain,
    Words,
)
from flows.voice.objective import objective_blocks
from flows.voice.say import Say, flatten
from flows.voice.season_figures import season_blocks

MOST_PAIRS = 20
MOST_NAMES = 10
LONGEST_NAME = 40


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
            *objective_blocks(found.design, say),
            *_pairs(found.pairs, say),
            Paragraph(say("**Who came how far**")),
            Facts(_funnel(found.funnel, say)),
            *(season_blocks(found, say) if found.pairs else ()),
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
            *objective_blocks(found.design, say),
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
