"""What somebody of a pair has written: the value behind every activity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class WritingState(StrEnum):
    """DRAFT is the writer's alone; SENT counts; DONE is an objective or action that was reached; ELSEWHERE says that
    the words are kept somewhere else, which is an answer."""

    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Writing:
    """One piece. `kind` is the id of the activity, `session` the number of the conversation (0: none). `words` are what
    was typed or chosen, by field name; they rest sealed. `opens_on` is the day on which a letter opens or an action is
    due. `shared`: the writer agrees that the partner reads it."""

    id: str
    match: str
    author: str
    kind: str
    session: int
    state: WritingState
    at: datetime
    words: Mapping[str, str] = field(default_factory=dict)
    opens_on: date | None = None
    shared: bool = False
