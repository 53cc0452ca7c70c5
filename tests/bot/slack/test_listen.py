"""Every gesture enters by one door, is committed before it is acknowledged, and is answered 500 when it failed."""

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from flows.people import Profile
from flows.voice.message import Message
from handlers.inbound import AccountChanged, Asked, Opened, Pressed, Reply, Said, Submitted, Where
from tests.bot.slack.conftest import Stage
from tests.bot.slack.recorded import recorded
from tests.bot.slack.stub import SlackStub


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("command", Asked),
        ("press_in_message", Pressed),
        ("press_in_dialog", Pressed),
        ("press_at_home", Pressed),
        ("submission", Submitted),
        ("typed", Said),
        ("home_opened", Opened),
        ("user_changed", AccountChanged),
        ("joined_team", AccountChanged),
    ],
)
async def test_a_gesture_is_taken_and_acknowledged(stage: Stage, name: str, kind: type) -> None:
    answer = await stage.sends(recorded(name))
    assert answer.status == 200
    assert await answer.text() == ""
    assert [type(inbound.what) for inbound in stage.taken] == [kind]


@pytest.mark.parametrize(
    "body",
    [
        recorded("messages_opened"),
        recorded("edited"),
        recorded("said_by_a_bot"),
        {"type": "view_closed", "team": {"id": "T0HOME"}, "user": {"id": "U0INES"}, "view": {"callback_id": "page"}},
        {"type": "shortcut", "team": {"id": "T0HOME"}, "user": {"id": "U0INES"}, "callback_id": "x"},
        {"type": "something_new", "team": {"id": "T0HOME"}, "user": {"id": "U0INES"}},
        {**recorded("typed"), "event": {"type": "reaction_added", "user": "U0INES"}},
    ],
)
async def test_what_is_not_for_us_is_acknowledged_all_the_same(stage: Stage, body: dict[str, object]) -> None:
    answer = await stage.sends(body)
    assert answer.status == 200
    assert stage.taken == []


@pytest.mark.parametrize("name", ["command", "press_in_message", "submission", "typed", "home_opened"])
async def test_a_turn_that_fails_is_not_acknowledged(
    stage: Stage, name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    stage.reply = RuntimeError("INSERT INTO answers VALUES ('my private words')")
    with capture_logs() as logged:
        answer = await stage.sends(recorded(name))
    assert answer.status == 500
    assert await answer.text() == ""
    assert [(entry["reference"], entry["fault"]) for entry in logged] == [("reference", "RuntimeError")]
    out, err = capfd.readouterr()
    assert "private" not in f"{logged}{caplog.text}{out}{err}"
    stage.reply = None
    assert (await stage.sends(recorded(name))).status == 200
    first, second = stage.taken
    assert first.id == second.id


async def test_the_directory_is_asked_once_for_each_account(stage: Stage, slack: SlackStub) -> None:
    for name in ("command", "press_in_message", "typed"):
        await stage.sends(recorded(name))
    ines = Profile("Ines Duarte", "Europe/Lisbon", "pt-PT", title="Analyst")
    assert [inbound.profile for inbound in stage.taken] == [ines, None, None]
    assert slack.named("users.info") == [{"user": "U0INES", "include_locale": "1"}]


@pytest.mark.parametrize("failing", ["refusal", "silence"])
async def test_nobody_waits_for_the_directory_which_is_asked_again_the_next_time(
    stage: Stage, slack: SlackStub, failing: str
) -> None:
    slack.instead["users.info"] = [{"ok": False, "error": "fatal_error"} if failing == "refusal" else slack.hold]
    assert (await stage.sends(recorded("command"))).status == 200
    assert (await stage.sends(recorded("typed"))).status == 200
    assert [inbound.profile is None for inbound in stage.taken] == [True, False]
    assert len(slack.named("users.info")) == 2


async def test_a_turn_that_failed_is_introduced_again(stage: Stage) -> None:
    stage.reply = RuntimeError()
    await stage.sends(recorded("command"))
    stage.reply = None
    await stage.sends(recorded("command"))
    assert [inbound.profile is not None for inbound in stage.taken] == [True, True]


async def test_a_change_that_changes_nothing_for_us_runs_no_turn(stage: Stage) -> None:
    await stage.sends(recorded("user_changed"))
    again = recorded("user_changed")
    again["event_id"] = "Ev0999"
    again["event"]["user"]["profile"]["status_text"] = "At lunch"
    await stage.sends(again)
    assert len(stage.taken) == 1


async def test_a_change_whose_turn_failed_is_news_when_it_comes_again(stage: Stage) -> None:
    stage.reply = RuntimeError()
    assert (await stage.sends(recorded("user_changed"))).status == 500
    stage.reply = None
    assert (await stage.sends(recorded("user_changed"))).status == 200
    assert len(stage.taken) == 2


async def test_variables_meant_for_other_bots_change_nothing(slack: SlackStub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "BOT_TOKEN", "SIGNING_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "something else")
    stage = Stage(slack)
    await stage.client.start_server()
    await stage.platform.start()
    try:
        assert (await stage.sends(recorded("command"))).status == 200
        assert (await stage.sends({**recorded("command"), "ssl_check": "1", "token": "something else"})).status == 200
        assert len(stage.taken) == 2
    finally:
        await stage.close()


async def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    slack: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    stage = Stage(slack)
    await stage.platform.start()
    stage.reply = Reply(Message("Done", ()), Where.INSTEAD)
    body = recorded("press_in_message") | {"response_url": slack.address("/response/1")}
    await stage.client.start_server()
    await stage.sends(body)
    assert [name for name, _ in await stage.settled()] == ["response"]
    await stage.close()


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ({"ok": False, "error": "invalid_auth"}, "Slack does not take SLACK_BOT_TOKEN: invalid_auth"),
        (web.Response(status=503), "Slack does not take SLACK_BOT_TOKEN: HTTP 503"),
    ],
)
async def test_a_start_says_why_it_cannot(slack: SlackStub, answer: dict[str, object], line: str) -> None:
    slack.instead["auth.test"] = [answer]
    stage = Stage(slack)
    with pytest.raises(ConnectionError, match=line):
        await stage.platform.start()
    await stage.close()


async def test_a_start_without_slack_says_so(slack: SlackStub) -> None:
    stage = Stage(slack)
    await slack.server.close()
    with pytest.raises(
        ConnectionError, match=r"http://127.+ \(SLACK_API_URL\) cannot be reached: ClientConnectorError"
    ):
        await stage.platform.start()
    await stage.close()


async def test_who_we_are_is_asked_once(stage: Stage, slack: SlackStub) -> None:
    for name in ("command", "press_in_message", "typed"):
        await stage.sends(recorded(name))
    assert len(slack.named("auth.test")) == 1
