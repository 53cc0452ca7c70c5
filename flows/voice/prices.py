"""What a change by hand costs, said before it is made."""

from collections.abc import Iterator, Mapping

from flows.matching.editing.pricing import Price, Step
from flows.people import Person
from flows.voice.coordinating import dry_run, mention
from flows.voice.message import Action, Message, Words
from flows.voice.rounds import of_100
from flows.voice.say import Say


def swapping(price: Price, people: Mapping[str, Person], action: Action, say: Say, *, changed: bool = False) -> Message:
    """Before two mentees exchange mentors. `people` are by participant."""
    opening = say("This exchanges two mentors, and locks both pairs. Nobody hears of it.")
    return dry_run(opening, (), None, say.plain("Swap them"), action, say, notes=[*_notes(price, people, say, changed)])


def giving(price: Price, people: Mapping[str, Person], action: Action, say: Say, *, changed: bool = False) -> Message:
    """Before somebody gets another mentor."""
    first = price.steps[0]
    opening = say(
        "This gives {mentee} to {mentor}, and locks the pair. Nobody hears of it.",
        mentee=mention(people[first.mentee]),
        mentor=mention(people[first.after]),
    )
    return dry_run(opening, (), None, say.plain("Lock them"), action, say, notes=[*_notes(price, people, say, changed)])


def points(n: int) -> str:
    """Points of the scale of 100, for what is lost at least: never more than is proved."""
    return str(n // 100)


def _notes(price: Price, people: Mapping[str, Person], say: Say, changed: bool) -> Iterator[Words]:
    if changed:
        yield say("Something has changed since you were shown this, so nothing was changed. Please look again.")
    yield from (step(one, people, say) for one in price.steps)
    yield _together(price, say)
    if price.costs_a_place:
        yield say("In a new draft with this, somebody would lose their place.")
    elif price.least is not None and price.least >= 100:
        yield say(
            "The best draft with this is at least {points} points below the best there is; others may move for it.",
            points=points(price.least),
        )


def step(one: Step, people: Mapping[str, Person], say: Say) -> Words:
    """Somebody with another mentor than before, each with the score of the pair."""
    mentee = mention(people[one.mentee])
    if not one.after:
        return say("{mentee} leaves {before} ({was} of 100), and has nobody.", mentee=mentee,
                   before=people[one.before].name, was=of_100(one.was))  # fmt: skip
    if not one.before:
        return say("{mentee} gets {after} ({becomes} of 100), and had nobody.", mentee=mentee,
                   after=people[one.after].name, becomes=of_100(one.becomes))  # fmt: skip
    return say(
        "{mentee} goes from {before} ({was} of 100) to {after} ({becomes} of 100).",
        mentee=mentee,
        before=people[one.before].name,
        was=of_100(one.was),
        after=people[one.after].name,
        becomes=of_100(one.becomes),
    )


def _together(price: Price, say: Say) -> Words:
    change = round(price.fit / 100)
    if change > 0:
        told = say.many(change, "All pairs together gain {n} point.", "All pairs together gain {n} points.")
    elif change < 0:
        told = say.many(-change, "All pairs together lose {n} point.", "All pairs together lose {n} points.")
    else:
        told = say("All pairs together fit as well as before.")
    return told
