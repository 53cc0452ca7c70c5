"""What the bench of matching found, and how it is shown: every goal beside its figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.bench.child import Json

LEFT_OUT = "left out"
HOW = (
    "Seconds of processor, in the middle of up to five runs; a process of its own for each line, and its peak memory.",
    "A made-up company of which about half of all pairs are permitted; others are given the same people and limits.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was measured."""

    group: str
    title: str
    found: Json


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted, and what came out; `fits` None: what it needs was left out."""

    number: str
    about: str
    figure: str
    wanted: str
    fits: bool | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one run, by the keys of the lines."""

    versions: Sequence[str]
    load: float
    lines: Mapping[str, Line]


def report(found: Figures) -> str:
    """A table a group, and the goals."""
    return "\n".join(_lines(found))


def goals(lines: Mapping[str, Line]) -> Iterator[Goal]:
    """G-1 to G-11, each of them once for each of the others that there are."""
    found = {key: line.found for key, line in lines.items()}
    matchers = [key for key in found if key.startswith("mentor-match")]
    for key in matchers:
        least = 50 if found[key]["solver"] >= "3" else 100
        about = f"{lines['small'].group}: {lines[key].title}, to our draft"
        yield _times("G-1", about, found, key, "small", least)
    if not matchers:
        yield Goal("G-1", "mentor-match to our draft", LEFT_OUT, "at least 100 times", None)
    yield from _exact(found)
    yield from _scoring(found)
    yield _times("G-4", "min-cost flow of networkx to our solver, with proof", found, "network flow", "solver", 10)
    yield _times("G-4", "blossom of networkx to our solver, with proof", found, "network blossom", "solver", 200)
    yield _times("G-5", "peers: blossom of networkx to ours", found, "network peers", "peers", 40)
    yield from _drafts(found)
    yield from _left(found)
    yield from _files(found)


def _exact(found: Mapping[str, Json]) -> Iterator[Goal]:
    if "large" not in found or "large dense" not in found:
        yield Goal("G-2", "dense solver of scipy to our draft", LEFT_OUT, "at least 1.5 times, a quarter", None)
        return
    ours, dense = found["large"], found["large dense"]
    same = (ours["matched"], ours["total"]) == (dense["matched"], dense["total"])
    figure = f"{ours['matched']} people, {ours['total']} points; proved: {_word(ours['proved'])}"
    yield Goal("G-2", "as the dense solver of scipy", figure, "the same, proved", same and ours["proved"])
    yield _times("G-2", "dense solver of scipy to our draft", found, "large dense", "large", 1.5)
    share = ours["peak"] / dense["peak"]
    yield Goal("G-2", "our share of its memory", f"1/{1 / share:.1f}", "at most 1/4", share <= 0.25)


def _scoring(found: Mapping[str, Json]) -> Iterator[Goal]:
    each = median(found["scoring"]["seconds"]) / found["scoring"]["pairs"] * 1e9
    single = median(found["scoring"]["single"]) * 1e9
    yield Goal("G-3", "scoring of a pair", f"{each:.0f} ns", "at most 60 ns", each <= 60)
    yield Goal(
        "G-3",
        "one pair at a time in Python, to that",
        f"{single / each:.0f} times",
        "at least 100 times",
        single >= 100 * each,
    )


def _drafts(found: Mapping[str, Json]) -> Iterator[Goal]:
    for size in ("middle", "large"):
        if f"{size} ships" not in found:
            continue
        bare, ships = found[f"{size} loaded"], found[f"{size} ships"]
        figure = f"{bare['minimum']} to {ships['minimum']} for {ships['lost']:.3f} %, {ships['solves']} solves"
        fits = ships["minimum"] >= bare["minimum"] and ships["lost"] <= 0.5 and ships["solves"] <= 12
        yield Goal("G-6", f"lowest fit, {size}", figure, "not lower, 0.5 %, 12", fits)
    again = found["redraft"]
    figure = f"{again['loyal']} of {again['fresh']} changes, {again['lost']:.3f} %"
    fits = 2 * again["loyal"] <= again["fresh"] and again["lost"] <= 0.2
    yield Goal("G-7", "second draft, 3 % gone and 3 % changed", figure, "half, 0.2 % of fit", fits)


def _left(found: Mapping[str, Json]) -> Iterator[Goal]:
    for size in ("middle", "large"):
        if f"{size} left" in found:
            one = found[f"{size} left"]
            took = median(one["seconds"])
            about = f"{one['unmatched']} left, {size}: proof and remedies"
            fits = took <= 1 and one["short"] == one["unmatched"]
            yield Goal("G-8", about, f"{took:.2f} s", "at most 1 s", fits)
            figure = f"{one['helped']} of {one['tried']} tried ({one['remedies']} told)"
            true = one["helped"] == one["tried"] > 0 and not one["wrong"]
            yield Goal("G-8", "remedies that one more solve bears out", figure, "all of them", true)
    circles = found["circles"]
    figure = (
        f"{circles['broken']} broken, {circles['affinity'] / circles['by_lot']:.2f} times, {circles['clock']:.1f} s"
    )
    fits = not circles["broken"] and circles["affinity"] >= 1.5 * circles["by_lot"]
    yield Goal("G-9", "circles of six, to those by lot", figure, "none, at least 1.5 times", fits)


def _files(found: Mapping[str, Json]) -> Iterator[Goal]:
    for size in ("small", "large"):
        if f"{size} file" in found:
            one = found[f"{size} file"]
            same = one["again"] and one["shuffled"]
            figure = f"again: {_word(one['again'])}, shuffled: {_word(one['shuffled'])}"
            yield Goal("G-10", f"the same bytes, {size}", figure, "the same", same)
    small = found["small file"]
    used = median(small["seconds"])
    about = f"file to JSON from the start (by the clock {min(small['clock']):.2f} to {max(small['clock']):.2f} s)"
    yield Goal("G-11", about, f"{used:.2f} s", "at most 1 s", used <= 1 and small["proved"])
    if "large file" in found:
        large = found["large file"]
        figure = f"{large['peak']:.0f} MB, proved: {_word(large['proved'])}"
        yield Goal(
            "G-11", "the largest file", figure, "below 1,200 MB, proved", large["peak"] < 1200 and large["proved"]
        )


def _times(number: str, about: str, found: Mapping[str, Json], other: str, ours: str, least: float) -> Goal:
    wanted = f"at least {least:g} times"
    if other not in found or ours not in found:
        return Goal(number, about, LEFT_OUT, wanted, None)
    ratio = median(found[other]["seconds"]) / median(found[ours]["seconds"])
    more = "more than " if found[other].get("stopped") else ""
    return Goal(number, about, f"{more}{ratio:.1f} times", wanted, ratio >= least)


def _word(true: bool) -> str:
    return "yes" if true else "no"


def _lines(found: Figures) -> Iterator[str]:
    yield ", ".join(found.versions)
    yield f"load of the machine at the start: {found.load:.1f}"
    yield from HOW
    group = ""
    for line in found.lines.values():
        if line.group != group:
            group = line.group
            yield ""
            yield f"{group:52}{'runs':>5}{'seconds':>10}{'MB':>7}"
        seconds = line.found.get("seconds", [])
        took = f"{len(seconds):5}{median(seconds):10.3f}" if seconds else " " * 15
        yield f"   {line.title:49}{took}{line.found['peak']:7.0f}   {_beside(line.found)}".rstrip()
    yield ""
    verdicts = {True: "OK", False: "SHORT", None: ""}
    for goal in goals(found.lines):
        yield f"{goal.number:6}{goal.about:66}{goal.figure:42}{goal.wanted:27}{verdicts[goal.fits]}".rstrip()


def _beside(found: Json) -> str:
    """What came out, beside how long it took."""
    shown = {
        "matched": "{:,} matched", "total": "{:,} points", "minimum": "lowest {:,}", "passes": "{} passes",
        "edges": "{:,} edges", "gap": "gap {}", "pairs": "{:,} pairs", "searches": "{} searches",
    }  # fmt: skip
    if "stopped" in found:
        return "stopped"
    return ", ".join(form.format(found[key]) for key, form in shown.items() if key in found)
