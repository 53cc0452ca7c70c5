"""Which groups of a report may be shown, so that no number and no subtraction speaks of fewer than five people."""

from collections.abc import Mapping

AT_LEAST = 5


def suppress(groups: Mapping[str, int], minimum: int = AT_LEAST) -> frozenset[str]:
    """Names of the groups that may be shown, given how many people each one speaks for.

    The groups divide one whole whose total is known. A group below the minimum is hidden. What is hidden can be had
    together by subtracting the rest from the total; so while that would speak of fewer people than the minimum, and
    thereby always when it is one group alone, the smallest group still shown is hidden too. Groups of nobody have
    nothing to reveal. Give every report of the same whole the same division: two divisions side by side can be
    subtracted from each other.
    """
    shown = sorted((name for name, count in groups.items() if count >= minimum), key=lambda name: (groups[name], name))
    hidden = [name for name, count in groups.items() if 0 < count < minimum]
    while shown and hidden and sum(groups[name] for name in hidden) < minimum:
        hidden.append(shown.pop(0))
    return frozenset(shown)


def in_fives(some: int, everybody: int) -> int:
    """At least how many of `everybody` some are: a multiple of the minimum that leaves as many out, where that can be.

    For counts that somebody may ask for again with another question: exact ones would tell, one taken from the other,
    of whom the two differ by.
    """
    most = max(AT_LEAST, everybody - AT_LEAST)
    return min(some, most) // AT_LEAST * AT_LEAST
