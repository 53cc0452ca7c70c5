"""Settings: read once from the environment or a secrets directory; what is wrong or missing is said by its name."""

import os
import re
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.loopback import is_here
from storage.sealing import Keyring

SLACK_API = "https://slack.com/api/"
TEAMS_LOGIN = "https://login.microsoftonline.com"
TEAMS_OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TEAMS_GRAPH = "https://graph.microsoft.com"
NEW_KEY = 'python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
"""What prints a new key for MENTOR_KEYS."""
OBJECT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""Somebody's in Entra, or an app's in the catalogue, as the portal shows it."""
ID = re.compile(r"[0-9A-Za-z-]+")
"""An application's or a tenant's. A tenant's domain would sign in too, but what comes from Teams tells its id."""
HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")

_UNREADABLE = "cannot be read: it is https://, a host, and what comes behind it"


class Settings(BaseSettings):
    """What an installer sets. Names are those of the environment, in upper case."""

    model_config = SettingsConfigDict(secrets_dir=None, extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = Field("sqlite:///data/alongside.db", description="Where the programme is kept")
    host: str = Field("127.0.0.1", description="Address on which the bot listens")
    port: int = Field(8320, description="Port on which the bot listens", ge=0, le=65535)
    slack_bot_token: SecretStr | None = Field(None, description="Bot token of the Slack app, xoxb-…")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret of the Slack app")
    slack_app_token: SecretStr | None = Field(None, description="App-level token for Socket Mode, xapp-…")
    slack_api_url: str = Field(SLACK_API, description="Base of Slack's Web API")
    teams_app_id: str | None = Field(None, description="App id of the Teams bot")
    teams_app_password: SecretStr | None = Field(None, description="Client secret of the Teams bot")
    teams_tenant_id: str | None = Field(None, description="Directory (tenant) id of the company on Teams")
    teams_login_url: str = Field(TEAMS_LOGIN, description="Base of the address where the Teams bot signs in")
    teams_openid_url: str = Field(TEAMS_OPENID, description="OpenID document that checks what comes from Teams")
    teams_service_hosts: str = Field("", description="Further hosts of Teams' connector, comma-separated")
    teams_catalog_app_id: str | None = Field(None, description="Id of the app in Teams' catalogue, for group chats")
    teams_graph_url: str = Field(TEAMS_GRAPH, description="Base of Microsoft Graph, which makes group chats")
    mentor_owners: str = Field("", description="User ids who may use /mentor-admin first, comma-separated")
    mentor_keys: SecretStr | None = Field(None, description="Keys for private content, 32 bytes each, URL-safe base64")
    mentor_pack: Path | None = Field(None, description="Folder of your own pack; the one that ships otherwise")

    @model_validator(mode="after")
    def _whole_sections(self) -> Self:
        self._right_tokens()
        self._right_names_of_teams()
        if not _names_a_host(self.slack_api_url):
            raise ValueError(f"SLACK_API_URL {_UNREADABLE}")
        if wrong := fault_of_address(self.database_url, name="DATABASE_URL"):
            raise ValueError(wrong)
        if self.mentor_keys is not None:
            try:
                Keyring.parse(self.mentor_keys.get_secret_value())
            except ValueError as fault:
                raise ValueError(f"MENTOR_KEYS: {fault}. Copy it whole; a first key is made with {NEW_KEY}") from fault
        return self

    def _right_tokens(self) -> None:
        """Raise ValueError for a token that stands in the place of another."""
        bot, app = self.slack_bot_token, self.slack_app_token
        if bot is not None and not bot.get_secret_value().startswith("xoxb-"):
            raise ValueError("SLACK_BOT_TOKEN does not begin with xoxb-: use the bot token, not another one")
        if app is not None and not app.get_secret_value().startswith("xapp-"):
            raise ValueError("SLACK_APP_TOKEN does not begin with xapp-: use the app-level token, not another one")

    def _right_names_of_teams(self) -> None:
        """Raise ValueError for an address of Teams to which nothing secret may go, and for what is no id or no host."""
        addresses = (
            ("TEAMS_LOGIN_URL", self.teams_login_url),
            ("TEAMS_OPENID_URL", self.teams_openid_url),
            ("TEAMS_GRAPH_URL", self.teams_graph_url),
        )
        for name, url in addresses:
            if not url.startswith("https://") and not (url.startswith("http://") and is_here(url)):
                raise ValueError(f"{name} does not begin with https://")
            if not _names_a_host(url):
                raise ValueError(f"{name} {_UNREADABLE}")
        for name, value in (("TEAMS_APP_ID", self.teams_app_id), ("TEAMS_TENANT_ID", self.teams_tenant_id)):
            if value is not None and not ID.fullmatch(value):
                raise ValueError(f"{name} is no id: letters, digits and hyphens, as the portal shows it")
        if self.teams_catalog_app_id is not None and not OBJECT_ID.fullmatch(self.teams_catalog_app_id):
            raise ValueError("TEAMS_CATALOG_APP_ID is no id: copy it from the app's page in the Teams admin centre")
        for host in self.service_hosts:
            if not HOST.fullmatch(host):
                raise ValueError("TEAMS_SERVICE_HOSTS lists hosts only: no https://, and no path behind them")

    @property
    def missing(self) -> str:
        """All that `serve` needs and that is not set, in one line; empty when everything is there. A platform is whole
        or absent, and one of them has to be there."""
        by_http_or_socket = self.slack_signing_secret or self.slack_app_token
        slack = {
            "SLACK_BOT_TOKEN": self.slack_bot_token,
            "SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN, for Socket Mode)": by_http_or_socket,
        }
        teams = {
            "TEAMS_APP_ID": self.teams_app_id,
            "TEAMS_APP_PASSWORD": self.teams_app_password,
            "TEAMS_TENANT_ID": self.teams_tenant_id,
        }
        begun = [section for section in (slack, teams) if any(value is not None for value in section.values())]
        if self.teams_catalog_app_id is not None and teams not in begun:
            begun.append(teams)
        needed = [*begun, {"MENTOR_KEYS": self.mentor_keys}]
        names = [name for section in needed for name, value in section.items() if value is None]
        if not begun:
            names.append(f"either {', '.join(slack)} for Slack, or {', '.join(teams)} for Teams")
        return f"missing: {', '.join(names)}" if names else ""

    @property
    def service_hosts(self) -> tuple[str, ...]:
        """Hosts of TEAMS_SERVICE_HOSTS, `host` or `host:port`."""
        return tuple(part.strip() for part in self.teams_service_hosts.split(",") if part.strip())

    @property
    def owners(self) -> frozenset[str]:
        """User ids of MENTOR_OWNERS."""
        return frozenset(part.strip() for part in self.mentor_owners.split(",") if part.strip())

    @property
    def owners_on_teams(self) -> frozenset[str]:
        """Those of them that are object ids of Entra; Slack's have no hyphen."""
        return frozenset(owner for owner in self.owners if OBJECT_ID.fullmatch(owner))


def _names_a_host(url: str) -> bool:
    """Whether an address can be called as far as its writing tells."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read only when asked for, and a fault when it is no number
    except ValueError:
        return False
    return bool(parts.hostname)


def elsewhere(api_url: str) -> str:
    """The base of Slack's Web API, when it is another than Slack's own; else nothing."""
    return api_url if api_url.rstrip("/") != SLACK_API.rstrip("/") else ""


def fault_of_address(url: str, *, name: str) -> str:
    """What is wrong with the address of a database, for the installer; empty when nothing is. `name` is the setting or
    option in which it stands. It may hold a password, so it is not repeated."""
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return (
            f"{name} is neither of the two that there are: sqlite:////var/lib/alongside/alongside.db or "
            "postgresql+psycopg://alongside:PASSWORD@HOST/alongside"
        )
    try:
        make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number, and it quotes that
        return f"{name} cannot be read: in a password, write @ as %40, / as %2F, : as %3A and % as %25"
    return ""


OUR_WORDS = {
    "int_parsing": "is not a whole number",
    "less_than_equal": "is too large",
    "greater_than_equal": "is too small",
}
"""Faults that pydantic words for programmers."""


class SettingsFault(Exception):
    """Settings that cannot be used, in lines for the installer."""


def read() -> Settings:
    """Settings from the environment, and from the directory of SECRETS_DIR with one file a setting, such as
    `slack_bot_token`; the environment goes first. Raises SettingsFault."""
    folder = os.environ.get("SECRETS_DIR")
    if folder and not Path(folder).is_dir():
        raise SettingsFault(f"SECRETS_DIR: there is no directory {folder}")
    try:
        return Settings(_secrets_dir=folder or None)
    except ValidationError as fault:
        lines = []
        for error in fault.errors():
            name = ".".join(str(part) for part in error["loc"]).upper()
            text = OUR_WORDS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
            lines.append(f"{name}: {text}" if name else text)
        raise SettingsFault("\n".join(lines)) from None
