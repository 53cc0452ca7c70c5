"""`alongside match FILE --json` as a program starts it: its time from start to the last byte, and its memory."""

import asyncio
import hashlib
import json
import os
import resource
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

from bot.bench import child
from bot.bench.child import Json


def main() -> None:
    """A process of its own, so that what it started is all that it waited for."""
    child.answer(asyncio.run(_run(child.asked()["file"])))


async def _run(file: str) -> Json:
    begun = time.perf_counter()
    # The deadline goes by the clock, which says little where other things run.
    command = ("-m", "bot", "match", file, "--json", "--deadline", "3600")
    # An installed program has its bytecode, and so has this from its first run on, whatever our environment forbids.
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(file).parent / "bytecode")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    started = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=PIPE, env=compiled)
    written, _ = await started.communicate()
    clock = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = json.loads(written)
    # These two differ when the rows stand in another order: the hash of the file, and where in it something is odd.
    del answer["inputs"]["people_sha256"], answer["warnings"]
    return {
        "code": started.returncode,
        "clock": clock,
        "seconds": [used.ru_utime + used.ru_stime],
        "peak": used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
        "bytes": hashlib.sha256(written).hexdigest(),
        "draft": hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest(),
        "matched": answer["summary"]["matched"],
        "proved": answer["summary"]["proved_optimal"],
    }
