"""The package from which Teams makes the app: a manifest and two icons, with only the permissions that are used.

The shape is that of developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json; slash commands came
with 1.29.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.teams import icons
from bot.teams.limits import Json
from bot.version import VERSION
from handlers.words import ADMIN, MENTOR, Word

REASONS: Final[Mapping[str, str]] = {
    "identity": "To know people by their account, name and language.",
    "messageTeamMembers": "To write in private to people of a team in which the app is installed.",
}
"""Permission → why it is asked for, for the docs and for whoever approves the app."""

SCOPES: Final[Mapping[str, str]] = {
    "personal": "The private conversation in which nearly everything happens.",
    "team": "To post the invitation of a programme in a channel, and to reach the people of that team.",
    "groupChat": "To write to a pair in a chat of their own, where they want one.",
}
"""Where the app can be installed → what for."""

MATTER_MOST: Final = ("join", "status", "help", "letter", "spotlight", "pause", "resume", "settings", "leave")
MATTER_MOST_TO_COORDINATORS: Final = ("help", "people", "report")
"""What Teams suggests while people type: twelve at most, and some clients show ten. The coordinators' three change
nothing, whoever picks one."""

GUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
DOMAIN: Final = re.compile(
    r"(?=.{4,253}\Z)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE
)
ADDRESS: Final = re.compile(r"https://[^\s/]+\S{0,2000}")
DEVELOPER: Final = 32  # characters
_LIKE_A_GUID: Final = "such as 2f6a1c04-93f1-4d0e-8a57-3f0f5f6f7d21"
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # a fixed date in the zip: the same options make the same bytes


class PackageFault(Exception):
    """What Teams would refuse, in one line for whoever typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What differs from one installation to the next. `app_id` is the bot's in Entra, `manifest_id` that of the app in
    Teams; the three addresses are where its page in Teams leads to; `slash` asks for slash commands, `chats` lets the
    app put itself into group chats."""

    app_id: str
    domain: str
    manifest_id: str = ""
    developer: str = "Alongside"
    website: str = ""
    privacy: str = ""
    terms: str = ""
    slash: bool = False
    chats: bool = False


def completed(app: App) -> App:
    """The app with what was left out filled in. Raises PackageFault."""
    if not GUID.fullmatch(app.app_id):
        raise PackageFault(f"--app-id is the Application (client) ID of the bot, {_LIKE_A_GUID}.")
    if app.manifest_id and not GUID.fullmatch(app.manifest_id):
        raise PackageFault(f"--manifest-id is the id that the app has in Teams already, {_LIKE_A_GUID}.")
    if not DOMAIN.fullmatch(app.domain):
        raise PackageFault("--domain is a name without https:// and path, such as mentoring.example.com.")
    if not 0 < len(app.developer.strip()) <= DEVELOPER:
        raise PackageFault(f"--developer is a name of at most {DEVELOPER} characters, such as Example Ltd.")
    for option, address in (("--website", app.website), ("--privacy", app.privacy), ("--terms", app.terms)):
        if address and not ADDRESS.fullmatch(address):
            raise PackageFault(f"{option} is an https address, such as https://www.example.com/mentoring.")
    website = app.website or f"https://{app.domain.lower()}"
    return replace(
        app,
        app_id=app.app_id.lower(),
        # The same bot is the same app, so that a later package is an update.
        manifest_id=app.manifest_id.lower() or str(uuid5(UUID(app.app_id), "alongside")),
        domain=app.domain.lower(),
        developer=app.developer.strip(),
        website=website,
        privacy=app.privacy or website,
        terms=app.terms or website,
    )


def manifest(app: App) -> Json:
    """What Teams has to know of a completed app."""
    schema = "1.29" if app.slash else "1.25"
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{schema}/MicrosoftTeams.schema.json",
        "manifestVersion": schema,
        "version": VERSION,
        "id": app.manifest_id,
        "developer": {
            "name": app.developer,
            "websiteUrl": app.website,
            "privacyUrl": app.privacy,
            "termsOfUseUrl": app.terms,
        },
        "name": {"short": "Alongside", "full": "Alongside: workplace mentoring"},
        "description": {
            "short": "Workplace mentoring: joining, matching and a calm rhythm, here in Teams.",
            "full": (
                "Write join, and answer a few questions: what you would like to learn, or to share. You see who was "
                "found and why before anything starts. Then there is one short message a week at most as a rule, at an "
                "hour that suits you, with one button for what is due. You can pause or leave at any time, and need "
                "not say why. The app reads what people write to it, and no other conversation. What a pair writes in "
                "its forms is sealed; those who run the programme see how it goes, and not what was said."
            ),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": icons.BACKGROUND,
        "bots": [
            {
                "botId": app.app_id,
                "scopes": list(SCOPES),
                "supportsFiles": True,
                "isNotificationOnly": False,
                **({"supportsTargetedMessages": True} if app.slash else {}),
                "commandLists": _command_lists(slash=app.slash),
            }
        ],
        "permissions": list(REASONS),
        "validDomains": [app.domain],
        # By this Teams knows which registration may install the app itself; the address only has to be there.
        **({"webApplicationInfo": {"id": app.app_id, "resource": f"https://{app.domain}"}} if app.chats else {}),
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def package(app: App) -> bytes:
    """The zip for a completed app."""
    files = {
        "manifest.json": json.dumps(manifest(app), indent=2).encode(),
        "color.png": icons.color(),
        "outline.png": icons.outline(),
    }
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(ZipInfo(name, LONG_AGO), data, ZIP_DEFLATED)
    return packed.getvalue()


def write(packed: bytes, file: Path, *, replace: bool) -> None:
    """Put the package into a file; one that is there stays unless it shall be replaced. Raises PackageFault."""
    try:
        with file.open("wb" if replace else "xb") as opened:
            opened.write(packed)
    except FileExistsError:
        raise PackageFault(f"{file} is there already: name another file with --out, or add --replace.") from None
    except OSError as fault:
        raise PackageFault(f"{file} cannot be written: {fault.strerror}.") from None


def _command_lists(*, slash: bool) -> list[Json]:
    """In a private conversation words are plain words; slash commands belong where others listen."""
    commands = [
        *(_command("", MENTOR, verb) for verb in MATTER_MOST),
        *(_command("mentor-admin ", ADMIN, verb) for verb in MATTER_MOST_TO_COORDINATORS),
    ]
    among_others: Json = {"scopes": ["team", "groupChat"], "commands": commands}
    if slash:
        among_others["triggers"] = ["mention", "slash"]
    return [{"scopes": ["personal"], "commands": commands}, among_others]


def _command(before: str, words: Sequence[Word], verb: str) -> Json:
    (word,) = (word for word in words if word.verb == verb)
    return {"title": f"{before}{verb}", "description": word.says}
