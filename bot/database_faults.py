"""Why a database cannot be used, for every verb in the same words: what its driver says, and what repairs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import make_url
from sqlalchemy.exc import DataError, SQLAlchemyError

from bot.schema import revision_of
from storage.file_lock import file_of
from storage.standstill import snapshot

FORMAT = "what stands behind the ? in it"
CAUSES = (
    (r"password authentication|no password supplied|role .* does not exist|no pg_hba\.conf entry", "user and password"),
    (r"database .* does not exist", "the name of the database; createdb makes one"),
    (r"invalid port number|refused|could not translate|resolve host|timeout|timed out|No route", "host and port"),
    (r"unreachable|No such file or directory|No address associated", "host and port"),
    (r"invalid (sslmode|connection option|URI query)|invalid .* value|does not support SSL", FORMAT),
    (r"permission denied", "its user, who must own the database"),
    (r"unable to open database file", "the rights of the file and of its folder"),
    (r"file is not a database|malformed", "the file; alongside restore puts a backup in its place"),
)
"""What a driver's words have in them, and what has to be looked at then. PostgreSQL's are those of its English; in
another language the repair names everything that can be wrong."""
ANYTHING = "host and port, user and password, the name of the database"


class Unusable(Exception):
    """A database cannot be used, in a line for the operator."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`says` is the first line of the driver's words, without a password and without anything that a row holds;
    `repair` is what to look at in the address."""

    says: str
    repair: str


def trouble(failure: SQLAlchemyError, *urls: str) -> Trouble:
    """Why a database failed; `urls` are the addresses whose passwords are blanked."""
    original = getattr(failure, "orig", None)
    if original is None or isinstance(failure, DataError):
        return Trouble(type(failure).__name__, ANYTHING)  # its words quote what a row holds
    words = _first(str(original))
    repair = next((repair for pattern, repair in CAUSES if re.search(pattern, words)), ANYTHING)
    for secret in sorted({secret for url in urls for secret in _secrets(url)}, key=len, reverse=True):
        words = words.replace(secret, "***")
    return Trouble(words, repair)


def in_a_line(failure: SQLAlchemyError, *urls: str, name: str) -> str:
    """The same for a terminal or a log. `name` is where the address stands that has to be looked at."""
    found = trouble(failure, *urls)
    return f"{name} cannot be used: {found.says}. Look at {found.repair}."


def reach(url: str, *, name: str) -> None:
    """Ask a database whether it can be used, before anything is begun; a file that is not there yet is as good as one
    that can. Raises Unusable."""
    file = file_of(url)
    if file is not None and not file.exists():
        return
    try:
        with snapshot(url) as connection:
            revision_of(connection)
    except SQLAlchemyError as failure:
        raise Unusable(f"{in_a_line(failure, url, name=name)} Nothing was changed.") from None


def _first(words: str) -> str:
    """The first line that says something; of several tries each stands in a line of its own, below a heading."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or [""]
    tries = [line.removeprefix("- ") for line in lines[1:] if line.startswith("- ")]
    return (tries or lines)[0].rstrip(".")


def _secrets(url: str) -> Iterator[str]:
    """Passwords of an address, wherever they stand, as they are and as an address writes them."""
    parsed = make_url(url)
    for given in (parsed.password, parsed.query.get("password")):
        for secret in (given,) if isinstance(given, str) else given or ():
            yield from (one for one in (secret, quote(secret, safe="")) if one)
