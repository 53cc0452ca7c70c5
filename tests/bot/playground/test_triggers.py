"""Trigger ids: three seconds, one use, and what a modal stack takes."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.person import Person
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands
from tests.bot.playground.test_acts import LETTER
from tests.bot.playground.test_methods import refused

Json = dict[str, Any]


async def _trigger(app: AsyncApp, person: Person) -> str:
    kept: list[str] = []

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        kept.append(command["trigger_id"])
        await ack()

    await person.asks("/mentor")
    return kept[0]


async def test_a_trigger_opens_one_modal(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    trigger = await _trigger(app, ines)
    await client.views_open(trigger_id=trigger, view=LETTER)
    assert await refused(client.views_open(trigger_id=trigger, view=LETTER)) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="123.456", view=LETTER)) == "invalid_trigger_id"


async def test_a_trigger_lives_three_seconds(app: AsyncApp, client: AsyncWebClient, ines: Person, hands: Hands) -> None:
    trigger = await _trigger(app, ines)
    hands.ahead += 3.5
    assert await refused(client.views_open(trigger_id=trigger, view=LETTER)) == "expired_trigger_id"
    assert ines.modal() is None


async def test_a_view_is_pushed_from_inside_a_modal_only(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    trigger = await _trigger(app, ines)
    assert await refused(client.views_push(trigger_id=trigger, view=LETTER)) == "invalid_trigger_id"


async def test_three_modals_lie_on_each_other_and_no_more(
    app: AsyncApp, client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    more = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more"}
    view = {**LETTER, "blocks": [*LETTER["blocks"], {"type": "actions", "elements": [more]}]}
    errors: list[str] = []

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=view)
        await ack()

    @app.action("more")
    async def on_more(ack: Any, body: Json) -> None:
        await ack()
        if len(workspace.stack(ines.id)) == 3:
            errors.append(await refused(client.views_push(trigger_id=body["trigger_id"], view=view)))
        else:
            await client.views_push(trigger_id=body["trigger_id"], view=view)

    await ines.asks("/mentor")
    for _ in range(3):
        await ines.presses("More")
    assert errors == ["push_limit_reached"]
    stack = workspace.stack(ines.id)
    assert [v.previous for v in stack] == [None, stack[0].id, stack[1].id]
    assert {v.root for v in stack} == {stack[0].id}


async def test_what_was_typed_survives_an_update_with_the_same_ids(
    app: AsyncApp, client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    trigger = await _trigger(app, ines)
    view = (await client.views_open(trigger_id=trigger, view=LETTER))["view"]
    await ines.fills("Your letter", "Dear me")
    await client.views_update(view_id=view["id"], hash=view["hash"], view=LETTER)
    assert ines.holds("Your letter") == ("Dear me",)
    assert await refused(client.views_update(view_id=view["id"], hash=view["hash"], view=LETTER)) == "hash_conflict"
    other = {**LETTER, "blocks": [{**LETTER["blocks"][0], "block_id": "another"}]}
    await client.views_update(view_id=view["id"], view=other)
    assert ines.holds("Your letter") == ()
    assert await refused(client.views_update(view_id="V0NONE", view=LETTER)) == "not_found"


async def test_an_external_id_names_one_open_view(
    app: AsyncApp, client: AsyncWebClient, ines: Person, mira: Person
) -> None:
    named = {**LETTER, "external_id": "letter-7"}
    await client.views_open(trigger_id=await _trigger(app, ines), view=named)
    await client.views_update(external_id="letter-7", view={**named, "title": {"type": "plain_text", "text": "Yours"}})
    modal = ines.modal()
    assert modal is not None
    assert modal.summary == "Yours"
    assert await refused(client.views_update(external_id="letter-8", view=named)) == "not_found"

    outcome = await mira.asks("/mentor")
    assert outcome.delivery is not None
    trigger = str(mira.workspace.wire.named("/mentor")[-1].request["trigger_id"])
    assert await refused(client.views_open(trigger_id=trigger, view=named)) == "duplicate_external_id"
