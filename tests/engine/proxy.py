"""A wire between the workers and PostgreSQL that can be cut, slowed down, or cut exactly at a COMMIT."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum


class Cut(StrEnum):
    """What happens to the next COMMIT."""

    BEFORE = "before it arrives"
    AFTER = "before its answer returns"


Way = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Proxy:
    """`port` on 127.0.0.1 leads to the server."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._connections: set[asyncio.Task[None]] = set()
        self._open = True
        self._commit: Cut | None = None
        self._after = b""
        self.delay = 0.0
        """Real seconds that each piece waits on its way to the server."""
        self.cuts = 0
        """How many connections were cut at a COMMIT."""
        self.refused = 0
        """How many connections were tried while it was cut."""
        self.port = 0

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self._open = False
        for connection in self._connections:
            connection.cancel()

    async def ended(self) -> None:
        """Wait until no connection is left."""
        while self._connections:
            await asyncio.wait(set(self._connections))

    def mend(self) -> None:
        """Let everything pass again."""
        self._open, self.delay = True, 0.0

    def cut_at_commit(self, where: Cut, *, after: bytes = b"") -> None:
        """End the connection that commits next, of those on which these words went by since their last commit."""
        self._commit, self._after = where, after

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        # Here and not inside: one that is cut before its first step would never come to closing it.
        async with _closed_at_the_end(writer):
            connection = asyncio.ensure_future(self._connect(reader, writer))
            self._connections.add(connection)
            await asyncio.wait({connection})
            self._connections.discard(connection)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._open:
            self.refused += 1
            return
        from_server, to_server = await self._way()
        async with _closed_at_the_end(to_server):
            ways = {
                asyncio.ensure_future(self._outward(reader, to_server)),
                asyncio.ensure_future(_carry(from_server, writer)),
            }
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in ways:
                    one.cancel()
                await asyncio.wait(ways)

    async def _outward(self, reader: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        """Until the client ends, or its connection is cut at a commit."""
        passed = False
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(65536):
                await asyncio.sleep(self.delay)
                passed = passed or self._after in piece
                cut = self._commit if passed and b"COMMIT" in piece else None
                if cut is not Cut.BEFORE:
                    to_server.write(piece)
                    await to_server.drain()
                if cut is not None:
                    self.cuts, self._commit = self.cuts + 1, None
                    return
                passed = passed and b"COMMIT" not in piece


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()


@asynccontextmanager
async def _closed_at_the_end(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    finally:
        writer.transport.abort()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def proxy_to(way: Way) -> AsyncIterator[Proxy]:
    """A proxy that listens until it is left. `way` opens a connection to the server."""
    proxy = Proxy(way)
    listening = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        proxy.cut()
        # Who knocked before is let in before this one, whose end shows that nobody is left at the door.
        last, knocking = await asyncio.open_connection("127.0.0.1", proxy.port)
        async with _closed_at_the_end(knocking):
            with contextlib.suppress(ConnectionError):
                await last.read()
        listening.close()
        await listening.wait_closed()
        await proxy.ended()
