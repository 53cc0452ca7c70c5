"""Rows of the engine: gestures taken, messages for others, what to look at next, pacing, restores."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from storage.tables.schema import CHANNEL, CONVERSATION, RECEIPT, Moment, metadata

# A keyed hash of each gesture that was taken, and its day; nothing of whom or what.
inbox = Table(
    "inbox",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("day", Date, nullable=False),
)

HAS_WORDS = text("message IS NOT NULL")
"""Few rows: words go a week after their message."""

outbox = Table(
    "outbox",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("rank", Integer, nullable=False),  # 0 answers, 1 prompts, 2 what many get at once
    Column("batch", String(64), nullable=False),  # what many get at once, such as broadcast:ID
    Column("state", String(12), nullable=False),
    Column("workspace", String(96), nullable=False),  # whose turn it is: platform:workspace of the reader
    Column("to_kind", String(8), nullable=False),  # person | match | channel
    Column("to_id", String(CONVERSATION), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("message", JSON(none_as_null=True)),
    Column("edits", String(160), nullable=False),
    Column("week", String(8), nullable=False),
    Column("subject", String(32), nullable=False),
    Column("step", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_after", Moment),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(32)),
    Column("epoch", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("intent_at", Moment),
    Column("sent_at", Moment),
    Column("conversation", String(CONVERSATION)),
    Column("receipt", String(RECEIPT)),
    Column("error", String(80), nullable=False),
    Index("ix_outbox_state", "state", "workspace", "rank", "due_at", "created_at", "key"),
    Index("ix_outbox_lease_until", "lease_until"),  # of what is under way: everything else has none
    Index("ix_outbox_created_at", "created_at", sqlite_where=HAS_WORDS, postgresql_where=HAS_WORDS),
    Index("ix_outbox_batch", "batch", "state"),
    Index("ix_outbox_to_id", "to_id", "week"),
    Index("ix_outbox_subject", "subject", "to_id"),
    Index("ix_outbox_edits", "edits"),
)

# What somebody writes to a partner on another platform, sealed until its post has arrived; the post names it.
relays = Table(
    "relays",
    metadata,
    Column("post", String(160), primary_key=True),  # the key in the outbox
    Column("match", String(32), nullable=False, index=True),
    Column("author", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# Where the bot may speak to many, as far as the platform tells it.
channels = Table(
    "channels",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("workspace", String(64), primary_key=True),
    Column("id", String(CHANNEL), primary_key=True),
    Column("conversation", String(CONVERSATION), nullable=False),
    Column("name", String(200), nullable=False),  # "" is the one that every group has
    Column("group", String(CHANNEL), nullable=False),
    Column("group_name", String(200), nullable=False),  # "" is not known
)

# When something must be looked at next. The row is an index, not a plan: what is due is computed from the history.
schedule = Table(
    "schedule",
    metadata,
    Column("subject", String(40), primary_key=True),  # such as match:ID, person:ID, cohort:ID
    Column("next_due", Moment, nullable=False, index=True),
    Column("since", Moment),  # what came before it was looked at; null: before next_due
)

limits = Table(
    "limits",
    metadata,
    Column("key", String(200), primary_key=True),  # such as chat:T1:post, chat:T1:D1; hashed when longer
    # Microseconds since 1970: both databases count with them inside one statement.
    Column("free_at", BigInteger, nullable=False),  # when all that was taken so far is paid for
    Column("paused_until", BigInteger, nullable=False),
    Column("slowed", Float, nullable=False),  # share of the permitted rate, 1.0 when nothing was refused lately
    Column("slowed_at", BigInteger, nullable=False),
)

# A copy that was put back: what may have been sent between the two moments is asked of the platform before it is sent.
restores = Table(
    "restores",
    metadata,
    Column("copied_at", Moment, primary_key=True),
    Column("restored_at", Moment, nullable=False),
)
