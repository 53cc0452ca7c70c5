"""A pair that was matched this morning, and somebody who has nothing to do with them."""

from dataclasses import dataclass

import pytest

from flows.match import Match
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage


@dataclass
class Pair:
    """Mira is the mentor, Ines the mentee; Rui is a stranger to both."""

    stage: Stage
    match: Match
    mira: Actor
    ines: Actor
    rui: Actor

    def opens(self, actor: Actor, kind: str, *, number: int = 0) -> None:
        """Presses the button of an activity, as a card shows it."""
        actor.does("activity.open", match=self.match.id, number=str(number), kind=kind)


@pytest.fixture
def pair(stage: Stage) -> Pair:
    """Matched on a Monday, for twelve weeks."""
    mira, ines = stage.person("Mira Okafor", zone="Europe/Berlin"), stage.person("Ines Duarte")
    rui = stage.person("Rui Alves")
    return Pair(stage, matched(stage, running(stage), mentor=mira, mentee=ines), mira, ines, rui)
