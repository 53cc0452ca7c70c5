"""A reply reaches the one who acted: as the answer to the press, in place of the message, or as one that follows."""

import pytest
from aiohttp import ClientResponse, web
from structlog.testing import capture_logs

from bot.teams import answer, carried, render
from bot.teams.limits import Json
from flows.voice.message import Action, Button, Form, Heading, Message, Paragraph, Plain, Quote, TextField
from handlers.inbound import Asked, Pressed, Reply, Where
from tests.bot.teams.conftest import Stage, body_of
from tests.bot.teams.gestures import CARD, INES, PERSONAL, execute, in_channel, mention, message, opening, sent, submit
from tests.bot.teams.microsoft import Microsoft
from tests.bot.teams.schema import pieces

SAID = Message("You met.", (Paragraph((Plain("You met on Monday."),)),))
PAGE = Message(
    "Your letter",
    (
        Heading("Your letter"),
        Form((TextField("text", "Dear me"),), Button("Seal it", Action("letter.seal", {"match": "m1"}))),
    ),
)
TOAST = "application/vnd.microsoft.activity.message"
OURS: Json = {carried.ARGS: {"match": "m1"}}
FORM: Json = {**OURS, carried.FORM: 0}
OPENED_FROM = "1778400000000"
WINDOW = carried.Window(Action("letter.anew", {"match": "m1"}), "a:1:fetch", OPENED_FROM)
SEAL = Action("letter.seal", {"match": "m1"})


def within(**typed: str) -> Json:
    """What a button in an open dialog carries, with what was typed there."""
    return {
        **carried.carried(SEAL, form=0, window=WINDOW),
        **{carried.input_id(0, name): text for name, text in typed.items()},
    }


CHAT = f"/emea/v3/conversations/{PERSONAL.replace(':', '%3A')}/activities"


def says(said: Message) -> Json:
    """The activity in which it is said on the spot."""
    return render.message(said)


def replaced(said: Message) -> Json:
    """The answer to a press that shows this card instead."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": render.card(said)}


def shows(said: Message, window: carried.Window = WINDOW) -> Json:
    """The answer of a dialog that shows this."""
    return {"task": {"type": "continue", "value": render.dialog(said, window)}}


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


OPENED = carried.Window(Action("letter.anew", {"match": "m1"}), f"{PERSONAL}:f:0a1b2c3d-fetch", CARD)


async def test_a_dialog_opens_beside_the_chat_and_nothing_of_it_stands_there(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    assert await body_of(await stage.sends(opening("letter.anew", OURS))) == shows(PAGE, OPENED)
    assert await calls(stage) == []


async def test_a_word_that_a_dialog_answers_gets_a_button_that_opens_it(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    await stage.sends(message("letter"))
    ((method, path, body),) = await calls(stage)
    assert (method, path) == ("POST", CHAT)
    (button,) = [piece for piece in pieces(body) if piece.get("type") == "Action.Submit"]
    asks = {"command": "mentor", "words": "letter"}
    assert button["data"] == {"a": asks, "v": "word.open", "msteams": {"type": "task/fetch"}}
    assert "Dear me" not in str(body)


async def test_a_button_of_an_older_card_leads_to_its_dialog_by_one_more(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    assert (await body_of(await stage.sends(execute("letter.anew", OURS))))["type"] == TOAST
    ((_, _, body),) = await calls(stage)
    (button,) = [piece for piece in pieces(body) if piece.get("type") == "Action.Submit"]
    assert button["data"] == {**OURS, "v": "letter.anew", "msteams": {"type": "task/fetch"}}
    assert "Dear me" not in str(body)


@pytest.mark.parametrize("where", [Where.INSTEAD, Where.BELOW])
async def test_a_button_that_no_longer_opens_anything_says_so_in_one_line(stage: Stage, where: Where) -> None:
    stage.reply = Reply(SAID, where)
    told = await body_of(await stage.sends(opening("letter.anew", OURS)))
    assert told == {"task": {"type": "message", "value": "You met."}}
    put = ("PUT", f"{CHAT}/{CARD}", {**says(SAID), "id": CARD})
    assert await calls(stage) == [put if where is Where.INSTEAD else ("POST", CHAT, says(SAID))]


async def test_the_next_page_stands_in_the_same_dialog(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    assert await body_of(await stage.sends(sent("letter.seal", within()))) == shows(PAGE)
    assert await calls(stage) == []


async def test_a_dialog_that_was_opened_in_a_dialog_remembers_that_press(stage: Stage) -> None:
    stage.reply = Reply(PAGE, Where.DIALOG)
    told = await body_of(await stage.sends(sent("letter.anew", within())))
    opener = Action("letter.anew", {"match": "m1"})
    assert told == shows(PAGE, carried.Window(opener, f"{PERSONAL}:f:0a1b2c3d-submit", OPENED_FROM))


async def test_a_dialog_too_long_for_one_card_is_read_page_by_page(stage: Stage) -> None:
    quotes = tuple(Quote((Plain(f"{number} " + "w" * 9_000),)) for number in range(5))
    stage.reply = Reply(Message("All notes", (Heading("Our notes"), *quotes)), Where.DIALOG)
    told = await body_of(await stage.sends(opening("notes.open", OURS)))
    read = str(told)
    while onward := [one for one in pieces(told) if one.get("title") == "Read on"]:
        ((verb, data),) = [(one["data"]["v"], one["data"]) for one in onward]
        told = await body_of(await stage.sends(sent(verb, data)))
        read += str(told)
    assert [number for number in range(5) if f"{number} www" in read] == [0, 1, 2, 3, 4]
    # Each page is asked of the same press, which only reads.
    assert {str(one.what) for one in stage.taken} == {str(Pressed(Action("notes.open", {"match": "m1"})))}
    assert len(stage.taken) == 3
    assert await calls(stage) == []


async def closed(answer: ClientResponse) -> bool:
    return (answer.status, await answer.text()) == (200, "")


async def test_what_a_dialog_did_stands_in_place_of_the_message_from_which_it_was_opened(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.INSTEAD)
    assert await closed(await stage.sends(sent("letter.seal", within())))
    assert await calls(stage) == [("PUT", f"{CHAT}/{OPENED_FROM}", {**says(SAID), "id": OPENED_FROM})]


async def test_what_follows_a_dialog_stands_below(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.BELOW)
    assert await closed(await stage.sends(sent("letter.seal", within())))
    assert await calls(stage) == [("POST", CHAT, says(SAID))]


async def test_what_is_for_one_person_stays_in_the_dialog(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    assert await body_of(await stage.sends(sent("letter.seal", within()))) == shows(SAID)
    assert await calls(stage) == []


async def test_a_dialog_that_was_taken_before_closes(stage: Stage) -> None:
    assert await closed(await stage.sends(sent("letter.seal", within())))
    assert await calls(stage) == []


async def test_a_dialog_that_is_sent_back_keeps_what_was_typed_and_says_what_would_fit(stage: Stage) -> None:
    lines = {"text": "A few words fit here.", "opens": "Choose a year."}
    stage.replies = [Reply(SAID, Where.FIELD_ERRORS, lines), Reply(PAGE, Where.DIALOG)]
    told = await body_of(await stage.sends(sent("letter.seal", within(text="half a thought"))))
    assert stage.taken[-1].what == Pressed(WINDOW.opener)
    # The press that opened it, once more: so it is read, and does nothing a second time.
    assert stage.taken[-1].id == WINDOW.gesture
    body = told["task"]["value"]["card"]["content"]["body"]
    assert [(piece["type"], piece["value"]) for piece in body if piece.get("id")] == [("Input.Text", "half a thought")]
    wrong = [piece["inlines"][0]["text"] for piece in body if piece["type"] == "RichTextBlock"]
    assert wrong == ["Choose a year.", "A few words fit here."]
    assert body[2]["id"] == "f0.text"
    assert await calls(stage) == []


async def test_a_dialog_is_sent_back_by_the_form_that_the_answer_holds(stage: Stage) -> None:
    stage.replies = [Reply(PAGE, Where.FIELD_ERRORS, {"text": "A few words fit here."})]
    told = await body_of(await stage.sends(sent("letter.seal", within(text="half a thought"))))
    assert "half a thought" in str(told)
    assert len(stage.taken) == 1


async def test_a_dialog_whose_form_nobody_knows_any_more_says_what_would_fit(stage: Stage) -> None:
    stage.replies = [Reply(SAID, Where.FIELD_ERRORS, {"text": "A few words fit here."}), None]
    told = await body_of(await stage.sends(sent("letter.seal", within(text="half a thought"))))
    assert "A few words fit here." in str(told)


@pytest.mark.parametrize("where", [Where.BELOW, Where.PRIVATELY])
async def test_a_form_of_the_chat_that_was_sent_is_gone_whatever_is_said(stage: Stage, where: Where) -> None:
    stage.reply = Reply(SAID, where)
    assert await body_of(await stage.sends(execute("letter.seal", FORM))) == replaced(SAID)
    assert [(method, path) for method, path, _ in await calls(stage)] == [("PUT", f"{CHAT}/{CARD}")]


async def test_a_form_that_was_taken_before_is_gone_and_never_looks_as_if_it_was_sent_back(stage: Stage) -> None:
    told = await body_of(await stage.sends(execute("letter.seal", FORM)))
    assert told["type"] == "application/vnd.microsoft.card.adaptive"
    assert "I have that already." in str(told)


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
    assert changed == [("PUT", f"{CHAT}/{CARD}")]


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
    assert opened[0:2] == ("POST", "/emea/v3/conversations")
    assert opened[2]["members"] == [{"id": "29:1ines"}]
    assert said == ("POST", "/emea/v3/conversations/id-1/activities", says(SAID))
    (asked,) = (one for one in stage.taken if isinstance(one.what, Asked))
    assert asked.conversation == f"{stage.service.rstrip('/')} id-1"


async def test_who_cannot_be_reached_privately_is_told_how_in_the_channel(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [not_in_roster(), not_in_roster()]
    with capture_logs() as logged:
        await stage.sends(mention())
        *asked, (method, path, body) = await calls(stage)
    assert [call[2]["members"] for call in asked] == [[{"id": "29:1ines"}], [{"id": INES}]]
    assert (method, "messageid%3D1778486400000/activities" in path) == ("POST", True)
    assert "Add me to your own apps" in str(body)
    assert "You met" not in str(body)
    refusals = [entry["fault"] for entry in logged if entry["event"] != "a team does not tell its channels"]
    assert refusals == ["BotNotInConversationRoster"] * 2


def not_in_roster() -> web.Response:
    return web.json_response({"error": {"code": "BotNotInConversationRoster"}}, status=403)


async def test_a_press_in_a_channel_is_answered_in_the_private_chat(stage: Stage) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    told = await body_of(await stage.sends(in_channel(execute("programme.what", OURS))))
    assert told == toast("You met.")
    assert (await calls(stage))[1] == ("POST", "/emea/v3/conversations/id-1/activities", says(SAID))


async def test_a_press_in_a_channel_by_somebody_out_of_reach_says_how(stage: Stage, microsoft: Microsoft) -> None:
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [not_in_roster(), not_in_roster()]
    told = await body_of(await stage.sends(in_channel(execute("programme.what", OURS))))
    assert "Add me to your own apps, then press again. Nothing is lost." in told["value"]
    assert [call.path for call in await stage.settled()] == ["/emea/v3/conversations", "/teams/v3/conversations"]
    assert [one.conversation for one in stage.taken if isinstance(one.what, Pressed)] == [""]


async def test_a_press_in_a_channel_does_not_wait_long_for_a_private_conversation(
    stage: Stage, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "PATIENCE", 0.05)
    stage.reply = Reply(SAID, Where.PRIVATELY)
    microsoft.instead["connector"] = [microsoft.hold]
    told = await body_of(await stage.sends(in_channel(execute("programme.what", OURS))))
    assert told == toast("You met.")
    *_, (method, path, _) = await calls(stage)
    assert (method, path.startswith("/teams/v3/conversations/id-")) == ("POST", True)


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
