"""Rows of the question whether there is interest in mentoring: counters only, beside no person and no moment."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.tables.schema import Moment, metadata

surveys = Table(
    "surveys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

# That somebody has answered is among the tokens of the pulse.
interest_counts = Table(
    "interest_counts",
    metadata,
    Column("survey", ForeignKey("surveys.id"), primary_key=True),
    Column("question", String(8), primary_key=True),  # stance | topic
    Column("choice", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)
