"""Whom a programme is for, at the coordinators' desk."""

from collections.abc import Iterable

from flows.eligibility import Rule, distinct, key_of
from flows.facts import LEVELS
from flows.numbered import number_in
from flows.programme import Cohort, Programme
from flows.refusal import Refusal
from flows.roles import may
from flows.voice import eligibility as voice
from flows.voice import programmes
from flows.voice.message import Message
from handlers.coordinating.desk import Done, grants, to_edit
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def shown(turn: Turn, programme: Programme, cohort: Cohort, *, lost: bool = False) -> Message:
    """One programme with what is missing and whom it is for."""
    rule = turn.store.eligibility.get(programme.id)
    covered = known = 0
    if not rule.is_empty:
        everybody = turn.store.facts.of([person for person, _ in turn.store.people.names()])
        known = len(everybody)
        covered = sum(rule.covers(one, turn.today) for one in everybody.values())
    audience = voice.lines(rule, covered, known, turn.say)
    editor = may("programme edit", grants(turn), programme.id)
    return programmes.shown(
        programme, cohort, turn.content.frame, turn.say, lost=lost, editor=editor, audience=audience
    )


def ask(turn: Turn) -> Done:
    """The dialog. Raises Refusal("eligibility.nothing_known") where nobody could pass any rule."""
    programme, _ = to_edit(turn)
    rule = turn.store.eligibility.get(programme.id)
    departments, sites = _names(turn, rule)
    if rule.is_empty and not turn.store.facts.all():
        raise Refusal("eligibility.nothing_known")
    return Done(Reply(voice.form(programme.id, rule, departments, sites, turn.say), Where.DIALOG), programme.id)


def keep(turn: Turn) -> Done:
    """The dialog was sent."""
    programme, cohort = to_edit(turn)
    before = turn.store.eligibility.get(programme.id)
    departments, sites = _names(turn, before)
    errors = _errors(turn)
    if errors:
        form = voice.form(programme.id, before, departments, sites, turn.say)
        return Done(Reply(form, Where.FIELD_ERRORS, errors=errors), programme.id, outcome="refused")
    rule = Rule(
        departments=_chosen(turn, "departments", departments),
        sites=_chosen(turn, "sites", sites),
        level_from=_number(turn, "level_from"),
        level_to=_number(turn, "level_to"),
        months_from=_number(turn, "months_from"),
        months_to=_number(turn, "months_to"),
    )
    turn.store.eligibility.keep(programme.id, rule)
    return Done(Reply(shown(turn, programme, cohort), Where.INSTEAD), programme.id)


def _names(turn: Turn, rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Departments and sites that anybody has, and those that the rule has already."""
    known = turn.store.facts.all().values()
    departments = distinct((*rule.departments, *(one.department for one in known)))
    return departments, distinct((*rule.sites, *(one.site for one in known)))


def _chosen(turn: Turn, field: str, names: Iterable[str]) -> tuple[str, ...]:
    wanted = turn.filled.get(field, ())
    return tuple(name for name in names if key_of(name) in wanted)


def _number(turn: Turn, field: str) -> int | None:
    text = turn.field(field)
    return int(text) if text else None


def _errors(turn: Turn) -> dict[str, str]:
    errors: dict[str, str] = {}
    for what, least, most in (("level", LEVELS[0], LEVELS[-1]), ("months", 0, voice.MOST_MONTHS)):
        for field in (f"{what}_from", f"{what}_to"):
            text = turn.field(field)
            if text and number_in(text, least=least, most=most) is None:
                errors[field] = voice.out_of_bounds(least, most, turn.say)
        bounds = [turn.field(f"{what}_from"), turn.field(f"{what}_to")]
        if all(bounds) and not errors and int(bounds[0]) > int(bounds[1]):
            errors[f"{what}_to"] = voice.upside_down(turn.say)
    return errors
