"""Every gesture enters by one door: sized, read, trusted, committed before it is acknowledged, 500 when it failed."""

import json
from dataclasses import replace

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.teams import carried
from bot.teams.limits import Json
from flows.people import Profile
from handlers.inbound import AccountChanged, Asked, Joined, Left, Pressed, Said, Submitted
from tests.bot.teams.conftest import Stage, body_of
from tests.bot.teams.gestures import (
    BOT,
    INES,
    deleted,
    edited,
    execute,
    in_channel,
    installation,
    invoke,
    members_added,
    mention,
    message,
    reaction,
    submit,
)
from tests.bot.teams.microsoft import Microsoft, published, signed

OURS: Json = {carried.ARGS: {"match": "m1"}}


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        (message("I count things."), Said),
        (message("mentor help"), Asked),
        (mention(), Asked),
        (execute("session.met", OURS), Pressed),
        (execute("session.dated", OURS), Submitted),
        (submit({carried.VERB: "session.met", **OURS}), Pressed),
        (installation("add"), Joined),
        (installation("remove"), Left),
        (members_added({"id": BOT}), Joined),
    ],
)
async def test_a_gesture_is_taken_and_acknowledged(stage: Stage, activity: Json, kind: type) -> None:
    answer = await stage.sends(activity)
    assert answer.status == 200
    assert [type(inbound.what) for inbound in stage.taken] == [kind]


@pytest.mark.parametrize("activity", [reaction(), edited(), deleted(), in_channel(message("not to us"))])
async def test_what_is_not_for_us_is_acknowledged_all_the_same(stage: Stage, activity: Json) -> None:
    answer = await stage.sends(activity)
    assert (answer.status, await answer.text(), stage.taken) == (200, "", [])


@pytest.mark.parametrize("activity", [invoke("task/fetch"), invoke("something/new")])
async def test_an_invoke_that_we_do_not_know_is_501(stage: Stage, activity: Json) -> None:
    assert (await stage.sends(activity)).status == 501
    assert stage.taken == []


async def test_a_press_that_is_not_ours_is_answered_without_an_error(stage: Stage) -> None:
    told = await body_of(await stage.sends(execute("other.bot", {"x": 1})))
    assert told["type"] == "application/vnd.microsoft.activity.message"
    assert told["value"]
    assert stage.taken == []


async def test_whoever_is_too_long_is_refused_before_anything_is_read(stage: Stage, microsoft: Microsoft) -> None:
    assert (await stage.posts(b"[" * (256 * 1024 + 1), "")).status == 413
    assert (await stage.posts(b"x" * (256 * 1024), "")).status == 400
    assert microsoft.named("/keys") == []


@pytest.mark.parametrize("raw", [b"", b"no json", b"[]", b"{}", json.dumps({"type": "message"}).encode()])
async def test_a_body_that_is_no_activity_is_400(stage: Stage, raw: bytes) -> None:
    assert (await stage.posts(raw, signed(serviceurl=stage.service))).status == 400


@pytest.mark.parametrize("inside", [{"entities": {}}, {"entities": [None]}, {"membersAdded": [None]}], ids=str)
async def test_a_wrong_thing_inside_an_activity_is_400_for_teams_and_401_for_strangers(
    stage: Stage, inside: Json
) -> None:
    wrong = {**message("hello"), **inside}
    assert (await stage.sends(wrong)).status == 400
    assert (await stage.sends(wrong, aud="another")).status == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x.y.z", "Basic aW5lczpwbHVt"])
async def test_without_a_token_nothing_gets_in(stage: Stage, authorization: str) -> None:
    with capture_logs() as logged:
        answer = await stage.posts(json.dumps(message("mine alone")).encode(), authorization)
    assert (answer.status, stage.taken) == (401, [])
    assert [entry["event"] for entry in logged] == ["a request was refused"]
    assert "mine alone" not in repr(logged)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "https://sts.example.com"},
        {"exp": None},
        {"exp": -3600},
        {"serviceurl": "https://evil.example.com/"},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_is_401(stage: Stage, claims: dict[str, object]) -> None:
    assert (await stage.sends(message("hello"), **claims)).status == 401
    assert stage.taken == []


async def test_another_company_is_401(stage: Stage) -> None:
    assert (await stage.sends({**message("hello"), "channelData": {"tenant": {"id": "another"}}})).status == 401


async def test_a_key_without_its_endorsement_is_401(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.keys = [published("one", endorsements=["webchat"])]
    assert (await stage.sends(message("hello"))).status == 401


async def test_as_long_as_no_keys_can_be_had_teams_is_asked_to_repeat(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.keys = []
    assert (await stage.sends(message("hello"))).status == 503


@pytest.mark.parametrize("activity", [message("my private words"), execute("session.met", OURS), installation("add")])
async def test_a_turn_that_fails_is_not_acknowledged(stage: Stage, activity: Json) -> None:
    stage.reply = RuntimeError("INSERT INTO answers VALUES ('my private words')")
    with capture_logs() as logged:
        answer = await stage.sends(activity)
    assert (answer.status, await answer.text()) == (500, "")
    assert [(entry["reference"], entry["fault"]) for entry in logged] == [("reference", "RuntimeError")]
    assert "private" not in repr(logged)
    stage.reply = None
    assert (await stage.sends(activity)).status == 200
    first, second = stage.taken
    assert first.id == second.id


async def test_the_roster_says_who_came_without_a_name(stage: Stage, microsoft: Microsoft) -> None:
    named = web.json_response({"id": "29:1ines", "name": "Ines Duarte", "aadObjectId": INES})
    microsoft.instead["member"] = [named]
    await stage.sends(in_channel(members_added({"id": "29:1ines", "aadObjectId": INES})))
    assert [one.profile for one in stage.taken] == [Profile("Ines Duarte", "", "")]


async def test_the_roster_tells_the_address_of_whom_we_meet_once_and_nobody_waits_for_it(
    stage: Stage, microsoft: Microsoft
) -> None:
    microsoft.instead["member"] = [web.json_response({}, status=404), web.json_response({"email": "ines@example.org"})]
    await stage.sends(message("mentor help"))
    await stage.settled()
    (asked, learnt), calls = stage.taken, [call.path.rpartition("/")[2] for call in microsoft.named("/members/")]
    assert asked.profile is not None
    assert asked.profile.email == ""
    assert learnt.what == AccountChanged(replace(asked.profile, email="ines@example.org"))
    assert calls == ["29%3A1ines", INES]
    await stage.sends(message("mentor help"))
    await stage.settled()
    assert [inbound.profile and inbound.profile.email for inbound in stage.taken[2:]] == ["ines@example.org"]
    assert len(microsoft.named("/members/")) == 2


@pytest.mark.parametrize("email", ["", "no address", "two @words", "x" * 320 + "@example.org"])
async def test_what_is_no_address_is_none(stage: Stage, microsoft: Microsoft, email: str) -> None:
    microsoft.instead["member"] = [web.json_response({"email": email, "name": "Ines"})]
    await stage.sends(message("mentor help"))
    await stage.settled()
    assert len(stage.taken) == 1


async def test_a_roster_that_was_too_busy_is_asked_again(stage: Stage, microsoft: Microsoft) -> None:
    known = web.json_response({"userPrincipalName": "ines@example.org"})
    microsoft.instead["member"] = [web.json_response({}, status=502), known]
    for _ in range(2):
        await stage.sends(message("mentor help"))
        await stage.settled()
    assert [type(inbound.what) for inbound in stage.taken] == [Asked, Asked, AccountChanged]


async def test_an_address_is_not_in_the_log(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.instead["member"] = [web.json_response({"email": "ines@example.org"})]
    with capture_logs() as lines:
        await stage.sends(message("mentor help"))
        await stage.settled()
    assert "example.org" not in str(lines)
    assert "example.org" not in repr(stage.taken)


async def test_nobody_waits_for_a_roster_that_does_not_answer(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.instead["member"] = [microsoft.hold]
    answer = await stage.sends(in_channel(members_added({"id": "29:1ines", "aadObjectId": INES})))
    assert answer.status == 200
    assert [one.profile for one in stage.taken] == [Profile("", "", "")]


async def test_a_wrong_secret_is_told_at_the_start(microsoft: Microsoft) -> None:
    refused = web.json_response({"error": "invalid_client", "error_description": "AADSTS7000215: …"}, status=401)
    microsoft.instead["token"] = [refused]
    here = Stage(microsoft)
    with pytest.raises(ConnectionError, match="the sign-in for Teams gave no token: invalid_client AADSTS7000215"):
        await here.platform.start()
    await here.close()
