"""Every group has somebody to go along, and together they know what it wants."""

import numpy as np

from flows.matching.gatherings.team import accompany


def test_the_second_mentor_of_a_team_knows_what_the_first_does_not() -> None:
    fit = np.array([[950, 900, 0], [950, 900, 0]], dtype=np.int32)
    goals, knows = [{"law", "data"}, {"law"}], [{"law"}, {"law"}, {"data"}]

    assert accompany([(0, 1)], fit, [1, 1, 1], each=2, goals=goals, knows=knows, over=lambda: False) == ((0, 2),)
    assert accompany([(0, 1)], fit, [1, 1, 1], each=2, goals=[()] * 2, knows=knows, over=lambda: False) == ((0, 1),)


def test_a_team_whose_goals_more_members_share_has_who_knows_them() -> None:
    fit = np.zeros((4, 2), dtype=np.int32)
    goals = [{"law"}, {"sales"}, {"law"}, {"law", "data"}]

    found = accompany(
        [(0, 1), (2, 3)], fit, [1, 1], each=1, goals=goals, knows=[{"law"}, {"sales"}], over=lambda: False
    )

    assert found == ((1,), (0,))


def test_every_team_has_a_mentor_before_one_has_two() -> None:
    groups = [(0, 1), (2, 3), (4, 5)]
    fit = np.full((6, 2), 900, dtype=np.int32)
    fit[0, 1] = -1

    def accompanied(places: list[int], *, each: int = 1) -> tuple[tuple[int, ...], ...]:
        nothing: list[set[str]] = [set()] * 6
        return accompany(groups, fit, places, each=each, goals=nothing, knows=[set()] * 2, over=lambda: False)

    assert accompanied([1, 2]) == ((0,), (1,), (1,))
    assert sorted(map(len, accompanied([1, 1]))) == [0, 1, 1]
    assert all(accompanied([2, 2], each=2))
    assert [sorted(mentors) for mentors in accompanied([9, 9], each=3)] == [[0], [0, 1], [0, 1]]


def test_a_mentor_goes_along_where_they_suit_best_in_the_mean() -> None:
    fit = np.array([[100, 0], [0, 900], [300, 0], [300, 0]], dtype=np.int32)

    found = accompany([(0, 1), (2, 3)], fit, [1, 1], each=1, goals=[()] * 4, knows=[()] * 2, over=lambda: False)

    assert found == ((1,), (0,))
