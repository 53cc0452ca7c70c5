"""Activities become gestures: who, what, where, when, and nothing of what is not for us."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.teams import carried
from bot.teams.activity import NoActivity, modelled, read
from bot.teams.limits import Json
from bot.teams.parse import Origin, inbounds, origin
from bot.teams.spot import Spot
from flows.people import Account, Profile
from flows.voice.message import Action
from handlers.acts import PRESSES, SUBMISSIONS
from handlers.inbound import Asked, Inbound, Joined, Left, Place, Pressed, Said, Submitted
from tests.bot.teams.gestures import (
    BOT,
    CARD,
    CHANNEL,
    INES,
    NOOR,
    PERSONAL,
    SERVICE,
    TENANT,
    THREAD,
    deleted,
    edited,
    execute,
    file_consent,
    in_channel,
    installation,
    invoke,
    members_added,
    mention,
    message,
    opening,
    reaction,
    sent,
    submit,
)

NOW = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
AT = datetime(2026, 5, 11, 8, 0, 22, 222000, tzinfo=UTC)
HERE = f"{SERVICE.rstrip('/')} {PERSONAL}"
WHO = Account("teams", TENANT, INES)
PROFILE = Profile("Ines Duarte", "Europe/Lisbon", "pt-PT")


def parsed(activity: Json) -> tuple[Inbound, ...]:
    return inbounds(modelled(activity), NOW)


def one(activity: Json) -> Inbound:
    (inbound,) = parsed(activity)
    return inbound


def test_a_message_tells_who_where_when_and_in_which_zone() -> None:
    assert one(message("I count things.")) == Inbound(
        id=f"{PERSONAL}:1778486422222",
        who=WHO,
        what=Said("I count things.", may_be_word=True),
        place=Place.PRIVATE,
        at=AT,
        profile=PROFILE,
        conversation=HERE,
    )


def test_a_mention_in_a_channel_is_a_command_and_no_private_conversation() -> None:
    inbound = one(mention())
    assert inbound.what == Asked("mentor", "status", typed=True)
    assert (inbound.place, inbound.conversation) == (Place.SHARED, "")
    assert inbound.id == f"{THREAD}:1778486422222"


def test_to_open_in_a_channel_means_that_channel() -> None:
    inbound = one(mention("<at>Alongside</at> mentor-admin open Spring"))
    channel = f"{SERVICE.rstrip('/')} {CHANNEL}"
    assert inbound.what == Asked("mentor-admin", f"open Spring <#{channel}>", typed=True)


def test_what_a_channel_says_without_us_is_not_for_us() -> None:
    assert parsed(in_channel(message("status"))) == ()


def test_a_press_carries_its_arguments_and_the_inputs_of_its_form_alone() -> None:
    data = {
        carried.ARGS: {"question": "about"},
        carried.FORM: 1,
        carried.input_id(1, "about"): "I count, and I draw.\0",
        carried.input_id(1, "hours"): 2,
        carried.input_id(1, "empty"): "",
        carried.input_id(1, "topics", many=True): "a,b",
        carried.input_id(0, "other"): "of another form",
    }
    pressed = Pressed(
        Action("question.answer", {"question": "about"}),
        {"about": ("I count, and I draw.",), "hours": ("2",), "topics": ("a", "b")},
    )
    inbound = one(execute("question.answer", data))
    assert inbound.what == pressed
    assert (inbound.id, inbound.profile, inbound.receipt) == (f"{PERSONAL}:f:0a1b2c3d-execute", PROFILE, CARD)
    assert one(submit({carried.VERB: "question.answer", **data})).what == pressed


def test_a_press_without_a_form_fills_nothing() -> None:
    data = {carried.ARGS: {}, carried.input_id(0, "about"): "typed and not sent"}
    assert one(execute("question.skip", data)).what == Pressed(Action("question.skip", {}), {})


WINDOW: Json = {"v": "session.date", "a": {"match": "m1"}, "g": "gesture", "c": "177"}


def test_what_a_dialog_sends_is_known_by_its_name() -> None:
    data = {
        carried.ARGS: {"match": "m1"},
        carried.FORM: 0,
        carried.WINDOW: WINDOW,
        carried.input_id(0, "day"): "2026-05-14",
    }
    action = Action("session.dated", {"match": "m1"})
    inbound = one(sent("session.dated", data))
    assert (inbound.what, inbound.receipt) == (Submitted(action, {"day": ("2026-05-14",)}), "177")
    assert one(sent("notes.open", {**data, carried.FORM: 1})).what == Pressed(Action("notes.open", {"match": "m1"}), {})
    assert not PRESSES.keys() & SUBMISSIONS.keys()


def test_a_button_that_opens_a_dialog_is_a_press() -> None:
    inbound = one(opening("letter.read", {carried.ARGS: {"match": "m1"}}))
    assert inbound.what == Pressed(Action("letter.read", {"match": "m1"}), {})
    assert (inbound.id, inbound.profile) == (f"{PERSONAL}:f:0a1b2c3d-fetch", PROFILE)


def test_an_origin_names_the_card_or_the_dialog_in_which_a_button_was_pressed() -> None:
    plain: Json = {carried.ARGS: {}}
    spot = Spot(SERVICE.rstrip("/"), PERSONAL)
    assert origin(modelled(execute("session.see", plain))) == Origin(spot, Place.PRIVATE, card=CARD)
    assert origin(modelled(opening("session.date", plain))) == Origin(spot, Place.PRIVATE, card=CARD, opens=True)
    window = carried.Window(Action("session.date", {"match": "m1"}), "gesture", "177")
    within = {**plain, carried.WINDOW: WINDOW}
    assert origin(modelled(sent("session.dated", within))) == Origin(spot, Place.PRIVATE, window=window)
    # A card of a chat is in no dialog, whatever it carries.
    assert origin(modelled(execute("session.dated", within))) == Origin(spot, Place.PRIVATE, card=CARD)


@pytest.mark.parametrize("broken", [None, {}, {"a": "x"}, {"a": {"match": 5}}, {"a": ["match"]}, {"question": "about"}])
def test_a_button_that_is_not_ours_is_none(broken: Any) -> None:
    assert parsed(execute("question.answer", broken)) == ()


@pytest.mark.parametrize("action", ["add", "add-upgrade"])
def test_an_installation_is_a_coming_without_a_zone(action: str) -> None:
    inbound = one(installation(action))
    assert (inbound.what, inbound.profile) == (Joined(), Profile("Ines Duarte", "", ""))
    assert inbound.conversation == HERE


def test_a_removal_is_a_going_where_the_chat_was_private() -> None:
    assert one(installation("remove")).what == Left()
    assert parsed(in_channel(installation("remove"))) == ()
    assert parsed(installation("remove-upgrade")) == ()


def test_the_bot_among_the_members_of_the_private_chat_is_the_coming_of_its_person() -> None:
    inbound = one(members_added({"id": BOT}))
    assert (inbound.who, inbound.what, inbound.conversation) == (WHO, Joined(), HERE)


def test_everybody_who_came_into_a_team_is_one_gesture() -> None:
    ines, noor = ({"id": f"29:{who}", "aadObjectId": who} for who in (INES, NOOR))
    came = parsed(in_channel(members_added({"id": BOT}, ines, noor, {"id": "29:a-connector"})))
    assert [(one.who.user, one.what, one.conversation) for one in came] == [(INES, Joined(), ""), (NOOR, Joined(), "")]
    assert len({one.id for one in came}) == 2
    assert all(one.profile == Profile("", "", "") for one in came)


@pytest.mark.parametrize(
    "activity",
    [
        reaction(),
        edited(),
        deleted(),
        invoke("task/fetch"),
        invoke("composeExtension/query"),
        file_consent(),
        message(""),
        message("  \n"),
        message("typed", value={"something": "else"}),
        in_channel(members_added({"id": BOT})),
        message("typed", **{"from": {"id": "28:another-bot", "name": "Another"}}),
        message("typed", channelData={}),
        {**message("typed"), "type": "typing"},
        {**message("typed"), "type": "endOfConversation"},
    ],
    ids=str,
)
def test_what_is_no_gesture_gives_nothing(activity: Json) -> None:
    assert parsed(activity) == ()


def test_a_zone_that_nobody_knows_is_none() -> None:
    activity = message("hello", localTimezone="Nowhere/City", entities=[{"type": "clientInfo", "timezone": "Mars"}])
    assert one(activity).profile == Profile("Ines Duarte", "", "pt-PT")


def test_the_zone_of_the_activity_serves_where_the_client_tells_none() -> None:
    assert one(message("hello", entities=[])).profile == PROFILE


def test_a_repeat_is_called_the_same_and_another_message_otherwise() -> None:
    first, again, other = message("one"), message("one"), message("one", id="1778486433333")
    assert one(first).id == one(again).id != one(other).id


def test_a_moment_that_is_not_told_is_now() -> None:
    activity = message("hello")
    del activity["timestamp"]
    assert one(activity).at == NOW


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"[]",
        b'"message"',
        b"{}",
        b"[" * 100_000,
        b'{"type": "message"}',
        b'{"type": 5, "conversation": {"id": "a"}, "serviceUrl": "https://x"}',
        b'{"type": "message", "conversation": "a", "serviceUrl": "https://x"}',
        b'{"type": "message", "conversation": {"id": "a b"}, "serviceUrl": "https://x"}',
        b'{"type": "message", "conversation": {"id": "a"}}',
        b'{"type": "message", "conversation": {"id": "a"}, "serviceUrl": "https://x", "channelData": []}',
        b"\xff\xfe\x00",
    ],
)
def test_a_body_that_is_no_activity_is_told_apart(raw: bytes) -> None:
    with pytest.raises(NoActivity):
        read(raw)


@pytest.mark.parametrize(
    "wrong",
    [
        {"entities": {}},
        {"timestamp": "soon"},
        {"from": []},
        {"recipient": "x"},
        {"membersAdded": ["x"]},
        {"entities": [5]},
    ],
)
def test_a_wrong_thing_in_a_field_is_no_activity(wrong: Json) -> None:
    with pytest.raises(NoActivity):
        modelled({**message("hello"), **wrong})


@pytest.mark.parametrize(
    "missing", ["from", "recipient", "channelData", "entities", "id", "locale", "text", "timestamp"]
)
@pytest.mark.parametrize("activity", [message("hello"), mention(), execute("x", {"a": {}}), members_added({"id": BOT})])
def test_what_is_left_out_breaks_nothing(activity: Json, missing: str) -> None:
    told = copy.deepcopy(activity)
    told.pop(missing, None)
    assert len(parsed(told)) <= 1
