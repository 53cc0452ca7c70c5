"""What people call by its number, as a draft or a form shows it."""

MOST_DIGITS = 9
"""More than any list is long; of more than 4,300 Python makes no number at all."""


def number_in(typed: str, *, least: int, most: int) -> int | None:
    """The whole number that was typed, if it lies between these two; None for anything else."""
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        return None
    return int(typed) if least <= int(typed) <= most else None
