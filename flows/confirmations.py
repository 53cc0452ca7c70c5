"""One confirmation before what reaches many people or cannot be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.refusal import Refusal

GOOD_FOR = timedelta(minutes=30)
"""What a dry run counted may be wrong later."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one person was shown and may confirm once; `args` are ids and what was shown, never somebody's words
    unless these are what will be sent."""

    token: str
    person: str
    verb: str
    args: Mapping[str, str]
    expires: datetime
    used_at: datetime | None = None

    def use(self, verb: str, person: str, now: datetime) -> "Confirmation":
        """The same, used. Raises Refusal: `confirm.other`, `confirm.used`, `confirm.expired`."""
        if self.person != person or self.verb != verb:
            raise Refusal("confirm.other")
        if self.used_at is not None:
            raise Refusal("confirm.used")
        if now >= self.expires:
            raise Refusal("confirm.expired")
        return replace(self, used_at=now)
