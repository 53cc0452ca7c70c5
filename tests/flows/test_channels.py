"""Which channel stands at the end of what somebody typed."""

import pytest

from flows.channels import Channel, Meant, meant

GENERAL = Channel("c1", "at c1", "", "t1", "Harbour & Co")
MENTORING = Channel("c2", "at c2", "mentoring", "t1", "Harbour & Co")
OTHER_GENERAL = Channel("c3", "at c3", "", "t2", "Product")
LAUNCHES = Channel("c4", "at c4", "Big launches", "t2", "Product")
UNTOLD = Channel("c5", "at c5", "plans", "t3", "")
KNOWN = (GENERAL, MENTORING, OTHER_GENERAL, LAUNCHES, UNTOLD)


@pytest.mark.parametrize(
    ("typed", "before", "found"),
    [
        ("Spring #mentoring", "Spring", [MENTORING]),
        ("Spring #Mentoring", "Spring", [MENTORING]),
        ("#mentoring", "", [MENTORING]),
        ("Spring mentoring #big launches", "Spring mentoring", [LAUNCHES]),
        ("Spring Product > Big launches", "Spring", [LAUNCHES]),
        ("Spring product›#big launches", "Spring", [LAUNCHES]),
        ("Spring Harbour & Co > General", "Spring", [GENERAL]),
        ("Spring Product›General", "Spring", [OTHER_GENERAL]),
        ("Spring #general", "Spring", [GENERAL, OTHER_GENERAL]),
        ("Spring #plans", "Spring", [UNTOLD]),
        ("Team #1 #plans", "Team #1", [UNTOLD]),
    ],
)
def test_a_channel_is_known_by_its_name_or_with_its_team(typed: str, before: str, found: list[Channel]) -> None:
    told = meant(typed, KNOWN, first="General")
    assert (told.words, list(told.channels)) == (before, found)


@pytest.mark.parametrize("typed", ["Spring", "Spring general", "Spring mentoring", "Two > one", "a#plans", ""])
def test_words_without_a_channel_stay_as_they_are(typed: str) -> None:
    assert meant(typed, KNOWN, first="General") == Meant(typed)


def test_a_channel_that_is_not_known_is_told_apart_from_the_rest() -> None:
    assert meant("Spring 2027 #genral", KNOWN, first="General") == Meant("Spring 2027", (), "#genral")


def test_the_first_channel_of_a_team_has_its_name_in_each_language() -> None:
    assert meant("Spring #Geral", KNOWN, first="Geral").channels == (GENERAL, OTHER_GENERAL)
