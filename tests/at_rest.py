"""Everything that a database keeps, byte for byte, to look for what must not be there."""

from collections.abc import Mapping
from pathlib import Path

from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from tests.postgres import connect


def at_rest(url: str) -> Mapping[str, bytes]:
    """SQLite: its file and those beside it. PostgreSQL: every table, as it would be copied out."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        return {each.name: each.read_bytes() for each in file.parent.iterdir() if each.is_file()}
    with connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found = {}
        for (name,) in names:
            # Binary: sealed words stand in it as they are, and not as a number in hexadecimal.
            with connection.cursor().copy(
                SQL("COPY {} TO STDOUT (FORMAT binary)").format(Identifier(str(name)))
            ) as copy:
                found[str(name)] = b"".join(bytes(part) for part in copy)
        return found
