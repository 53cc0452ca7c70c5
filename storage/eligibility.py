"""Whom programmes are for."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from flows.eligibility import EVERYBODY, Rule
from storage.each import each_of
from storage.tables import eligibility
from storage.upsert import insert

_of = select(eligibility).where(eligibility.c.programme.in_(select(each_of("which"))))
_put = insert(eligibility)
_keep = _put.on_conflict_do_update(
    index_elements=["programme"],
    set_={one.name: _put.excluded[one.name] for one in eligibility.c if one.name != "programme"},
)


class Eligibility:
    """Rules of programmes, by the programme's id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, programmes: Collection[str]) -> dict[str, Rule]:
        """The rules of those that are not for everybody."""
        rows = self._connection.execute(_of, {"which": list(programmes)})
        return {
            row.programme: Rule(
                departments=tuple(row.departments),
                sites=tuple(row.sites),
                level_from=row.level_from,
                level_to=row.level_to,
                months_from=row.months_from,
                months_to=row.months_to,
            )
            for row in rows
        }

    def get(self, programme: str) -> Rule:
        """The rule of one programme."""
        return self.of([programme]).get(programme, EVERYBODY)

    def keep(self, programme: str, rule: Rule) -> None:
        """From now on; who has begun to join goes on."""
        if rule.is_empty:
            self._connection.execute(delete(eligibility).where(eligibility.c.programme == programme))
            return
        row = {
            "programme": programme,
            "departments": list(rule.departments),
            "sites": list(rule.sites),
            "level_from": rule.level_from,
            "level_to": rule.level_to,
            "months_from": rule.months_from,
            "months_to": rule.months_to,
        }
        self._connection.execute(_keep, row)
