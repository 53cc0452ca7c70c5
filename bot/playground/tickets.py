"""What the app may use for a short while after an act: trigger ids and response addresses."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.playground.refusals import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 1800.0
RESPONSE_USES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Permission to open one modal for one person, for a few seconds."""

    id: str
    user: str
    issued: float
    in_modal: bool
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseAddress:
    """Permission to answer one act five times within half an hour."""

    id: str
    user: str
    channel: str
    issued: float
    message: str | None
    """The ts of the message that was acted on; None after a slash command."""
    uses: int = 0


class Tickets:
    """All trigger ids and response addresses, on real time."""

    def __init__(
        self, *, real: Callable[[], float], new_id: Callable[[], str], trigger_seconds: float = TRIGGER_SECONDS
    ) -> None:
        self._trigger_seconds = trigger_seconds
        self._real = real
        self._new_id = new_id
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseAddress] = {}

    def trigger(self, user: str, *, in_modal: bool) -> str:
        """A new trigger id for this person."""
        now = self._real()
        # Long spent ones go, so that a long demo does not grow.
        self._triggers = {k: t for k, t in self._triggers.items() if now - t.issued < 600}
        one = Trigger(id=f"{len(self._triggers) + 1}.{self._new_id()}", user=user, issued=now, in_modal=in_modal)
        self._triggers[one.id] = one
        return one.id

    def use_trigger(self, trigger_id: str) -> Trigger:
        """Takes the trigger; raises what Slack answers to an unknown, a used and a late one."""
        one = self._triggers.get(trigger_id)
        if one is None:
            raise SlackError("invalid_trigger_id")
        if one.used:
            raise SlackError("exchanged_trigger_id")
        if self._real() - one.issued > self._trigger_seconds:
            raise SlackError("expired_trigger_id")
        self._triggers[trigger_id] = replace(one, used=True)
        return one

    def response(self, user: str, *, channel: str, message: str | None) -> str:
        """The id of a new response address."""
        now = self._real()
        self._responses = {k: r for k, r in self._responses.items() if now - r.issued < 2 * RESPONSE_SECONDS}
        one = ResponseAddress(id=self._new_id(), user=user, channel=channel, issued=now, message=message)
        self._responses[one.id] = one
        return one.id

    def use_response(self, response_id: str) -> ResponseAddress:
        """Counts one use; raises `expired_url` (too late, unknown) or `used_url` (the sixth use)."""
        one = self._responses.get(response_id)
        if one is None or self._real() - one.issued > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if one.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        self._responses[response_id] = replace(one, uses=one.uses + 1)
        return one
