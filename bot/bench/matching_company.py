"""A made-up company as a list of people: all matching is measured on it, and the same seed makes it anywhere."""

import csv
import io
from collections.abc import Sequence

from flows.matching.gatherings.draws import Draws
from flows.matching.offline.people_csv import read_people
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.matching.week import DAYS
from flows.people import Role
from flows.sheets.columns import LISTED

SEED = "company"
PLACES = (
    ("London", "Europe/London", "english"),
    ("Berlin", "Europe/Berlin", "german"),
    ("Paris", "Europe/Paris", "french"),
    ("Lisbon", "Europe/Lisbon", "portuguese"),
    ("New York", "America/New_York", "english"),
    ("Chicago", "America/Chicago", "english"),
    ("San Francisco", "America/Los_Angeles", "spanish"),
    ("Bengaluru", "Asia/Kolkata", "hindi"),
    ("Singapore", "Asia/Singapore", "mandarin"),
    ("Tokyo", "Asia/Tokyo", "japanese"),
)
"""Offices with their zones and the language of the place; the first are the largest."""
FUNCTIONS = ("Engineering", "Sales", "Finance", "Design", "Support", "Legal", "People", "Product")
SKILLS = tuple(f"skill {number}" for number in range(48))
INTERESTS = tuple(f"interest {number}" for number in range(32))
Row = dict[str, str]


def rows(mentees: int, mentors: int, *, seed: str = SEED, apart: bool = False) -> list[Row]:
    """So many people with every column that is matched by, about half of whose pairs no limit forbids.

    Mentors offer 1, 2 or 3 places (50, 30, 20 %), so that with twice as many mentees some stay without. In a company
    `apart` places abound, and half of all want to meet in person where most have a colleague and few have a mentor.
    """
    draws = Draws(seed)
    names = [f"e{number:05}" for number in range(mentees)] + [f"o{number:05}" for number in range(mentors)]
    people = [_row(draws, name, names, teaches=place >= mentees) for place, name in enumerate(names)]
    return [_apart(draws, row) for row in people] if apart else people


def sheet(people: Sequence[Row]) -> bytes:
    """These people as PEOPLE.csv."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, LISTED, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(people)
    return text.getvalue().encode()


def both_sides(people: Sequence[Row]) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Mentees and mentors, as a list of them is read."""
    read = read_people(sheet(people), "PEOPLE.csv", week_of=Rules().week_of)
    return read.in_role(Role.MENTEE), read.in_role(Role.MENTOR)


def changed(people: Sequence[Row], *, per_cent: int, seed: str = "later") -> list[Row]:
    """The same company later: so many per cent of the mentees have left, and as many have given other answers."""
    draws = Draws(seed)
    later: list[Row] = []
    for row in people:
        chance = draws.below(100) if row["role"] == "mentee" else 100
        if chance >= 2 * per_cent:
            later.append(row)
        elif chance >= per_cent:
            later.append({**row, **_answers(draws, teaches=False), **_week(draws)})
    return later


def shuffled(people: Sequence[Row], *, seed: str = "shuffled") -> list[Row]:
    """The same people in another order."""
    return [people[place] for place in Draws(seed).some(len(people), among=len(people))]


def _row(draws: Draws, name: str, names: Sequence[str], *, teaches: bool) -> Row:
    office, zone, language = PLACES[_tail(draws, len(PLACES))]
    at_home = {language} if draws.below(100) < 70 else set()
    abroad = {"english"} if draws.below(100) < 85 or not at_home else set()
    return {
        "id": name,
        "name": f"Person {name}",
        "role": "mentor" if teaches else "mentee",
        "capacity": str((1, 1, 1, 1, 1, 2, 2, 2, 3, 3)[draws.below(10)]) if teaches else "",
        "grade": str(_grade(draws, teaches=teaches)),
        "function": FUNCTIONS[draws.below(len(FUNCTIONS))],
        "office": office,
        "timezone": zone,
        "languages": "|".join(sorted(at_home | abroad)),
        "mode": (*["any"] * 6, *["online"] * 3, "in_person")[draws.below(10)],
        "manager": _other(draws, name, names) if draws.below(100) < 90 else "",
        "blocked": _other(draws, name, names) if draws.below(100) < 2 else "",
        **_answers(draws, teaches=teaches),
        **_week(draws),
    }


def _apart(draws: Draws, row: Row) -> Row:
    mode = "in_person" if draws.below(2) else row["mode"]
    if row["role"] == "mentee":
        return {**row, "mode": mode}
    office, zone, _ = PLACES[_tail(draws, len(PLACES)) if draws.below(20) == 0 else draws.below(4)]
    return {**row, "mode": mode, "capacity": "3", "office": office, "timezone": zone}


def _answers(draws: Draws, *, teaches: bool) -> Row:
    interests = _some(draws, INTERESTS, 1 + draws.below(5))
    if teaches:
        skills = _some(draws, SKILLS, 3 + draws.below(6))
        return {"interests": interests, "skills": skills, "teaches": _some(draws, SKILLS, draws.below(3))}
    moving = FUNCTIONS[draws.below(len(FUNCTIONS))] if draws.below(100) < 40 else ""
    return {"interests": interests, "goals": _some(draws, SKILLS, 1 + draws.below(4)), "moving_into": moving}


def _week(draws: Draws) -> Row:
    """Three to seven parts of working days, on the clock of the place."""
    parts = sorted((draws.below(5), 8 + draws.below(8)) for _ in range(3 + draws.below(5)))
    return {"hours": "|".join(f"{DAYS[day]} {start}-{start + 2 + draws.below(4)}" for day, start in parts)}


def _other(draws: Draws, name: str, names: Sequence[str]) -> str:
    """Somebody else."""
    return next(other for other in iter(lambda: names[draws.below(len(names))], "") if other != name)


def _grade(draws: Draws, *, teaches: bool) -> int:
    """1 to 9: mentors about 6, mentees about 3.3."""
    spread = sum(draws.below(3) for _ in range(3))  # 0 to 6, mostly 3
    return min(9, spread + 3) if teaches else max(1, spread + draws.below(2))


def _tail(draws: Draws, many: int) -> int:
    """Mostly the first, seldom the last."""
    return min(draws.below(many), draws.below(many))


def _some(draws: Draws, options: Sequence[str], count: int) -> str:
    """So many draws with a long tail; the same may come twice, and counts once."""
    return "|".join(sorted({options[_tail(draws, len(options))] for _ in range(count)}))
