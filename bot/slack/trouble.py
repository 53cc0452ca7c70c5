"""What a failed call to Slack means for the message that it carried."""

from collections.abc import Mapping
from typing import Final

import aiohttp
import httpx
from slack_sdk.errors import SlackApiError

from handlers.outcomes import Blocked, Throttled, TryLater, Unknown, Unreachable

Failure = Blocked | Unreachable | TryLater | Throttled | Unknown

_UNSURE: Final = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack says of these that some of it may have happened: docs.slack.dev/reference/methods/chat.postMessage, errors."""
_OF_THE_INSTALLATION: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""Nothing is wrong with the message or its reader: the token has to be put right by a person, and until then every
call would end so."""
_OF_THE_READER: Final = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_user_combination",
        "is_archived",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
"""The account is closed, or Slack keeps us from it: docs.slack.dev/reference/methods/conversations.open, errors."""
_LATER: Final = 5.0
_UNTIL_REPAIRED: Final = 600.0
_RATE_LIMIT: Final = 30.0
"""Seconds, where Slack asks to wait and does not say how long."""


def meaning(failure: Exception, *, repeatable: bool = False) -> Failure:
    """The outcome of a call that raised; `repeatable` when doing it twice is the same as once, so that what may have
    happened can simply be done again."""
    match failure:
        case SlackApiError():
            return _refused(failure, repeatable=repeatable)
        case (
            aiohttp.ClientConnectorError()
            | aiohttp.ConnectionTimeoutError()
            | httpx.ConnectError()
            | httpx.ConnectTimeout()
            | httpx.PoolTimeout()
        ):
            return TryLater(_LATER, "Slack could not be reached")
        case _:
            return _unsure(type(failure).__name__, repeatable=repeatable)


def name_of(failure: BaseException) -> str:
    """A failure in a word for the log; never its message, which may quote what was sent."""
    return _error(failure) if isinstance(failure, SlackApiError) else type(failure).__name__


def _refused(failure: SlackApiError, *, repeatable: bool) -> Failure:
    error = _error(failure)
    status = _status(failure)
    if status == 429 or error in {"ratelimited", "rate_limited"}:
        return Throttled(_seconds(getattr(failure.response, "headers", {})), "Slack asks to wait")
    if error in _OF_THE_INSTALLATION:
        return Throttled(_UNTIL_REPAIRED, error, everything=True)
    if error == "missing_scope":
        return TryLater(_UNTIL_REPAIRED, error, counted=False)
    # An answer without a word of Slack's, half of one or none that is JSON, does not say what happened.
    if status != 200 or error in _UNSURE or error == f"HTTP {status}":
        return _unsure(error, repeatable=repeatable)
    return Unreachable(error) if error in _OF_THE_READER else Blocked(error)


def _unsure(reason: str, *, repeatable: bool) -> Failure:
    return TryLater(_LATER, reason) if repeatable else Unknown(reason)


def _error(failure: SlackApiError) -> str:
    """Slack's word for it, such as `channel_not_found`; the status where there was no readable answer."""
    data = getattr(failure.response, "data", None)
    if isinstance(data, dict) and isinstance(data.get("error"), str):
        return str(data["error"])
    return f"HTTP {_status(failure)}"


def _status(failure: SlackApiError) -> int:
    # An answer that is no JSON reaches us as aiohttp's own response, which names it otherwise.
    status = getattr(failure.response, "status_code", None) or getattr(failure.response, "status", None)
    return status if isinstance(status, int) else 0


def _seconds(headers: Mapping[str, str]) -> float:
    """`Retry-After` counts whole seconds: docs.slack.dev/apis/web-api/rate-limits."""
    stated = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(stated) if stated.isdigit() else _RATE_LIMIT
