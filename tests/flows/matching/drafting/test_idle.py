"""A mentor who got nobody learns the true cause too, and what is said to help does help."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.remedies import Idle, IdleCause, Remedy, RemedyKind
from flows.matching.drafting.round import draft
from flows.matching.editing.edits import give
from flows.matching.locks import Lock, LockKind
from flows.matching.pairs import score
from flows.matching.people import Candidate, Mode
from flows.matching.rules import Aim
from flows.matching.week import in_utc
from flows.people import Role
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, company, matched

RULES = EVERY
GRACE = Candidate("grace", MENTOR, office="Osaka", languages=frozenset({"en"}))
ADA = Candidate("ada", MENTEE, office="Lisbon", languages=frozenset({"en"}))
FOR_MORE = (Remedy(RemedyKind.MORE_MENTEES),)


def only(made: Draft) -> Idle:
    (one,) = made.idle
    return one


def test_there_are_more_places_than_mentees() -> None:
    idle = only(draft([ADA, GRACE, replace(GRACE, id="henri")], RULES))

    assert (idle.cause, idle.remedies) == (IdleCause.TAKEN, FOR_MORE)


def test_a_mentor_who_wants_to_meet_in_person_where_nobody_is() -> None:
    idle = only(draft([ADA, replace(GRACE, mode=Mode.IN_PERSON)], RULES))

    assert (idle.cause, idle.remedies) == (IdleCause.NO_PERMITTED, (Remedy(RemedyKind.MEET_ONLINE, opens=1),))


def test_a_mentor_with_whom_nobody_can_talk() -> None:
    idle = only(draft([ADA, replace(GRACE, languages=frozenset({"ja"}))], RULES))

    assert idle.remedies == (Remedy(RemedyKind.SPEAK, "en", 1),)


def test_online_is_not_offered_when_everybody_has_a_mentor() -> None:
    people = [ADA, GRACE, replace(GRACE, id="henri", mode=Mode.IN_PERSON)]

    assert only(draft(people, RULES)) == Idle("henri", IdleCause.NO_PERMITTED, FOR_MORE)


def test_nobody_fits_well_enough() -> None:
    ada, grace = replace(ADA, goals=frozenset({"law"})), replace(GRACE, teaches=frozenset({"data"}))
    idle = only(draft([ada, grace], replace(EVERY, aim=Aim.BEST_FIT, minimum=score(ada, grace, RULES) + 1)))

    assert (idle.cause, idle.remedies) == (IdleCause.BELOW_MINIMUM, FOR_MORE)


def test_a_mentor_whom_a_draft_for_the_best_fit_leaves_out() -> None:
    """Without Bob and Henri the lowest fit is much higher, and the draft may give up so much for it."""
    ada = replace(ADA, goals=frozenset({"law"}), languages=frozenset({"pt"}))
    grace = replace(GRACE, teaches=frozenset({"law"}), languages=frozenset({"pt"}))
    rules = replace(EVERY, aim=Aim.BEST_FIT, minimum=0, floor_loss=Fraction(50))
    made = draft([ada, replace(ADA, id="bob"), grace, replace(GRACE, id="henri")], rules)

    assert [one.person for one in made.unmatched] == ["bob"]
    assert (only(made).person, only(made).cause) == ("henri", IdleCause.WHOLE)


def test_a_mentor_who_told_too_little_to_fit_anybody() -> None:
    idle = only(draft([ADA, GRACE], replace(EVERY, aim=Aim.BEST_FIT, minimum=9_000)))

    assert idle.remedies == (Remedy(RemedyKind.MORE_ANSWERS),)


def chain() -> list[Candidate]:
    """Bob has Grace, whom alone Cleo could have; Henri could take Bob if he met online."""
    bob = replace(ADA, id="bob", goals=frozenset({"data"}))
    cleo = replace(ADA, id="cleo", languages=frozenset({"pt"}))
    grace = replace(GRACE, languages=frozenset({"en", "pt"}), teaches=frozenset({"data"}))
    return [bob, cleo, grace, replace(GRACE, id="henri", mode=Mode.IN_PERSON)]


def test_an_answer_helps_through_somebody_who_moves_over() -> None:
    bob, cleo, grace, henri = chain()
    made = draft([replace(bob, waited=1), cleo, grace, henri], RULES)

    assert [(one.mentee, one.mentor) for one in made.pairs] == [("bob", "grace")]
    assert only(made).remedies == (Remedy(RemedyKind.MEET_ONLINE, opens=1),)


def test_nobody_moves_over_from_a_pinned_pair() -> None:
    made = draft(chain(), RULES, (Lock(LockKind.PIN, "bob", "grace"),))

    assert only(made).remedies == FOR_MORE


def test_a_mentor_who_has_a_mentee_already_is_not_idle() -> None:
    assert draft([replace(GRACE, capacity=2, load=1)], RULES).idle == ()


def test_a_move_by_hand_that_leaves_a_mentor_for_somebody_says_so() -> None:
    bob = replace(ADA, id="bob", met=frozenset({"henri"}))
    people = [ADA, bob, GRACE, replace(GRACE, id="henri")]
    made = draft(people, RULES, (Lock(LockKind.PIN, "ada", "grace"),))
    moved = give(made, people, RULES, {"ada": "henri"})

    assert only(moved) == Idle("grace", IdleCause.OPEN, (Remedy(RemedyKind.DRAFT_AGAIN),))


def test_everything_said_to_help_a_mentor_does_help() -> None:
    seen: Counter[RemedyKind] = Counter()
    for number in range(400):
        dice = Random(number)
        people = {one.id: one for one in company(dice, dice.randint(1, 8), dice.randint(1, 8))}
        made = draft(people.values(), RULES)
        assert {one.mentee: one.mentor for one in made.pairs} == matched(people.values(), RULES)
        for idle in made.idle:
            assert idle.remedies, "nobody is left without a word on what would help"
            one = people[idle.person]
            for remedy in idle.remedies:
                match remedy.kind:
                    case RemedyKind.MEET_ONLINE:
                        changed = replace(one, mode=Mode.EITHER)
                    case RemedyKind.SPEAK:
                        changed = replace(one, languages=one.languages | {remedy.detail})
                    case RemedyKind.FREE_AT:
                        changed = replace(one, free=one.free | in_utc((remedy.detail,), one.offset))
                    case _:
                        continue
                again = matched((people | {one.id: changed}).values(), RULES)
                assert len(again) > len(made.pairs), (number, idle, remedy)
                if Role.MENTEE not in one.roles:
                    assert one.id in again.values()
                seen[remedy.kind] += 1
    assert seen[RemedyKind.MEET_ONLINE] >= 5
    assert seen[RemedyKind.SPEAK] >= 5
    assert seen[RemedyKind.FREE_AT] >= 5


def test_a_mentee_who_joins_and_is_suited_is_matched() -> None:
    """What MORE_MENTEES says, for pools in which it is all that there is to say."""
    tried = 0
    for number in range(100):
        people = company(Random(number), 3, 6)
        made = draft(people, RULES)
        for idle in made.idle:
            one = next(one for one in people if one.id == idle.person)
            if idle.remedies != FOR_MORE:
                continue
            suited = replace(one, id="new", roles=MENTEE, met=frozenset(), blocked=frozenset(), goals=one.teaches)
            assert len(matched([*people, suited], RULES)) > len(made.pairs)
            tried += 1
    assert tried > 50
