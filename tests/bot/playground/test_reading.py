"""What a person takes in: markup as plain words, times in their own zone, controls by their labels."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.controls import NotPossible
from bot.playground.person import Person
from bot.playground.reading import Reader
from bot.playground.typed_text import as_stored
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import open_dm
from tests.bot.playground.test_acts import actions, button
from tests.bot.playground.test_strict import chart, pie

Json = dict[str, Any]
READER = Reader(tz="Europe/Lisbon", people={"U0MIRA": "Mira Okafor"}, channels={"C0GENERAL": "general"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*You and <@U0MIRA> are matched*", "You and @Mira Okafor are matched"),
        ("in <#C0GENERAL|general>, _soon_", "in #general, soon"),
        ("<https://example.org|the guide> and <https://example.org>", "the guide and https://example.org"),
        ("&lt;!channel&gt; &amp; co", "<!channel> & co"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("<!date^1778486400^{date_long} {time}|11 May>", "Monday, May 11, 2026 09:00"),
    ],
)
def test_markup_is_read_as_words(written: str, read: str) -> None:
    assert READER.markup(written) == read


def test_rich_text_lists_and_charts_are_read_in_order() -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "say *hello*"}]}
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Next"}},
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "elements": [item, item]}]},
        chart(),
        pie(2),
    ]
    assert READER.blocks(blocks) == ("Next\n1. say *hello*\n2. say *hello*\nMeetings\nMet: W1 3, W2 4\nPulse\nP0: 2")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ask @mira.okafor", "ask <@U0MIRA>"),
        ("ask @Mira, please", "ask <@U0MIRA>, please"),
        ("ask @Mira Okafor.", "ask <@U0MIRA>."),
        ("mira@harbour.example and @nobody", "mira@harbour.example and @nobody"),
        ("@Mirabelle", "@Mirabelle"),
        ("#general #nowhere", "<#C0GENERAL|general> #nowhere"),
        ("<!channel> & <@U0MIRA>", "&lt;!channel&gt; &amp; &lt;@U0MIRA&gt;"),
    ],
)
async def test_typed_names_become_mentions_and_typed_markup_does_not(
    workspace: Workspace, typed: str, stored: str
) -> None:
    assert as_stored(workspace, typed, named=False) == stored


async def test_a_missing_label_is_answered_with_those_that_are_there(client: AsyncWebClient, ines: Person) -> None:
    channel = await open_dm(client, ines.id)
    await client.chat_postMessage(
        channel=channel, text="Met?", blocks=[actions(button("We met", "a"), button("Not yet", "b"))]
    )
    with pytest.raises(NotPossible, match=r"Ines Duarte sees no button “Yes”\. There are: “We met”, “Not yet”\."):
        await ines.presses("Yes")
    with pytest.raises(NotPossible, match=r"sees no field “We met”\. There are: none\."):
        await ines.fills("We met", "x")
    with pytest.raises(NotPossible, match="has no window open"):
        await ines.submits()


async def test_who_has_heard_nothing_has_no_last_message(ines: Person, workspace: Workspace) -> None:
    with pytest.raises(NotPossible, match="has not heard from the app yet"):
        _ = ines.last_message
    with pytest.raises(NotPossible, match="has no private answer"):
        _ = ines.answer
    with pytest.raises(NotPossible, match="is in no conversation #secret"):
        ines.channel("#secret")
    with pytest.raises(NotPossible, match="There is nobody"):
        Person(workspace, "U0NOBODY")
