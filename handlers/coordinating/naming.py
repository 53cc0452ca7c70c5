"""Whom a coordinator means: by a mention, or by full name or address, which reach people on every platform."""

import re
from collections.abc import Mapping
from dataclasses import replace

from flows.people import Person
from flows.refusal import Refusal
from handlers.coordinating import desk
from handlers.coordinating.line import Line, read
from handlers.turn import Turn

_BY_ID = "="
"""Before a person's own id, where a mention has their account's; no account begins so."""
_ADDRESS = re.compile(r"(?<![^\s,;(])[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]*\w")


def typed(turn: Turn) -> Line:
    """What stands behind the verb, addresses and full names being mentions.

    Raises Refusal: `people.no_address` for one that belongs to nobody we have met, `people.several_at` and
    `people.several` for an address or a name that more than one person has.
    """
    return with_people(turn, desk.as_typed(turn))


def with_people(turn: Turn, line: Line) -> Line:
    """The same for what somebody else than a coordinator typed."""
    text = _ADDRESS.sub(lambda found: _at(turn, found[0]), line.text)
    words = read(text).words
    if " " not in words:
        return replace(read(text), text=line.text)
    for name, people in _found(turn, words).items():
        text, times = re.subn(_whole(name), f" {_mention(people[0])} ", text, flags=re.IGNORECASE)
        # Of a name that stood only inside a longer one nothing is left by now.
        if times and len(people) > 1:
            raise Refusal("people.several", name=turn.store.people.get(people[0]).name)
    return replace(read(text), text=line.text)


def named(turn: Turn, who: str) -> Person:
    """The person behind a mention of that line. Raises Refusal("people.unknown")."""
    if not who.startswith(_BY_ID):
        return desk.mentioned(turn, who)
    try:
        return turn.store.people.get(who.removeprefix(_BY_ID))
    except LookupError:
        raise Refusal("people.unknown") from None


def expect(turn: Turn, line: Line, *, many: int) -> None:
    """Raise Refusal("people.nobody") where fewer are named than a word is about, and what stands there is a name."""
    stranger = line.words.partition(",")[0].strip()
    if len(line.people) >= many or not stranger:
        return
    if stranger.casefold() not in {cohort.name.casefold() for cohort in turn.store.programmes.all_cohorts()}:
        raise Refusal("people.nobody", name=stranger[:80])


def _at(turn: Turn, address: str) -> str:
    people = turn.store.people.at_address(address)
    if not people:
        raise Refusal("people.no_address", address=address[:80])
    if len(people) > 1:
        raise Refusal("people.several_at", address=address[:80])
    return _mention(people[0])


def _found(turn: Turn, words: str) -> Mapping[str, list[str]]:
    """Full names in the words, the longest first, each with the ids of those who are called so."""
    found: dict[str, list[str]] = {}
    told = words.casefold()
    for person, name in turn.store.people.names():
        # A name of one word may as well be a word of a programme's name. Patterns are slow to make, and most names are
        # not there at all.
        if " " in name and name.casefold() in told and re.search(_whole(name), words, re.IGNORECASE):
            found.setdefault(name.casefold(), []).append(person)
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


def _whole(name: str) -> str:
    """The name alone, with or without the sign that some type before it."""
    return rf"(?<![\w@])@?{re.escape(name)}(?!\w)"


def _mention(person: str) -> str:
    return f"<@{_BY_ID}{person}>"
