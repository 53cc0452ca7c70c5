"""The answer as a coordinator reads it: 80 columns, no colours, and no scores unless they are asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import fill

import numpy as np
import scipy

from flows.matching.drafting.fairness import Group, Hidden
from flows.matching.drafting.recruiting import Wanted
from flows.matching.drafting.remedies import Cause
from flows.matching.drafting.solved import Solved
from flows.matching.drafting.unmatched import Left
from flows.matching.editing.alternatives import Alternative
from flows.matching.editing.difference import Difference
from flows.matching.numbers import decimals
from flows.matching.offline.result import Result
from flows.matching.rules import Aim, Limit
from flows.sheets.remarks import Remark, told

WIDTH = 80
CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(0x2028, 0x202F), *range(0x2066, 0x206A)), " ")
"""A name may hold what a terminal would obey: to break a line, to move, or to write from right to left from here on."""
WIDEST = 22
"""Of a table's words, so that all its columns have room."""
MOST_NAMED = 3
LIFTED = {
    Limit.LANGUAGE: "a common language",
    Limit.TIME: "common free hours",
    Limit.SENIORITY: "seniority",
    Limit.OFFICE: "the same office",
    Limit.MANAGER: "the reporting line",
    Limit.MET: "those who have met",
}


def errors_as_text(errors: tuple[Remark, ...]) -> Iterator[str]:
    """A line an error, as editors jump to."""
    for one in told(errors):
        yield (_line(one) if one.code else one.message) + "\n"


def as_text(result: Result, *, scores: bool) -> Iterator[str]:
    """The whole answer, part by part."""
    draft = result.draft
    yield _paragraph(_headline(draft))
    if draft.matches:
        yield "\nPairs, with the reasons as the mentee would read them\n"
        yield from (f"\n{block}" for block in _pairs(result, scores=scores))
    if result.left:
        yield "\nNot matched yet, in the order in which they go first next time\n"
        yield from (f"\n{block}" for block in (_left(result, one) for one in result.left))
        yield from (f"\n{_paragraph(_wanted(one))}" for one in result.recruit)
    if result.idle:
        yield f"\n{_paragraph(f'Mentors without a mentee: {_names(result, result.idle)}.')}"
    yield f"\n{_paragraph(_load(draft))}"
    if result.fairness:
        yield f"\n{_table(result.fairness, scores=scores)}"
    if result.difference:
        yield f"\n{_difference(result, result.difference)}"
    yield from (f"\n{_paragraph(_alternative(result, one))}" for one in result.alternatives)
    yield from (f"\n{_paragraph(line)}" for line in _unexplained(result))
    if result.warnings:
        yield "\n"
        yield from (_paragraph(_line(one), indent="  ") for one in result.warnings)
    yield f"\n{_paragraph(_record(result))}"


def _headline(draft: Solved) -> str:
    everybody, matched = len(draft.mentees), len(draft.matches)
    every = matched == everybody > 1
    head = f"All {everybody} mentees matched" if every else f"{matched} of {_count(everybody, 'mentee')} matched"
    if not draft.proved:
        return f"{head} when the time was up; the best draft is at most {draft.gap} points away."
    if draft.rules.aim is Aim.BEST_FIT or matched == everybody:
        return f"{head}, and no better fit exists: proved."
    return f"{head}; nobody more can be, and no better fit exists: proved."


def _pairs(result: Result, *, scores: bool) -> Iterator[str]:
    people = result.given.people
    for mentee, one in result.draft.matches.items():
        head = f"{people.called(mentee)}, with {people.called(one.pair.mentor)}"
        head += " (locked)" if one.pair.pinned else ""
        head += f": {one.pair.score}" if scores else ""
        yield _paragraph(head) + "".join(_item(reason.text) for reason in result.reasons[mentee][0])


def _left(result: Result, one: Left) -> str:
    mentors = _count(one.permitted, "mentor") + (" is" if one.permitted == 1 else " are")
    match one.cause:
        case Cause.NO_PERMITTED:
            why = "no mentor is permitted."
        case Cause.BELOW_MINIMUM:
            why = f"{mentors} permitted, and none fits well enough."
        case _ if result.draft.rules.aim is Aim.BEST_FIT:
            why = f"{mentors} permitted, and no place of theirs would make the whole fit better."
        case _:
            why = f"{mentors} permitted, and all their places are needed by others."
    helps = [
        f"Without the limit on {LIFTED[limit]}, {_count(count, 'mentor')} would fit."
        for limit, count in one.relax.items()
    ]
    if one.places:
        helps.append(f"One more place matches one more person: {_names(result, one.places)}.")
    return _paragraph(f"{one.queue}. {result.given.people.called(one.person)}: {why}") + "".join(map(_item, helps))


def _wanted(one: Wanted) -> str:
    alone = one.mentors == 1
    speaks = f"{'speaks' if alone else 'speak'} {one.languages[0]}" if one.languages else ""
    meets = f"can meet in {one.office}" if one.office else ""
    who = " and ".join(part for part in (speaks, meets) if part)
    grade = f", of grade {one.min_grade} or above," if one.min_grade is not None else ""
    mentors = _count(one.mentors, "new mentor") + (f" who {who}" if who else "")
    return f"{mentors}{grade} would match {_count(one.helps, 'mentee')}."


def _load(draft: Solved) -> str:
    load = Counter(draft.taken.get(one.id, 0) for one in draft.mentors)
    parts = [f"{_count(load[count], 'mentor')} with {count}" for count in sorted(load)]
    return f"New mentees: {', '.join(parts)}." if parts else "No mentor has a place."


def _table(groups: Sequence[Group | Hidden], *, scores: bool) -> str:
    head = ["Segment", "Group", "People", "Matched", "Rate", *(["Mean"] if scores else []), ""]
    rows = [head]
    for one in groups:
        if isinstance(one, Hidden):
            few = _count(one.groups, "group")
            rows.append([one.segment, f"({few} hidden)", str(one.people), *[""] * (len(head) - 3)])
        else:
            fit = [str(one.mean) if one.mean is not None else ""] if scores else []
            ask = "ask why" if one.flag else ""
            rate = f"{decimals(one.rate):.3f}"
            rows.append([one.segment, one.group, str(one.people), str(one.matched), rate, *fit, ask])
    widths = [min(WIDEST, max(len(row[nth]) for row in rows)) for nth in range(len(head))]
    return "".join(
        " ".join(
            cell.translate(CONTROLS)[:width].ljust(width) if nth < 2 else cell.rjust(width)
            for nth, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )


def _difference(result: Result, found: Difference) -> str:
    moved, gained, lost = len(found.moved), len(found.gained), len(found.lost)
    changes = f"{found.same} the same, {moved} moved, {gained} newly matched, {lost} no longer."
    name = result.given.people.called
    moves = (f"{name(one.mentee)}: {name(one.after)} in the place of {name(one.before)}" for one in found.moved)
    return _paragraph(f"Pairs beside the earlier draft: {changes}") + "".join(map(_item, moves))


def _alternative(result: Result, one: Alternative) -> str:
    people = result.given.people
    head = f"{people.called(one.mentee)} with {people.called(one.mentor)}"
    if one.failed:
        return f"{head}: not permitted ({', '.join(one.failed)})."
    if not people.listed[one.mentor].candidate.places:
        return f"{head}: {people.name(one.mentor)} has no place."
    if one.costs is None:
        return f"{head}: somebody else would lose their place."
    if not one.costs:
        return f"{head}: would cost nothing; there is a draft as good that has this pair."
    return f"{head}: would {'cost' if one.costs > 0 else 'bring'} the whole {_count(abs(one.costs), 'point')}."


def _unexplained(result: Result) -> Iterator[str]:
    """Whoever was asked about is spoken of, even where there is no other pair."""
    spoken_of = {person for one in result.alternatives for person in (one.mentee, one.mentor)}
    for person in dict.fromkeys(result.request.explain):
        if person not in spoken_of:
            there = result.given.people.listed[person].candidate.available
            yield f"{result.given.people.called(person)}: {'nobody else is there' if there else 'takes no part'}."


def _record(result: Result) -> str:
    request, draft = result.request, result.draft
    sources = {
        "people": request.people,
        "rules": request.rules,
        "locks": request.locks,
        "previous": request.previous,
    }
    digests = [f"{name} {source.digest}" for name, source in sources.items() if source]
    rules = draft.rules
    how = [f"mode {rules.aim}", f"seed {rules.seed}", f"rules {rules.version}"]
    versions = [f"numpy {np.__version__}", f"scipy {scipy.__version__}", f"gap {draft.gap}"]
    return f"Record: {', '.join([*digests, *how, *versions])}"


def _names(result: Result, ids: Sequence[str]) -> str:
    names = [result.given.people.called(one) for one in ids[:MOST_NAMED]]
    more = len(ids) - len(names)
    return ", ".join(names) + (f" and {_count(more, 'other')}" if more else "")


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _paragraph(text: str, *, indent: str = "") -> str:
    return fill(text.translate(CONTROLS), WIDTH, subsequent_indent=indent, break_on_hyphens=False) + "\n"


def _item(text: str) -> str:
    text = text.translate(CONTROLS)
    return fill(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False) + "\n"


def _line(one: Remark) -> str:
    # An option of the command stands in no file.
    place = f"{one.file}:{one.row}:{one.column}" if one.file else one.column
    return f"{place}: {one.code} {one.message}".translate(CONTROLS)
