"""What Microsoft Graph does for the app: group chats, and the app in them (learn.microsoft.com/graph/api, v1.0).

As strict as the service: who may call, what the body holds, whom and what it names.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from bot.playground.teams import activities
from bot.playground.teams.deliver import deliver
from bot.playground.teams.refusals import TeamsError
from bot.playground.teams.seen import Conversation, Kind
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]
CREATE = "Chat.Create"
INSTALL = "TeamsAppInstallation.ReadWriteSelfForChat.All"
MEMBER = "#microsoft.graph.aadUserConversationMember"
GROUP = frozenset({"chatType", "members", "topic"})
LONGEST_TOPIC = 250

GraphOperation = Callable[[Tenant, str, Any], tuple[int, Any]]
"""Takes the chat of the address, "" for none, and the body."""


def create_chat(tenant: Tenant, _: str, body: Any) -> tuple[int, Any]:
    """A new group chat, each time another one; nobody is notified."""
    findings = _about_chat(body)
    people = [] if findings else [_person(tenant, one) for one in body["members"]]
    if findings or None in people or len(set(people)) != len(people):
        raise TeamsError(400, "BadRequest", "Invalid chat", findings=findings or ["a member is nobody here, or twice"])
    users = tuple(one for one in people if one is not None)
    made = tenant.open_group(users, body.get("topic") or "")
    told = {"@odata.context": f"{tenant.graph_url}/v1.0/$metadata#chats/$entity", "chatType": "group"}
    return 201, told | {"id": made.id, "topic": body.get("topic")}


def _about_chat(body: Any) -> list[str]:
    if not isinstance(body, dict):
        return ["the body is no object"]
    found = [f"{name} is no property of a group chat" for name in sorted(set(body) - GROUP)]
    if body.get("chatType") != "group":
        found.append(f"chatType is {body.get('chatType')!r}, and not group")
    topic = body.get("topic", "")
    if not isinstance(topic, str) or len(topic) > LONGEST_TOPIC:
        found.append("the topic is no short text")
    members = body.get("members")
    if not isinstance(members, list) or len(members) < 2:
        return [*found, "a group chat has two members or more"]
    for member in members:
        if not isinstance(member, dict) or set(member) != {"@odata.type", "roles", "user@odata.bind"}:
            found.append("a member has @odata.type, roles and user@odata.bind")
        elif member["@odata.type"] != MEMBER or member["roles"] not in (["owner"], ["guest"]):
            found.append("a member is an aadUserConversationMember with one role")
    return found


def _person(tenant: Tenant, member: Json) -> str | None:
    """The object id that `user@odata.bind` names; None for anybody else than people of the tenant."""
    address = re.escape(f"{tenant.graph_url}/v1.0/users")
    bound = re.fullmatch(rf"{address}(?:\('([^']+)'\)|/([^/']+))", str(member["user@odata.bind"]))
    named = (bound[1] or bound[2]) if bound else ""
    known = tenant.contents.members.get(named)
    return known.id if known is not None and not known.deleted else None


def install(tenant: Tenant, chat: str, body: Any) -> tuple[int, Any]:
    """Puts the app into a chat, which it then hears."""
    conversation = tenant.contents.conversations.get(chat)
    if conversation is None or conversation.kind is not Kind.GROUP:
        raise TeamsError(404, "NotFound", "Chat not found.")
    catalogue = f"{tenant.graph_url}/v1.0/appCatalogs/teamsApps/"
    named = body.get("teamsApp@odata.bind", "") if isinstance(body, dict) else ""
    if not isinstance(body, dict) or set(body) != {"teamsApp@odata.bind"} or not str(named).startswith(catalogue):
        raise TeamsError(400, "BadRequest", "Invalid body", findings=["the body binds an app of the catalogue"])
    if named != f"{catalogue}{tenant.catalog_app}":
        raise TeamsError(404, "NotFound", "The app is not in the catalogue.")
    if chat in tenant.contents.with_app:
        raise TeamsError(409, "Conflict", "The app is in the chat already.")
    tenant.contents.with_app.add(chat)
    tenant.changed("messages", *conversation.members)
    told = asyncio.ensure_future(_tell(tenant, conversation))
    tenant.background.add(told)
    told.add_done_callback(tenant.background.discard)
    return 201, None


async def _tell(tenant: Tenant, chat: Conversation) -> None:
    """The app hears that it was added, in the name of one of those who are there."""
    user = chat.members[0]
    await deliver(tenant, activities.installation(tenant, user, conversation=chat, action="add"), who=user)
    members = (tenant.app_user,)
    added = activities.members_changed(tenant, user, conversation=chat, members=members, added=True)
    await deliver(tenant, added, who=user)


def check(tenant: Tenant, authorization: str, role: str) -> None:
    """Raises TeamsError for a caller who may not. A token of another service is the app's mistake; that an
    administrator has granted less is not."""
    scheme, _, token = authorization.partition(" ")
    if scheme != "Bearer" or not tenant.tokens.holds(token, tenant.graph_url):
        why = "the bearer token is not good for Graph" if token else "no bearer token"
        raise TeamsError(401, "InvalidAuthenticationToken", "Access token validation failure.", findings=[why])
    if role not in tenant.tokens.roles(token):
        raise TeamsError(403, "Forbidden", f"Missing role permissions on the request. API requires one of '{role}'.")


ROUTES: tuple[tuple[str, str, str, GraphOperation], ...] = (
    ("/graph/v1.0/chats", "graph chat", CREATE, create_chat),
    ("/graph/v1.0/chats/{chat}/installedApps", "graph install", INSTALL, install),
)
"""Address of a POST, the name under which it stands on the wire and takes faults, the permission, what it does."""
