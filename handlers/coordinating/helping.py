"""Help for coordinators: the words that the caller may use, and whether something did not arrive."""

from collections.abc import Sequence

from flows.roles import may
from flows.voice import help as voice
from handlers import words
from handlers.coordinating import naming
from handlers.coordinating.desk import Done, grants
from handlers.coordinating.line import read
from handlers.coordinating.sent import hint
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.words import Word


def help_coordinator(turn: Turn) -> Done:
    """The words that the caller may use, and no others."""
    return Done(Reply(voice.commands("mentor-admin", _listed(_mine(turn)), turn.say, note=hint(turn)), Where.PRIVATELY))


def unknown(turn: Turn) -> Done:
    """Of the words that the caller may use: what numbers of pairs, or names alone, may be meant for, all that begin
    with the one that was typed, or the nearest."""
    mine, typed = _mine(turn), turn.words.casefold().split()
    numbers = typed[1:] if typed[:1] == ["match"] else []
    asks = any(word.verb == "match why" for word in mine)
    if asks and 1 <= len(numbers) <= 2 and all(one.isdecimal() and len(one) <= 4 for one in numbers):
        return Done(Reply(voice.of_numbers(numbers, turn.say), Where.PRIVATELY))
    if asks and typed[:1] == ["match"] and len(typed) > 1:
        line = naming.with_people(turn, read(turn.words.split(maxsplit=1)[1]))
        if not line.words and 1 <= len(line.people) <= 2:
            names = [naming.named(turn, one).name for one in line.people]
            return Done(Reply(voice.of_people(names, turn.say), Where.PRIVATELY))
    begun = [word for word in mine if word.verb.startswith(f"{' '.join(typed)} ")]
    if begun:
        return Done(Reply(voice.of_one("mentor-admin", " ".join(typed), _listed(begun), turn.say), Where.PRIVATELY))
    near = words.nearest(turn.words, [word.verb for word in mine])
    return Done(Reply(voice.unknown("mentor-admin", turn.words, near, turn.say), Where.PRIVATELY))


def _mine(turn: Turn) -> Sequence[Word]:
    held = grants(turn)
    return [word for word in words.ADMIN if may(word.verb, held)]


def _listed(found: Sequence[Word]) -> Sequence[tuple[str, str]]:
    return [(f"{word.verb} {word.usage}".strip(), word.says) for word in found]
