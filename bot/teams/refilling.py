"""A dialog that was sent and did not fit: drawn again with what was typed, and a line at each field that has to change.

Teams shows only what the answer holds, so unlike on Slack it all has to be said once more.
"""

from collections.abc import Mapping

from bot.teams.carried import FORM, input_id
from bot.teams.limits import Json
from bot.teams.words import rich
from flows.voice.message import Plain

_WRONG: Json = {"color": "Attention", "weight": "Bolder"}


def refilled(info: Json, data: Json, errors: Mapping[str, str]) -> Json:
    """`info` is the dialog as it was at first, `data` what came from it, `errors` holds a line for each field; a line
    about a field that is not shown stands on top."""
    card = info["card"]["content"]
    form = data.get(FORM, -1)
    lines = {input_id(form, name, many=many): line for name, line in errors.items() for many in (False, True)}
    body: list[Json] = []
    for element in card["body"]:
        name = str(element.get("id", ""))
        told = rich((Plain(lines[name]),), _WRONG) if name in lines else []
        body += [*({**line, "spacing": "Medium"} for line in told), _held(element, data)]
    shown = {str(element.get("id", "")) for element in card["body"]}
    above = [
        line
        for name, words in errors.items()
        if not shown & {input_id(form, name), input_id(form, name, many=True)}
        for line in rich((Plain(words),), _WRONG)
    ]
    return {**info, "card": {**info["card"], "content": {**card, "body": [*above, *body]}}}


def _held(element: Json, data: Json) -> Json:
    """The input with what stood in it."""
    kind = str(element.get("type", ""))
    if not kind.startswith("Input."):
        return element
    emptied = {key: value for key, value in element.items() if key != "value"}
    value = data.get(element["id"], "")
    if kind == "Input.Number" and isinstance(value, str):
        value = _number(value)
    if kind == "Input.ChoiceSet" and element["choices"]:
        offered = {choice["value"] for choice in element["choices"]}
        value = ",".join(one for one in str(value).split(",") if one in offered)
    return emptied if value in ("", None) else {**emptied, "value": value}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
