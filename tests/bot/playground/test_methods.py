"""The Web API through the real SDK: what it answers, and what it refuses."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import acts
from bot.playground.company import COMPANY
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands, open_dm


async def refused(call: Awaitable[Any]) -> str:
    """The error word with which the workspace says no."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_the_token_says_who_the_app_is(client: AsyncWebClient, workspace: Workspace) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0ALONGSIDE", "B0ALONGSIDE", "T0HARBOUR")
    assert (await client.team_info())["team"]["name"] == "Harbour & Co"
    client.token = "xoxb-wrong"
    assert await refused(client.auth_test()) == "invalid_auth"


async def test_an_unknown_method_is_named_as_such(client: AsyncWebClient, workspace: Workspace) -> None:
    assert await refused(client.api_call("chat.scheduleMessage", json={})) == "unknown_method"
    assert workspace.refused == ["chat.scheduleMessage: unknown_method: chat.scheduleMessage"]


async def test_people_are_told_with_zone_and_language(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0INES", include_locale=True))["user"]
    assert (user["real_name"], user["tz"], user["locale"]) == ("Ines Duarte", "Europe/Lisbon", "en-GB")
    assert user["tz_offset"] == 3600
    assert "locale" not in (await client.users_info(user="U0INES"))["user"]
    found = await client.users_lookupByEmail(email="mira.okafor@harbour.example")
    assert found["user"]["id"] == "U0MIRA"
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"
    assert await refused(client.users_lookupByEmail(email="a@b.example")) == "users_not_found"


async def test_everybody_is_listed_page_by_page(client: AsyncWebClient) -> None:
    seen: list[str] = []
    async for page in await client.users_list(limit=10):
        assert len(page["members"]) <= 10
        seen += [m["id"] for m in page["members"]]
    assert sorted(seen) == sorted([*(m.id for m in COMPANY.members), "U0ALONGSIDE"])


async def test_the_same_people_always_get_the_same_conversation(client: AsyncWebClient) -> None:
    first = await open_dm(client, "U0INES")
    assert first == await open_dm(client, "U0INES")
    assert first.startswith("D")
    group = (await client.conversations_open(users=["U0INES", "U0MIRA"]))["channel"]["id"]
    again = (await client.conversations_open(users=["U0MIRA", "U0INES"]))["channel"]["id"]
    assert group == again
    members = (await client.conversations_members(channel=group))["members"]
    assert members == ["U0ALONGSIDE", "U0INES", "U0MIRA"]
    assert await refused(client.conversations_open(users=[])) == "users_list_not_supplied"
    assert await refused(client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await refused(client.conversations_open(users=[m.id for m in COMPANY.members[:9]])) == "too_many_users"


async def test_conversations_are_described_and_listed(client: AsyncWebClient) -> None:
    dm = await open_dm(client, "U0INES")
    opened = (await client.conversations_open(users=["U0INES", "U0MIRA"], return_im=True))["channel"]
    assert opened["is_mpim"] is True
    found = (await client.conversations_info(channel=dm))["channel"]
    assert (found["is_im"], found["user"]) == (True, "U0INES")
    channels = (await client.conversations_list())["channels"]
    assert [(c["name"], c["is_member"]) for c in channels] == [("general", True), ("lunch", False), ("mentoring", True)]
    listed = (await client.conversations_list(types="im,mpim"))["channels"]
    assert {c["id"] for c in listed} == {dm, opened["id"]}
    assert await refused(client.conversations_info(channel="C0NONE")) == "channel_not_found"
    assert await refused(client.conversations_list(limit=1000)) == "invalid_limit"


async def test_who_left_the_company_cannot_be_written_to(client: AsyncWebClient, workspace: Workspace) -> None:
    channel = await open_dm(client, "U0INES")
    await acts.deactivate(workspace, "U0INES")
    await workspace.settled()
    assert await refused(client.conversations_open(users="U0INES")) == "user_disabled"
    assert await refused(client.chat_postMessage(channel=channel, text="Hello")) == "is_archived"
    assert (await client.users_info(user="U0INES"))["user"]["deleted"] is True
    assert await refused(client.users_lookupByEmail(email="ines.duarte@harbour.example")) == "users_not_found"


async def test_a_message_goes_to_a_conversation_by_its_id_only(client: AsyncWebClient, workspace: Workspace) -> None:
    assert await refused(client.chat_postMessage(channel="U0INES", text="Hello")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="#general", text="Hello")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="C0LUNCH", text="Hello")) == "not_in_channel"
    workspace.archive("C0GENERAL")
    assert await refused(client.chat_postMessage(channel="C0GENERAL", text="Hello")) == "is_archived"


async def test_blocks_do_not_stand_in_for_the_text(client: AsyncWebClient, workspace: Workspace) -> None:
    channel = await open_dm(client, "U0INES")
    body = {"channel": channel, "blocks": [{"type": "divider"}]}
    assert await refused(client.api_call("chat.postMessage", json=body)) == "no_text"
    assert await refused(client.chat_postMessage(channel=channel, text="x" * 4001)) == "msg_too_long"
    assert [r.partition(": [")[0] for r in workspace.refused] == [
        "chat.postMessage: no_text",
        "chat.postMessage: msg_too_long",
    ]


async def test_a_refusal_says_block_field_and_rule(client: AsyncWebClient) -> None:
    channel = await open_dm(client, "U0INES")
    long = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel, text="Hello", blocks=[{"type": "divider"}, long])
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] blocks[1] header.text.text: must be at most 150 characters, has 151 [json-pointer:/blocks/1/text/text]"
    ]


async def test_messages_have_time_stamps_that_differ_and_grow(client: AsyncWebClient, hands: Hands) -> None:
    channel = await open_dm(client, "U0INES")
    stamps = [(await client.chat_postMessage(channel=channel, text=f"{n}"))["ts"] for n in range(3)]
    hands.later(weeks=1)
    hands.limits += 60
    stamps.append((await client.chat_postMessage(channel=channel, text="later"))["ts"])
    assert stamps == sorted(set(stamps), key=float)
    assert stamps[0] == "1778486400.000000"
    assert float(stamps[3]) - float(stamps[0]) == pytest.approx(7 * 24 * 3600)


async def test_an_update_keeps_what_it_does_not_name(client: AsyncWebClient, ines: Person) -> None:
    channel = await open_dm(client, ines.id)
    sent = await client.chat_postMessage(
        channel=channel,
        text="Hello",
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "*Hello Ines*"}}],
        metadata={"event_type": "sent", "event_payload": {"id": "k1"}},
    )
    ts = sent["ts"]
    assert sent["message"]["blocks"][0]["block_id"]
    await client.chat_update(channel=channel, ts=ts, text="Still there.")
    assert (ines.last_message.summary, ines.last_message.body) == ("Still there.", "Hello Ines")
    await client.chat_update(channel=channel, ts=ts, text="Gone.", blocks=[])
    assert (ines.last_message.summary, ines.last_message.body) == ("Gone.", "")
    found = (await client.conversations_history(channel=channel, include_all_metadata=True))["messages"]
    assert found[0]["metadata"]["event_payload"] == {"id": "k1"}
    assert "metadata" not in (await client.conversations_history(channel=channel))["messages"][0]
    assert await refused(client.chat_update(channel=channel, ts="1.000000", text="x")) == "message_not_found"
    await client.chat_delete(channel=channel, ts=ts)
    assert ines.reads() == ()


async def test_an_archived_channel_stands_still(client: AsyncWebClient, workspace: Workspace) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Hello"))["ts"]
    workspace.archive("C0GENERAL")
    assert await refused(client.chat_update(channel="C0GENERAL", ts=ts, text="x")) == "is_inactive"


async def test_the_app_reads_only_its_own_direct_messages(client: AsyncWebClient) -> None:
    group = (await client.conversations_open(users=["U0INES", "U0MIRA"]))["channel"]["id"]
    assert await refused(client.conversations_history(channel=group)) == "missing_scope"
    assert await refused(client.conversations_history(channel="C0GENERAL")) == "missing_scope"


async def test_an_ephemeral_message_is_for_one_and_cannot_be_updated(
    client: AsyncWebClient, ines: Person, mira: Person
) -> None:
    shown = await client.chat_postEphemeral(channel="C0GENERAL", user="U0INES", text="Only you")
    assert ines.answer.summary == "Only you"
    assert mira.channel("#general") == ()
    ts = shown["message_ts"]
    assert await refused(client.chat_update(channel="C0GENERAL", ts=ts, text="x")) == "message_not_found"
    channel = await open_dm(client, "U0INES")
    assert await refused(client.chat_postEphemeral(channel=channel, user="U0MIRA", text="x")) == "user_not_in_channel"


async def test_a_stale_home_is_not_published_over_a_newer_one(client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await client.views_publish(user_id="U0INES", view=view))["view"]
    second = (await client.views_publish(user_id="U0INES", view=view, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    assert await refused(client.views_publish(user_id="U0INES", view=view, hash=first["hash"])) == "hash_conflict"


async def test_a_file_is_announced_sent_and_shared(client: AsyncWebClient, workspace: Workspace, ines: Person) -> None:
    channel = await open_dm(client, ines.id)
    await client.files_upload_v2(
        channel=channel, filename="report.csv", title="Report", content="name,value\n", initial_comment="Your report"
    )
    message = workspace.messages_for(ines.id, channel)[-1]
    assert message.text == "Your report"
    assert (message.files[0].name, message.files[0].title, message.files[0].content) == (
        "report.csv",
        "Report",
        b"name,value\n",
    )
    assert (
        await refused(client.files_completeUploadExternal(files=[{"id": "F0NONE", "title": "x"}])) == "file_not_found"
    )
