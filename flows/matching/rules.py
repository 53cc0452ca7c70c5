"""What a programme decides about matching, read from the table [matching] of its programme.toml."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

TOTAL = 10_000

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "goals": 2_400,
        "teaches": 1_200,
        "interests": 900,
        "moving_into": 700,
        "grade": 800,
        "time": 1_400,
        "language": 500,
        "mode": 500,
        "type": 700,
        "mix": 400,
        "newcomer": 300,
        "pace": 200,
    }
)
"""Points of a perfect answer, by the name of the rule; a score is at most their sum, 10,000."""


class Limit(StrEnum):
    """What no score can make good."""

    ONESELF = "oneself"
    CAPACITY = "capacity"
    PAUSED = "paused"
    MET = "met"
    ZONE = "zone"
    LANGUAGE = "language"
    OFFICE = "office"


OPTIONAL = frozenset({Limit.MET, Limit.ZONE, Limit.LANGUAGE, Limit.OFFICE})


class RulesError(ValueError):
    """The table cannot be used; `problems` are pairs of a dotted key and a cause."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{key}: {cause}" for key, cause in self.problems))


@dataclass(frozen=True, slots=True)
class Rules:
    """Every number that steers a round. All points are whole, on the scale of a score (0 to 10,000)."""

    weights: Mapping[str, int] = field(default_factory=lambda: WEIGHTS)
    off: frozenset[Limit] = frozenset()
    """Limits that this programme does without."""
    max_zone_gap: int = 6
    """Hours between two people's clocks, the shorter way round."""
    minimum: int = 0
    """A pair that scores less does not exist."""
    unknown: int = 250
    """Thousandths of a rule's weight when an answer is missing: about the average, so that silence is no trick."""
    load: int = 600
    """What each mentee whom a mentor has already costs the next."""
    stability: int = 200
    """What keeping a pair of the previous draft is worth."""
    waiting: int = 150
    """What each round waited is worth, up to four."""
    seed: str = "alongside"
    """Breaks ties; another seed gives other pairs of the same worth."""


def parse_rules(table: Mapping[str, object]) -> Rules:
    """Rules from a table like this one, where everything may be left out; raises RulesError with every problem.

    minimum = 3000
    max_zone_gap = 6
    seed = "spring"
    weights = { goals = 2800, mix = 0 }
    limits = { language = "off" }
    points = { load = 600, stability = 200, waiting = 150 }
    """
    problems: list[tuple[str, str]] = []
    known = {"minimum", "max_zone_gap", "unknown", "seed", "weights", "limits", "points"}
    _reject_unknown("matching", table, known, problems)

    def whole(key: str, least: int, most: int, default: int, where: Mapping[str, object] = table) -> int:
        value = where.get(key.rpartition(".")[2], default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        problems.append((f"matching.{key}", f"must be a whole number from {least} to {most}, not {value!r}"))
        return default

    weights = _table(table, "weights", WEIGHTS, problems)
    limits = _table(table, "limits", OPTIONAL, problems)
    points = _table(table, "points", ("load", "stability", "waiting"), problems)
    standard = Rules()
    rules = Rules(
        weights=MappingProxyType(
            {name: whole(f"weights.{name}", 0, TOTAL, WEIGHTS[name], weights) for name in WEIGHTS}
        ),
        off=frozenset(limit for limit in OPTIONAL if _is_off(limit, limits, problems)),
        max_zone_gap=whole("max_zone_gap", 0, 12, standard.max_zone_gap),
        minimum=whole("minimum", 0, TOTAL, standard.minimum),
        unknown=whole("unknown", 0, 1_000, standard.unknown),
        load=whole("points.load", 0, TOTAL, standard.load, points),
        stability=whole("points.stability", 0, TOTAL, standard.stability, points),
        waiting=whole("points.waiting", 0, TOTAL, standard.waiting, points),
        seed=_text(table, "seed", standard.seed, problems),
    )
    if (total := sum(rules.weights.values())) > TOTAL:
        problems.append(("matching.weights", f"the weights add up to {total}, more than {TOTAL}"))
    if problems:
        raise RulesError(sorted(problems))
    return rules


def _is_off(limit: Limit, limits: Mapping[str, object], problems: list[tuple[str, str]]) -> bool:
    value = limits.get(limit, "must")
    if value not in ("must", "off"):
        problems.append((f"matching.limits.{limit}", f'must be "must" or "off", not {value!r}'))
    return value == "off"


def _text(table: Mapping[str, object], key: str, default: str, problems: list[tuple[str, str]]) -> str:
    value = table.get(key, default)
    if isinstance(value, str):
        return value
    problems.append((f"matching.{key}", f"must be a text, not {value!r}"))
    return default


def _table(
    table: Mapping[str, object], key: str, known: Iterable[str], problems: list[tuple[str, str]]
) -> Mapping[str, object]:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        problems.append((f"matching.{key}", f"must be a table, not {value!r}"))
        return {}
    _reject_unknown(f"matching.{key}", value, known, problems)
    return value


def _reject_unknown(
    where: str, table: Mapping[str, object], known: Iterable[str], problems: list[tuple[str, str]]
) -> None:
    names = sorted(known)
    for key in table:
        if key not in names:
            nearest = difflib.get_close_matches(str(key), names, n=1)
            hint = f"did you mean {nearest[0]!r}?" if nearest else f"known are {', '.join(names)}"
            problems.append((f"{where}.{key}", f"unknown key; {hint}"))
