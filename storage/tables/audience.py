"""Rows of whom programmes are for."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table

from storage.tables.schema import metadata

# One that is for everybody has no row.
eligibility = Table(
    "eligibility",
    metadata,
    Column("programme", ForeignKey("programmes.id"), primary_key=True),
    Column("departments", JSON, nullable=False),
    Column("sites", JSON, nullable=False),
    Column("level_from", Integer),
    Column("level_to", Integer),
    Column("months_from", Integer),
    Column("months_to", Integer),
)
