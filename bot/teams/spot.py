"""A conversation on Teams: where its service is and what it is called there, in one opaque string for the rest."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Spot:
    """`service` is the address that Teams named with the newest gesture, `conversation` its id there."""

    service: str
    conversation: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reverse of `str`. Raises ValueError for anything else."""
        service, _, conversation = text.partition(" ")
        if not service or not conversation or " " in conversation:
            raise ValueError("this is no conversation on Teams")  # without the text: an error is logged
        return cls(service, conversation)

    @property
    def is_group(self) -> bool:
        """Whether it is a group chat; a channel's id ends in @thread.tacv2 or @thread.skype."""
        return self.conversation.endswith("@thread.v2")

    def __str__(self) -> str:
        """A last slash of the service does not matter, so it is not kept: the same conversation is the same string."""
        return f"{self.service.rstrip('/')} {self.conversation}"

    def address(self, *path: str) -> str:
        """Where the conversation's things are called. Ids hold `:`, `@`, `;` and may hold `/`, so each is encoded."""
        parts = "".join(f"/{quote(part, safe='')}" for part in (self.conversation, *path))
        return f"{self.service.rstrip('/')}/v3/conversations{parts}"
