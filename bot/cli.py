"""The command line: one thin function a verb; what is heavy is imported inside."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import bench_verbs, database_verbs, match_file
from bot.version import VERSION

if TYPE_CHECKING:
    from flows.content import Content

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Workplace mentoring inside Slack and Microsoft Teams."
)
slack = typer.Typer(no_args_is_help=True, help="What Slack needs to know.")
app.add_typer(slack, name="slack")
teams = typer.Typer(no_args_is_help=True, help="What Microsoft Teams needs to know.")
app.add_typer(teams, name="teams")
app.add_typer(bench_verbs.bench, name="bench")
app.add_typer(database_verbs.db, name="db")
for verb in (database_verbs.migrate, database_verbs.backup, database_verbs.restore, match_file.match):
    app.command()(verb)


def main() -> None:
    """Run the command line."""
    app()


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Alongside {VERSION}")
        raise typer.Exit


@app.callback()
def alongside(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is")
    ] = False,
) -> None:
    """Workplace mentoring inside Slack and Microsoft Teams."""


@app.command()
def serve() -> None:
    """Run the bot on Slack, on Microsoft Teams, or on both, as the settings say."""
    import asyncio

    from bot import logs
    from bot.serving import run_until_told

    logs.set_up()
    sys.exit(asyncio.run(run_until_told()))


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs")] = False) -> None:
    """Check the installation: what is not well, and what repairs it."""
    import asyncio

    from bot.doctor import finding
    from bot.doctor.examination import examine
    from bot.settings import read
    from bot.world import World

    found = asyncio.run(examine(read, World().now))
    typer.echo(finding.as_json(found) if as_json else finding.report(found))
    if finding.failed(found):
        raise typer.Exit(1)


@app.command()
def outbox(
    resend: Annotated[str, typer.Option(metavar="KEY", help="Send this message again, which did not arrive")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs")] = False,
) -> None:
    """Show what was sent and what did not arrive, without names and words."""
    from bot import outbox as desk
    from bot.settings import SettingsFault, read
    from bot.world import World

    world = World()
    try:
        url = read().database_url
        if resend:
            desk.resend(url, resend, now=world.now(), new_id=world.new_id)
            typer.echo(f"{resend} is queued again.")
            return
        found = desk.look(url, world.now())
    except (SettingsFault, desk.Unavailable) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    typer.echo(desk.as_json(found) if as_json else desk.report(found))


@app.command()
def check(
    pack: Annotated[Path | None, typer.Argument(help="Folder of a pack; the one that ships otherwise")] = None,
) -> None:
    """Check a pack: every fault is named with its file, key and cause."""
    _sound(pack)
    typer.echo("The pack is sound.")


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port on loopback; 0 takes any", min=0, max=65535)] = 8321,
    browser: Annotated[bool, typer.Option(help="Open a browser")] = True,
) -> None:
    """Play a season in a made-up company, in the browser, with no account and no network."""
    import asyncio

    from bot.demo import run_demo

    sys.exit(asyncio.run(run_demo(port, browser=browser, say=typer.echo)))


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="Part of a message's name; all of them otherwise")] = "",
    language: Annotated[str, typer.Option(help="Language tag, such as de")] = "en",
    pack: Annotated[Path | None, typer.Option(help="Folder of a pack; else the one that ships")] = None,
    platform: Annotated[str, typer.Option(help="As JSON for a platform, slack or teams; else as text")] = "",
) -> None:
    """Show every message that the bot can send, as a screen reader would hear it or as a platform gets it."""
    from bot.preview import PLATFORMS
    from flows.voice import gallery, plain

    if platform and platform not in PLATFORMS:
        typer.echo(f"There is no platform {platform}: give slack or teams.", err=True)
        raise typer.Exit(1)
    say = _sound(pack).say(language, "Europe/Lisbon")
    found = {title: example for title, example in gallery.examples(say).items() if name in title}
    if not found:
        typer.echo(f"No message has {name} in its name: alongside preview without it shows them all.", err=True)
        raise typer.Exit(1)
    if platform:
        drawn = {title: PLATFORMS[platform](example) for title, example in found.items()}
        typer.echo(json.dumps(drawn, indent=2, ensure_ascii=False))
        return
    for title, example in found.items():
        typer.echo(f"--- {title} ({example.shown})\n{plain.transcript(example.message)}\n")


@app.command()
def simulate(
    pairs: Annotated[int, typer.Option(help="Matches in each cohort", min=1)] = 200,
    weeks: Annotated[int, typer.Option(help="Weeks to play", min=1, max=260)] = 26,
    seed: Annotated[str, typer.Option(help="Another word plays another season")] = "alongside",
) -> None:
    """Play cohorts in seconds and count what people hear."""
    import tempfile

    from bot.simulation.figures import report
    from bot.simulation.season import Simulation

    with tempfile.TemporaryDirectory(prefix="alongside-simulation-") as folder:
        typer.echo(report(Simulation(Path(folder), pairs=pairs, weeks=weeks, seed=seed).run()))


@slack.command()
def manifest(
    url: Annotated[str, typer.Option(help="Public https address of this bot")] = "",
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode, which needs no address")] = False,
) -> None:
    """Print the manifest from which Slack makes the app."""
    from bot.slack.manifest import manifest as written
    from bot.slack.manifest import socket_manifest

    if socket and not url:
        typer.echo(json.dumps(socket_manifest(), indent=2))
    elif socket:
        typer.echo("Give one of the two, --url or --socket, and not both.", err=True)
        raise typer.Exit(1)
    elif not url:
        typer.echo("Give --url with the public https address of this bot, or --socket for Socket Mode.", err=True)
        raise typer.Exit(1)
    elif not url.startswith("https://") or not url.removeprefix("https://").strip("/"):
        typer.echo(
            f"Slack posts to https addresses only, such as https://mentoring.example.com, not to {url}.", err=True
        )
        raise typer.Exit(1)
    elif url.rstrip("/").endswith("/slack/events"):
        typer.echo("Give the address without /slack/events, which is added to it.", err=True)
        raise typer.Exit(1)
    else:
        typer.echo(json.dumps(written(url), indent=2))


@teams.command()
def package(
    app_id: Annotated[str, typer.Option(metavar="GUID", help="Application (client) ID of the bot")] = "",
    domain: Annotated[str, typer.Option(metavar="NAME", help="Public name of this bot, without https://")] = "",
    developer: Annotated[str, typer.Option(metavar="NAME", help="Who offers the app, as people read it")] = "Alongside",
    website: Annotated[str, typer.Option(metavar="URL", help="Page about the app; else https://NAME")] = "",
    privacy: Annotated[str, typer.Option(metavar="URL", help="Page about privacy; else the website")] = "",
    terms: Annotated[str, typer.Option(metavar="URL", help="Page with terms of use; else the website")] = "",
    manifest_id: Annotated[str, typer.Option(metavar="GUID", help="Of an app that is in Teams already")] = "",
    slash: Annotated[bool, typer.Option("--slash", help="With slash commands, which are new in Teams")] = False,
    group_chats: Annotated[bool, typer.Option("--group-chats", help="For group chats of pairs, by Graph")] = False,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it")] = Path("alongside-teams.zip"),
    replace: Annotated[bool, typer.Option("--replace", help="In the place of the file that is there")] = False,
) -> None:
    """Write the package from which Teams makes the app."""
    from bot.teams import package as packing

    given = packing.App(
        app_id=app_id,
        domain=domain,
        manifest_id=manifest_id,
        developer=developer,
        website=website,
        privacy=privacy,
        terms=terms,
        slash=slash,
        chats=group_chats,
    )
    try:
        made = packing.completed(given)
        packing.write(packing.package(made), out, replace=replace)
    except packing.PackageFault as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"The package is in {out}: upload it in the Teams admin centre, under Teams apps, Manage apps.")
    if not (website and privacy and terms):
        typer.echo(f"Its page in Teams leads to {', '.join(sorted({made.website, made.privacy, made.terms}))}.")
        typer.echo("Name pages of your own with --website, --privacy and --terms.")


def _sound(pack: Path | None) -> "Content":
    """What a pack holds; a fault in it is said in one line and ends the command."""
    from flows.content import parse
    from flows.pack_fault import PackFault
    from storage import packs

    folder = pack or packs.DEFAULT
    try:
        if not folder.is_dir():
            raise NotADirectoryError(f"{folder} is no folder")
        return parse(packs.read(folder))
    except (PackFault, OSError, UnicodeDecodeError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
