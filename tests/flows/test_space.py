"""Where a pair talks follows from what platforms offer, and from nothing else."""

from dataclasses import replace

import pytest

from flows.people import Account, Person, is_address
from flows.space import Links, Space, Way, links_to, mail_between, way_between

INES = Person("p1", Account("one", "T1", "U1"), "Ines Duarte", "en")
MIRA = Person("p2", Account("one", "T1", "U2"), "Mira Okafor", "en")
LINKS = Links("https://chat.example/mira", "https://chat.example/meet")


def test_a_conversation_is_shared_where_the_bot_can_open_one() -> None:
    assert way_between((INES, MIRA), {"one": Space(shared=True)}) is Way.SHARED


def test_links_serve_where_it_cannot() -> None:
    spaces = {"one": Space(shared=False, links=lambda partner, subject: LINKS if partner is MIRA else None)}
    assert way_between((INES, MIRA), spaces) is Way.LINKS
    assert links_to(MIRA, "Mentoring", spaces) == LINKS
    assert links_to(INES, "Mentoring", spaces) is None


def test_two_workspaces_and_two_platforms_write_through_the_bot() -> None:
    spaces = {"one": Space(shared=True), "two": Space(shared=True)}
    assert way_between((INES, replace(MIRA, account=Account("one", "T2", "U2"))), spaces) is Way.RELAY
    assert way_between((INES, replace(MIRA, account=Account("two", "T1", "U2"))), spaces) is Way.RELAY


def test_a_platform_that_is_not_connected_offers_nothing() -> None:
    assert way_between((INES, MIRA), {}) is Way.RELAY
    assert links_to(MIRA, "Mentoring", {}) is None


def test_people_for_whom_no_conversation_could_be_opened_get_links() -> None:
    spaces = {"one": Space(shared=True, links=lambda partner, subject: LINKS)}
    assert way_between((INES, MIRA), spaces, apart=True) is Way.LINKS
    assert way_between((INES, replace(MIRA, account=Account("two", "T1", "U2"))), spaces, apart=True) is Way.RELAY


def test_an_address_is_had_where_both_agree_and_the_readers_platform_opens_it() -> None:
    spaces = {
        "one": Space(shared=True, mail=lambda address: f"https://mail.example/{address}"),
        "two": Space(shared=True),
    }
    ines = replace(INES, email="ines@one.example", shared_email="yes")
    mira = replace(MIRA, account=Account("two", "T1", "U2"), shared_email="mira@two.example")
    assert mail_between(ines, mira, spaces) == ("mira@two.example", "https://mail.example/mira@two.example")
    assert mail_between(mira, ines, spaces) == ("ines@one.example", "mailto:ines@one.example")
    for one, other in ((ines, replace(mira, shared_email="")), (replace(ines, shared_email=""), mira)):
        assert mail_between(one, other, spaces) == mail_between(other, one, spaces) == ("", "")
    assert mail_between(ines, mira, {}) == ("", "")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ines.duarte@company.example", True),
        ("o'neil+work@mail.company.example", True),
        ("ines", False),
        ("ines@company", False),
        ("ines@company.example?bcc=everybody@company.example", False),
        ("ines@company.example,mira@company.example", False),
        ("<!channel>@company.example", False),
        ("ines duarte@company.example", False),
        ("ines_gmail.com#EXT#@company.example", False),
        ("i" * 64 + "@" + "c" * 200 + ".example", False),
    ],
)
def test_an_address_has_no_sign_that_a_link_would_read_as_more(text: str, fits: bool) -> None:
    assert is_address(text) is fits
