"""Which calls go through the proxy of the environment: those to the outside, never those to this machine."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.loopback import is_here


def proxy_of(url: str) -> str | None:
    """The proxy for a websocket's address. HTTPS_PROXY counts for wss too, which aiohttp by itself does not see: it
    looks for a proxy that is named after the scheme."""
    host = urlsplit(url).hostname or ""
    if is_here(url) or proxy_bypass(host):
        return None
    return getproxies().get("https" if url.startswith("wss:") else "http")
