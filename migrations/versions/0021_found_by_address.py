"""The address of everybody once more in lower case, with an index: by it they are found."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_people = sa.table("people", sa.column("id", sa.String), sa.column("email", sa.String), sa.column("address", sa.String))


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("address", sa.String(length=320), nullable=False, server_default=""))
    told = sa.select(_people.c.id, _people.c.email).where(_people.c.email != "")
    # In lower case as the code has it: SQLite knows no letters but those of ASCII, PostgreSQL those of its locale.
    found = [{"which": row.id, "lower": row.email.lower()} for row in op.get_bind().execute(told)]
    if found:
        written = sa.update(_people).where(_people.c.id == sa.bindparam("which")).values(address=sa.bindparam("lower"))
        op.get_bind().execute(written, found)
    # Every row states it from now on; the default was for those that were there.
    with op.batch_alter_table("people") as people:
        people.alter_column("address", server_default=None)
        people.create_index(op.f("ix_people_address"), ["address"])


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_index("ix_people_address")
        people.drop_column("address")
