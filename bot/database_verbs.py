"""The verbs that copy, replace or change a whole database; what is heavy is imported inside."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.backups import Backup

KEYS_APART = "MENTOR_KEYS are not in it: keep them elsewhere, or what people wrote in private can never be read again."
db = typer.Typer(no_args_is_help=True, help="The database as a whole.")


def migrate() -> None:
    """Bring the database to the newest revision, after a copy of it."""
    from bot.migrating import copy_and_migrate
    from bot.world import World
    from storage.database import open_database
    from storage.file_lock import file_of
    from storage.standstill import standstill

    with (
        _faults_in_a_line() as url,
        # On PostgreSQL replicas of the version before may go on working meanwhile.
        standstill(*([url] if file_of(url) else [])),
        closing(open_database(url)) as database,
    ):
        done = copy_and_migrate(database, now=World().now())
    if done.backup is not None:
        typer.echo(f"A copy from before is in {done.backup}.")
    typer.echo(f"The database is at revision {done.revision}.")


def backup(
    file: Annotated[Path | None, typer.Argument(help="A new file; else one with date and time in backups/")] = None,
) -> None:
    """Copy the whole database into one file, while the bot runs or not."""
    from bot.backup import back_up, chosen_file, default_file
    from bot.world import World

    now = World().now()
    with _faults_in_a_line() as url:
        made = back_up(url, chosen_file(file) if file else default_file(url, now), now=now)
    typer.echo(f"Everything is in {made.file.resolve()}: {_amount(made)}. The file was checked.")
    typer.echo(KEYS_APART)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `alongside backup` made")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
) -> None:
    """Put a backup in the place of the database; what was there is kept."""
    from bot.restoring import look_before, refuse_at_work
    from bot.restoring import restore as put_back
    from bot.world import World
    from storage.standstill import shown

    with _faults_in_a_line() as url:
        found = look_before(file)
        refuse_at_work(url)
        typer.echo(f"{file} is of {found.copied_at:%A %d %B %Y, %H:%M} UTC: {_amount(found)}.")
        typer.echo(f"It takes the place of {shown(url)}. What people did since that moment is not in it.")
        if not yes and not typer.confirm("Put it back?"):
            typer.echo("Nothing was changed.")
            raise typer.Exit(1)
        done = put_back(url, file, now=World().now())
    typer.echo("The backup was put back.")
    if done.kept is not None:
        typer.echo(f"What was there before is kept in {done.kept.resolve()}.")
    typer.echo(f"{done.ambiguous} messages may have been sent since; the bot asks the platform before it sends them.")


@db.command()
def move(
    to: Annotated[
        str,
        typer.Option(
            help="An empty database, such as postgresql+psycopg://user:password@host/name; "
            "- reads it from standard input, so that no list of processes and no shell keeps the password"
        ),
    ],
) -> None:
    """Copy the whole database into another one and prove that both are the same. The bot must be stopped."""
    from bot.moving import move as copy
    from bot.settings import fault_of_address
    from storage.standstill import shown

    if to == "-":
        to = _asked()
    if fault := fault_of_address(to, name="--to"):
        typer.echo(fault, err=True)
        raise typer.Exit(1)
    with _faults_in_a_line(to) as url:
        tallies = copy(url, to)
    width = max(len(tally.table) for tally in tallies)
    for tally in tallies:
        typer.echo(f"{tally.table:<{width}}  {tally.rows:>9,}  {tally.checksum[:16]}")
    rows = sum(tally.rows for tally in tallies)
    typer.echo(f"All {rows:,} rows of {len(tallies)} tables arrived, with equal checksums.")
    typer.echo(f"{shown(url)} was not changed. Set DATABASE_URL to the new address, then start the bot:")
    typer.echo(f"  DATABASE_URL={shown(to)}")
    if ":***@" in shown(to):
        typer.echo("(*** stands for the password.)")


@contextmanager
def _faults_in_a_line(target: str = "") -> Iterator[str]:
    """The address of the database, which can be reached, and that of a target when there is one."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.database_faults import Unusable, in_a_line, reach
    from bot.schema import SchemaFault
    from bot.settings import SettingsFault, read
    from storage.copying import CopyFault
    from storage.file_lock import InUse, file_of

    url, name = "", "DATABASE_URL or --to" if target else "DATABASE_URL"
    try:
        url = read().database_url
        if target:
            reach(url, name="DATABASE_URL")
            reach(target, name="--to")
        elif file_of(url) is None:  # a damaged file is what a restore is for
            reach(url, name="DATABASE_URL")
        yield url
    except (SettingsFault, SchemaFault, CopyFault, InUse, Unusable, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except SQLAlchemyError as fault:
        typer.echo(in_a_line(fault, *filter(None, (url, target)), name=name), err=True)
        raise typer.Exit(1) from None


def _asked() -> str:
    """The first line of standard input; what is typed at a terminal is not shown."""
    if sys.stdin.isatty():
        return str(typer.prompt("Address of the empty database", hide_input=True)).strip()
    return sys.stdin.readline().strip()


def _amount(made: "Backup") -> str:
    return f"{made.rows:,} rows, {made.size / 1_000_000:,.1f} MB, revision {made.revision}"
