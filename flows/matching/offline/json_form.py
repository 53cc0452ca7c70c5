"""The answer as one JSON object, `alongside.match/1`: keys sorted, two spaces, the same bytes for the same files."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import scipy

from flows.matching.drafting.drafted import Shortage
from flows.matching.drafting.fairness import Group, Hidden
from flows.matching.drafting.solved import Found, Solved
from flows.matching.drafting.unmatched import Left
from flows.matching.editing.alternatives import Alternative
from flows.matching.editing.difference import Difference
from flows.matching.numbers import decimals, mean
from flows.matching.offline.previous import SCHEMA
from flows.matching.offline.result import Result
from flows.matching.offline.sentences import Sentence
from flows.matching.scoring.blocks import Table
from flows.matching.solving.worth import blocks
from flows.people import SIDES, Role
from flows.sheets.remarks import Remark, told

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""Of what has nothing inside, as JSON."""


def written(value: Mapping[str, Json]) -> Iterator[str]:
    """The text of an object, piece by piece, with a newline at the end.

    As `json.dumps` would write it with sorted keys and an indent of two, in a fifth of the time: with an indent the
    library goes piece by piece through every comma.
    """
    yield "{"
    for nth, key in enumerate(sorted(value)):
        yield f"{',' if nth else ''}\n  {_PLAIN(key)}: "
        yield from _pieces(value[key])
    yield "\n}\n"


def _pieces(value: Json) -> Iterator[str]:
    """A list one by one: an answer may be larger than all that it is made from."""
    if isinstance(value, list) and value:
        for nth, one in enumerate(value):
            yield f"{',' if nth else '['}\n    "
            yield _text(one, "\n    ")
        yield "\n  ]"
    else:
        yield _text(value, "\n  ")


def _text(value: Json, line: str) -> str:
    """What is inside stands two spaces further in than `line`, the break before what ends it."""
    further = f"{line}  "
    match value:
        case dict() if value:
            inside = [f"{further}{_PLAIN(key)}: {_text(value[key], further)}" for key in sorted(value)]
            return f"{{{','.join(inside)}{line}}}"
        case list() if value:
            inside = [f"{further}{_text(one, further)}" for one in value]
            return f"[{','.join(inside)}{line}]"
        case _:
            return _PLAIN(value)


def errors_as_json(errors: tuple[Remark, ...]) -> dict[str, Json]:
    """What is wrong with the files, as much as anybody reads."""
    return {"schema": SCHEMA, "errors": [{**_remark(one), "value": one.value} for one in told(errors)]}


def as_json(result: Result) -> dict[str, Json]:
    """The whole answer."""
    draft = result.draft
    return {
        "schema": SCHEMA,
        "inputs": _inputs(result),
        "settings": {
            "mode": draft.rules.aim.value,
            "seed": draft.rules.seed,
            "rules_version": draft.rules.version,
        },
        "solver": {
            "engine": "alongside",
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "passes": draft.best.solution.passes,
            "edges": draft.best.solution.edges,
            "pairs_permitted": _permitted(draft),
        },
        "summary": _summary(draft),
        "matches": [_match(result, one) for one in draft.matches.values()],
        "unmatched": [_left(one) for one in result.left],
        "idle_mentors": list(result.idle),
        "certificate": _certificate(result.shortage) if result.shortage else None,
        "recruit": [
            {
                "languages": list(one.languages),
                "office": one.office,
                "min_grade": one.min_grade,
                "mentors": one.mentors,
                "helps": one.helps,
            }
            for one in result.recruit
        ],
        "fairness": [_group(one) for one in result.fairness],
        "difference": _difference(result.difference) if result.difference else None,
        "explain": [_alternative(one) for one in result.alternatives],
        "warnings": [_remark(one) for one in result.warnings],
    }


def _inputs(result: Result) -> dict[str, Json]:
    request, people = result.request, result.given.people
    there = Counter(one.candidate.roles for one in people.listed.values() if one.candidate.available)
    return {
        "people_sha256": request.people.digest,
        "rules_sha256": request.rules.digest if request.rules else None,
        "locks_sha256": request.locks.digest if request.locks else None,
        "previous_sha256": request.previous.digest if request.previous else None,
        "rows": people.rows,
        "mentors": there[frozenset({Role.MENTOR})],
        "mentees": there[frozenset({Role.MENTEE})],
        "both": there[frozenset(SIDES)],
        "unavailable": len(people.listed) - there.total(),
    }


def _summary(draft: Solved) -> dict[str, Json]:
    scores = sorted(one.pair.score for one in draft.matches.values())
    load = Counter(draft.taken.get(one.id, 0) for one in draft.mentors)
    value = draft.value
    return {
        "mentees": len(draft.mentees),
        "matched": len(scores),
        "unmatched": len(draft.mentees) - len(scores),
        "places": sum(one.places for one in draft.mentors),
        "mentors_used": len(draft.taken),
        "mentors_idle": len(draft.mentors) - len(draft.taken),
        "total": draft.total,
        "mean": mean(draft.total, len(scores)),
        "minimum": scores[0] if scores else None,
        "p5": scores[(len(scores) - 1) // 20] if scores else None,
        "floor": draft.floor,
        "floor_loss_percent": decimals(draft.lost),
        "gap_points": draft.gap,
        "gap_percent": decimals(Fraction(100 * draft.gap, value)) if value > 0 else 0.0,
        "proved_optimal": draft.proved,
        "value": value,
        "load_points": draft.load_points,
        "load": {str(count): load[count] for count in range(max(load, default=-1) + 1)},
    }


def _permitted(draft: Solved) -> int:
    """Pairs that neither a limit nor a coordinator forbids, with mentors who have a place."""
    pinned = draft.mentees[len(draft.loose) :]
    scores = Table.of(pinned, draft.mentors, draft.rules).scores(slice(None))
    row = {one.id: nth for nth, one in enumerate(pinned)}
    column = {one.id: nth for nth, one in enumerate(draft.mentors)}
    for mentee, mentor in draft.forbidden:
        if mentee in row and mentor in column:
            scores[row[mentee], column[mentor]] = -1
    loose = sum(int((points >= 0).sum()) for _, points in blocks(draft.objective.scores))
    return loose + int((scores >= 0).sum())


def _match(result: Result, one: Found) -> dict[str, Json]:
    mentee, mentor = result.reasons[one.pair.mentee]
    return {
        "mentee": one.pair.mentee,
        "mentor": one.pair.mentor,
        "score": one.pair.score,
        "contributions": {part.rule: part.points for part in one.pair.contributions},
        "extra": {"wishes": one.extra.wishes, "waiting": one.extra.waiting, "stability": one.extra.stability},
        "locked": one.pair.pinned,
        "kept": None if result.difference is None else one.kept,
        "reasons": {"mentee": _sentences(mentee), "mentor": _sentences(mentor)},
    }


def _sentences(sentences: list[Sentence]) -> list[Json]:
    return [{"rule": one.rule, "text": one.text} for one in sentences]


def _left(one: Left) -> dict[str, Json]:
    remedies: list[Json] = [
        {"kind": "relax", "limit": limit.value, "mentors": count} for limit, count in one.relax.items()
    ]
    if one.places:
        remedies.append({"kind": "places", "mentors": list(one.places), "places": 1})
    return {
        "person": one.person,
        "cause": one.cause.value,
        "permitted_mentors": one.permitted,
        "failed_only": {limit.value: count for limit, count in one.failed_only.items()},
        "remedies": remedies,
        "queue": one.queue,
    }


def _certificate(one: Shortage) -> dict[str, Json]:
    return {"mentees": list(one.mentees), "mentors": list(one.mentors), "places": one.places, "short": one.short}


def _group(one: Group | Hidden) -> dict[str, Json]:
    if isinstance(one, Hidden):
        return {"segment": one.segment, "hidden_groups": one.groups, "hidden_people": one.people}
    return {
        "segment": one.segment,
        "group": one.group,
        "people": one.people,
        "matched": one.matched,
        "rate": decimals(one.rate),
        "mean": one.mean,
        "flag": one.flag,
    }


def _difference(one: Difference) -> dict[str, Json]:
    return {
        "same": one.same,
        "moved": [
            {"mentee": move.mentee, "from": move.before, "to": move.after, "delta": move.delta} for move in one.moved
        ],
        "gained": list(one.gained),
        "lost": list(one.lost),
    }


def _alternative(one: Alternative) -> dict[str, Json]:
    return {
        "mentee": one.mentee,
        "mentor": one.mentor,
        "score": one.score,
        "failed": [str(limit) for limit in one.failed],
        "costs_at_least": one.costs_at_least,
        "costs": one.costs,
    }


def _remark(one: Remark) -> dict[str, Json]:
    return {"file": one.file, "row": one.row, "column": one.column, "code": one.code, "message": one.message}
