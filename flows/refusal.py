"""How the domain says no."""

from collections.abc import Mapping


class Refusal(Exception):
    """A rule does not allow this; nothing has changed.

    `key` names the rule, such as "match.not_yours"; `details` fills the wording that `flows/voice/refusals.py` has
    for it. The router rolls the turn back and answers the person privately.
    """

    def __init__(self, key: str, **details: str) -> None:
        super().__init__(key)
        self.key = key
        self.details: Mapping[str, str] = details
