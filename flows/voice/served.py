"""Who is served by a draft, group by group: a page for coordinators, in the chat and on paper."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from flows.matching.drafting.drafted import Record
from flows.matching.drafting.fairness import Group, Groups, Hidden
from flows.matching.drafting.remedies import Cause
from flows.matching.rules import Limit
from flows.rounds import Round
from flows.suppression import AT_LEAST
from flows.voice.calm import line
from flows.voice.fit import fit
from flows.voice.limits import limit_word
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
    Words,
)
from flows.voice.say import Say, flatten, in_a_row

MOST_GROUPS = 20
"""Of one kind in one message; the paper has all."""


def page(round_: Round, name: str, say: Say) -> Message:
    """The page in the chat, with a button for the paper."""
    button = Button(say.plain("Send me a page to print"), _action("match.groups.print", round_))
    return Message(_opening(round_, name, say)[0], (*_blocks(round_, name, say, most=MOST_GROUPS), Buttons((button,))))


def paper(round_: Round, name: str, say: Say) -> Message:
    """The same with every group, and with what the draft was made from."""
    summary, _ = _opening(round_, name, say)
    return Message(summary, (*_blocks(round_, name, say, most=None), *_record(round_.draft.record, say)))


def sent(round_: Round, name: str, file: File, say: Say) -> Message:
    """The message that brings the paper."""
    words = say("Who is served in draft {number} for **{name}**, to print.", number=str(round_.number), name=name)
    note = say("It holds counts of groups and no names.")
    return Message(flatten(words), (Paragraph(words), Note(note), file))


def on_its_way(say: Say) -> Message:
    """The private answer to the button."""
    return line(say("The page is on its way to your messages with me."))


def _action(verb: str, round_: Round) -> Action:
    return Action(verb, {"cohort": round_.cohort, "round": round_.id})


def _opening(round_: Round, name: str, say: Say) -> tuple[str, Words]:
    totals = round_.draft.totals
    words = say(
        "Draft {number} for {name}. Mentees with a mentor: {matched} of {all}.",
        number=str(round_.number),
        name=name,
        matched=str(totals.matched),
        all=str(totals.mentees),
    )
    return flatten(words), words


def _blocks(round_: Round, name: str, say: Say, *, most: int | None) -> tuple[Block, ...]:
    groups = round_.draft.groups
    rule = say("Groups of fewer than {least} people are not shown, nor what would tell of them.", least=str(AT_LEAST))
    word = "/mentor-admin people import"
    nothing = Paragraph(say("Nothing is known yet of where people work. {word} brings it.", word=word))
    questions = [_question(one, groups, say) for one in groups if isinstance(one, Group) and one.flag]
    return (
        Heading(say.plain("Who is served")),
        Paragraph(_opening(round_, name, say)[1]),
        *([block for part in _kinds(groups) for block in _kind(part, say, most)] if groups else [nothing]),
        *((Paragraph(say("**Questions to ask**")), Bullets(tuple(questions))) if questions else ()),
        *((Note(say("A question is no verdict: it says where to look.")),) if questions else ()),
        Note(rule),
    )


def _kinds(groups: Groups) -> Iterable[Sequence[Group | Hidden]]:
    return (tuple(part) for _, part in groupby(groups, key=lambda one: one.segment))


def _kind(part: Sequence[Group | Hidden], say: Say, most: int | None) -> tuple[Block, ...]:
    """One kind of group: a line each, then what is hidden."""
    shown = [one for one in part if isinstance(one, Group)]
    rows = tuple((one.group, _figures(one, say)) for one in shown[:most])
    more = len(shown) - len(rows)
    hidden = [
        say.many(
            one.groups,
            "{n} group is not shown; together {people} people.",
            "{n} groups are not shown; together {people} people.",
            people=str(one.people),
        )
        for one in part
        if isinstance(one, Hidden)
    ]
    notes = [*([say.many(more, "{n} more is on paper.", "{n} more are on paper.")] if more else []), *hidden]
    heading = Paragraph(say("**{kind}**", kind=kind(part[0].segment, say)))
    return (heading, *((Facts(rows),) if rows else ()), *(Note(words) for words in notes))


def _figures(one: Group, say: Say) -> Words:
    percent = str(round(100 * one.rate))
    sentences = [
        say("{matched} of {people}, {percent} %.", matched=str(one.matched), people=str(one.people), percent=percent)
    ]
    if one.mean is not None:
        sentences.append(say("Fit {fit} %.", fit=fit(one.mean)))
    if one.waited:
        sentences.append(say("Rounds waited on average: {rounds}.", rounds=say.number(one.waited / one.people)))
    if one.unanswered:
        sentences.append(say("{percent} % of their answers are empty.", percent=str(one.unanswered)))
    return in_a_row(*sentences)


def _question(one: Group, groups: Groups, say: Say) -> Words:
    """The low rate beside the best one of its kind, and what stands in the way."""
    same = [other for other in groups if isinstance(other, Group) and other.segment == one.segment]
    best = max(same, key=lambda other: (other.rate, other.people, other.group))
    return say(
        "{group} {percent} %, {other} {more} %: {cause}.",
        group=one.group,
        percent=str(round(100 * one.rate)),
        other=best.group,
        more=str(round(100 * best.rate)),
        cause=_cause(one.binding, say),
    )


def _cause(binding: str, say: Say) -> str:
    if binding in list(Limit):
        return limit_word(binding, say)
    if binding == Cause.BELOW_MINIMUM:
        return say.plain("nobody fits well enough")
    if binding == Cause.WHOLE:
        return say.plain("the aim of the best fit")
    return say.plain("too few places")


def kind(segment: str, say: Say) -> str:
    """The kind of group, in the reader's words; one that a company brought itself, as it is."""
    known = {
        "site": say.plain("Site"),
        "department": say.plain("Department"),
        "level": say.plain("Level"),
    }
    return known.get(segment, segment)


def _record(record: Record, say: Say) -> tuple[Block, ...]:
    rows = (
        (say.plain("People"), record.people),
        (say.plain("Rules"), record.rules),
        (say.plain("Locks"), record.locks),
        (say.plain("Draft before"), record.previous or "–"),
        (say.plain("Proof"), record.proof),
        (say.plain("Version of the rules"), str(record.rules_version)),
        (say.plain("Seed"), record.seed),
        (say.plain("Aim"), record.aim),
        ("Alongside", record.alongside),
        ("numpy", record.numpy),
        ("scipy", record.scipy),
    )
    return (
        Paragraph(say("**What the draft was made from**")),
        Facts(tuple((label, say("{value}", value=value)) for label, value in rows)),
    )
