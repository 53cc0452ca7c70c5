"""`alongside match`: a draft from files, without a workspace, a database or a setting."""

import errno
import os
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

if TYPE_CHECKING:
    from flows.matching.offline.request import Request, Source
    from flows.matching.offline.result import Result
    from flows.sheets.remarks import Remark

STANDARD_INPUT = Path("-")


class Mode(StrEnum):
    """What a draft is to be best at."""

    PARTICIPATION = "participation"
    BEST_FIT = "best-fit"


def match(
    people: Annotated[Path, typer.Argument(metavar="PEOPLE.csv", help="The list; - for standard input")],
    rules: Annotated[Path | None, typer.Option(metavar="RULES.toml", help="Weights, curves, limits and points")] = None,
    locks: Annotated[Path | None, typer.Option(metavar="LOCKS.csv", help="Pairs to pin or to forbid")] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="DRAFT.json", help="An earlier answer of --json, to keep near to")
    ] = None,
    mode: Annotated[Mode | None, typer.Option(help="As many people as possible, or the best fit altogether")] = None,
    seed: Annotated[str | None, typer.Option(metavar="TEXT", help="Another text breaks ties another way")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs")] = False,
    scores: Annotated[bool, typer.Option("--scores", help="Show how well each pair fits, in points")] = False,
    explain: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Why not somebody else? May be given several times")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Answer by then, proved or not", min=0)
    ] = None,
) -> None:
    """Match the people of a list: who with whom, why, and what would help those who are left."""
    import bot.one_thread  # noqa: F401 - before numpy: threads of its libraries cost a third of a small draft's time
    from bot.memory import without_collecting

    with without_collecting():
        from flows.matching.offline.request import Request
        from flows.matching.rules import Aim

        if [people, rules, locks, previous].count(STANDARD_INPUT) > 1:
            typer.echo("standard input can be read once: - can stand for one file alone", err=True)
            raise typer.Exit(2)
        try:
            request = Request(
                people=_source(people),
                rules=_source(rules) if rules else None,
                locks=_source(locks) if locks else None,
                previous=_source(previous) if previous else None,
                mode=Aim(mode) if mode else None,
                seed=None if seed is None else _typed(seed),
                deadline=deadline,
                explain=tuple(map(_typed, explain or ())),
            )
        except OSError as fault:
            typer.echo(f"{fault.filename} cannot be read: {fault.strerror}", err=True)
            raise typer.Exit(2) from None
        raise typer.Exit(_answer(request, as_json=as_json, scores=scores))


def _source(path: Path) -> "Source":
    from flows.matching.offline.request import Source

    if path != STANDARD_INPUT:
        return Source(_typed(path.name), path.read_bytes())
    if (given := cast("TextIO | None", sys.stdin)) is None:
        raise OSError(errno.EBADF, "it is closed", "standard input")
    return Source(path.name, given.buffer.read())


def _typed(text: str) -> str:
    """As UTF-8 reads it, whatever the shell is set to: a name may hold bytes that no text has."""
    return os.fsencode(text).decode(errors="replace")


def _answer(request: "Request", *, as_json: bool, scores: bool) -> int:
    from bot.world import World
    from flows.matching.offline.request import Unusable
    from flows.matching.offline.result import match as matched

    world = World()

    def timer(seconds: float) -> Callable[[], bool]:
        end = world.boot_clock() + seconds
        return lambda: world.boot_clock() >= end

    begun = world.boot_clock()
    try:
        result = matched(request, timer=timer)
    except Unusable as wrong:
        _write(_mistakes(wrong.errors, as_json=as_json))
        return wrong.exit_code
    _write(_told(result, as_json=as_json, scores=scores))
    mentees = len(result.draft.mentees)
    typer.echo(f"{mentees} {'mentee' if mentees == 1 else 'mentees'} in {world.boot_clock() - begun:.2f} s.", err=True)
    return result.exit_code


def _told(result: "Result", *, as_json: bool, scores: bool) -> Iterable[str]:
    if as_json:
        from flows.matching.offline.json_form import as_json as object_of
        from flows.matching.offline.json_form import written

        return written(object_of(result))
    from flows.matching.offline.text_form import as_text

    return as_text(result, scores=scores)


def _mistakes(errors: "tuple[Remark, ...]", *, as_json: bool) -> Iterable[str]:
    if as_json:
        from flows.matching.offline.json_form import errors_as_json, written

        return written(errors_as_json(errors))
    from flows.matching.offline.text_form import errors_as_text

    return errors_as_text(errors)


def _write(pieces: Iterable[str]) -> None:
    """As UTF-8, whatever the terminal is set to, so that the same files give the same bytes."""
    # The shell can close it, and the interpreter then has none; mypy holds that it always has one.
    if (output := cast("TextIO | None", sys.stdout)) is None:
        typer.echo("The answer cannot be written: standard output is closed", err=True)
        raise typer.Exit(2)
    try:
        for piece in pieces:
            output.buffer.write(piece.encode())
        output.buffer.flush()
    except BrokenPipeError:
        raise  # Whoever reads has seen enough.
    except OSError as fault:
        # What is still to be written would be tried again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
        typer.echo(f"The answer cannot be written: {fault.strerror}", err=True)
        raise typer.Exit(2) from None
