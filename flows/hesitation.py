"""Who would like to, and is not sure that they are the one: a few plain words, and a small way to begin."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unsure:
    """Beside the answers to a question. `says` is the button, `lines` are the short answers to it, `offer` is the small
    beginning in a sentence, `begin` its button, `gives` the answers that the button stands for: (question, value)."""

    says: str
    lines: tuple[str, ...]
    offer: str
    begin: str
    gives: tuple[tuple[str, str | int], ...]


def read_unsure(table: object) -> Unsure:
    """A parsed [question.unsure]. Raises ValueError with the cause."""
    if not isinstance(table, Mapping) or table.keys() != {"says", "lines", "offer", "begin", "gives"}:
        raise ValueError("unsure is a table with says, lines, offer, begin and gives")
    lines, gives = table["lines"], table["gives"]
    for key in ("says", "offer", "begin"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise ValueError(f"unsure: {key} must be a text")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, str) and line.strip() for line in lines):
        raise ValueError("unsure: lines must be a list of texts")
    if not isinstance(gives, Mapping) or not gives or not all(type(value) in (str, int) for value in gives.values()):
        raise ValueError('unsure: gives must be a table such as { role = "mentor" }')
    return Unsure(
        says=table["says"].strip(),
        lines=tuple(line.strip() for line in lines),
        offer=table["offer"].strip(),
        begin=table["begin"].strip(),
        gives=tuple((str(question), value) for question, value in gives.items()),
    )
