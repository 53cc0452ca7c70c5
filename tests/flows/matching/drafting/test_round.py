"""A draft is the best that limits and locks allow, whatever the order of the data, and a coordinator may change it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.round import draft, stale
from flows.matching.editing.edits import give
from flows.matching.limits import failed
from flows.matching.locks import Lock, LockKind, lock
from flows.matching.pairs import extra, score
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Limit, Rules
from flows.people import Role
from flows.refusal import Refusal
from tests.flows.matching.company import BOTH, EVERY, MENTEE, MENTOR, company

PIN, FORBID, HOLD = LockKind.PIN, LockKind.FORBID, LockKind.HOLD
RULES = EVERY


def mentee(name: str, *goals: str) -> Candidate:
    return Candidate(name, MENTEE, goals=frozenset(goals))


def mentor(name: str, *teaches: str, capacity: int = 1, load: int = 0) -> Candidate:
    return Candidate(name, MENTOR, teaches=frozenset(teaches), capacity=capacity, load=load)


def partners(made: Draft) -> dict[str, str]:
    return {one.mentee: one.mentor for one in made.pairs}


def exchanged(made: Draft, one: str, other: str) -> dict[str, str]:
    """Either mentee with the mentor of the other."""
    had = partners(made)
    return {one: had[other], other: had[one]}


OFFICE = (
    mentee("ada", "data"),
    mentee("bob", "law"),
    mentee("cleo", "sales"),
    mentor("grace", "data"),
    mentor("henri", "law"),
    mentor("iris", "sales"),
)


def best_by_trying_everything(people: Sequence[Candidate], rules: Rules) -> tuple[int, int]:
    """Most people matched and, among those, the most worth: every assignment there is, one mentee after the other."""
    mentees = [one for one in people if Role.MENTEE in one.roles and one.available]
    mentors = [one for one in people if Role.MENTOR in one.roles and one.available]

    @cache
    def best(nth: int, taken: tuple[int, ...]) -> tuple[int, int]:
        if nth == len(mentees):
            return 0, 0
        one = mentees[nth]
        found = [best(nth + 1, taken)]
        for place, other in enumerate(mentors):
            if other.load + taken[place] >= other.capacity or failed(one, other, rules) - {Limit.CAPACITY}:
                continue
            if (points := score(one, other, rules)) < rules.least:
                continue
            worth = points + extra(one, other, rules, kept=False).total - rules.load * (other.load + taken[place])
            people_, total = best(nth + 1, (*taken[:place], taken[place] + 1, *taken[place + 1 :]))
            counted = 0 if rules.aim is Aim.BEST_FIT else 1
            found.append((people_ + counted, total + worth))
        return max(found)

    return best(0, (0,) * len(mentors))


def worth(made: Draft, people: Sequence[Candidate], rules: Rules) -> tuple[int, int]:
    by_id = {one.id: one for one in people}
    points = sum(one.score + extra(by_id[one.mentee], by_id[one.mentor], rules, kept=False).total for one in made.pairs)
    load = sum(
        rules.load * (by_id[name].load + nth)
        for name, count in Counter(one.mentor for one in made.pairs).items()
        for nth in range(count)
    )
    return 0 if rules.aim is Aim.BEST_FIT else len(made.pairs), points - load


@pytest.mark.parametrize("block", range(4))
def test_the_draft_is_as_good_as_trying_everything(block: int) -> None:
    matched = 0
    for number in range(block * 50, block * 50 + 50):
        dice = Random(number)
        people = company(dice, dice.randint(1, 7), dice.randint(1, 7))
        if number % 2:  # Every other pool is permissive, so that places and not limits decide.
            people = tuple(
                replace(one, met=frozenset(), blocked=frozenset(), languages=frozenset(), free=0, grade=None, offset=0)
                for one in people
            )
        rules = replace(
            EVERY,
            aim=dice.choice((Aim.PARTICIPATION, Aim.BEST_FIT)),
            minimum=dice.choice((0, 3_000)),
            load=dice.choice((0, 600, 3_000)),
            floor_loss=Fraction(0),
        )

        made = draft(people, rules)

        assert worth(made, people, rules) == best_by_trying_everything(people, rules)
        matched += len(made.pairs)
    assert matched > 50, "the pools must hold something to match"


def test_the_same_people_in_another_order_give_the_same_pairs() -> None:
    for number in range(30):
        dice = Random(number)
        people = list(company(dice, 12, 10))
        # Half of them are as good as twins, so that ties abound.
        twins = [Candidate(f"twin-{n}", BOTH if n % 2 else MENTEE) for n in range(8)]
        first = draft(people + twins, RULES)
        shuffled = people + twins
        dice.shuffle(shuffled)

        assert draft(shuffled, RULES) == first


def test_another_seed_breaks_ties_otherwise_and_costs_nothing() -> None:
    people = [mentee(f"mentee-{n}") for n in range(6)] + [mentor(f"mentor-{n}") for n in range(6)]
    made = [draft(people, replace(EVERY, seed=seed)) for seed in ("spring", "autumn", "winter")]

    assert len({tuple(partners(one).items()) for one in made}) == 3
    assert len({one.totals for one in made}) == 1


def test_people_matched_count_more_than_fit() -> None:
    """Ada fits Grace far better, but only Grace can take Bob."""
    ada = mentee("ada", "data")
    bob = replace(mentee("bob", "law"), languages=frozenset({"pt"}))
    grace = replace(mentor("grace", "data"), languages=frozenset({"en", "pt"}))
    henri = replace(mentor("henri", "sales"), languages=frozenset({"en"}))

    assert partners(draft([ada, bob, grace, henri], RULES)) == {"ada": "henri", "bob": "grace"}


def test_a_forbidden_pair_never_displaces_a_permitted_one() -> None:
    ada = replace(mentee("ada"), languages=frozenset({"pt"}))
    bob = mentee("bob")
    grace = replace(mentor("grace", "data"), languages=frozenset({"en"}))
    nobody = Rules(weights=dict.fromkeys(RULES.weights, 0))

    assert partners(draft([ada, bob, grace], nobody)) == {"bob": "grace"}


def test_mentees_are_spread_before_one_mentor_has_two() -> None:
    people = [mentee("ada", "data"), mentee("bob", "data"), mentor("grace", "data", capacity=2), mentor("henri", "law")]
    # A second mentee at Grace would fit 2,700 points better than Henri does.
    assert set(partners(draft(people, replace(EVERY, load=4_000))).values()) == {"grace", "henri"}
    assert set(partners(draft(people, replace(EVERY, load=600))).values()) == {"grace"}


def test_a_pinned_mentee_is_part_of_the_load() -> None:
    people = [mentee("ada"), mentee("bob"), mentor("grace", capacity=2), mentor("henri")]

    for seed in "abcdefgh":  # Whichever way ties fall.
        made = draft(people, replace(EVERY, seed=seed), (Lock(PIN, "ada", "grace"),))
        assert partners(made) == {"ada": "grace", "bob": "henri"}


def test_whoever_waited_gets_the_scarce_place() -> None:
    ada, bob = mentee("ada"), mentee("bob")

    for late in (ada, bob):
        people = [replace(one, waited=int(one is late)) for one in (ada, bob)]
        assert list(partners(draft([*people, mentor("grace")], RULES))) == [late.id]


def test_a_second_draft_keeps_what_it_can() -> None:
    people = [mentee(f"mentee-{n}") for n in range(6)] + [mentor(f"mentor-{n}") for n in range(6)]
    first = draft(people, replace(EVERY, seed="spring"))

    assert partners(draft(people, replace(EVERY, seed="autumn"), previous=first.pairs)) == partners(first)


def test_nobody_at_all() -> None:
    empty = draft([], RULES)

    assert (empty.pairs, empty.unmatched, empty.idle) == ((), (), ())
    assert [one.person for one in draft([mentor("grace")], RULES).idle] == ["grace"]
    assert [one.person for one in draft([mentee("ada")], RULES).unmatched] == ["ada"]


def test_a_draft_is_summed_up() -> None:
    made = draft([*OFFICE, mentor("jo", capacity=3, load=1), mentor("kim", capacity=0)], RULES)

    assert partners(made) == {"ada": "grace", "bob": "henri", "cleo": "iris"}
    assert (made.totals.mentees, made.totals.matched, made.totals.mentors, made.totals.places) == (3, 3, 4, 5)
    assert made.totals.score == sum(one.score for one in made.pairs)
    assert made.idle == (), "Jo has a mentee already, and Kim offers no place"


def test_locks_survive_a_second_draft() -> None:
    locks = lock(OFFICE, RULES, (), Lock(PIN, "ada", "iris"))
    locks = lock(OFFICE, RULES, locks, Lock(FORBID, "bob", "henri"))
    locks = lock(OFFICE, RULES, locks, Lock(HOLD, mentee="cleo"))

    first = draft(OFFICE, RULES, locks)
    second = draft([*OFFICE, mentee("dora", "data")], RULES, first.locks, previous=first.pairs)

    for made in (first, second):
        assert partners(made)["ada"] == "iris"
        assert partners(made)["bob"] == "grace"
        assert made.held == ("cleo",)
        assert "cleo" not in {one.person for one in made.unmatched}
        assert [one.mentee for one in made.pairs if one.pinned] == ["ada"]
    assert partners(second)["dora"] == "henri"


def test_a_mentor_on_hold_gets_nobody_and_may_still_be_a_mentee() -> None:
    both = replace(mentor("lou", "data"), roles=BOTH, goals=frozenset({"law"}))
    locks = lock([*OFFICE, both], RULES, (), Lock(HOLD, mentor="lou"))
    made = draft([*OFFICE, both], RULES, locks)

    assert "lou" not in partners(made).values()
    assert made.held == ("lou",)
    assert "lou" in {*partners(made), *(one.person for one in made.unmatched)}


def test_a_pinned_place_is_taken() -> None:
    people = [mentee("ada"), mentee("bob"), mentee("cleo"), mentor("grace", capacity=2)]
    made = draft(people, RULES, (Lock(PIN, "ada", "grace"), Lock(PIN, "bob", "grace")))

    assert partners(made) == {"ada": "grace", "bob": "grace"}


@pytest.mark.parametrize(
    ("locks", "new", "key"),
    [
        ((), Lock(PIN, "ada", "nobody"), "round.not_in_round"),
        ((), Lock(PIN, "grace", "ada"), "round.not_in_round"),
        ((), Lock(HOLD, mentee="nobody"), "round.not_in_round"),
        ((), Lock(PIN, "paula", "grace"), "round.limit"),
        ((), Lock(PIN, "ada", "former"), "round.limit"),
        ((Lock(FORBID, "ada", "grace"),), Lock(PIN, "ada", "grace"), "round.forbidden"),
        ((Lock(HOLD, mentee="ada"),), Lock(PIN, "ada", "grace"), "round.held"),
        ((Lock(HOLD, mentor="grace"),), Lock(PIN, "ada", "grace"), "round.held"),
        ((Lock(PIN, "ada", "henri"),), Lock(PIN, "ada", "grace"), "round.pinned"),
        ((Lock(PIN, "ada", "henri"),), Lock(FORBID, "ada", "henri"), "round.pinned"),
        ((Lock(PIN, "ada", "henri"),), Lock(HOLD, mentee="ada"), "round.pinned"),
        ((Lock(PIN, "ada", "henri"),), Lock(HOLD, mentor="henri"), "round.pinned"),
        ((Lock(PIN, "ada", "grace"),), Lock(PIN, "bob", "grace"), "round.no_place"),
    ],
)
def test_a_lock_that_cannot_hold_is_refused(locks: tuple[Lock, ...], new: Lock, key: str) -> None:
    people = [
        *OFFICE,
        replace(mentee("paula"), available=False),
        replace(mentor("former"), met=frozenset({"ada"})),
    ]

    with pytest.raises(Refusal) as refused:
        lock(people, RULES, locks, new)

    assert refused.value.key == key


def test_a_refused_lock_names_the_limit() -> None:
    former = replace(mentor("former"), met=frozenset({"ada"}))

    with pytest.raises(Refusal) as refused:
        lock([*OFFICE, former], RULES, (), Lock(PIN, "ada", "former"))

    assert refused.value.details == {"mentee": "ada", "mentor": "former", "limit": "met"}


def test_the_same_lock_twice_is_one() -> None:
    locks = lock(OFFICE, RULES, (), Lock(PIN, "ada", "iris"))

    assert lock(OFFICE, RULES, locks, Lock(PIN, "ada", "iris")) == locks


def test_a_pin_whose_people_have_changed_does_not_hold() -> None:
    locks = (Lock(PIN, "ada", "iris"), Lock(PIN, "bob", "grace"), Lock(PIN, "cleo", "gone"))
    people = [replace(one, available=one.id != "iris") for one in OFFICE]

    made = draft(people, RULES, locks)

    assert made.locks == (Lock(PIN, "bob", "grace"),)


@pytest.mark.parametrize(
    ("kind", "mentee", "mentor"), [(PIN, "ada", ""), (FORBID, "", "grace"), (HOLD, "", ""), (HOLD, "ada", "grace")]
)
def test_a_lock_that_names_too_few_or_too_many_cannot_exist(kind: LockKind, mentee: str, mentor: str) -> None:
    with pytest.raises(ValueError, match="names"):
        Lock(kind, mentee, mentor)


def test_two_mentees_exchange_their_mentors_and_stay_so() -> None:
    before = draft(OFFICE, RULES)
    after = give(before, OFFICE, RULES, exchanged(before, "ada", "bob"))

    assert partners(after) == {"ada": "henri", "bob": "grace", "cleo": "iris"}
    assert {one.mentee for one in after.pairs if one.pinned} == {"ada", "bob"}
    assert after.totals.score < before.totals.score
    assert partners(draft(OFFICE, RULES, after.locks)) == partners(after)
    assert partners(give(after, OFFICE, RULES, exchanged(after, "ada", "bob"))) == partners(before)


def test_one_mentee_is_moved_to_a_free_place() -> None:
    people = [*OFFICE, mentor("jo"), mentee("late")]
    before = draft(people, RULES, (Lock(HOLD, mentor="jo"),))
    assert [one.person for one in before.unmatched] == ["late"]

    opened = replace(before, locks=())
    after = give(opened, people, RULES, {"late": "jo"})

    assert partners(after)["late"] == "jo"
    assert after.unmatched == ()
    assert partners(give(after, [*people, mentor("kim")], RULES, {"ada": "kim"}))["ada"] == "kim"


@pytest.mark.parametrize(
    ("locks", "person", "goes_to", "key"),
    [
        ((), "ada", "henri", "round.no_place"),
        ((), "ada", "former", "round.limit"),
        ((), "ada", "nobody", "round.not_in_round"),
        ((), "ada", "bob", "round.not_in_round"),
        ((), "nobody", "jo", "round.not_in_round"),
        ((Lock(FORBID, "ada", "jo"),), "ada", "jo", "round.forbidden"),
        ((Lock(HOLD, mentor="jo"),), "ada", "jo", "round.held"),
        ((Lock(HOLD, mentee="ada"),), "ada", "jo", "round.held"),
    ],
)
def test_an_unlawful_move_is_refused(locks: tuple[Lock, ...], person: str, goes_to: str, key: str) -> None:
    people = [*OFFICE, mentor("jo"), replace(mentor("former"), met=frozenset({"ada"}))]
    before = draft(people, RULES, locks)

    with pytest.raises(Refusal) as refused:
        give(before, people, RULES, {person: goes_to})

    assert refused.value.key == key


def test_an_unlawful_exchange_is_refused() -> None:
    people = [*OFFICE[:4], replace(OFFICE[4], met=frozenset({"ada"})), *OFFICE[5:]]
    before = draft(people, RULES)

    with pytest.raises(Refusal, match="limit"):
        give(before, people, RULES, exchanged(before, "ada", "bob"))


def test_what_changed_since_the_draft_is_found_before_it_is_published() -> None:
    made = draft(OFFICE, RULES)
    changed = {
        "ada": replace(OFFICE[0], available=False),
        "henri": replace(OFFICE[4], load=1),
        "cleo": replace(OFFICE[2], met=frozenset({"iris"})),
    }

    def why(name: str) -> list[tuple[str, str]]:
        people = [changed[one.id] if one.id == name else one for one in OFFICE]
        return [
            (pair.mentee, refusal.details.get("limit", refusal.key)) for pair, refusal in stale(made, people, RULES)
        ]

    assert stale(made, OFFICE, RULES) == ()
    assert why("ada") == [("ada", "away")]
    assert why("henri") == [("bob", "capacity")]
    assert why("cleo") == [("cleo", "met")]
    assert [pair.mentee for pair, _ in stale(made, OFFICE[1:], RULES)] == ["ada"]


def test_five_hundred_and_five_hundred_are_not_scored_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Size is bounded by the work done: the plain rules are asked for the pairs that are shown, and for no others."""
    people = [mentee(f"mentee-{n}", f"skill-{n % 40}") for n in range(520)]
    people += [mentor(f"mentor-{n}", f"skill-{n % 40}") for n in range(500)]
    looked_at = 0

    def counting(one: Candidate, other: Candidate, rules: Rules) -> frozenset[Limit]:
        nonlocal looked_at
        looked_at += 1
        return failed(one, other, rules)

    monkeypatch.setattr("flows.matching.drafting.helping.failed", counting)
    made = draft(people, RULES)

    assert looked_at <= len(made.unmatched) == 20
    assert len(made.pairs) == 500
    fitting = {one.id: one for one in people}
    assert sum(fitting[one.mentee].goals == fitting[one.mentor].teaches for one in made.pairs) == 500
