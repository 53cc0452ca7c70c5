"""Which connectors get our bearer: who holds it speaks as the bot, so it goes to Microsoft's hosts and named ones."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.loopback import is_here

CONNECTOR: Final = "smba.trafficmanager.net"
"""The public cloud's; what else ends in trafficmanager.net is anybody's."""
DOMAINS: Final = ("botframework.com", "teams.microsoft.com", "teams.microsoft.us")
"""Each with all below it: among them are the government clouds' connectors, smba.infra.…; the list of Microsoft's own
Agents SDK without its places for files, which never see this bearer."""
PUBLIC: Final = f"https://{CONNECTOR}/teams"
"""Where a conversation is begun with somebody who never wrote: learn.microsoft.com/microsoftteams/platform, bots,
"Send proactive messages"."""
_CALLABLE: Final = re.compile(r"(?i:https?)://(?:(?![@?#\\])[!-~])+")
"""No user, query or fragment, and nothing in which two parsers might see two hosts."""


class Hosts:
    """`further` are those of TEAMS_SERVICE_HOSTS: `host:port`, or `host` for all its ports."""

    def __init__(self, further: Sequence[str] = ()) -> None:
        self._further = frozenset(host.lower() for host in further)
        first = f"{'http' if is_here(f'//{further[0]}') else 'https'}://{further[0]}/teams" if further else PUBLIC
        self.home = first
        """The service address for who has none yet: the first of these hosts, else the public cloud's."""

    def trusts(self, url: str) -> bool:
        """Whether our bearer may go to this service address. Plain http is for named hosts of this machine alone."""
        parts = _parts(url)
        if parts is None or parts.hostname is None:
            return False
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        named = host in self._further or f"{host}:{_port(parts)}" in self._further
        if parts.scheme == "http":
            return named and is_here(url)
        of_microsoft = host == CONNECTOR or any(host == one or host.endswith(f".{one}") for one in DOMAINS)
        return named or (of_microsoft and _port(parts) == 443)


def same(one: str, other: str) -> bool:
    """Whether two service addresses are one: the case of scheme and host does not matter, nor does a last slash."""
    first, second = _parts(one), _parts(other)
    return first is not None and second is not None and _essence(first) == _essence(second)


def _essence(parts: SplitResult) -> tuple[object, ...]:
    return parts.scheme, parts.hostname, _port(parts), parts.path.rstrip("/")


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _parts(url: str) -> SplitResult | None:
    """Of an address that can be called; None for anything else."""
    if not _CALLABLE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only when asked for, and a fault when it is no number
    except ValueError:
        return None
    return parts
