"""Examples of where a pair talks: a chat that they share, links to one, and words that are carried over."""

from collections.abc import Mapping
from dataclasses import replace

from flows.people import Account, Role
from flows.space import Between, Card, Links, Way
from flows.voice import coordinating, matches
from flows.voice import spaces as voice
from flows.voice.gallery.example import INES, MIRA, NOW, Example, Shown
from flows.voice.gallery.matches import QUESTIONS, USUAL
from flows.voice.gallery.people import MATCH
from flows.voice.message import Action, Plain, Quote
from flows.voice.reasons import sentences
from flows.voice.say import Say

ELSEWHERE = replace(MIRA, account=Account("elsewhere", "T2", "U2"))
SHARED = Between(Way.SHARED)
LINKS = Between(Way.LINKS, links=Links("https://chat.example/with/mira", "https://chat.example/meet/mira"))
UNKNOWN = Between(Way.LINKS)
RELAY = Between(Way.RELAY)
ADDRESSES = {Role.MENTEE: "mira.okafor@example.com", Role.MENTOR: "ines.duarte@example.com"}
"""Of the partner of whoever has that role."""
WORDS = Quote((Plain("Hello Mira, shall we find half an hour on Thursday?"),))


def examples(say: Say) -> Mapping[str, Example]:
    """Each way, and what is written on the last of them."""
    found: dict[str, Example] = {}
    for role, partner in ((Role.MENTEE, ELSEWHERE), (Role.MENTOR, INES)):
        why = sentences(USUAL, role, partner, QUESTIONS, 0, say)
        organiser = "" if role is Role.MENTEE else INES.first_name
        begun = replace(RELAY, card=Card(None, organiser))
        dated = replace(RELAY, card=Card(NOW, organiser, 2, 1))
        agreed = replace(RELAY, card=Card(None, organiser, email=ADDRESSES[role], mail=f"mailto:{ADDRESSES[role]}"))
        found[f"spaces.links_{role}"] = Example(
            matches.introduction(MATCH, role, partner, why, say, between=LINKS), Shown.PROACTIVE
        )
        found[f"spaces.card_{role}"] = Example(
            matches.introduction(MATCH, role, partner, why, say, between=begun), Shown.PROACTIVE
        )
        found[f"spaces.card_with_mail_{role}"] = Example(
            matches.introduction(MATCH, role, partner, why, say, between=agreed), Shown.PROACTIVE
        )
        found[f"spaces.card_with_a_date_{role}"] = Example(
            matches.introduction(MATCH, role, partner, why, say, between=dated, greeted=True), Shown.ANSWER
        )
    pairing = coordinating.dry_run(
        matches.would_pair(ELSEWHERE, INES, Way.RELAY, say),
        matches.capacity(1, 2, say),
        None,
        say.plain("Introduce them"),
        Action("pair.confirm", {"token": "t-1"}),
        say,
    )
    return found | {
        "spaces.over": Example(matches.over(MIRA, say), Shown.ANSWER),
        "spaces.shared": Example(voice.shared(MIRA, INES, say), Shown.ANSWER),
        "spaces.hello": Example(voice.hello(MIRA, SHARED, say), Shown.ANSWER),
        "spaces.hello_by_links": Example(voice.hello(MIRA, LINKS, say), Shown.ANSWER),
        "spaces.hello_by_name": Example(voice.hello(MIRA, UNKNOWN, say), Shown.ANSWER),
        "spaces.hello_carried": Example(voice.hello(MIRA, RELAY, say), Shown.ANSWER),
        "spaces.write": Example(voice.write("m1", MIRA, say), Shown.DIALOG),
        "spaces.on_its_way": Example(voice.on_its_way(MIRA, say), Shown.ANSWER),
        "spaces.carried": Example(voice.carried("m1", INES, WORDS, say), Shown.PROACTIVE),
        "spaces.pairing": Example(pairing, Shown.ANSWER),
    }
