"""People and their accounts. An empty zone is one that nobody has told yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, insert, select, union_all, update

from flows.calendar import Hours
from flows.people import Account, Person, Profile
from storage.each import among
from storage.tables import accounts, people

# Two looks into an index: by the account at which they are written to, and by a further one of theirs.
_by_account = union_all(
    select(people).where(
        people.c.platform == bindparam("p"), people.c.workspace == bindparam("w"), people.c.user == bindparam("u")
    ),
    select(people)
    .join(accounts, accounts.c.person == people.c.id)
    .where(
        accounts.c.platform == bindparam("p"), accounts.c.workspace == bindparam("w"), accounts.c.user == bindparam("u")
    ),
)
_by_id = select(people).where(people.c.id == bindparam("which"))
# On PostgreSQL a lock that keeps out neither readers nor rows that refer to the person; SQLite has one writer anyway.
_hold = _by_id.with_for_update(skip_locked=True, key_share=True)
_by_ids = among(lambda which: select(people).where(people.c.id.in_(which)))
_hold_free = among(
    lambda which: select(people).where(people.c.id.in_(which)).with_for_update(skip_locked=True, key_share=True)
)
_reach = select(people.c.conversation, people.c.unreachable).where(people.c.id == bindparam("which"))
_at_address = select(people.c.id).where(people.c.address == bindparam("address")).order_by(people.c.id)
_not_reachable = among(
    lambda which: select(people.c.id, people.c.unreachable).where(
        people.c.id.in_(which), people.c.unreachable.is_not(None)
    )
)
_reached = among(
    lambda which: (
        update(people).where(people.c.id.in_(which), people.c.unreachable.is_not(None)).values(unreachable=None)
    )
)
_insert = insert(people)


class HeldElsewhere(Exception):
    """Another transaction works on this person just now."""


class People:
    """Everybody whom the bot has met."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account: Account) -> Person | None:
        """The person behind an account, whichever of theirs it is, when the bot has met them."""
        row = self._connection.execute(_by_account, _keys(account)).mappings().first()
        return None if row is None else person_of(row)

    def get(self, person: str) -> Person:
        """The person with this id. Raises LookupError when there is none."""
        row = self._connection.execute(_by_id, {"which": person}).mappings().first()
        if row is None:
            raise LookupError(f"no person {person}")
        return person_of(row)

    def hold(self, person: str) -> Person:
        """The same, this transaction's alone until it ends. Raises HeldElsewhere, and never waits: two that wait for
        each other would be a deadlock."""
        row = self._connection.execute(_hold, {"which": person}).mappings().first()
        if row is None:
            raise HeldElsewhere(self.get(person).id)
        return person_of(row)

    def hold_free(self, ids: Collection[str]) -> dict[str, Person]:
        """The same for several, by id; those whom another transaction holds are left out. Raises LookupError when there
        is no such person."""
        rows = self._connection.execute(_hold_free.of(ids), {"which": list(ids)}).mappings().all() if ids else ()
        held = {row["id"]: person_of(row) for row in rows}
        for person in ids:
            if person not in held:
                self.get(person)
        return held

    def all(self, ids: Sequence[str]) -> dict[str, Person]:
        """Those people, by id."""
        rows = self._connection.execute(_by_ids.of(ids), {"which": list(ids)}).mappings().all() if ids else ()
        return {row["id"]: person_of(row) for row in rows}

    def names(self) -> Sequence[tuple[str, str]]:
        """Id and name of everybody."""
        return [(row.id, row.name) for row in self._connection.execute(select(people.c.id, people.c.name))]

    def at_address(self, email: str) -> Sequence[str]:
        """The ids of those who have this address, whatever its case."""
        return self._connection.execute(_at_address, {"address": email.lower()}).scalars().all() if email else ()

    def meet(self, account: Account, profile: Profile, new_id: str) -> Person:
        """Somebody for the first time."""
        person = Person(
            id=new_id,
            account=account,
            name=profile.name or account.user,
            title=profile.title,
            locale=profile.locale,
            hours=_hours_in(profile.zone),
            active=profile.active,
            zone_known=bool(profile.zone),
            email=profile.email,
        )
        self._connection.execute(_insert, _row(person))
        return person

    def renew(self, person: Person, profile: Profile) -> Person:
        """Take over what the directory says: name, title, address and whether the account is open.

        Zone and language stay as the person confirmed them; they are taken over too for somebody of whom the directory
        says something for the first time, and what was not known of them as soon as it is told.
        """
        renewed = replace(
            person,
            name=profile.name or person.name,
            title=profile.title,
            active=profile.active,
            email=profile.email or person.email,
        )
        is_first = not person.is_named
        if is_first or not person.locale:
            renewed = replace(renewed, locale=profile.locale or person.locale)
        if profile.zone and (is_first or not person.zone_known):
            renewed = replace(renewed, hours=_hours_in(profile.zone), zone_known=True)
        if renewed != person:
            self.save(renewed)
        return renewed

    def save(self, person: Person) -> None:
        """Write what has changed."""
        # Not the key: SQLite looks through every table that refers to one which is written, even to the same.
        changed = {name: value for name, value in _row(person).items() if name != "id"}
        self._connection.execute(update(people).where(people.c.id == person.id).values(**changed))

    def reached_at(self, ids: Sequence[str]) -> dict[str, tuple[Person, str]]:
        """Person and private conversation ("" when it was never opened) of each, by id."""
        rows = self._connection.execute(_by_ids.of(ids), {"which": list(ids)}).mappings().all() if ids else ()
        return {row["id"]: (person_of(row), row["conversation"] or "") for row in rows}

    def reach(self, person: str, conversation: str) -> bool:
        """They act in this private conversation, so they can be reached in it. Whether it is the first that they have;
        written only when it is news."""
        row = self._connection.execute(_reach, {"which": person}).one()
        if row.conversation != conversation or row.unreachable is not None:
            self.keep_conversation(person, conversation)
        return row.conversation is None

    def keep_conversation(self, person: str, conversation: str, *, at: Account | None = None) -> None:
        """Remember the private conversation; with `at` only if they are still written to at that account."""
        kept = update(people).where(*_written_to(person, at))
        self._connection.execute(kept.values(conversation=conversation, unreachable=None))

    def mark_unreachable(self, person: str, reason: str, *, at: Account | None = None) -> None:
        """Their platform refuses messages to them; a coordinator sees it. `at` as above."""
        self._connection.execute(update(people).where(*_written_to(person, at)).values(unreachable=reason[:64]))

    def mark_reached(self, ids: Sequence[str]) -> None:
        """Their platform took a message to them, or they acted."""
        if ids:
            self._connection.execute(_reached.of(ids), {"which": list(ids)})

    def unreachable(self, ids: Sequence[str]) -> dict[str, str]:
        """Which of them cannot be reached, and the platform's reason."""
        return {
            row.id: row.unreachable for row in self._connection.execute(_not_reachable.of(ids), {"which": list(ids)})
        }


def _keys(account: Account) -> dict[str, str]:
    return {"p": account.platform, "w": account.workspace, "u": account.user}


def _written_to(person: str, at: Account | None) -> list[ColumnElement[bool]]:
    if at is None:
        return [people.c.id == person]
    where = ((people.c.platform, at.platform), (people.c.workspace, at.workspace), (people.c.user, at.user))
    return [people.c.id == person, *(column == value for column, value in where)]


def _hours_in(zone: str) -> Hours:
    """Ordinary hours in that zone; a directory may know one that our time zone data does not, then in UTC."""
    try:
        return Hours(zone=zone)
    except ValueError:
        return Hours()


def person_of(row: RowMapping | Mapping[str, Any]) -> Person:
    """A row as the domain's value."""
    return Person(
        id=row["id"],
        account=Account(row["platform"], row["workspace"], row["user"]),
        name=row["name"],
        title=row["title"],
        locale=row["locale"],
        hours=_hours(
            row["zone"], row["work_days"], row["work_from"], row["work_to"], row["country"], row["away_until"]
        ),
        active=row["active"],
        nudges=row["nudges"],
        nudge_day=row["nudge_day"],
        nudge_at=row["nudge_at"],
        introduction=row["introduction"],
        zone_known=row["zone"] != "",
        email=row["email"],
        reachable=row["unreachable"] is None,
        shared_email=row["shared_email"],
    )


@lru_cache(maxsize=4_096)
def _hours(zone: str, days: str, start: time, end: time, country: str, away_until: date | None) -> Hours:
    """Most people share theirs with others, and making them checks them."""
    return Hours(
        zone=zone or Hours().zone,
        work_days=frozenset(int(day) for day in days),
        start=start,
        end=end,
        country=country,
        away_until=away_until,
    )


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "platform": person.account.platform,
        "workspace": person.account.workspace,
        "user": person.account.user,
        "name": person.name,
        "title": person.title,
        "locale": person.locale,
        "zone": person.zone if person.zone_known else "",
        "country": person.hours.country,
        "active": person.active,
        "nudges": person.nudges,
        "nudge_day": person.nudge_day,
        "nudge_at": person.nudge_at,
        "work_days": "".join(str(day) for day in sorted(person.hours.work_days)),
        "work_from": person.hours.start,
        "work_to": person.hours.end,
        "away_until": person.hours.away_until,
        "introduction": person.introduction,
        "email": person.email,
        "address": person.email.lower(),
        "shared_email": person.shared_email,
    }
