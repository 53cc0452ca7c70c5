"""What the router and the clock work with; only bot/app.py makes one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flows.content import Content
from flows.space import Spaces
from storage.database import Database
from storage.sealing import Keyring


@dataclass(frozen=True, slots=True)
class Kit:
    """`now` is aware UTC; `new_id` makes unguessable short ids; `owners` are MENTOR_OWNERS (user ids); `repeated` is
    told of every gesture that came again, `wanted` of every turn that wants something worked out, before it is stored;
    `spaces` are what the connected platforms offer to a pair."""

    database: Database
    content: Content
    keyring: Keyring
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    owners: frozenset[str]
    repeated: Callable[[], None] = lambda: None
    wanted: Callable[[], None] = lambda: None
    spaces: Spaces = field(default_factory=dict)
