"""The conversations.* methods."""

from typing import Any

from bot.playground.methods.arguments import Arguments
from bot.playground.methods.people import paged
from bot.playground.refusals import SlackError
from bot.playground.seen import Conversation, Kind
from bot.playground.shapes import conversation_object, message_object
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def conversations_open(workspace: Workspace, arguments: Arguments) -> Json:
    """The direct message with one person, or the group message with up to eight; the same people, the same id."""
    users = frozenset(arguments.ids("users"))
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    for user in sorted(users):
        member = workspace.contents.members.get(user)
        if user == workspace.app_user:
            raise SlackError("cannot_dm_bot")
        if member is None:
            raise SlackError("user_not_found")
        if member.deleted:
            raise SlackError("user_disabled")
    before = len(workspace.contents.conversations)
    opened = workspace.open_dm(*users) if len(users) == 1 else workspace.open_group(users)
    answer: Json = {"channel": {"id": opened.id}}
    if arguments.flag("return_im"):
        answer["channel"] = conversation_object(workspace, opened)
    if len(workspace.contents.conversations) == before:
        answer |= {"no_op": True, "already_open": True}
    return answer


def conversations_info(workspace: Workspace, arguments: Arguments) -> Json:
    """One conversation that the app may know of."""
    return {"channel": conversation_object(workspace, known(workspace, arguments.text("channel")))}


def conversations_members(workspace: Workspace, arguments: Arguments) -> Json:
    """Who is in it, page by page."""
    conversation = known(workspace, arguments.text("channel"))
    page, cursor = paged(tuple(sorted(conversation.members)), arguments)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def conversations_list(workspace: Workspace, arguments: Arguments) -> Json:
    """Conversations of the wanted types (public channels by default), page by page."""
    types = set(arguments.ids("types")) or {"public_channel"}
    kinds = {"public_channel": Kind.CHANNEL, "im": Kind.DM, "mpim": Kind.GROUP}
    wanted = {kind for name, kind in kinds.items() if name in types}
    ids = sorted(
        c.id
        for c in workspace.contents.conversations.values()
        if c.kind in wanted and not (c.archived and arguments.flag("exclude_archived"))
    )
    page, cursor = paged(tuple(ids), arguments)
    shown = [conversation_object(workspace, workspace.contents.conversations[i]) for i in page]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def conversations_history(workspace: Workspace, arguments: Arguments) -> Json:
    """What was written in a direct message with the app, newest first; for other kinds the scope is missing."""
    conversation = known(workspace, arguments.text("channel"))
    if conversation.kind is not Kind.DM:
        raise SlackError("missing_scope", [f"needed: {conversation.kind}:history"])
    oldest = float(arguments.text_or_none("oldest") or 0)
    latest = float(arguments.text_or_none("latest") or "inf")
    inclusive = arguments.flag("inclusive")
    with_metadata = arguments.flag("include_all_metadata")
    limit = arguments.number("limit", default=100)
    found = [
        m
        for m in reversed(workspace.contents.messages.get(conversation.id, {}).values())
        if m.only_for is None and (oldest < float(m.ts) < latest or (inclusive and float(m.ts) in (oldest, latest)))
    ]
    shown = [message_object(workspace, m) for m in found[:limit]]
    if not with_metadata:
        for one in shown:
            one.pop("metadata", None)
    return {"messages": shown, "has_more": len(found) > limit, "pin_count": 0}


def known(workspace: Workspace, channel: str) -> Conversation:
    """The conversation, when the app may know that it exists; names and people's ids are no conversations."""
    found = workspace.contents.conversations.get(channel)
    if found is None or (found.kind is not Kind.CHANNEL and workspace.app_user not in found.members):
        raise SlackError("channel_not_found")
    return found


METHODS = {
    "conversations.history": conversations_history,
    "conversations.info": conversations_info,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
    "conversations.open": conversations_open,
}
