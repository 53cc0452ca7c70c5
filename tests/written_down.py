"""What stands in the tables, where no handler has to read it so."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from flows.people import Person
from storage.people import person_of
from storage.tables import audit, people


def everybody(connection: Connection) -> Sequence[Person]:
    """All whom the bot has met, by id."""
    return [person_of(row) for row in connection.execute(select(people).order_by(people.c.id)).mappings()]


def audited(connection: Connection, verb: str, outcome: str) -> int:
    """How many lines the audit has of a verb that ended so."""
    query = select(func.count()).where(audit.c.verb == verb, audit.c.outcome == outcome)
    return connection.execute(query).scalar_one()
