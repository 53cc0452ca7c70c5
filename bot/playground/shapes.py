"""The JSON in which Slack speaks of messages, conversations, views and people in payloads and answers.

Fields as in java-slack-sdk's json-logs (samples of API answers, events, interactive payloads).
"""

from copy import deepcopy
from typing import Any

from bot.playground.seen import Conversation, InView, Kind, Message, View
from bot.playground.workspace import Workspace

Json = dict[str, Any]
CREATED = 1767225600


def message_object(workspace: Workspace, message: Message) -> Json:
    """A message as chat.postMessage answers it and as interactive payloads carry it."""
    company = workspace.company
    shown: Json = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "text": message.text,
        "team": company.team,
    }
    if message.author == company.app.user:
        shown |= {
            "bot_id": company.app.bot,
            "app_id": company.app.app,
            "bot_profile": {
                "id": company.app.bot,
                "app_id": company.app.app,
                "name": company.app.name,
                "icons": {},
                "deleted": False,
                "updated": CREATED,
                "team_id": company.team,
            },
        }
    if message.blocks:
        shown["blocks"] = deepcopy(list(message.blocks))
    if message.metadata is not None:
        shown["metadata"] = deepcopy(message.metadata)
    if message.edited:
        shown["edited"] = {"user": message.author, "ts": message.ts}
    if message.thread_ts is not None:
        shown["thread_ts"] = message.thread_ts
    if message.client_msg_id is not None:
        shown["client_msg_id"] = message.client_msg_id
    return shown


def conversation_object(workspace: Workspace, conversation: Conversation) -> Json:
    """A conversation as conversations.info answers it."""
    shown: Json = {
        "id": conversation.id,
        "created": CREATED,
        "is_archived": conversation.archived,
        "is_org_shared": False,
        "context_team_id": workspace.company.team,
        "is_im": conversation.kind is Kind.DM,
    }
    if conversation.kind is Kind.DM:
        user = next(m for m in conversation.members if m != workspace.app_user)
        return shown | {
            "user": user,
            "is_user_deleted": workspace.contents.members[user].deleted,
            "is_open": True,
            "priority": 0,
        }
    return shown | {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind is Kind.CHANNEL,
        "is_group": False,
        "is_mpim": conversation.kind is Kind.GROUP,
        "is_private": conversation.kind is Kind.GROUP,
        "is_general": conversation.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": workspace.app_user in conversation.members,
        "num_members": len(conversation.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def view_object(workspace: Workspace, user: str, view: View) -> Json:
    """A view as views.open answers it and as payloads carry it, with what the person has put in."""
    given = view.given
    company = workspace.company
    return {
        "id": view.id,
        "team_id": company.team,
        "app_id": company.app.app,
        "app_installed_team_id": company.team,
        "bot_id": company.app.bot,
        "type": given["type"],
        "blocks": deepcopy(list(view.blocks)),
        "title": given.get("title"),
        "submit": given.get("submit"),
        "close": given.get("close"),
        "submit_disabled": given.get("submit_disabled", False),
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "external_id": given.get("external_id", ""),
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "state": {"values": workspace.values(user, InView(view=view.id), view.blocks)},
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
    }


def user_in_payload(workspace: Workspace, user: str) -> Json:
    """A person as interactive payloads name them."""
    member = workspace.contents.members[user]
    return {"id": user, "username": member.handle, "name": member.handle, "team_id": workspace.company.team}


def channel_name(conversation: Conversation) -> str:
    """What payloads call the conversation."""
    return "directmessage" if conversation.kind is Kind.DM else conversation.name
