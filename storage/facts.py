"""What a company says of its people, kept by how it names them: they are found by that name when they come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    bindparam,
    delete,
    func,
    select,
    union,
    union_all,
    update,
)

from flows.facts import NOTHING, Known, Word, together
from flows.people import Account
from storage.each import each_of
from storage.tables import accounts, facts, people
from storage.upsert import insert as upsert


def _account_is(table: Table) -> list[ColumnElement[bool]]:
    """The conditions under which a row is the account with platform `p`, workspace `w` and user `u`."""
    return [table.c.platform == bindparam("p"), table.c.workspace == bindparam("w"), table.c.user == bindparam("u")]


# Every name of everybody: the address that the directory tells, and the accounts.
_names = union_all(
    select(people.c.id.label("person"), people.c.address.label("named")).where(people.c.address != ""),
    select(people.c.id, people.c.platform + "/" + people.c.workspace + "/" + people.c.user),
    select(accounts.c.person, accounts.c.platform + "/" + accounts.c.workspace + "/" + accounts.c.user),
).subquery("names")
_of = (
    select(_names.c.person, _names.c.named.label("name"), facts)
    .join_from(_names, facts, facts.c.named == _names.c.named, isouter=True)
    .where(_names.c.person.in_(select(each_of("which"))))
    .order_by(facts.c.brought_at, _names.c.named)
)
_all = select(facts).order_by(facts.c.named)
_stamp = select(
    func.count(), func.count(facts.c.source.distinct()), func.max(facts.c.brought_at), func.max(facts.c.word_at)
)
_everybody = select(_names.c.named, _names.c.person).order_by(_names.c.person)
_at_address = select(people.c.id).where(people.c.address == bindparam("address")).order_by(people.c.id)
_at_account = union(
    select(people.c.id.label("person")).where(*_account_is(people)),
    select(accounts.c.person).where(*_account_is(accounts)),
).order_by("person")
_put = upsert(facts)
_keep = _put.on_conflict_do_update(
    index_elements=["named"], set_={one.name: _put.excluded[one.name] for one in facts.c if one.name != "named"}
)
_gone = delete(facts).where(facts.c.named.in_(select(each_of("which"))))


def name_of(account: Account) -> str:
    """An account as a company's table names it here."""
    return f"{account.platform}/{account.workspace}/{account.user}"


class Facts:
    """What coordinators brought. Names are addresses in lower case, or accounts as `name_of` writes them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, wanted: Collection[str]) -> dict[str, Known]:
        """What is known of those people, by their id; NOTHING of the others. Managers are found among those people."""
        told: dict[str, list[Known]] = {person: [] for person in wanted}
        by_name: dict[str, list[str]] = {}
        for row in self._connection.execute(_of, {"which": list(wanted)}).mappings():
            by_name.setdefault(row["name"], []).append(row["person"])
            if row["named"] is not None:
                told[row["person"]].append(_known(row))
        known = {person: together(one) if one else NOTHING for person, one in told.items()}
        return {
            person: replace(one, managers=tuple(by_name.get(one.manager, ()))) if one.manager else one
            for person, one in known.items()
        }

    def get(self, person: str) -> Known:
        """What is known of one person; their manager by name alone."""
        return self.of([person]).get(person, NOTHING)

    def all(self) -> dict[str, Known]:
        """Everything that is known, by name."""
        return {row["named"]: _known(row) for row in self._connection.execute(_all).mappings()}

    def stamp(self) -> tuple[object, ...]:
        """The same while nothing else is known: it changes with everything that is brought, taken away or said."""
        return tuple(self._connection.execute(_stamp).one())

    def everybody(self) -> dict[str, str]:
        """Name → person, of everybody whom the bot has met."""
        return dict(self._connection.execute(_everybody).all())

    def who_is(self, named: str) -> Sequence[str]:
        """The ids of those who go by that name."""
        platform, _, rest = named.partition("/")
        workspace, _, user = rest.rpartition("/")
        if not user:
            return self._connection.execute(_at_address, {"address": named}).scalars().all()
        return self._connection.execute(_at_account, {"p": platform, "w": workspace, "u": user}).scalars().all()

    def keep(self, told: Mapping[str, Known], *, source: str, by: str, at: datetime) -> None:
        """Write what is known from now on, by name; `by` is the person who brought it, in the import `source`."""
        rows = [
            {
                "named": named,
                "manager": known.manager,
                "department": known.department,
                "site": known.site,
                "level": known.level,
                "started_on": known.started_on,
                "word": known.word,
                "word_at": None,
                "source": source,
                "brought_by": by,
                "brought_at": at,
            }
            for named, known in told.items()
        ]
        if rows:
            self._connection.execute(_keep, rows)

    def remove(self, names: Collection[str]) -> None:
        """Delete what is known under these names."""
        if names:
            self._connection.execute(_gone, {"which": list(names)})

    def note_word(self, person: str, word: Word, at: datetime) -> None:
        """The person says whether it is right."""
        mine = select(_names.c.named).where(_names.c.person == person)
        self._connection.execute(update(facts).where(facts.c.named.in_(mine)).values(word=word, word_at=at))


def _known(row: RowMapping) -> Known:
    return Known(
        manager=row["manager"],
        department=row["department"],
        site=row["site"],
        level=row["level"],
        started_on=row["started_on"],
        word=Word(row["word"]),
        brought_by=row["brought_by"],
    )
