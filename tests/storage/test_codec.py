"""Every message survives the outbox unchanged."""

import json

import pytest

from flows.voice import gallery
from flows.voice.say import ENGLISH, Say
from storage.codec import decode_message, encode

EXAMPLES = gallery.examples(Say(ENGLISH, "Europe/Lisbon"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_message_comes_back_as_it_was(name: str) -> None:
    message = EXAMPLES[name].message
    assert decode_message(json.loads(json.dumps(encode(message)))) == message
