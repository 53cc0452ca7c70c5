"""How a call to a platform ends, by type: nobody has to read an exception to know what it means for the message."""

from dataclasses import dataclass

from handlers.pacing import Act


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; conversation and receipt name the message."""

    conversation: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Definitely refused: it will not work later either."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Refused because of the reader: their account is closed, or the platform keeps us from them."""

    reason: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Definitely not taken, but it may be later. Not `counted` as an attempt when a person has to repair something."""

    seconds: float
    reason: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Throttled:
    """Not taken: the platform asks to wait so many seconds with all calls of that act (the one that was made, unless
    named), or with `everything` in the workspace."""

    seconds: float
    reason: str
    act: Act | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been taken."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotTried:
    """No call was made: the claim was held for too long, or the platform asked to wait meanwhile."""

    reason: str


Outcome = Sent | Blocked | Unreachable | TryLater | Throttled | Unknown | NotTried


@dataclass(frozen=True, slots=True)
class Found:
    """The message is there; its conversation and receipt."""

    conversation: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Absent:
    """All that was written there since was read, and the message is not among it."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The platform does not let us look there."""

    reason: str


Finding = Found | Absent | CannotTell | TryLater | Throttled
