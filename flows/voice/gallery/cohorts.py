"""The programmes, places and pairs that examples speak of."""

from datetime import UTC, date, datetime

from flows.match import Match, MatchState, Member
from flows.overview import Overview, Pair, Place
from flows.people import SIDES, Participant, Role, Standing
from flows.programme import Cohort, CohortState
from flows.voice.gallery.example import INES, MIRA

MENTORING = Cohort("c1", "pr1", "Mentoring 2027", CohortState.OPEN, date(2027, 3, 8), next_round=date(2027, 3, 15))
TECH = Cohort("c2", "pr2", "Women in Tech", CohortState.RUNNING, date(2027, 3, 8))
ANSWERING = Participant("p1", "c1", INES.id, Standing.ANSWERING)
MENTEE = Participant("p1", "c1", INES.id, Standing.JOINED, frozenset({Role.MENTEE}))
MENTOR = Participant("p2", "c2", INES.id, Standing.JOINED, frozenset({Role.MENTOR}), capacity=2)
PAUSED = Participant("p1", "c1", INES.id, Standing.PAUSED, frozenset(SIDES), 1, paused_until=date(2027, 4, 2))
MATCH = Match(
    "m1",
    "c1",
    MatchState.ACTIVE,
    (Member(MIRA.id, "p3", Role.MENTOR), Member(INES.id, "p1", Role.MENTEE)),
    date(2027, 3, 8),
    date(2027, 5, 30),
)
UNDATED = Pair(MATCH, (MIRA,), number=2)
DATED = Pair(MATCH, (MIRA,), number=2, planned_at=datetime(2027, 3, 18, 9, 30, tzinfo=UTC))
BETWEEN = Pair(MATCH, (MIRA,))


def overview(participant: Participant, *pairs: Pair) -> Overview:
    """Somebody in one programme."""
    return Overview((Place(participant, MENTORING),), pairs)


NOWHERE = Overview((), open=(MENTORING,))
NOTHING_OPEN = Overview(())
IN_TWO = Overview((Place(MENTEE, MENTORING), Place(MENTOR, TECH)), (DATED,))
