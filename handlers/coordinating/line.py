"""What a coordinator types behind a verb: people, channels and words, apart."""

import re
from dataclasses import dataclass

_PERSON = re.compile(r"<@([^>|]+)(?:\|[^>]*)?>(?:\s*,)?")
_CHANNEL = re.compile(r"<#([^>|]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Line:
    """`people` are user ids and `channels` channel ids on the caller's platform, in the order in which they were
    typed; `words` is the rest, its spaces collapsed; `text` is everything as typed."""

    people: tuple[str, ...]
    channels: tuple[str, ...]
    words: str
    text: str

    @property
    def numbered(self) -> tuple[str, str]:
        """The first word, where that is what something is called by, such as its number; and the rest."""
        number, _, rest = self.words.partition(" ")
        return number, rest


def read(text: str) -> Line:
    """Take a line apart."""
    rest = _CHANNEL.sub(" ", _PERSON.sub(" ", text))
    return Line(tuple(_PERSON.findall(text)), tuple(_CHANNEL.findall(text)), " ".join(rest.split()), text.strip())
