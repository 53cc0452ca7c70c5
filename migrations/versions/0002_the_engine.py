"""What an engine of several processes needs: turns of workspaces, ranks and batches, limits counted in microseconds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
WORDS = sa.text("message IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
        outbox.add_column(sa.Column("batch", sa.String(length=64), nullable=False, server_default=""))
        outbox.add_column(sa.Column("workspace", sa.String(length=96), nullable=False, server_default=""))
        outbox.drop_index("ix_outbox_state")
        outbox.create_index("ix_outbox_state", ["state", "workspace", "rank", "due_at", "created_at", "key"])
        outbox.create_index("ix_outbox_lease_until", ["lease_until"])
        outbox.create_index("ix_outbox_created_at", ["created_at"], sqlite_where=WORDS, postgresql_where=WORDS)
        outbox.create_index("ix_outbox_batch", ["batch", "state"])
    _fill()
    # Every row states the three from now on; the defaults were for those that were there.
    with op.batch_alter_table("outbox") as outbox:
        for column in ("rank", "batch", "workspace"):
            outbox.alter_column(column, server_default=None)
    op.drop_table("limits")
    op.create_table(
        "limits",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("slowed", sa.Float(), nullable=False),
        sa.Column("slowed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limits")),
    )
    with op.batch_alter_table("schedule") as schedule:
        schedule.add_column(sa.Column("since", sa.DateTime(), nullable=True))
    op.create_table(
        "restores",
        sa.Column("copied_at", sa.DateTime(), nullable=False),
        sa.Column("restored_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("copied_at", name=op.f("pk_restores")),
    )


def _fill() -> None:
    """What is still queued must know whose turn it is, or nobody would send it: the workspace of its reader."""
    home = "select p.platform || ':' || p.workspace from people p"
    pair = "join match_members m on m.person = p.id where m.match = outbox.to_id order by m.person limit 1"
    for kind, query in {
        "person": f"{home} where p.id = outbox.to_id",
        "match": f"{home} {pair}",
        "channel": "select min(p.platform || ':' || p.workspace) from people p where p.platform = outbox.platform",
    }.items():
        op.execute(f"update outbox set workspace = coalesce(({query}), '') where to_kind = '{kind}'")  # noqa: S608
    op.execute("update outbox set lease_until = null where state not in ('claimed', 'sending')")
    op.execute("update outbox set rank = case kind when 'answer' then 0 when 'must_arrive' then 1 else 2 end")


def downgrade() -> None:
    op.drop_table("restores")
    with op.batch_alter_table("schedule") as schedule:
        schedule.drop_column("since")
    op.drop_table("limits")
    op.create_table(
        "limits",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("free_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limits")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index("ix_outbox_batch")
        outbox.drop_index("ix_outbox_created_at")
        outbox.drop_index("ix_outbox_lease_until")
        outbox.drop_index("ix_outbox_state")
        outbox.create_index("ix_outbox_state", ["state", "due_at"])
        for column in ("workspace", "batch", "rank"):
            outbox.drop_column(column)
