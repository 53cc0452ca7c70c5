"""Our token for a service of Microsoft: one for all calls, fetched once, renewed before it ends."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx
import structlog

from bot.teams.cloud import cloud_of
from bot.teams.trouble import LATER, UNTIL_REPAIRED, Throttled, Transient, seconds_of, word_of

log = structlog.get_logger()

EARLY: Final = 600.0
"""Seconds before its end, or a fifth of its life where that is less, in which a token is renewed."""
AGAIN: Final = 30.0
"""Seconds at most that a sign-in which failed is left alone."""
FRESH: Final = 60.0
"""Seconds in which a token that is refused was refused for another reason than its age."""
UNREACHED: Final = "the sign-in could not be reached"
"""How the word begins for a network that does not lead there, or an answer that did not come."""
_REASON: Final = re.compile(r"AADSTS\d{1,9}")

NoToken = Throttled | Transient


@dataclass(frozen=True, slots=True)
class _Token:
    """Clock readings: when it was fetched, from when on it is renewed, and its end."""

    text: str
    since: float
    early: float
    until: float


class Tokens:
    """Client credentials: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow. `login_url` is
    the base of the token endpoint; `clock` counts seconds and never goes back; `scope` is what the token is for, the
    Bot Connector unless another is named."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        clock: Callable[[], float],
        *,
        login_url: str,
        tenant: str,
        app_id: str,
        password: str,
        scope: str = "",
    ) -> None:
        self._http = http
        self._clock = clock
        self._url = f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
            "scope": scope or cloud_of(login_url).scope,
        }
        self._token: _Token | None = None
        self._failed: NoToken | None = None
        self._not_before = 0.0
        self._fetching: asyncio.Task[None] | None = None

    async def bearer(self) -> str | NoToken:
        """A token that is valid now, or why there is none. While one is renewed the old one serves everybody; only the
        first has to be waited for."""
        now, token = self._clock(), self._token
        if token is not None and now < token.early:
            return token.text
        if token is not None and now < token.until:
            if now >= self._not_before:
                self._begin()
            return token.text
        if self._failed is not None and now < self._not_before:
            return self._failed
        # Who waits may be cancelled; the others still want it.
        await asyncio.shield(self._begin())
        token = self._token
        if token is not None and self._clock() < token.until:
            return token.text
        return self._failed or Transient(LATER, "the sign-in gave no token")

    def refused(self, bearer: str) -> bool:
        """The service did not take it, so it is not used again. Whether it was too fresh to be merely outdated."""
        token = self._token
        if token is None or token.text != bearer:
            return False
        self._token = None
        return self._clock() - token.since < FRESH

    async def close(self) -> None:
        """End a renewal under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _begin(self) -> "asyncio.Task[None]":
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        began = self._clock()
        got = await self._ask()
        if isinstance(got, tuple):
            text, life = got
            self._token = _Token(text, began, began + life - min(EARLY, life / 5), began + life)
            self._failed = None
            return
        self._failed = got
        self._not_before = self._clock() + min(got.seconds, AGAIN)
        log.warning("the sign-in gave no token", kind="teams", fault=got.code)

    async def _ask(self) -> tuple[str, float] | NoToken:
        """The token and the seconds of its life."""
        try:
            answer = await self._http.post(self._url, data=self._form)
        except httpx.HTTPError as failure:
            return Transient(LATER, f"{UNREACHED}: {type(failure).__name__}")
        if answer.status_code == 429:
            return Throttled(seconds_of(answer), word_of(answer), everything=True)
        if answer.status_code in (400, 401, 403, 404):
            return Throttled(UNTIL_REPAIRED, _reason(answer), everything=True)
        try:
            body = answer.json()
            text, life = body["access_token"], float(body["expires_in"])
        except (ValueError, LookupError, TypeError):
            return Transient(LATER, word_of(answer))
        if answer.status_code != 200 or not isinstance(text, str) or not 0 < life < 1e7:
            return Transient(LATER, word_of(answer))
        return text, life


def _reason(answer: httpx.Response) -> str:
    """The sign-in's word with the number of its reason, such as `invalid_client AADSTS7000215`, by which an installer
    finds it explained."""
    number = _REASON.search(answer.text)
    return f"{word_of(answer)} {number[0]}" if number else word_of(answer)
