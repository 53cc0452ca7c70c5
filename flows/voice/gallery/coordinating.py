"""Examples of what coordinators read at their desk."""

from collections.abc import Mapping
from datetime import date

from flows.match import Match, MatchState, Member
from flows.people import SIDES, Participant, Role, Standing
from flows.reach import Why
from flows.roles import Rank
from flows.voice import broadcasts, left_out
from flows.voice import coordinating as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.gallery.programmes import COHORT
from flows.voice.message import Action, Plain
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
WORDS = "Lunch for everybody on Friday at noon. <!channel> *bring* a friend."


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    funnel = voice.Funnel(began=52, joined=48, mentors=20, mentees=30, paused=1, left=2, in_a_match=36, unreachable=1)
    listed = [
        voice.Listed(INES, MENTEE, True, ""),
        voice.Listed(MIRA, BOTH, False, "account_inactive"),
    ]
    left = left_out.lines({why: number for number, why in enumerate(Why, start=1)}, say)
    sending = voice.dry_run(
        broadcasts.would_send(48, COHORT, say),
        (),
        broadcasts.said(COHORT, MIRA, WORDS, say),
        say.plain("Send it"),
        Action("broadcast.confirm", {"token": "t-1"}),
        say,
        notes=(*left, *left_out.doubtful(1, say)),
    )
    answers = ((say.plain("Speaks"), (Plain("English"),)),)
    return {
        "coordinating.people": Example(voice.people("Leaders 2027", funnel, listed * 24, say), Shown.ANSWER),
        "coordinating.person": Example(
            voice.person(
                MIRA,
                [("Leaders 2027", BOTH, answers)],
                [voice.Paired("Ines Duarte", Role.MENTOR, MATCH)],
                "account_inactive",
                say,
            ),
            Shown.ANSWER,
        ),
        "coordinating.appointed": Example(
            voice.appointed(
                [(MIRA, [(Rank.OWNER, "")]), (INES, [(Rank.VIEWER, ""), (Rank.COORDINATOR, "Leaders 2027")])] * 21,
                1,
                say,
            ),
            Shown.ANSWER,
        ),
        "coordinating.now_appointed": Example(voice.now_appointed(INES, Rank.COORDINATOR, "", say), Shown.ANSWER),
        "coordinating.now_appointed_here": Example(
            voice.now_appointed(INES, Rank.COORDINATOR, "Leaders 2027", say), Shown.ANSWER
        ),
        "coordinating.now_dismissed": Example(voice.now_dismissed(INES, say), Shown.ANSWER),
        "broadcasts.form": Example(broadcasts.form([COHORT], WORDS, say), Shown.DIALOG),
        "broadcasts.sending": Example(sending, Shown.ANSWER),
        "broadcasts.said": Example(broadcasts.said(COHORT, MIRA, WORDS, say), Shown.PROACTIVE),
        "broadcasts.sent": Example(broadcasts.sent(48, left, say), Shown.ANSWER),
    }
