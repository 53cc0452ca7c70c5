"""What Teams refuses of an activity and of the answer to a press: size, type, fields, cards."""

import json
from typing import Any

from bot.playground.teams.refusals import TeamsError, malformed
from bot.playground.teams.seen import CARD, CONSENT, FILE_INFO
from bot.playground.teams.strict import every_element, problems_of
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]
TYPES = {"message", "typing"}
FIELDS = {
    "type", "id", "timestamp", "localTimestamp", "localTimezone", "serviceUrl", "channelId", "from", "conversation",
    "recipient", "textFormat", "attachmentLayout", "locale", "text", "speak", "inputHint", "summary",
    "suggestedActions", "attachments", "entities", "channelData", "replyToId", "importance", "deliveryMode", "value",
}  # fmt: skip
CONTENTS = {CARD, CONSENT, FILE_INFO}
ACTIVITY_MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def check_activity(tenant: Tenant, activity: Any, *, personal: bool) -> None:
    """What the app wants to say in a conversation; raises `TeamsError` with status 400 or 413."""
    if not isinstance(activity, dict):
        raise malformed("the body is no activity")
    check_sizes(tenant, activity)
    found: list[str] = []
    if activity.get("type") not in TYPES:
        found.append(f"an activity of type {activity.get('type')} is not sent to a conversation")
    found += [f"an activity has no {name}" for name in sorted(set(activity) - FIELDS)]
    sender = activity.get("from")
    if isinstance(sender, dict) and sender.get("id") not in (None, tenant.app_user):
        found.append(f"the app is not {sender.get('id')}")
    if activity.get("textFormat", "markdown") not in {"plain", "markdown", "xml"}:
        found.append(f"textFormat is {activity.get('textFormat')}")
    attachments = activity.get("attachments") or []
    if activity.get("type") == "message" and not activity.get("text") and not attachments:
        found.append("a message with neither text nor attachment")
    for one in attachments:
        found += _about_attachment(one, personal=personal)
    carded = any(one.get("contentType") == CARD for one in attachments if isinstance(one, dict))
    if carded and not activity.get("summary") and not activity.get("text"):
        found.append("a card without summary: the notification would say “sent a card”")
    if found:
        raise malformed(*found)


def _about_attachment(one: Any, *, personal: bool) -> list[str]:
    kind = one.get("contentType") if isinstance(one, dict) else None
    if kind not in CONTENTS:
        return [f"an attachment of type {kind}"]
    if kind == CARD:
        return problems_of(one.get("content"))
    if not personal:
        return ["files travel in personal chats alone"]
    if not one.get("name"):
        return ["a file without a name"]
    content = one.get("content") or {}
    if kind == CONSENT and not isinstance(content.get("sizeInBytes"), int):
        return ["a file offered without sizeInBytes"]
    if kind == FILE_INFO and not (one.get("contentUrl") and content.get("uniqueId") and content.get("fileType")):
        return ["file.info needs contentUrl, uniqueId and fileType"]
    return []


def check_sizes(tenant: Tenant, activity: Json) -> None:
    """Raises `TeamsError` with status 413."""
    if len(_packed(activity)) * 2 > tenant.message_bytes:
        raise TeamsError(413, "MessageSizeTooBig", findings=["the message is over its limit"])
    for one in activity.get("attachments") or []:
        if isinstance(one, dict) and one.get("contentType") == CARD:
            size = len(_packed(one.get("content")).encode())
            if size > tenant.card_bytes:
                raise TeamsError(413, "MessageSizeTooBig", findings=[f"a card of {size} bytes"])


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check_answer(tenant: Tenant, answer: Any) -> tuple[str, Any]:
    """The type and value of the answer to a press; raises `TeamsError` when Teams could not show it."""
    if not isinstance(answer, dict) or set(answer) - {"statusCode", "type", "value"}:
        raise malformed("the answer to a press is {statusCode, type, value}")
    kind, value, status = answer.get("type"), answer.get("value"), answer.get("statusCode")
    match kind:
        case "application/vnd.microsoft.card.adaptive":
            found = problems_of(value)
            size = len(_packed(value).encode())
            if size > tenant.card_bytes:
                raise TeamsError(413, "MessageSizeTooBig", findings=[f"a card of {size} bytes"])
        case "application/vnd.microsoft.activity.message":
            found = [] if isinstance(value, str) and value else ["the message of an answer is a text"]
        case "application/vnd.microsoft.error":
            good = isinstance(value, dict) and value.get("message")
            found = [] if good else ["an error says code and message"]
        case _:
            found = [f"an answer of type {kind}"]
    if kind != ERROR and status != 200:
        found.append(f"statusCode is {status}")
    if found:
        raise malformed(*found)
    return str(kind), value


def check_dialog(tenant: Tenant, answer: Any) -> tuple[str, Any]:
    """Whether a dialog goes on ("continue", title and card), says a last line ("message", the line) or closes ("", an
    empty answer); raises `TeamsError` when Teams could not show it."""
    if answer is None:
        return "", None
    task = answer.get("task") if isinstance(answer, dict) else None
    if not isinstance(task, dict) or set(answer) != {"task"} or set(task) != {"type", "value"}:
        raise malformed("the answer of a dialog is {task: {type, value}}")
    value = task["value"]
    if task["type"] == "message" and isinstance(value, str) and value:
        return "message", value
    if task["type"] != "continue" or not isinstance(value, dict):
        raise malformed(f"a dialog of type {task['type']}")
    found = [f"a dialog has no {name}" for name in sorted(set(value) - {"title", "height", "width", "card"})]
    found += [f"a dialog needs {name}" for name in ("title", "height", "width", "card") if not value.get(name)]
    found += [
        f"{name} is {value.get(name)!r}"
        for name in ("height", "width")
        if not isinstance(value.get(name), int) and value.get(name) not in {"small", "medium", "large"}
    ]
    held = value.get("card")
    if not isinstance(held, dict) or held.get("contentType") != CARD:
        raise malformed(*found, "what a dialog shows is a card")
    card = held.get("content")
    found += problems_of(card)
    found += [f"a dialog knows no {one['type']}" for one in every_element(card) if one.get("type") == "Action.Execute"]
    if (size := len(_packed(card).encode())) > tenant.card_bytes:
        raise TeamsError(413, "MessageSizeTooBig", findings=[f"a card of {size} bytes"])
    if found:
        raise malformed(*found)
    return "continue", value
