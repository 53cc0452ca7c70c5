"""A table of the company's people at the coordinators' desk: read, shown as a difference, taken over once confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.facts import Known
from flows.facts_difference import Difference, compare
from flows.facts_table import Table, read_table
from flows.refusal import Refusal
from flows.voice import imports as voice
from handlers import facts
from handlers.coordinating.desk import TABLE, Done, ask, confirmed
from handlers.inbound import UNREAD, Inbound, Pressed, Reply, Submitted, Where, field_of
from handlers.turn import Turn
from storage.sealing import Unreadable
from storage.store import Store

VERB = "people import"


@dataclass(frozen=True, slots=True)
class Compared:
    """A table as it was read, against what was known then: `given` is its text, home and whether it is whole, `stamp`
    is of what was known. By name: `kept` is what is known from then on, `people` are those of the examples whom the bot
    has met; `asked_anew` are the ids of those who have something new to judge."""

    given: tuple[str, str, bool]
    stamp: tuple[object, ...]
    table: Table
    difference: Difference
    mark: str
    kept: Mapping[str, Known]
    people: Mapping[str, str]
    asked_anew: frozenset[str]


def ask_table(turn: Turn) -> Done:
    """`people import`: the dialog."""
    return Done(Reply(voice.form(turn.say), Where.DIALOG), outcome="shown")


def take_table(turn: Turn) -> Done:
    """The dialog was sent: what the table would change. It is kept, sealed, until that is confirmed."""
    text, whole = turn.field("table"), turn.field("extent") == voice.WHOLE
    if not text or text == UNREAD:
        return _once_more(turn, voice.unread(turn.say) if text else voice.no_table(turn.say))
    home = _home(turn.inbound)
    found = _compared(turn, text, home, whole=whole)
    table, difference = found.table, found.difference
    if table.unusable is not None:
        return _once_more(turn, voice.unusable(table.unusable, turn.say))
    if not difference.changes:
        told = voice.nothing_changes(difference, table.ignored, turn.say)
        return Done(Reply(told, Where.PRIVATELY), outcome="shown")
    kept = turn.new_id()
    turn.store.imports.keep(kept, text, home=home, whole=whole, by=turn.me.id, at=turn.now)
    action = ask(turn, VERB, **{TABLE: kept, "seen": found.mark})
    message = voice.would_change(difference, _names(turn, found), table.ignored, action, turn.say)
    return Done(Reply(message, Where.PRIVATELY), outcome="shown")


def confirm(turn: Turn) -> Done:
    """It is taken over, and the table as it was given is deleted. Raises Refusal: `import.gone`, `import.changed`."""
    args = confirmed(turn, VERB)
    try:
        text, home, whole = turn.store.imports.open(args[TABLE])
    except (LookupError, Unreadable):
        raise Refusal("import.gone") from None
    found = _compared(turn, text, home, whole=whole)
    if found.mark != args["seen"]:
        raise Refusal("import.changed")
    turn.store.facts.keep(found.kept, source=args[TABLE], by=turn.me.id, at=turn.now)
    turn.store.facts.remove(list(found.difference.gone))
    turn.store.imports.remove(args[TABLE])
    told = facts.tell(turn, found.asked_anew, source=args[TABLE])
    return Done(Reply(voice.imported(found.difference, told, turn.say), Where.INSTEAD), args[TABLE])


def look_ahead(inbound: Inbound, store: Store) -> Compared | None:
    """What a table would change that was just given; None where none was."""
    if not isinstance(inbound.what, Submitted):
        return None
    text, whole = field_of(inbound.what.filled, "table"), field_of(inbound.what.filled, "extent") == voice.WHOLE
    return _look(store, text, _home(inbound), whole=whole) if text and text != UNREAD else None


def look_again(inbound: Inbound, store: Store) -> Compared | None:
    """What the table would change now for which this button is; None when it is gone."""
    token = inbound.what.action.args.get("token", "") if isinstance(inbound.what, Pressed) else ""
    waiting = store.confirmations.get(token)
    try:
        text, home, whole = store.imports.open(waiting.args.get(TABLE, "") if waiting else "")
    except (LookupError, Unreadable):
        return None
    return _look(store, text, home, whole=whole)


def _home(inbound: Inbound) -> str:
    return f"{inbound.who.platform}/{inbound.who.workspace}"


def _compared(turn: Turn, text: str, home: str, *, whole: bool) -> Compared:
    """What was read ahead, while nothing else is known than then."""
    ahead = turn.inbound.ahead
    if isinstance(ahead, Compared) and ahead.given == (text, home, whole) and ahead.stamp == turn.store.facts.stamp():
        return ahead
    return _look(turn.store, text, home, whole=whole)


def _look(store: Store, text: str, home: str, *, whole: bool) -> Compared:
    table, stamp, people = read_table(text, home=home), store.facts.stamp(), store.facts.everybody()
    difference = compare(table, store.facts.all(), people, whole=whole)
    changes = difference.changes.items()
    return Compared(
        given=(text, home, whole),
        stamp=stamp,
        table=table,
        difference=difference,
        mark=difference.mark,
        kept={named: one.after for named, one in changes if named not in difference.gone},
        people={named: people[named] for named in voice.examples(difference) if named in people},
        asked_anew=frozenset(people[named] for named, one in changes if one.asks_anew and named in people),
    )


def _names(turn: Turn, found: Compared) -> dict[str, str]:
    persons = turn.store.people.all(list(found.people.values()))
    return {named: persons[person].name for named, person in found.people.items()}


def _once_more(turn: Turn, line: str) -> Done:
    return Done(Reply(voice.form(turn.say), Where.FIELD_ERRORS, errors={"table": line}), outcome="refused")
