"""The people of a simulation: where they live, how many mentees a mentor has, who falls silent. No dice: a hash of the
seed and a name decides, so the same seed plays the same season."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ZONES = (
    ("Europe/Lisbon", "PT"),
    ("Europe/Berlin", "DE"),
    ("Europe/London", "GB"),
    ("Europe/Warsaw", "PL"),
    ("America/New_York", "US"),
    ("America/Sao_Paulo", "BR"),
    ("Asia/Kolkata", "IN"),
    ("Asia/Singapore", "SG"),
)
SILENT = 15
"""Per cent of people who never answer."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One simulated person; `name` is unique."""

    name: str
    zone: str
    country: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Mentorship:
    """A mentor and their mentees."""

    mentor: Somebody
    mentees: tuple[Somebody, ...]


def throw(seed: str, about: str, sides: int) -> int:
    """A number below `sides`, the same for the same words."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{about}".encode()).digest()[:6], "big") % sides


def populate(pairs: int, seed: str) -> Sequence[Mentorship]:
    """Mentors and mentees for so many pairs: 60 % of mentors have one mentee, 30 % two, 10 % three to five."""
    return tuple(_mentorships(pairs, seed))


def _mentorships(pairs: int, seed: str) -> Iterator[Mentorship]:
    left, number = pairs, 0
    while left:
        number += 1
        place = number % 10
        wanted = 1 if place < 6 else 2 if place < 9 else 3 + number // 10 % 3
        count = min(wanted, left)
        left -= count
        mentees = tuple(_somebody(f"Mentee-{pairs - left - count + one + 1}", seed) for one in range(count))
        yield Mentorship(_somebody(f"Mentor-{number}", seed), mentees)


def _somebody(name: str, seed: str) -> Somebody:
    zone, country = ZONES[throw(seed, f"zone of {name}", len(ZONES))]
    return Somebody(name, zone, country, silent=throw(seed, f"silence of {name}", 100) < SILENT)
