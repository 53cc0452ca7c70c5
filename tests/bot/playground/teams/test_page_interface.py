"""What the page's Teams panes are told and can do, served beside the Slack workspace."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.playground.company import COMPANY
from bot.playground.server import serve
from bot.playground.teams.company import TENANT
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import INES, TinyBot, button, buttons, card, text, with_card

Json = dict[str, Any]


@pytest.fixture
async def tenant(hands: Hands, new_id: Callable[[], str]) -> AsyncIterator[Tenant]:
    """One that shares its address with a Slack workspace."""
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    made = Tenant(company=TENANT, times=times, new_id=new_id)
    server = await serve(Workspace(company=COMPANY, times=times, new_id=new_id), tenant=made)
    yield made
    await server.stop()


async def get(session: ClientSession, tenant: Tenant, path: str) -> Json:
    async with session.get(f"{tenant.address}{path}") as answer:
        told: Json = await answer.json()
        return told


async def act(session: ClientSession, tenant: Tenant, kind: str, **fields: Any) -> tuple[int, Json]:
    asked = {"as": INES, "kind": kind, **fields}
    async with session.post(f"{tenant.address}/playground/teams/act", json=asked) as answer:
        return answer.status, await answer.json()


async def test_both_platforms_stand_at_one_address(session: ClientSession, tenant: Tenant) -> None:
    on_teams = await get(session, tenant, "/playground/teams/people")
    on_slack = await get(session, tenant, "/playground/people")
    assert [one["name"] for one in on_teams["people"]] == [one["name"] for one in on_slack["people"]]
    assert len(on_teams["players"]) == 3


async def test_a_chat_is_played_from_the_page(session: ClientSession, tenant: Tenant, bot: TinyBot) -> None:
    state = await get(session, tenant, f"/playground/teams/state?as={INES}")
    chat = state["conversations"][0]
    assert (chat["kind"], chat["with_app"], chat["messages"]) == ("personal", False, [])
    status, told = await act(session, tenant, "say", conversation=chat["id"], text="mentor join")
    assert (status, told["told_app"], told["status"]) == (200, True, 200)
    assert [one["type"] for one in bot.heard] == ["installationUpdate", "conversationUpdate", "message"]

    name = {
        "type": "Input.Text",
        "id": "f0.name",
        "label": "Name",
        "isRequired": True,
        "errorMessage": "A name, please",
    }
    await bot.sends(chat["id"], card(text("Who are you?"), name, buttons(button("Save", "x"), button("Later", "y"))))
    state = await get(session, tenant, f"/playground/teams/state?as={INES}")
    message = state["conversations"][0]["messages"][-1]
    assert message["attachments"][0]["content"]["body"][0]["text"] == "Who are you?"
    here = {"conversation": chat["id"], "message": message["id"], "button": 0}
    status, told = await act(session, tenant, "press", **here)
    assert told["errors"] == {"f0.name": "A name, please"}
    bot.answer = lambda _: with_card(card(text("Hello Ines")))
    status, told = await act(session, tenant, "press", **here, values={"f0.name": "Ines"})
    assert (status, told["errors"], told["notice"]) == (200, {}, None)
    assert bot.heard[-1]["value"]["action"]["data"]["f0.name"] == "Ines"
    state = await get(session, tenant, f"/playground/teams/state?as={INES}")
    assert "Hello Ines" in json.dumps(state)


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("dance", {}, "There is no act dance."),
        ("say", {"conversation": "a:1", "text": "hi"}, "There is no conversation"),
        ("say", {"text": "hi"}, "The act needs conversation"),
        ("press", {"conversation": "a:1", "message": "1", "button": 0}, "no longer there"),
        ("uninstall", {}, "The app is not there."),
    ],
)
async def test_an_act_that_makes_no_sense_is_named(
    session: ClientSession, tenant: Tenant, kind: str, fields: Json, why: str
) -> None:
    status, told = await act(session, tenant, kind, **fields)
    assert status == 400
    assert why in told["error"]
