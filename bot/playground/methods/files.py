"""Uploading a file in three steps: announce it, send its bytes, share it."""

from typing import Any
from urllib.parse import quote

from bot.playground.methods.arguments import Arguments
from bot.playground.methods.conversations import known
from bot.playground.refusals import SlackError
from bot.playground.seen import Message, StoredFile
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def files_get_upload_url_external(workspace: Workspace, arguments: Arguments) -> Json:
    """Announces a file; answers where its bytes go."""
    name, length = arguments.text("filename"), arguments.number("length", default=0)
    if length < 1:
        raise SlackError("invalid_arguments", ["[ERROR] length must be at least 1 [json-pointer:/length]"])
    id_ = f"F{workspace.new_id().upper()}"
    workspace.contents.uploads[id_] = {"name": name, "length": length, "content": None}
    return {"upload_url": f"{workspace.address}/upload/{id_}", "file_id": id_}


def take_bytes(workspace: Workspace, file_id: str, content: bytes) -> bool:
    """Keeps the bytes of an announced file; False when none was announced or the length differs."""
    upload = workspace.contents.uploads.get(file_id)
    if upload is None or upload["length"] != len(content):
        return False
    upload["content"] = content
    return True


def files_complete_upload_external(workspace: Workspace, arguments: Arguments) -> Json:
    """Shares uploaded files in a conversation, or keeps them with the app alone."""
    files = arguments.structure("files")
    if not isinstance(files, list) or not files:
        raise SlackError("invalid_arguments", ["[ERROR] files must be a list [json-pointer:/files]"])
    stored = tuple(_stored(workspace, one) for one in files)
    channel = arguments.text_or_none("channel_id") or next(iter(arguments.ids("channels")), None)
    if channel is not None:
        conversation = known(workspace, channel)
        if workspace.app_user not in conversation.members:
            raise SlackError("not_in_channel")
        names = ", ".join(f.title for f in stored)
        workspace.show(
            Message(
                channel=conversation.id,
                ts=workspace.new_ts(),
                at=workspace.times.now(),
                author=workspace.app_user,
                text=arguments.text_or_none("initial_comment") or names,
                thread_ts=arguments.text_or_none("thread_ts"),
                files=stored,
            )
        )
    return {"files": [_file_object(workspace, f, channel) for f in stored]}


def _stored(workspace: Workspace, one: Json) -> StoredFile:
    upload = workspace.contents.uploads.get(str(one.get("id")))
    if upload is None or upload["content"] is None:
        raise SlackError("file_not_found")
    title = one.get("title") or upload["name"]
    return StoredFile(id=one["id"], name=upload["name"], title=title, content=upload["content"])


def _file_object(workspace: Workspace, file: StoredFile, channel: str | None) -> Json:
    # Sharing is asynchronous at Slack: the time stamp of the share is not in this answer.
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": "",
        "filetype": "",
        "user": workspace.app_user,
        "size": len(file.content),
        "channels": [channel] if channel else [],
        "shares": {},
    }


def hold(workspace: Workspace, user: str, *, name: str, content: bytes) -> Json:
    """Keeps a file that a person attached, for the app alone; the file object as a submission carries it (fields of
    docs.slack.dev/reference/objects/file-object)."""
    id_ = f"F{workspace.new_id().upper()}"
    workspace.contents.attached[id_] = content
    address = f"{workspace.address}/files-pri/{workspace.company.team}-{id_}"
    return {
        "id": id_,
        "created": int(workspace.times.now().timestamp()),
        "name": name,
        "title": name,
        "mimetype": "text/csv",
        "filetype": name.rpartition(".")[2].casefold(),
        "user": user,
        "user_team": workspace.company.team,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "size": len(content),
        "url_private": f"{address}/{quote(name)}",
        "url_private_download": f"{address}/download/{quote(name)}",
        "file_access": "visible",
    }


def download(workspace: Workspace, place: str, authorization: str) -> bytes | None:
    """The bytes of such a file, for whoever brings the app's token; None leads to the sign-in page."""
    if authorization != f"Bearer {workspace.token}":
        return None
    return workspace.contents.attached.get(place.rpartition("-")[2])


METHODS = {
    "files.completeUploadExternal": files_complete_upload_external,
    "files.getUploadURLExternal": files_get_upload_url_external,
}
