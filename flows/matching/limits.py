"""The hard limits: what forbids a pair, whatever it would score."""

from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit, Rules

DAY = 24 * 60


def failed(mentee: Candidate, mentor: Candidate, rules: Rules) -> frozenset[Limit]:
    """Every limit that forbids this pair; empty when it is permitted. What is unknown passes."""
    found = set()
    if mentee.id == mentor.id:
        found.add(Limit.ONESELF)
    if not (mentee.available and mentor.available):
        found.add(Limit.PAUSED)
    elif mentor.places == 0:
        found.add(Limit.CAPACITY)
    if mentor.id in mentee.met or mentee.id in mentor.met:
        found.add(Limit.MET)
    if zone_gap(mentee, mentor) > rules.max_zone_gap * 60:
        found.add(Limit.ZONE)
    if mentee.languages and mentor.languages and mentee.languages.isdisjoint(mentor.languages):
        found.add(Limit.LANGUAGE)
    if Mode.IN_PERSON in (mentee.mode, mentor.mode) and not same_office(mentee, mentor):
        found.add(Limit.OFFICE)
    return frozenset(found) - rules.off


def zone_gap(one: Candidate, other: Candidate) -> int:
    """Minutes between two clocks, the shorter way round: Auckland and Honolulu work at much the same hours."""
    gap = abs(one.offset - other.offset) % DAY
    return min(gap, DAY - gap)


def same_office(one: Candidate, other: Candidate) -> bool:
    """Both named an office, and the same one."""
    return one.office != "" and one.office == other.office
