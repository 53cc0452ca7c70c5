"""A reply reaches the one who acted: as the answer to the press, in place of the message, or as one that follows."""

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.teams import carried, render
from bot.teams.limits import Json
from flows.voice.message import Action, Button, Form, Heading, Message, Paragraph, Plain, TextField
from handlers.inbound import Reply, Where
from tests.bot.teams.conftest import Stage, body_of
from tests.bot.teams.gestures import CARD, PERSONAL, execute, in_channel, mention, message, submit
from tests.bot.teams.microsoft import Microsoft

SAID = Message("You met.", (Paragraph((Plain("You met on Monday."),)),))
PAGE = Message(
    "Your letter",
    (Heading("Your letter"), Form((TextField("text", "Dear me"),), Button("Seal it", Action("letter.seal", {})))),
)
TOAST = "application/vnd.microsoft.activity.message"
OURS: Json = {carried.ARGS: {"match": "m1"}}
FORM: Json = {**OURS, carried.FORM: 0, carried.ORIGIN: "1778400000000"}
CHAT = f"/emea/v3/conversations/{PERSONAL.replace(':', '%3A')}/activities"


def says(said: Message, origin: str = "") -> Json:
    """The activity in which it is said on the spot."""
    return render.message(said, origin)


def replaced(said: Message, origin: str = "") -> Json:
    """The answer to a press that shows this card instead."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": render.card(said, origin)}


def toast(text: str) -> Json:
    return {"statusCode": 200, "type": TOAST, "value": text}


async def calls(stage: Stage) -> list[tuple[str, str, Json]]:
    return [(call.method, call.path, call.body) for call in await stage.settled()]


async def test_instead_is_the_answer_and_changes_the_message_for_good(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.INSTEAD)
    assert await body_of(await stage.sends(execute("session.met", OURS))) == replaced(SAID)
    assert await calls(stage) == [("PUT", f"{CHAT}/{CARD}", {**says(SAID), "id": CARD})]


@pytest.mark.parametrize("where", [Where.BELOW, Where.PRIVATELY])
async def test_below_and_privately_are_a_message_that_follows_and_leave_the_card(stage: Stage, where: Where) -> None:
    stage.reply = Reply(SAID, where)
    assert await body_of(await stage.sends(execute("session.see", OURS))) == toast("You met.")
    assert await calls(stage) == [("POST", CHAT, says(SAID))]


async def test_a_dialog_is_a_card_that_knows_the_message_from_which_it_was_opened(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    assert await body_of(await stage.sends(execute("letter.anew", OURS))) == toast("Your letter")
    assert await calls(stage) == [("POST", CHAT, says(PAGE, CARD))]


async def test_a_dialog_that_a_word_opens_knows_no_message(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    await stage.sends(message("letter"))
    assert await calls(stage) == [("POST", CHAT, says(PAGE, carried.NOWHERE))]


async def test_the_next_page_of_a_form_takes_its_place(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    assert await body_of(await stage.sends(execute("ratings.picked", FORM))) == replaced(PAGE, "1778400000000")


async def test_what_a_form_did_stands_in_its_place_and_in_that_of_its_origin(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.INSTEAD)
    assert await body_of(await stage.sends(execute("letter.seal", FORM))) == replaced(SAID)
    changed = [(method, path) for method, path, _ in await calls(stage)]
    assert changed == [("PUT", f"{CHAT}/{CARD}"), ("PUT", f"{CHAT}/1778400000000")]


@pytest.mark.parametrize("where", [Where.BELOW, Where.PRIVATELY])
async def test_a_form_that_was_sent_is_gone_whatever_is_said(stage: Stage, where: Where) -> None:
    stage.reply = Reply(SAID, where)
    assert await body_of(await stage.sends(execute("letter.seal", FORM))) == replaced(SAID)
    assert [(method, path) for method, path, _ in await calls(stage)] == [("PUT", f"{CHAT}/{CARD}")]


async def test_lines_about_fields_leave_what_was_typed(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.FIELD_ERRORS, {"text": "A few words fit here.", "opens": "Choose a year."})
    told = await body_of(await stage.sends(execute("letter.seal", FORM)))
    assert told == toast("A few words fit here.\nChoose a year.")
    assert await calls(stage) == []


async def test_a_press_that_was_answered_before_is_told_so(stage: Stage) -> None:
    told = await body_of(await stage.sends(execute("session.see", OURS)))
    assert told == toast("I have that already. What follows is in this chat.")
    assert await calls(stage) == []


async def test_an_older_client_gets_the_same_by_calls_alone(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.INSTEAD)
    await stage.sends(submit({carried.VERB: "letter.seal", **FORM}))
    changed = [(method, path) for method, path, _ in await calls(stage)]
    assert changed == [("PUT", f"{CHAT}/{CARD}"), ("PUT", f"{CHAT}/1778400000000")]


async def test_an_older_client_reads_lines_about_fields_in_a_message(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.FIELD_ERRORS, {"text": "A few words fit here."})
    await stage.sends(submit({carried.VERB: "letter.seal", **FORM}))
    ((method, path, body),) = await calls(stage)
    assert (method, path) == ("POST", CHAT)
    assert "A few words fit here." in str(body)


async def test_a_typed_word_is_acknowledged_and_its_answer_follows(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    answer = await stage.sends(message("status"))
    assert (answer.status, await answer.text()) == (200, "")
    assert await calls(stage) == [("POST", CHAT, says(SAID))]


async def test_a_word_typed_in_a_channel_is_answered_in_the_private_chat(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    await stage.sends(mention())
    opened, said = await calls(stage)
    assert opened[0:2] == ("POST", "/teams/v3/conversations")
    assert said == ("POST", "/teams/v3/conversations/id-1/activities", says(SAID))


async def test_who_cannot_be_reached_privately_is_told_how_in_the_channel(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [web.json_response({"error": {"code": "BotNotInConversationRoster"}}, status=403)]
    with capture_logs() as logged:
        await stage.sends(mention())
        _, (method, path, body) = await calls(stage)
    assert (method, "messageid%3D1778486400000/activities" in path) == ("POST", True)
    assert "Add me to your own apps" in str(body)
    assert "You met" not in str(body)
    assert [entry["fault"] for entry in logged] == ["BotNotInConversationRoster"]


async def test_a_press_in_a_channel_is_answered_in_the_private_chat(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    told = await body_of(await stage.sends(in_channel(execute("programme.what", OURS))))
    assert told == toast("You met.")
    assert (await calls(stage))[1] == ("POST", "/teams/v3/conversations/id-1/activities", says(SAID))


async def test_a_press_in_a_channel_by_somebody_out_of_reach_says_how(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [web.json_response({"error": {"code": "BotNotInConversationRoster"}}, status=403)]
    told = await body_of(await stage.sends(in_channel(execute("programme.what", OURS))))
    assert "Add me to your own apps" in told["value"]


async def test_an_answer_that_has_to_wait_is_sent_again(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [web.json_response({}, status=429, headers={"Retry-After": "0"})]
    await stage.sends(message("status"))
    assert [method for method, _, _ in await calls(stage)] == ["POST", "POST"]


async def test_an_answer_that_may_have_arrived_is_not_said_twice(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [web.json_response({}, status=502)]
    await stage.sends(message("status"))
    assert [method for method, _, _ in await calls(stage)] == ["POST"]
