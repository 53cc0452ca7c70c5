"""The ways in which people mentor each other: in pairs, groups, circles, once or for a season."""

from enum import StrEnum


class Format(StrEnum):
    """How a programme brings people together."""

    ONE_TO_ONE = "one_to_one"
    REVERSE = "reverse"
    """One to one, and the mentor is the junior of the two."""
    PEER = "peer"
    COFFEE = "coffee"
    """Pairs that meet once and change with every round."""
    GROUP = "group"
    CIRCLE = "circle"
    TEAM = "team"
    """A circle of mentees with several mentors."""
    MOSAIC = "mosaic"
    """A mentor for each theme."""
    FUNCTIONAL = "functional"
    """A mentor for something that is to be delivered by a day."""
    FLASH = "flash"
    """An event at which everybody sits with somebody new several times."""

    @property
    def pooled(self) -> bool:
        """Whether all are of one kind: nobody is asked who learns and who teaches, for everybody does both."""
        return self in (Format.PEER, Format.COFFEE, Format.CIRCLE)

    @property
    def has_mentors(self) -> bool:
        """Whether somebody is anybody's mentor: not among those of one kind, nor where places change at an event."""
        return not self.pooled and self is not Format.FLASH

    @property
    def paired(self) -> bool:
        """Whether a round proposes a mentor for each mentee and nothing else; the others propose gatherings."""
        return self in (Format.ONE_TO_ONE, Format.REVERSE)

    @property
    def guided(self) -> bool:
        """Whether there is a plan, week by week; without one people are introduced and left in peace."""
        return self is Format.ONE_TO_ONE

    @property
    def ends_with_round(self) -> bool:
        """Whether the next round ends what the one before began."""
        return self in (Format.COFFEE, Format.FLASH)


def format_of(text: str) -> Format:
    """What a programme says; one that has not chosen yet is one to one."""
    return next((one for one in Format if one == text), Format.ONE_TO_ONE)
