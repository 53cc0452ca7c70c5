"""What people are called."""

from flows.calendar import Hours
from flows.people import LONGEST_FIRST_NAME, Account, Person


def called(name: str) -> str:
    return Person("p1", Account("slack", "T1", "U1"), name, "en", Hours()).first_name


def test_a_first_name_fits_on_a_button_however_long_the_name_is() -> None:
    assert called("Ines Duarte") == "Ines"
    assert called("W" * LONGEST_FIRST_NAME) == "W" * LONGEST_FIRST_NAME
    assert called("W" * 200) == "W" * (LONGEST_FIRST_NAME - 1) + "…"
