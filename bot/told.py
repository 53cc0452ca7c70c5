"""What a platform tells of people, and what they type, as our tables can keep it."""

from typing import Final

NAME: Final = 200
"""Characters of a name or title that are kept."""
EMAIL: Final = 320
"""Characters of an address."""
LOCALE: Final = 16
"""Characters of a locale; a longer one is none."""


def storable(text: str) -> str:
    """Without the two things in JSON's texts that no person types and PostgreSQL refuses to keep: the sign 0
    (postgresql.org, "Character Types") and halves of signs, which are no Unicode text."""
    return text.replace("\0", "").encode(errors="ignore").decode()
