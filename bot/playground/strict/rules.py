"""The small language in which the tables are written: a rule looks at one value and says what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: how a person would say it, and the JSON pointer that Slack gives."""

    spoken: str
    pointer: str

    def at(self, step: str | int) -> "Place":
        """One step further down."""
        if isinstance(step, int):
            return Place(f"{self.spoken}[{step}]", f"{self.pointer}/{step}")
        return Place(f"{self.spoken}.{step}" if self.spoken else step, f"{self.pointer}/{step}")


@dataclass(slots=True)
class Findings:
    """What is wrong, in the order in which it was found."""

    found: list[str] = field(default_factory=list)

    def add(self, place: Place, what: str) -> None:
        """One more: `what` names the rule that is broken."""
        self.found.append(f"[ERROR] {place.spoken}: {what} [json-pointer:{place.pointer}]")


Rule = Callable[[Any, Place, Findings], None]


def string(most: int, *, least: int = 1, blank: bool = False) -> Rule:
    """A string of `least` to `most` characters; only blanks count as nothing, unless `blank` allows them."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add(place, "must be a string")
        elif len(value) > most:
            findings.add(place, f"must be at most {most} characters, has {len(value)}")
        elif len(value if blank else value.strip()) < least:
            findings.add(place, f"must be at least {least} characters")

    return rule


def integer(least: int, most: int) -> Rule:
    """A whole number between the two, both included."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            findings.add(place, "must be an integer")
        elif not least <= value <= most:
            findings.add(place, f"must be between {least} and {most}, is {value}")

    return rule


def number(value: Any, place: Place, findings: Findings) -> None:
    """Any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        findings.add(place, "must be a number")


def flag(value: Any, place: Place, findings: Findings) -> None:
    """True or false."""
    if not isinstance(value, bool):
        findings.add(place, "must be true or false")


def one_of(*allowed: Any) -> Rule:
    """One of these values."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        if value not in allowed:
            findings.add(place, f"must be one of {', '.join(map(str, allowed))}, is {str(value)[:40]}")

    return rule


def address(most: int = 3000) -> Rule:
    """A web address."""
    size = string(most)

    def rule(value: Any, place: Place, findings: Findings) -> None:
        size(value, place, findings)
        if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:")):
            findings.add(place, "must be a web address")

    return rule


def many(item: Rule, *, least: int = 1, most: int) -> Rule:
    """A list of `least` to `most` things."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add(place, "must be a list")
            return
        if not least <= len(value) <= most:
            findings.add(place, f"must have {least} to {most} items, has {len(value)}")
        for n, one in enumerate(value):
            item(one, place.at(n), findings)

    return rule


def shape(needed: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these fields and no others."""
    known = {**needed, **(optional or {})}

    def rule(value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add(place, "must be an object")
            return
        for name in needed:
            if name not in value:
                findings.add(place, f"needs the field {name}")
        for name, inner in value.items():
            if name in known:
                known[name](inner, place.at(name), findings)
            else:
                findings.add(place.at(name), "is a field that Slack does not know here")

    return rule


def typed(table: Mapping[str, Rule], *, what: str) -> Rule:
    """An object whose `type` picks the rule from the table."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            findings.add(place, "must be an object with a type")
        elif kind not in table:
            findings.add(place, f"{kind[:40]} is no {what} that may stand here (it may be: {', '.join(sorted(table))})")
        else:
            table[kind](value, Place(f"{place.spoken} {kind}", place.pointer), findings)

    return rule


def every(*rules: Rule) -> Rule:
    """All of these; the later ones may rely on what the earlier ones ask for, so the first that fails is the last."""

    def rule(value: Any, place: Place, findings: Findings) -> None:
        before = len(findings.found)
        for one in rules:
            one(value, place, findings)
            if len(findings.found) > before:
                return

    return rule
