"""Statements that are compiled once for all databases of one kind, as a bot that lives on compiles each once."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.util import LRUCache

from storage import postgres, sqlite

MOST = 3000
"""Statements that are kept; the product has some hundreds, and tables that are read from a database bring their own."""


class Compiled(MutableMapping[Any, Any]):
    """What an engine looks statements up in. An engine keeps its own under its own dialect, and every test opens a
    database anew: a third of its time went into compiling what the test before it had compiled."""

    def __init__(self, kept: "LRUCache[Any, Any]") -> None:
        self._kept = kept

    def __getitem__(self, key: Any) -> Any:
        return self._kept[_alike(key)]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[_alike(key)] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._kept[_alike(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


@contextmanager
def compiled_once() -> Iterator[None]:
    """While this lasts, databases that are opened share what is compiled for their kind."""
    sharing = partial(create_engine, execution_options={"compiled_cache": Compiled(LRUCache(MOST))})
    with pytest.MonkeyPatch.context() as patch:
        for kind in (sqlite, postgres):
            patch.setattr(kind, "create_engine", sharing)
        yield


def _alike(key: Any) -> Any:
    """The same key for all databases of one kind."""
    dialect, *rest = key
    return (dialect.name, *rest)
