"""Shares and averages as they are written: rounded half up, and with three decimals."""

from fractions import Fraction


def mean(total: int, count: int) -> int | None:
    """A whole number, half up; None of nothing."""
    return (2 * total + count) // (2 * count) if count else None


def decimals(share: Fraction) -> float:
    """Three decimals, half up."""
    return ((2000 * share + 1) // 2) / 1000
