"""The connector takes what Teams takes, and says no as the service does."""

from typing import Any

import httpx
import pytest

from bot.playground.teams.person import Person
from bot.playground.teams.tenant import Tenant
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import INES, MIRA, TinyBot, card, says, text

Json = dict[str, Any]


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_a_message_is_sent_changed_and_taken_back(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    sent = await bot.sends(chat, card(text("You and **Mira** are matched")))
    assert sent.status_code == 201
    assert "You and Mira are matched" in ines.last_message

    await bot.sends(chat, {"text": "later"})
    address = f"v3/conversations/{chat}/activities/{sent.json()['id']}"
    changed = await bot.call("PUT", address, says(card(text("Noted")), "Noted"))
    assert changed.status_code == 200
    assert [str(seen) for seen in ines.reads()] == ["Noted\nNoted", "later"]

    assert (await bot.call("DELETE", address)).status_code == 200
    assert [str(seen) for seen in ines.reads()] == ["later"]
    assert code(await bot.call("DELETE", address)) == (404, "ActivityNotFoundInConversation")
    assert bot.tenant.refused == []


async def test_the_chat_with_a_person_is_the_same_each_time(bot: TinyBot, ines: Person, mira: Person) -> None:
    await ines.installs()
    await mira.installs()
    assert await bot.opens(ines.id) == await bot.opens(bot.tenant.address_of(ines.id)) == ines.dm
    assert await bot.opens(mira.id) != ines.dm


async def test_who_has_not_added_the_app_cannot_be_written_to(bot: TinyBot) -> None:
    body = {"members": [{"id": INES}], "channelData": {"tenant": {"id": bot.tenant.company.id}}}
    assert code(await bot.call("POST", "v3/conversations", body)) == (403, "BotNotInConversationRoster")
    assert code(await bot.sends("a:1nowhere", {"text": "hello"})) == (404, "ConversationNotFound")
    assert bot.tenant.refused == []


async def test_an_address_of_mail_and_a_group_open_nothing(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    tenant = {"tenant": {"id": bot.tenant.company.id}}
    by_mail = {"members": [{"id": "ines.duarte@harbour.example"}], "channelData": tenant}
    two = {"members": [{"id": INES}, {"id": MIRA}], "isGroup": True, "channelData": tenant}
    homeless = {"members": [{"id": INES}]}
    for body in (by_mail, two, homeless):
        assert code(await bot.call("POST", "v3/conversations", body)) == (400, "BadSyntax")
    assert len(bot.tenant.refused) == 3


async def test_who_leaves_blocks_or_is_gone_is_told_apart(bot: TinyBot, ines: Person, mira: Person) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    ines.blocks()
    assert code(await bot.sends(chat, {"text": "hello"})) == (403, "ConversationBlockedByUser")
    await ines.installs()
    assert (await bot.sends(chat, {"text": "hello"})).status_code == 201
    await ines.uninstalls()
    assert code(await bot.sends(chat, {"text": "hello"})) == (403, "BotNotInConversationRoster")
    await mira.installs()
    chat = await bot.opens(mira.id)
    mira.leaves_the_company()
    assert code(await bot.sends(chat, {"text": "hello"})) == (404, "ConversationNotFound")


async def test_a_token_is_needed_and_ends(bot: TinyBot, ines: Person, hands: Hands) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    hands.ahead += 3601
    assert code(await bot.sends(chat, {"text": "late"})) == (401, "Unauthorized")
    bot.token = "made-up"
    assert code(await bot.sends(chat, {"text": "forged"})) == (401, "Unauthorized")
    bot.token = ""
    assert (await bot.sends(chat, {"text": "hello"})).status_code == 201
    assert bot.tenant.tokens.issued == 2
    assert len(bot.tenant.refused) == 2


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("client_secret", "wrong", 401),
        ("client_id", "28:somebody", 400),
        ("scope", "https://graph.microsoft.com/.default", 400),
        ("grant_type", "password", 400),
    ],
)
async def test_a_token_is_for_this_app_alone(bot: TinyBot, field: str, value: str, status: int) -> None:
    assert (await bot.asks_for_token(**{field: value})).status_code == status
    assert len(bot.tenant.refused) == 1
    shown = bot.tenant.wire.named("token")[-1].request
    assert "client_secret" not in shown


async def test_the_roster_comes_whole_in_pages_and_one_by_one(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team()
    team = bot.tenant.company.team.id
    whole = (await bot.call("GET", f"v3/conversations/{team}/members")).json()
    assert len(whole) == len(bot.tenant.company.members)
    assert {"id", "name", "email", "userPrincipalName", "aadObjectId", "tenantId", "userRole"} <= set(whole[0])
    page = (await bot.call("GET", f"v3/conversations/{team}/pagedmembers?pageSize=50")).json()
    assert page == {"members": whole}
    assert code(await bot.call("GET", f"v3/conversations/{team}/pagedmembers?pageSize=10")) == (400, "BadSyntax")
    for who in (INES, bot.tenant.address_of(INES), "ines.duarte@harbour.example"):
        one = (await bot.call("GET", f"v3/conversations/{team}/members/{who}")).json()
        assert (one["name"], one["aadObjectId"]) == ("Ines Duarte", INES)
    nobody = await bot.call("GET", f"v3/conversations/{team}/members/29:1nobody")
    assert code(nobody) == (404, "MemberNotFoundInConversation")
    channels = (await bot.call("GET", f"v3/teams/{team}/conversations")).json()["conversations"]
    assert [one.get("name") for one in channels] == [None, "mentoring"]


async def test_a_channel_takes_a_new_thread_and_answers_in_it(bot: TinyBot, ines: Person) -> None:
    mentoring = bot.tenant.company.team.channels[1].id
    body = {"channelData": {"channel": {"id": mentoring}, "tenant": {"id": bot.tenant.company.id}}}
    activity = says(card(text("Mentoring starts")))
    await ines.adds_app_to_team()
    made = (await bot.call("POST", "v3/conversations", body | {"activity": activity})).json()
    assert made["id"] == f"{mentoring};messageid={made['activityId']}"
    await bot.sends(made["id"], {"text": "in its thread"})
    first, second = ines.channel("#mentoring")
    assert "Mentoring starts" in first
    assert second.surface.thread == made["activityId"]


@pytest.mark.parametrize(
    ("activity", "why"),
    [
        ({"type": "event"}, "an activity of type event"),
        ({"text": ""}, "neither text nor attachment"),
        ({"text": "hello", "channelID": "msteams"}, "no channelID"),
        ({"text": "hello", "from": {"id": "28:another"}}, "the app is not 28:another"),
        ({"text": "hello", "attachments": [{"contentType": "application/vnd.microsoft.card.hero"}]}, "card.hero"),
        (says(card(text("hello")), ""), "without summary"),
        (says({"type": "AdaptiveCard", "version": "1.6", "body": [text("hello")]}), "version is 1.6"),
    ],
)
async def test_what_is_no_good_activity_is_refused(bot: TinyBot, ines: Person, activity: Json, why: str) -> None:
    await ines.installs()
    assert code(await bot.sends(await bot.opens(ines.id), activity)) == (400, "BadSyntax")
    assert ines.reads() == ()
    assert why in bot.tenant.refused[0]


async def test_what_is_too_big_is_refused(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    assert (await bot.sends(chat, card(text("x" * 27_000)))).status_code == 201
    assert code(await bot.sends(chat, card(text("x" * 29_000)))) == (413, "MessageSizeTooBig")
    assert code(await bot.sends(chat, {"text": "x" * 52_000})) == (413, "MessageSizeTooBig")
    bot.tenant.card_bytes = 40 * 1024
    assert (await bot.sends(chat, card(text("x" * 29_000)))).status_code == 201


async def test_seven_messages_a_second_and_eight_in_two(bot: TinyBot, ines: Person, mira: Person, hands: Hands) -> None:
    await ines.installs()
    await mira.installs()
    chat, other = await bot.opens(ines.id), await bot.opens(mira.id)
    for n in range(7):
        assert (await bot.sends(chat, {"text": f"{n}"})).status_code == 201
    eighth = await bot.sends(chat, {"text": "too soon"})
    assert code(eighth) == (429, "Throttled")
    assert eighth.headers["Retry-After"] == "1"
    assert (await bot.sends(other, {"text": "another chat is free"})).status_code == 201
    hands.limits += 1
    assert (await bot.sends(chat, {"text": "now"})).status_code == 201
    assert (await bot.sends(chat, {"text": "too soon again"})).status_code == 429
    hands.limits += 1
    assert (await bot.sends(chat, {"text": "now"})).status_code == 201
    assert bot.tenant.refused == []


async def test_fifty_requests_a_second_for_the_tenant(bot: TinyBot, tenant: Tenant, hands: Hands) -> None:
    chats = []
    for member in tenant.company.members[:8]:
        await Person(tenant, member.id).installs()
        hands.limits += 1
        chats.append(await bot.opens(member.id))
    hands.limits += 10
    sent = [await bot.sends(chats[n % 8], {"text": f"{n}"}) for n in range(51)]
    assert [one.status_code for one in sent] == [201] * 50 + [429]
    hands.limits += 1
    assert (await bot.sends(chats[3], {"text": "again"})).status_code == 201
