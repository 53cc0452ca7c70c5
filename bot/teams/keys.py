"""The keys with which Microsoft signs what reaches us: fetched when needed, kept for a day, never waited for twice."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import httpx
import structlog
from jwt import PyJWK, PyJWTError

from bot.loopback import is_here
from bot.teams.limits import Json

log = structlog.get_logger()

DAY: Final = 86_400.0
"""Seconds for which keys are good: that often they are asked for by whom Microsoft tells how to check its tokens."""
AGAIN: Final = 30.0
"""Seconds at least between two looks: a stranger may name key ids as fast as they like."""
PATIENCE: Final = 1.0
"""Seconds that somebody waits for new keys whose own is known: it goes on to count while Microsoft is slow."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels on whose behalf it may sign."""

    public: PyJWK
    endorsements: frozenset[str]


class KeysUnknown(Exception):
    """No keys could be fetched yet, so nothing can be said of any token: a failure of ours, which may pass."""


class Keys:
    """`url` is that of the OpenID document, which says where the keys are; `clock` counts seconds and never goes
    back."""

    def __init__(
        self, http: httpx.AsyncClient, clock: Callable[[], float], url: str, *, patience: float = PATIENCE
    ) -> None:
        self._http = http
        self._clock = clock
        self._url = url
        self._patience = patience
        self._keys: Mapping[str, Key] = {}
        self._stale_at = 0.0
        self._asked_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """The key of that id; None when there is none. Looks anew for an id that is not known, and once a day; what is
        known goes on to count when that fails or takes long. Raises KeysUnknown."""
        known = kid in self._keys
        if not known or self._clock() >= self._stale_at:
            await self._look(self._patience if known else None)
        if not self._keys:
            raise KeysUnknown
        return self._keys.get(kid)

    async def close(self) -> None:
        """End a look under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _look(self, patience: float | None) -> None:
        if self._fetching is None or self._fetching.done():
            if self._asked_at is not None and self._clock() < self._asked_at + AGAIN:
                return
            self._asked_at = self._clock()
            self._fetching = asyncio.create_task(self._fetch())
        # Who waits has an end of their own, or is cancelled; the others still want it.
        await asyncio.wait([self._fetching], timeout=patience)

    async def _fetch(self) -> None:
        try:
            place = (await self._get(self._url))["jwks_uri"]
            if not (isinstance(place, str) and (place.startswith("https://") or is_here(place))):
                raise ValueError("its keys are at no safe address")
            keys = _read((await self._get(place))["keys"])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as failure:
            log.warning("the keys could not be fetched", kind="teams", fault=type(failure).__name__)
            return
        self._keys, self._stale_at = keys, self._clock() + DAY

    async def _get(self, url: str) -> Json:
        answer = await self._http.get(url)
        answer.raise_for_status()
        body = answer.json()
        if not isinstance(body, dict):
            raise ValueError("no document")
        return body


def _read(keys: list[object]) -> Mapping[str, Key]:
    """Those with which tokens for us can be signed, by id; other kinds may stand beside them and are left out. Raises
    ValueError when there are none."""
    read: dict[str, Key] = {}
    for one in keys:
        if not isinstance(one, dict) or one.get("kty") != "RSA" or one.get("use", "sig") != "sig":
            continue
        try:
            public = PyJWK(one, algorithm="RS256")
        except PyJWTError:
            continue
        endorsed = one.get("endorsements")
        read[str(one.get("kid"))] = Key(
            public, frozenset(map(str, endorsed)) if isinstance(endorsed, list) else frozenset()
        )
    if not read:
        raise ValueError("no keys")
    return read
