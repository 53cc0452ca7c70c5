"""A wire between the workers and PostgreSQL that can be cut, slowed down, or cut exactly at a COMMIT."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Protocol


class Cut(StrEnum):
    """What happens to the next COMMIT."""

    BEFORE = "before it arrives"
    AFTER = "before its answer returns"


class _Way(Protocol):
    """Opens a connection to the server."""

    async def __call__(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]: ...


class Proxy:
    """`port` on 127.0.0.1 leads to the server."""

    def __init__(self, way: _Way) -> None:
        self._way = way
        self._writers: set[asyncio.StreamWriter] = set()
        self._open = True
        self._commit: Cut | None = None
        self.delay = 0.0
        """Real seconds that each piece waits on its way to the server."""
        self.cuts = 0
        """How many connections were cut at a COMMIT."""
        self.port = 0

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self._open = False
        for writer in tuple(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        """Let everything pass again."""
        self._open, self.delay = True, 0.0

    def cut_at_commit(self, where: Cut) -> None:
        """End the connection that commits next."""
        self._commit = where

    @property
    def waits_for_a_commit(self) -> bool:
        """Whether the cut that was asked for is still to come."""
        return self._commit is not None

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        if not self._open:
            writer.transport.abort()
            return
        from_server, to_server = await self._way()
        ends = {writer, to_server}
        self._writers |= ends
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(reader, to_server, ends, outward=True))
                both.create_task(self._carry(from_server, writer, ends, outward=False))
        finally:
            self._writers -= ends

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: set[asyncio.StreamWriter],
        *,
        outward: bool,
    ) -> None:
        try:
            while piece := await reader.read(65536):
                if outward and self.delay:
                    await asyncio.sleep(self.delay)
                commits = outward and self._commit is not None and b"COMMIT" in piece
                if commits and self._commit is Cut.BEFORE:
                    self._sever(ends)
                    return
                writer.write(piece)
                await writer.drain()
                if commits:
                    # The server has it; what it answers reaches nobody.
                    for end in ends - {writer}:
                        end.transport.abort()
                    self.cuts, self._commit = self.cuts + 1, None
                    return
        except ConnectionError:
            pass  # cut from outside
        finally:
            if writer.can_write_eof() and not writer.is_closing():
                writer.write_eof()

    def _sever(self, ends: set[asyncio.StreamWriter]) -> None:
        for end in ends:
            end.transport.abort()
        self.cuts, self._commit = self.cuts + 1, None


@asynccontextmanager
async def proxy_to(way: _Way) -> AsyncIterator[Proxy]:
    """A proxy that listens until it is left."""
    proxy = Proxy(way)
    listening = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listening.close()
        proxy.cut()
        await listening.wait_closed()
