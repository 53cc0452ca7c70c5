"""Whether Teams itself said something to us: every request has to prove it, and there is no way to switch that off."""

from typing import Any, Final

import jwt

from bot.teams.hosts import same
from bot.teams.keys import Keys
from bot.teams.limits import Json

CHANNEL: Final = "msteams"
SKEW: Final = 300
"""Seconds that two clocks may differ."""
_ALGORITHM: Final = "RS256"
"""The only one: with `none` anybody could sign, and with a secret-key one anybody who knows the public key."""


class Distrusted(Exception):
    """What was sent proves nothing; the reason is for the log, and never holds a word of what was sent."""


class Trust:
    """Checks as learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication tells, and
    that only one tenant is spoken for. `issuer` is who signs in this cloud."""

    def __init__(self, keys: Keys, *, issuer: str, app_id: str, tenant: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._app_id = app_id
        self._tenant = tenant

    async def check(self, authorization: str, activity: Json) -> None:
        """Return when the token of the header is good for this activity. Raises Distrusted, and KeysUnknown when no
        token could be checked."""
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Distrusted("no token")
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise Distrusted("its key is not known")
        try:
            claims = jwt.decode(
                token,
                key.public,
                algorithms=[_ALGORITHM],
                audience=self._app_id,
                issuer=self._issuer,
                leeway=SKEW,
                # One recipient, although JWT permits a list: whoever else a token was made for could pass it on to us.
                # Microsoft makes none, and its own SDK takes none.
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except _FAULTS as fault:
            raise Distrusted(_in_words(fault)) from None
        if activity.get("channelId") != CHANNEL or CHANNEL not in key.endorsements:
            raise Distrusted("its key does not speak for the channel")
        service, claimed = activity.get("serviceUrl"), claims.get("serviceurl")
        if not isinstance(service, str) or not isinstance(claimed, str) or not same(service, claimed):
            raise Distrusted("it is for another service address")
        if _tenant_of(activity).lower() != self._tenant.lower():
            raise Distrusted("it is of another tenant")


_FAULTS: Final = (jwt.PyJWTError, ValueError, TypeError, OverflowError)
"""What is no token at all fails in any of these ways."""


def _key_id(token: str) -> str:
    """Of a token that claims to be signed as ours are; that is looked at before anybody is asked for a key."""
    try:
        header: dict[str, Any] = jwt.get_unverified_header(token)
    except _FAULTS as fault:
        raise Distrusted(_in_words(fault)) from None
    key_id = header.get("kid")
    if header.get("alg") != _ALGORITHM or not isinstance(key_id, str):
        raise Distrusted("it is signed in another way")
    return key_id


def _tenant_of(activity: Json) -> str:
    """The company from which it comes; "" when it does not say."""
    data = activity.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    found = tenant.get("id") if isinstance(tenant, dict) else None
    return found if isinstance(found, str) else ""


def _in_words(fault: Exception) -> str:
    """The kind of the fault alone: its message may quote the token."""
    return f"its token is wrong: {type(fault).__name__}"
