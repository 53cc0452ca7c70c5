"""What activities and the connector tell of a team's channels: pure.

The events are those of learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-
events. An event may leave out what the team is called, and of private and shared channels nothing is kept: the app is
not in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from botbuilder.schema import Activity, ActivityTypes, ChannelAccount

from bot.teams.limits import Json
from bot.teams.spot import Spot
from bot.told import storable
from flows.channels import Channel
from handlers.inbound import Places

NAME: Final = 200
"""Characters of a name that are kept."""
ID: Final = 255
"""Characters of an id; none is as long."""
_THERE: Final = frozenset({"channelCreated", "channelRenamed", "channelRestored"})
_OVER: Final = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
_BACK: Final = frozenset({"teamRestored", "teamUnarchived"})
_CAME: Final = frozenset({"add", "add-upgrade"})
_WENT: Final = "remove"


@dataclass(frozen=True, slots=True)
class Team:
    """A team in which something happened: the address of its service, its id, and its name, "" when it is not told."""

    service: str
    id: str
    name: str


def team_of(activity: Activity) -> Team | None:
    """The team whose channel this comes from; None for a chat."""
    told = _part(activity, "team")
    id_ = _text(told.get("id"))
    if activity.conversation.conversation_type != "channel" or not id_ or len(id_) > ID:
        return None
    return Team(activity.service_url.rstrip("/"), id_, _name(told.get("name")))


def named(team: Team, told: Json) -> Team:
    """The team with the name that the connector says."""
    return replace(team, name=_name(told.get("name")))


def came(activity: Activity) -> bool:
    """Whether the app is in that team from now on, or again."""
    match activity.type:
        case ActivityTypes.installation_update:
            return activity.action in _CAME
        case ActivityTypes.conversation_update:
            return _kind(activity) in _BACK or _has_us(activity, activity.members_added)
        case _:
            return False


def news(activity: Activity, team: Team) -> Places | None:
    """What is different in the team; None when it is nothing about channels."""
    if _went(activity):
        return Places(team.id, whole=True)
    if activity.type != ActivityTypes.conversation_update:
        return None
    kind = _kind(activity)
    if kind == "teamRenamed":
        return Places(team.id, team.name)
    channel = _part(activity, "channel")
    if kind == "channelDeleted":
        return Places(team.id, team.name, gone=(_text(channel.get("id")),))
    if kind in _THERE:
        return Places(team.id, team.name, _channels((channel,), team))
    return None


def listed(told: Sequence[Json], team: Team) -> Places | None:
    """All channels of the team; None when the list says nothing, for every team has one."""
    found = _channels(told, team)
    return Places(team.id, team.name, found, whole=True) if found else None


def _channels(told: Sequence[Mapping[str, object]], team: Team) -> tuple[Channel, ...]:
    found = []
    for one in told:
        id_ = _text(one.get("id"))
        if id_ and " " not in id_ and len(id_) <= ID and one.get("type") in (None, "", "standard"):
            found.append(Channel(id_, str(Spot(team.service, id_)), _name(one.get("name")), team.id, team.name))
    return tuple(found)


def _went(activity: Activity) -> bool:
    match activity.type:
        case ActivityTypes.installation_update:
            return bool(activity.action == _WENT)
        case ActivityTypes.conversation_update:
            return _kind(activity) in _OVER or _has_us(activity, activity.members_removed)
        case _:
            return False


def _has_us(activity: Activity, members: Sequence[ChannelAccount] | None) -> bool:
    us = activity.recipient.id if activity.recipient is not None else ""
    return any(one.id == us for one in members or ())


def _kind(activity: Activity) -> str:
    told = activity.channel_data
    return _text(told.get("eventType")) if isinstance(told, dict) else ""


def _part(activity: Activity, name: str) -> Mapping[str, object]:
    told = activity.channel_data
    part = told.get(name) if isinstance(told, dict) else None
    return part if isinstance(part, dict) else {}


def _text(told: object) -> str:
    return storable(told) if isinstance(told, str) else ""


def _name(told: object) -> str:
    return " ".join(_text(told).split())[:NAME]
