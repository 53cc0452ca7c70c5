"""Whatever people are called and whatever they type is shown as they typed it, and is never markup."""

from collections.abc import Iterator

import pytest

from tests.stage import COORDINATOR, Stage
from tests.stories.spring import (
    ABOUT,
    MENTEE,
    answers_one,
    open_spring,
    question,
    spring_has_begun,
)

ODD = (
    "<!channel> and <!here> *all* of <@U0PRIYA>",
    "a | b | c _d_ ~e~ `f` > g & h &amp; i",
    "🌱👩🏽‍💻 growing 🇵🇹",
    "שלום, אני אינס. مرحبا 123",
    "line one\n\n* line two\n> line three",
    '<https://example.org|harmless> =HYPERLINK("x")',
)


def calls_nobody(stage: Stage) -> None:
    """Nothing that Slack reads as markup holds a broadcast or a mention that somebody typed."""
    bot = stage.workspace.app_user
    every = [one for messages in stage.workspace.contents.messages.values() for one in messages.values()]
    for message in every:
        if message.author == bot:
            for marked_up in (message.text, *_marked_up(list(message.blocks))):
                assert "<!channel" not in marked_up
                assert "<!here" not in marked_up
                assert f"<@{COORDINATOR}>" not in marked_up
            assert "'type': 'broadcast'" not in repr(message.blocks)


def _marked_up(value: object) -> Iterator[str]:
    match value:
        case {"type": "mrkdwn", "text": str(text)}:
            yield text
        case dict():
            for inside in value.values():
                yield from _marked_up(inside)
        case list():
            for inside in value:
                yield from _marked_up(inside)


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
async def test_an_answer_is_shown_as_it_was_typed(stage: Stage, words: str) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.asks("join")
    await ines.presses("I agree")
    while question(ines.last_message) != ABOUT:
        await answers_one(ines, MENTEE)

    await ines.types(words)

    assert f"In their own words: {words}" in ines.last_message.body
    calls_nobody(stage)


async def test_three_thousand_characters_get_a_friendly_line(stage: Stage) -> None:
    await open_spring(stage)
    ines = stage.actor("Ines")
    await ines.asks("join")
    await ines.presses("I agree")
    while question(ines.last_message) != ABOUT:
        await answers_one(ines, MENTEE)

    await ines.types("שלום 🌱 *x* " * 250)

    assert "and 600 fit here. The first few sentences are enough." in ines.last_message
    assert "The question is still open, and nothing was changed." in ines.last_message
    await ines.types("x" * 600)
    assert "x" * 600 in ines.last_message


async def test_odd_names_are_shown_as_they_are(stage: Stage) -> None:
    name, title = "*Ines* <!channel> | 🌱 דוארטה", "_Head_ of <!here> & `code`"
    await stage.renames("Ines", to=name, title=title)

    await spring_has_begun(stage)

    mira, priya = stage.actors("Mira", "Priya")
    assert f"You and {name} are matched." in mira.last_message
    await mira.presses("About *Ines*")
    assert name in mira.last_message
    assert (title in mira.last_message) is stage.tells_titles
    people = await priya.coordinates("people")
    assert people is not None
    person = await priya.coordinates(f"person {name}")
    assert person is not None
    assert name in person
    await priya.coordinates("report")
    await priya.presses("Download CSV")
    calls_nobody(stage)


async def test_a_very_long_name_breaks_no_message(stage: Stage) -> None:
    await stage.renames("Ines", to="Ines " + "Maximiliana " * 18, title="Chief " * 50)

    await spring_has_begun(stage)
    await stage.wait(weeks=2)

    mira, priya = stage.actors("Mira", "Priya")
    assert mira.hears("Maximiliana")
    await priya.coordinates("match show")
    await priya.coordinates("report")


async def test_what_is_typed_into_a_private_form_comes_back_as_it_was(stage: Stage) -> None:
    await spring_has_begun(stage)
    ines = stage.actor("Ines")
    words = "\n".join(ODD)

    await ines.asks("letter")
    await ines.fills("Your letter", words)
    await ines.presses("Keep as a draft")
    await ines.closes_everything()
    await ines.asks("letter")

    assert ines.player.holds("Your letter") == (words,)
    await ines.closes_everything()
    calls_nobody(stage)


async def test_a_broadcast_of_a_coordinator_calls_nobody_by_markup(stage: Stage) -> None:
    await spring_has_begun(stage)
    priya, mira = stage.actors("Priya", "Mira")

    await priya.coordinates("broadcast Tea at four, *everybody* & friends | bring cake")
    await priya.presses("Send it")
    await stage.wait(hours=1)

    assert mira.hears("Tea at four, *everybody* & friends | bring cake")
    calls_nobody(stage)
