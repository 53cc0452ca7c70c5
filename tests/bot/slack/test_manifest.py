"""The manifest is one that Slack takes, asks for what is used, and says why."""

import json
import re

import pytest

from bot.slack.manifest import EVENTS, REASONS, manifest, socket_manifest
from handlers.words import ADMIN, MENTOR

SHOWN = manifest("https://mentoring.example.com/")
ADDRESS = "https://mentoring.example.com/slack/events"
SCOPE_OF_EVENT = {"message.im": "im:history", "team_join": "users:read", "user_change": "users:read"}
SCOPE_OF_METHOD = {
    "chat.postMessage": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
}


def test_one_address_takes_everything() -> None:
    assert SHOWN["settings"]["event_subscriptions"]["request_url"] == ADDRESS
    assert SHOWN["settings"]["interactivity"] == {"is_enabled": True, "request_url": ADDRESS}
    assert {command["url"] for command in SHOWN["features"]["slash_commands"]} == {ADDRESS}


def test_with_socket_mode_there_is_no_address_anywhere_and_nothing_else_differs() -> None:
    shown = socket_manifest()
    assert "http" not in json.dumps(shown)
    assert "url" not in json.dumps(shown)
    assert shown["settings"]["socket_mode_enabled"] is True
    assert shown["oauth_config"] == SHOWN["oauth_config"]
    assert shown["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert shown["settings"]["interactivity"] == {"is_enabled": True}
    for with_address, without in zip(
        SHOWN["features"]["slash_commands"], shown["features"]["slash_commands"], strict=True
    ):
        assert with_address == {**without, "url": ADDRESS}


def test_every_scope_has_a_reason_and_every_event_its_scope() -> None:
    scopes = SHOWN["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(REASONS)
    assert all(reason.endswith(".") for reason in REASONS.values())
    assert set(SHOWN["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert set(SCOPE_OF_EVENT.values()) | set(SCOPE_OF_METHOD.values()) <= set(scopes)
    assert not [scope for scope in scopes if scope.startswith(("admin", "channels:", "groups:", "mpim:history"))]


def test_names_and_texts_fit() -> None:
    info = SHOWN["display_information"]
    assert len(info["name"]) <= 35
    assert len(info["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", info["background_color"])
    assert len(SHOWN["features"]["bot_user"]["display_name"]) <= 80
    for command in SHOWN["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z-]{1,31}", command["command"])
        assert 0 < len(command["description"]) <= 2000
        assert 0 < len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True


def test_the_bot_answers_in_its_tabs_and_stays_in_one_workspace() -> None:
    assert SHOWN["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert SHOWN["settings"]["org_deploy_enabled"] is False
    assert SHOWN["settings"]["socket_mode_enabled"] is False
    assert SHOWN["settings"]["token_rotation_enabled"] is False


@pytest.mark.parametrize(("command", "words"), [("/mentor", MENTOR), ("/mentor-admin", ADMIN)])
def test_the_hint_of_a_command_is_a_word_that_it_has(command: str, words: tuple[object, ...]) -> None:
    (shown,) = [one for one in SHOWN["features"]["slash_commands"] if one["command"] == command]
    assert shown["usage_hint"] in {getattr(word, "verb", "") for word in words}
