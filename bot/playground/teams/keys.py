"""Who the service and the app are to each other: the keys that sign what is delivered, the tokens that the app gets."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

Json = dict[str, Any]
ISSUER = "https://api.botframework.com"
SCOPE = "https://api.botframework.com/.default"
CONNECTOR = "https://api.botframework.com"
"""Whom the tokens of that scope are for."""
TOKEN_SECONDS = 3600
CHANNEL = "msteams"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """One key of the service."""

    kid: str
    private: RSAPrivateKey
    endorsements: tuple[str, ...] = (CHANNEL,)
    """The channels that it may speak for."""

    @property
    def public(self) -> Json:
        """Its half of the key set."""
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "x5t": self.kid,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
            "endorsements": list(self.endorsements),
        }


def _number(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


@cache
def _made(nth: int) -> RSAPrivateKey:
    # Making one takes a while, and who signs is the same in every workspace of a process; so the nth is made once.
    return generate_private_key(public_exponent=65537, key_size=2048)


def signing_key(nth: int, *, endorsements: tuple[str, ...] = (CHANNEL,)) -> SigningKey:
    """The nth key of this process."""
    private = _made(nth)
    kid = hashlib.sha256(_number(private.public_key().public_numbers().n).encode()).hexdigest()[:20]
    return SigningKey(kid=kid, private=private, endorsements=endorsements)


class Keys:
    """The signing keys that are published; the newest signs."""

    def __init__(self, *, real: Callable[[], float]) -> None:
        self._real = real
        self._count = 1
        self.published: tuple[SigningKey, ...] = (signing_key(0),)
        self.fetched = 0
        """How often the app has asked for them."""

    @property
    def current(self) -> SigningKey:
        """The one that signs."""
        return self.published[-1]

    def rotate(self, *, endorsements: tuple[str, ...] = (CHANNEL,)) -> None:
        """A new key signs from now on, and the old one is published no longer."""
        self.published = (signing_key(self._count, endorsements=endorsements),)
        self._count += 1

    def key_set(self) -> Json:
        """What stands at the address of the keys."""
        return {"keys": [key.public for key in self.published]}

    def signed(self, *, app: str, service_url: str, claims: Json | None = None, key: SigningKey | None = None) -> str:
        """The token of one delivery. `claims` replace the right ones; None as a value leaves a claim out."""
        by = key or self.current
        now = int(self._real())
        right = {"iss": ISSUER, "aud": app, "nbf": now - 300, "exp": now + TOKEN_SECONDS, "serviceurl": service_url}
        said = {name: value for name, value in (right | (claims or {})).items() if value is not None}
        return jwt.encode(said, by.private, algorithm="RS256", headers={"kid": by.kid, "x5t": by.kid})


class Tokens:
    """The bearer tokens that the app got for its password."""

    def __init__(self, *, real: Callable[[], float], new_id: Callable[[], str]) -> None:
        self._real = real
        self._new_id = new_id
        self._until: dict[str, float] = {}
        self._said: dict[str, tuple[str, frozenset[str]]] = {}
        self.issued = 0

    def issue(self, audience: str = CONNECTOR, roles: Iterable[str] = ()) -> Json:
        """The answer of the token endpoint: a token for that service, which says what was granted to the app there."""
        said = {"aud": audience, "roles": sorted(roles)}
        claims = base64.urlsafe_b64encode(json.dumps({k: v for k, v in said.items() if v}).encode()).decode()
        token = f"eyJ.{claims.rstrip('=')}.{self._new_id()}"
        self._until[token] = self._real() + TOKEN_SECONDS
        self._said[token] = (audience, frozenset(roles))
        self.issued += 1
        return {
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "ext_expires_in": TOKEN_SECONDS,
            "access_token": token,
        }

    def holds(self, token: str, audience: str = CONNECTOR) -> bool:
        """Whether it was issued here for that service and is still good."""
        return self._until.get(token, 0.0) > self._real() and self._said[token][0] == audience

    def roles(self, token: str) -> frozenset[str]:
        """What was granted to the app when the token was issued."""
        return self._said[token][1]

    def revoke(self) -> None:
        """None of those that are out is good any more."""
        self._until.clear()
