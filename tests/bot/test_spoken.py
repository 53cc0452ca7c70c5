"""What a screen reader says of buttons."""

from bot.spoken import LONGEST_SPOKEN, alone
from flows.voice.message import Action, Button, Plain


def test_a_button_beside_a_sentence_is_told_apart_from_its_like() -> None:
    change = Button("Change", Action("question.change"))
    assert alone(change, (Plain("Role: Mentor somebody"),)) == "Change. Role: Mentor somebody"
    long = alone(change, (Plain("About me: " + "a" * 80),))
    assert (len(long), long[-1]) == (LONGEST_SPOKEN, "…")
