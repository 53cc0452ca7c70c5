"""A letter to oneself through the local workspace: typed in a window, kept, sealed, read in a window on its day."""

from tests.stage import Stage
from tests.stories.pairs import matched

WORDS = "I want to remember why I began. *MARK* <!channel>"


async def test_a_letter_is_typed_kept_sealed_and_read_in_windows(stage: Stage) -> None:
    _, ines = await matched(stage)
    await ines.asks("letter")
    await ines.fills("Your letter", "half a thought")
    await ines.closes()

    await ines.asks("letter")
    assert ines.player.holds("Your letter") == ("half a thought",)
    await ines.fills("Your letter", WORDS)
    await ines.presses("Keep as a draft")
    assert "Your draft is kept" in ines.modal
    await ines.closes()

    await ines.asks("letter")
    assert ines.player.holds("Your letter") == (WORDS,)
    await ines.chooses("When shall it open?", "In one year")
    await ines.submits()
    assert "Your letter is sealed" in ines.last_message

    await stage.wait(weeks=53)
    assert ines.hears("Your letter of Monday 1 March 2027 is ready.")
    await ines.presses("Open it")
    assert WORDS in ines.modal
    assert not ines.hears("MARK"), "nothing of it stands in the conversation"
