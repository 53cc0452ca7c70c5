"""Whoever stays without a mentor learns the true cause, and what is said to help does help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from flows.matching.drafting.changes import OFFERED
from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.helping import fits
from flows.matching.drafting.remedies import Cause, Remedy, RemedyKind, Unmatched
from flows.matching.drafting.round import draft
from flows.matching.editing.edits import give
from flows.matching.locks import Lock, LockKind
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Aim, Limit, Rules
from flows.matching.week import in_utc, read_spans
from flows.people import Role
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, company, matched

RULES = EVERY
GRACE = Candidate("grace", MENTOR, office="Osaka", languages=frozenset({"en"}))
ADA = Candidate("ada", MENTEE, languages=frozenset({"en"}))
ELSEWHERE = {RemedyKind.DRAFT_AGAIN, RemedyKind.MORE_MENTEES, RemedyKind.LOWER_MINIMUM}
PERSONAL = {RemedyKind.MEET_ONLINE, RemedyKind.SPEAK, RemedyKind.FREE_AT}


def after(
    remedy: Remedy, person: str, people: Sequence[Candidate], rules: Rules
) -> tuple[tuple[Candidate, ...], Rules]:
    """The world once somebody has done what the remedy says."""
    changed = {one.id: one for one in people}
    one = changed[person]
    match remedy.kind:
        case RemedyKind.MEET_ONLINE:
            changed[person] = replace(one, mode=Mode.EITHER)
        case RemedyKind.SPEAK:
            changed[person] = replace(one, languages=one.languages | {remedy.detail})
        case RemedyKind.FREE_AT:
            changed[person] = replace(one, free=one.free | in_utc((remedy.detail,), one.offset))
        case RemedyKind.MORE_PLACES:
            mentor = changed[remedy.detail]
            changed[mentor.id] = replace(mentor, capacity=max(mentor.capacity, mentor.load) + 1)
        case RemedyKind.WIDER_ZONE:
            rules = replace(rules, max_zone_gap=int(remedy.detail))
        case RemedyKind.LOWER_MINIMUM:
            rules = replace(rules, minimum=int(remedy.detail))
        case RemedyKind.MORE_MENTORS | RemedyKind.MORE_ANSWERS:
            if remedy.kind is RemedyKind.MORE_ANSWERS:
                one = replace(one, office=one.office or "Lisbon", goals=frozenset({"law"}), moving_into="law")
                one = replace(one, hours=2, languages=frozenset({"en"}), free=in_utc(["tue-am"], 0))
            changed[person] = one
            changed["new"] = replace(
                one, id="new", roles=MENTOR, capacity=1, load=0, met=frozenset(), blocked=frozenset(),
                mode=Mode.EITHER, teaches=one.goals,
                function=one.moving_into, types_offered=one.types_wished, new=False,
            )  # fmt: skip
        case RemedyKind.DRAFT_AGAIN | RemedyKind.MORE_MENTEES:
            pass
    return tuple(changed.values()), rules


def only(made: Draft) -> Unmatched:
    (left,) = made.unmatched
    return left


def test_everything_said_to_help_does_help() -> None:
    seen: Counter[RemedyKind] = Counter()
    causes: Counter[Cause] = Counter()
    for number in range(400):
        dice = Random(number)
        people = company(dice, dice.randint(1, 8), dice.randint(1, 8))
        if number % 3 == 0:
            people = tuple(replace(one, met=frozenset(), languages=frozenset({"en"})) for one in people)
        rules = replace(EVERY, max_zone_gap=dice.choice((2, 6, 12)))
        made = draft(people, rules)
        assert {one.mentee: one.mentor for one in made.pairs} == matched(people, rules)
        for left in made.unmatched:
            assert left.remedies, "nobody is left without a word on what would help"
            causes[left.cause] += 1
            for remedy in left.remedies:
                again = matched(*after(remedy, left.person, people, rules))
                assert len(again) > len(made.pairs), (number, left, remedy)
                one = next(one for one in people if one.id == left.person)
                if remedy.kind in PERSONAL and Role.MENTOR not in one.roles:
                    assert left.person in again
                seen[remedy.kind] += 1
    assert all(seen[kind] >= 5 for kind in RemedyKind if kind not in ELSEWHERE), seen
    assert all(causes[cause] >= 5 for cause in (Cause.NO_PERMITTED, Cause.PLACES)), causes


def test_without_a_remedy_of_their_own_no_single_answer_would_have_helped() -> None:
    """The other way round: where none of a kind is offered, to try all of it confirms that nobody more is matched."""
    every = {
        RemedyKind.MEET_ONLINE: ("",),
        RemedyKind.SPEAK: ("de", "en", "ja", "pt"),
        RemedyKind.FREE_AT: OFFERED,
    }
    tried: Counter[RemedyKind] = Counter()
    for number in range(8):
        people = company(Random(number), 6, 5)
        made = draft(people, RULES)
        for left in made.unmatched:
            one = next(one for one in people if one.id == left.person)
            kinds = {remedy.kind for remedy in left.remedies}
            # Who mentors as well may be matched on that side by the same answer; who said nothing passes every limit.
            unsaid = {RemedyKind.SPEAK: not one.languages, RemedyKind.FREE_AT: not one.free}
            for kind in PERSONAL - kinds if Role.MENTOR not in one.roles else ():
                for detail in () if unsaid.get(kind) else every[kind]:
                    again = matched(*after(Remedy(kind, detail), left.person, people, RULES))
                    assert len(again) == len(made.pairs), (number, left, kind, detail)
                    tried[kind] += 1
    assert set(tried) == PERSONAL, tried


def test_the_proof_and_the_number_of_those_left_agree() -> None:
    """So many more people than places, whatever the pairs."""
    short = 0
    for number in range(200):
        dice = Random(number)
        made = draft(company(dice, dice.randint(1, 8), dice.randint(1, 8)), RULES)
        proof = made.proof.shortage
        assert (proof is None) == (not made.unmatched)
        if proof is not None:
            assert proof.short == len(made.unmatched)
            assert {one.person for one in made.unmatched} <= set(proof.mentees)
            short += 1
    assert short > 50


def test_somebody_who_wants_to_meet_in_person_far_from_every_mentor() -> None:
    ada = replace(ADA, mode=Mode.IN_PERSON, office="Lisbon")
    left = only(draft([ada, GRACE, replace(GRACE, id="henri")], RULES))

    assert (left.cause, left.permitted, left.limits) == (Cause.NO_PERMITTED, 0, ((Limit.OFFICE, 2),))
    assert left.remedies == (Remedy(RemedyKind.MEET_ONLINE, opens=2),)


def test_somebody_with_whom_no_mentor_can_talk() -> None:
    left = only(draft([replace(ADA, languages=frozenset({"pt"})), GRACE], RULES))

    assert left.limits == ((Limit.LANGUAGE, 1),)
    assert left.remedies == (Remedy(RemedyKind.SPEAK, "en", 1),)


def test_somebody_far_from_every_clock() -> None:
    left = only(draft([replace(ADA, offset=-300), replace(GRACE, offset=90)], RULES))

    assert left.remedies == (Remedy(RemedyKind.WIDER_ZONE, "7", 1),)


def test_somebody_for_whom_no_place_is_left() -> None:
    people = [replace(ADA, waited=1), replace(ADA, id="bob"), GRACE]
    left = only(draft(people, RULES))

    assert (left.person, left.cause, left.permitted) == ("bob", Cause.PLACES, 1)
    assert left.remedies == (Remedy(RemedyKind.MORE_PLACES, "grace", 1),)


@pytest.mark.parametrize(
    ("capacity", "load", "kind"),
    [
        (1, 1, RemedyKind.MORE_PLACES),
        (1, 3, RemedyKind.MORE_PLACES),
        (5, 5, RemedyKind.MORE_MENTORS),
        (1, 5, RemedyKind.MORE_MENTORS),
    ],
)
def test_a_mentor_who_is_full_may_take_one_more_up_to_five(capacity: int, load: int, kind: RemedyKind) -> None:
    left = only(draft([ADA, replace(GRACE, capacity=capacity, load=load)], RULES))

    assert (left.cause, left.permitted, left.limits) == (Cause.PLACES, 1, ((Limit.CAPACITY, 1),))
    assert [remedy.kind for remedy in left.remedies] == [kind]


def test_the_least_widening_that_helps_is_named() -> None:
    people = [replace(ADA, offset=-300), replace(GRACE, offset=120), replace(GRACE, id="henri", offset=210)]

    assert only(draft(people, RULES)).remedies == (Remedy(RemedyKind.WIDER_ZONE, "7", 1),)


def test_nobody_moves_up_from_a_pinned_pair() -> None:
    """Bob could go to Henri and make room for Ada, if only his coordinator had not chosen Grace for him."""
    ada = replace(ADA, mode=Mode.IN_PERSON, office="Lisbon", languages=frozenset({"pt"}))
    bob = replace(ADA, id="bob")
    people = [ada, bob, replace(GRACE, languages=frozenset({"en", "pt"})), replace(GRACE, id="henri")]
    free = only(draft(people, RULES, (Lock(LockKind.FORBID, "bob", "henri"),)))
    pinned = draft(people, RULES, (Lock(LockKind.PIN, "bob", "grace"),))

    assert RemedyKind.MEET_ONLINE not in {remedy.kind for remedy in free.remedies}
    assert RemedyKind.MEET_ONLINE not in {remedy.kind for remedy in only(pinned).remedies}
    assert {one.person for one in pinned.idle} == {"henri"}


def test_somebody_whom_nobody_fits_well_enough() -> None:
    ada = replace(ADA, goals=frozenset({"law"}))
    grace = replace(GRACE, teaches=frozenset({"data"}))
    left = only(draft([ada, grace], replace(EVERY, aim=Aim.BEST_FIT, minimum=5_000)))

    assert (left.cause, left.permitted) == (Cause.BELOW_MINIMUM, 1)
    (remedy,) = left.remedies
    assert remedy.kind is RemedyKind.LOWER_MINIMUM
    assert len(draft([ada, grace], replace(EVERY, aim=Aim.BEST_FIT, minimum=int(remedy.detail))).pairs) == 1
    assert draft([ada, grace], replace(EVERY, aim=Aim.BEST_FIT, minimum=int(remedy.detail) + 1)).pairs == ()


def test_somebody_whom_a_draft_for_the_best_fit_leaves_out_though_there_is_room() -> None:
    """Grace has a place, and so much to do already that a pair with her is worth less than none."""
    grace = replace(GRACE, capacity=5, load=4)
    left = only(draft([ADA, grace], replace(EVERY, aim=Aim.BEST_FIT, minimum=0, load=5_000)))

    assert (left.cause, left.permitted) == (Cause.WHOLE, 1)
    assert [remedy.kind for remedy in left.remedies] == [RemedyKind.MORE_MENTORS]


@pytest.mark.parametrize("aim", [Aim.BEST_FIT, Aim.STABLE])
def test_one_place_more_is_said_to_help_only_where_as_many_as_possible_are_matched(aim: Aim) -> None:
    """Whoever prefers that place may move there, and leave one behind that suits nobody who waits."""
    left = only(draft([ADA, replace(ADA, id="bob"), GRACE], replace(EVERY, aim=aim, minimum=0)))

    assert left.cause is Cause.PLACES
    assert [remedy.kind for remedy in left.remedies] == [RemedyKind.MORE_MENTORS]


def test_that_those_who_fit_have_no_place_is_said_only_where_it_is_so() -> None:
    seen: Counter[Cause] = Counter()
    for number in range(100):
        dice = Random(number)
        people = company(dice, dice.randint(1, 8), dice.randint(1, 8))
        rules = replace(EVERY, aim=Aim.BEST_FIT, minimum=1_000, load=dice.choice((0, 3_000)), floor_loss=Fraction(20))
        made = draft(people, rules)
        taken = Counter(one.mentor for one in made.pairs)
        here = {one.id: one for one in people}
        room = [one for one in people if Role.MENTOR in one.roles and one.places > taken[one.id]]
        for left in made.unmatched:
            seen[left.cause] += 1
            fit = [one for one in room if one.id != left.person and fits(here[left.person], one, rules)]
            if left.cause in (Cause.PLACES, Cause.WHOLE):
                assert bool(fit) == (left.cause is Cause.WHOLE), (number, left)
            assert not {RemedyKind.MORE_PLACES} & {one.kind for one in left.remedies}
    assert min(seen[Cause.PLACES], seen[Cause.WHOLE]) >= 5, seen


def test_an_answer_that_would_only_push_somebody_out_is_not_offered() -> None:
    """Grace is the only mentor and has one place: if Ada met online too, Bob would lose it."""
    ada = replace(ADA, mode=Mode.IN_PERSON, office="Lisbon")
    left = only(draft([ada, replace(ADA, id="bob"), GRACE], RULES))

    assert left.person == "ada"
    assert [remedy.kind for remedy in left.remedies] == [RemedyKind.MORE_MENTORS]


def test_an_answer_helps_through_somebody_who_moves_up() -> None:
    """Only Grace could meet Ada online; Bob has Grace, and can go to Henri."""
    ada = replace(ADA, mode=Mode.IN_PERSON, office="Lisbon", languages=frozenset({"pt"}))
    bob = replace(ADA, id="bob", goals=frozenset({"data"}))
    grace = replace(GRACE, languages=frozenset({"en", "pt"}), teaches=frozenset({"data"}))
    henri = replace(GRACE, id="henri")
    made = draft([ada, bob, grace, henri], RULES)

    assert [(one.mentee, one.mentor) for one in made.pairs] == [("bob", "grace")]
    assert Remedy(RemedyKind.MEET_ONLINE, opens=1) in only(made).remedies


def test_a_move_by_hand_that_opens_a_place_says_so() -> None:
    people = [ADA, replace(ADA, id="bob"), GRACE, replace(GRACE, id="henri", met=frozenset({"bob"}))]
    people = [*people, replace(GRACE, id="iris")]
    made = draft(people, RULES, (Lock(LockKind.PIN, "ada", "grace"), Lock(LockKind.HOLD, mentor="iris")))
    assert [one.cause for one in made.unmatched] != [Cause.OPEN]

    moved = give(replace(made, locks=()), people, RULES, {"ada": "iris"})

    left = only(moved)
    assert (left.person, left.cause, left.remedies) == ("bob", Cause.OPEN, (Remedy(RemedyKind.DRAFT_AGAIN),))
    assert draft(people, RULES, moved.locks).unmatched == ()


def test_who_waited_longest_is_first_in_the_queue() -> None:
    people = [replace(ADA, id=f"mentee-{n}", waited=n) for n in range(4)]
    made = draft(people, RULES)

    assert [(one.person, one.queue) for one in made.unmatched] == [
        ("mentee-3", 1),
        ("mentee-2", 2),
        ("mentee-1", 3),
        ("mentee-0", 4),
    ]


@pytest.mark.parametrize("kind", [RemedyKind.MEET_ONLINE, RemedyKind.SPEAK, RemedyKind.WIDER_ZONE])
def test_a_forbidden_mentor_shows_nowhere(kind: RemedyKind) -> None:
    ada = {
        RemedyKind.MEET_ONLINE: replace(ADA, mode=Mode.IN_PERSON, office="Lisbon"),
        RemedyKind.SPEAK: replace(ADA, languages=frozenset({"pt"})),
        RemedyKind.WIDER_ZONE: replace(ADA, offset=540),
    }[kind]
    left = only(draft([ada, GRACE], RULES, (Lock(LockKind.FORBID, "ada", "grace"),)))

    assert left.cause is Cause.NO_PERMITTED
    assert left.limits == ()
    assert [remedy.kind for remedy in left.remedies] == [RemedyKind.MORE_MENTORS]


def test_somebody_who_wants_to_meet_in_person_and_names_no_office() -> None:
    ada = replace(ADA, mode=Mode.IN_PERSON)

    assert only(draft([ada, GRACE], RULES)).remedies == (Remedy(RemedyKind.MEET_ONLINE, opens=1),)
    assert only(draft([ada], RULES)).remedies == (Remedy(RemedyKind.MORE_ANSWERS),)
    assert only(draft([replace(ada, office="Lisbon")], RULES)).remedies == (Remedy(RemedyKind.MORE_MENTORS, "Lisbon"),)


def test_somebody_who_is_avoided_shows_nowhere() -> None:
    left = only(draft([ADA, replace(GRACE, blocked=frozenset({"ada"}))], RULES))

    assert (left.cause, left.permitted, left.limits) == (Cause.NO_PERMITTED, 0, ())
    assert [remedy.kind for remedy in left.remedies] == [RemedyKind.MORE_MENTORS]


def test_somebody_who_is_never_free_at_the_same_time() -> None:
    ada, grace = (replace(one, free=in_utc([slot], 0)) for one, slot in ((ADA, "tue-am"), (GRACE, "tue-pm")))
    left = only(draft([ada, grace], RULES))

    assert left.limits == ((Limit.TIME, 1),)
    assert left.remedies == (Remedy(RemedyKind.FREE_AT, "tue-pm", 1),)


def test_the_part_of_a_day_is_the_one_that_most_mentors_share_on_the_mentees_clock() -> None:
    ada = replace(ADA, offset=-300, free=in_utc(["mon-am"], -300))
    grace = replace(GRACE, offset=0, free=in_utc(["thu-pm"], 0))
    others = [replace(grace, id="henri"), replace(grace, id="iris", free=in_utc(["fri-pm"], 0))]

    assert only(draft([ada, grace, *others], RULES)).remedies == (Remedy(RemedyKind.FREE_AT, "thu-am", 2),)


def test_two_more_hours_a_week_are_not_found_in_one_part_of_a_day_that_is_shared_for_one() -> None:
    """What would not be enough by itself is not offered."""
    ada = replace(ADA, free=in_utc(["mon-am"], 0))
    grace = replace(GRACE, free=read_spans("tue 9-10|wed 9-10", 0))
    rules = replace(RULES, min_hours=2)

    assert [remedy.kind for remedy in only(draft([ada, grace], rules)).remedies] == [RemedyKind.MORE_MENTORS]


def test_an_answer_that_was_given_meanwhile_is_known() -> None:
    ada = replace(ADA, mode=Mode.IN_PERSON, languages=frozenset({"pt"}), free=in_utc(["tue-am"], 60), offset=60)
    remedies = [Remedy(RemedyKind.MEET_ONLINE), Remedy(RemedyKind.SPEAK, "en"), Remedy(RemedyKind.FREE_AT, "tue-pm")]
    done = replace(ada, mode=Mode.EITHER, languages=frozenset({"en"}), free=in_utc(["tue-am", "tue-pm"], 60))

    assert [remedy.is_done(ada) for remedy in remedies] == [False] * 3
    assert [remedy.is_done(done) for remedy in remedies] == [True] * 3
    assert not Remedy(RemedyKind.MORE_MENTORS).is_done(done)
