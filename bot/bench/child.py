"""A process of a bench: it is asked with a JSON line on its standard input, answers with JSON lines, and ends when its
input ends."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any, Self

Json = dict[str, Any]
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one answer: the times of some thousand requests."""


class Child:
    """The parent's end."""

    def __init__(self, name: str, process: Process, into: asyncio.StreamWriter, out: asyncio.StreamReader) -> None:
        self._name = name
        self._process = process
        self._into = into
        self._out = out

    @classmethod
    async def start(cls, module: str, asked: Json) -> Self:
        """Run a module's `main` in a process of its own and ask it."""
        run = f"from {module} import main; main()"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", run, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError(f"{module} has no pipes")
        child = cls(module, process, process.stdin, process.stdout)
        await child.tell(asked)
        return child

    async def tell(self, told: Json) -> None:
        """One line more."""
        self._into.write(json.dumps(told).encode() + b"\n")
        await self._into.drain()

    async def hear(self) -> Json:
        """Its next answer. Raises RuntimeError when it ended instead."""
        line = await self._out.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended with {await self._process.wait()}")
        heard: Json = json.loads(line)
        return heard

    async def end(self) -> None:
        """Close its input and wait until it has ended."""
        self._into.close()
        await self._process.wait()


def asked() -> Json:
    """The child's end: what it was started for. Called before its loop runs."""
    found: Json = json.loads(sys.stdin.readline())
    return found


async def told() -> Json | None:
    """The child's end: the next line; None when the parent wants no more."""
    line = await asyncio.to_thread(sys.stdin.readline)
    return json.loads(line) if line.strip() else None


def answer(said: Json) -> None:
    """The child's end: one line for the parent."""
    print(json.dumps(said), flush=True)
