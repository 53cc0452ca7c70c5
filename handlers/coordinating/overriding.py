"""Against a hard limit: what stands in the way, the dialog of whoever decides otherwise, and that decision."""

from collections.abc import Mapping

from flows.matching.limits import failed
from flows.matching.locks import NEVER_OVERRIDDEN, override_of
from flows.matching.people import Candidate
from flows.matching.rules import Limit, Rules
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import locks as voice
from flows.voice import prices
from flows.voice.message import Action, Message
from handlers.coordinating.desk import Done, here
from handlers.coordinating.given import Given, done, given, packed, unpacked
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.rounds import under_review
from handlers.inbound import Reply, Where
from handlers.turn import Turn

VERB = "match lock"


def standing_against(mentee: Candidate, mentor: Candidate, rules: Rules) -> tuple[Limit, ...]:
    """The hard limits between two people; those that nobody can decide against come first."""
    limits = failed(mentee, mentor, rules)
    return tuple(sorted(limits, key=lambda one: (one not in NEVER_OVERRIDDEN, list(Limit).index(one))))


def against(turn: Turn, round_: Round, gathered: Gathered, rules: Rules, pins: Mapping[str, str]) -> Reply | None:
    """What stands between these, with the button of whoever decides against it where somebody can; None: nothing."""
    barred = _barred(gathered, rules, pins)
    if not barred:
        return None
    limits = frozenset(limit for one in barred.values() for limit in one)
    args = {"cohort": round_.cohort, "round": round_.id, "pins": packed(pins)}
    action = Action("match.override", args) if NEVER_OVERRIDDEN.isdisjoint(limits) else None
    told = _told(gathered, pins, barred)
    if len(pins) > 1:
        return Reply(voice.swap_refused(told, action, turn.say), Where.PRIVATELY)
    return Reply(voice.refused(told[0], action, turn.say), Where.PRIVATELY)


def ask_why(turn: Turn) -> Done:
    """The dialog of whoever decides against a limit, with what it costs."""
    found = _found(turn)
    return Done(Reply(_form(turn, found), Where.DIALOG), found.round.cohort, outcome="shown")


def override(turn: Turn) -> Done:
    """The pairs are locked against a limit, with who decided so, when and why."""
    found, why = _found(turn), turn.field("why")
    if not why:
        errors = {"why": voice.why_needed(turn.say)}
        return Done(Reply(_form(turn, found), Where.FIELD_ERRORS, errors=errors), outcome="refused")
    return done(turn, found, why=why)


def _found(turn: Turn) -> Given:
    """What a button or a dialog is about, as it stands now. Raises Refusal: `message.old` when somebody is no longer
    there, `round.limit` where nobody may decide, `round.pinned` when it was decided otherwise, and as `given`."""
    cohort, pins = here(turn, VERB, turn.arg("cohort")), unpacked(turn.arg("pins"))
    round_ = under_review(turn, cohort, turn.arg("round"))
    gathered, rules = gather(turn, cohort), rules_of(turn.content, cohort)
    if not {*pins, *pins.values()} <= gathered.candidates.keys():
        raise Refusal("message.old")
    barred = _barred(gathered, rules, pins)
    for mentee, limits in barred.items():
        if not NEVER_OVERRIDDEN.isdisjoint(limits):
            refusal = Refusal("round.limit", mentee=mentee, mentor=pins[mentee], limit=limits[0])
            raise gathered.named(refusal, turn)
    return given(turn, round_, gathered, rules, pins, overrides={one: override_of(barred[one]) for one in barred})


def _form(turn: Turn, found: Given) -> Message:
    told = _told(found.gathered, found.pins, _barred(found.gathered, found.rules, found.pins))
    costs = [*prices.lines(found.price, found.gathered.people, turn.say)]
    return voice.ask_why(told, Action("match.overridden", dict(turn.action.args)), turn.say, costs=costs)


def _barred(gathered: Gathered, rules: Rules, pins: Mapping[str, str]) -> Mapping[str, tuple[Limit, ...]]:
    """By mentee, the limits that stand against their pin; those without any are left out."""
    people = gathered.candidates
    limits = {mentee: standing_against(people[mentee], people[mentor], rules) for mentee, mentor in pins.items()}
    return {mentee: found for mentee, found in limits.items() if found}


def _told(
    gathered: Gathered, pins: Mapping[str, str], barred: Mapping[str, tuple[Limit, ...]]
) -> tuple[voice.Barred, ...]:
    people = gathered.people
    return tuple(voice.Barred(people[one], people[pins[one]], limits) for one, limits in barred.items())
