"""The end of a match: what waits is taken back, letters are looked at, and its people hear neutral words."""

from flows.match import Match
from flows.people import Person, Role
from flows.voice import matches as voice
from flows.voice import together
from handlers.introducing import introduce_anew, show_end
from handlers.telling import news
from handlers.turn import Turn
from handlers.writing.opening import wake_letters
from storage.outbox import State


def let_go(turn: Turn, *over: Match) -> None:
    """Keep matches that are over."""
    ids, people = [match.id for match in over], {member.person for match in over for member in match.members}
    turn.store.matches.save(*over)
    turn.store.outbox.cancel_about(*ids)
    turn.store.relays.forget_matches(*ids)
    wake_letters(turn.store, *ids, now=turn.now)
    turn.store.schedule.look_at_all([*(f"match:{one}" for one in ids), *(f"person:{one}" for one in people)], turn.now)
    show_end(turn, over, turn.store.people.all(list(people)))


def never_told(turn: Turn, over: Match) -> frozenset[str]:
    """The ids of the people of a match that was let go who had not yet heard that it began, and never will."""
    history = turn.store.outbox.history(over.id)
    return frozenset(told.person for told in history if told.step == "introduction" and told.state is State.CANCELLED)


def close(turn: Turn, match: Match, cause: str, *, but: str = "") -> None:
    """End a match before its time and tell its people, all but one; nobody is told why, or by whom."""
    let_go(turn, match.end(turn.today, cause))
    unaware = never_told(turn, match)
    people = turn.store.people.all([member.person for member in match.members])
    for member in match.members:
        if member.person == but or member.person in unaware:
            continue
        reader = people[member.person]
        others, say = [people[one.person] for one in match.partners(member.person)], turn.say_to(reader)
        message = together.ended(others, say) if len(others) > 1 else voice.ended(others[0], say)
        key = f"ended:{match.id}:{reader.id}"
        post = news(reader, message, key=key, subject=match.id, step="ended", now=turn.now)
        turn.store.outbox.put(post, now=turn.now)


def step_out(turn: Turn, match: Match, who: Person) -> None:
    """Somebody leaves more than one other: these go on, and read that this person is no longer with them; who has not
    heard yet that they are together hears it without this person."""
    turn.store.matches.drop_member(match.id, who.id)
    rest, people = turn.store.matches.with_people(match.id)
    turn.store.outbox.take_back(f"intro:{match.id}:{who.id}")
    turn.store.schedule.look_at(f"person:{who.id}", turn.now)
    unaware = introduce_anew(turn, rest, people)
    for reader in people.values():
        if reader.id in unaware:
            continue
        message = together.went(who.name, turn.say_to(reader), led=together.leads(match, who.id))
        key = f"left:{match.id}:{who.id}:{reader.id}"
        post = news(reader, message, key=key, subject=match.id, step="left", now=turn.now)
        turn.store.outbox.put(post, now=turn.now)


def goes_on_without(match: Match, person: str) -> bool:
    """Whether those who stay still are what they were brought together as: two, and a mentor where they had one."""
    rest = match.without(person)
    return len(rest.members) > 1 and {member.role for member in rest.members} >= {
        member.role for member in match.members if member.role is Role.MENTOR
    }
