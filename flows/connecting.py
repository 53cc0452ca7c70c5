"""The code by which somebody shows that an account in another app is theirs too."""

import hashlib
from datetime import timedelta

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are taken for each other."""
LENGTH = 8
GOOD_FOR = timedelta(minutes=30)
TRIES = 5
"""Codes that one account may type at once, and in an hour."""


def code_of(dice: str) -> str:
    """Eight signs from an unguessable id: 40 bits, for half an hour and a few tries."""
    number = int.from_bytes(hashlib.sha256(dice.encode()).digest()[:LENGTH])
    return "".join(SIGNS[number >> 5 * place & 31] for place in range(LENGTH))


def in_two(code: str) -> str:
    """As people read it: `7KQ4-M2XP`."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str:
    """The code in what somebody typed, whatever its case and however it is parted; "" when it can be none."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""
