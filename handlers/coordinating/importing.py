"""A table of the company's people at the coordinators' desk: read, shown as a difference, taken over once confirmed."""

from flows.facts_difference import Difference, compare
from flows.facts_table import Table, read_table
from flows.refusal import Refusal
from flows.voice import imports as voice
from handlers import facts
from handlers.coordinating.desk import TABLE, Done, ask, confirmed
from handlers.inbound import UNREAD, Reply, Where
from handlers.turn import Turn
from storage.sealing import Unreadable

VERB = "people import"


def ask_table(turn: Turn) -> Done:
    """`people import`: the dialog."""
    return Done(Reply(voice.form(turn.say), Where.DIALOG), outcome="shown")


def take_table(turn: Turn) -> Done:
    """The dialog was sent: what the table would change. It is kept, sealed, until that is confirmed."""
    text, whole = turn.field("table"), turn.field("extent") == voice.WHOLE
    if not text or text == UNREAD:
        return _once_more(turn, voice.unread(turn.say) if text else voice.no_table(turn.say))
    home = f"{turn.inbound.who.platform}/{turn.inbound.who.workspace}"
    table, difference = _compared(turn, text, home, whole=whole)
    if table.unusable is not None:
        return _once_more(turn, voice.unusable(table.unusable, turn.say))
    if not difference.changes:
        told = voice.nothing_changes(difference, table.ignored, turn.say)
        return Done(Reply(told, Where.PRIVATELY), outcome="shown")
    kept = turn.new_id()
    turn.store.imports.keep(kept, text, home=home, whole=whole, by=turn.me.id, at=turn.now)
    action = ask(turn, VERB, **{TABLE: kept, "seen": difference.mark})
    message = voice.would_change(difference, _names(turn, difference), table.ignored, action, turn.say)
    return Done(Reply(message, Where.PRIVATELY), outcome="shown")


def confirm(turn: Turn) -> Done:
    """It is taken over, and the table as it was given is deleted. Raises Refusal: `import.gone`, `import.changed`."""
    args = confirmed(turn, VERB)
    try:
        text, home, whole = turn.store.imports.open(args[TABLE])
    except (LookupError, Unreadable):
        raise Refusal("import.gone") from None
    _, difference = _compared(turn, text, home, whole=whole)
    if difference.mark != args["seen"]:
        raise Refusal("import.changed")
    kept = {named: one.after for named, one in difference.changes.items() if not one.is_gone}
    turn.store.facts.keep(kept, source=args[TABLE], by=turn.me.id, at=turn.now)
    turn.store.facts.remove(list(difference.gone))
    turn.store.imports.remove(args[TABLE])
    told = facts.tell(turn, _asked_anew(turn, difference), source=args[TABLE])
    return Done(Reply(voice.imported(difference, told, turn.say), Where.INSTEAD), args[TABLE])


def _compared(turn: Turn, text: str, home: str, *, whole: bool) -> tuple[Table, Difference]:
    table = read_table(text, home=home)
    return table, compare(table, turn.store.facts.all(), turn.store.facts.everybody(), whole=whole)


def _names(turn: Turn, difference: Difference) -> dict[str, str]:
    people = turn.store.facts.everybody()
    met = {named: people[named] for named in difference.changes if named in people}
    persons = turn.store.people.all(list(met.values()))
    return {named: persons[person].name for named, person in met.items()}


def _asked_anew(turn: Turn, difference: Difference) -> set[str]:
    people = turn.store.facts.everybody()
    anew = (named for named, one in difference.changes.items() if one.asks_anew)
    return {people[named] for named in anew if named in people}


def _once_more(turn: Turn, line: str) -> Done:
    return Done(Reply(voice.form(turn.say), Where.FIELD_ERRORS, errors={"table": line}), outcome="refused")
