"""Teams and their channels change as in Teams, and the app hears of those in which it is."""

from typing import Any

import pytest

from bot.playground.controls import NotPossible
from bot.playground.teams import team_acts
from bot.playground.teams.person import Person
from tests.bot.playground.teams.conftest import INES, MIRA, TinyBot, text
from tests.bot.playground.teams.conftest import card as card_of

Json = dict[str, Any]


def team_id(bot: TinyBot, name: str) -> str:
    return next(one.id for one in bot.tenant.contents.teams.values() if one.name == name)


def channel_id(bot: TinyBot, team: str, name: str) -> str:
    return next(one.id for one in bot.tenant.channels_of(team_id(bot, team)) if one.name == name)


async def channels(bot: TinyBot, team: str) -> tuple[int, list[Json]]:
    answer = await bot.call("GET", f"v3/teams/{team}/conversations")
    return answer.status_code, answer.json().get("conversations", [])


async def test_each_team_tells_its_own_channels_and_only_where_the_app_is(bot: TinyBot, ines: Person) -> None:
    product = team_id(bot, "Product")
    assert (await channels(bot, product))[0] == 403
    await ines.adds_app_to_team("Product")
    assert await channels(bot, product) == (
        200,
        [
            {"id": product, "name": None, "type": "standard"},
            {"id": channel_id(bot, "Product", "launches"), "name": "launches", "type": "standard"},
        ],
    )
    assert (await channels(bot, bot.tenant.company.team.id))[0] == 403
    assert (await channels(bot, "19:nothing@thread.tacv2"))[0] == 404
    assert (await bot.call("GET", f"v3/teams/{product}")).json()["name"] == "Product"


async def test_the_app_hears_that_it_came_and_went(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team("Product")
    await team_acts.remove(bot.tenant, INES, team="Product")
    said = [(one["type"], one.get("action"), one["channelData"].get("eventType")) for one in bot.heard]
    assert said == [
        ("installationUpdate", "add", None),
        ("conversationUpdate", None, "teamMemberAdded"),
        ("installationUpdate", "remove", None),
        ("conversationUpdate", None, "teamMemberRemoved"),
    ]
    assert {one["channelData"]["team"]["id"] for one in bot.heard} == {team_id(bot, "Product")}
    there = await bot.sends(team_id(bot, "Product"), card_of(text("Hello")))
    assert there.status_code == 403


async def test_channels_come_go_and_are_called_otherwise(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team("Product")
    bot.heard.clear()
    await team_acts.create_channel(bot.tenant, INES, "ideas", team="Product")
    ideas = channel_id(bot, "Product", "ideas")
    await team_acts.rename_channel(bot.tenant, INES, ideas, to="good ideas")
    assert [one["name"] for one in (await channels(bot, team_id(bot, "Product")))[1]] == [
        None,
        "launches",
        "good ideas",
    ]
    await bot.sends(ideas, card_of(text("Hello")))
    assert "Hello" in ines.channel("Product > good ideas")[-1]
    await team_acts.delete_channel(bot.tenant, INES, ideas)
    assert (await bot.sends(ideas, card_of(text("Hello")))).status_code == 404
    told = [(one["channelData"]["eventType"], one["channelData"]["channel"]["name"]) for one in bot.heard]
    assert told == [("channelCreated", "ideas"), ("channelRenamed", "good ideas"), ("channelDeleted", "good ideas")]
    for one in bot.heard:
        assert one["conversation"]["id"] == team_id(bot, "Product")
        assert "aadObjectId" not in one["from"]
        assert "name" not in one["channelData"]["team"]


async def test_a_team_is_called_otherwise_and_deleted(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team("Product")
    product = team_id(bot, "Product")
    bot.heard.clear()
    await team_acts.rename_team(bot.tenant, INES, team="Product", to="Products")
    await team_acts.delete_team(bot.tenant, INES, team="Products")
    told = [(one["channelData"]["eventType"], one["channelData"]["team"]["name"]) for one in bot.heard]
    assert told == [("teamRenamed", "Products"), ("teamDeleted", "Products")]
    assert (await channels(bot, product))[0] == 404


async def test_of_a_team_without_it_the_app_hears_nothing(bot: TinyBot) -> None:
    await team_acts.create_channel(bot.tenant, INES, "ideas", team="Product")
    await team_acts.rename_channel(bot.tenant, INES, channel_id(bot, "Product", "ideas"), to="plans")
    await team_acts.delete_channel(bot.tenant, INES, channel_id(bot, "Product", "plans"))
    await team_acts.rename_team(bot.tenant, INES, team="Product", to="Products")
    await team_acts.delete_team(bot.tenant, INES, team="Products")
    assert bot.heard == []


async def test_only_who_belongs_to_a_team_changes_it(bot: TinyBot, mira: Person) -> None:
    with pytest.raises(NotPossible):
        await mira.adds_app_to_team("Product")
    with pytest.raises(NotPossible):
        await team_acts.rename_channel(bot.tenant, MIRA, channel_id(bot, "Product", "launches"), to="x")
    with pytest.raises(NotPossible):
        await team_acts.delete_channel(bot.tenant, INES, team_id(bot, "Product"))


async def test_a_chat_is_begun_with_the_people_of_a_team_by_their_id_there(bot: TinyBot, ines: Person) -> None:
    tenant = bot.tenant
    body: Json = {
        "isGroup": False,
        "bot": {"id": tenant.app_user},
        "tenantId": tenant.company.id,
        "channelData": {"tenant": {"id": tenant.company.id}},
    }

    async def begun(who: str) -> int:
        return (await bot.call("POST", "v3/conversations", body | {"members": [{"id": who}]})).status_code

    assert await begun(tenant.address_of(INES)) == 403
    await ines.adds_app_to_team("Product")
    assert await begun(tenant.address_of(INES)) == 201
    assert await begun(INES) == 403
    assert await begun(tenant.address_of(MIRA)) == 403
