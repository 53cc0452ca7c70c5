"""What the engine's bench found, and how it is shown: every ratio beside the one that is wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.ticks import FEW, MANY, Ticks

OURS, NAIVE, LIBRARY = "Alongside", "naive loop", "procrastinate"
HALF_OF_NAIVE = 0.5
AHEAD_OF_LIBRARY = 1.0
USED = 0.95
TICK = 1.2


@dataclass(frozen=True, slots=True)
class Speed:
    """One queue in so many processes: messages a second, how many were sent at all, how many of them twice, and
    milliseconds of processor for each: what it takes of a machine that has other things to do."""

    queue: str
    database: str
    processes: int
    rate: float
    sent: int
    doubled: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Use:
    """Under the limiter: which share of the permitted rate was used, and how many calls were answered 429."""

    database: str
    replicas: int
    per_minute: float
    share: float
    refused: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one run; `notes` are lines for the reader, such as what was left out."""

    messages: int
    load: float
    speeds: Sequence[Speed]
    uses: Sequence[Use]
    ticks: Mapping[str, Ticks]
    notes: Sequence[str]


def report(found: Figures) -> str:
    """A table, and the ratios that count."""
    return "\n".join(_lines(found))


def _lines(found: Figures) -> Iterable[str]:
    yield f"{found.messages} messages a run; load of the machine at the start: {found.load:.1f}"
    yield from found.notes
    yield ""
    heads = (("1 process", 11), ("2", 8), ("3", 8), ("cpu ms each", 13), ("not sent", 10), ("sent twice", 12))
    yield f"{'messages a second, whole path':32}" + "".join(f"{head:>{width}}" for head, width in heads)
    rates = {(one.queue, one.database, one.processes): one.rate for one in found.speeds}
    for queue, database in dict.fromkeys((one.queue, one.database) for one in found.speeds):
        cells = [rates.get((queue, database, processes)) for processes in (1, 2, 3)]
        runs = [one for one in found.speeds if (one.queue, one.database) == (queue, database)]
        missing = sum(found.messages - one.sent for one in runs)
        cpu = min(one.cpu for one in runs)
        yield f"{f'{queue}, {database}':32}{_row(cells)}{cpu:13.1f}{missing:10}{sum(one.doubled for one in runs):12}"
    yield ""
    for other, wanted in ((NAIVE, HALF_OF_NAIVE), (LIBRARY, AHEAD_OF_LIBRARY)):
        for (queue, database, processes), rate in rates.items():
            ours = rates.get((OURS, database, processes))
            if queue == other and ours is not None:
                name = f"to {other}, {database}, {processes} process{'es' if processes > 1 else ''}"
                yield _judged(name, ours / rate, wanted, at_least=True)
    for use in found.uses:
        name = f"permitted rate used, {use.database}, {use.replicas} replica{'s' if use.replicas > 1 else ''}"
        yield _judged(name, use.share, USED, at_least=True)
        yield f"{'   answered 429':48}{use.refused:6}   {'wanted: none':24}{'OK' if use.refused == 0 else 'short'}"
    for database, tick in found.ticks.items():
        yield _judged(f"a tick among {MANY:,} to {FEW:,} matches, {database}", tick.ratio, TICK, at_least=False)
        yield f"   {tick.few:.2f} ms and {tick.many:.2f} ms"


def _row(cells: Sequence[float | None]) -> str:
    widths = (11, 8, 8)
    return "".join(
        f"{'' if cell is None else f'{cell:.0f}':>{width}}" for cell, width in zip(cells, widths, strict=True)
    )


def _judged(name: str, value: float, wanted: float, *, at_least: bool) -> str:
    fits = value >= wanted if at_least else value <= wanted
    bound = f"wanted: {'at least' if at_least else 'at most'} {wanted:.2f}"
    return f"{name:48}{value:6.2f}   {bound:24}{'OK' if fits else 'short'}"
