"""Rows of wishes, and of requests whether two people would be a match."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from storage.tables.schema import Moment, metadata

wishes = Table(
    "wishes",
    metadata,
    Column("mentee", ForeignKey("participants.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # 1 is the dearest
    Column("mentor", ForeignKey("participants.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),  # of the whole list
)

# What is said in a question and its answer is not here: it is sealed until it has arrived, like other relayed words.
requests = Table(
    "requests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False),
    Column("round", String(32), nullable=False),  # "" is the mentee's own
    Column("mentee", ForeignKey("participants.id"), nullable=False, index=True),
    Column("mentor", ForeignKey("participants.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),  # open | agreed | declined | lapsed | withdrawn
    Column("agreed", String(24), nullable=False),  # comma-separated roles
    Column("cause", String(8), nullable=False),  # a category, never who or in which words
    Column("question", String(8), nullable=False),  # "" | asked | answered
    Column("reasons", JSON, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),  # the days of silence count from here
    Column("closed_at", Moment),
    Index("ix_requests_cohort", "cohort", "state"),
)
