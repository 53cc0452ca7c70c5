"""What must hold after every fault, checked in one place: the workspace's ledger against the outbox."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.slack.send import opaque
from flows.voice.message import Kind
from storage.outbox import State
from tests.engine.history import ENDS, Step, backward
from tests.engine.ledger import Call


@dataclass(frozen=True, slots=True)
class Row:
    """What the outbox says of a post."""

    key: str
    kind: Kind
    state: State
    error: str
    to: str
    """The person or the match."""
    readable: bool
    """Whether the platform can be asked what arrived: in private conversations."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of all posts. `lost` and `doubled` count posts, `unknown` those that are listed as such."""

    posts: int
    sent: int
    lost: int
    doubled: int
    unknown: int
    states: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.posts} posts: {self.sent} sent, {self.lost} lost, {self.doubled} doubled, {self.unknown} unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was seen of a run: what was put, where it ended, what arrived, and each step in between."""

    put: Mapping[str, Kind]
    rows: Sequence[Row]
    copies: Counter[str]
    """Messages by the hash of their delivery."""
    steps: Sequence[Step]
    cancelled: Collection[str] = ()
    """Keys whose cancelling was committed before they were claimed."""


def check(seen: Evidence, *, may_double: int = 0, may_be_unknown: int = 0) -> Figures:
    """Raise AssertionError with every line that is wrong; else the figures.

    A nudge never arrives twice. In a private conversation everything arrives exactly once. In a shared one, where the
    platform cannot be asked, at most `may_double` posts arrive twice and at most `may_be_unknown` nudges have an
    unknown end: those that were under way at a crash.
    """
    wrong = backward(seen.steps)
    keys = [row.key for row in seen.rows]
    wrong += [f"{key} has {n} rows" for key, n in Counter(keys).items() if n > 1]
    wrong += [f"{key} was put and is gone" for key in sorted(set(seen.put) - set(keys))]
    known = {opaque(key) for key in keys}
    wrong += [
        f"{copies} messages of nobody's ({delivery})"
        for delivery, copies in seen.copies.items()
        if delivery not in known
    ]
    lost, doubled = [], []
    for row in seen.rows:
        copies = seen.copies[opaque(row.key)]
        wrong += _wrong_in(row, copies)
        if row.key in seen.cancelled and copies:
            wrong.append(f"{row.key} was sent after it had been cancelled")
        if copies > 1:
            doubled.append(row.key)
        if copies == 0 and row.state in (State.SENT, State.UNKNOWN) and row.kind is not Kind.NUDGE:
            lost.append(row.key)
    unknown = [row.key for row in seen.rows if row.state is State.UNKNOWN]
    if len(doubled) > may_double:
        wrong.append(f"{len(doubled)} arrived twice, of at most {may_double}: {doubled[:10]}")
    if len(unknown) > may_be_unknown:
        wrong.append(f"{len(unknown)} are unknown, of at most {may_be_unknown}: {unknown[:10]}")
    states = Counter(str(row.state) for row in seen.rows)
    assert not wrong, f"{len(wrong)} broken promises\n" + "\n".join(wrong[:40]) + f"\nstates: {dict(states)}"
    sent = states[str(State.SENT)]
    return Figures(len(keys), sent, len(lost), len(doubled), len(unknown), dict(states))


def _wrong_in(row: Row, copies: int) -> list[str]:
    if row.state not in ENDS:
        return [f"{row.key} is still {row.state}: {row.error}"]
    if row.state is State.SENT and copies == 0:
        return [f"{row.key} is sent and never arrived"]
    if row.kind is Kind.NUDGE and copies > 1:
        return [f"{row.key} is a nudge and arrived {copies} times"]
    if row.readable and copies > 1:
        return [f"{row.key} arrived {copies} times where the platform could have been asked"]
    if row.readable and row.state is State.UNKNOWN:
        return [f"{row.key} is unknown where the platform could have been asked: {row.error}"]
    if row.kind is not Kind.NUDGE and row.state is State.UNKNOWN:
        return [f"{row.key} must arrive and was given up as unknown: {row.error}"]
    if row.state not in (State.SENT, State.UNKNOWN) and copies:
        return [f"{row.key} is {row.state} and arrived {copies} times"]
    return []


def over_the_rate(calls: Sequence[Call], *, method: str, per_minute: float, burst: int) -> list[str]:
    """Windows of any length in which a method was called more often than its rate and burst allow.

    By the generic cell rate: a call is early when those before it have not been paid for yet.
    """
    return _early([call.at for call in calls if call.method == method], 60 / per_minute, burst, method)


def over_the_pace(calls: Sequence[Call], *, burst: int) -> list[str]:
    """The same for messages in one channel, one a second."""
    channels: dict[str, list[float]] = defaultdict(list)
    for call in calls:
        if call.method == "chat.postMessage" and call.channel is not None:
            channels[call.channel].append(call.at)
    return [line for channel, moments in channels.items() for line in _early(moments, 1.0, burst, channel)]


def _early(moments: Sequence[float], every: float, burst: int, what: str) -> list[str]:
    wrong, free = [], 0.0
    for at in sorted(moments):
        free = max(free, at)
        if free - at > every * (burst - 1) + every / 100:
            wrong.append(f"{what} was called {(free - at) / every - burst + 1:.1f} calls too early at {at:.1f}")
        free += every
    return wrong


def ignored_refusals(calls: Sequence[Call], *, on_the_way: float) -> list[str]:
    """Calls of a method that the platform had asked to leave alone, before the seconds that it named were over.

    What left before the refusal was told, in the first seconds after it, could not know.
    """
    wrong: list[str] = []
    refused: dict[str, tuple[float, float]] = {}
    for call in calls:
        since, until = refused.get(call.method, (0.0, 0.0))
        if since + on_the_way < call.at < until:
            wrong.append(f"{call.method} was called {until - call.at:.1f} s before it was free again")
        if call.put_off is not None and call.at + call.put_off > until:
            refused[call.method] = (call.at if call.at >= until else since, call.at + call.put_off)
    return wrong
