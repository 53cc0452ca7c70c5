"""A letter to oneself where people chat: typed in a window, kept, sealed, read in a window on its day."""

from tests.stage import Stage, Where
from tests.stories.everything_shown import conversations
from tests.stories.pairs import matched

WORDS = "I want to remember why I began. *MARK* <!channel>"


async def test_a_letter_is_typed_kept_sealed_and_read_in_windows(stage: Stage) -> None:
    _, ines = await matched(stage)
    await ines.asks("letter")
    await ines.fills("Your letter", "half a thought")
    await ines.closes()

    await ines.asks("letter")
    # Slack tells of a dialog that is closed, Teams of none; "Keep as a draft" is the way that we name.
    told = stage.platform is Where.SLACK
    assert ines.player.holds("Your letter") == (("half a thought",) if told else ())
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
    assert "MARK" not in conversations(stage), "nothing of it stands in any conversation"
