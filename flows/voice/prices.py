"""What a change by hand costs, said before it is made."""

from collections.abc import Iterator, Mapping, Sequence

from flows.matching.editing.pricing import Price, Step
from flows.people import Person
from flows.voice.calm import line
from flows.voice.coordinating import dry_run
from flows.voice.fit import about, at_least, fit
from flows.voice.message import Action, Message, Words
from flows.voice.people import mention
from flows.voice.say import Say

SHOW = "/mentor-admin match show"


def swapping(
    price: Price,
    people: Mapping[str, Person],
    action: Action,
    say: Say,
    *,
    changed: bool = False,
    let_go: Sequence[Person] = (),
) -> Message:
    """Before two mentees exchange mentors. `people` are by participant, `let_go` those whose lock ends with it.
    Meanwhile one of them, or both, may have the other mentor, and no lock."""
    notes = [*_changed(say, changed=changed), *lines(price, people, say), *(_let_go(one, say) for one in let_go)]
    if len(price.steps) < 2:
        opening = say("Part of this exchange is made already. This does the rest: both pairs are so, and locked.")
        return dry_run(opening, (), None, say.plain("Lock them"), action, say, notes=notes)
    opening = say("This exchanges two mentors, and locks both pairs. Nobody hears of it.")
    return dry_run(opening, (), None, say.plain("Swap them"), action, say, notes=notes)


def exchanged_already(pins: Mapping[str, str], people: Mapping[str, Person], say: Say) -> Message:
    """Somebody else has made this exchange meanwhile. `pins` are mentees with their mentors, `people` by participant;
    who is no longer there is left out."""
    pairs = [
        say.plain("{mentee} with {mentor}", mentee=people[one].name, mentor=people[other].name)
        for one, other in pins.items()
        if one in people and other in people
    ]
    told = say("**This is so already:** {pairs}. Both pairs are locked.", pairs=say.listing(pairs))
    return line(told, note=say("Nothing has changed, and nobody was told. {word} shows the draft.", word=SHOW))


def giving(
    two: tuple[str, str],
    price: Price,
    people: Mapping[str, Person],
    action: Action,
    say: Say,
    *,
    changed: bool = False,
    let_go: Sequence[Person] = (),
) -> Message:
    """Before a mentee gets another mentor: `two`. Meanwhile they may be a pair, so that nobody moves any more."""
    mentee, mentor = two
    opening = say(
        "This matches {mentee} with {mentor}, and locks the pair. Nobody hears of it.",
        mentee=mention(people[mentee]),
        mentor=mention(people[mentor]),
    )
    notes = [*_changed(say, changed=changed), *lines(price, people, say), *(_let_go(one, say) for one in let_go)]
    return dry_run(opening, (), None, say.plain("Lock them"), action, say, notes=notes)


def _changed(say: Say, *, changed: bool) -> Iterator[Words]:
    if changed:
        yield say("Something has changed since you were shown this, so nothing was changed. Please look again.")


def _let_go(mentee: Person, say: Say) -> Words:
    return say("The lock on {mentee} with somebody else is let go.", mentee=mention(mentee))


def lines(price: Price, people: Mapping[str, Person], say: Say) -> Iterator[Words]:
    """Who moves; then people, before fit: whether somebody loses a place, and how much better or worse the whole is."""
    yield from (step(one, people, say) for one in price.steps)
    yield _together(price, say)
    if price.costs_a_place:
        yield say("In a new draft with this, somebody would lose their place.")
    elif price.least is not None and (percent := at_least(price.least, price.whole)):
        yield say(
            "The best draft with this is at least {percent} % worse than the best without; others may move for it.",
            percent=say.number(percent),
        )


def step(one: Step, people: Mapping[str, Person], say: Say) -> Words:
    """Somebody with another mentor than before, each with the score of the pair."""
    mentee = mention(people[one.mentee])
    if not one.after:
        return say(
            "{mentee} leaves {before} (fit {was} %), and has nobody.",
            mentee=mentee,
            before=people[one.before].name,
            was=fit(one.was),
        )
    if not one.before:
        return say(
            "{mentee} gets {after} (fit {becomes} %), and had nobody.",
            mentee=mentee,
            after=people[one.after].name,
            becomes=fit(one.becomes),
        )
    return say(
        "{mentee} goes from {before} (fit {was} %) to {after} (fit {becomes} %).",
        mentee=mentee,
        before=people[one.before].name,
        was=fit(one.was),
        after=people[one.after].name,
        becomes=fit(one.becomes),
    )


def _together(price: Price, say: Say) -> Words:
    percent = about(abs(price.fit), price.whole)
    if not percent:
        return say("All pairs together fit as well as before.")
    if price.fit > 0:
        return say("All pairs together fit {percent} % better than before.", percent=say.number(percent))
    return say("All pairs together fit {percent} % less well than before.", percent=say.number(percent))
