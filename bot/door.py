"""What is the same at every platform's door: a body is read up to a limit, before anything of it is looked at."""

from typing import Final

from aiohttp import web

CHUNK: Final = 64 * 1024


class Refused(Exception):
    """A request that is not let in: its HTTP status (4xx) and a reason that quotes nothing of it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def whole(request: web.Request, *, most: int) -> bytes:
    """The body, of so many bytes at most, whatever its headers promise. Raises Refused."""
    if (request.content_length or 0) > most:
        raise Refused(413, "it is too large")
    raw = bytearray()
    async for chunk in request.content.iter_chunked(CHUNK):
        raw.extend(chunk)
        if len(raw) > most:
            raise Refused(413, "it is too large")
    return bytes(raw)
