"""`alongside bench matching`: how good and how fast the matching is, beside other ways to do it."""

import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.bench.child import Child, Json
from bot.bench.matching_company import rows, sheet, shuffled
from bot.bench.matching_figures import Figures, Line
from bot.version import VERSION

OURS, OTHERS = "bot.bench.matching_ours", "bot.bench.matching_others"
LEFT, COMMAND = "bot.bench.matching_left", "bot.bench.matching_command"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Mentees and mentors of each size, and how much of the rest."""

    small: tuple[int, int] = (500, 500)
    middle: tuple[int, int] = (2_000, 1_000)
    large: tuple[int, int] | None = (10_000, 5_000)
    """None: left out, and with it what else takes a minute."""
    peers: int = 2_000
    circles: int = 600
    patience: float = 5.0
    """Seconds for the circles."""
    remedies: int = 1_000
    """Tried in the middle size; in the large one a fiftieth of that."""
    runs: int = 5
    """Of the command."""


FULL = Sizes()
QUICK = Sizes(large=None)


async def measure(sizes: Sizes, folders: Sequence[Path], told: Callable[[str], None]) -> Figures:
    """One line after the other, each in a process of its own; in `folders` others are looked for as well.

    `told` hears what is measured next: all of it takes minutes.
    """
    run = _Run(sizes, told)
    load = os.getloadavg()[0]
    places = await _places(folders)
    await _small(run, places)
    await _middle(run, places)
    if sizes.large:
        await _large(run, sizes.large)
    await _rest(run, places)
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        await _files(run, Path(folder))
    names = [f"{name} {version(name)}" for name in ("numpy", "scipy", "rustworkx")]
    others = sorted({f"{name} {there}" for _, had in places for name, there in had.items()})
    return Figures((f"Alongside {VERSION}", f"Python {platform.python_version()}", *names, *others), load, run.lines)


Places = list[tuple[str, dict[str, str]]]
"""Where others were looked for, and which of them in which version are there."""


async def _places(folders: Sequence[Path]) -> Places:
    """What is installed beside Alongside, then what is in the folders."""
    found: Places = []
    for folder in ("", *(str(one.resolve()) for one in folders)):
        had = await _asked(OTHERS, {"line": "versions", "folder": folder})
        del had["peak"]
        found.append((folder, had))
    return found


def _first(places: Places, name: str) -> str | None:
    """Where one of the others is; None for nowhere."""
    return next((folder for folder, had in places if name in had), None)


async def _asked(module: str, asked: Json) -> Json:
    process = await Child.start(module, asked)
    found = await process.hear()
    await process.end()
    return found


class _Run:
    """The lines so far."""

    def __init__(self, sizes: Sizes, told: Callable[[str], None]) -> None:
        self.sizes = sizes
        self.told = told
        self.lines: dict[str, Line] = {}
        self.group = ""

    async def line(self, key: str, title: str, module: str, **asked: object) -> None:
        """Measure one."""
        self.told(f"{self.group}: {title.strip()}")
        self.lines[key] = Line(self.group, title, await _asked(module, asked))


def _of(size: tuple[int, int]) -> Json:
    return {"mentees": size[0], "mentors": size[1]}


async def _small(run: _Run, places: Places) -> None:
    run.group, size = "{:,} x {:,}".format(*run.sizes.small), _of(run.sizes.small)
    await run.line("small", "Alongside, people to proof", OURS, line="draft", **size)
    await run.line("small ships", "the same with load and floor", OURS, line="draft", load=True, floor=True, **size)
    await run.line("small dense", "scipy, dense", OTHERS, line="dense", **size)
    seen: set[str] = set()
    for folder, had in places:
        solver = had.get("munkres", "")
        if not solver or solver in seen:
            continue
        seen.add(solver)
        await run.line(
            f"munkres {solver}", f"munkres {solver}, one place a mentor", OTHERS, line="munkres", folder=folder, **size
        )
        if "mentor-match" in had:
            key, title = f"mentor-match {solver}", f"mentor-match {had['mentor-match']} with munkres {solver}"
            await run.line(key, title, OTHERS, line="mentor-match", folder=folder, **size)
            run.lines[key].found["solver"] = solver


async def _middle(run: _Run, places: Places) -> None:
    run.group, size = "{:,} x {:,}".format(*run.sizes.middle), _of(run.sizes.middle)
    await run.line("middle", "Alongside, people to proof", OURS, line="draft", **size)
    await run.line("solver", "   of it: scores to proof", OURS, line="solver", **size)
    await run.line("middle loaded", "with load", OURS, line="draft", load=True, **size)
    await run.line("middle ships", "with load and floor", OURS, line="draft", load=True, floor=True, **size)
    await run.line("greedy", "the best pair first", OTHERS, line="greedy", **size)
    await run.line("middle dense", "scipy, dense", OTHERS, line="dense", **size)
    if (folder := _first(places, "ortools")) is not None:
        await run.line("ortools", "ortools, flow, sparse", OTHERS, line="ortools", folder=folder, **size)
    if (folder := _first(places, "networkx")) is not None:
        await run.line("network flow", "networkx, flow, sparse", OTHERS, line="network flow", folder=folder, **size)
        if run.sizes.large:
            title = "networkx, blossom, sparse"
            await run.line("network blossom", title, OTHERS, line="network blossom", folder=folder, **size)


async def _large(run: _Run, large: tuple[int, int]) -> None:
    run.group, size = "{:,} x {:,}".format(*large), _of(large)
    await run.line("large", "Alongside, people to proof", OURS, line="draft", **size)
    await run.line("large loaded", "with load", OURS, line="draft", load=True, **size)
    await run.line("large ships", "with load and floor", OURS, line="draft", load=True, floor=True, **size)
    await run.line("large dense", "scipy, dense", OTHERS, line="dense", **size)
    await run.line("large left", "those who are left", LEFT, most=max(1, run.sizes.remedies // 50), **size)


async def _rest(run: _Run, places: Places) -> None:
    middle = _of(run.sizes.middle)
    run.group = "Everything else"
    await run.line("scoring", "scoring of every pair", OURS, line="scoring", **_of(run.sizes.large or run.sizes.middle))
    await run.line("redraft", "a second draft", OURS, line="redraft", **middle)
    await run.line("middle left", "those who are left", LEFT, most=run.sizes.remedies, **middle)
    await run.line("peers", "peers", OURS, line="peers", people=run.sizes.peers)
    folder = _first(places, "networkx")
    if folder is not None and run.sizes.large:
        await run.line(
            "network peers", "peers, networkx", OTHERS, line="network peers", folder=folder, people=run.sizes.peers
        )
    patience = run.sizes.patience
    await run.line("circles", "circles", OURS, line="circles", people=run.sizes.circles, patience=patience)


async def _files(run: _Run, folder: Path) -> None:
    """The command on a file, on the same again, and on the same people in another order."""
    run.group = "`alongside match FILE --json`, with the start of the program"
    for name, size in (("small", run.sizes.small), ("large", run.sizes.large)):
        if not size:
            continue
        run.told(f"{run.group}: {name}")
        people, file = rows(*size), folder / f"{name}.csv"
        file.write_bytes(sheet(people))
        if name == "small":
            await _asked(COMMAND, {"file": str(file)})  # to have the bytecode
        found = [await _asked(COMMAND, {"file": str(file)}) for _ in range(run.sizes.runs if name == "small" else 2)]
        file.write_bytes(sheet(shuffled(people)))
        other = await _asked(COMMAND, {"file": str(file)})
        together = {
            **found[0],
            "seconds": [one["seconds"][0] for one in found],
            "clock": [one["clock"] for one in found],
            "peak": max(one["peak"] for one in found),
            "again": len({one["bytes"] for one in found}) == 1,
            "shuffled": other["draft"] == found[0]["draft"],
        }
        run.lines[f"{name} file"] = Line(run.group, "{:,} x {:,}".format(*size), together)
