"""Whom a coordinator means: by a mention, or by the full name, which reaches people on every platform."""

import re
from collections.abc import Mapping
from dataclasses import replace

from flows.people import Person
from flows.refusal import Refusal
from handlers.coordinating import desk
from handlers.coordinating.line import Line, read
from handlers.turn import Turn

_BY_NAME = "="
"""Before a person's own id, where a mention has their account's; no account begins so."""


def typed(turn: Turn) -> Line:
    """What stands behind the verb, full names being mentions. Raises Refusal("people.several") for a name that more
    than one person has."""
    line = desk.typed(turn)
    if " " not in line.words:
        return line
    text = line.text
    for name, people in _found(turn, line.words).items():
        if len(people) > 1:
            raise Refusal("people.several", name=turn.store.people.get(people[0]).name)
        text = re.sub(_whole(name), f" <@{_BY_NAME}{people[0]}> ", text, flags=re.IGNORECASE)
    return replace(read(text), text=line.text)


def named(turn: Turn, who: str) -> Person:
    """The person behind a mention of that line. Raises Refusal("people.unknown")."""
    if not who.startswith(_BY_NAME):
        return desk.named(turn, who)
    try:
        return turn.store.people.get(who.removeprefix(_BY_NAME))
    except LookupError:
        raise Refusal("people.unknown") from None


def _found(turn: Turn, words: str) -> Mapping[str, list[str]]:
    """Full names in the words, the longest first, each with the ids of those who are called so."""
    found: dict[str, list[str]] = {}
    for person, name in turn.store.people.names():
        # A name of one word may as well be a word of a programme's name.
        if " " in name and re.search(_whole(name), words, re.IGNORECASE):
            found.setdefault(name.casefold(), []).append(person)
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


def _whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)\s*,?"
