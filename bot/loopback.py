"""Which addresses are on this machine: what goes there leaves it neither by a proxy nor readable by others."""

import ipaddress
from urllib.parse import urlsplit


def is_here(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
