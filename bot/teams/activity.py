"""What was posted to us as an activity of botbuilder's model; what is none is told apart before anything looks at it.

Teams' own conversation.tenantId is lost in that model (it reads tenantID): the tenant is that of the channel data.
"""

import json
from datetime import UTC, datetime
from typing import Final

from botbuilder import schema
from botbuilder.schema import Activity
from msrest import Deserializer
from msrest.exceptions import DeserializationError  # type: ignore[attr-defined]
from msrest.serialization import rest_key_extractor

from bot.teams.limits import Json

_MODELS: Final = {name: model for name, model in vars(schema).items() if isinstance(model, type)}
_DESERIALIZER: Final = Deserializer(_MODELS)  # type: ignore[no-untyped-call]
# Else it looks at each of the fifty fields a second time, as if it were XML.
_DESERIALIZER.key_extractors = [rest_key_extractor]


class NoActivity(ValueError):
    """A body that is no activity; the reason quotes nothing of it."""


def read(raw: bytes) -> Json:
    """The JSON of an activity: an object that says its type, its conversation and its service. Raises NoActivity."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise NoActivity("it is no JSON") from None
    if not isinstance(body, dict) or not isinstance(body.get("channelData", {}), dict):
        raise NoActivity("it is no activity")
    match body:
        case {"type": str(), "conversation": {"id": str(conversation)}, "serviceUrl": str()} if " " not in conversation:
            return body
        case _:
            raise NoActivity("it is no activity")


def modelled(body: Json) -> Activity:
    """The activity of such an object. Raises NoActivity where something else stands than belongs there."""
    try:
        activity: Activity = _DESERIALIZER("Activity", body)
    except (DeserializationError, AttributeError, TypeError, ValueError, RecursionError):
        raise NoActivity("it is no activity") from None
    # The model takes a null for one of these, too.
    if any(None in (listed or ()) for listed in (activity.entities, activity.members_added, activity.members_removed)):
        raise NoActivity("it is no activity")
    return activity


def tenant_of(activity: Activity) -> str:
    """The tenant of whoever acted; "" when it is not told."""
    match activity.channel_data:
        case {"tenant": {"id": str(tenant)}}:
            return tenant
        case _:
            return ""


def moment_of(activity: Activity, now: datetime) -> datetime:
    """Teams' own time of the gesture in UTC, `now` where it tells none."""
    told = activity.timestamp
    return told.astimezone(UTC) if isinstance(told, datetime) and told.tzinfo is not None else now
