"""Messages to JSON and back, by class name; nothing is pickled."""

import types
import typing
from collections.abc import Callable, Mapping
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

_Change = Callable[[Any], Any]


def encode(value: object) -> Any:
    """A value of the message vocabulary as JSON: a dataclass is an object whose "" names its class."""
    kind: Any = type(value)
    return value if kind in _PLAIN else _writer(kind)(value)


@cache
def _writer(kind: type) -> _Change:
    """How values of that class become JSON; found out once a class."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, datetime | date | time):
        return lambda value: value.isoformat()
    if issubclass(kind, tuple):
        return lambda value: [encode(item) for item in value]
    if issubclass(kind, Mapping):
        return lambda value: {str(key): encode(item) for key, item in value.items()}
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {"": kind.__name__} | {name: encode(getattr(value, name)) for name in names}
    return _as_it_is


def decode_message(stored: object) -> vocabulary.Message:
    """The message that `encode` made. Raises KeyError or TypeError for anything else."""
    found = _object(stored)
    if not isinstance(found, vocabulary.Message):
        raise TypeError("not a stored message")
    return found


def _object(stored: Any) -> Any:
    """An object whose "" names its class; anything else as it is."""
    if not isinstance(stored, dict) or "" not in stored:
        return stored
    kind = _CLASSES[stored[""]]
    readers = _readers(kind)
    return kind(**{name: readers[name](item) for name, item in stored.items() if name})


@cache
def _readers(kind: type) -> Mapping[str, _Change]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


@cache
def _reader(hint: Any) -> _Change:
    """How JSON becomes a value of that annotation; found out once an annotation."""
    if get_origin(hint) is tuple:
        arguments = get_args(hint)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            one = _reader(arguments[0])
            return lambda stored: tuple([one(item) for item in stored])
        each = [_reader(argument) for argument in arguments]
        return lambda stored: tuple(one(item) for one, item in zip(each, stored, strict=True))
    if get_origin(hint) in (types.UnionType, typing.Union):
        options = [option for option in get_args(hint) if option is not type(None)]
        if len(options) > 1:
            return _object
        value = _reader(options[0])
        return lambda stored: None if stored is None else value(stored)
    if isinstance(hint, type):
        if hint in _PLAIN:
            return _as_it_is
        if issubclass(hint, Enum):
            return hint
        if issubclass(hint, datetime | date | time):
            return hint.fromisoformat
    return _object


def _as_it_is(value: Any) -> Any:
    return value
