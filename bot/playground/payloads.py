"""The payloads that Slack sends when somebody acts: fields as in java-slack-sdk's samples."""

from html import unescape
from typing import Any

from bot.playground.controls import Control
from bot.playground.members import user_object
from bot.playground.seen import Conversation, InMessage, Message, View
from bot.playground.shapes import channel_name, message_object, user_in_payload, view_object
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def command(workspace: Workspace, user: str, *, conversation: Conversation, word: str, text: str) -> dict[str, str]:
    """The form of a slash command."""
    company = workspace.company
    response = workspace.tickets.response(user, channel=conversation.id, message=None)
    return {
        "token": "not-used",
        "team_id": company.team,
        "team_domain": company.domain,
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": user,
        "user_name": workspace.contents.members[user].handle,
        "command": word,
        "text": text,
        "api_app_id": company.app.app,
        "is_enterprise_install": "false",
        "response_url": f"{workspace.address}/response/{response}",
        "trigger_id": workspace.tickets.trigger(user, in_modal=False),
    }


def _interaction(workspace: Workspace, user: str, kind: str, *, in_modal: bool) -> Json:
    company = workspace.company
    return {
        "type": kind,
        "user": user_in_payload(workspace, user),
        "api_app_id": company.app.app,
        "token": "not-used",
        "trigger_id": workspace.tickets.trigger(user, in_modal=in_modal),
        "team": {"id": company.team, "domain": company.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed_in_message(workspace: Workspace, user: str, message: Message, action: Json) -> Json:
    """block_actions of a message; an ephemeral one is not sent along, as at Slack."""
    conversation = workspace.contents.conversations[message.channel]
    where = InMessage(channel=message.channel, ts=message.ts)
    response = workspace.tickets.response(user, channel=message.channel, message=message.ts)
    payload = _interaction(workspace, user, "block_actions", in_modal=False) | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.only_for is not None,
        },
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "state": {"values": workspace.values(user, where, message.blocks)},
        "response_url": f"{workspace.address}/response/{response}",
        "actions": [action],
    }
    if message.only_for is None:
        payload["message"] = message_object(workspace, message)
    return payload


def pressed_in_view(workspace: Workspace, user: str, view: View, action: Json) -> Json:
    """block_actions of a modal or an App Home."""
    modal = view.given["type"] == "modal"
    return _interaction(workspace, user, "block_actions", in_modal=modal) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(workspace, user, view),
        "actions": [action],
    }


def action(workspace: Workspace, control: Control, held: Json) -> Json:
    """One entry of `actions`: what was pressed or chosen."""
    told: Json = {"action_id": control.action_id, "block_id": control.block_id, "action_ts": workspace.new_ts(), **held}
    if control.kind == "button":
        for name in ("text", "value", "style", "url"):
            if name in control.element:
                told[name] = control.element[name]
    if "placeholder" in control.element:
        told["placeholder"] = control.element["placeholder"]
    if "confirm" in control.element:
        told["confirm"] = control.element["confirm"]
    return told


def submitted(workspace: Workspace, user: str, view: View) -> Json:
    """view_submission."""
    return _interaction(workspace, user, "view_submission", in_modal=True) | {
        "view": view_object(workspace, user, view),
        "response_urls": [],
    }


def closed(workspace: Workspace, user: str, view: View, *, whole_stack: bool) -> Json:
    """view_closed."""
    payload = _interaction(workspace, user, "view_closed", in_modal=True)
    del payload["trigger_id"]
    return payload | {"view": view_object(workspace, user, view), "is_cleared": whole_stack}


def written(workspace: Workspace, message: Message) -> Json:
    """The event `message` of a direct message."""
    piece = {"type": "text", "text": unescape(message.text)}
    return {
        **message_object(workspace, message),
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": "im",
        "blocks": [
            {
                "type": "rich_text",
                "block_id": workspace.new_id(),
                "elements": [{"type": "rich_text_section", "elements": [piece]}],
            }
        ],
    }


def home_opened(workspace: Workspace, user: str, *, tab: str) -> Json:
    """The event `app_home_opened`."""
    told: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.open_dm(user).id,
        "tab": tab,
        "event_ts": workspace.new_ts(),
    }
    view = workspace.contents.homes.get(user)
    if view is not None and tab == "home":
        told["view"] = view_object(workspace, user, view)
    return told


def about_member(workspace: Workspace, kind: str, user: str) -> Json:
    """The events `user_change` and `team_join`."""
    now = workspace.times.now()
    member = workspace.contents.members[user]
    return {
        "type": kind,
        "user": user_object(member, company=workspace.company, now=now, include_locale=True),
        "cache_ts": int(now.timestamp()),
        "event_ts": workspace.new_ts(),
    }
