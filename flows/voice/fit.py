"""How good a match and a draft are, as coordinators read it: how well two fit, and how much better or worse a whole is.

A pair's fit is in per cent of what the rules can give. A draft is better or worse by per cent of all that counts in it.
People come first: who would lose their place is said before either.
"""

from flows.matching.rules import TOTAL


def fit(score: int) -> str:
    """A pair's score, or a mean of scores, in whole per cent."""
    return str(round(100 * score / TOTAL))


def at_most(points: int, whole: int) -> float:
    """Per cent of the whole, rounded up: what could be gained at most. At least one perfect pair is the whole, so that
    a draft of nearly nothing has a figure too."""
    return -(-1000 * points // max(whole, TOTAL)) / 10


def at_least(points: int, whole: int) -> float:
    """The same, rounded down: what is lost at least. 0.0: too little to tell from nothing."""
    return 1000 * points // max(whole, TOTAL) / 10


def about(points: int, whole: int) -> float:
    """The same, rounded to the nearest."""
    return round(1000 * points / max(whole, TOTAL)) / 10
