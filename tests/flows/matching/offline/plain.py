"""The rules of the offline command once more, in plain words over the cells of a file, and the best draft by trial.

Nothing here knows the program: it is written from its description.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

from tests.flows.matching.offline.lists import Row

WEIGHTS = {
    "goals": 3000, "teaches": 1500, "interests": 1000, "seniority": 1000, "time": 1500, "language": 500, "mode": 500,
    "mix": 1000,
}  # fmt: skip
AHEAD = {0: 20, 1: 60, 2: 90, 3: 100, 4: 90, 5: 60, 6: 30}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def tags(row: Row, column: str) -> set[str]:
    return {one.strip().casefold() for one in row.get(column, "").split("|") if one.strip()}


def word(row: Row, column: str, usual: str = "") -> str:
    return row.get(column, "").strip().casefold() or usual


def quarters(row: Row) -> set[int]:
    """Free quarter hours of the week, in UTC."""
    zone = ZoneInfo(row.get("timezone", "").strip() or "UTC")
    offset = datetime(2026, 1, 5, 12, tzinfo=zone).utcoffset()
    assert offset is not None
    found = set()
    for span in filter(None, row.get("hours", "").split("|")):
        day, hours = span.split()
        start, stop = map(int, hours.split("-"))
        first = DAYS.index(day) * 96 - int(offset.total_seconds()) // 900
        found |= {(first + quarter) % 672 for quarter in range(4 * start, 4 * stop)}
    return found


def limits(mentee: Row, mentor: Row) -> set[str]:
    """Names of the limits that stand between the two."""
    found = set()
    if mentee["id"] == mentor["id"]:
        found.add("oneself")
    spoken, heard = tags(mentee, "languages"), tags(mentor, "languages")
    if spoken and heard and not spoken & heard:
        found.add("language")
    one, other = quarters(mentee), quarters(mentor)
    if one and other and len(one & other) < 4:
        found.add("time")
    if word(mentee, "grade") and word(mentor, "grade") and int(mentor["grade"]) < int(mentee["grade"]):
        found.add("seniority")
    together = word(mentee, "office") and word(mentee, "office") == word(mentor, "office")
    if "in_person" in (word(mentee, "mode"), word(mentor, "mode")) and not together:
        found.add("office")
    if mentee.get("manager") == mentor["id"] or mentor.get("manager") == mentee["id"]:
        found.add("manager")
    for column, limit in (("met", "met"), ("blocked", "not_available")):
        if mentor["id"] in mentee.get(column, "").split("|") or mentee["id"] in mentor.get(column, "").split("|"):
            found.add(limit)
    return found


def contributions(mentee: Row, mentor: Row) -> dict[str, int]:
    """Points by rule."""
    unknown = 25
    goals, teaches = tags(mentee, "goals"), tags(mentor, "teaches")
    skills = tags(mentor, "skills") | teaches
    per_cent = dict.fromkeys(WEIGHTS, unknown)
    if goals and skills:
        for rule, known, most in (("goals", skills, 4), ("teaches", teaches, 2)):
            asked = min(len(goals), most)
            per_cent[rule] = 100 * min(len(goals & known), asked) // asked
    for rule, column, curve in (("interests", "interests", (0, 45, 75, 100)), ("language", "languages", (0, 60, 100))):
        if tags(mentee, column) and tags(mentor, column):
            per_cent[rule] = curve[min(len(tags(mentee, column) & tags(mentor, column)), len(curve) - 1)]
    if word(mentee, "grade") and word(mentor, "grade"):
        per_cent["seniority"] = AHEAD.get(int(mentor["grade"]) - int(mentee["grade"]), 0)
    one, other = quarters(mentee), quarters(mentor)
    if one and other:
        per_cent["time"] = (0, 17, 33, 50, 67, 83, 100)[min(len(one & other) // 4, 6)]
    modes = {word(mentee, "mode", "any"), word(mentor, "mode", "any")}
    per_cent["mode"] = 20 if modes == {"in_person", "online"} else 100
    functions = word(mentee, "function"), word(mentor, "function")
    offices = word(mentee, "office"), word(mentor, "office")
    per_cent["mix"] = 60 * (functions[1] != "" and word(mentee, "moving_into") == functions[1])
    per_cent["mix"] += 25 * (all(functions) and functions[0] != functions[1])
    per_cent["mix"] += 15 * (all(offices) and offices[0] != offices[1])
    return {rule: WEIGHTS[rule] * share // 100 for rule, share in per_cent.items()}


def beside(mentee: Row, mentor: Row) -> int:
    """Points for wishes and waiting."""
    wishes = mentee.get("wishes", "").split("|")
    wished = (1500, 1000, 500, 0, 0)[wishes.index(mentor["id"])] if mentor["id"] in wishes else 0
    return wished + 150 * min(int(mentee.get("waited") or 0), 4)


def best(
    mentees: Sequence[Row], mentors: Sequence[Row], *, floor: int, load_cost: int = 600, people_first: bool = True
) -> tuple[int, int]:
    """The most people, then the most value: every way to share out the places is tried."""
    room = [int(one.get("capacity") or 1) for one in mentors]
    states: dict[tuple[int, ...], int] = {(0,) * len(mentors): 0}
    for mentee in mentees:
        after = dict(states)
        for nth, mentor in enumerate(mentors):
            score = sum(contributions(mentee, mentor).values())
            if limits(mentee, mentor) or score < floor:
                continue
            for taken, value in states.items():
                if taken[nth] < room[nth]:
                    more = (*taken[:nth], taken[nth] + 1, *taken[nth + 1 :])
                    after[more] = max(after.get(more, -1), value + score + beside(mentee, mentor))
        states = after
    loads = [int(one.get("load") or 0) for one in mentors]

    def cost(taken: tuple[int, ...]) -> int:
        return sum(load_cost * (now + k) for now, got in zip(loads, taken, strict=True) for k in range(got))

    found = [(sum(taken), value - cost(taken)) for taken, value in states.items()]
    return max(found) if people_first else max(found, key=lambda one: one[1])


def optimum(mentees: Sequence[Row], mentors: Sequence[Row]) -> tuple[int, int, int]:
    """Matched, value and floor of the best draft."""
    scores = sorted(
        {sum(contributions(one, other).values()) for one, other in product(mentees, mentors) if not limits(one, other)}
    )
    matched, value = best(mentees, mentors, floor=0)
    enough = value - math.floor(value / 200)
    reached = [(matched, value, 0)]
    for floor in scores:
        found = best(mentees, mentors, floor=floor)
        if found[0] < matched or found[1] < enough:
            break
        reached.append((*found, floor))
    return reached[-1]


def somebody(dice: Random, name: str, role: str, others: Sequence[str]) -> Row:
    """A row with everything at random."""

    def some(of: Sequence[str], most: int) -> str:
        return "|".join(dice.sample(of, dice.randint(0, min(most, len(of)))))

    known = [one for one in others if one != name]
    spans = [f"{day} {start}-{start + 3}" for day in ("mon", "tue", "sun") for start in (0, 9, 11, 21)]
    cells: Mapping[str, str] = {
        "goals": some(("law", "SQL", "jazz", "sales", "tax"), 5),
        "skills": some(("Law", "sql", "jazz", "sales"), 3),
        "teaches": some(("law", "tax"), 2),
        "interests": some(("chess", "tea", "rain"), 3),
        "grade": dice.choice(("", "2", "4", "5")),
        "function": dice.choice(("", "law", "sales")),
        "moving_into": dice.choice(("", "law", "sales")),
        "office": dice.choice(("", "Lisbon", "Osaka")),
        "timezone": dice.choice(("Europe/Lisbon", "Asia/Kolkata", "Asia/Kathmandu")),
        "hours": some(spans, 4),
        "languages": some(("en", "pt", "ja"), 2),
        "mode": dice.choice(("", "any", "online", "in_person")),
        "manager": dice.choice(("", "", "boss", *known)),
        "met": some(known, 1),
        "blocked": some(known, 1) if dice.random() < 0.2 else "",
        "waited": dice.choice(("", "1", "6")),
        "capacity": dice.choice(("", "0", "2", "3")),
        "load": dice.choice(("", "1")),
    }
    return {"id": name, "name": name.title(), "role": role, **cells}
