"""A copy that was put back: what it does not know may have been sent since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, literal, select, update

from storage.outbox import State
from storage.tables import outbox, restores
from storage.upsert import insert

_put = insert(restores)
_written_down = _put.on_conflict_do_update(
    index_elements=["copied_at"], set_={"restored_at": _put.excluded.restored_at}
)


_last = select(restores.c.copied_at, restores.c.restored_at).order_by(restores.c.restored_at.desc()).limit(1)

A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Restore:
    """What happened between the two moments is not known here."""

    copied_at: datetime
    restored_at: datetime

    def doubts(self, at: datetime) -> bool:
        """Whether what is due at that moment may have been said before the copy was put back.

        What was said in the time that is lost looks unsaid, and is caught up with one thing a week: so the doubt lasts
        as long again as that time, and a week more.
        """
        return at <= self.restored_at + (self.restored_at - self.copied_at) + A_WEEK


class Restores:
    """Written once, by the restore itself; read by those who send."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self) -> Restore | None:
        """The newest one; None for a database that was never put back."""
        row = self._connection.execute(_last).first()
        return None if row is None else Restore(row.copied_at, row.restored_at)

    def begin_again(self, *, copied_at: datetime, restored_at: datetime) -> int:
        """Write down that what happened between the two moments is forgotten.

        Every post that may have been sent in between becomes ambiguous: it stands as one whose sender died while it was
        sending, so the platform is asked before it is sent. How many these are.
        """
        self._connection.execute(_written_down, {"copied_at": copied_at, "restored_at": restored_at})
        open_ = outbox.c.state.in_((State.QUEUED, State.CLAIMED, State.SENDING))
        ambiguous = {
            "state": State.SENDING,
            "owner": None,
            "lease_until": copied_at,
            "intent_at": func.coalesce(outbox.c.intent_at, literal(copied_at, outbox.c.intent_at.type)),
            "epoch": outbox.c.epoch + 1,
        }
        changed = self._connection.execute(
            update(outbox).where(open_, outbox.c.due_at <= restored_at).values(ambiguous)
        )
        return changed.rowcount
