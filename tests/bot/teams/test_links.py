"""Links of Teams carry an address and a subject, and nothing that could be read as more."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.teams.links import links_to, opens_mail
from flows.people import Account, Person

MIRA = Person("p1", Account("teams", "t", "o"), "Mira Okafor", "en", email="mira+m&x=1@example.com")


def test_a_link_names_the_person_and_the_subject() -> None:
    links = links_to(MIRA, "Mentoring: Ines & Mira")
    assert links is not None
    assert links.chat == "https://teams.microsoft.com/l/chat/0/0?users=mira%2Bm%26x%3D1@example.com"
    assert links.meeting == (
        "https://teams.microsoft.com/l/meeting/new?subject=Mentoring%3A%20Ines%20%26%20Mira"
        "&attendees=mira%2Bm%26x%3D1@example.com"
    )


def test_nobody_is_linked_whose_address_is_unknown() -> None:
    assert links_to(replace(MIRA, email=""), "Mentoring") is None


def test_an_e_mail_opens_on_the_web_since_cards_open_no_other_kind_of_address() -> None:
    opened = urlsplit(opens_mail("mira+m&x=1@example.com"))
    assert (opened.scheme, opened.hostname) == ("https", "outlook.office.com")
    assert parse_qs(opened.query, strict_parsing=True) == {"to": ["mira+m&x=1@example.com"]}
