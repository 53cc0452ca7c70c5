"""The hard limits as data: what forbids a pair, whatever it would score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit, Rules
from flows.matching.week import hours_in

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One limit and when it stands between a mentee and a mentor. What is unknown lets them pass."""

    limit: Limit
    stands: Callable[[Candidate, Candidate, Rules], bool]
    """Mentee first, mentor second."""


def failed(mentee: Candidate, mentor: Candidate, rules: Rules) -> frozenset[Limit]:
    """Every limit that forbids this pair; empty when it is permitted."""
    return frozenset(bar.limit for bar in BARS if rules.hold(bar.limit) and bar.stands(mentee, mentor, rules))


def permitted(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    """Whether the two may be a pair, a free place aside: whose place it is, the assignment decides."""
    return failed(mentee, mentor, rules) <= {Limit.CAPACITY}


def mask(limits: Iterable[Limit]) -> int:
    """These limits as a number with a bit for each."""
    return sum(BIT[limit] for limit in limits)


def unmasked(bits: int) -> tuple[Limit, ...]:
    """The limits of such a number, in the order in which they are named."""
    return tuple(limit for limit, bit in BIT.items() if bits & bit)


def zone_gap(one: Candidate, other: Candidate) -> int:
    """Minutes between two clocks, the shorter way round: Auckland and Honolulu work at much the same hours."""
    gap = abs(one.offset - other.offset) % DAY
    return min(gap, DAY - gap)


def same_office(one: Candidate, other: Candidate) -> bool:
    """Both named an office, and the same one."""
    return one.office != "" and one.office == other.office


def _away(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return not (mentee.available and mentor.available)


def _capacity(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return mentor.places == 0 and not _away(mentee, mentor, rules)


def _language(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return bool(mentee.languages and mentor.languages) and mentee.languages.isdisjoint(mentor.languages)


def _time(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return bool(mentee.free and mentor.free) and hours_in(mentee.free & mentor.free) < rules.min_hours


def _seniority(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    if mentee.grade is None or mentor.grade is None:
        return False
    ahead = mentor.grade - mentee.grade
    too_few = rules.min_gap is not None and ahead < rules.min_gap
    return too_few or (rules.max_gap is not None and ahead > rules.max_gap)


def _office(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    return Mode.IN_PERSON in (mentee.mode, mentor.mode) and not same_office(mentee, mentor)


def _manager(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    """Either way round: reverse mentoring by one's own report is no freer."""
    return bool(mentee.id and mentor.id) and (mentee.manager == mentor.id or mentor.manager == mentee.id)


BARS: tuple[Bar, ...] = (
    Bar(Limit.ONESELF, lambda mentee, mentor, rules: mentee.id == mentor.id),
    Bar(Limit.CAPACITY, _capacity),
    Bar(Limit.AWAY, _away),
    Bar(Limit.LANGUAGE, _language),
    Bar(Limit.TIME, _time),
    Bar(Limit.SENIORITY, _seniority),
    Bar(Limit.OFFICE, _office),
    Bar(Limit.MANAGER, _manager),
    Bar(Limit.BLOCKED, lambda mentee, mentor, rules: mentor.id in mentee.blocked or mentee.id in mentor.blocked),
    Bar(Limit.MET, lambda mentee, mentor, rules: mentor.id in mentee.met or mentee.id in mentor.met),
    Bar(Limit.ZONE, lambda mentee, mentor, rules: zone_gap(mentee, mentor) > rules.max_zone_gap * 60),
)

BIT: Mapping[Limit, int] = MappingProxyType({bar.limit: 1 << place for place, bar in enumerate(BARS)})
"""The bit of each limit in a mask."""
