"""Private words at rest: AES-256-GCM, bound to the row they stand in.

A sealed value is: version byte (1), key id (4 bytes, the first eight hex digits of the key's SHA-256), nonce
(12 bytes), ciphertext with its tag. The associated data names table, column and row, so that a ciphertext moved to
another row does not open.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"


class Unreadable(Exception):
    """The value was sealed under a key that is not in the keyring, or it stands in the wrong place."""


class Keyring:
    """The keys of MENTOR_KEYS: the first seals, all open. `nonce` gives 12 random bytes."""

    def __init__(self, keys: tuple[bytes, ...], nonce: Callable[[], bytes]) -> None:
        self._keys = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in keys}
        self._first = hashlib.sha256(keys[0]).digest()[:4]
        self._nonce = nonce
        self.secret = hashlib.sha256(b"alongside gestures and tokens" + keys[0]).digest()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all keys, eight hex digits each."""
        return frozenset(key.hex() for key in self._keys)

    @staticmethod
    def parse(text: str) -> tuple[bytes, ...]:
        """Comma-separated URL-safe base64 to keys. Raises ValueError, naming the place, for anything but 32 bytes."""
        keys = []
        for place, part in enumerate(text.split(","), start=1):
            try:
                key = base64.urlsafe_b64decode(part.strip() + "=" * (-len(part.strip()) % 4))
            except ValueError as fault:
                raise ValueError(f"key {place} is not URL-safe base64") from fault
            if len(key) != 32:
                raise ValueError(f"key {place} has {len(key)} bytes instead of 32")
            keys.append(key)
        return tuple(keys)

    def seal(self, words: Mapping[str, object], *, table: str, column: str, row: str) -> bytes:
        """Seal a small JSON object for exactly this place."""
        nonce = self._nonce()
        plain = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
        place = f"{table}.{column}.{row}".encode()
        return _VERSION + self._first + nonce + self._keys[self._first].encrypt(nonce, plain, place)

    def open(self, sealed: bytes, *, table: str, column: str, row: str) -> dict[str, object]:
        """The words again. Raises Unreadable when key or place do not fit."""
        key = self._keys.get(sealed[1:5])
        if sealed[:1] != _VERSION or key is None:
            raise Unreadable(f"{table}.{column}: no key {sealed[1:5].hex()} in MENTOR_KEYS")
        try:
            plain = key.decrypt(sealed[5:17], sealed[17:], f"{table}.{column}.{row}".encode())
        except InvalidTag as fault:
            raise Unreadable(f"{table}.{column}: sealed for another place") from fault
        opened: dict[str, object] = json.loads(plain)
        return opened
