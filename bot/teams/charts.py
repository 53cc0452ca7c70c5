"""A chart as Teams draws it, with its numbers as lines for the clients that do not.

`Chart.*` are elements of Teams beyond Adaptive Cards 1.5: "Charts in Adaptive Cards", learn.microsoft.com.
"""

from datetime import date

from bot.teams.limits import Json
from bot.teams.words import STRONG, line, rich
from flows.voice.message import Chart, Plain, Strong


def drawn(chart: Chart) -> Json:
    """The chart element. A line is drawn over dates only, which is all that Teams says it takes there; over other
    categories the same numbers stand as bars."""
    if chart.kind not in ("bar", "line"):
        raise ValueError(f"A chart is a bar or a line chart, not {chart.kind!r}")
    shown = [(name, _points(chart.categories, values)) for name, values in chart.series]
    element: Json = {"title": chart.title}
    if chart.kind == "line" and all(_is_date(category) for category in chart.categories):
        element |= {"type": "Chart.Line", "data": [{"legend": name, "values": points} for name, points in shown]}
    else:
        grouped = [{"legend": name, "values": points} for name, points in shown]
        element |= {"type": "Chart.VerticalBar.Grouped", "data": grouped}
    axes = {"xAxisTitle": chart.x_label, "yAxisTitle": chart.y_label}
    named = {key: text for key, text in axes.items() if text}
    return {**element, **named, "fallback": {"type": "Container", "items": _written(chart)}}


def spoken(chart: Chart) -> list[str]:
    """The chart in words: its title, its axes and a line of numbers for each series."""
    axes = [label for label in (chart.x_label, chart.y_label) if label]
    return [chart.title, *axes, *(f"{name}: {numbers}" for name, numbers in _lines(chart))]


def _written(chart: Chart) -> list[Json]:
    axes = ", ".join(label for label in (chart.x_label, chart.y_label) if label)
    head = rich((Strong(chart.title), Plain(f" ({axes})" if axes else "")))
    rows = [line(((Plain(f"{name}: "),), STRONG), ((Plain(numbers),), {})) for name, numbers in _lines(chart)]
    return [*head, *(row for found in rows for row in found)]


def _lines(chart: Chart) -> list[tuple[str, str]]:
    told = [(name, zip(chart.categories, values, strict=True)) for name, values in chart.series]
    return [(name, ", ".join(f"{category} {value:.12g}" for category, value in pairs)) for name, pairs in told]


def _points(categories: tuple[str, ...], values: tuple[float, ...]) -> list[Json]:
    return [{"x": category, "y": value} for category, value in zip(categories, values, strict=True)]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
