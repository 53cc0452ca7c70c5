"""Examples of what is said of locks, of pairs kept apart, of people on hold, and of prices."""

from collections.abc import Mapping
from dataclasses import replace

from flows.matching.editing.pricing import Price, Step
from flows.matching.rules import Limit
from flows.people import Person
from flows.voice import locks as voice
from flows.voice import prices
from flows.voice.gallery.example import INES, MIRA, Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

ARGS = {"cohort": "c-1", "round": "r-1", "pins": "pa-1=pa-2"}
YUSUF = replace(INES, id="p-yusuf", name="Yusuf Demir")
HANNAH = replace(MIRA, id="p-hannah", name="Hannah Weiss")
PEOPLE: Mapping[str, Person] = {"pa-1": INES, "pa-2": MIRA, "pa-3": YUSUF, "pa-4": HANNAH}
SWAP = Price(
    (Step("pa-1", "pa-2", "pa-4", 6_400, 5_800), Step("pa-3", "pa-4", "pa-2", 7_100, 6_050)),
    fit=-1_650,
    value=-1_650,
    whole=178_000,
    least=1_650,
    costs_a_place=False,
)
CHAIN = Price(
    (Step("pa-1", "", "pa-2", 0, 6_400), Step("pa-3", "pa-2", "", 6_100, 0)),
    fit=300,
    value=300,
    whole=178_000,
    least=400_000,
    costs_a_place=True,
)
EVEN = Price(
    (Step("pa-1", "pa-2", "pa-4", 6_400, 6_400),), fit=0, value=0, whole=178_000, least=None, costs_a_place=False
)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    token = {"token": "t-1"}
    limits = (Limit.MANAGER, Limit.MET)
    barred, other = voice.Barred(INES, HANNAH, limits), voice.Barred(YUSUF, MIRA, (Limit.LANGUAGE,))
    action = Action("match.overridden", ARGS)
    lock = Action("match.lock.confirm", token)
    costs = [*prices.lines(SWAP, PEOPLE, say)]
    shown = {
        "locks.forbidden": voice.forbidden(INES, MIRA, say, were_a_pair=True),
        "locks.forbidden_before": voice.forbidden(INES, MIRA, say, were_a_pair=False),
        "locks.lock_ended": voice.lock_ended(INES, MIRA, say),
        "locks.permitted": voice.permitted(INES, MIRA, say),
        "locks.held": voice.held(MIRA, ["Ines Duarte", "Yusuf Demir"], say),
        "locks.held_before": voice.held(MIRA, [], say),
        "locks.let_go": voice.let_go(MIRA, say),
        "locks.refused": voice.refused(barred, Action("match.override", ARGS), say),
        "locks.refused_for_good": voice.refused(replace(barred, limits=(Limit.BLOCKED,)), None, say),
        "locks.refused_by_hand": voice.refused(
            barred, Action("pair.override", {"cohort": "c-1", "mentee": "pa-1", "mentor": "pa-2"}), say, by_hand=True
        ),
        "locks.swap_refused": voice.swap_refused((barred, other), Action("match.override", ARGS), say),
        "locks.swap_refused_for_good": voice.swap_refused((replace(other, limits=(Limit.CAPACITY,)),), None, say),
        "prices.swapping": prices.swapping(SWAP, PEOPLE, Action("match.swap.confirm", token), say, let_go=[INES]),
        "prices.swapping_the_rest": prices.swapping(
            replace(SWAP, steps=SWAP.steps[:1]), PEOPLE, Action("match.swap.confirm", token), say, changed=True
        ),
        "prices.exchanged_already": prices.exchanged_already({"pa-1": "pa-4", "pa-3": "pa-2"}, PEOPLE, say),
        "prices.giving": prices.giving(("pa-1", "pa-2"), CHAIN, PEOPLE, lock, say),
        "prices.giving_again": prices.giving(("pa-1", "pa-4"), EVEN, PEOPLE, lock, say, changed=True),
    }
    return {
        **{name: Example(message, Shown.ANSWER) for name, message in shown.items()},
        "locks.ask_why": Example(voice.ask_why((barred, other), action, say, costs=costs), Shown.DIALOG),
    }
