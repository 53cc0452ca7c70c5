"""Rows of rounds whose proposals have any number of people."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table

from storage.tables.schema import metadata

gatherings = Table(
    "gatherings",
    metadata,
    Column("round", ForeignKey("rounds.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # by which a coordinator calls it
    Column("score", Integer, nullable=False),
    Column("subject", String(40), nullable=False),  # a skill, or ""
    Column("turn", Integer, nullable=False),  # the sitting of an event, or 0
    Column("broken", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("locked", Boolean, nullable=False),
)

seats = Table(
    "seats",
    metadata,
    Column("round", ForeignKey("rounds.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the gathering
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("place", Integer, nullable=False),  # in which they are named
    Column("role", String(16), nullable=False),
)

# Who sits a round out, and why.
sitting_out = Table(
    "sitting_out",
    metadata,
    Column("round", ForeignKey("rounds.id"), primary_key=True),
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("cause", String(16), nullable=False),
)
