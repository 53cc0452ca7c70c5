"""An activity of the pack: a file activities/NAME.md with a head of facts and one section for each side."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.pack_fault import PackFault
from flows.people import SIDES, Role


class Mechanism(StrEnum):
    """How an activity works; the file says with which words."""

    LETTER = "letter"
    SPOTLIGHT = "spotlight"
    RATINGS = "ratings"
    OBJECTIVES = "objectives"
    ACTIONS = "actions"
    REVIEW = "review"
    WINS = "wins"
    EXPECTATIONS = "expectations"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. `texts` maps each role to what its side is asked, `belonging` and `hope` say what it is good for,
    `minutes` how long it takes; `options` are further choices, such as skills."""

    id: str
    mechanism: Mechanism
    title: str
    minutes: int
    belonging: str
    hope: str
    texts: Mapping[Role, str]
    options: tuple[str, ...]


def parse_activity(path: str, head: Mapping[str, object], body: str) -> Activity:
    """`path` is the place in the pack, such as "activities/letter.md". Raises PackFault."""
    name = path.removeprefix("activities/").removesuffix(".md")
    mechanism = _text(path, head, "mechanism")
    if mechanism not in tuple(Mechanism):
        raise PackFault(path, "mechanism", f"is one of: {', '.join(Mechanism)}")
    minutes = head.get("minutes")
    if not isinstance(minutes, int) or not 1 <= minutes <= 240:
        raise PackFault(path, "minutes", "is a number from 1 to 240")
    options = head.get("options", [])
    if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
        raise PackFault(path, "options", "is a list of texts")
    return Activity(
        id=name,
        mechanism=Mechanism(mechanism),
        title=_text(path, head, "title"),
        minutes=minutes,
        belonging=_text(path, head, "belonging"),
        hope=_text(path, head, "hope"),
        texts={role: _section(path, body, role) for role in SIDES},
        options=tuple(options),
    )


def _text(path: str, head: Mapping[str, object], key: str) -> str:
    value = head.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackFault(path, key, "is missing")
    return " ".join(value.split())


def _section(path: str, body: str, role: Role) -> str:
    found = re.search(rf"^## {role.value.capitalize()}\n(.*?)(?=^## |\Z)", body, flags=re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise PackFault(path, f"## {role.value.capitalize()}", "is missing or empty")
    return " ".join(found[1].split())
