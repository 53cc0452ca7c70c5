"""A reply goes back on the gesture: what Slack is told at once, and what follows."""

import json
from typing import Any

import pytest
from aiohttp import web

from bot.slack import render
from bot.slack.limits import Json
from bot.slack.origin import Origin, unpacked
from flows.voice.message import Heading, Message, Paragraph, Plain
from handlers.inbound import Opened, Place, Reply, Where
from tests.bot.examples import EVERY_FIELD, NUDGE, REPORT
from tests.bot.slack.conftest import Stage
from tests.bot.slack.recorded import recorded
from tests.bot.slack.stub import SlackStub

SAID = Message("It is done", (Paragraph((Plain("It is done."),)),))
HOME = Message("Home", (Heading("Where you stand"),))
EMPTY = Message("", ())


@pytest.fixture
def acting(stage: Stage) -> Stage:
    """A stage whose response addresses are the stub's."""
    stage.home = Reply(HOME, Where.HOME)
    return stage


def gesture(stage: Stage, name: str) -> Json:
    """A recorded payload whose response_url leads to the stub."""
    body = recorded(name)
    if "response_url" in body:
        body["response_url"] = stage.slack.address("/response/1")
    if name in {"submission", "press_in_dialog"}:
        kept = json.loads(body["view"]["private_metadata"])
        body["view"]["private_metadata"] = json.dumps({**kept, "url": stage.slack.address("/response/1")})
    return body


async def answered(stage: Stage, body: Json, message: Message, where: Where, **errors: str) -> tuple[Any, list[Any]]:
    """The acknowledgement (parsed, "" when bare) and the calls that were made."""
    stage.reply = Reply(message, where, errors)
    answer = await stage.sends(body)
    assert answer.status == 200
    text = await answer.text()
    return (json.loads(text) if text else ""), await stage.settled()


def from_home(body: Json) -> Json:
    """The same dialog, opened from the home tab."""
    body["view"]["private_metadata"] = json.dumps({"place": "home", "args": {"cohort": "c1"}})
    return body


def from_ephemeral(body: Json, url: str) -> Json:
    """The same dialog, opened from a message that one person sees."""
    kept = {"place": "shared", "channel": "C0GENERAL", "ts": "1.2", "url": url, "ephemeral": True}
    body["view"]["private_metadata"] = json.dumps(kept)
    return body


# A command


@pytest.mark.parametrize("where", [Where.PRIVATELY, Where.BELOW, Where.INSTEAD])
async def test_a_command_is_answered_to_the_asker_in_the_acknowledgement(acting: Stage, where: Where) -> None:
    ack, calls = await answered(acting, gesture(acting, "command"), SAID, where)
    assert ack == {"response_type": "ephemeral", **render.message(SAID)}
    assert calls == []


async def test_a_command_opens_a_dialog_before_it_is_acknowledged(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "command"), EVERY_FIELD, Where.DIALOG)
    ((name, opened),) = calls
    assert ack == ""
    assert (name, opened["trigger_id"]) == ("views.open", "1001.2002.abc")
    origin, args = unpacked(opened["view"]["private_metadata"])
    assert origin == Origin(Place.SHARED, channel="C0GENERAL", response_url=acting.slack.address("/response/1"))
    assert args == {"cohort": "c1"}


async def test_a_dialog_that_does_not_open_is_told_by_slack(acting: Stage) -> None:
    acting.slack.instead["views.open"] = [{"ok": False, "error": "expired_trigger_id"}]
    acting.reply = Reply(EVERY_FIELD, Where.DIALOG)
    answer = await acting.sends(gesture(acting, "command"))
    assert answer.status == 500


async def test_a_report_comes_to_the_askers_own_conversation_with_its_chart_and_file(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "command"), REPORT, Where.PRIVATELY)
    assert ack == ""
    assert [name for name, _ in calls] == [
        "conversations.open",
        "files.getUploadURLExternal",
        "upload",
        "chat.postMessage",
        "files.completeUploadExternal",
        "response",
    ]
    assert calls[3][1]["blocks"] == render.message(REPORT)["blocks"]
    whispered = calls[5][1]
    assert (whispered["response_type"], whispered["text"]) == ("ephemeral", "Twelve pairs have met")


async def test_a_report_asked_for_in_that_conversation_comes_once(acting: Stage) -> None:
    body = gesture(acting, "command") | {"channel_id": "D0A1"}
    _, calls = await answered(acting, body, REPORT, Where.PRIVATELY)
    assert "response" not in [name for name, _ in calls]


# A button in a message


async def test_a_pressed_message_is_replaced_where_it_stands(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "press_in_message"), SAID, Where.INSTEAD)
    assert ack == ""
    assert calls == [("response", {"replace_original": True, **render.message(SAID)})]


@pytest.mark.parametrize("refusal", [web.Response(status=404), web.Response(text='{"ok": false}')])
async def test_a_message_is_replaced_by_its_time_stamp_when_the_gesture_is_too_old(
    acting: Stage, refusal: web.Response
) -> None:
    acting.slack.instead["response"] = [refusal]
    _, calls = await answered(acting, gesture(acting, "press_in_message"), SAID, Where.INSTEAD)
    name, updated = calls[-1]
    assert (name, updated["channel"], updated["ts"]) == ("chat.update", "D0A1", "1778486400.000001")


async def test_an_answer_below_is_a_message_of_its_own(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_in_message"), SAID, Where.BELOW)
    ((name, posted),) = calls
    assert (name, posted["channel"]) == ("chat.postMessage", "D0A1")


async def test_below_a_message_that_one_person_sees_the_answer_is_theirs_too(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_on_ephemeral"), SAID, Where.BELOW)
    ((name, whispered),) = calls
    assert (name, whispered["response_type"], whispered["replace_original"]) == ("response", "ephemeral", False)


async def test_a_message_that_one_person_sees_is_replaced_or_else_answered_in_their_conversation(
    acting: Stage,
) -> None:
    acting.slack.instead["response"] = [web.Response(status=404)]
    _, calls = await answered(acting, gesture(acting, "press_on_ephemeral"), SAID, Where.INSTEAD)
    assert [name for name, _ in calls] == ["response", "conversations.open", "chat.postMessage"]


async def test_lines_about_fields_of_a_message_are_said_privately(acting: Stage) -> None:
    body = gesture(acting, "press_in_message")
    _, calls = await answered(acting, body, EMPTY, Where.FIELD_ERRORS, capacity="A number from 0 to 5 fits.")
    ((name, whispered),) = calls
    assert (name, whispered["text"]) == ("response", "A number from 0 to 5 fits.")


async def test_a_button_opens_a_dialog_that_knows_its_message(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_in_message"), EVERY_FIELD, Where.DIALOG)
    ((name, opened),) = calls
    origin, _ = unpacked(opened["view"]["private_metadata"])
    assert (name, origin.channel, origin.ts) == ("views.open", "D0A1", "1778486400.000001")


# A dialog that was sent


async def test_lines_about_fields_stand_at_the_fields(acting: Stage) -> None:
    ack, calls = await answered(
        acting, gesture(acting, "submission"), EMPTY, Where.FIELD_ERRORS, away="A day from tomorrow on.", elsewhere="?"
    )
    assert ack["response_action"] == "errors"
    assert ack["errors"] == {"2a1b2c3d4e5f.0.away": "A day from tomorrow on.", "0a1b2c3d4e5f.0.about": "?"}
    assert calls == []


async def test_a_sent_dialog_closes_and_its_message_is_replaced(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "submission"), SAID, Where.INSTEAD)
    assert ack == ""
    assert calls == [("response", {"replace_original": True, **render.message(SAID)})]


async def test_a_sent_dialog_closes_what_lies_below_it_too(acting: Stage) -> None:
    body = gesture(acting, "submission")
    body["view"]["previous_view_id"] = "V0BELOW"
    ack, _ = await answered(acting, body, SAID, Where.INSTEAD)
    assert ack == {"response_action": "clear"}


async def test_a_sent_dialog_shows_the_next_page_or_a_private_answer(acting: Stage) -> None:
    for message, where in ((EVERY_FIELD, Where.DIALOG), (SAID, Where.PRIVATELY)):
        ack, calls = await answered(acting, gesture(acting, "submission"), message, where)
        assert ack["response_action"] == "update"
        assert ("submit" in ack["view"]) is (message is EVERY_FIELD)
        assert unpacked(ack["view"]["private_metadata"])[0].ts == "1778486400.000001"
        assert calls == []


async def test_an_answer_below_goes_to_the_conversation_where_the_dialog_was_opened(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "submission"), SAID, Where.BELOW)
    assert ack == ""
    assert [(name, posted["channel"]) for name, posted in calls] == [("chat.postMessage", "C0OFFERS")]


async def test_an_answer_below_a_message_that_one_person_sees_goes_to_their_conversation(acting: Stage) -> None:
    body = from_ephemeral(gesture(acting, "submission"), acting.slack.address("/response/1"))
    _, calls = await answered(acting, body, SAID, Where.BELOW)
    assert [name for name, _ in calls] == ["conversations.open", "chat.postMessage"]
    assert calls[1][1]["channel"] == "D0A1"


async def test_a_dialog_of_a_command_has_no_message_to_replace(acting: Stage) -> None:
    body = gesture(acting, "submission")
    kept = {"place": "shared", "channel": "C0GENERAL", "url": acting.slack.address("/response/1")}
    body["view"]["private_metadata"] = json.dumps(kept)
    _, calls = await answered(acting, body, SAID, Where.INSTEAD)
    ((name, whispered),) = calls
    assert (name, whispered["replace_original"], whispered["response_type"]) == ("response", False, "ephemeral")


# A button inside a dialog


async def test_a_dialog_shows_what_its_button_opens(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "press_in_dialog"), EVERY_FIELD, Where.DIALOG)
    ((name, updated),) = calls
    assert ack == ""
    assert (name, updated["view_id"], updated["hash"]) == ("views.update", "V0DIALOG", "1778486400.def")


async def test_a_private_answer_lies_on_the_dialog_and_what_was_typed_stays_below(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_in_dialog"), SAID, Where.PRIVATELY)
    ((name, pushed),) = calls
    assert (name, pushed["trigger_id"]) == ("views.push", "1001.2007.abc")


async def test_a_private_answer_takes_the_place_of_the_dialog_when_nothing_more_can_lie_on_it(acting: Stage) -> None:
    acting.slack.instead["views.push"] = [{"ok": False, "error": "push_limit_reached"}]
    _, calls = await answered(acting, gesture(acting, "press_in_dialog"), SAID, Where.PRIVATELY)
    assert [name for name, _ in calls] == ["views.push", "views.update"]


async def test_below_a_dialog_of_a_command_nothing_is_said_in_the_channel(acting: Stage) -> None:
    body = gesture(acting, "press_in_dialog")
    body["view"]["private_metadata"] = json.dumps({"place": "shared", "channel": "C0GENERAL"})
    _, calls = await answered(acting, body, SAID, Where.BELOW)
    assert [name for name, _ in calls] == ["views.update"]


async def test_in_place_of_its_message_a_dialog_shows_it_too(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_in_dialog"), SAID, Where.INSTEAD)
    assert [name for name, _ in calls] == ["views.update", "response"]


async def test_below_a_dialog_is_its_conversation(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_in_dialog"), SAID, Where.BELOW)
    assert [(name, posted["channel"]) for name, posted in calls] == [("chat.postMessage", "C0OFFERS")]


# The home tab


@pytest.mark.parametrize("where", [Where.INSTEAD, Where.PRIVATELY, Where.BELOW])
async def test_at_home_an_answer_is_a_page_and_the_home_is_drawn_anew(acting: Stage, where: Where) -> None:
    _, calls = await answered(acting, gesture(acting, "press_at_home"), SAID, where)
    assert [name for name, _ in calls] == ["views.open", "views.publish"]
    assert calls[0][1]["view"]["blocks"] == render.dialog(SAID, Origin(Place.HOME))["blocks"]
    assert (calls[1][1]["user_id"], calls[1][1]["view"]) == ("U0INES", render.home(HOME))
    pressed, opened = acting.taken
    assert opened.what == Opened()
    assert opened.id == f"{pressed.id}:home"


async def test_at_home_a_dialog_opens_and_nothing_else_happens(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_at_home"), EVERY_FIELD, Where.DIALOG)
    assert [name for name, _ in calls] == ["views.open"]


async def test_a_dialog_of_the_home_shows_the_answer_and_draws_the_home_anew(acting: Stage) -> None:
    ack, calls = await answered(acting, from_home(gesture(acting, "submission")), SAID, Where.INSTEAD)
    assert ack["response_action"] == "update"
    assert [name for name, _ in calls] == ["views.publish"]
    _, calls = await answered(acting, from_home(gesture(acting, "press_in_dialog")), SAID, Where.BELOW)
    assert [name for name, _ in calls] == ["views.publish", "views.update", "views.publish"]


async def test_home_is_published_to_who_opened_it(acting: Stage) -> None:
    ack, calls = await answered(acting, gesture(acting, "home_opened"), HOME, Where.HOME)
    assert ack == ""
    assert calls == [("views.publish", {"user_id": "U0INES", "view": render.home(HOME)})]


async def test_whatever_a_gesture_answers_with_home_publishes_it(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "press_at_home"), HOME, Where.HOME)
    assert [name for name, _ in calls] == ["views.publish"]


# Typed text, and what goes wrong


async def test_typed_text_is_answered_in_the_conversation(acting: Stage) -> None:
    _, calls = await answered(acting, gesture(acting, "typed"), SAID, Where.PRIVATELY)
    assert [(name, posted["channel"]) for name, posted in calls] == [("chat.postMessage", "D0A1")]


@pytest.mark.parametrize("name", ["command", "press_in_message", "press_at_home", "submission", "home_opened"])
async def test_a_repeat_that_has_nothing_to_say_is_acknowledged(acting: Stage, name: str) -> None:
    acting.home = None
    answer = await acting.sends(gesture(acting, name))
    assert (answer.status, await answer.text()) == (200, "")
    assert await acting.settled() == []


async def test_an_answer_that_does_not_arrive_is_logged_without_its_words(
    acting: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    acting.slack.instead["chat.postMessage"] = [{"ok": False, "error": "is_archived"}]
    acting.slack.instead["views.publish"] = [{"ok": False, "error": "not_enabled"}]
    await answered(acting, gesture(acting, "typed"), SAID, Where.BELOW)
    await answered(acting, gesture(acting, "home_opened"), HOME, Where.HOME)
    out = capsys.readouterr().out
    assert "is_archived" in out
    assert "not_enabled" in out
    assert "done" not in out


async def test_a_stop_lets_answers_arrive_and_does_not_wait_for_ever(acting: Stage, slack: SlackStub) -> None:
    acting.reply = Reply(NUDGE, Where.BELOW)
    await acting.sends(gesture(acting, "typed"))
    await acting.platform.stop()
    assert len(slack.named("chat.postMessage")) == 1
