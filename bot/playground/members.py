"""Who belongs to the workspace: people, the app, and the shapes in which the Web API speaks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


class Plays(StrEnum):
    """The part in which a person is offered to whoever opens the page."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of the workspace."""

    id: str
    name: str
    handle: str
    """What stands behind the @ and before the @ of the e-mail address."""
    title: str
    tz: str
    locale: str = "en-US"
    is_admin: bool = False
    is_restricted: bool = False
    deleted: bool = False
    plays: Plays | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWord:
    """What may follow a slash command: the page suggests it while somebody types."""

    command: str
    verb: str
    usage: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppIdentity:
    """The one app that is installed."""

    user: str
    """Its user id, with which its messages are signed."""
    bot: str
    app: str
    name: str
    commands: tuple[str, ...]
    words: tuple[CommandWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A public channel as it is on the first day."""

    id: str
    name: str
    members: tuple[str, ...]
    with_app: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Everything that is there before anybody does anything."""

    team: str
    name: str
    domain: str
    app: AppIdentity
    members: tuple[Member, ...]
    channels: tuple[Channel, ...]

    def __post_init__(self) -> None:
        known = [m.id for m in self.members]
        if len(set(known)) != len(known):
            raise ValueError("two people of the company have the same id")


def user_object(member: Member, *, company: Company, now: datetime, include_locale: bool = False) -> Json:
    """A person as `users.info` shows them (java-slack-sdk, json-logs/samples/api/users.info.json)."""
    offset = now.astimezone(ZoneInfo(member.tz)).utcoffset()
    first, _, last = member.name.partition(" ")
    told: Json = {
        "id": member.id,
        "team_id": company.team,
        "name": member.handle,
        "deleted": member.deleted,
        "color": "4bbe2e",
        "real_name": member.name,
        "tz": member.tz,
        "tz_label": member.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": {
            "title": member.title,
            "phone": "",
            "skype": "",
            "real_name": member.name,
            "real_name_normalized": member.name,
            "display_name": member.handle,
            "display_name_normalized": member.handle,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "",
            "team": company.team,
        },
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
        "updated": 1767225600,
    }
    if include_locale:
        told["locale"] = member.locale
    return told


def bot_object(company: Company) -> Json:
    """The app's own user, as `users.info` and `users.list` show it."""
    app = company.app
    return {
        "id": app.user,
        "team_id": company.team,
        "name": app.name.lower(),
        "deleted": False,
        "real_name": app.name,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Standard Time",
        "tz_offset": -28800,
        "profile": {
            "real_name": app.name,
            "display_name": app.name,
            "api_app_id": app.app,
            "bot_id": app.bot,
            "always_active": True,
            "team": company.team,
        },
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": True,
        "is_app_user": False,
        "updated": 1767225600,
    }


def find_by_typed_name(typed: str, members: Sequence[Member]) -> tuple[Member, int] | None:
    """The person with whose handle, full name or unique first name `typed` begins, and how long that name is."""
    firsts = [m.name.partition(" ")[0] for m in members]
    names = [(name, m) for m in members for name in (m.handle, m.name)]
    names += [(first, m) for first, m in zip(firsts, members, strict=True) if firsts.count(first) == 1]
    fitting = [
        (m, len(name))
        for name, m in names
        if typed.casefold().startswith(name.casefold()) and not typed[len(name) : len(name) + 1].isalnum()
    ]
    return max(fitting, key=lambda one: one[1], default=None)
