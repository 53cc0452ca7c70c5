"""Calculations that go wrong or take long, each in the place of flows.matching.calculation.work_out; a process of its
own imports them by name."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from bot.solving import Solving
from flows.matching.calculation import Answer, Progress, Question, WantedDraft, work_out
from flows.matching.rules import FOR_PROGRAMMES
from flows.matching.solving.proof import Unsound

Over = Callable[[], bool]
Told = Callable[[Progress], None]


def dies(question: Question, *, over: Over, told: Told) -> Answer:
    """As when the machine has no memory left."""
    os._exit(9)


def proves_nothing(question: Question, *, over: Over, told: Told) -> Answer:
    """Its words quote somebody, which nobody may read."""
    raise Unsound("Ines Duarte would rather have Mira Okafor")


def is_deaf(question: Question, *, over: Over, told: Told) -> Answer:
    """Never looks at the clock."""
    while True:
        os.read(os.pipe()[0], 1)


def takes_all_its_time(question: Question, *, over: Over, told: Told) -> Answer:
    """Begins its last pass when the time is over."""
    while not over():
        pass
    return work_out(question, over=lambda: True, told=told)


def waits(gate: Path, question: Question, *, over: Over, told: Told) -> Answer:
    """Goes on when somebody opens the gate, a fifo, to write; says before that it stands there."""
    told(Progress(3, 10_000, 420))
    with gate.open("rb"):
        return work_out(question, over=over, told=told)


def lists_imports(file: Path, question: Question, *, over: Over, told: Told) -> Answer:
    """Writes down what a draft needs that was not there."""
    before = set(sys.modules)
    answer = work_out(question, over=over, told=told)
    file.write_text("\n".join(sorted(set(sys.modules) - before)))
    return answer


def says_so_and_waits_for_its_end(question: Question, *, over: Over, told: Told) -> Answer:
    """Only `over` ends it."""
    os.write(1, b"begun\n")
    while not over():
        pass
    raise AssertionError("nobody ended it within its time")


if __name__ == "__main__":
    # A bot that is killed while something is worked out.
    Solving(says_so_and_waits_for_its_end, WantedDraft((), FOR_PROGRAMMES), 120).outcome()
