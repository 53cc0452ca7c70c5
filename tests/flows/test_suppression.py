"""Whoever adds and subtracts everything that is shown still learns nothing about fewer than five people."""

from collections.abc import Mapping
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.suppression import AT_LEAST, suppress

divisions = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), max_size=7)


def learned(groups: Mapping[str, int], shown: frozenset[str]) -> dict[tuple[str, ...], int]:
    """Every union of groups whose count can be had as a linear combination of what is shown and the total."""
    names = sorted(name for name in groups if groups[name])
    published = [[1] * len(names), *([int(name == one) for name in names] for one in sorted(shown))]
    rank = np.linalg.matrix_rank(published)
    unions = chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))
    return {
        union: sum(groups[name] for name in union)
        for union in unions
        if np.linalg.matrix_rank([*published, [int(name in union) for name in names]]) == rank
    }


@given(groups=divisions)
def test_no_subtraction_reveals_fewer_than_five_or_a_hidden_group(groups: Mapping[str, int]) -> None:
    shown = suppress(groups)
    if sum(groups.values()) < AT_LEAST:
        assert not shown
        return  # Not even the total is told.

    for union, count in learned(groups, shown).items():
        assert count >= AT_LEAST
        assert len(union) > 1 or union[0] in shown


@given(groups=divisions)
def test_nothing_is_hidden_without_need(groups: Mapping[str, int]) -> None:
    small = [count for count in groups.values() if 0 < count < AT_LEAST]
    more = [name for name, count in groups.items() if count >= AT_LEAST and name not in suppress(groups)]

    if not small:
        assert not more
    assert len(more) <= 1, "a group of five is enough company for any that are smaller"


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ({}, ""),
        ({"a": 5}, "a"),
        ({"a": 4}, ""),
        ({"a": 9, "b": 8}, "ab"),
        ({"a": 9, "b": 8, "c": 3}, "a"),
        ({"a": 9, "b": 3}, ""),
        ({"a": 9, "b": 3, "c": 2}, "a"),
        ({"a": 9, "b": 1, "c": 2}, ""),
        ({"a": 9, "b": 0}, "a"),
        ({"b": 6, "a": 6, "c": 1}, "b"),
    ],
)
def test_a_second_group_is_hidden_when_subtraction_would_reveal_the_first(groups: dict[str, int], shown: str) -> None:
    assert suppress(groups) == frozenset(shown)


def test_the_order_in_which_groups_are_given_does_not_matter() -> None:
    groups = {"a": 6, "b": 6, "c": 1, "d": 6}

    assert suppress(groups) == suppress(dict(reversed(groups.items())))
