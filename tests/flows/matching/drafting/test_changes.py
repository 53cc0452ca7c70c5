"""What a change by hand costs is said before it is made, and is true; two ways side by side differ as they must."""

from dataclasses import replace
from random import Random

import pytest

from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.remedies import Cause
from flows.matching.drafting.round import draft, stale
from flows.matching.editing.asking import WantedWhy, why
from flows.matching.editing.comparing import WantedComparison, Way, compare
from flows.matching.editing.difference import Moved
from flows.matching.editing.edits import edit, give
from flows.matching.editing.pricing import at_least, price, room_for
from flows.matching.limits import permitted
from flows.matching.locks import Lock, LockKind, override_of
from flows.matching.pairs import score
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Limit
from flows.people import Role
from flows.refusal import Refusal
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, company

RULES = replace(EVERY, floor_loss=EVERY.floor_loss * 0, limits={})
EVERY_LIMIT = replace(RULES, limits=EVERY.limits)
PIN = LockKind.PIN


def never() -> bool:
    return False


def partners(made: Draft) -> dict[str, str]:
    return {one.mentee: one.mentor for one in made.pairs}


def test_at_least_is_never_more_than_exactly_and_exactly_is_what_a_new_draft_loses() -> None:
    asked = exact = 0
    for number in range(40):
        dice = Random(number)
        people = company(dice, dice.randint(3, 8), dice.randint(2, 6))
        by_id = {one.id: one for one in people}
        made = draft(people, RULES)
        for mentee in made.proof.gains:
            for mentor in list(made.proof.prices)[:3]:
                given = partners(made).get(mentee) == mentor or not by_id[mentor].places
                if given or not permitted(by_id[mentee], by_id[mentor], RULES):
                    continue
                least = at_least(made, by_id, RULES, {mentee: mentor}, kept=())
                found = why(WantedWhy(people, RULES, mentee, mentor), over=never)
                assert least is not None
                assert found.costs is not None
                pinned = draft(people, RULES, (Lock(PIN, mentee, mentor, override_of(Limit)),))
                if found.fewer:
                    assert len(pinned.pairs) < len(made.pairs)
                else:
                    assert found.costs == made.proof.value - pinned.proof.value
                    assert least <= found.costs or len(pinned.pairs) > len(made.pairs)
                    assert found.steps[0].mentee == mentee
                    assert found.steps[0].after == mentor
                    exact += least == found.costs
                asked += 1
    assert asked > 30
    assert exact > 10


def test_the_price_of_a_change_is_the_difference_that_it_makes() -> None:
    tried = 0
    for number in range(40):
        dice = Random(number)
        people = company(dice, dice.randint(3, 8), dice.randint(2, 6))
        made = draft(people, RULES)
        for one in made.pairs:
            for other in made.pairs:
                moves = {one.mentee: other.mentor, other.mentee: one.mentor}
                try:
                    after = give(made, people, RULES, moves)
                except Refusal:
                    continue
                told = price(made, people, RULES, moves)
                assert told.fit == after.totals.score - made.totals.score
                assert told.value <= 0, "no change by hand is better than what was proved to be the best"
                if told.least is not None and told.steps:
                    assert told.least <= -told.value
                tried += 1
    assert tried > 100


def test_who_makes_room_goes_where_least_is_lost() -> None:
    moved = 0
    for number in range(40):
        dice = Random(number)
        people = company(dice, dice.randint(3, 8), dice.randint(2, 5))
        by_id = {one.id: one for one in people}
        made = draft(people, RULES)
        for mentee in {*partners(made), *(one.person for one in made.unmatched)}:
            for mentor in {one.mentor for one in made.pairs}:
                moves = room_for(made, people, RULES, mentee, mentor)
                try:
                    after = give(made, people, RULES, {mentee: mentor}, beside=moves)
                except Refusal:
                    continue
                assert partners(after)[mentee] == mentor
                taken = [one.mentor for one in after.pairs]
                assert all(taken.count(one) <= by_id[one].places for one in taken)
                assert stale(after, people, RULES) == ()
                moved += len(moves) > 1
    assert moved > 10


def test_an_edited_draft_is_as_if_it_had_been_found_so() -> None:
    for number in range(40):
        dice = Random(number)
        people = company(dice, dice.randint(3, 8), dice.randint(2, 6))
        made = draft(people, RULES)
        if not made.pairs:
            continue
        one = dice.choice(made.pairs)
        apart = edit(made, people, RULES, (Lock(LockKind.FORBID, one.mentee, one.mentor),))
        held = edit(made, people, RULES, (Lock(LockKind.HOLD, mentee=one.mentee),))
        assert one.mentee not in {**partners(apart), **partners(held)}
        assert one.mentee in {left.person for left in apart.unmatched}
        assert held.held == (one.mentee,)
        assert held.totals.mentees == made.totals.mentees - 1
        for each in (apart, held):
            assert each.totals.matched == len(each.pairs) == len(made.pairs) - 1
            assert each.totals.score == sum(pair.score for pair in each.pairs)
            assert [left.queue for left in each.unmatched] == list(range(1, len(each.unmatched) + 1))
        back = edit(held, people, RULES, ())
        assert one.mentee in {left.person for left in back.unmatched}
        assert back.totals.mentees == made.totals.mentees


def test_who_has_left_and_lost_their_pair_by_hand_is_counted_no_more() -> None:
    ada, grace = Candidate("ada", MENTEE), Candidate("grace", MENTOR)
    made = draft([ada, grace], RULES)
    assert (made.totals.mentees, made.totals.matched) == (1, 1)

    without = edit(made, [grace], RULES, (Lock(LockKind.HOLD, mentor="grace"),))
    assert without.unmatched == ()
    assert (without.totals.mentees, without.totals.matched) == (0, 0)


def test_a_lock_against_a_limit_is_kept_and_published() -> None:
    ada = Candidate("ada", MENTEE, languages=frozenset({"en"}))
    grace = Candidate("grace", MENTOR, languages=frozenset({"de"}))
    plain, decided = Lock(PIN, "ada", "grace"), Lock(PIN, "ada", "grace", "language")

    assert draft([ada, grace], EVERY_LIMIT, (plain,)).pairs == ()
    made = draft([ada, grace], EVERY_LIMIT, (decided,))
    assert partners(made) == {"ada": "grace"}
    assert stale(made, [ada, grace], EVERY_LIMIT) == ()
    away = [ada, replace(grace, available=False)]
    assert [refusal.details["limit"] for _, refusal in stale(made, away, EVERY_LIMIT)] == ["away"]
    assert (
        draft([ada, grace], EVERY_LIMIT, (decided,)).record.locks
        != draft([ada, grace], EVERY_LIMIT, (plain,)).record.locks
    )


@pytest.fixture
def crafted() -> tuple[Candidate, ...]:
    """Ada fits Grace best; Bob can only have Grace, and fits her badly; Cleo and Iris have each other."""
    grace = Candidate("grace", MENTOR, teaches=frozenset({"data"}), languages=frozenset({"en", "pt"}))
    return (
        Candidate("ada", MENTEE, goals=frozenset({"data"}), languages=frozenset({"en"})),
        Candidate("bob", MENTEE, goals=frozenset({"law"}), languages=frozenset({"pt"})),
        Candidate("cleo", MENTEE, goals=frozenset({"sales"}), languages=frozenset({"de"})),
        grace,
        Candidate("henri", MENTOR, teaches=frozenset({"law"}), languages=frozenset({"en"})),
        Candidate("iris", MENTOR, teaches=frozenset({"sales"}), languages=frozenset({"de"})),
    )


def test_most_people_against_best_fit_is_what_it_must_be(crafted: tuple[Candidate, ...]) -> None:
    by_id = {one.id: one for one in crafted}

    def fit(mentee: str, mentor: str) -> int:
        return score(by_id[mentee], by_id[mentor], EVERY_LIMIT)

    least = min(fit("ada", "grace"), fit("cleo", "iris"))
    assert fit("bob", "grace") < least
    assert fit("ada", "henri") < least
    most = Way(replace(EVERY_LIMIT, aim=Aim.PARTICIPATION))
    best = Way(replace(EVERY_LIMIT, aim=Aim.BEST_FIT, minimum=least))
    found = compare(WantedComparison(crafted, EVERY_LIMIT, most, best), over=never)

    assert (found.first.matched, found.second.matched) == (3, 2)
    assert found.first.lowest == min(fit("bob", "grace"), fit("ada", "henri"))
    assert found.second.lowest == least
    assert found.second.mean == (fit("ada", "grace") + fit("cleo", "iris") + 1) // 2
    assert (found.first.load, found.second.load) == (((1, 3),), ((0, 1), (1, 2)))
    change = found.difference
    assert (change.same, change.gained, change.lost) == (1, (), ("bob",))
    assert change.moved == (Moved("ada", "henri", "grace", fit("ada", "grace") - fit("ada", "henri")),)
    assert found.first.proved
    assert found.second.proved


def test_a_mentor_who_pauses_stands_in_nobodys_way() -> None:
    grace = Candidate("grace", MENTOR, languages=frozenset({"en"}))
    ada = Candidate("ada", MENTEE, languages=frozenset({"en"}))
    made = draft([ada, grace], EVERY_LIMIT)
    pausing = replace(grace, available=False)
    speaks_another = Candidate("henri", MENTOR, languages=frozenset({"fr"}))
    (left,) = edit(made, [ada, pausing, speaks_another], EVERY_LIMIT, (), {"ada": None}).unmatched

    assert (left.cause, left.limits) == (Cause.NO_PERMITTED, ((Limit.LANGUAGE, 1),))


def test_a_fresh_draft_that_is_to_be_stable_is_compared_as_a_stable_one(crafted: tuple[Candidate, ...]) -> None:
    rules = replace(EVERY_LIMIT, aim=Aim.STABLE)
    made = draft(crafted, rules)
    most = draft(crafted, EVERY_LIMIT)
    found = compare(WantedComparison(crafted, rules, Way(rules, made.pairs), Way(rules)), over=never)

    assert made.totals.matched < most.totals.matched
    assert found.first == found.second
    assert found.difference.same == made.totals.matched


def test_a_draft_that_stands_is_compared_as_it_is(crafted: tuple[Candidate, ...]) -> None:
    made = draft(crafted, EVERY_LIMIT)
    cleo = edit(made, crafted, EVERY_LIMIT, (), {"cleo": None})
    found = compare(WantedComparison(crafted, EVERY_LIMIT, Way(EVERY_LIMIT, cleo.pairs), Way(EVERY_LIMIT)), over=never)

    assert (found.difference.same, found.difference.gained) == (2, ("cleo",))
    assert (found.first.matched, found.second.matched) == (2, 3)
    assert Role.MENTEE in crafted[2].roles
