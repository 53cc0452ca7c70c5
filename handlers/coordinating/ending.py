"""The end of a programme: close it with its matches, then put it away."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flows.deliveries import Sort, batch_of
from flows.match import Match
from flows.people import Person
from flows.programme import Cohort, CohortState
from flows.reach import left_out
from flows.refusal import Refusal
from flows.voice import coordinating
from flows.voice import endings as voice
from flows.voice import left_out as leaving_out
from flows.voice.message import Words
from handlers.coordinating.desk import Done, as_typed, ask, chosen, confirmed, here, moved
from handlers.inbound import Reply, Where
from handlers.parting import let_go
from handlers.telling import news
from handlers.turn import Turn


def close(turn: Turn) -> Done:
    """The dry run of the end."""
    cohort = chosen(turn, "close", as_typed(turn).words)
    moved(turn, cohort, CohortState.CLOSING)
    alive, people = _alive(turn, cohort), _present(turn, cohort)
    readers, left = _readers(turn, cohort, people)
    ended_early = [match for match in alive if turn.today < match.ends_on]
    message = coordinating.dry_run(
        voice.would_close(cohort, turn.say),
        voice.closing_counts(len(alive), len(ended_early), len(readers), turn.say),
        voice.ended(cohort, _example(alive, people), turn.say),
        turn.say.plain("Close it"),
        ask(turn, "close", cohort=cohort.id),
        turn.say,
        notes=left,
        grave=True,
    )
    return Done(Reply(message, Where.PRIVATELY), cohort.programme, outcome="shown")


def confirm_close(turn: Turn) -> Done:
    """Every living match is over; each participant hears it once."""
    args = confirmed(turn, "close")
    cohort = moved(turn, here(turn, "close", args["cohort"]), CohortState.CLOSING)
    turn.store.programmes.save_cohort(cohort)
    turn.store.programmes.mark_closed(cohort.id, turn.now)
    today = turn.today
    alive = _alive(turn, cohort)
    let_go(turn, *(one.complete(today) if today >= one.ends_on else one.end(today, "closed") for one in alive))
    people = _present(turn, cohort)
    readers, left = _readers(turn, cohort, people)
    partners = _partners(alive, people)
    posts = [
        news(
            person,
            voice.ended(cohort, tuple(sorted(partners.get(person.id, ()))), turn.say_to(person)),
            key=f"closed:{cohort.id}:{person.id}",
            subject=cohort.id,
            step="closed",
            now=turn.now,
            batch=batch_of(Sort.PROGRAMME_END, cohort.id, today.isoformat()),
        )
        for person in readers
    ]
    turn.store.outbox.put(*posts, now=turn.now)
    return Done(Reply(voice.closed(cohort, len(readers), left, turn.say), Where.INSTEAD), cohort.programme)


def archive(turn: Turn) -> Done:
    """The dry run of putting a programme away."""
    cohort = chosen(turn, "programme archive", as_typed(turn).words, archived=True)
    _archived(turn, cohort)
    message = coordinating.dry_run(
        voice.would_archive(cohort, turn.say),
        (),
        None,
        turn.say.plain("Archive it"),
        ask(turn, "programme archive", cohort=cohort.id),
        turn.say,
        grave=True,
    )
    return Done(Reply(message, Where.PRIVATELY), cohort.programme, outcome="shown")


def confirm_archive(turn: Turn) -> Done:
    """The programme is put away; its draft, if it had one, with it."""
    args = confirmed(turn, "programme archive")
    cohort = _archived(turn, here(turn, "programme archive", args["cohort"]))
    turn.store.programmes.save_cohort(cohort)
    turn.store.gatherings.put_away(cohort.id)
    return Done(Reply(voice.archived(cohort, turn.say), Where.INSTEAD), cohort.programme)


def _archived(turn: Turn, cohort: Cohort) -> Cohort:
    """Archived; a cohort whose first draft was never published goes back to being open first."""
    if cohort.state is CohortState.ARCHIVED:
        raise Refusal("programme.over")
    if cohort.state is CohortState.MATCHING:
        cohort = moved(turn, cohort, CohortState.OPEN)
    return moved(turn, cohort, CohortState.ARCHIVED)


def _alive(turn: Turn, cohort: Cohort) -> Sequence[Match]:
    return [match for match in turn.store.matches.in_cohort(cohort.id) if match.is_alive]


def _present(turn: Turn, cohort: Cohort) -> Mapping[str, Person]:
    """Everybody who joined and did not leave, by id."""
    participants = turn.store.participants.in_cohort(cohort.id)
    return turn.store.people.all([one.person for one in participants if one.has_joined])


def _readers(turn: Turn, cohort: Cohort, people: Mapping[str, Person]) -> tuple[Sequence[Person], tuple[Words, ...]]:
    """Those of them who can be written to; and in words who is left out."""
    readers = [person for person in people.values() if person.active]
    participants = turn.store.participants.in_cohort(cohort.id)
    everybody = turn.store.people.all([one.person for one in participants])
    missing = left_out(participants, everybody, {person.id for person in readers}, today=turn.today)
    doubtful = turn.store.people.unreachable([person.id for person in readers])
    return readers, (*leaving_out.lines(missing, turn.say), *leaving_out.doubtful(len(doubtful), turn.say))


def _example(alive: Sequence[Match], people: Mapping[str, Person]) -> tuple[str, ...]:
    """A partner's first name for the preview; none when nobody has a match."""
    names = [people[member.person].first_name for match in alive for member in match.members if member.person in people]
    return tuple(names[:1])


def _partners(alive: Sequence[Match], people: Mapping[str, Person]) -> Mapping[str, Counter[str]]:
    """First names of everybody's partners."""
    found: dict[str, Counter[str]] = {}
    for match in alive:
        for member in match.members:
            names = (
                people[other.person].first_name for other in match.partners(member.person) if other.person in people
            )
            found.setdefault(member.person, Counter()).update(names)
    return found
