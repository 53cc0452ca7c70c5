"""What files that the bot gives are called."""

import re


def beginning(programme: str) -> str:
    """A programme's name as the beginning of a file's name, which every system takes; 40 characters at most."""
    return re.sub(r"[^a-z0-9]+", "-", programme.lower()).strip("-")[:40] or "programme"
