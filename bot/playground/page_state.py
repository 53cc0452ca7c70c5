"""What the page is told: everything that one person sees, as JSON (see README.md)."""

from copy import deepcopy
from typing import Any

from bot.playground.members import Member
from bot.playground.seen import Conversation, InMessage, InView, Kind, Message, View
from bot.playground.wire import Call
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def people(workspace: Workspace, *, busy: bool) -> Json:
    """Who is there, and whom the page offers to play."""
    members = tuple(workspace.contents.members.values())
    app = workspace.company.app
    return {
        "now": workspace.times.now().isoformat(),
        "busy": busy,
        "meanwhile": workspace.contents.meanwhile,
        "players": [m.id for m in members if m.plays],
        "app": {
            "id": app.user,
            "name": app.name,
            "commands": list(app.commands),
            "words": [{"command": w.command, "verb": w.verb, "usage": w.usage, "says": w.says} for w in app.words],
        },
        "people": [_person(m) for m in members],
    }


def seen_by(workspace: Workspace, user: str, *, busy: bool) -> Json:
    """Everything that this person sees."""
    mine = [c for c in workspace.contents.conversations.values() if user in c.members]
    dm_id = workspace.dm_id(user)
    dm = workspace.contents.conversations.get(dm_id) or Conversation(
        id=dm_id, kind=Kind.DM, name=workspace.company.app.name, members=(user, workspace.app_user)
    )
    others = sorted((c for c in mine if c.id != dm_id), key=lambda c: (c.kind is Kind.GROUP, c.name))
    home = workspace.contents.homes.get(user)
    return {
        "now": workspace.times.now().isoformat(),
        "busy": busy,
        "meanwhile": workspace.contents.meanwhile,
        "me": _person(workspace.contents.members[user]),
        "conversations": [_conversation(workspace, user, c) for c in (dm, *others)],
        "home": _view(workspace, user, home) if home else None,
        "modals": [_view(workspace, user, v) for v in workspace.stack(user)],
        "notices": [
            {"id": n.n, "at": n.at.isoformat(), "text": n.text} for n in workspace.contents.notices.get(user, ())
        ],
    }


def wire(workspace: Workspace, *, after: int) -> Json:
    """The calls later than number `after`, newest first."""
    calls = workspace.wire.calls
    return {
        "last": calls[-1].n if calls else 0,
        "calls": [_call(c) for c in reversed(calls) if c.n > after],
    }


def _person(member: Member) -> Json:
    return {
        "id": member.id,
        "name": member.name,
        "handle": member.handle,
        "title": member.title,
        "tz": member.tz,
        "locale": member.locale,
        "is_admin": member.is_admin,
        "deleted": member.deleted,
        "plays": member.plays,
    }


def _conversation(workspace: Workspace, user: str, conversation: Conversation) -> Json:
    names = {m.id: m.name for m in workspace.contents.members.values()} | {
        workspace.app_user: workspace.company.app.name
    }
    group = ", ".join(names[m] for m in conversation.members if m != user)
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "name": group if conversation.kind is Kind.GROUP else conversation.name,
        "with_app": workspace.app_user in conversation.members,
        "members": list(conversation.members),
        "unread": workspace.unread(user, conversation.id),
        "last_read": workspace.contents.read.get((user, conversation.id), "0"),
        "messages": [_message(workspace, user, m) for m in workspace.messages_for(user, conversation.id)],
    }


def _message(workspace: Workspace, user: str, message: Message) -> Json:
    where = InMessage(channel=message.channel, ts=message.ts)
    return {
        "ts": message.ts,
        "at": message.at.isoformat(),
        "from": message.author,
        "text": message.text,
        "blocks": deepcopy(list(message.blocks)),
        "edited": message.edited,
        "ephemeral": message.only_for is not None,
        "files": [
            {"id": f.id, "name": f.name, "title": f.title, "size": len(f.content), "url": f"/files/{f.id}/{f.name}"}
            for f in message.files
        ],
        "values": workspace.values(user, where, message.blocks),
    }


def _view(workspace: Workspace, user: str, view: View) -> Json:
    given = view.given
    return {
        "id": view.id,
        "type": given["type"],
        "title": given.get("title"),
        "submit": given.get("submit"),
        "close": given.get("close"),
        "blocks": deepcopy(list(view.blocks)),
        "hash": view.hash,
        "callback_id": given.get("callback_id", ""),
        "values": workspace.values(user, InView(view=view.id), view.blocks),
        "errors": dict(workspace.contents.errors.get(view.id, {})),
    }


def _call(call: Call) -> Json:
    return {
        "n": call.n,
        "at": call.at.isoformat(),
        "direction": "to_app" if call.to_app else "from_app",
        "name": call.name,
        "who": call.who,
        "request": call.request,
        "answer": call.answer,
        "status": call.status,
        "ms": call.milliseconds,
        "note": call.note,
    }
