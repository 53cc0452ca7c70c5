"""What a pack says of each format: how large its groups are, and what of the rules of matching is different there."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.formats import Format
from flows.matching.rule_table import RulesError, parse_rules
from flows.matching.rules import FOR_PROGRAMMES, Rules
from flows.pack_fault import PackFault

FILE = "programme.toml"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a format is matched. Each number counts only for the formats that have it; see NUMBERS."""

    rules: Rules
    standard: Rules = FOR_PROGRAMMES
    """What the rules would be if the pack said nothing of them but what is different in this format."""
    size: int = 6
    """About how many peers a circle, or mentees a team has."""
    least: int = 3
    """Mentees with whom a group runs, at least and at most."""
    most: int = 6
    mentors: int = 2
    """Who go along with a team, at most."""
    rounds: int = 4
    """How often places change at an event."""


NUMBERS: Mapping[Format, Mapping[str, tuple[int, int]]] = {
    Format.CIRCLE: {"size": (4, 8)},
    Format.GROUP: {"least": (2, 20), "most": (2, 20)},
    Format.TEAM: {"size": (4, 8), "mentors": (1, 4)},
    Format.FLASH: {"rounds": (1, 12)},
}
"""Format → the numbers that it has, each with its bounds."""


def parse_shape(entry: Mapping[str, object], which: Format, rules: Rules) -> Shape:
    """One [[format]] of programme.toml; `rules` are those of the programme. Raises PackFault."""
    where = f"format {which}: "
    bounds = NUMBERS.get(which, {})
    numbers = {}
    for key, (least, most) in bounds.items():
        value = entry.get(key)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise PackFault(FILE, f"{where}{key}", f"must be a whole number from {least} to {most}")
        numbers[key] = value
    changes = entry.get("rules", {})
    if not isinstance(changes, Mapping):
        raise PackFault(FILE, f"{where}rules", "must be a table, like [matching]")
    try:
        shape = Shape(parse_rules(changes, rules), parse_rules(changes, FOR_PROGRAMMES), **numbers)
    except RulesError as fault:
        problem = fault.problems[0]
        raise PackFault(FILE, f"{where}rules.{problem.key}", problem.message) from fault
    if shape.least > shape.most:
        raise PackFault(FILE, f"{where}least", f"is {shape.least}, which is more than most, {shape.most}")
    return shape
