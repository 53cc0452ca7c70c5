"""Who runs mentoring: list, appoint, dismiss."""

from flows.people import Person
from flows.refusal import Refusal
from flows.roles import EVERYWHERE, Rank, may
from flows.voice import roles as voice
from handlers.coordinating.desk import Done, chosen, grants
from handlers.coordinating.naming import named, typed
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def roles(turn: Turn) -> Done:
    """`roles`, `roles appoint @X ROLE [PROGRAMME]`, `roles dismiss @X [PROGRAMME]`."""
    words = typed(turn).words.split(maxsplit=1)
    match words[0].casefold() if words else "":
        case "":
            return _list(turn)
        case "appoint":
            return _appoint(turn, words[1] if len(words) > 1 else "")
        case "dismiss":
            return _dismiss(turn, words[1] if len(words) > 1 else "")
        case _:
            raise Refusal("roles.how")


def more(turn: Turn) -> Done:
    """Those behind the ones that fitted into one message."""
    start = turn.arg("from")
    if not start.isdecimal():
        raise Refusal("message.old")
    return _list(turn, int(start))


def _list(turn: Turn, start: int = 0) -> Done:
    held = grants(turn)
    lines = [line for line in turn.store.programmes.appointed() if may("roles", held, line[1])]
    people = turn.store.people.all([person for person, _, _ in lines])
    names = _names(turn)
    told: dict[str, list[tuple[Rank, str]]] = {}
    for person, programme, role in lines:
        told.setdefault(person, []).append((Rank(role), names.get(programme, "")))
    by_person = [(people[person], roles) for person, roles in told.items()]
    message = voice.appointed(by_person, len(turn.owners), turn.say, start=start)
    return Done(Reply(message, Where.BELOW if start else Where.PRIVATELY))


def _appoint(turn: Turn, rest: str) -> Done:
    who = _one(turn)
    word, _, name = rest.partition(" ")
    if word.casefold() not in list(Rank):
        raise Refusal("roles.how")
    programme, name = _where(turn, name.strip())
    rank = Rank(word.casefold())
    turn.store.programmes.appoint(who.id, programme, rank, by=turn.me.id, at=turn.now)
    return Done(Reply(voice.now_appointed(who, rank, name, turn.say), Where.PRIVATELY), who.id)


def _dismiss(turn: Turn, rest: str) -> Done:
    who = _one(turn)
    held = [programme for programme, _ in turn.store.programmes.roles_of(who.id)]
    # With one role, the name may be left out.
    programme, _ = _where(turn, rest.strip()) if rest.strip() or len(held) != 1 else (held[0], "")
    if programme not in held:
        raise Refusal("roles.none", name=who.name)
    if not may("roles", grants(turn), programme):
        raise Refusal("roles.not_here")
    turn.store.programmes.dismiss(who.id, programme)
    return Done(Reply(voice.now_dismissed(who, turn.say), Where.PRIVATELY), who.id)


def _one(turn: Turn) -> Person:
    mentioned = typed(turn).people
    if len(mentioned) != 1:
        raise Refusal("roles.how")
    return named(turn, mentioned[0])


def _where(turn: Turn, name: str) -> tuple[str, str]:
    """The programme's id and name; without a name every programme, for whom that is not too much."""
    if name:
        cohort = chosen(turn, "roles", name)
        return cohort.programme, cohort.name
    if not may("roles", grants(turn), EVERYWHERE):
        cohort = chosen(turn, "roles", "")
        return cohort.programme, cohort.name
    return EVERYWHERE, ""


def _names(turn: Turn) -> dict[str, str]:
    return {cohort.programme: cohort.name for cohort in turn.store.programmes.all_cohorts()}
