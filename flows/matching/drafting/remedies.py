"""Who is left over in a round, why, and what would really change it."""

from dataclasses import dataclass
from enum import StrEnum

from flows.matching.people import Candidate, Mode
from flows.matching.rules import Limit
from flows.matching.week import in_utc


class Cause(StrEnum):
    """What stands in a mentee's way."""

    NO_PERMITTED = "no_permitted_mentor"
    """A hard limit forbids every mentor."""
    BELOW_MINIMUM = "below_minimum"
    """Mentors are permitted, and none fits well enough for this programme."""
    PLACES = "places"
    """Mentors fit, and all their places are needed by others."""
    WHOLE = "whole"
    """The draft is for the best fit, and has nobody in a place that somebody who fits still offers: this pair costs
    more load than it is worth, or fits worse than the draft's lowest."""
    OPEN = "open"
    """A place is open: somebody was moved by hand since the draft, or a pair of it no longer holds."""


class IdleCause(StrEnum):
    """What stands in the way of a mentor who offers a place."""

    NO_PERMITTED = "no_permitted_mentee"
    """A hard limit forbids every mentee."""
    BELOW_MINIMUM = "below_minimum"
    """Mentees are permitted, and none fits well enough for this programme."""
    TAKEN = "taken"
    """Everybody who fits has a mentor: there are more places than mentees."""
    WHOLE = "whole"
    """The draft is for the best fit, and leaves somebody who fits without a mentor rather than with this one."""
    OPEN = "open"
    """Somebody who fits has no mentor: somebody was moved by hand since the draft, or a pair of it no longer holds."""


class RemedyKind(StrEnum):
    """Something that, done, matches one more person."""

    MEET_ONLINE = "meet_online"
    """This person says that online is fine too, and is matched."""
    SPEAK = "speak"
    """This person names one more language (`detail`), and is matched."""
    FREE_AT = "free_at"
    """This person is free at one more part of a day (`detail`, such as "thu-pm" on their clock), and is matched."""
    DRAFT_AGAIN = "draft_again"
    """A fresh draft finds them a partner."""
    MORE_PLACES = "more_places"
    """A mentor (`detail`, an id) takes one more; `opens` counts all of whom that is true."""
    WIDER_ZONE = "wider_zone"
    """The programme allows so many hours between two clocks (`detail`)."""
    LOWER_MINIMUM = "lower_minimum"
    """The programme is content with so many points (`detail`), which permits a pair. Whether a draft for the best fit
    then has it is for that draft to say."""
    MORE_MENTORS = "more_mentors"
    """Somebody joins who suits them: same languages and hours, and the same office (`detail`) if it is to be there."""
    MORE_MENTEES = "more_mentees"
    """A mentee joins whom this mentor suits."""
    MORE_ANSWERS = "more_answers"
    """This person tells more: what they said so far (no office to meet in, no goals) rules out whoever might join."""


OWN = frozenset({RemedyKind.MEET_ONLINE, RemedyKind.SPEAK, RemedyKind.FREE_AT})
"""What the person can do with one tap."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that would help; `opens` is with how many of those who are there it makes a match possible."""

    kind: RemedyKind
    detail: str = ""
    opens: int = 0

    def is_done(self, person: Candidate) -> bool:
        """Whether they have given this answer meanwhile."""
        match self.kind:
            case RemedyKind.MEET_ONLINE:
                return person.mode is not Mode.IN_PERSON
            case RemedyKind.SPEAK:
                return self.detail in person.languages
            case RemedyKind.FREE_AT:
                slot = in_utc((self.detail,), person.offset)
                return person.free & slot == slot
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee without a mentor. What is counted here is for the coordinator; the person hears words."""

    person: str
    cause: Cause
    permitted: int
    """Mentors whom no hard limit forbids, their places aside."""
    limits: tuple[tuple[Limit, int], ...]
    """For each limit the mentors whom it alone forbids, most first."""
    remedies: tuple[Remedy, ...]
    """What the person can do comes first, then what the coordinator can; never empty."""
    queue: int
    """1 for the one who is served first next time: who waited longest, then the draft's order."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A mentor, by id, who offers a place and has nobody."""

    person: str
    cause: IdleCause
    remedies: tuple[Remedy, ...]
    """What the person can do comes first; never empty."""
