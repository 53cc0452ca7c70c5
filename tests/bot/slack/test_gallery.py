"""Every message of the gallery as the strict workspace takes it."""

import pytest

from bot.playground.strict.surfaces import check_message, check_view
from bot.slack import render
from bot.slack.origin import Origin
from flows.voice.gallery import examples
from flows.voice.gallery.example import Shown
from flows.voice.message import Form, Message, TableField
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Place

GALLERY = examples(Say(ENGLISH, "Europe/Lisbon"))
HERE = Origin(Place.PRIVATE, channel="D0A1", ts="1778486400.000001")


@pytest.mark.parametrize("name", GALLERY)
def test_every_message_is_taken_wherever_it_may_be_shown(name: str) -> None:
    said, shown = GALLERY[name].message, GALLERY[name].shown
    if shown in {Shown.PROACTIVE, Shown.ANSWER}:
        drawn = render.message(said)
        check_message(drawn["text"], drawn["blocks"])
        alone = render.message(said, ephemeral=True)
        check_message(alone["text"], alone["blocks"], ephemeral=True)
    # Whatever answers somebody on the home tab or in a dialog is shown as a page.
    check_view(render.dialog(said, HERE))
    if not takes_file(said):
        check_view(render.home(said), home=True)


def takes_file(said: Message) -> bool:
    """A file is taken in a dialog alone, and the home tab answers with one too."""
    forms = (block for block in said.blocks if isinstance(block, Form))
    return any(isinstance(field, TableField) for form in forms for field in form.fields)
