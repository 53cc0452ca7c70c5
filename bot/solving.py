"""One calculation in a process of its own, which may take as long as it likes and can be ended at any moment."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import parent_process
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import Protocol

from bot.logs import place_of
from bot.memory import without_collecting
from bot.world import World
from flows.matching.calculation import Answer, Progress, Question

PRELOADED = (
    "bot.one_thread",
    "bot.solving",
    "flows.matching.drafting.helping",
    "flows.matching.drafting.idle",
    "flows.matching.drafting.proving",
    "flows.matching.drafting.round",
    "flows.matching.drafting.solved",
    "flows.matching.gatherings.among_peers",
    "flows.matching.gatherings.with_groups",
    "flows.matching.gatherings.with_mentors",
    "rustworkx",
    "scipy.sparse.csgraph",
)
"""Imported once, numpy and scipy with them, by the process from which every calculation is forked."""
NICENESS = 10
"""Whoever presses a button goes before whoever waits for a draft."""
GOODBYE = 1.0
"""Seconds that a process which has said all gets to end by itself."""

_starter = multiprocessing.get_context("forkserver")
_starter.set_forkserver_preload(list(PRELOADED))
ForkingPickler.register(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))
"""Rules hold such mappings, which pickle does not know."""


class Work(Protocol):
    """`flows.matching.calculation.work_out`, or what a test has in its place."""

    def __call__(self, question: Question, *, over: Callable[[], bool], told: Callable[[Progress], None]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """There is no answer: the kind of failure, and the place in our code, but not its words."""

    kind: str
    at: str = ""


Said = Answer | Fault | Progress


class Solving:
    """One question, from its process's start to its end. Only `end` may be called from another thread."""

    def __init__(self, work: Work, question: Question, seconds: float) -> None:
        self._work = work
        self._question = question
        self._seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._ended = False
        self.progress: Progress | None = None
        """The newest that it has told."""

    def outcome(self) -> Answer | Fault:
        """Start the process and wait for what it says; it is gone when this returns."""
        ours, theirs = _starter.Pipe()
        process = _starter.Process(target=_solve, args=(self._work, theirs, self._seconds), name="calculation")
        try:
            process.start()
            self._process = process
            theirs.close()
            if self._ended:
                process.kill()
            ours.send(self._question)
            return self._told(ours)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            # Such as for want of memory, or because of `end`.
            return Fault("Died")
        except OSError as failure:
            return Fault(type(failure).__name__, place_of(failure))
        finally:
            ours.close()
            theirs.close()
            if process.pid is not None:
                process.join(GOODBYE)
                process.kill()
                process.join()
            process.close()

    def end(self) -> None:
        """Kill the process: `outcome` returns soon."""
        self._ended = True
        process = self._process
        if process is not None:
            try:
                process.kill()
            except ValueError:
                # It came to its end just now.
                return

    def _told(self, ours: "Connection[Question, Said]") -> Answer | Fault:
        while True:
            said = ours.recv()
            if not isinstance(said, Progress):
                return said
            self.progress = said


def _solve(work: Work, pipe: "Connection[Said, Question]", seconds: float) -> None:
    # A terminal sends Ctrl+C to everybody; the bot decides what that means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    clock, parent = World().boot_clock, parent_process()
    end = clock() + seconds

    def over() -> bool:
        if parent is not None and not parent.is_alive():
            os._exit(1)
        return clock() >= end

    try:
        with without_collecting():
            question = pipe.recv()
            said: Answer | Fault = work(question, over=over, told=pipe.send)
    except Exception as failure:
        said = Fault(type(failure).__name__, place_of(failure))
    try:
        pipe.send(said)
    except (BrokenPipeError, ConnectionResetError):
        # Nobody waits any more.
        return


def _read_only(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(mapping)
