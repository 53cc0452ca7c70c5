"""The official schema of Adaptive Cards 1.5, and the one list of what we send beyond it."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

HOST_PROPERTIES = {"AdaptiveCard": {"msteams"}, "Input.ChoiceSet": {"choices.data"}}
"""Properties that Teams adds to elements of the standard: the card's width, and the picker of people."""
HOST_ELEMENTS = "Chart."
"""Elements that Teams adds; a card without them shows their `fallback`."""


def faults(card: dict[str, Any]) -> list[str]:
    """What the official schema says against a card, its host extensions stripped."""
    return [
        f"{'/'.join(map(str, fault.path))}: {fault.message[:300]}" for fault in _official().iter_errors(plain(card))
    ]


def plain(piece: Any) -> Any:
    """A card or a part of it as the standard knows it."""
    if isinstance(piece, list):
        return [plain(part) for part in piece]
    if not isinstance(piece, dict):
        return piece
    kind = str(piece.get("type", ""))
    if kind.startswith(HOST_ELEMENTS):
        return plain(piece["fallback"])
    beyond = HOST_PROPERTIES.get(kind, set())
    return {name: plain(part) for name, part in piece.items() if name not in beyond}


def pieces(node: object) -> Iterator[dict[str, Any]]:
    """Every object in a card."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from pieces(value)
    elif isinstance(node, list):
        for value in node:
            yield from pieces(value)


@cache
def _official() -> Draft6Validator:
    # Found, not imported: only its data is wanted.
    spec = find_spec("adaptive_cards")
    assert spec is not None
    assert spec.origin is not None
    schema = json.loads((Path(spec.origin).parent / "schemas" / "schema-1.5.json").read_text(encoding="utf-8"))
    Draft6Validator.check_schema(schema)
    return Draft6Validator(schema)
