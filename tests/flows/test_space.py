"""Where a pair talks follows from what platforms offer, and from nothing else."""

from dataclasses import replace

from flows.people import Account, Person
from flows.space import Links, Space, Way, links_to, way_between

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
