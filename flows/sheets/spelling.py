"""When two texts are the same answer, and how it is written where people read it."""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """The text as it is compared: trimmed, without differences of width, ligature or case."""
    if text.isascii():
        return text.strip().lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


@dataclass(frozen=True, slots=True)
class Spellings:
    """The first spelling of every answer, by the kind of answer and its key."""

    written: dict[tuple[str, str], str] = field(default_factory=dict)
    """Grows while a file is read."""

    def learn(self, kind: str, text: str) -> str:
        """The key of this answer; its spelling is remembered unless there is one already."""
        found = key(text)
        if (kind, found) not in self.written:
            self.written[kind, found] = " ".join(text.split())
        return found

    def shown(self, kind: str, known: str) -> str:
        """How this answer was first written."""
        return self.written.get((kind, known), known)
