"""Messages to JSON and back, by class name; nothing is pickled."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from flows.people import Account
from flows.voice import message as vocabulary

_CLASSES: Mapping[str, type] = {
    name: value for name, value in vars(vocabulary).items() if isinstance(value, type) and is_dataclass(value)
} | {"Account": Account}

_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Most of what a message holds; looked at first, because every message is encoded and decoded."""


def encode(value: object) -> Any:
    """A value of the message vocabulary as JSON: a dataclass is an object whose "" names its class."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {"": type(value).__name__} | {name: encode(getattr(value, name)) for name in _names(type(value))}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def decode_message(stored: object) -> vocabulary.Message:
    """The message that `encode` made. Raises KeyError or TypeError for anything else."""
    found = _decode(stored, vocabulary.Message)
    if not isinstance(found, vocabulary.Message):
        raise TypeError("not a stored message")
    return found


def _decode(stored: Any, hint: Any) -> Any:
    if hint is str or stored is None:
        return stored
    if isinstance(stored, dict) and "" in stored:
        kind = _CLASSES[stored[""]]
        hints = _hints(kind)
        return kind(**{name: _decode(item, hints[name]) for name, item in stored.items() if name})
    origin = get_origin(hint)
    if origin is tuple:
        arguments = get_args(hint)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_decode(item, arguments[0]) for item in stored)
        return tuple(_decode(item, argument) for item, argument in zip(stored, arguments, strict=True))
    if origin in (types.UnionType, typing.Union):
        if stored is None:
            return None
        plain = [option for option in get_args(hint) if option is not type(None)]
        return _decode(stored, plain[0]) if len(plain) == 1 else stored
    if isinstance(hint, type) and stored is not None:
        if issubclass(hint, Enum):
            return hint(stored)
        if issubclass(hint, datetime | date | time):
            return hint.fromisoformat(stored)
    return stored
