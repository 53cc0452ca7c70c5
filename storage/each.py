"""Texts as rows, in one statement that is the same for any number of them: SQLAlchemy compiles it once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, BindParameter, ColumnElement, Executable, Select, bindparam, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def each_of(name: str) -> ColumnElement[str]:
    """A column with the texts of the list that is given for `name` when the statement is run."""
    texts: BindParameter[list[str]] = bindparam(name, type_=JSON)
    return _Each(texts).table_valued(column("value")).c.value


S = TypeVar("S", bound=Executable)
Which = BindParameter[Any] | Select[tuple[str]]
FEW = 100
"""Texts that PostgreSQL looks up one by one in an index. Of a list of unknown length it may read the whole table
instead, and a serializable turn that read a whole table meets everybody who writes to it."""


@dataclass(frozen=True, slots=True)
class Among(Generic[S]):
    """A statement about the texts that are given for "which": for a few of them, and for any number. A text for each is
    a parameter for each, and SQLite takes 32,766 of them, PostgreSQL 65,535 (sqlite.org/limits.html, postgresql.org,
    "Message Formats")."""

    few: S
    many: S

    def of(self, texts: Collection[str]) -> S:
        """The one for so many."""
        return self.few if len(texts) <= FEW else self.many


def among(statement: Callable[[Which], S]) -> Among[S]:
    """What `statement` makes of the texts: it says `column.in_(which)`."""
    return Among(statement(bindparam("which", expanding=True)), statement(select(each_of("which"))))


class _Each(FunctionElement[Any]):
    name = "each"
    inherit_cache = True


@compiles(_Each, "sqlite")
def _in_sqlite(each: _Each, compiler: SQLCompiler, **asked: Any) -> str:
    return f"json_each({compiler.process(each.clauses, **asked)})"


@compiles(_Each, "postgresql")
def _in_postgres(each: _Each, compiler: SQLCompiler, **asked: Any) -> str:
    return f"json_array_elements_text({compiler.process(each.clauses, **asked)})"
