"""Reports at the coordinators' desk: the report itself, its tables, the pulse, and the figure of today."""

from dataclasses import replace
from datetime import date

from flows.people import Person
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.reports import wellbeing
from flows.reports.records import Records
from flows.reports.report import Report
from flows.reports.report import report as compiled
from flows.roles import may
from flows.voice import levels, objective, tables
from flows.voice import reports as voice
from flows.voice.message import Kind, Message, Post, ToPerson
from handlers.coordinating.desk import Done, as_typed, chosen, grants, here
from handlers.coordinating.programmes import figure
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def report(turn: Turn) -> Done:
    """The report goes into the private conversation: an answer that one person sees alone can hold no chart."""
    cohort = chosen(turn, "report", as_typed(turn).words, archived=True)
    _send(turn, f"report:{cohort.id}", _shown(turn, cohort))
    return Done(Reply(voice.on_its_way(cohort.name, turn.say), Where.PRIVATELY), cohort.programme)


def download(turn: Turn) -> Done:
    """Both tables as files, as they are now."""
    cohort = here(turn, "report", turn.arg("cohort"))
    both = tables.tables(_compiled(turn, cohort), turn.say)
    _send(turn, f"tables:{cohort.id}", voice.files(cohort.name, both, turn.say))
    return Done(Reply(voice.files_on_their_way(turn.say), Where.PRIVATELY), cohort.programme)


def pulse(turn: Turn) -> Done:
    """Which windows are open, and the results of those that have closed."""
    cohort = chosen(turn, "pulse", as_typed(turn).words, archived=True)
    counts = turn.store.pulses.counts(cohort.id)
    found = wellbeing.pulse(wellbeing.of_cohort(cohort), turn.content.pulse, counts, turn.now)
    return Done(Reply(levels.pulse(cohort, found, turn.say), Where.PRIVATELY), cohort.programme)


def ask_figure(turn: Turn) -> Done:
    """The dialog for the objective's figure of today."""
    cohort = _to_change(turn)
    design = turn.store.programmes.get(cohort.programme).design
    return Done(Reply(objective.ask_figure(cohort.id, design, turn.say), Where.DIALOG), cohort.programme)


def keep_figure(turn: Turn) -> Done:
    """The figure was sent: the report from which the dialog was opened shows it."""
    cohort = _to_change(turn)
    programme = turn.store.programmes.get(cohort.programme)
    current = figure(turn.field("current"))
    if current is None:
        form = objective.ask_figure(cohort.id, programme.design, turn.say)
        errors = {"current": objective.no_figure(turn.say)}
        return Done(Reply(form, Where.FIELD_ERRORS, errors=errors), cohort.programme, outcome="refused")
    turn.store.programmes.save(replace(programme, design=replace(programme.design, current=current)))
    return Done(Reply(_shown(turn, cohort), Where.INSTEAD), cohort.programme)


def _to_change(turn: Turn) -> Cohort:
    cohort = here(turn, "programme edit", turn.arg("cohort"))
    if cohort.state is CohortState.ARCHIVED:
        raise Refusal("programme.over")
    return cohort


def _shown(turn: Turn, cohort: Cohort) -> Message:
    may_change = may("programme edit", grants(turn), cohort.programme) and cohort.state is not CohortState.ARCHIVED
    return voice.report(_compiled(turn, cohort), turn.say, may_change=may_change)


def _send(turn: Turn, about: str, message: Message) -> None:
    key = f"{about}:{turn.new_id()}"
    turn.store.outbox.put(Post(key, ToPerson(turn.me.id), message, Kind.ANSWER), now=turn.now)


def _compiled(turn: Turn, cohort: Cohort) -> Report:
    content = turn.content
    today = turn.today
    return compiled(
        _records(turn, cohort, today),
        content.journey,
        content.activities,
        content.pulse,
        now=turn.now,
        today=today,
    )


def _records(turn: Turn, cohort: Cohort, today: date) -> Records:
    store = turn.store
    participants = tuple(store.participants.in_cohort(cohort.id))
    people = store.people.all(sorted({one.person for one in participants}))
    matches = tuple(store.matches.in_cohort(cohort.id))
    stored = store.sessions.of_cohort(cohort.id)
    drafted = store.rounds.drafted(cohort.id)
    paired = drafted.draft.pairs if drafted else ()
    return Records(
        cohort=cohort,
        design=store.programmes.get(cohort.programme).design,
        participants=participants,
        people=people,
        hours=store.figures.hours(cohort.id),
        drafted=frozenset(person for pair in paired for person in (pair.mentee, pair.mentor)),
        matches=matches,
        meetings={match: tuple(meetings.values()) for match, meetings in stored.items()},
        written=store.figures.written(cohort.id),
        taps=store.figures.taps(cohort.id),
        check_ins=store.figures.check_ins(cohort.id),
        attention=store.season.attention(cohort.id, today=today),
        pulses=store.pulses.counts(cohort.id),
        delivery=store.figures.delivery(cohort.id),
        unreachable=_unreachable(turn, people),
    )


def _unreachable(turn: Turn, people: dict[str, Person]) -> frozenset[str]:
    closed = {person.id for person in people.values() if not person.active}
    return frozenset(closed | set(turn.store.people.unreachable(sorted(people))))
