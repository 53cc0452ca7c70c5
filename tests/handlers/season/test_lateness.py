"""Every message that nobody asked for stands in the table of the document, with what becomes of it when it is late."""

import ast
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

import handlers
from storage.tables import outbox
from tests.handlers.season.pairs import matched, running
from tests.handlers.season.test_outages import agrees, seals
from tests.handlers.stage import Stage
from tests.test_docs import page, rows, section

CLASSES = {"must_arrive": "must arrive", "nudge": "nudge"}
FOR_EVER = re.compile("for ever|it is taken back")


def described() -> dict[str, Sequence[str]]:
    """The rows of the table, by the pattern of their keys."""
    return {row[0].strip("`"): row for row in rows(section(page("docs/when-people-hear.md"), "Too late"))}


def fits(pattern: str, key: str) -> bool:
    """`…` stands for anything, a word in capitals for one part."""
    parts = [".+" if part == "…" else "[^:]+" if part.isupper() else re.escape(part) for part in pattern.split(":")]
    return re.fullmatch(":".join(parts), key) is not None


def posts() -> Iterator[tuple[str, dict[str, ast.expr]]]:
    """File and arguments of every post that a handler makes."""
    for file in sorted(Path(handlers.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Post":
                given = dict(zip(("key", "to", "message", "kind"), node.args, strict=False))
                yield file.name, given | {word.arg: word.value for word in node.keywords if word.arg}


def keys_of_news() -> Iterator[ast.expr]:
    """The key of everything that is written by `handlers.telling.news`, where it is given or a line above."""
    for file in sorted(Path(handlers.__path__[0]).rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                nodes = [*ast.walk(function)]
                calls = [one for one in nodes if isinstance(one, ast.Call) and ast.unparse(one.func) == "news"]
                given = [word.value for call in calls for word in call.keywords if word.arg == "key"]
                named = dict(assigned for one in nodes if isinstance(one, ast.Assign) for assigned in names(one))
                yield from (named.get(one.id, one) if isinstance(one, ast.Name) else one for one in given)


def names(given: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """What an assignment calls how, one by one."""
    for target in given.targets:
        if isinstance(target, ast.Tuple) and isinstance(given.value, ast.Tuple):
            values = zip(target.elts, given.value.elts, strict=True)
            yield from ((one.id, value) for one, value in values if isinstance(one, ast.Name))
        elif isinstance(target, ast.Name):
            yield target.id, given.value


def test_everything_that_a_season_brings_by_itself_is_as_late_as_the_table_says(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor"), stage.person("Ines Duarte")
    match = matched(stage, running(stage), mentor=mira, mentee=ines)
    stage.wait(days=2)
    agrees(stage, match, datetime(2027, 3, 4, 10, tzinfo=UTC))
    seals(stage, match, ines, date(2027, 5, 5))
    stage.wait(weeks=13)

    with stage.database.transaction() as connection:
        query = select(outbox.c.key, outbox.c.kind, outbox.c.not_after).where(outbox.c.week != "", outbox.c.edits == "")
        found = connection.execute(query).all()
    seen = set()
    for row in found:
        (pattern,) = [pattern for pattern in described() if fits(pattern, row.key)]
        _, _, kind, until, _ = described()[pattern]
        assert CLASSES[row.kind] == kind, row.key
        assert (row.not_after is None) == bool(FOR_EVER.match(until)), row.key
        seen.add(pattern.partition(":")[0])
    assert seen == {"session", "letter", "closing", "nudge", "pulse", "met"}


def test_no_nudge_is_put_without_a_moment_from_which_it_is_too_late() -> None:
    nudges = [given for _, given in posts() if ast.unparse(given["kind"]) == "Kind.NUDGE"]
    assert len(nudges) >= 3
    assert all("not_after" in given for given in nudges)


def test_every_message_of_an_act_that_reaches_somebody_else_is_described() -> None:
    keys = [*(given["key"] for _, given in posts() if "week" in given), *keys_of_news()]
    firsts = [key.values[0] for key in keys if isinstance(key, ast.JoinedStr)]
    named = {str(first.value).partition(":")[0] for first in firsts if isinstance(first, ast.Constant)}
    assert named >= {"ended", "left", "closed", "unmatched", "broadcast", "spotlight"}
    assert named <= {pattern.partition(":")[0] for pattern in described()}
