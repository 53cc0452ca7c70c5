"""`insert` with ON CONFLICT, in the one form that both databases are given."""

# SQLite took the clause over from PostgreSQL, and SQLAlchemy's SQLite compiler reads PostgreSQL's statement (not the
# reverse): every test of a repository runs on both.
from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]
