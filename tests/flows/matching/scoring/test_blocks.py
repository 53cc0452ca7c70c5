"""A block of pairs, a list of pairs and the plain definition of a single pair say the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from flows.matching.limits import failed, mask, permitted
from flows.matching.pairs import contributions, score
from flows.matching.people import Candidate, canonical
from flows.matching.rules import FOR_PROGRAMMES, Curves, Limit, Rules
from flows.matching.scoring.arrays import free_time, tags
from flows.matching.scoring.blocks import Table
from flows.matching.week import read_spans
from tests.flows.matching.company import EVERY, MENTEE, MENTOR, colleague, company, some

SKILLS = tuple(f"skill-{n}" for n in range(65))
DAYS = ("mon", "tue", "wed", "sun")
RULES = {
    "of the offline command": Rules(),
    "of a programme": EVERY,
    "with every limit off": replace(EVERY, limits=dict.fromkeys(EVERY.limits, False)),
    "of a reverse programme": replace(
        EVERY, min_gap=None, max_gap=-1, curves=Curves(seniority={-3: 100, -1: 70}, other=5)
    ),
    "with odd numbers": replace(
        EVERY,
        weights={name: 7 * place + 3 for place, name in enumerate(EVERY.weights)},
        curves=Curves(interests=(1,), language=(99, 3), time=(0, 0, 7), unknown=33),
        min_hours=3,
        max_zone_gap=2,
    ),
    "without a word on most": Rules(weights={"goals": 10_000, "mix": 0}),
    "without time": Rules(min_hours=168),
}
Side = Sequence[Candidate]


def oddly(dice: Random, one: Candidate) -> Candidate:
    """Somebody whose answers are at the ends of what there can be: many skills, odd zones, scattered hours."""
    hours = "|".join(f"{dice.choice(DAYS)} {hour}-{hour + 1}" for hour in (dice.randint(0, 23) for _ in range(9)))
    return replace(
        one,
        free=dice.choice((0, one.free, read_spans(hours, dice.choice((0, 330, 345, 765, -210))))),
        goals=some(dice, SKILLS, dice.choice((1, 4, 10))),
        skills=some(dice, SKILLS, dice.choice((2, 30, 65))),
        teaches=some(dice, SKILLS, dice.choice((2, 5, 65))),
        interests=some(dice, SKILLS, dice.choice((2, 65))),
        grade=dice.choice((None, *range(1, 21))),
        hours=dice.choice((None, 0, *range(1, 21))),
    )


def pool(seed: int, mentees: int, mentors: int, *, odd: bool = False) -> tuple[Side, Side]:
    """Everybody on both sides: a tenth of all pairs are of one and the same person, or know each other."""
    dice = Random(seed)
    people = company(dice, mentees, mentors)
    if odd:
        people = tuple(oddly(dice, one) if dice.random() < 0.7 else one for one in people)
    left, right = people[:mentees], people[mentees:]
    return (*left[: mentees - 5], *right[:5]), right


def plainly(mentees: Side, mentors: Side, rules: Rules) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """Scores (-1: forbidden), masks, and the contributions of all pairs one after the other."""
    scores = [[score(a, b, rules) if permitted(a, b, rules) else -1 for b in mentors] for a in mentees]
    masks = [[mask(failed(a, b, rules)) for b in mentors] for a in mentees]
    parts = [[part.points for part in contributions(a, b, rules)] for a in mentees for b in mentors]
    return scores, masks, parts


@pytest.mark.parametrize("odd", [False, True], ids=["usual people", "odd people"])
@pytest.mark.parametrize("kind", RULES)
def test_the_three_forms_agree_on_ten_thousand_pairs(kind: str, odd: bool) -> None:
    rules = RULES[kind]
    mentees, mentors = pool(len(kind), 100, 100, odd=odd)
    table = Table.of(mentees, mentors, rules)
    scores, masks, parts = plainly(mentees, mentors, rules)
    rows, columns = np.divmod(np.arange(10_000), 100)

    assert table.rules == tuple(rules.weights)
    assert table.scores(slice(None)).tolist() == scores
    assert table.masks(slice(None)).tolist() == masks
    assert table.pairs(rows, columns).tolist() == parts
    summed = table.pairs(rows, columns).sum(axis=1).reshape(100, 100)
    forbidden = table.scores(slice(None)) < 0
    assert (forbidden | (summed == table.scores(slice(None)))).all()


def test_the_forms_agree_in_small_pools_where_each_side_has_words_of_its_own() -> None:
    """What only one of two people has said has no place in the arrays of such a pool."""
    for number in range(300):
        dice = Random(number)
        people = company(dice, dice.randint(1, 4), dice.randint(1, 4))
        mentees = [one for one in people if one.roles != MENTOR]
        mentors = [one for one in people if one.roles != MENTEE]
        rules = dice.choice([*RULES.values()])
        table = Table.of(mentees, mentors, rules)
        scores, masks, parts = plainly(mentees, mentors, rules)
        rows, columns = np.divmod(np.arange(len(mentees) * len(mentors)), len(mentors))

        assert table.scores(slice(None)).tolist() == scores, number
        assert table.masks(slice(None)).tolist() == masks, number
        assert table.pairs(rows, columns).tolist() == parts, number


def test_those_pairs_try_everything() -> None:
    """Every rule gives different points in them, and every limit forbids some and permits others."""
    for odd in (False, True):
        mentees, mentors = pool(14, 100, 100, odd=odd)
        _, masks, parts = plainly(mentees, mentors, EVERY)
        found = np.array(masks)
        assert [len(set(column)) > 2 for column in zip(*parts, strict=True)] == [True] * len(EVERY.weights)
        assert all(0 < int(((found & mask([limit])) > 0).sum()) < 10_000 for limit in Limit)


def test_any_rows_may_be_asked_for() -> None:
    mentees, mentors = pool(1, 100, 37)
    table = Table.of(mentees, mentors, EVERY)
    whole, masks = table.scores(slice(None)), table.masks(slice(None))
    some_rows = np.array([99, 3, 3, 40])

    for rows in (slice(0, 1), slice(31, 70), slice(95, 400), some_rows):
        assert (table.scores(rows) == whole[rows]).all()
        assert (table.masks(rows) == masks[rows]).all()
    assert table.scores(slice(0, 0)).shape == (0, 37)


def test_more_options_than_a_word_has_bits() -> None:
    """Sixty-five skills take two words; the sixty-fifth counts like the first."""
    everything = frozenset(SKILLS)
    ada = Candidate("ada", MENTEE, goals=everything, interests=everything)
    mentors = [Candidate(skill, MENTOR, skills=frozenset({skill}), interests=everything - {skill}) for skill in SKILLS]
    found = Table.of([ada], mentors, EVERY)

    assert len(tags([ada], mentors, lambda one: one.goals, lambda one: one.skills).mentees) == 2
    assert set(found.scores(slice(None)).ravel().tolist()) == {score(ada, mentors[0], EVERY)}
    assert found.scores(slice(None)).max() > 0


def renamed(tag: str) -> str:
    """Another name, whose place in any order is another one."""
    return tag[::-1] + tag


CHANGES: dict[str, Callable[[Candidate], Candidate]] = {
    "options have other names": lambda one: replace(
        one,
        goals=frozenset(map(renamed, one.goals)),
        skills=frozenset(map(renamed, one.skills)),
        teaches=frozenset(map(renamed, one.teaches)),
        interests=frozenset(map(renamed, one.interests)),
        languages=frozenset(map(renamed, one.languages)),
        types_wished=frozenset(map(renamed, one.types_wished)),
        types_offered=frozenset(map(renamed, one.types_offered)),
        office=renamed(one.office),
        function=renamed(one.function),
        moving_into=renamed(one.moving_into),
    ),
    "people have other ids": lambda one: replace(
        one,
        id=renamed(one.id),
        met=frozenset(map(renamed, one.met)),
        blocked=frozenset(map(renamed, one.blocked)),
        manager=renamed(one.manager),
    ),
    "a week later in another zone": lambda one: replace(one, offset=one.offset + 60),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_hangs_on_names(change: str) -> None:
    mentees, mentors = pool(3, 60, 60)
    before = Table.of(mentees, mentors, EVERY)
    after = Table.of([CHANGES[change](one) for one in mentees], [CHANGES[change](one) for one in mentors], EVERY)

    assert (before.scores(slice(None)) == after.scores(slice(None))).all()
    assert (before.masks(slice(None)) == after.masks(slice(None))).all()


def test_nothing_hangs_on_the_order_of_people() -> None:
    mentees, mentors = pool(4, 60, 50)
    dice = Random(1)
    rows, columns = dice.sample(range(60), 60), dice.sample(range(50), 50)
    whole = Table.of(mentees, mentors, EVERY).scores(slice(None))
    shuffled = Table.of([mentees[n] for n in rows], [mentors[n] for n in columns], EVERY).scores(slice(None))

    assert (shuffled == whole[rows][:, columns]).all()


def test_groups_of_people_change_nothing() -> None:
    """What somebody is enters no rule, no limit and no order."""
    mentees, mentors = pool(5, 80, 80)
    dice = Random(2)

    def grouped(people: Side) -> Side:
        groups = ("north", "south", "east", "west")
        return [
            replace(one, segments=(("region", dice.choice(groups)), ("age", dice.choice(groups)))) for one in people
        ]

    marked, others = grouped(mentees), grouped(mentors)
    before, after = Table.of(mentees, mentors, EVERY), Table.of(marked, others, EVERY)

    assert (before.scores(slice(None)) == after.scores(slice(None))).all()
    assert (before.masks(slice(None)) == after.masks(slice(None))).all()
    assert plainly(mentees[:9], mentors[:9], EVERY) == plainly(marked[:9], others[:9], EVERY)
    assert [one.id for one in canonical(mentees, "spring")] == [one.id for one in canonical(marked, "spring")]


@pytest.mark.parametrize(("offsets", "step"), [((0, 60), 4), ((0, 330), 2), ((0, 345), 1), ((330, 345), 1)], ids=str)
def test_free_time_takes_no_more_bits_than_it_needs(offsets: tuple[int, int], step: int) -> None:
    hers, his = (read_spans("mon 8-20|tue 8-20", offset) for offset in offsets)
    bits, found = free_time([Candidate("ada", MENTEE, free=hers)], [Candidate("grace", MENTOR, free=his)])

    assert found == step
    assert bits.most * step == (hers & his).bit_count()
    assert len(bits.mentees) == -(-bits.most // 64)


def test_a_score_does_not_ask_for_places_and_a_mask_does() -> None:
    ada, full = Candidate("ada", MENTEE), Candidate("grace", MENTOR, capacity=1, load=1)
    table = Table.of([ada], [full], FOR_PROGRAMMES)

    assert table.scores(slice(None)).tolist() == [[score(ada, full, FOR_PROGRAMMES)]]
    assert table.masks(slice(None)).tolist() == [[mask([Limit.CAPACITY])]]


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (0, 2), (2, 0)])
def test_a_side_may_be_empty(mentees: int, mentors: int) -> None:
    dice = Random(0)
    table = Table.of(
        [colleague(dice, f"e{n}", MENTEE) for n in range(mentees)],
        [colleague(dice, f"m{n}", MENTOR) for n in range(mentors)],
        EVERY,
    )

    assert table.scores(slice(None)).shape == table.masks(slice(None)).shape == (mentees, mentors)
