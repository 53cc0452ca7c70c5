"""The longest report still fits into one message and is read at one go."""

from dataclasses import replace

from flows.reports.pairs import PairState
from flows.voice import plain
from flows.voice import reports as voice
from flows.voice.gallery.reports import PAIR, SEASON
from flows.voice.say import ENGLISH, Say

SAY = Say(ENGLISH, "Europe/Lisbon")
LONG = "Wolfeschlegelsteinhausen-Bergerdorff " * 6


def test_names_and_texts_of_any_length_make_one_message() -> None:
    pairs = tuple(
        replace(PAIR, mentors=(LONG,), mentees=(LONG,), state=state) for state in PairState for _ in range(90)
    )
    design = replace(SEASON.design, objective=LONG * 20, measure=LONG[:120])
    cohort = replace(SEASON.cohort, name=LONG[:80])
    found = replace(SEASON, pairs=pairs, design=design, cohort=cohort, unreachable=(LONG,) * 90)
    message = voice.report(found, SAY, may_change=True)
    assert len(message.blocks) <= 45
    assert len(plain.transcript(message)) <= 10_000
    assert len(message.summary) <= 600


def test_a_short_list_is_whole_and_a_long_one_says_what_is_left_out() -> None:
    few = "\n".join(plain.sentences(voice.report(SEASON, SAY, may_change=True)))
    assert "in the table" not in few
    many = replace(SEASON, pairs=(PAIR,) * (voice.MOST_PAIRS + 3))
    assert "3 more are in the table." in plain.sentences(voice.report(many, SAY, may_change=True))
