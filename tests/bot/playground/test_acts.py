"""People act, the real bolt hears it, and what the app answers is shown."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.controls import NotPossible
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import open_dm

Json = dict[str, Any]


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "label": {"type": "plain_text", "text": label}, "element": element, **more}


LETTER: Json = {
    "type": "modal",
    "callback_id": "letter",
    "title": {"type": "plain_text", "text": "My letter"},
    "submit": {"type": "plain_text", "text": "Seal it"},
    "blocks": [
        field("Your letter", {"type": "plain_text_input", "action_id": "text", "multiline": True}, block_id="letter"),
        field("Open it on", {"type": "datepicker", "action_id": "date"}, block_id="when", optional=True),
    ],
}


async def test_a_command_is_answered_to_the_asker_alone(app: AsyncApp, ines: Person, mira: Person) -> None:
    heard: list[Json] = []

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        heard.append(command)
        await ack("You have no mentor yet.")

    outcome = await ines.asks("/mentor", "hello @Mira Okafor & co in #general")

    assert outcome.delivery is not None
    assert outcome.delivery.status == 200
    assert heard[0]["text"] == "hello <@U0MIRA|mira.okafor> &amp; co in <#C0GENERAL|general>"
    assert heard[0]["channel_name"] == "directmessage"
    assert ines.answer.summary == "You have no mentor yet."
    assert mira.ephemerals() == ()


async def test_an_unknown_command_reaches_nobody(app: AsyncApp, workspace: Workspace, ines: Person) -> None:
    outcome = await ines.asks("/tea")

    assert outcome.delivery is None
    assert ines.notices() == ("/tea is not a valid command.",)
    assert workspace.wire.calls == ()


async def test_a_pressed_message_turns_into_one_line(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    channel = await open_dm(client, ines.id)
    heard: list[Json] = []

    @app.action("met")
    async def on_met(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Noted.", blocks=[])

    await client.chat_postMessage(
        channel=channel, text="Have you two met?", blocks=[actions(button("We met", "met", value="m1"))]
    )
    seen = ines.last_message
    assert seen.labels == ("We met",)

    await ines.presses("We met")

    body = heard[0]
    assert body["actions"][0]["value"] == "m1"
    assert body["container"] == {
        "type": "message",
        "message_ts": body["message"]["ts"],
        "channel_id": channel,
        "is_ephemeral": False,
    }
    assert body["user"]["id"] == "U0INES"
    assert ines.last_message.labels == ()
    assert "Noted." in ines.last_message
    with pytest.raises(NotPossible, match="sees no button “We met”"):
        await ines.presses("We met")

    await ines.presses_again(seen, "We met")
    assert len(heard) == 2


async def test_a_form_in_a_message_travels_with_its_button(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    channel = await open_dm(client, ines.id)
    heard: list[Json] = []

    @app.action("send")
    async def on_send(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    options = [{"text": {"type": "plain_text", "text": t}, "value": t.lower()} for t in ("Python", "Writing")]
    await client.chat_postMessage(
        channel=channel,
        text="What would you like to learn?",
        blocks=[
            field("Skills", {"type": "checkboxes", "options": options, "action_id": "a"}, block_id="skills"),
            field("Hours", {"type": "number_input", "is_decimal_allowed": False, "action_id": "a"}, block_id="hours"),
            field(
                "Pace",
                {"type": "static_select", "options": options, "action_id": "a", "initial_option": options[0]},
                block_id="pace",
            ),
            actions(button("Send", "send")),
        ],
    )
    await ines.chooses("Skills", "Python", "Writing")
    await ines.fills("Hours", "3")
    assert heard == []
    await ines.presses("Send")

    values = heard[0]["state"]["values"]
    assert [o["value"] for o in values["skills"]["a"]["selected_options"]] == ["python", "writing"]
    assert values["hours"]["a"] == {"type": "number_input", "value": "3"}
    assert values["pace"]["a"]["selected_option"]["value"] == "python"


async def test_choosing_outside_a_form_tells_the_app_at_once(
    app: AsyncApp, client: AsyncWebClient, ines: Person
) -> None:
    channel = await open_dm(client, ines.id)
    heard: list[Json] = []

    @app.action("role")
    async def on_role(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    options = [{"text": {"type": "plain_text", "text": t}, "value": t.lower()} for t in ("Mentor", "Mentee")]
    role = {
        "type": "static_select",
        "placeholder": {"type": "plain_text", "text": "Your role"},
        "options": options,
        "action_id": "role",
    }
    await client.chat_postMessage(channel=channel, text="Which role?", blocks=[actions(role)])
    await ines.chooses("Your role", "Mentee")
    assert heard[0]["selected_option"]["value"] == "mentee"
    with pytest.raises(NotPossible, match="it offers “Mentor”, “Mentee”"):
        await ines.chooses("Your role", "Both")


async def test_a_modal_asks_again_until_the_answer_fits(app: AsyncApp, client: AsyncWebClient, ines: Person) -> None:
    stored: list[str] = []

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=LETTER)
        await ack()

    @app.view("letter")
    async def on_letter(ack: Any, view: Json) -> None:
        text = view["state"]["values"]["letter"]["text"]["value"]
        if len(text) < 10:
            await ack(response_action="errors", errors={"letter": "Two lines at least."})
        else:
            stored.append(text)
            await ack()

    await ines.asks("/mentor", "letter")
    modal = ines.modal()
    assert modal is not None
    assert modal.summary == "My letter"

    assert dict((await ines.submits()).errors) == {"letter": "Please complete this required field."}
    await ines.fills("Your letter", "short")
    assert dict((await ines.submits()).errors) == {"letter": "Two lines at least."}
    again = ines.modal()
    assert again is not None
    assert "Two lines at least." in again
    await ines.fills("Your letter", "Dear me in one year")
    await ines.submits()

    assert ines.modal() is None
    assert stored == ["Dear me in one year"]


async def test_private_words_are_not_on_the_wire(
    app: AsyncApp, client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=LETTER)
        await ack()

    @app.view("letter")
    async def on_letter(ack: Any) -> None:
        await ack()

    await ines.asks("/mentor", "letter")
    await ines.fills("Your letter", "Nobody else may read this")
    await ines.submits()

    shown = str(workspace.wire.calls)
    assert "Nobody else may read this" not in shown
    assert "(private, 25 characters)" in shown
    assert workspace.token not in shown


async def test_modals_are_pushed_updated_and_cleared(
    app: AsyncApp, client: AsyncWebClient, workspace: Workspace, ines: Person
) -> None:
    def view(title: str, callback_id: str) -> Json:
        return {
            **LETTER,
            "title": {"type": "plain_text", "text": title},
            "callback_id": callback_id,
            "notify_on_close": True,
        }

    closed: list[Json] = []

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=view("One", "one"))
        await ack()

    @app.view("one")
    async def on_one(ack: Any) -> None:
        await ack(response_action="push", view=view("Two", "two"))

    @app.view("two")
    async def on_two(ack: Any) -> None:
        await ack(response_action="update", view=view("Three", "three"))

    @app.view("three")
    async def on_three(ack: Any) -> None:
        await ack(response_action="clear")

    @app.view_closed("two")
    async def on_closed(ack: Any, body: Json) -> None:
        closed.append(body)
        await ack()

    async def titles() -> list[str]:
        return [v.given["title"]["text"] for v in workspace.stack(ines.id)]

    await ines.asks("/mentor")
    await ines.fills("Your letter", "Dear me")
    await ines.submits()
    assert await titles() == ["One", "Two"]
    await ines.closes()
    assert await titles() == ["One"]
    assert closed[0]["is_cleared"] is False
    await ines.submits()
    await ines.fills("Your letter", "Dear me")
    await ines.submits()
    assert await titles() == ["One", "Three"]
    await ines.submits()
    assert await titles() == []


async def test_what_is_typed_reaches_the_app_as_an_event(app: AsyncApp, ines: Person) -> None:
    heard: list[Json] = []

    @app.event("message")
    async def on_message(body: Json, say: Any) -> None:
        heard.append(body)
        await say("Noted.")

    await ines.types("I like *stars* & <tags>")

    event = heard[0]["event"]
    assert event["text"] == "I like *stars* &amp; &lt;tags&gt;"
    assert event["channel_type"] == "im"
    assert heard[0]["event_id"].startswith("Ev")
    assert [s.author for s in ines.reads()] == ["Ines Duarte", "Alongside"]
    assert ines.last_message.summary == "Noted."


async def test_the_home_tab_is_published_for_who_opens_it(
    app: AsyncApp, client: AsyncWebClient, ines: Person, mira: Person
) -> None:
    pressed: list[Json] = []
    home = {"type": "home", "blocks": [actions(button("Pause", "pause"))]}

    @app.event("app_home_opened")
    async def on_opened(event: Json) -> None:
        await client.views_publish(user_id=event["user"], view=home)

    @app.action("pause")
    async def on_pause(ack: Any, body: Json) -> None:
        pressed.append(body)
        await ack()

    await ines.opens_home()
    await ines.presses("Pause")

    assert pressed[0]["container"]["type"] == "view"
    assert pressed[0]["view"]["type"] == "home"
    assert "response_url" not in pressed[0]
    assert mira.home() is None


async def test_a_private_answer_can_be_replaced_through_its_address(
    app: AsyncApp, session: Any, workspace: Workspace, ines: Person
) -> None:
    @app.command("/mentor")
    async def on_mentor(ack: Any) -> None:
        await ack(text="Sure?", blocks=[actions(button("Yes, leave", "leave"))])

    addresses: list[str] = []

    @app.action("leave")
    async def on_leave(ack: Any, body: Json) -> None:
        assert "message" not in body
        addresses.append(body["response_url"])
        await ack()

    async def post(answer: Json) -> int:
        async with session.post(addresses[0], json=answer) as response:
            return int(response.status)

    await ines.asks("/mentor", "leave")
    await ines.presses("Yes, leave")
    assert await post({"replace_original": True, "text": "You have left."}) == 200
    assert [s.summary for s in ines.ephemerals()] == ["You have left."]
    assert await post({"text": "One more thing."}) == 200
    assert ines.answer.summary == "One more thing."
    assert await post({"replace_original": True, "blocks": [{"type": "divider"}]}) == 400
    assert await post({"delete_original": True}) == 200
    assert [s.summary for s in ines.ephemerals()] == ["One more thing."]
    assert await post({"text": "five"}) == 200
    assert await post({"text": "six"}) == 404


async def test_a_message_can_be_replaced_and_an_answer_shared_through_the_address(
    app: AsyncApp, client: AsyncWebClient, session: Any, workspace: Workspace, ines: Person, mira: Person
) -> None:
    addresses: list[str] = []

    @app.action("join")
    async def on_join(ack: Any, body: Json) -> None:
        addresses.append(body["response_url"])
        await ack()

    async def post(answer: Any) -> int:
        async with session.post(addresses[0], json=answer) as response:
            return int(response.status)

    await client.chat_postMessage(channel="C0GENERAL", text="Join us", blocks=[actions(button("Join", "join"))])
    await ines.presses("Join")
    assert await post({"replace_original": True, "text": "Full.", "blocks": []}) == 200
    assert await post({"response_type": "in_channel", "text": "Ines joined."}) == 200
    assert [s.summary for s in mira.channel("#general")] == ["Full.", "Ines joined."]
    assert await post(["no object"]) == 400
    assert await post({"text": "x", "colour": "red"}) == 400

    workspace.faults.on("response_url", Fault(trouble=Trouble.SERVER_ERROR))
    assert await post({"text": "lost"}) == 500
    assert await post({"text": "heard"}) == 200
    assert [s.summary for s in ines.ephemerals()] == ["heard"]


async def test_an_invitation_in_a_channel_is_seen_and_pressed_there(
    app: AsyncApp, client: AsyncWebClient, ines: Person, mira: Person
) -> None:
    joined: list[str] = []

    @app.action("join")
    async def on_join(ack: Any, body: Json) -> None:
        joined.append(body["user"]["id"])
        await ack()

    await client.chat_postMessage(
        channel="C0GENERAL", text="Mentoring starts", blocks=[actions(button("Join", "join"))]
    )
    assert "Mentoring starts" in ines.channel("#general")[-1]
    await ines.presses("Join")
    await mira.presses("Join")
    assert joined == ["U0INES", "U0MIRA"]
