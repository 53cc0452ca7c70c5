"""Examples of what a coordinator reads of a table of people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flows.facts import NOTHING, Known
from flows.facts_difference import Change, Difference
from flows.facts_table import Fault, Flaw
from flows.voice import imports as voice
from flows.voice.gallery.example import Example, Shown
from flows.voice.message import Action
from flows.voice.say import Say

LISBON = Known("mira@example.org", department="Data", site="Lisbon", level=4, started_on=date(2026, 10, 1))
FAULTS = tuple(Fault(row, flaw, "Ines Duarte", first=2) for row, flaw in enumerate(Flaw, start=3))
DIFFERENCE = Difference(
    {
        "ines@example.org": Change(NOTHING, LISBON),
        "yusuf@example.org": Change(LISBON, replace(LISBON, site="Porto", manager="")),
        "chat/T1/U7": Change(LISBON, NOTHING),
    },
    FAULTS + tuple(replace(one, row=one.row + 30) for one in FAULTS),
    same=40,
    strangers=12,
)


def examples(say: Say) -> Mapping[str, Example]:
    """One of each."""
    action = Action("people.import.confirm", {"token": "t-1"})
    names = {"ines@example.org": "Ines Duarte"}
    return {
        "imports.form": Example(voice.form(say), Shown.DIALOG),
        "imports.would_change": Example(
            voice.would_change(DIFFERENCE, names, ("Shoe size", "Goals"), action, say), Shown.ANSWER
        ),
        "imports.nothing": Example(voice.nothing_changes(replace(DIFFERENCE, changes={}), (), say), Shown.ANSWER),
        "imports.nothing_read": Example(
            voice.nothing_changes(replace(DIFFERENCE, changes={}, same=0), (), say), Shown.ANSWER
        ),
        "imports.imported": Example(voice.imported(DIFFERENCE, 0, say), Shown.ANSWER),
        "imports.imported_told": Example(voice.imported(DIFFERENCE, 2, say), Shown.ANSWER),
    }
