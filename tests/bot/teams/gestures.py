"""What Teams posts to a bot when somebody acts, as it was seen on the wire; each field is one that Teams sends."""

from copy import deepcopy
from typing import Any

from bot.teams.limits import Json

TENANT = "b9d1f2f6-3c2a-4b16-9c3e-1f5f9b4f2d11"
BOT = "28:5d0d35fc-77ac-4d0c-a2d9-8b8ba4a9f4a1"
INES = "7faf4dfe-8d3a-4b3c-9a3b-70e0b5a1c001"
NOOR = "7faf4dfe-8d3a-4b3c-9a3b-70e0b5a1c002"
SERVICE = "https://smba.trafficmanager.net/emea/"
PERSONAL = "a:1Yt0hX3-personal-of-ines"
CHANNEL = "19:0f0e1c2d3b4a@thread.tacv2"
TEAM = "19:team@thread.tacv2"
THREAD = f"{CHANNEL};messageid=1778486400000"
CARD = "1778486411111"
"""The activity id of a message of ours."""


def _activity(kind: str, **other: Any) -> Json:
    return {
        "type": kind,
        "id": "1778486422222",
        "timestamp": "2026-05-11T08:00:22.222Z",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": "29:1ines", "name": "Ines Duarte", "aadObjectId": INES},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": PERSONAL},
        "recipient": {"id": BOT, "name": "Alongside"},
        "channelData": {"tenant": {"id": TENANT}},
        **other,
    }


def _of_a_client(activity: Json, *entities: Json) -> Json:
    client = {
        "type": "clientInfo",
        "locale": "pt-PT",
        "country": "PT",
        "platform": "Web",
        "timezone": "Europe/Lisbon",
    }
    return activity | {
        "localTimestamp": "2026-05-11T09:00:22.222+01:00",
        "localTimezone": "Europe/Lisbon",
        "locale": "pt-PT",
        "entities": [*entities, client],
    }


def in_channel(activity: Json) -> Json:
    """The same, in a thread of a channel."""
    told = deepcopy(activity)
    told["conversation"] = {
        "isGroup": True,
        "conversationType": "channel",
        "tenantId": TENANT,
        "id": THREAD,
        "name": "General",
    }
    team = {"id": TEAM, "name": "Mentoring", "aadGroupId": "5f7d"}
    told["channelData"] = {"tenant": {"id": TENANT}, "team": team, "channel": {"id": CHANNEL, "name": "General"}}
    return told


def message(text: str, **other: Any) -> Json:
    """Typed in the private chat."""
    copy = {"contentType": "text/html", "content": f"<p>{text}</p>"}
    return _of_a_client(_activity("message", text=text, textFormat="plain", attachments=[copy])) | other


def mention(text: str = "<at>Alongside</at> status&nbsp;\n") -> Json:
    """Typed in a channel, to the bot."""
    tag = {"type": "mention", "mentioned": {"id": BOT, "name": "Alongside"}, "text": "<at>Alongside</at>"}
    typed = in_channel(_activity("message", text=text, textFormat="plain", attachments=[]))
    return _of_a_client(typed, tag)


def execute(verb: str, data: Json | None = None, **other: Any) -> Json:
    """A press of Action.Execute."""
    action: Json = {"type": "Action.Execute", "title": "We met", "verb": verb}
    if data is not None:
        action["data"] = data
    value = {"action": action, "trigger": "manual"}
    pressed = _activity("invoke", name="adaptiveCard/action", value=value, replyToId=CARD, id="f:0a1b2c3d-execute")
    return _of_a_client(pressed) | other


def submit(data: Json, **other: Any) -> Json:
    """A press of the Action.Submit that an older client has in its place: a message without text."""
    return _of_a_client(_activity("message", value=data, replyToId=CARD)) | other


def opening(verb: str, data: Json | None = None) -> Json:
    """A press of a button that opens a dialog."""
    told = {"v": verb, "msteams": {"type": "task/fetch"}, **(data or {})}
    value = {"data": told, "context": {"theme": "default"}}
    return _of_a_client(_activity("invoke", name="task/fetch", value=value, replyToId=CARD, id="f:0a1b2c3d-fetch"))


def sent(verb: str, data: Json | None = None) -> Json:
    """A press in a dialog; it does not tell where that was opened."""
    value = {"data": {"v": verb, **(data or {})}, "context": {"theme": "default"}}
    return _of_a_client(_activity("invoke", name="task/submit", value=value, id="f:0a1b2c3d-submit"))


def installation(action: str) -> Json:
    """The app came or went; no client, so no zone and no locale."""
    return _activity("installationUpdate", action=action, id="f:0a1b2c3d-install")


def members_added(*members: Json) -> Json:
    """Who came into the conversation."""
    return _activity("conversationUpdate", membersAdded=list(members), id="f:0a1b2c3d-members")


def in_team(kind: str, **told: Any) -> Json:
    """Something happened to a team or its channels; who did it is told by their id with us alone, and of the team only
    what is given here."""
    event = in_channel(_activity("conversationUpdate", id=f"f:{kind}"))
    event["from"] = {"id": "29:1ines"}
    event["conversation"]["id"] = TEAM
    event["channelData"] = {"tenant": {"id": TENANT}, "team": {"id": TEAM}, "eventType": kind, **told}
    return event


def removed_from_team() -> Json:
    """Somebody took the app out of a team."""
    return in_team("teamMemberRemoved") | {"membersRemoved": [{"id": BOT}]}


def reaction() -> Json:
    """A thumb under a message of ours."""
    return _activity("messageReaction", reactionsAdded=[{"type": "like"}], replyToId=CARD)


def edited() -> Json:
    """Somebody changed what they had typed."""
    return message("status", type="messageUpdate") | {
        "channelData": {"eventType": "editMessage", "tenant": {"id": TENANT}}
    }


def deleted() -> Json:
    """Somebody took back what they had typed."""
    return _activity("messageDelete") | {"channelData": {"eventType": "softDeleteMessage", "tenant": {"id": TENANT}}}


def invoke(name: str, value: Json | None = None) -> Json:
    """Any other invoke."""
    return _of_a_client(_activity("invoke", name=name, value=value or {}, id="f:0a1b2c3d-invoke"))


def file_consent(action: str = "accept", context: Json | None = None, url: str = "") -> Json:
    """Yes or no to a file."""
    place = "https://contoso-my.sharepoint.com"
    upload = {"uploadUrl": url or f"{place}/upload", "contentUrl": f"{place}/report.csv", "name": "report.csv"}
    kind = {"uniqueId": "1150D938", "fileType": "csv"}
    value = {"type": "fileUpload", "action": action, "context": context or {}, "uploadInfo": upload | kind}
    return invoke("fileConsent/invoke", value) | {"replyToId": CARD}
