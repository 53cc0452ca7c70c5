"""The tables of the rules: for every place to which a reader leads, the points and the limits that forbid."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flows.matching.criteria import (
    CRITERIA,
    FULL,
    GOALS_COUNTED,
    INTO_WISHED,
    OTHER_FUNCTION,
    OTHER_OFFICE,
    TEACHES_COUNTED,
    at,
    criteria_of,
)
from flows.matching.limits import BARS
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit, Rules
from flows.matching.scoring.arrays import Bits, codes, free_time, tags
from flows.matching.scoring.readers import Counted, Crossed, Meeting, Mixing, Named, Narrow, Reader

People = Sequence[Candidate]
Limits = tuple[tuple[Limit, NDArray[np.bool_]], ...]
Unknown = tuple[Sequence[bool], Sequence[bool]]
"""Whether each mentee, and each mentor, has given no answer."""
NEVER = -1_000_000
"""Added where a limit forbids: no score outweighs it, and all of them together fit into 32 bits."""
MODES = tuple(Mode)
_HERE = Candidate("", frozenset(), office="here")
_MEETINGS = tuple(
    (replace(_HERE, mode=mentee), replace(_HERE, mode=mentor, office=office))
    for mentee in MODES
    for mentor in MODES
    for office in ("there", "here")
)
"""A mentee and a mentor for every two modes, in two offices and in one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader with the tables that its numbers look up."""

    reader: Reader
    rule: str
    """Empty where a limit alone reads this."""
    points: NDArray[np.int32]
    limits: Limits
    """Limits that hold, and where each of them forbids."""
    worth: NDArray[np.int32]
    """Points, and NEVER where a limit forbids, but for the lack of a place."""


def readings(mentees: People, mentors: People, rules: Rules) -> tuple[Reading, ...]:
    """One for each rule that has a place in a score, in their order, then one for each limit that no rule reads."""
    return tuple(_Tables(mentees, mentors, rules).all())


@dataclass(frozen=True, slots=True)
class _Tables:
    """Makes the tables; each method is named after the rule that it reads."""

    mentees: People
    mentors: People
    rules: Rules

    def all(self) -> Iterator[Reading]:
        known = {rule.name for rule in criteria_of(self.rules)}
        for rule in CRITERIA:
            reading = self._read(rule.name)
            if rule.name in known:
                yield reading
            elif reading.limits:
                yield _reading(reading.reader, "", np.zeros_like(reading.points), reading.limits)
        yield self._by_values("", lambda one: (one.available, one.places == 0), Limit.CAPACITY, Limit.AWAY)
        if self.rules.hold(Limit.ZONE):
            yield self._by_values("", lambda one: one.offset, Limit.ZONE)

    def _read(self, rule: str) -> Reading:
        match rule:
            case "goals":
                return self._skills(rule, lambda one: one.skills | one.teaches, GOALS_COUNTED)
            case "teaches":
                return self._skills(rule, lambda one: one.teaches, TEACHES_COUNTED)
            case "interests":
                bits = tags(self.mentees, self.mentors, lambda one: one.interests, lambda one: one.interests)
                unknown = self._unknown(lambda one: not one.interests)
                return self._curve(rule, bits, self.rules.curves.interests, unknown)
            case "seniority":
                return self._by_values(rule, lambda one: one.grade, Limit.SENIORITY)
            case "time":
                return self._time(rule)
            case "language":
                return self._language(rule)
            case "mode":
                return self._mode(rule)
            case "mix":
                return self._mix(rule)
            case "type":
                bits = tags(self.mentees, self.mentors, lambda one: one.types_wished, lambda one: one.types_offered)
                wished = [not one.types_wished for one in self.mentees]
                return self._curve(rule, bits, (0, FULL), (wished, [not one.types_offered for one in self.mentors]))
            case "newcomer":
                return self._by_values(rule, lambda one: one.new)
            case "pace":
                return self._by_values(rule, lambda one: one.hours)
        raise ValueError(f"no reading of the rule {rule!r}")

    def _skills(self, rule: str, offered: Callable[[Candidate], frozenset[str]], most: int) -> Reading:
        """A part of the table for each number of goals that counts, as the same two of four are worth less."""
        bits = tags(self.mentees, self.mentors, lambda one: one.goals, offered)
        counts = range(bits.most + 1)
        ratings = [FULL * min(count, asked) // asked for asked in range(1, most + 1) for count in counts]
        asked = [min(len(one.goals), most) for one in self.mentees]
        first = [(one - 1) * len(counts) if one else 0 for one in asked]
        unknown = [not one for one in asked], [not (one.skills or one.teaches) for one in self.mentors]
        return _reading(_counted(bits, len(ratings) + 1, first, unknown), rule, self._points(rule, [*ratings, None]))

    def _time(self, rule: str) -> Reading:
        bits, step = free_time(self.mentees, self.mentors)
        quarters = [step * count for count in range(bits.most + 1)]
        ratings = [at(self.rules.curves.time, shared // 4) for shared in quarters]
        too_few = [shared // 4 < self.rules.min_hours for shared in quarters]
        reader = _counted(bits, len(ratings) + 1, None, self._unknown(lambda one: not one.free))
        limits = self._limit(Limit.TIME, [*too_few, False])
        return _reading(reader, rule, self._points(rule, [*ratings, None]), limits)

    def _language(self, rule: str) -> Reading:
        bits = tags(self.mentees, self.mentors, lambda one: one.languages, lambda one: one.languages)
        ratings = [at(self.rules.curves.language, count) for count in range(bits.most + 1)]
        reader = _counted(bits, len(ratings) + 1, None, self._unknown(lambda one: not one.languages))
        limits = self._limit(Limit.LANGUAGE, [count == 0 for count in range(bits.most + 1)] + [False])
        return _reading(reader, rule, self._points(rule, [*ratings, None]), limits)

    def _curve(self, rule: str, bits: Bits, curve: Sequence[int], unknown: Unknown) -> Reading:
        ratings = [at(curve, count) for count in range(bits.most + 1)]
        return _reading(_counted(bits, len(ratings) + 1, None, unknown), rule, self._points(rule, [*ratings, None]))

    def _mode(self, rule: str) -> Reading:
        """Two modes and whether the office is the same are all that matters: the plain rule is asked for each case."""
        (rate,) = (one.rate for one in CRITERIA if one.name == rule)
        (bar,) = (bar for bar in BARS if bar.limit is Limit.OFFICE)
        reader = Meeting(
            np.array([2 * len(MODES) * MODES.index(one.mode) for one in self.mentees], dtype=np.uint8),
            np.array([2 * MODES.index(one.mode) for one in self.mentors], dtype=np.uint8),
            self._offices(),
        )
        points = self._points(rule, [rate(mentee, mentor, self.rules.curves) for mentee, mentor in _MEETINGS])
        limits = self._limit(Limit.OFFICE, [bar.stands(mentee, mentor, self.rules) for mentee, mentor in _MEETINGS])
        return _reading(reader, rule, points, limits)

    def _mix(self, rule: str) -> Reading:
        wished, mentees, mentors = _named(
            [one.moving_into for one in self.mentees],
            [one.function for one in self.mentees],
            [one.function for one in self.mentors],
        )
        ratings = [
            wish * INTO_WISHED + function * OTHER_FUNCTION + office * OTHER_OFFICE
            for wish in (0, 1)
            for function in (0, 1)
            for office in (0, 1)
        ]
        return _reading(Mixing(self._offices(), (mentees, mentors), wished), rule, self._points(rule, ratings))

    def _by_values(self, rule: str, value: Callable[[Candidate], Hashable], *limits: Limit) -> Reading:
        """What depends on few different values: the plain definitions themselves, asked once for each two of them."""
        left, left_values = codes(value(one) for one in self.mentees)
        right, right_values = codes(value(one) for one in self.mentors)
        some, others = ({value(one): one for one in side} for side in (self.mentees, self.mentors))
        crossed = [(some[one], others[other]) for one in left_values for other in right_values]
        rates = [one.rate for one in CRITERIA if one.name == rule]
        found = tuple(
            one
            for bar in BARS
            if bar.limit in limits
            for one in self._limit(bar.limit, [bar.stands(mentee, mentor, self.rules) for mentee, mentor in crossed])
        )
        ratings = [rate(mentee, mentor, self.rules.curves) for rate in rates for mentee, mentor in crossed]
        points = self._points(rule, ratings or [0] * len(crossed))
        return _reading(Crossed(left * len(right_values), right), rule, points, found)

    def _offices(self) -> Named:
        mentees, mentors = _named([one.office for one in self.mentees], [one.office for one in self.mentors])
        return mentees, mentors

    def _unknown(self, nothing: Callable[[Candidate], bool]) -> Unknown:
        return [nothing(one) for one in self.mentees], [nothing(one) for one in self.mentors]

    def _points(self, rule: str, ratings: Sequence[int | None]) -> NDArray[np.int32]:
        weight = self.rules.weights.get(rule, 0)
        unknown = self.rules.curves.unknown
        return np.array([weight * (unknown if one is None else one) // FULL for one in ratings], dtype=np.int32)

    def _limit(self, limit: Limit, fails: Sequence[bool]) -> Limits:
        return ((limit, np.array(fails, dtype=np.bool_)),) if self.rules.hold(limit) else ()


def _reading(reader: Reader, rule: str, points: NDArray[np.int32], limits: Limits = ()) -> Reading:
    worth = points.copy()
    for limit, fails in limits:
        if limit is not Limit.CAPACITY:
            worth[fails] += NEVER
    return Reading(reader, rule, points, limits, worth)


def _counted(bits: Bits, places: int, first: Sequence[int] | None, unknown: Unknown) -> Counted:
    """`places` is the length of the table, whose last one is for what is unknown."""

    def last(side: Sequence[bool]) -> Narrow | None:
        return np.array([places - 1 if one else 0 for one in side], dtype=np.uint16) if any(side) else None

    start = None if first is None else np.array(first, dtype=np.uint16)
    return Counted(bits.mentees, bits.mentors, start, last(unknown[0]), last(unknown[1]))


def _named(*sides: Sequence[str]) -> tuple[NDArray[np.int32], ...]:
    """Codes of names, the same on all sides; below 0 where there is none, and differently, so that nothings never
    agree."""
    known = {name: place for place, name in enumerate(sorted({name for side in sides for name in side} - {""}))}
    return tuple(
        np.array([known.get(name, -nth) for name in side], dtype=np.int32) for nth, side in enumerate(sides, start=1)
    )
