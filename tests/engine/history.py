"""Every state that a row of the outbox was ever in, kept by triggers in the test's database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from storage.outbox import State

_NOTE = "INSERT INTO outbox_history (key, state, epoch) VALUES (new.key, new.state, new.epoch);"
_TRIGGERS = {
    "sqlite": (
        "CREATE TABLE outbox_history (n INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, state TEXT, epoch INTEGER)",
        f"CREATE TRIGGER outbox_put AFTER INSERT ON outbox BEGIN {_NOTE} END",
        f"CREATE TRIGGER outbox_changed AFTER UPDATE ON outbox BEGIN {_NOTE} END",
    ),
    "postgresql": (
        "CREATE TABLE outbox_history (n BIGSERIAL PRIMARY KEY, key TEXT, state TEXT, epoch INTEGER)",
        f"CREATE FUNCTION note_outbox() RETURNS trigger AS $$ BEGIN {_NOTE} RETURN NULL; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER outbox_changed AFTER INSERT OR UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION note_outbox()",
    ),
}
ENDS = frozenset(State) - {State.QUEUED, State.CLAIMED, State.SENDING}
_ORDER = {State.CLAIMED: 0, State.SENDING: 1, State.QUEUED: 2}
"""The way of one epoch: claimed, being sent, perhaps given back to the queue; an end comes last."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row after a write."""

    key: str
    state: State
    epoch: int


def remember(connection: Connection) -> None:
    """From now on every write to the outbox leaves a line."""
    for statement in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def remembered(connection: Connection) -> Sequence[Step]:
    """All of them, in the order in which they were written."""
    rows = connection.exec_driver_sql("SELECT key, state, epoch FROM outbox_history ORDER BY n")
    return [Step(row[0], State(row[1]), row[2]) for row in rows]


def backward(steps: Sequence[Step]) -> list[str]:
    """Where a post went back without a new epoch, or left an end."""
    wrong: list[str] = []
    last: dict[str, Step] = {}
    for step in steps:
        before = last.get(step.key)
        if before is not None and _place(step) < _place(before):
            wrong.append(f"{step.key} went from {before.state} ({before.epoch}) to {step.state} ({step.epoch})")
        elif before is not None and before.state in ENDS and step.state is not before.state:
            wrong.append(f"{step.key} had ended as {before.state} and became {step.state}")
        last[step.key] = step
    return wrong


def _place(step: Step) -> tuple[int, int]:
    return step.epoch, _ORDER.get(step.state, 3)
