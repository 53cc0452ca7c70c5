"""What the charts of a message draw, on whichever platform it stands."""

from collections.abc import Iterator
from typing import Any

from bot.playground.players import Seen

Json = dict[str, Any]


def charts(seen: Seen) -> list[list[float]]:
    """Chart → the numbers of its first series, as they were sent."""
    surface = seen.surface
    drawn = list(_within(surface.card)) if hasattr(surface, "card") else list(map(_native, _blocks(surface.blocks)))
    return [[float(number) for number in numbers] for numbers in drawn]


def _blocks(blocks: tuple[Json, ...]) -> list[Json]:
    return [block["chart"] for block in blocks if block["type"] == "data_visualization"]


def _native(chart: Json) -> list[float]:
    return [point["value"] for point in chart["series"][0]["data"]]


def _within(element: Json | None) -> Iterator[list[float]]:
    """The charts of a card, however deep they stand."""
    if element is None:
        return
    if str(element.get("type")).startswith("Chart."):
        first = element["data"][0]
        yield [one["y"] for one in first["values"]] if "values" in first else [one["y"] for one in element["data"]]
    for name in ("body", "items", "columns"):
        for one in element.get(name, ()):
            yield from _within(one)
