"""What a draft was made from, as hashes that stay the same for the same inputs on every machine."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction

from flows.matching.drafted import Proof, Record
from flows.matching.locks import Lock
from flows.matching.pairs import Pair
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.wanted import Wanted


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
    import numpy
    import scipy

    return Record(
        people=digest(sorted(candidates, key=lambda one: one.id)),
        rules=digest(rules),
        locks=digest(sorted((lock.kind, lock.mentee, lock.mentor, lock.override) for lock in locks)),
        previous="" if previous is None else digest(sorted((one.mentee, one.mentor) for one in previous)),
        proof=digest(proof),
        rules_version=rules.version,
        seed=rules.seed,
        aim=rules.aim,
        alongside=alongside,
        numpy=numpy.__version__,
        scipy=scipy.__version__,
    )


def record_of_gatherings(wanted: Wanted, *, exact: bool, alongside: str) -> Record:
    """The same of a round that brings any number of people together: what the format looks at beside the people, and
    the rounds before, stand for the draft before."""
    import numpy
    import scipy

    rules = wanted.shape.rules
    beside = (wanted.before, wanted.ready, wanted.work, wanted.stays, wanted.covered)
    return Record(
        people=digest(sorted(wanted.candidates, key=lambda one: one.id)),
        rules=digest((wanted.format, wanted.shape)),
        locks=digest(sorted((sorted(one.people), one.subject) for one in wanted.kept)),
        previous=digest(beside),
        proof=digest(exact),
        rules_version=rules.version,
        seed=rules.seed,
        aim=rules.aim,
        alongside=alongside,
        numpy=numpy.__version__,
        scipy=scipy.__version__,
    )


def digest(value: object) -> str:
    """SHA-256 of a value, in hex: sets and mappings in one order, whatever it was that they were made in."""
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Fraction() | date():
            return str(value)
        case Mapping():
            return sorted([_plain(key), _plain(item)] for key, item in value.items())
        case Set():
            return sorted(str(_plain(item)) for item in value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
        case other:
            raise TypeError(f"a record cannot hold a {type(other).__name__}")
