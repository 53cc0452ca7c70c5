"""What the page is told of Teams: everything that one person sees there, as JSON (see README.md)."""

from copy import deepcopy
from typing import Any

from bot.playground.members import Member
from bot.playground.teams.controls import controls_of, values_of
from bot.playground.teams.seen import Conversation, InMessage, Kind, Message
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]


def people(tenant: Tenant) -> Json:
    """Who is there, and whom the page offers to play."""
    members = tuple(tenant.contents.members.values())
    return {
        "now": tenant.times.now().isoformat(),
        "players": [m.id for m in members if m.plays],
        "app": {"id": tenant.app_user, "name": tenant.company.app.name},
        "people": [_person(tenant, m) for m in members],
    }


def seen_by(tenant: Tenant, user: str) -> Json:
    """Everything that this person sees."""
    chat_id = tenant.chat_id(user)
    chat = tenant.contents.conversations.get(chat_id) or Conversation(
        id=chat_id, kind=Kind.PERSONAL, name=tenant.company.app.name, members=(user,)
    )
    others = [c for c in tenant.contents.conversations.values() if user in c.members and c.id != chat_id]
    return {
        "now": tenant.times.now().isoformat(),
        "me": _person(tenant, tenant.contents.members[user]),
        "conversations": [_conversation(tenant, user, c) for c in (chat, *others)],
        "dialog": _dialog(tenant, user),
        "notices": [{"id": n.n, "at": n.at.isoformat(), "text": n.text} for n in tenant.contents.notices.get(user, ())],
    }


def _person(tenant: Tenant, member: Member) -> Json:
    return {
        "id": member.id,
        "name": member.name,
        "title": member.title,
        "tz": member.tz,
        "locale": member.locale,
        "plays": member.plays,
        "installed": member.id in tenant.contents.installed,
        "deleted": member.deleted,
    }


def _conversation(tenant: Tenant, user: str, conversation: Conversation) -> Json:
    personal = conversation.kind is Kind.PERSONAL
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "name": conversation.name,
        "with_app": user in tenant.contents.installed if personal else tenant.has_app(conversation),
        "messages": [_message(tenant, user, m) for m in tenant.messages_for(user, conversation.id)],
    }


def _dialog(tenant: Tenant, user: str) -> Json | None:
    dialog = tenant.contents.dialogs.get(user)
    if dialog is None:
        return None
    return _message(tenant, user, dialog) | {"title": dialog.dialog, "conversation": dialog.conversation}


def _message(tenant: Tenant, user: str, message: Message) -> Json:
    where = InMessage(conversation=message.conversation, message=message.id)
    controls = controls_of(message)
    return {
        "id": message.id,
        "at": message.at.isoformat(),
        "from": message.author,
        "text": message.text,
        "summary": message.summary,
        "attachments": deepcopy(list(message.attachments)),
        "edited": message.edited,
        "thread": message.thread,
        "values": values_of(controls, tenant.contents.put_in.get((user, where.key), {})),
        "errors": list(tenant.contents.errors.get((user, where.key), ())),
    }
