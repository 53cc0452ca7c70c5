"""The verbs that measure; what is heavy is imported inside."""

from pathlib import Path
from typing import Annotated

import typer

bench = typer.Typer(no_args_is_help=True, help="Speed, as ratios within one run.")
PgUrl = Annotated[
    str, typer.Option(envvar="BENCH_PG_URL", help="PostgreSQL whose user may make databases; else one of its own")
]


@bench.command()
def ack(
    requests: Annotated[int, typer.Option(help="Requests in each round", min=100)] = 3000,
    under_load: Annotated[bool, typer.Option("--under-load", help="While a full outbox is sent, on both")] = False,
    pg: PgUrl = "",
) -> None:
    """How fast a command is acknowledged, beside a one-row bolt app and a bare one."""
    import asyncio

    from bot.bench import ack
    from bot.bench import under_load as loaded

    if not under_load:
        typer.echo(ack.report(asyncio.run(ack.measure(requests))))
        return
    try:
        typer.echo(loaded.report(asyncio.run(loaded.measure(requests, loaded.BACKLOG, pg or None))))
    except LookupError as missing:
        typer.echo(str(missing), err=True)
        raise typer.Exit(1) from None


@bench.command()
def engine(
    messages: Annotated[int, typer.Option(help="Messages in each run", min=20)] = 1500,
    pg: PgUrl = "",
) -> None:
    """Messages a second beside other queues, the use of a permitted rate, and the cost of a tick."""
    import asyncio

    from bot import logs
    from bot.bench.engine import measure
    from bot.bench.figures import report

    logs.set_up()
    try:
        typer.echo(report(asyncio.run(measure(messages, pg or None))))
    except LookupError as missing:
        typer.echo(str(missing), err=True)
        raise typer.Exit(1) from None


@bench.command("teams")
def bench_teams(requests: Annotated[int, typer.Option(help="Activities in each round", min=20)] = 1000) -> None:
    """How fast a message and a press on Teams are answered, beside an echo on botbuilder's own adapter."""
    import asyncio

    from bot import logs
    from bot.bench.teams import measure
    from bot.bench.teams_figures import report

    logs.set_up()
    typer.echo(report(asyncio.run(measure(requests))))


@bench.command("matching")
def bench_matching(
    quick: Annotated[bool, typer.Option("--quick", help="Without the largest company and the slowest others")] = False,
    beside: Annotated[
        list[Path] | None, typer.Option(metavar="FOLDER", help="Others are here; may be given several times")
    ] = None,
) -> None:
    """How good and how fast the matching is, beside other solvers and packages."""
    import asyncio

    from bot.bench.matching import FULL, QUICK, measure
    from bot.bench.matching_figures import report

    def told(line: str) -> None:
        typer.echo(line, err=True)

    typer.echo(report(asyncio.run(measure(QUICK if quick else FULL, beside or [], told))))
