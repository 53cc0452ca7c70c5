"""How fast a platform lets us speak; the figures are the platform's own, the counting is the same for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.limits import Pace
from storage.store import Store


class Act(StrEnum):
    """What a call does. A platform counts each kind by itself, per workspace. Limits are taken in this order."""

    POST = "post"
    OPEN = "open"
    UPDATE = "update"
    FIND = "find"


@dataclass(frozen=True, slots=True)
class Paces:
    """What a platform permits in one workspace, by act, and in one conversation."""

    acts: Mapping[Act, Pace]
    conversation: Pace


def key_of(workspace: str, act: Act) -> str:
    """The limit of an act in a workspace, such as "chat:T1:post"."""
    return f"{workspace}:{act}"


def slow_down(store: Store, workspace: str, acts: tuple[Act, ...], now: datetime, until: datetime) -> None:
    """The platform asked to wait: no replica calls these before then."""
    for act in acts:
        store.limits.pause(key_of(workspace, act), now, until)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one workspace may do now. Slots are taken ahead for a whole row of posts, and what was not used of them is
    given back."""

    store: Store
    workspace: str
    paces: Paces
    now: datetime

    def ahead(self, wanted: int, act: Act, *, answers: bool) -> int:
        """So many slots, or as many as are free; answers may use those that are spared for them."""
        if not wanted:
            return 0
        pace = self.paces.acts[act]
        return self.store.limits.take(key_of(self.workspace, act), self.now, pace, wanted=wanted, spare=answers)

    def give_back(self, unused: int, act: Act) -> None:
        """Slots that nobody needed."""
        if unused:
            self.store.limits.give_back(key_of(self.workspace, act), self.now, self.paces.acts[act], unused)

    def speak(self, conversations: Sequence[str]) -> Sequence[datetime | None]:
        """For one message in each of these, in order: None when it may go now, else when it may."""
        limits, pace = self.store.limits, self.paces.conversation
        answers: list[datetime | None] = []
        free = limits.take_each([self._in(one) for one in dict.fromkeys(conversations)], self.now, pace)
        for conversation in conversations:
            key = self._in(conversation)
            # A second message of the same conversation asks for itself: one statement changes a row once.
            may_go = key in free or limits.take_each([key], self.now, pace)
            free.discard(key)
            answers.append(None if may_go else limits.free_at(key, self.now, pace))
        return answers

    def _in(self, conversation: str) -> str:
        return f"{self.workspace}:{conversation}"

    def opening(self) -> datetime | None:
        """None when a conversation may be opened now, else when it may."""
        return self._one(Act.OPEN)

    def asking(self) -> datetime | None:
        """None when the platform may be asked now what it has, else when it may."""
        return self._one(Act.FIND)

    def _one(self, act: Act) -> datetime | None:
        if self.ahead(1, act, answers=True):
            return None
        return self.store.limits.free_at(key_of(self.workspace, act), self.now, self.paces.acts[act])
