"""The hand that works out what turns want: takes a calculation, lets a process solve it, stores what came of it."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from functools import partial

import structlog

from bot.database_thread import run
from bot.logs import place_of
from bot.silence import is_silence
from bot.solving import Fault, Solving, Work
from bot.version import VERSION
from flows.calculations import Calculation
from flows.matching.calculation import Answer, work_out
from handlers.calculating import Job, code_of, fail, give_back, keep, read, take, tell
from handlers.kit import Kit

log = structlog.get_logger()

FIRST_WORD = 2.0
"""Seconds after which the one who asked hears that it takes longer."""
NEXT_WORD = 5.0
"""Seconds between two words of how far it is. Each also renews the lease."""
GRACE = 60.0
"""Seconds after its deadline at which a process is killed: the solver looks at the clock only between two passes."""

_WORK: Work = partial(work_out, alongside=VERSION)


class Ended(Enum):
    """How a process came to its end."""

    BY_ITSELF = auto()
    TOO_LATE = auto()
    LOST = auto()
    """Its lease: another process works on the same."""


class Calculator:
    """One per process, and one calculation at a time: a second core is for those who press buttons. `owner` names this
    process in the leases that it holds; `clock` is the machine's boot clock."""

    def __init__(
        self,
        kit: Kit,
        owner: str,
        clock: Callable[[], float],
        ring: Callable[[], None],
        *,
        work: Work = _WORK,
        grace: float = GRACE,
        words: tuple[float, float] = (FIRST_WORD, NEXT_WORD),
    ) -> None:
        self._kit = kit
        self._owner = owner
        self._clock = clock
        self._ring_sender = ring
        self._work = work
        self._grace = grace
        self._words = words
        self._doorbell = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._is_ending = False
        self._solving: Solving | None = None
        self._expected = False

    def expect(self) -> None:
        """A turn that is not over yet wants something; may be called from any thread."""
        self._expected = True

    def turn_over(self) -> None:
        """Some turn is stored: it may be the one that wants something."""
        if self._expected:
            self._doorbell.set()

    async def ring(self) -> None:
        """There may be something that another process left."""
        self._expected = False
        self._doorbell.set()

    def end(self) -> None:
        """Take nothing more, and give back what is under way."""
        self._is_ending = True
        self._doorbell.set()
        if self._solving is not None:
            self._solving.end()

    async def serve(self) -> None:
        """Work until `end`; waits for the doorbell, which the metronome rings too."""
        while not self._is_ending:
            await self._doorbell.wait()
            self._doorbell.clear()
            try:
                while await self.calculate():
                    self._expected = False
            except Exception as failure:
                if not is_silence(failure):
                    log.error("calculating failed", fault=type(failure).__name__, at=place_of(failure))

    async def calculate(self) -> bool:
        """Work out the next one that waits, to its end; whether there was one."""
        async with self._one_at_a_time:
            if self._is_ending:
                return False
            taken = await run(self._kit.database, partial(take, self._kit, self._owner))
            if taken is None:
                return False
            try:
                job = await asyncio.to_thread(read, self._kit, self._owner, taken)
            except Exception as failure:
                if is_silence(failure):
                    raise
                await self._fail(taken, Fault(type(failure).__name__, place_of(failure)))
                return True
            if job is not None:
                await self._solve(job)
            self._ring_sender()
            return True

    async def _solve(self, job: Job) -> None:
        self._solving = solving = Solving(self._work, job.question, job.question.deadline)
        if self._is_ending:
            solving.end()
        result = asyncio.create_task(asyncio.to_thread(solving.outcome))
        try:
            ended = await self._accompany(job, solving, result)
        finally:
            solving.end()
            await asyncio.wait({result})
            self._solving = None
        failure = result.exception()
        outcome = Fault(type(failure).__name__, place_of(failure)) if failure else result.result()
        if ended is Ended.LOST:
            log.warning("a calculation was overtaken", kind=job.calculation.kind, reference=code_of(job.calculation))
        elif not isinstance(outcome, Fault):
            await self._keep(job, outcome)
        elif self._is_ending:
            await run(self._kit.database, partial(give_back, self._kit, self._owner, job.calculation))
        else:
            await self._fail(job.calculation, outcome, too_long=ended is Ended.TOO_LATE)

    async def _accompany(self, job: Job, solving: Solving, result: "asyncio.Task[Answer | Fault]") -> Ended:
        """Say how far it is every few seconds, until there is a result or none is wanted any more."""
        last = self._clock() + job.question.deadline + self._grace
        pause, nth = self._words[0], 0
        while True:
            await asyncio.wait({result}, timeout=max(0, min(pause, last - self._clock())))
            if result.done():
                return Ended.BY_ITSELF
            if self._clock() >= last:
                return Ended.TOO_LATE
            pause, nth = self._words[1], nth + 1
            word = partial(tell, self._kit, self._owner, job, solving.progress, nth=nth)
            if not await run(self._kit.database, word):
                return Ended.LOST
            self._ring_sender()

    async def _keep(self, job: Job, answer: Answer) -> None:
        try:
            await asyncio.to_thread(keep, self._kit, self._owner, job, answer)
        except Exception as failure:
            if is_silence(failure):
                raise
            await self._fail(job.calculation, Fault(type(failure).__name__, place_of(failure)))

    async def _fail(self, calculation: Calculation, fault: Fault, *, too_long: bool = False) -> None:
        kind, reference = calculation.kind, code_of(calculation)
        if too_long:
            log.error("a calculation took too long", kind=kind, reference=reference)
        else:
            log.error("a calculation failed", kind=kind, reference=reference, fault=fault.kind, at=fault.at)
        await run(self._kit.database, partial(fail, self._kit, self._owner, calculation, too_long=too_long))
