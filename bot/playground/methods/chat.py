"""The chat.* methods."""

from dataclasses import replace
from typing import Any

from bot.playground.controls import with_ids
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.conversations import known
from bot.playground.refusals import SlackError
from bot.playground.seen import Conversation, Kind, Message
from bot.playground.shapes import message_object
from bot.playground.strict.surfaces import check_message, check_metadata
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def chat_post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """Posts as the app, to a conversation by its id only."""
    conversation = _may_write(workspace, arguments.text("channel"))
    text, blocks = _checked(arguments)
    metadata = arguments.structure("metadata")
    if metadata is not None:
        check_metadata(metadata)
    message = Message(
        channel=conversation.id,
        ts=workspace.new_ts(),
        at=workspace.times.now(),
        author=workspace.app_user,
        text=text,
        blocks=with_ids(blocks, workspace.new_id),
        metadata=metadata,
        thread_ts=arguments.text_or_none("thread_ts"),
    )
    workspace.show(message)
    return {"channel": conversation.id, "ts": message.ts, "message": message_object(workspace, message)}


def chat_update(workspace: Workspace, arguments: Arguments) -> Json:
    """Changes one of the app's own messages in place.

    Blocks and metadata that are not given stay as they were; an empty list, an empty object, takes them away.
    """
    conversation = known(workspace, arguments.text("channel"))
    if _is_closed(workspace, conversation):
        raise SlackError("is_inactive")
    before = _own(workspace, conversation.id, arguments.text("ts"), otherwise="cant_update_message")
    text, blocks = _checked(arguments)
    metadata = arguments.structure("metadata")
    if metadata:
        check_metadata(metadata)
    after = replace(
        before,
        text=text,
        blocks=before.blocks if arguments.raw("blocks") is None else with_ids(blocks, workspace.new_id),
        metadata=before.metadata if metadata is None else metadata or None,
        edited=True,
    )
    workspace.show(after)
    return {"channel": after.channel, "ts": after.ts, "text": text, "message": message_object(workspace, after)}


def chat_post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """Shows something to one person of the conversation; it cannot be updated later."""
    conversation = _may_write(workspace, arguments.text("channel"))
    user = arguments.text("user")
    if user not in workspace.contents.members:
        raise SlackError("user_not_found")
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _checked(arguments, ephemeral=True)
    message = Message(
        channel=conversation.id,
        ts=workspace.new_ts(),
        at=workspace.times.now(),
        author=workspace.app_user,
        text=text,
        blocks=with_ids(blocks, workspace.new_id),
        only_for=user,
    )
    workspace.show(message)
    return {"message_ts": message.ts}


def chat_delete(workspace: Workspace, arguments: Arguments) -> Json:
    """Removes one of the app's own messages."""
    channel = arguments.text("channel")
    known(workspace, channel)
    message = _own(workspace, channel, arguments.text("ts"), otherwise="cant_delete_message")
    workspace.take_away(message)
    return {"channel": channel, "ts": message.ts}


def _may_write(workspace: Workspace, channel: str) -> Conversation:
    conversation = known(workspace, channel)
    if workspace.app_user not in conversation.members:
        raise SlackError("not_in_channel")
    if _is_closed(workspace, conversation):
        raise SlackError("is_archived")
    return conversation


def _is_closed(workspace: Workspace, conversation: Conversation) -> bool:
    # What Slack says about the direct message of somebody who was deactivated is not documented: as if archived.
    people = map(workspace.contents.members.get, conversation.members)
    gone = conversation.kind is Kind.DM and any(m.deleted for m in people if m is not None)
    return conversation.archived or gone


def _own(workspace: Workspace, channel: str, ts: str, *, otherwise: str) -> Message:
    message = workspace.message(channel, ts)
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    if message.author != workspace.app_user:
        raise SlackError(otherwise)
    return message


def _checked(arguments: Arguments, *, ephemeral: bool = False) -> tuple[str, list[Json]]:
    text, blocks = arguments.raw("text"), arguments.structure("blocks")
    if arguments.raw("attachments"):
        raise SlackError("invalid_arguments", ["[ERROR] attachments: this workspace takes blocks only"])
    check_message(text, blocks, ephemeral=ephemeral)
    return text, blocks or []


METHODS = {
    "chat.delete": chat_delete,
    "chat.postEphemeral": chat_post_ephemeral,
    "chat.postMessage": chat_post_message,
    "chat.update": chat_update,
}
