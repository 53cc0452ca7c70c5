"""Texts as rows, in one statement that is the same for any number of them: SQLAlchemy compiles it once."""

from typing import Any

from sqlalchemy import JSON, BindParameter, ColumnElement, bindparam, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def each_of(name: str) -> ColumnElement[str]:
    """A column with the texts of the list that is given for `name` when the statement is run."""
    texts: BindParameter[list[str]] = bindparam(name, type_=JSON)
    return _Each(texts).table_valued(column("value")).c.value


class _Each(FunctionElement[Any]):
    name = "each"
    inherit_cache = True


@compiles(_Each, "sqlite")
def _in_sqlite(each: _Each, compiler: SQLCompiler, **asked: Any) -> str:
    return f"json_each({compiler.process(each.clauses, **asked)})"


@compiles(_Each, "postgresql")
def _in_postgres(each: _Each, compiler: SQLCompiler, **asked: Any) -> str:
    return f"json_array_elements_text({compiler.process(each.clauses, **asked)})"
