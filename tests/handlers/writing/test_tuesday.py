"""What a Tuesday message asks for is done from it, and its line then says what was recorded."""

from flows.voice.message import Action, Button
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Stage
from tests.handlers.writing.conftest import Pair


def test_a_line_that_was_answered_becomes_what_was_recorded_and_the_rest_stays(pair: Pair, stage: Stage) -> None:
    matched(stage, running(stage, "Another"), mentor=pair.mira, mentee=pair.rui)
    stage.wait(days=1.5)
    tuesday = pair.mira.screen[-1]
    assert "Your first conversation with Ines is open." in pair.mira.reads
    assert "Your first conversation with Rui is open." in pair.mira.reads

    args = {"match": pair.match.id, "number": "1", "kind": "objectives"}
    pair.mira.presses_again(tuesday, Button("Write our goals", Action("activity.open", {**args, "via": "nudge"})))
    before = len(pair.mira.screen)
    pair.mira.fills(line_new1="Lead one meeting")
    assert len(pair.mira.screen) == before
    assert "Your 1 goal is kept." in pair.mira.reads
    assert "with Ines is open" not in pair.mira.reads
    assert "Your first conversation with Rui is open." in pair.mira.reads, "the other match's line is still there"

    pair.mira.presses_again(tuesday, Button("Write my letter", Action("activity.open", {**args, "kind": "letter"})))
    pair.mira.fills(text="Dear me")
    assert len(pair.mira.screen) == before + 1, "from elsewhere the answer stands below"
