"""What the bench of Teams found, and how it is shown: every ratio beside the one that is wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.chats import EXECUTE, MESSAGE

IN_FLIGHT = 10
"""People who wait at the same time."""
AT_ONCE = 50
"""Who all write at the same moment, to a connector that is slow."""
SLOW = 0.5
"""Seconds that it then takes for each reply."""
SOON = 1.0
"""Seconds after which all these replies are to be there."""
TURN, ADAPTER = "Alongside", "its adapter alone"
CHECKING, OPEN = "CloudAdapter", "CloudAdapter, open"
WANTED: Mapping[str, float] = {TURN: 1.5, ADAPTER: 3.0}
"""How many times as fast as the echo."""
LEFT_OUT = "the CloudAdapter is left out: pip install botbuilder-integration-aiohttp==4.17.1 beside Alongside to see it"
WHO_IS_WHO = (
    f"{TURN}: the word status and a button, each a turn that is committed with the inbox (SQLite, synchronous=FULL)",
    f"{ADAPTER}: the same door and check of the token, around a turn that says as much as the echo and stores nothing",
    "  after a press both also change the message in the chat, a call that the echoes spare themselves",
    f"{CHECKING}: an echo that checks the token too, and has a bearer for its replies at hand",
    f"{OPEN}: an echo without credentials: it checks nothing and sends no bearer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One server under one kind of activity: milliseconds until the answer and, for a message, until its reply, at the
    median and at the 99th percentile; how many a second were done; milliseconds of processor for each."""

    server: str
    kind: str
    answered: tuple[float, float]
    replied: tuple[float, float] | None
    rate: float
    cpu: float
    failed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one run; `slow` is the seconds after which `at_once` replies were there, by server."""

    load: float
    people: int
    at_once: int
    results: Sequence[Result]
    slow: Mapping[str, float]


def report(found: Figures) -> str:
    """A table, and the ratios that count."""
    return "\n".join(_lines(found))


def _lines(found: Figures) -> Iterable[str]:
    yield f"{IN_FLIGHT} of {found.people} people wait at once; load of the machine at the start: {found.load:.1f}"
    yield from WHO_IS_WHO
    known = {(one.server, one.kind): one for one in found.results}
    echoes = [echo for echo in (CHECKING, OPEN) if (echo, MESSAGE) in known]
    if not echoes:
        yield LEFT_OUT
    yield ""
    yield f"{'':30}{'answer, ms':>16}{'reply, ms':>16}"
    yield f"{'':30}{'p50':>8}{'p99':>8}{'p50':>8}{'p99':>8}{'a second':>10}{'cpu ms each':>13}{'failed':>8}"
    for one in found.results:
        times = "".join(f"{value:8.1f}" for value in (*one.answered, *(one.replied or ())))
        yield f"{one.server:20}{one.kind:10}{times:32}{one.rate:10.0f}{one.cpu:13.2f}{one.failed:8}"
    yield ""
    if echoes:
        yield f"{'how many times as fast':48}{'by clock':>10}{'by cpu':>10}"
    for server, wanted in WANTED.items():
        for kind in (MESSAGE, EXECUTE):
            for echo in echoes:
                ours, theirs = known[server, kind], known[echo, kind]
                fast, spare = ours.rate / theirs.rate, theirs.cpu / ours.cpu
                values = f"{fast:10.2f}{spare:10.2f}"
                yield _judged(f"{server} to {echo}, {kind}", values, f"at least {wanted:.1f}", fits=fast >= wanted)
    for server, seconds in found.slow.items():
        name = f"{found.at_once} replies, {SLOW * 1000:.0f} ms each, {server}, s"
        if server in WANTED:
            yield _judged(name, f"{seconds:10.2f}", f"below {SOON:.1f}", fits=seconds < SOON)
        else:
            yield f"{name:48}{seconds:10.2f}"


def _judged(name: str, values: str, bound: str, *, fits: bool) -> str:
    return f"{f'{name:48}{values}':68}   {f'wanted: {bound}':24}{'OK' if fits else 'short'}"
