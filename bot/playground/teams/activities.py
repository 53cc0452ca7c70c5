"""The activities that Teams sends when somebody acts (learn.microsoft.com, platform/bots)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.teams.seen import Conversation, Kind, Message, TeamNow
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]


def _activity(
    tenant: Tenant, user: str, *, conversation: Conversation, kind: str, id_: str = "", at: datetime | None = None
) -> Json:
    member = tenant.contents.members[user]
    now = at or tenant.times.now()
    return {
        "type": kind,
        "id": id_ or f"f:{tenant.new_id()}",
        "timestamp": _stamp(now),
        "serviceUrl": tenant.service_url,
        "channelId": "msteams",
        "from": {"id": tenant.address_of(user), "name": member.name, "aadObjectId": user},
        "conversation": _conversation(tenant, conversation),
        "recipient": {"id": tenant.app_user, "name": tenant.company.app.name},
        "channelData": _channel_data(tenant, conversation),
    }


def _conversation(tenant: Tenant, conversation: Conversation) -> Json:
    told: Json = {
        "id": conversation.id,
        "conversationType": str(conversation.kind),
        "tenantId": tenant.company.id,
    }
    if conversation.kind is not Kind.PERSONAL:
        told |= {"isGroup": True, "name": conversation.name}
    return told


def _channel_data(tenant: Tenant, conversation: Conversation) -> Json:
    told: Json = {"tenant": {"id": tenant.company.id}}
    if conversation.kind is Kind.CHANNEL:
        team = tenant.contents.teams[conversation.team]
        told["team"] = {"id": team.id, "name": team.name, "aadGroupId": team.group}
        told["channel"] = {"id": conversation.id, "name": conversation.name}
    return told


def _clocked(tenant: Tenant, user: str, activity: Json) -> Json:
    """With what only the activities of a client carry: language, zone and local time."""
    member = tenant.contents.members[user]
    zone = ZoneInfo(member.tz)
    client = {
        "type": "clientInfo",
        "locale": member.locale,
        "country": member.locale.rpartition("-")[2],
        "platform": "Web",
        "timezone": member.tz,
    }
    return activity | {
        "locale": member.locale,
        "localTimezone": member.tz,
        "localTimestamp": tenant.times.now().astimezone(zone).isoformat(timespec="milliseconds"),
        "entities": [*activity.get("entities", ()), client],
    }


def typed(tenant: Tenant, message: Message, *, conversation: Conversation) -> Json:
    """What somebody wrote. In a channel the app's mention stands in the text, and the thread in the conversation."""
    activity = _activity(
        tenant, message.author, conversation=conversation, kind="message", id_=message.id, at=message.at
    )
    told: Json = {"text": message.text, "textFormat": "plain", "attachments": []}
    if conversation.kind is Kind.CHANNEL:
        name = tenant.company.app.name
        tag = f"<at>{name}</at>"
        activity["conversation"]["id"] = f"{conversation.id};messageid={message.thread or message.id}"
        told["entities"] = [{"type": "mention", "mentioned": {"id": tenant.app_user, "name": name}, "text": tag}]
        told["attachments"] = [{"contentType": "text/html", "content": f"<div>{message.text}</div>"}]
    return _clocked(tenant, message.author, activity | told)


def _reply(tenant: Tenant, user: str, message: Message, *, conversation: Conversation, kind: str) -> Json:
    activity = _activity(tenant, user, conversation=conversation, kind=kind)
    if conversation.kind is Kind.CHANNEL:
        activity["conversation"]["id"] = f"{conversation.id};messageid={message.thread or message.id}"
    activity["channelData"]["source"] = {"name": "message"}
    activity["replyToId"] = message.id
    return activity


def executed(
    tenant: Tenant, user: str, message: Message, *, conversation: Conversation, action: Json, data: Json
) -> Json:
    """A press of Action.Execute."""
    told = {name: action[name] for name in ("id", "title", "verb") if action.get(name)}
    activity = _reply(tenant, user, message, conversation=conversation, kind="invoke") | {
        "name": "adaptiveCard/action",
        "value": {"action": {"type": "Action.Execute", **told, "data": data}, "trigger": "manual"},
    }
    return _clocked(tenant, user, activity)


def submitted(tenant: Tenant, user: str, message: Message, *, conversation: Conversation, data: Json) -> Json:
    """A press of Action.Submit, which comes as a message with a value and without text."""
    activity = _reply(tenant, user, message, conversation=conversation, kind="message") | {"value": data}
    return _clocked(tenant, user, activity)


def opening(tenant: Tenant, user: str, message: Message, *, conversation: Conversation, data: Json) -> Json:
    """A press of a button that opens a dialog."""
    activity = _reply(tenant, user, message, conversation=conversation, kind="invoke")
    value = {"data": data, "context": {"theme": "default"}}
    return _clocked(tenant, user, activity | {"name": "task/fetch", "value": value})


def sent(tenant: Tenant, user: str, *, conversation: Conversation, data: Json) -> Json:
    """A press in a dialog. It does not tell from which message the dialog was opened."""
    activity = _activity(tenant, user, conversation=conversation, kind="invoke")
    value = {"data": data, "context": {"theme": "default"}}
    return _clocked(tenant, user, activity | {"name": "task/submit", "value": value})


def consented(
    tenant: Tenant, user: str, message: Message, *, conversation: Conversation, action: str, upload: Json | None
) -> Json:
    """A yes or no to an offered file; with a yes comes where to put it."""
    offered = message.consent or {}
    context = (offered.get("content") or {}).get(f"{action}Context", {})
    value: Json = {"type": "fileUpload", "action": action, "context": context}
    if upload is not None:
        value["uploadInfo"] = upload
    activity = _reply(tenant, user, message, conversation=conversation, kind="invoke")
    return _clocked(tenant, user, activity | {"name": "fileConsent/invoke", "value": value})


def installation(tenant: Tenant, user: str, *, conversation: Conversation, action: str) -> Json:
    """The app was added (`add`) or removed (`remove`)."""
    return _activity(tenant, user, conversation=conversation, kind="installationUpdate") | {"action": action}


def members_changed(
    tenant: Tenant, user: str, *, conversation: Conversation, members: tuple[str, ...], added: bool
) -> Json:
    """Who came (`added`) or went; `members` are object ids, or the app's own id."""
    told = [
        {"id": one} if one == tenant.app_user else {"id": tenant.address_of(one), "aadObjectId": one} for one in members
    ]
    activity = _activity(tenant, user, conversation=conversation, kind="conversationUpdate")
    activity["membersAdded" if added else "membersRemoved"] = told
    if conversation.kind is Kind.CHANNEL:
        activity["channelData"]["eventType"] = "teamMemberAdded" if added else "teamMemberRemoved"
    return activity


def channel_changed(tenant: Tenant, user: str, *, channel: Conversation, event: str) -> Json:
    """A channel came, went or has another name. It does not tell what the team is called, nor by which id of the
    directory it was done."""
    general = tenant.contents.conversations[channel.team]
    activity = _activity(tenant, user, conversation=general, kind="conversationUpdate")
    del activity["from"]["aadObjectId"]
    activity["channelData"] |= {
        "eventType": event,
        "team": {"id": channel.team},
        "channel": {"id": channel.id, "name": channel.name},
    }
    return activity


def team_changed(tenant: Tenant, user: str, *, team: TeamNow, event: str) -> Json:
    """A team has another name, or is gone."""
    general = tenant.contents.conversations[team.id]
    activity = _activity(tenant, user, conversation=general, kind="conversationUpdate")
    del activity["from"]["aadObjectId"]
    del activity["channelData"]["channel"]
    activity["channelData"] |= {"eventType": event, "team": {"id": team.id, "name": team.name}}
    return activity


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
