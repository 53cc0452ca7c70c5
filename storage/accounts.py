"""Further accounts of a person, beside the one at which they are written to, and the codes that join them."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, delete, exists, insert, select, update

from flows.people import Account, Person
from storage.outbox import State
from storage.tables import (
    accounts,
    audit,
    calculations,
    codes,
    confirmations,
    coordinators,
    facts,
    imports,
    locks,
    outbox,
    participants,
    people,
    programmes,
    rounds,
)
from storage.upsert import insert as upsert

_NAMED: Sequence[Column[str]] = (
    audit.c.person,
    calculations.c.asked_by,
    confirmations.c.person,
    coordinators.c.appointed_by,
    facts.c.brought_by,
    imports.c.person,
    locks.c.by,
    programmes.c.created_by,
    rounds.c.drafted_by,
)
"""Where a person is named who neither takes part nor was appointed: by what they did or tried at the desk."""
_UNDER_WAY = (State.QUEUED, State.CLAIMED, State.SENDING)
_put = upsert(codes)
_ask = _put.on_conflict_do_update(
    index_elements=["person"], set_={"hash": _put.excluded.hash, "expires": _put.excluded.expires}
)


class Accounts:
    """Who is one person in two apps. `secret` keys the hashes of codes."""

    def __init__(self, connection: Connection, secret: bytes) -> None:
        self._connection = connection
        self._secret = secret

    def further(self, person: str) -> Sequence[Account]:
        """The accounts at which they may act and are not written to."""
        query = select(accounts).where(accounts.c.person == person)
        rows = self._connection.execute(query.order_by(accounts.c.platform, accounts.c.workspace, accounts.c.user))
        return [Account(row.platform, row.workspace, row.user) for row in rows]

    def keep_conversation(self, account: Account, conversation: str | None) -> None:
        """Remember the private conversation of a further account, None to forget it; written only when it is news."""
        kept = update(accounts).where(*_is(account), accounts.c.conversation.is_distinct_from(conversation))
        self._connection.execute(kept.values(conversation=conversation))

    def ask(self, person: str, code: str, *, until: datetime) -> None:
        """Remember the code that this person was shown; one that they had before is worth nothing any more."""
        self._connection.execute(_ask, {"person": person, "hash": self._hash(code), "expires": until})

    def asker(self, code: str, now: datetime) -> str | None:
        """Who was shown this code, while it is good."""
        query = select(codes.c.person).where(codes.c.hash == self._hash(code), codes.c.expires > now)
        return self._connection.execute(query).scalar()

    def forget_codes(self, *, before: datetime) -> None:
        """Drop codes whose time was over before that moment."""
        self._connection.execute(delete(codes).where(codes.c.expires < before))

    def took_part(self, person: str) -> bool:
        """Whether they ever began with a programme."""
        return bool(self._connection.execute(select(exists().where(participants.c.person == person))).scalar())

    def coordinates(self, person: str) -> bool:
        """Whether they were appointed to run something."""
        return bool(self._connection.execute(select(exists().where(coordinators.c.person == person))).scalar())

    def fold(self, stray: Person, *, to: str) -> None:
        """The accounts of somebody who took part in nothing are further accounts of that person from now on.

        Their row is gone; what they did or were told stands under the other's name. What was still to be sent to them
        must have been taken back. The code that did it is spent.
        """
        row = self._connection.execute(select(people.c.conversation).where(people.c.id == stray.id)).one()
        self._connection.execute(delete(codes).where(codes.c.person.in_((stray.id, to))))
        for column in _NAMED:
            self._connection.execute(update(column.table).where(column == stray.id).values({column.name: to}))
        told = (outbox.c.to_kind == "person", outbox.c.to_id == stray.id, outbox.c.state.not_in(_UNDER_WAY))
        self._connection.execute(update(outbox).where(*told).values(to_id=to))
        self._connection.execute(update(accounts).where(accounts.c.person == stray.id).values(person=to))
        self._connection.execute(delete(people).where(people.c.id == stray.id))
        self._add(stray.account, to, row.conversation)

    def write_at(self, person: Person, account: Account) -> None:
        """They are written to at that one of their further accounts, where they can be reached; the one before is a
        further one from now on."""
        there = self._connection.execute(select(accounts.c.conversation).where(*_is(account))).one()
        here = self._connection.execute(select(people.c.conversation).where(people.c.id == person.id)).one()
        self.part(person.id, account)
        self._add(person.account, person.id, here.conversation)
        values = {**_columns(account), "conversation": there.conversation, "unreachable": None, "active": True}
        self._connection.execute(update(people).where(people.c.id == person.id).values(**values))

    def part(self, person: str, account: Account) -> None:
        """A further account is theirs no more; nobody is known behind it."""
        self._connection.execute(delete(accounts).where(*_is(account), accounts.c.person == person))

    def _add(self, account: Account, person: str, conversation: str | None) -> None:
        self._connection.execute(insert(accounts).values(**_columns(account), person=person, conversation=conversation))

    def _hash(self, code: str) -> str:
        return hmac.new(self._secret, b"code|" + code.encode(), hashlib.sha256).hexdigest()


def _columns(account: Account) -> dict[str, str]:
    return {"platform": account.platform, "workspace": account.workspace, "user": account.user}


def _is(account: Account) -> list[ColumnElement[bool]]:
    return [accounts.c[column] == value for column, value in _columns(account).items()]
