"""What somebody asks of the offline command: files and options, read and checked all together."""

from dataclasses import dataclass, replace
from hashlib import sha256

from flows.matching.offline.locks_csv import Locks, read_locks
from flows.matching.offline.people_csv import People, read_people
from flows.matching.offline.previous import Proposed, read_previous
from flows.matching.offline.rules_toml import read_rules
from flows.matching.rules import Aim, Rules
from flows.sheets.remarks import CONTRADICTIONS, Remark


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came."""

    name: str
    """Without its folders."""
    raw: bytes

    @property
    def digest(self) -> str:
        """Its SHA-256, in hex."""
        return sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Request:
    """Options that are None leave it to the rules."""

    people: Source
    rules: Source | None = None
    locks: Source | None = None
    previous: Source | None = None
    mode: Aim | None = None
    seed: str | None = None
    deadline: float | None = None
    """Seconds."""
    explain: tuple[str, ...] = ()
    """Ids of people."""


@dataclass(frozen=True, slots=True)
class Given:
    """All that a draft is made from; without errors."""

    people: People
    rules: Rules
    locks: Locks
    previous: tuple[Proposed, ...] | None
    """Of an earlier draft, where there is one."""


class Unusable(ValueError):
    """Nobody can be matched from these files; `errors` holds every mistake, file by file."""

    def __init__(self, errors: tuple[Remark, ...]) -> None:
        self.errors = errors
        super().__init__(f"{len(errors)} errors")

    @property
    def exit_code(self) -> int:
        """4 where locks contradict limits, places or each other, and nothing else is wrong."""
        return 4 if all(one.code in CONTRADICTIONS for one in self.errors) else 2


def read(request: Request) -> Given:
    """Everything that a draft is made from. Raises Unusable."""
    rules, wrong = _rules(request)
    people = read_people(request.people.raw, request.people.name, week_of=rules.week_of)
    wrong = tuple(one for one in people.remarks if not one.warns) + wrong
    locks, previous = Locks(), None
    if request.locks:
        locks = read_locks(request.locks.raw, request.locks.name, people, rules, sound=not wrong)
        wrong += tuple(one for one in locks.remarks if not one.warns)
    if request.previous:
        previous, mistakes = read_previous(request.previous.raw, request.previous.name)
        wrong += mistakes
    wrong += tuple(_unknown(person, people) for person in request.explain if person not in people.listed)
    if wrong:
        raise Unusable(wrong)
    return Given(people, rules, locks, previous)


def _rules(request: Request) -> tuple[Rules, tuple[Remark, ...]]:
    rules, wrong = read_rules(request.rules.raw, request.rules.name) if request.rules else (Rules(), ())
    rules = replace(
        rules,
        aim=rules.aim if request.mode is None else request.mode,
        seed=rules.seed if request.seed is None else request.seed,
        deadline=rules.deadline if request.deadline is None else request.deadline,
    )
    return rules, wrong


def _unknown(person: str, people: People) -> Remark:
    return Remark("", 0, "--explain", "E04", f"nobody on the list has the id {person}", person, people.listed)
