"""Who has something to deliver has a mentor with the skill who is there when it is due."""

from datetime import date

from flows.matching.gatherings.functional import Deliverable, Lack, Offer, Stay, deliverable, lacks
from flows.matching.solving.worth import Dense

MAY = Deliverable("writing", date(2026, 5, 14), Stay(date(2026, 5, 1), date(2026, 5, 31)))


def test_who_delivers_has_a_mentor_with_the_skill_who_is_there_when_it_is_due() -> None:
    skilled = frozenset({"writing"})

    assert lacks(MAY, Offer(skilled, Stay())) == set()
    assert lacks(MAY, Offer(skilled, Stay(last=date(2026, 5, 14)))) == set()
    assert lacks(MAY, Offer(skilled, Stay(last=date(2026, 5, 13)))) == {Lack.MENTOR}
    assert lacks(MAY, Offer(frozenset({"law"}), Stay(first=date(2026, 5, 15)))) == {Lack.SKILL, Lack.MENTOR}
    away = Deliverable("writing", date(2026, 6, 1), MAY.stay)
    assert lacks(away, Offer(skilled, Stay())) == {Lack.MENTEE}


def test_only_pairs_that_can_deliver_are_left() -> None:
    offers = [Offer(frozenset({"writing"}), Stay()), Offer(frozenset({"law"}), Stay())]
    law = Deliverable("law", MAY.due, Stay())

    left = deliverable(Dense.of([[10, 20], [30, 40], [-1, -1]], mentors=2), [MAY, law, law], offers)

    assert left.block(slice(0, 3)).tolist() == [[10, -1], [-1, 40], [-1, -1]]
