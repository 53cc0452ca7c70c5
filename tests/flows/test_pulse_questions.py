"""The anonymous questions of a pack."""

import pytest

from flows.content import parse
from flows.pack_fault import PackFault
from flows.pulses import parse_pulses
from storage import packs

PAIRS = [["no", "No"], ["yes", "Fully"]]


def test_the_default_pack_asks_for_purpose_belonging_hope_and_confidence() -> None:
    assert [question.id for question in parse(packs.read()).pulse] == ["purpose", "belonging", "hope", "confidence"]


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ({}, r"pulses.toml: question: is written as \[\[question\]\]"),
        ({"question": []}, r"is written as \[\[question\]\]"),
        ({"question": [{"ask": "So?", "options": PAIRS}]}, "needs an id"),
        ({"question": [{"id": "hope", "options": PAIRS}]}, 'question "hope": needs ask'),
        ({"question": [{"id": "hope", "ask": "So?", "options": ["no", "yes"]}]}, "each option is a pair"),
        ({"question": [{"id": "hope", "ask": "So?", "options": PAIRS[:1]}]}, "needs at least two options"),
        ({"question": [{"id": "hope", "ask": "So?", "options": [*PAIRS, PAIRS[0]]}]}, "all with different ids"),
        ({"question": [{"id": "hope", "ask": "So?", "options": PAIRS}] * 2}, 'question "hope": stands twice'),
    ],
)
def test_a_broken_pack_is_named_with_file_key_and_cause(table: dict[str, object], cause: str) -> None:
    with pytest.raises(PackFault, match=cause):
        parse_pulses(table)
