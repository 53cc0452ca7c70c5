"""Two ways to draft, side by side."""

from collections.abc import Iterator, Mapping, Sequence

from flows.matching.editing.comparing import Comparison, Outcome
from flows.matching.editing.difference import Moved
from flows.matching.rules import Aim
from flows.people import Person
from flows.voice.calm import line
from flows.voice.coordinating import left_out_words
from flows.voice.fit import fit
from flows.voice.message import Action, Block, Bullets, Button, Buttons, Facts, Heading, Message, Note, Paragraph, Words
from flows.voice.people import mention
from flows.voice.rounds import mentors_with
from flows.voice.say import Say, flatten

MOST_MOVED = 10
AIM, RULES, AGAIN = "aim", "rules", "again"
"""What can be compared."""


def ask(name: str, cohort: str, *, has_draft: bool, say: Say) -> Message:
    """What shall be compared? Without a draft it cannot be the draft."""
    first = say("What shall I compare for **{name}**? Nothing is stored, and nobody hears of it.", name=name)
    options = [
        (AIM, say.plain("Most people or best fit")),
        (RULES, say.plain("Our rules or standard rules")),
        *([(AGAIN, say.plain("This draft or a fresh one"))] if has_draft else []),
    ]
    buttons = tuple(Button(label, Action("match.compare", {"cohort": cohort, "what": what})) for what, label in options)
    return Message(summary=flatten(first), blocks=(Paragraph(first), Buttons(buttons)))


def asked_for(what: str, say: Say) -> Message:
    """The answer at once."""
    one, other = names(what, say)
    return line(
        say("Comparing “{one}” with “{other}”.", one=one, other=other),
        note=say("The answer comes to our chat in a moment. Nothing changes."),
    )


def names(what: str, say: Say) -> tuple[str, str]:
    """What the two ways are called."""
    if what == AIM:
        return say.plain("Most people"), say.plain("Best fit")
    if what == RULES:
        return say.plain("Our rules"), say.plain("Standard rules")
    return say.plain("This draft"), say.plain("A fresh one")


def compared(
    what: str,
    found: Comparison,
    cohort: str,
    name: str,
    people: Mapping[str, Person],
    say: Say,
    *,
    has_draft: bool,
) -> Message:
    """Both ways in numbers, who would have somebody else by the second, and what can be done next. `people` are by
    participant."""
    one, other = names(what, say)
    first = say("**{name}**: first “{one}”, then “{other}”.", name=name, one=one, other=other)
    change = found.difference
    blocks: list[Block] = [
        Heading(say.plain("Two ways compared")),
        Paragraph(first),
        Facts(tuple(_facts(found.first, found.second, say))),
        Paragraph(
            say(
                "In the second way: {same} unchanged, {moved} with another mentor, {gained} newly matched, {lost} "
                "no longer matched.",
                same=str(change.same),
                moved=str(len(change.moved)),
                gained=str(len(change.gained)),
                lost=str(len(change.lost)),
            )
        ),
    ]
    lines = [*_moved(change.moved, people, say), *_named(change.gained, change.lost, people, say)]
    if lines:
        blocks.append(Bullets(tuple(lines)))
    if not (found.first.proved and found.second.proved):
        blocks.append(Note(say("The time was up, so one of the two could be a little better still.")))
    blocks.append(Note(say("Both are measured by this programme's rules. Nothing has been stored or changed.")))
    blocks.append(Buttons(tuple(_next(what, cohort, say, has_draft=has_draft))))
    return Message(summary=flatten(first), blocks=tuple(blocks))


def _next(what: str, cohort: str, say: Say, *, has_draft: bool) -> Iterator[Button]:
    args = {"cohort": cohort}
    if what == AIM:
        yield Button(say.plain("Draft for most people"), Action("match.aim", {**args, "aim": Aim.PARTICIPATION}))
        yield Button(say.plain("Draft for best fit"), Action("match.aim", {**args, "aim": Aim.BEST_FIT}))
    if what == AGAIN:
        yield Button(say.plain("Draft again"), Action("match.draft", args))
    yield Button(say.plain("Compare something else"), Action("match.compare", args))
    if has_draft:
        yield Button(say.plain("Show the draft"), Action("match.show", args))


def _facts(one: Outcome, other: Outcome, say: Say) -> Sequence[tuple[str, Words]]:
    def both(first: str, second: str) -> Words:
        return say("{first}, then {second}", first=first, second=second)

    def percent(score: int | None) -> str:
        return "–" if score is None else say.plain("{fit} %", fit=fit(score))

    rows: list[tuple[str, Words]] = [
        (say.plain("Matched, of {all}", all=str(one.mentees)), both(str(one.matched), str(other.matched))),
        (say.plain("Fit on average"), both(percent(one.mean), percent(other.mean))),
        (say.plain("Lowest fit"), both(percent(one.lowest), percent(other.lowest))),
    ]
    loads = dict(one.load), dict(other.load)
    for count in sorted({*loads[0], *loads[1]}):
        rows.append((mentors_with(count, say), both(str(loads[0].get(count, 0)), str(loads[1].get(count, 0)))))
    return rows


def _moved(moved: Sequence[Moved], people: Mapping[str, Person], say: Say) -> list[Words]:
    known = [one for one in moved if {one.mentee, one.before, one.after} <= people.keys()]
    lines = [_move(one, people, say) for one in known[:MOST_MOVED]]
    if len(known) > MOST_MOVED:
        lines.append(left_out_words(len(known) - MOST_MOVED, say))
    return lines


def _move(one: Moved, people: Mapping[str, Person], say: Say) -> Words:
    """Who has somebody else by the second way, and how that fits."""
    names = {"before": people[one.before].name, "after": people[one.after].name}
    mentee, change = mention(people[one.mentee]), fit(abs(one.delta))
    if change == "0":
        return say("{mentee}: {after} in place of {before}, who fits as well", mentee=mentee, **names)
    if one.delta > 0:
        return say(
            "{mentee}: {after} in place of {before}, fit {change} % higher", mentee=mentee, change=change, **names
        )
    return say("{mentee}: {after} in place of {before}, fit {change} % lower", mentee=mentee, change=change, **names)


def _named(gained: Sequence[str], lost: Sequence[str], people: Mapping[str, Person], say: Say) -> list[Words]:
    found = []
    if names_ := [people[one].name for one in gained[:MOST_MOVED] if one in people]:
        found.append(say("Newly matched: {names}", names=say.listing(names_)))
    if names_ := [people[one].name for one in lost[:MOST_MOVED] if one in people]:
        found.append(say("No longer matched: {names}", names=say.listing(names_)))
    return found
