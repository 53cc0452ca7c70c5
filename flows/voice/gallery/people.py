"""Examples of a cohort's people, and of one of them, as coordinators see them."""

from collections.abc import Mapping
from datetime import date

from flows.match import Match, MatchState, Member
from flows.people import SIDES, Participant, Role, Standing
from flows.voice import people as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.message import Plain
from flows.voice.say import Say

MENTEE = Participant("pa-1", "c-1", "p-ines", Standing.JOINED, frozenset({Role.MENTEE}))
BOTH = Participant(
    "pa-2", "c-1", "p-mira", Standing.PAUSED, frozenset(SIDES), capacity=2, paused_until=date(2027, 4, 1)
)
MATCH = Match(
    "m-1",
    "c-1",
    MatchState.ACTIVE,
    (Member("p-mira", "pa-2", Role.MENTOR), Member("p-ines", "pa-1", Role.MENTEE)),
    date(2027, 3, 22),
    date(2027, 6, 13),
)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    funnel = voice.Funnel(began=52, joined=48, mentors=20, mentees=30, paused=1, left=2, in_a_match=36, unreachable=1)
    listed = [
        voice.Listed(INES, MENTEE, True, ""),
        voice.Listed(MIRA, BOTH, False, "account_inactive"),
    ]
    answers = ((say.plain("Speaks"), (Plain("English"),)),)
    pairs = [voice.Paired("Ines Duarte", Role.MENTOR, MATCH)]
    person = voice.person(MIRA, [("Leaders 2027", BOTH, answers)], pairs, "account_inactive", say)
    return {
        "people.people": Example(voice.people("Leaders 2027", funnel, listed * 24, say), Shown.ANSWER),
        "people.person": Example(person, Shown.ANSWER),
    }
