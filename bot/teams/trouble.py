"""What a failed call to the Bot Connector means: how it ended on Teams, and what that is for the message it carried."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, assert_never

import httpx

from handlers import outcomes

Failure = outcomes.Blocked | outcomes.Unreachable | outcomes.TryLater | outcomes.Throttled | outcomes.Unknown


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want to hear from us, or Teams keeps us from them; `code` is Teams' own word, as in all."""

    code: str


@dataclass(frozen=True, slots=True)
class NotInstalled:
    """The app is not installed where they are, or an administrator has switched it off."""

    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The conversation is no longer there."""

    code: str


@dataclass(frozen=True, slots=True)
class TooBig:
    """More than Teams takes in one message."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not in this form, and not later either: the call itself is wrong."""

    code: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Teams asks to wait so many seconds; with `everything` when no call can succeed before a person has repaired
    the registration."""

    seconds: float
    code: str
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Transient:
    """Surely not taken, and it may be later."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may or may not have been taken."""

    code: str


Trouble = Blocked | NotInstalled | Gone | TooBig | Refused | Throttled | Transient | Ambiguous

LATER: Final = 5.0
SOON: Final = 1.0
UNTIL_REPAIRED: Final = 600.0
RATE_LIMIT: Final = 10.0
"""Seconds, where Teams asks to wait and does not say how long."""
LONGEST_WAIT: Final = 3600.0
_NOT_INSTALLED: Final = frozenset({"BotNotInConversationRoster", "BotDisabledByAdmin", "BotNotInstalled"})
_OF_THE_CONVERSATION: Final = frozenset({"ConversationNotFound", "UserNotFound"})
"""A 404 of a change that says something else speaks of the message:
learn.microsoft.com/microsoftteams/platform/resources/bot-status-codes."""
_WORD: Final = re.compile(r"[A-Za-z][\w.-]{0,59}")


def meaning(ended: httpx.Response | Exception, *, repeatable: bool = False) -> Trouble:
    """How a call ended that did not succeed. `repeatable` when doing it twice is the same as once, so that what may
    have happened can simply be done again."""
    match ended:
        case httpx.Response():
            return _refused(ended, repeatable=repeatable)
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout() | httpx.ProxyError():
            return Transient(LATER, "Teams could not be reached")
        case _:
            return _unsure(type(ended).__name__, repeatable=repeatable)


def outcome(trouble: Trouble) -> Failure:
    """What that is for the message. What Teams says of somebody's conversation holds until they write again, whatever
    word it uses: the words that its documentation gives are not those that were seen."""
    match trouble:
        case Blocked(code) | NotInstalled(code) | Gone(code):
            return outcomes.Unreachable(code)
        case TooBig(code) | Refused(code):
            return outcomes.Blocked(code)
        case Throttled(seconds, code, everything):
            return outcomes.Throttled(seconds, code, everything=everything)
        case Transient(seconds, code):
            return outcomes.TryLater(seconds, code)
        case Ambiguous(code):
            return outcomes.Unknown(code)
        case _:
            assert_never(trouble)


def _refused(answer: httpx.Response, *, repeatable: bool) -> Trouble:
    status, code = answer.status_code, word_of(answer)
    match status:
        case 429:
            return Throttled(seconds_of(answer), code)
        case 412:
            # Something else happened in the conversation at that moment.
            return Transient(SOON, code)
        case 401:
            return Throttled(UNTIL_REPAIRED, code, everything=True)
        case 403:
            return NotInstalled(code) if code in _NOT_INSTALLED else Blocked(code)
        case 404 | 410:
            return Gone(code)
        case 413:
            return TooBig(code)
        case 408:
            return _unsure(code, repeatable=repeatable)
        case _ if status >= 500:
            return _unsure(code, repeatable=repeatable)
        case _ if status < 400:
            # A redirect is not followed, and what it leads from has not done anything.
            return Transient(LATER, code)
        case _:
            return TooBig(code) if code == "MessageSizeTooBig" else Refused(code)


def of_the_message(trouble: Trouble) -> Trouble:
    """The same for a change: it is only the message that is gone, unless Teams speaks of the conversation."""
    return Refused(trouble.code) if isinstance(trouble, Gone) and trouble.code not in _OF_THE_CONVERSATION else trouble


def of_the_member(trouble: Trouble) -> Trouble:
    """The same for a conversation that is to be made: nothing in that call can be wrong but whom it is for."""
    return NotInstalled(trouble.code) if isinstance(trouble, Refused) else trouble


def word_of(answer: httpx.Response) -> str:
    """The service's word for what is wrong, such as `ConversationBlockedByUser`; the status where it says none. Nothing
    else of the answer: its message may quote what was sent."""
    try:
        body = json.loads(answer.content)
    except (ValueError, RecursionError):
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else error
    return code if isinstance(code, str) and _WORD.fullmatch(code) else f"HTTP {answer.status_code}"


def seconds_of(answer: httpx.Response) -> float:
    """`Retry-After`: seconds, or a moment, which counts from the moment at which the same server answered."""
    stated = answer.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", stated, re.ASCII):
        return min(float(stated), LONGEST_WAIT)
    until, since = _moment(stated), _moment(answer.headers.get("date", ""))
    if until is None or since is None:
        return RATE_LIMIT
    return min(max((until - since).total_seconds(), SOON), LONGEST_WAIT)


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _unsure(code: str, *, repeatable: bool) -> Trouble:
    return Transient(LATER, code) if repeatable else Ambiguous(code)
