"""Rows of who is never matched with whom. What somebody asked for themselves is sealed."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, UniqueConstraint

from storage.tables.schema import Moment, metadata

# Whom somebody avoids: who and whom are sealed, no moment stands beside them, and nothing refers to a row.
avoided = Table(
    "avoided",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

# Two people whom a coordinator keeps apart; `one` is the smaller id. Each coordinator has their own row of a pair.
blocks = Table(
    "blocks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("one", ForeignKey("people.id"), nullable=False, index=True),
    Column("other", ForeignKey("people.id"), nullable=False, index=True),
    Column("by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("one", "other", "by"),
)
