"""The two things of a Kit that a platform uses, for tests that have no database."""

from datetime import UTC, datetime

NOW = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)


class Clockwork:
    """A time that stands, and an id that is always the same."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The time that stands."""
        return self._now

    def new_id(self) -> str:
        """Always the same."""
        return "reference"
