"""The manifest from which Slack makes the app: only the scopes that are used, each with its reason.

The shape is that of github.com/slackapi/manifest-schema, manifest.schema.2.0.0.json.
"""

from collections.abc import Mapping
from typing import Final

from bot.slack.guard import PATH
from bot.slack.limits import Json

REASONS: Final[Mapping[str, str]] = {
    "chat:write": "To write to people, and to change a message in place once it was answered.",
    "commands": "For /mentor and /mentor-admin.",
    "files:read": "To read the table that a coordinator attaches to the form of /mentor-admin people import.",
    "files:write": "To hand a coordinator the report as a CSV file.",
    "im:history": "To receive what people type to the bot as answers; no other conversation is read.",
    "im:write": "To open the private conversation with a person.",
    "mpim:write": "To open the shared conversation of a pair; the bot cannot read what they write there.",
    "users:read": "For names, time zones and languages, and to notice when an account is closed.",
}
"""Scope → why it is asked for, for the docs and for whoever approves the app."""

EVENTS: Final = ("app_home_opened", "message.im", "team_join", "user_change")


def manifest(url: str) -> Json:
    """The manifest for a bot whose public address is `url` (https, without a path)."""
    address = url.rstrip("/") + PATH
    shown = _app({"url": address})
    shown["settings"]["event_subscriptions"]["request_url"] = address
    shown["settings"]["interactivity"]["request_url"] = address
    return shown


def socket_manifest() -> Json:
    """The manifest for a bot that takes gestures over Socket Mode: no address anywhere. The scope `connections:write`
    belongs to the app-level token and not in here."""
    shown = _app({})
    shown["settings"]["socket_mode_enabled"] = True
    return shown


def _app(address: Mapping[str, str]) -> Json:
    """What both have in common; `address` is where commands go, {"url": …} or nothing."""
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Alongside",
            "description": "Workplace mentoring: joining, matching and a calm rhythm, here in Slack.",
            "background_color": "#1f4e4a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Alongside", "always_online": True},
            "slash_commands": [
                _command("/mentor", "Your mentoring: join, see where you stand, pause or leave", address),
                _command("/mentor-admin", "Run a mentoring programme", address),
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(REASONS)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _command(command: str, description: str, address: Mapping[str, str]) -> Json:
    # With should_escape a mention arrives as an id, which stays right when a name changes.
    return {
        "command": command,
        "description": description,
        "usage_hint": "help",
        "should_escape": True,
        **address,
    }
