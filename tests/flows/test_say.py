"""Wordings are parsed before they are filled, so nothing that people type can become markup."""

from datetime import UTC, datetime

from flows.voice.message import Plain, Strong
from flows.voice.say import ENGLISH, Catalogue, Say, flatten

SAY = Say(ENGLISH, "Europe/Lisbon")


def test_a_hole_is_filled_with_what_was_typed_and_nothing_more() -> None:
    assert SAY("Hello {name}.", name="**{day}** <!channel>") == (
        Plain("Hello "),
        Plain("**{day}** <!channel>"),
        Plain("."),
    )


def test_strong_words_may_have_holes() -> None:
    assert SAY("**Starts on {day}.** Join us.", day="3 June") == (
        Strong("Starts on "),
        Strong("3 June"),
        Strong("."),
        Plain(" Join us."),
    )


def test_a_translation_may_move_the_holes() -> None:
    german = Catalogue("de", {"{a} and {b}": "{b} und {a}"}.__getitem__, lambda one, other, n: one)
    assert flatten(Say(german, "UTC")("{a} and {b}", a="Ada", b="Mira")) == "Mira und Ada"


def test_counted_words_take_the_right_form() -> None:
    assert SAY.plain_many(1, "{n} person", "{n} people") == "1 person"
    assert SAY.plain_many(3, "{n} person", "{n} people") == "3 people"


def test_a_moment_is_told_in_the_readers_zone() -> None:
    assert SAY.moment(datetime(2027, 7, 1, 9, 0, tzinfo=UTC)) == "Thursday 1 July, 10:00"
