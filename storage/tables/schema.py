"""What all tables share: their metadata, and moments in time."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator

CONVERSATION = 512
"""Characters of what a platform calls a conversation: one has its service's address in it."""
RECEIPT = 128
"""Characters of what a platform calls a message."""
CHANNEL = 255
"""Characters of what a platform calls a channel or a team of channels."""

NAMED = 320
"""Characters of how a company names somebody: an address, or an account with its platform and workspace."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, kept without its zone: SQLite has none to keep."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
