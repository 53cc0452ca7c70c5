"""Rules read from a table, every mistake in it told with its key."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from flows.matching.rules import TOTAL, Aim, Curves, Limit, Rules

MOST_POINTS = 100_000
"""Ten perfect scores: enough to outweigh any fit, and few enough that the sums of 50,000 mentees are exact."""
MOST_GRADES = 99
KEYS = ("version", "mode", "minimum", "seed", "week_of", "reasons", "deadline")
SECTIONS = ("weights", "curves", "limits", "points")
Table = Mapping[str, object]
_GRADES = re.compile(r"0|-?[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. R01: unknown key; R02: a value that does not fit; R03: weights of more than 10,000."""

    code: str
    key: str
    """Dotted, from the top of the table: "weights.goals"."""
    message: str
    value: str
    """As it was written."""


class RulesError(ValueError):
    """The table cannot be used; `problems` holds every mistake in it, sorted by key."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.key))
        super().__init__("\n".join(f"{one.key}: {one.message}" for one in self.problems))


def parse_rules(table: Table, standard: Rules) -> Rules:
    """Rules from a table like this one; what is left out is as in `standard`, which also says which rules and limits
    there are. Raises RulesError.

    mode = "best-fit"
    minimum = 3000
    weights = { goals = 2800, mix = 0 }
    curves = { unknown = 25, seniority = { "-1" = 100, other = 0 } }
    limits = { language = "off", max_gap = -1 }
    points = { wishes = [1500, 1000], load = 600, floor_loss = 0.5 }
    """
    top = _Section(table, "", problems=[])
    top.knows(*KEYS, *SECTIONS)
    weights, curves, limits, points = (top.section(name) for name in SECTIONS)
    points.knows("wishes", "waiting", "load", "stability", "floor_loss")
    rules = Rules(
        version=top.whole("version", standard.version, 1, 1_000_000),
        aim=Aim(top.word("mode", standard.aim, _aims(standard))),
        minimum=top.whole("minimum", standard.minimum, 0, TOTAL),
        seed=top.text("seed", standard.seed),
        week_of=top.day("week_of", standard.week_of),
        reasons=top.whole("reasons", standard.reasons, 0, 10),
        deadline=top.number("deadline", standard.deadline, 86_400),
        weights=_weights(weights, standard.weights),
        curves=_curves(curves, standard.curves),
        limits=_limits(limits, standard.limits),
        min_hours=limits.whole("min_hours", standard.min_hours, 0, 168),
        min_gap=_min_gap(limits, standard),
        max_gap=_max_gap(limits, standard),
        max_zone_gap=limits.whole("max_zone_gap", standard.max_zone_gap, 0, 12),
        wishes=points.wholes("wishes", standard.wishes, MOST_POINTS),
        waiting=points.whole("waiting", standard.waiting, 0, MOST_POINTS),
        load=points.whole("load", standard.load, 0, MOST_POINTS),
        stability=points.whole("stability", standard.stability, 0, MOST_POINTS),
        floor_loss=points.share("floor_loss", standard.floor_loss),
    )
    if top.problems:
        raise RulesError(top.problems)
    return rules


def _aims(standard: Rules) -> tuple[Aim, ...]:
    """What a draft may aim at by these rules."""
    return tuple(Aim) if Limit.ZONE in standard.limits else (Aim.PARTICIPATION, Aim.BEST_FIT)


def _weights(section: "_Section", standard: Mapping[str, int]) -> Mapping[str, int]:
    section.knows(*standard)
    weights = {name: section.whole(name, usual, 0, TOTAL) for name, usual in standard.items()}
    if (total := sum(weights.values())) > TOTAL:
        section.wrong("R03", "", f"the weights add up to {total}, more than {TOTAL}", total)
    return MappingProxyType(weights)


def _curves(section: "_Section", standard: Curves) -> Curves:
    section.knows(*(one.name for one in fields(Curves) if one.name != "other"))
    seniority, other = standard.seniority, standard.other
    if "seniority" in section.table:
        given = section.section("seniority")
        given.knows("other", *(key for key in given.table if _GRADES.fullmatch(key)))
        # A curve that is given replaces the whole standard one.
        seniority = MappingProxyType(
            {int(key): given.whole(key, 0, 0, 100) for key in given.table if _GRADES.fullmatch(key)}
        )
        other = given.whole("other", 0, 0, 100)
    return Curves(
        interests=section.wholes("interests", standard.interests, 100, least=1),
        language=section.wholes("language", standard.language, 100, least=1),
        time=section.wholes("time", standard.time, 100, least=1),
        unknown=section.whole("unknown", standard.unknown, 0, 100),
        seniority=seniority,
        other=other,
    )


def _limits(section: "_Section", standard: Mapping[Limit, bool]) -> Mapping[Limit, bool]:
    numbers = ("min_hours", "min_gap", "max_gap", *(["max_zone_gap"] if Limit.ZONE in standard else []))
    section.knows(*standard, *numbers)
    words = {True: "must", False: "off"}
    return MappingProxyType(
        {limit: section.word(limit, words[holds], ("must", "off")) == "must" for limit, holds in standard.items()}
    )


def _min_gap(section: "_Section", standard: Rules) -> int | None:
    """Where only the other end is given there is no lower bound: mentees who teach are junior to whom they teach."""
    if "min_gap" in section.table:
        return section.whole("min_gap", 0, -MOST_GRADES, MOST_GRADES)
    return None if "max_gap" in section.table else standard.min_gap


def _max_gap(section: "_Section", standard: Rules) -> int | None:
    if "max_gap" in section.table:
        return section.whole("max_gap", 0, -MOST_GRADES, MOST_GRADES)
    return standard.max_gap


@dataclass(frozen=True, slots=True)
class _Section:
    """A table and where it stands. Each reader gives the standard value for what is left out or wrong."""

    table: Table
    name: str
    problems: list[Problem]

    def wrong(self, code: str, key: str, message: str, value: object) -> None:
        dotted = ".".join(part for part in (self.name, key) if part)
        problem = Problem(code, dotted, message, str(value))
        if problem not in self.problems:
            self.problems.append(problem)

    def knows(self, *names: str) -> None:
        """Every other key is a mistake."""
        for key in self.table:
            if key not in names:
                nearest = difflib.get_close_matches(key, sorted(names), n=1, cutoff=0.5)
                hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(sorted(names))}"
                self.wrong("R01", key, f"unknown key; {hint}", self.table[key])

    def section(self, key: str) -> "_Section":
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong("R02", key, f"must be a table, not {value!r}", value)
            value = {}
        return _Section(value, f"{self.name}.{key}" if self.name else key, self.problems)

    def whole(self, key: str, usual: int, least: int, most: int) -> int:
        value = self.table.get(key, usual)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong("R02", key, f"must be a whole number from {least} to {most}, not {value!r}", value)
        return usual

    def number(self, key: str, usual: float, most: int) -> float:
        value = self.table.get(key, usual)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self.wrong("R02", key, f"must be a number from 0 to {most}, not {value!r}", value)
        return usual

    def share(self, key: str, usual: Fraction) -> Fraction:
        """Per cent, exactly as it was written: 0.1 is a tenth."""
        return Fraction(str(self.number(key, float(usual), 100)))

    def wholes(self, key: str, usual: Sequence[int], most: int, *, least: int = 0) -> tuple[int, ...]:
        value = self.table.get(key, list(usual))
        if isinstance(value, list) and len(value) >= least and all(_is_whole(one, most) for one in value):
            return tuple(cast(list[int], value))
        self.wrong("R02", key, f"must be a list of whole numbers from 0 to {most}, not {value!r}", value)
        return tuple(usual)

    def text(self, key: str, usual: str) -> str:
        value = self.table.get(key, usual)
        if isinstance(value, str):
            return value
        self.wrong("R02", key, f"must be a text, not {value!r}", value)
        return usual

    def word(self, key: str, usual: str, words: Sequence[str]) -> str:
        value = self.table.get(key, usual)
        if isinstance(value, str) and value in words:
            return value
        choice = " or ".join(f'"{one}"' for one in words)
        self.wrong("R02", key, f"must be {choice}, not {value!r}", value)
        return usual

    def day(self, key: str, usual: date) -> date:
        value = self.table.get(key, usual)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.wrong("R02", key, f"must be a day such as 2026-01-05, not {value!r}", value)
        return usual


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
