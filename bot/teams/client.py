"""The one pool of connections for all that we call: the connector, the sign-in and the keys."""

import ssl
from functools import cache
from typing import Final

import httpx

PATIENCE: Final = httpx.Timeout(10, connect=4, pool=4)
"""Seconds; what could not even connect was surely not taken."""
CONNECTIONS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=20)
"""Few are kept: for each request the pool looks at all that are idle, so that fifty at once took twice as long."""
HERE: Final = ("all://localhost", "all://127.0.0.1", "all://[::1]")


def open_client(patience: httpx.Timeout = PATIENCE) -> httpx.AsyncClient:
    """Follows no redirect, which would carry the bearer elsewhere, and repeats nothing. What is on this machine is not
    asked by way of the environment's proxy."""
    return httpx.AsyncClient(
        timeout=patience,
        limits=CONNECTIONS,
        follow_redirects=False,
        mounts=dict.fromkeys(HERE, None),
        verify=certificates(),
    )


@cache
def certificates() -> ssl.SSLContext:
    """Whom the bot believes when it answers; read once in a process, because reading takes 20 ms."""
    return httpx.create_ssl_context()
