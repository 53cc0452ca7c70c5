"""The data_visualization block: a native chart, in messages only.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, as of 2026. Where third parties
report that Slack takes more (12 series), the documented number counts.
"""

from typing import Any

from bot.playground.strict.rules import Findings, Place, every, many, number, one_of, shape, string, typed

_POINT = shape({"label": string(20), "value": number})
_SERIES = shape({"name": string(20), "data": many(_POINT, most=20)})
_AXIS = shape({"categories": many(string(20), most=20)}, {"x_label": string(50), "y_label": string(50)})


def _one_point_a_category(chart: Any, place: Place, findings: Findings) -> None:
    names = [one["name"] for one in chart["series"]]
    if len(set(names)) != len(names):
        findings.add(place.at("series"), "two series have the same name")
    for n, one in enumerate(chart["series"]):
        if [point["label"] for point in one["data"]] != chart["axis_config"]["categories"]:
            findings.add(place.at("series").at(n).at("data"), "needs one point for each category, in their order")


def _no_negative_part(chart: Any, place: Place, findings: Findings) -> None:
    for n, part in enumerate(chart["segments"]):
        if part["value"] < 0:
            findings.add(place.at("segments").at(n).at("value"), "must not be negative")


def _along_an_axis(kind: str) -> Any:
    drawn = shape({"type": one_of(kind), "series": many(_SERIES, most=6), "axis_config": _AXIS})
    return every(drawn, _one_point_a_category)


CHART = typed(
    {
        "pie": every(shape({"type": one_of("pie"), "segments": many(_POINT, most=6)}), _no_negative_part),
        "bar": _along_an_axis("bar"),
        "area": _along_an_axis("area"),
        "line": _along_an_axis("line"),
    },
    what="chart",
)
