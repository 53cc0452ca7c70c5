"""What differs between Microsoft's clouds beside addresses: who signs what reaches us, and what our token is for."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Cloud:
    """`issuer` stands in the tokens that reach us, `scope` is what our own is asked for."""

    issuer: str
    scope: str


PUBLIC: Final = Cloud("https://api.botframework.com", "https://api.botframework.com/.default")
GOVERNMENT: Final = Cloud("https://api.botframework.us", "https://api.botframework.us/.default")
"""GCC High and DoD: learn.microsoft.com/azure/bot-service, "Bot Framework authentication", government constants."""


def cloud_of(login_url: str) -> Cloud:
    """The cloud to which a sign-in belongs."""
    return GOVERNMENT if (urlsplit(login_url).hostname or "").endswith(".us") else PUBLIC
