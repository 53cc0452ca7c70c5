"""Programmes at the coordinators' desk: new, list, show, edit."""

from dataclasses import replace
from datetime import date, timedelta

from flows.formats import format_of
from flows.numbered import number_in
from flows.programme import Choice, Cohort, CohortState, Design, Programme
from flows.refusal import Refusal
from flows.voice import designs
from flows.voice import programmes as voice
from flows.voice.coordinating import MOST_NAMES
from flows.voice.message import Message
from handlers.coordinating.audience import shown
from handlers.coordinating.desk import Done, as_typed, chosen, to_edit, within
from handlers.inbound import Reply, Where
from handlers.noticing import wake
from handlers.turn import Turn
from storage.outbox import State

LEAD = timedelta(weeks=2)
"""From the first idea to the first day, unless the coordinator says otherwise."""


def new(turn: Turn) -> Done:
    """The dialog in which a programme is described."""
    name = as_typed(turn).words
    _check_free(turn, name, but="")
    draft = Cohort("", "", name, CohortState.DRAFT, _monday_after(turn.today + LEAD))
    return Done(Reply(designs.form(None, draft, turn.content.frame, turn.say, name=name[:80]), Where.DIALOG))


def edit(turn: Turn) -> Done:
    """The same dialog with what is known."""
    programme, cohort = to_edit(turn)
    return Done(Reply(designs.form(programme, cohort, turn.content.frame, turn.say), Where.DIALOG), programme.id)


def create(turn: Turn) -> Done:
    """The dialog of a new programme was sent."""
    errors = _errors(turn, but="")
    if errors:
        blank = Cohort("", "", "", CohortState.DRAFT, turn.today)
        return _again(designs.form(None, blank, turn.content.frame, turn.say), errors)
    programme = Programme(turn.new_id(), _name(turn), _design(turn, Design()), turn.me.id, turn.now)
    cohort = _dated(turn, Cohort(turn.new_id(), programme.id, programme.name, CohortState.DRAFT, turn.today))
    turn.store.programmes.add(programme, cohort)
    wake(turn.store, cohort, turn.now)
    return Done(Reply(shown(turn, programme, cohort), Where.PRIVATELY), programme.id)


def change(turn: Turn) -> Done:
    """The dialog of a known programme was sent."""
    programme, cohort = to_edit(turn)
    errors = _errors(turn, but=programme.id)
    chosen_format = turn.field("format")
    if cohort.state is not CohortState.DRAFT and chosen_format != programme.design.format:
        # What was asked of people, and how they were matched, hangs on it.
        errors["format"] = turn.say.plain("It stays once the programme is open. A new one may differ.")
    if errors:
        return _again(designs.form(programme, cohort, turn.content.frame, turn.say), errors)
    programme = replace(programme, name=_name(turn), design=_design(turn, programme.design))
    before, cohort = cohort, replace(_dated(turn, cohort), name=programme.name)
    if before.next_round is not None and before.next_round <= turn.today and cohort.next_round != before.next_round:
        # Of that round nothing came; a skip goes with a round that is moved, and never to the one after it.
        turn.store.participants.end_skips(cohort.id)
    turn.store.programmes.save(programme)
    turn.store.programmes.save_cohort(cohort)
    wake(turn.store, cohort, turn.now)
    return Done(Reply(shown(turn, programme, cohort), Where.INSTEAD), programme.id)


def show(turn: Turn) -> Done:
    """One programme, with what is missing."""
    cohort = chosen(turn, "programme show", as_typed(turn).words, archived=True)
    programme = turn.store.programmes.get(cohort.programme)
    posted = turn.store.outbox.counts(f"invitation:{cohort.id}:")
    lost = State.SENT not in posted and not posted.keys().isdisjoint({State.FAILED, State.UNKNOWN, State.BLOCKED})
    return Done(Reply(shown(turn, programme, cohort, lost=lost), Where.PRIVATELY), programme.id)


def list_all(turn: Turn) -> Done:
    """Every programme that the caller may see."""
    cohorts = within(turn, "programme list")
    left_out = max(0, len(cohorts) - MOST_NAMES)
    return Done(Reply(voice.listed(cohorts[:MOST_NAMES], left_out, turn.say), Where.PRIVATELY))


def _again(form: Message, errors: dict[str, str]) -> Done:
    return Done(Reply(form, Where.FIELD_ERRORS, errors=errors), outcome="refused")


def _check_free(turn: Turn, name: str, *, but: str) -> None:
    """Two programmes that are not archived never share a name: it is how a coordinator calls them."""
    for cohort in turn.store.programmes.all_cohorts():
        living = cohort.state is not CohortState.ARCHIVED and cohort.programme != but
        if living and name and cohort.name.casefold() == name.casefold():
            raise Refusal("programme.name_taken", name=cohort.name)


def _errors(turn: Turn, *, but: str) -> dict[str, str]:
    errors: dict[str, str] = {}
    name = _name(turn)
    if not name or len(name) > 80:
        errors["name"] = turn.say.plain("A name of at most 80 characters, such as “Leaders of tomorrow”.")
    else:
        try:
            _check_free(turn, name, but=but)
        except Refusal:
            errors["name"] = turn.say.plain("Another programme has this name. A year behind it makes it yours.")
    for field in ("baseline", "target"):
        if turn.field(field) and figure(turn.field(field)) is None:
            errors[field] = turn.say.plain("A figure without its unit, such as 20 or 4.3.")
    weeks = turn.field("weeks")
    if weeks and number_in(weeks, least=4, most=52) is None:
        errors["weeks"] = turn.say.plain("A whole number from 4 to 52. Four talks need about 12.")
    for day in ("starts_on", "next_round"):
        if turn.field(day) and _day(turn.field(day)) is None:
            errors[day] = turn.say.plain("A day of the calendar.")
    return errors


def _name(turn: Turn) -> str:
    """With single spaces, as a coordinator's words are read that call it."""
    return " ".join(turn.field("name").split())


def _design(turn: Turn, before: Design) -> Design:
    frame = turn.content.frame
    purpose, chosen_format = turn.field("purpose"), turn.field("format")
    return Design(
        purpose=purpose if purpose in {one.id for one in frame.purposes} else "",
        problem=turn.field("problem"),
        format=chosen_format if chosen_format in {one.id for one in frame.formats} else "",
        format_reason=turn.field("format_reason"),
        objective=turn.field("objective"),
        measure=turn.field("measure")[:120],
        baseline=figure(turn.field("baseline")),
        target=figure(turn.field("target")),
        current=before.current,
        champion=turn.field("champion")[:120],
    )


def _dated(turn: Turn, cohort: Cohort) -> Cohort:
    return replace(
        cohort,
        starts_on=_day(turn.field("starts_on")) or cohort.starts_on,
        weeks=int(turn.field("weeks") or cohort.weeks),
        next_round=_day(turn.field("next_round")),
        choice=_choice(turn, cohort),
    )


def _choice(turn: Turn, cohort: Cohort) -> Choice:
    """Nobody is asked or wished for where a draft brings together others than pairs."""
    if not (format_of(turn.field("format")) if turn.field("format") else cohort.format).paired:
        return Choice.DRAFT
    chosen = turn.field("choice")
    return Choice(chosen) if chosen in tuple(Choice) else cohort.choice


def figure(text: str) -> float | None:
    """A number as people type it, with a comma or a point; None when it is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _monday_after(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7)
