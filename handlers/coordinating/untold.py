"""Who of a draft hears nothing when it is published, and who may not read what they are sent."""

from collections.abc import Collection

from flows.reach import left_out
from flows.voice import left_out as voice
from flows.voice.message import Words
from handlers.coordinating.pool import Gathered
from handlers.turn import Turn


def untold(turn: Turn, drafted: Collection[str], told: Collection[str], gathered: Gathered) -> tuple[Words, ...]:
    """In words, who was in the draft and hears nothing now, and who could not be reached before; both as ids of
    participants."""
    readers = {gathered.participants[one].person for one in told}
    places = [gathered.participants[one] for one in sorted(drafted) if one in gathered.participants]
    people = {person.id: person for person in gathered.people.values()}
    missing = left_out(places, people, readers, today=turn.today)
    doubtful = turn.store.people.unreachable(sorted(readers))
    return (*voice.lines(missing, turn.say), *voice.doubtful(len(doubtful), turn.say))
