"""Rows of people, programmes, matching and the season. What people write in private is in columns named `sealed`."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from storage.tables.schema import CONVERSATION, NAMED, Moment, metadata

# --- people -----------------------------------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("workspace", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("title", String(200), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("zone", String(64), nullable=False),  # "" is not known
    Column("country", String(2), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("nudges", Boolean, nullable=False),
    Column("nudge_day", Integer, nullable=False),
    Column("nudge_at", Time, nullable=False),
    Column("work_days", String(16), nullable=False),
    Column("work_from", Time, nullable=False),
    Column("work_to", Time, nullable=False),
    Column("away_until", Date),
    Column("introduction", Text, nullable=False),
    Column("conversation", String(CONVERSATION)),
    Column("unreachable", String(64)),
    Column("email", String(320), nullable=False),  # "" is not known
    # The same in lower case, by which somebody is found: each database has rules of its own of what that is.
    Column("address", String(320), nullable=False, index=True),
    Column("shared_email", String(320), nullable=False),  # "" is not shared
    UniqueConstraint("platform", "workspace", "user"),
)

# Further accounts of a person; the one at which they are written to stands in their own row.
accounts = Table(
    "accounts",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("workspace", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("conversation", String(CONVERSATION)),
)

# The code by which somebody shows that another account is theirs too: the last that they asked for, as a keyed hash.
codes = Table(
    "codes",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("expires", Moment, nullable=False),
)

# What the company says of somebody, by how it names them: an address in lower case, or an account as
# platform/workspace/user. Whom it is about is found when it is read, so it may be told before they come.
facts = Table(
    "facts",
    metadata,
    Column("named", String(NAMED), primary_key=True),
    Column("manager", String(NAMED), nullable=False),  # named in the same way; "" is not said
    Column("department", String(120), nullable=False),
    Column("site", String(120), nullable=False),
    Column("level", Integer),
    Column("started_on", Date),
    Column("word", String(12), nullable=False),  # not_asked | right | wrong: what the person says of it
    Column("word_at", Moment),
    Column("source", String(32), nullable=False),  # which import brought it last
    Column("brought_by", String(32), nullable=False),
    Column("brought_at", Moment, nullable=False),
)

# A table that somebody gave and has not confirmed yet, sealed; gone once they did, or after a day.
imports = Table(
    "imports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

coordinators = Table(
    "coordinators",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("programme", String(32), primary_key=True),  # "" is every programme
    Column("role", String(16), nullable=False),
    Column("appointed_by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", String(32), nullable=False),
    Column("verb", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),  # done | shown | dropped | released | refused
    Column("about", String(64), nullable=False),  # an id, never text
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("person", String(32), nullable=False),
    Column("verb", String(64), nullable=False),
    Column("args", JSON, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used_at", Moment),
)

# --- programmes -------------------------------------------------------------------------------------------------------

programmes = Table(
    "programmes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("problem", Text, nullable=False),
    Column("format", String(24), nullable=False),
    Column("format_reason", Text, nullable=False),
    Column("objective", Text, nullable=False),
    Column("measure", String(120), nullable=False),
    Column("baseline", Float),
    Column("target", Float),
    Column("current", Float),
    Column("champion", String(120), nullable=False),
    Column("created_by", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
)

cohorts = Table(
    "cohorts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("programme", ForeignKey("programmes.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("next_round", Date),
    Column("platform", String(16), nullable=False),
    Column("channel", String(CONVERSATION), nullable=False),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Column("choice", String(8), nullable=False),  # draft | wishes | ask
    Column("aim", String(16), nullable=False),  # participation | best-fit; "" is what the pack says
)

participants = Table(
    "participants",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("standing", String(16), nullable=False),
    Column("roles", String(24), nullable=False),  # comma-separated
    Column("capacity", Integer, nullable=False),
    Column("paused_until", Date),
    Column("hidden", Text, nullable=False),  # comma-separated question ids
    Column("waited", Integer, nullable=False),  # rounds in which nobody was found
    Column("skips", Boolean, nullable=False),  # the next round, until it is published
    Column("source", String(24), nullable=False),  # how they came: invitation, command, home
    Column("started_at", Moment, nullable=False),
    Column("joined_at", Moment),
    Column("left_at", Moment),
    UniqueConstraint("cohort", "person"),
)

# Nothing is overwritten: every answer is a row, the newest counts.
answers = Table(
    "answers",
    metadata,
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("value", JSON(none_as_null=True)),  # null: skipped, or sealed
    Column("sealed", LargeBinary),
    Column("at", Moment, nullable=False),
)

# Which question was put, when: typed text belongs to the question that was open when it was typed.
questions_put = Table(
    "questions_put",
    metadata,
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", String(40), nullable=False),
    Column("post", String(120), nullable=False),  # the outbox key of its message
    Column("at", Moment, nullable=False),
)

# --- matching ---------------------------------------------------------------------------------------------------------

rounds = Table(
    "rounds",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # drafted | published | replaced
    Column("drafted_by", String(32), nullable=False),
    Column("drafted_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("edited", Boolean, nullable=False),  # somebody changed its pairs by hand
    Column("totals", JSON, nullable=False),
    # All three null where a round was drafted before they were kept: it is no draft any more. Of gatherings the proof.
    Column("proof", JSON),
    Column("record", JSON),
    Column("groups", JSON),
    Column("wanted", JSON),  # null where a round was drafted before it was kept
    UniqueConstraint("cohort", "number"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("round", ForeignKey("rounds.id"), primary_key=True),
    Column("mentee", ForeignKey("participants.id"), primary_key=True),
    Column("mentor", ForeignKey("participants.id"), primary_key=True),
    Column("number", Integer, nullable=False),  # by which a coordinator names the pair
    Column("score", Integer, nullable=False),
    Column("contributions", JSON, nullable=False),
)

# What coordinators decided before the rules do. It outlives a draft, and its row outlives the decision.
locks = Table(
    "locks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # pin | forbid | hold
    Column("mentee", ForeignKey("participants.id")),  # null where a mentor is held
    Column("mentor", ForeignKey("participants.id")),  # null where a mentee is held
    Column("override", String(120), nullable=False),  # limits that it stands against, comma-separated
    Column("by", String(32), nullable=False),  # a person
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary),  # why, where a limit was overridden
    Column("ended_at", Moment),  # let go, or published
)

unmatched = Table(
    "unmatched",
    metadata,
    Column("round", ForeignKey("rounds.id"), primary_key=True),
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("cause", String(24), nullable=False),
    Column("remedies", JSON, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("cohort", ForeignKey("cohorts.id"), nullable=False, index=True),
    Column("round", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("end_cause", String(24), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("steps", Text, nullable=False),  # comma-separated step ids of its plan, fixed at the start
    Column("conversation", String(CONVERSATION)),
)

match_members = Table(
    "match_members",
    metadata,
    Column("match", ForeignKey("matches.id"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("participant", ForeignKey("participants.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("said_hello", Boolean, nullable=False),
    Index("ix_match_members_person", "person"),
    Index("ix_match_members_participant", "participant"),
)

# --- the season -------------------------------------------------------------------------------------------------------

sessions = Table(
    "sessions",
    metadata,
    Column("match", ForeignKey("matches.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(16), nullable=False),  # open | met | skipped
    Column("opened_on", Date, nullable=False),
    Column("planned_at", Moment),
    Column("met_on", Date),
    Column("asked_again", Boolean, nullable=False),
)

meeting_answers = Table(
    "meeting_answers",
    metadata,
    Column("match", ForeignKey("matches.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

# Everything a pair writes: letters, spotlights, wins, objectives, actions, ratings, next steps. Always sealed.
writings = Table(
    "writings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("match", ForeignKey("matches.id"), nullable=False),
    Column("author", ForeignKey("people.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("session", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # draft | sent | done | elsewhere
    Column("sealed", LargeBinary),
    Column("opens_on", Date),
    Column("shared", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_writings_match", "match", "kind"),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("match", ForeignKey("matches.id"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("week", String(8), primary_key=True),  # such as 2026-W12
    Column("answer", String(8), nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("match", ForeignKey("matches.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("question", String(24), primary_key=True),
    Column("answer", Integer, nullable=False),
)

# Counters only: no person, no moment, no order.
pulse_counts = Table(
    "pulse_counts",
    metadata,
    Column("cohort", ForeignKey("cohorts.id"), primary_key=True),
    Column("window", String(8), primary_key=True),
    Column("question", String(24), primary_key=True),
    Column("choice", String(24), primary_key=True),
    Column("count", Integer, nullable=False),
)

# A keyed hash of person, window and question: says that somebody has answered, never who to one without the key.
pulse_tokens = Table("pulse_tokens", metadata, Column("token", String(64), primary_key=True))
