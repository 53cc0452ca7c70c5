"""What the connector does for the app: conversations, activities and members (Bot Connector REST, v3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.playground.members import Member
from bot.playground.teams.checks import check_activity
from bot.playground.teams.company import mail_of
from bot.playground.teams.refusals import TeamsError, malformed
from bot.playground.teams.seen import Conversation, InMessage, Kind, Message, TeamNow
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of the app, as far as an operation needs it."""

    conversation: str = ""
    """As in the address; a channel's may end in `;messageid=…`."""
    activity: str = ""
    member: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


Operation = Callable[[Tenant, Request], tuple[int, Any]]


def create(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """A personal chat, the same one each time; or a new thread in a channel."""
    body = request.body
    if not isinstance(body, dict):
        raise malformed("the body is no object")
    channel = (body.get("channelData") or {}).get("channel") or {}
    if channel.get("id"):
        return _new_thread(tenant, str(channel["id"]), body)
    members = body.get("members") or []
    if body.get("isGroup") or len(members) != 1:
        raise malformed("a bot creates no group chat: one member, isGroup false")
    told = (body.get("channelData") or {}).get("tenant") or {}
    if told.get("id") != tenant.company.id:
        raise malformed("channelData.tenant.id is not this tenant")
    who = str(members[0].get("id", ""))
    member = tenant.person_called(who)
    if member is None or "@" in who:
        raise malformed(f"there is nobody called {who}")
    in_team = tenant.shares_team(member.id) and who.startswith("29:")
    if member.deleted or not (tenant.reaches(member.id) or in_team):
        raise TeamsError(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    return 201, {"id": tenant.open_chat(member.id).id}


def _new_thread(tenant: Tenant, channel: str, body: Json) -> tuple[int, Any]:
    conversation = _conversation(tenant, channel)
    message = _store(tenant, conversation, body.get("activity"), thread="")
    return 201, {"id": f"{conversation.id};messageid={message.id}", "activityId": message.id}


def send(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """A message."""
    conversation = _conversation(tenant, request.conversation)
    _writable(tenant, conversation)
    _, _, thread = request.conversation.partition(";messageid=")
    activity = request.body
    if isinstance(activity, dict) and activity.get("type") == "typing":
        check_activity(tenant, activity, personal=conversation.kind is Kind.PERSONAL)
        return 202, {}
    return 201, {"id": _store(tenant, conversation, activity, thread=thread).id}


def _store(tenant: Tenant, conversation: Conversation, activity: Any, *, thread: str) -> Message:
    check_activity(tenant, activity, personal=conversation.kind is Kind.PERSONAL)
    message = Message(
        conversation=conversation.id,
        id=tenant.new_message_id(),
        n=tenant.next_n(),
        at=tenant.times.now(),
        author=tenant.app_user,
        text=activity.get("text") or "",
        summary=activity.get("summary") or "",
        attachments=tuple(activity.get("attachments") or ()),
        thread=thread,
    )
    tenant.show(message)
    return message


def update(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """A new form of a message, in its place; nobody is notified."""
    conversation = _conversation(tenant, request.conversation)
    _writable(tenant, conversation)
    before = _message(tenant, conversation, request.activity)
    check_activity(tenant, request.body, personal=conversation.kind is Kind.PERSONAL)
    activity = request.body
    tenant.show(
        replace(
            before,
            text=activity.get("text") or "",
            summary=activity.get("summary") or "",
            attachments=tuple(activity.get("attachments") or ()),
            edited=True,
        )
    )
    return 200, {"id": before.id}


def delete(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """The message is gone."""
    conversation = _conversation(tenant, request.conversation)
    _writable(tenant, conversation)
    tenant.take_away(_message(tenant, conversation, request.activity))
    return 200, None


def members(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """Everybody in the conversation; the service throttles it, pages are the way."""
    return 200, [member_object(tenant, one) for one in _roster(tenant, request)]


def pagedmembers(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """The next 50 to 500."""
    size, after = request.query.get("pageSize", "50"), request.query.get("continuationToken", "0")
    if not size.isdecimal() or not 50 <= int(size) <= 500:
        raise malformed(f"pageSize is {size}, not 50 to 500")
    if not after.isdecimal():
        raise malformed("this continuationToken was not given out")
    everybody, start = _roster(tenant, request), int(after)
    page = everybody[start : start + int(size)]
    told: Json = {"members": [member_object(tenant, one) for one in page]}
    if start + int(size) < len(everybody):
        told["continuationToken"] = str(start + int(size))
    return 200, told


def member(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """One person of the conversation, by `29:…`, object id or user principal name."""
    found = tenant.person_called(request.member)
    if found is None or found not in _roster(tenant, request):
        raise TeamsError(404, "MemberNotFoundInConversation", "No such member in this conversation.")
    return 200, member_object(tenant, found)


def team(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """What the team is called."""
    own = _team(tenant, request)
    return 200, {"id": own.id, "name": own.name, "aadGroupId": own.group}


def channels(tenant: Tenant, request: Request) -> tuple[int, Any]:
    """The team's channels; General has the team's id and no name."""
    own = _team(tenant, request)
    told = [
        {"id": one.id, "name": None if one.id == own.id else one.name, "type": "standard"}
        for one in tenant.channels_of(own.id)
    ]
    return 200, {"conversations": told}


def _team(tenant: Tenant, request: Request) -> TeamNow:
    found = tenant.contents.teams.get(request.conversation)
    if found is None:
        raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
    _writable(tenant, _conversation(tenant, request.conversation))
    return found


def _conversation(tenant: Tenant, id_: str) -> Conversation:
    found = tenant.contents.conversations.get(id_.partition(";messageid=")[0])
    if found is None:
        raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
    return found


def _writable(tenant: Tenant, conversation: Conversation) -> None:
    if conversation.kind is not Kind.PERSONAL:
        if not tenant.has_app(conversation):
            raise TeamsError(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
        return
    user = conversation.members[0]
    if tenant.contents.members[user].deleted:
        raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
    if user in tenant.contents.blocking:
        raise TeamsError(403, "ConversationBlockedByUser", "User blocked the conversation with the bot.")
    if user not in tenant.contents.installed and not tenant.shares_team(user):
        raise TeamsError(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")


def _message(tenant: Tenant, conversation: Conversation, id_: str) -> Message:
    found = tenant.message(InMessage(conversation=conversation.id, message=id_))
    if found is None:
        raise TeamsError(404, "ActivityNotFoundInConversation", "The activity is not in this conversation.")
    if found.author != tenant.app_user:
        raise TeamsError(403, "ForbiddenOperation", "It was not this bot that wrote it.", findings=["not its message"])
    return found


def _roster(tenant: Tenant, request: Request) -> list[Member]:
    conversation = _conversation(tenant, request.conversation)
    _writable(tenant, conversation)
    return [tenant.contents.members[one] for one in conversation.members if not tenant.contents.members[one].deleted]


def member_object(tenant: Tenant, member: Member) -> Json:
    """A person as the roster shows them: no time zone and no language."""
    given, _, surname = member.name.partition(" ")
    mail = mail_of(member, domain=tenant.company.domain)
    return {
        "id": tenant.address_of(member.id),
        "name": member.name,
        "objectId": member.id,
        "aadObjectId": member.id,
        "givenName": given,
        "surname": surname,
        "email": mail,
        "userPrincipalName": mail,
        "tenantId": tenant.company.id,
        "userRole": "user",
    }
