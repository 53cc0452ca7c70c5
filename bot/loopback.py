"""Which addresses are on this machine: what goes there leaves it neither by a proxy nor readable by others."""

import ipaddress
from urllib.parse import urlsplit


def is_here(url: str) -> bool:
    """Whether an address is on this machine; one that cannot be read is nowhere."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
