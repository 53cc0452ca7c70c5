"""Programmes, cohorts, and who coordinates them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from flows.formats import format_of
from flows.programme import Choice, Cohort, CohortState, Design, Programme
from storage.tables import cohorts, coordinators, programmes

_cohorts = select(cohorts, programmes.c.name, programmes.c.format).join(
    programmes, programmes.c.id == cohorts.c.programme
)
_cohort = _cohorts.where(cohorts.c.id == bindparam("which"))
_taking = _cohorts.where(cohorts.c.state.in_((CohortState.OPEN, CohortState.MATCHING, CohortState.RUNNING))).order_by(
    programmes.c.name, cohorts.c.id
)


class Programmes:
    """Schemes and their runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, programme: Programme, cohort: Cohort) -> None:
        """A new programme with its first cohort."""
        design = programme.design
        self._connection.execute(
            insert(programmes).values(
                id=programme.id,
                name=programme.name,
                created_by=programme.created_by,
                created_at=programme.created_at,
                **_design(design),
            )
        )
        self._connection.execute(insert(cohorts).values(id=cohort.id, programme=programme.id, **_cohort_values(cohort)))

    def get(self, programme: str) -> Programme:
        """The programme with this id. Raises LookupError."""
        row = self._connection.execute(select(programmes).where(programmes.c.id == programme)).mappings().first()
        if row is None:
            raise LookupError(f"no programme {programme}")
        return _programme_of(row)

    def save(self, programme: Programme) -> None:
        """Write name and design."""
        values = {"name": programme.name, **_design(programme.design)}
        self._connection.execute(update(programmes).where(programmes.c.id == programme.id).values(**values))

    def cohort(self, cohort: str) -> Cohort:
        """The cohort with this id. Raises LookupError."""
        row = self._connection.execute(_cohort, {"which": cohort}).mappings().first()
        if row is None:
            raise LookupError(f"no cohort {cohort}")
        return cohort_of(row)

    def save_cohort(self, cohort: Cohort) -> None:
        """Write the cohort."""
        self._connection.execute(update(cohorts).where(cohorts.c.id == cohort.id).values(**_cohort_values(cohort)))

    def mark_closed(self, cohort: str, at: datetime) -> None:
        """When the cohort was closed."""
        self._connection.execute(update(cohorts).where(cohorts.c.id == cohort).values(closed_at=at))

    def taking_people(self) -> Sequence[Cohort]:
        """Cohorts that somebody may join now, by name."""
        return [cohort_of(row) for row in self._connection.execute(_taking).mappings()]

    def all_cohorts(self) -> Sequence[Cohort]:
        """Every cohort, the newest start first."""
        query = _cohorts.order_by(cohorts.c.starts_on.desc(), programmes.c.name, cohorts.c.id)
        return [cohort_of(row) for row in self._connection.execute(query).mappings()]

    def roles_of(self, person: str) -> Sequence[tuple[str, str]]:
        """(programme id or "", role) pairs that a person was appointed to."""
        query = select(coordinators.c.programme, coordinators.c.role).where(coordinators.c.person == person)
        rows = self._connection.execute(query.order_by(coordinators.c.programme))
        return [(row.programme, row.role) for row in rows]

    def appointed(self) -> Sequence[tuple[str, str, str]]:
        """(person, programme id or "", role) of everybody who was appointed."""
        query = select(coordinators.c.person, coordinators.c.programme, coordinators.c.role)
        return [
            tuple(row) for row in self._connection.execute(query.order_by(coordinators.c.at, coordinators.c.person))
        ]

    def appoint(self, person: str, programme: str, role: str, *, by: str, at: datetime) -> None:
        """Give a person a role in a programme, or in all ("")."""
        self.dismiss(person, programme)
        row = {"person": person, "programme": programme, "role": role, "appointed_by": by, "at": at}
        self._connection.execute(insert(coordinators).values(**row))

    def dismiss(self, person: str, programme: str) -> None:
        """Take the role away."""
        self._connection.execute(
            delete(coordinators).where(coordinators.c.person == person, coordinators.c.programme == programme)
        )


def _design(design: Design) -> dict[str, Any]:
    return {
        "purpose": design.purpose,
        "problem": design.problem,
        "format": design.format,
        "format_reason": design.format_reason,
        "objective": design.objective,
        "measure": design.measure,
        "baseline": design.baseline,
        "target": design.target,
        "current": design.current,
        "champion": design.champion,
    }


def _programme_of(row: RowMapping) -> Programme:
    design = Design(**{name: row[name] for name in _design(Design())})
    return Programme(row["id"], row["name"], design, row["created_by"], row["created_at"])


def _cohort_values(cohort: Cohort) -> dict[str, Any]:
    return {
        "state": cohort.state,
        "starts_on": cohort.starts_on,
        "weeks": cohort.weeks,
        "next_round": cohort.next_round,
        "platform": cohort.platform,
        "channel": cohort.channel,
        "opened_at": cohort.opened_at,
        "choice": cohort.choice,
        "aim": cohort.aim,
    }


def cohort_of(row: RowMapping | Mapping[str, Any]) -> Cohort:
    """A row, with the programme's name and format, as the domain's value."""
    return Cohort(
        id=row["id"],
        programme=row["programme"],
        name=row["name"],
        state=CohortState(row["state"]),
        starts_on=row["starts_on"],
        weeks=row["weeks"],
        next_round=row["next_round"],
        platform=row["platform"],
        channel=row["channel"],
        opened_at=row["opened_at"],
        choice=Choice(row["choice"]),
        aim=row["aim"],
        format=format_of(row["format"]),
    )
