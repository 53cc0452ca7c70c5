"""A table of a company's people, from the coordinator who gives it: what it would change, what is left out, done."""

from collections.abc import Mapping, Sequence
from itertools import islice

from flows.facts import LEVELS, Known
from flows.facts_difference import Change, Difference
from flows.facts_table import LONGEST, MOST_ROWS, Fault, Flaw
from flows.sheets.columns import of_a_list
from flows.voice import coordinating
from flows.voice.facts import listed
from flows.voice.message import (
    Action,
    Block,
    Bullets,
    Button,
    ChoiceField,
    Form,
    Heading,
    Message,
    Note,
    Option,
    Paragraph,
    TableField,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten

EXAMPLES = 3
"""Of each kind of change."""
MOST_FAULTS = 20
CUT = 60
PART, WHOLE = "part", "whole"


def form(say: Say) -> Message:
    """The dialog that takes the table."""
    fields = (
        TableField(
            "table",
            say.plain("Table of people"),
            hint=say.plain(
                "As CSV, or copied from a spreadsheet: account or e-mail, manager, department, site, level, start date."
            ),
        ),
        ChoiceField(
            "extent",
            say.plain("Who is in it?"),
            (
                Option(PART, say.plain("Some of us"), say.plain("All others stay as they are")),
                Option(WHOLE, say.plain("The whole company"), say.plain("Whoever is missing is taken away")),
            ),
            chosen=PART,
        ),
    )
    return Message(
        summary=say.plain("A table of who leads whom, and who works where."),
        blocks=(
            Heading(say.plain("Import people")),
            Form(fields, Button(say.plain("Show me first"), Action("people.table"), Tone.MAIN)),
            Note(say("For matching. Each person sees their own row; nobody else does. Nothing changes yet.")),
        ),
    )


def no_table(say: Say) -> str:
    """Nothing was given."""
    return say.plain("A table fits here: a line of column names, then a row for each person.")


def unread(say: Say) -> str:
    """A file came, and it could not be fetched or was too large."""
    return say.plain("I could not read that file. A CSV file of at most 2 MB fits; please try it once more.")


def unusable(fault: Fault, say: Say) -> str:
    """Why nothing of the table can be taken, with what would fit."""
    match fault.flaw:
        case Flaw.NO_FACT_COLUMN:
            return say.plain("Beside the people it needs a column such as manager, department, site, level or start.")
        case Flaw.COLUMN_TWICE:
            return say.plain("Two columns mean the same, one of them “{column}”. One has to go.", column=_cut(fault))
        case Flaw.NO_ROWS:
            return say.plain("There is a line of column names and no row below it.")
        case Flaw.TOO_MANY_ROWS:
            return say.plain("{n} rows are too many at once; up to {most} fit.", n=fault.value, most=str(MOST_ROWS))
        case _ if fault.value:
            return say.plain(
                "“{column}” belongs to a list for alongside match. This one names an account or e-mail, and manager, "
                "department, site, level or start date.",
                column=_cut(fault),
            )
        case _:
            return say.plain("The first line has to name the columns, one of them “account” or “e-mail”.")


def would_change(
    difference: Difference, names: Mapping[str, str], ignored: Sequence[str], action: Action, say: Say
) -> Message:
    """The dry run: counts, a few examples, and the rows that are left out. `names` are of those who have come here,
    managers among them."""
    shown = coordinating.dry_run(
        say.many(
            len(difference.changes),
            "This changes what matching knows of {n} person.",
            "This changes what matching knows of {n} people.",
        ),
        _counts(difference, say),
        None,
        say.plain("Take it over"),
        action,
        say,
        notes=_examples(difference, names, say),
    )
    return Message(shown.summary, (*shown.blocks[:-2], *_left_out(difference.faults, ignored, say), *shown.blocks[-2:]))


def examples(difference: Difference) -> tuple[str, ...]:
    """Whom the dry run calls by name, managers among them: the names under which they are known."""
    shown = [one for kind in _first(difference) for one in kind]
    managers = (known.manager for _, change in shown for known in (change.before, change.after))
    return tuple(dict.fromkeys((*(named for named, _ in shown), *managers)))


def nothing_changes(difference: Difference, ignored: Sequence[str], say: Say) -> Message:
    """The table says what is known already, or nothing that could be read."""
    told = say("This table changes nothing.")
    if difference.same:
        told = say.many(
            difference.same,
            "This table changes nothing: its {n} row says what is known already.",
            "This table changes nothing: its {n} rows say what is known already.",
        )
    return Message(flatten(told), (Paragraph(told), *_left_out(difference.faults, ignored, say)))


def imported(difference: Difference, told: int, say: Say) -> Message:
    """It is done; `told` people get a card, because something about them is new."""
    words = say.many(
        len(difference.changes),
        "Done. What matching knows of {n} person has changed.",
        "Done. What matching knows of {n} people has changed.",
    )
    notes = [say("The next draft uses it. What it says of people who have not come here yet waits for them.")]
    if told:
        notes.append(
            say.many(
                told,
                "{n} person who has joined is asked once whether it is right, in their working hours.",
                "{n} people who have joined are asked once whether it is right, in their working hours.",
            )
        )
    return Message(flatten(words), (Paragraph(words), Bullets(tuple(notes))))


def _counts(difference: Difference, say: Say) -> tuple[tuple[str, Words], ...]:
    rows: Sequence[tuple[str, int]] = (
        (say.plain("New"), len(difference.new)),
        (say.plain("Changed"), len(difference.changed)),
        (say.plain("Taken away"), len(difference.gone)),
        (say.plain("As before"), difference.same),
        (say.plain("Rows left out"), difference.rows_left_out),
        (say.plain("Address or account of nobody here yet, kept until they come"), difference.strangers),
    )
    return tuple((name, say("{n}", n=str(n))) for name, n in rows if n)


def _examples(difference: Difference, names: Mapping[str, str], say: Say) -> tuple[Words, ...]:
    new, changed, gone = _first(difference)
    return (
        *(
            say("New: {who}, {what}", who=_called(one, names), what=_listed(change.after, names, say))
            for one, change in new
        ),
        *(
            say("Changed: {who}, {what}", who=_called(one, names), what=say.listing(_steps(change, names, say)))
            for one, change in changed
        ),
        *(say("Taken away: {who}", who=_called(one, names)) for one, _ in gone),
    )


def _first(difference: Difference) -> list[list[tuple[str, Change]]]:
    """Of what is new, changed and gone."""
    kinds = (difference.new, difference.changed, difference.gone)
    return [list(islice(kind.items(), EXAMPLES)) for kind in kinds]


def _listed(known: Known, names: Mapping[str, str], say: Say) -> str:
    return say.listing([f"{name} {value}" for name, value in listed(known, _called(known.manager, names), say)])


def _steps(change: Change, names: Mapping[str, str], say: Say) -> list[str]:
    before = dict(listed(change.before, _called(change.before.manager, names), say))
    after = dict(listed(change.after, _called(change.after.manager, names), say))
    return [
        _step(fact, before.get(fact, ""), after.get(fact, ""), say)
        for fact in dict.fromkeys((*before, *after))
        if before.get(fact) != after.get(fact)
    ]


def _called(named: str, names: Mapping[str, str]) -> str:
    """By name who has come here, anybody else as the table has them."""
    return names.get(named) or _bare(named)


def _step(fact: str, before: str, after: str, say: Say) -> str:
    if not before:
        return say.plain("{fact} {after}, which is new", fact=fact, after=after)
    if not after:
        return say.plain("{fact} no longer {before}", fact=fact, before=before)
    return say.plain("{fact} {after} instead of {before}", fact=fact, before=before, after=after)


def _bare(named: str) -> str:
    """An account without the platform and workspace before it."""
    return named.rpartition("/")[2]


def _left_out(faults: Sequence[Fault], ignored: Sequence[str], say: Say) -> tuple[Block, ...]:
    """What is wrong with the rows that are left out, up to a limit, then how many rows more; and the columns that mean
    nothing here."""
    blocks: list[Block] = []
    if faults:
        blocks.append(Paragraph(say("**Left out**")))
        shown = faults[:MOST_FAULTS]
        blocks.append(Bullets(tuple(fault_line(fault, say) for fault in shown)))
        more = len({fault.row for fault in faults} - {fault.row for fault in shown})
        if more > 0:
            blocks.append(Note(say.many(more, "{n} more row is left out.", "{n} more rows are left out.")))
    if ignored:
        names = say.listing([name[:CUT] for name in ignored[:10]])
        told = say(
            "Not used: {names}. This table may have manager, department, site, level and start date.", names=names
        )
        blocks.append(Note(told))
        if of_a_list(ignored):
            blocks.append(Note(say("Goals, skills and hours are what people answer when they join.")))
    return tuple(blocks)


def fault_line(fault: Fault, say: Say) -> Words:
    """One row that is left out, with what would fit."""
    row, value, first = str(fault.row), _cut(fault), str(fault.first)
    match fault.flaw:
        case Flaw.NO_PERSON:
            return say("Row {row}: nobody is named. An account or an e-mail address fits.", row=row)
        case Flaw.NOT_A_NAME:
            return say("Row {row}: “{value}” is no account and no e-mail address.", row=row, value=value)
        case Flaw.MANAGER_NOT_A_NAME:
            return say("Row {row}: the manager “{value}” is no account and no e-mail address.", row=row, value=value)
        case Flaw.TWICE:
            return say("Row {row}: {value} stands in row {first} already.", row=row, value=value, first=first)
        case Flaw.OWN_MANAGER:
            return say("Row {row}: {value} cannot be their own manager.", row=row, value=value)
        case Flaw.TOO_LONG:
            most = str(LONGEST)
            return say("Row {row}: “{value}…” is longer than {most} signs.", row=row, value=value, most=most)
        case Flaw.LEVEL:
            least, most = str(LEVELS[0]), str(LEVELS[-1])
            return say(
                "Row {row}: “{value}” is no level. A whole number from {least} to {most} fits.",
                row=row,
                value=value,
                least=least,
                most=most,
            )
        case Flaw.DAY:
            return say("Row {row}: “{value}” is no day that is surely meant. 2026-10-01 fits.", row=row, value=value)
        case Flaw.SIGNS:
            return say("Row {row}: some letters cannot be read. Save the table as “CSV UTF-8”.", row=row)
        case Flaw.FIELDS:
            return say("Row {row}: it has more cells than there are columns.", row=row)
        case Flaw.QUOTE:
            return say("Row {row}: a quotation mark opens and is never closed.", row=row)
        case _:
            return say("Row {row}: it cannot be read.", row=row)


def _cut(fault: Fault) -> str:
    return fault.value[:CUT]
