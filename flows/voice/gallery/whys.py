"""Examples of what is said of a pair that the draft does not have, and of two ways side by side."""

from collections.abc import Mapping
from dataclasses import replace

from flows.matching.editing.asking import Why
from flows.matching.editing.comparing import Comparison, Outcome
from flows.matching.editing.difference import Difference, Moved
from flows.matching.editing.pricing import Step
from flows.matching.rules import Limit
from flows.voice import comparisons
from flows.voice import whys as voice
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.gallery.locks import HANNAH, PEOPLE
from flows.voice.gallery.matches import QUESTIONS, USUAL
from flows.voice.message import Action
from flows.voice.reasons import points
from flows.voice.say import Say

ASKED = voice.Asked(INES, HANNAH, 5_800, MIRA, 6_400, least=1_650, whole=178_000)
STEPS = (Step("pa-1", "pa-2", "pa-4", 6_400, 5_800), Step("pa-3", "pa-4", "pa-2", 7_100, 6_200))
MOST = Outcome(mentees=31, matched=30, mean=6_300, lowest=4_100, load=((0, 2), (1, 6), (2, 12)), proved=True)
FIT = Outcome(mentees=31, matched=27, mean=6_900, lowest=5_200, load=((0, 3), (1, 7), (2, 10)), proved=False)
NOBODY = Outcome(mentees=3, matched=0, mean=None, lowest=None, load=(), proved=True)
MANY = tuple(Moved("pa-1", "pa-2", "pa-4", -600) for _ in range(12))


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    action = Action("match.why", {"cohort": "c-1", "round": "r-1", "mentee": "pa-1", "mentor": "pa-2"})
    found = Comparison(MOST, FIT, Difference(20, MANY, ("pa-3",), ("pa-1", "pa-2")))
    shown = {
        "whys.together": voice.together(INES, MIRA, 6_400, points(USUAL, QUESTIONS, 0, say), say),
        "whys.at_least": voice.why_not(ASKED, action, say),
        "whys.a_place": voice.why_not(replace(ASKED, costs_a_place=True, now=None), action, say),
        "whys.nothing": voice.why_not(replace(ASKED, least=0), action, say),
        "whys.let_go": voice.why_not(replace(ASKED, least=0, let_go=True), action, say),
        "whys.unknown": voice.why_not(replace(ASKED, least=None), action, say),
        "whys.limit": voice.why_not(replace(ASKED, limits=(Limit.LANGUAGE, Limit.TIME)), None, say),
        "whys.not_available": voice.why_not(replace(ASKED, limits=(Limit.BLOCKED,)), None, say),
        "whys.kept_apart": voice.why_not(replace(ASKED, kept_apart=True), None, say),
        "whys.on_hold": voice.why_not(replace(ASKED, on_hold=True), None, say),
        "whys.asked_for": voice.asked_for(INES, HANNAH, say),
        "whys.exactly": voice.exactly(INES, HANNAH, Why(1_500, 0, True, STEPS, 178_000), PEOPLE, say),
        "whys.exactly_little": voice.exactly(INES, HANNAH, Why(40, 0, True, STEPS, 178_000), PEOPLE, say),
        "whys.exactly_a_place": voice.exactly(INES, HANNAH, Why(900, 1, False, STEPS[:1]), PEOPLE, say),
        "whys.exactly_nothing": voice.exactly(INES, HANNAH, Why(0), PEOPLE, say),
        "whys.exactly_gone": voice.exactly(INES, HANNAH, Why(None), PEOPLE, say),
        "whys.still": voice.still(240, say),
        "whys.failed": voice.failed("ab12cd", say),
        "comparisons.ask": comparisons.ask("Leaders 2027", "c-1", has_draft=True, say=say),
        "comparisons.asked_for": comparisons.asked_for(comparisons.RULES, say),
        "comparisons.aim": comparisons.compared(
            comparisons.AIM, found, "c-1", "Leaders 2027", PEOPLE, say, has_draft=False
        ),
        "comparisons.again": comparisons.compared(
            comparisons.AGAIN,
            Comparison(NOBODY, NOBODY, Difference(0, (), (), ())),
            "c-1",
            "Leaders 2027",
            PEOPLE,
            say,
            has_draft=True,
        ),
    }
    return {name: Example(message, Shown.ANSWER) for name, message in shown.items()}
