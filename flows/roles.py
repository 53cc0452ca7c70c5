"""Who may do what: the roles of coordinators, and the least of them that each word of theirs asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

EVERYWHERE = ""
"""Stands where the id of a programme would: the role holds in every one."""


class Rank(StrEnum):
    """A role, each with everything that the one before it may do."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    OWNER = "owner"


ORDER = (Rank.VIEWER, Rank.COORDINATOR, Rank.OWNER)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one programme, by its id, or EVERYWHERE."""

    programme: str
    rank: Rank


LEAST: Mapping[str, Rank] = MappingProxyType(
    {
        "help": Rank.VIEWER,
        "programme new": Rank.OWNER,
        "interest": Rank.OWNER,
        "programme list": Rank.VIEWER,
        "programme show": Rank.VIEWER,
        "programme edit": Rank.COORDINATOR,
        "programme archive": Rank.OWNER,
        "open": Rank.COORDINATOR,
        "people": Rank.VIEWER,
        "people import": Rank.COORDINATOR,
        "person": Rank.COORDINATOR,
        "match draft": Rank.COORDINATOR,
        "match show": Rank.COORDINATOR,
        "match lock": Rank.COORDINATOR,
        "match forbid": Rank.COORDINATOR,
        "match hold": Rank.COORDINATOR,
        "match swap": Rank.COORDINATOR,
        "match why": Rank.COORDINATOR,
        "match compare": Rank.COORDINATOR,
        "match publish": Rank.COORDINATOR,
        "pair": Rank.COORDINATOR,
        "unpair": Rank.COORDINATOR,
        "block": Rank.COORDINATOR,
        "pulse": Rank.VIEWER,
        "broadcast": Rank.COORDINATOR,
        "outbox": Rank.COORDINATOR,
        "roles": Rank.OWNER,
        "close": Rank.COORDINATOR,
        "report": Rank.VIEWER,
    }
)
"""Word → the least role, and so for the buttons in the answers to it. A test compares them with handlers/words.py:
only `programme edit` is no word, but the button of `programme show`."""

COMPANY_WIDE = frozenset({"programme new", "interest", "people import"})
"""Words that are about no programme that is there, or about all: the role must hold EVERYWHERE."""


def may(verb: str, grants: Iterable[Grant], programme: str | None = None) -> bool:
    """Whether these grants allow the word in that programme; None asks whether they allow it anywhere at all.

    A word that is not in LEAST is allowed to nobody.
    """
    least = LEAST.get(verb)
    if least is None:
        return False
    return any(
        ORDER.index(grant.rank) >= ORDER.index(least)
        and (grant.programme == EVERYWHERE or (verb not in COMPANY_WIDE and programme in (None, grant.programme)))
        for grant in grants
    )
