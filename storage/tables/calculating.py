"""Rows of what is worked out beside the turns."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from storage.tables.schema import Moment, metadata

# What somebody asked for and a process works out under a lease; ids only.
calculations = Table(
    "calculations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("args", JSON, nullable=False),
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(12), nullable=False),  # waiting | taken | done | failed
    Column("owner", String(32)),
    Column("epoch", Integer, nullable=False),  # how often it was taken
    Column("lease_until", Moment),
    Column("ended_at", Moment),
    Index("ix_calculations_state", "state", "asked_at"),
    Index("ix_calculations_cohort", "cohort", "kind", "state"),
)
