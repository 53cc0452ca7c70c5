"""What a draft was made from, as hashes that stay the same for the same inputs on every machine."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction

from flows.matching.drafting.drafted import Proof, Record
from flows.matching.locks import Lock
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record(
    candidates: Iterable[Candidate],
    rules: Rules,
    locks: Iterable[Lock],
    previous: Iterable[Pair] | None,
    proof: Proof,
    *,
    alongside: str,
) -> Record:
    """Of one draft; `alongside` is this program's version."""
    return made_from(
        candidates,
        rules,
        ruled=rules,
        locks=sorted((lock.kind, lock.mentee, lock.mentor, lock.override) for lock in locks),
        previous=None if previous is None else sorted((one.mentee, one.mentor) for one in previous),
        proof=proof,
        alongside=alongside,
    )


def made_from(
    candidates: Iterable[Candidate],
    rules: Rules,
    *,
    ruled: object,
    locks: object,
    previous: object | None,
    proof: object,
    alongside: str,
) -> Record:
    """Of a draft of whatever format: `ruled` is everything that decided beside the people, `rules` are a part of it.

    Who is kept away from whom is left out. Everything else about these people can be read where the record is kept, so
    that a hash of it would tell that to whoever tries every two.
    """
    import numpy
    import scipy

    return Record(
        people=digest([replace(one, blocked=frozenset()) for one in sorted(candidates, key=lambda one: one.id)]),
        rules=digest(ruled),
        locks=digest(locks),
        previous="" if previous is None else digest(previous),
        proof=digest(proof),
        rules_version=rules.version,
        seed=rules.seed,
        aim=rules.aim,
        alongside=alongside,
        numpy=numpy.__version__,
        scipy=scipy.__version__,
    )


def digest(value: object) -> str:
    """SHA-256 of a value, in hex: sets and mappings in one order, whatever it was that they were made in."""
    # Of a list one after the other: everybody's answers at once would be half a million small lists to keep.
    text = f"[{','.join(map(_text, value))}]" if isinstance(value, list | tuple) else _text(value)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: object) -> str:
    return _ENCODED(_plain(value))


def _plain(value: object) -> object:
    # What there is most of comes first: a company has half a million answers, and most of them are empty sets.
    match value:
        case str() | int() | float() | None:
            return value
        case frozenset() | set():
            return sorted([str(_plain(item)) for item in value])
        case list() | tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
        case Fraction() | date():
            return str(value)
        case Mapping():
            return sorted([_plain(key), _plain(item)] for key, item in value.items())
        case other:
            raise TypeError(f"a record cannot hold a {type(other).__name__}")
