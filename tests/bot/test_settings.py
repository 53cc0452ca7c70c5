"""What is wrong with a setting, and all that is missing, is said by its name."""

import base64
from pathlib import Path

import pytest

from bot.settings import NEW_KEY, SettingsFault, read

KEY = base64.urlsafe_b64encode(bytes(32)).decode()
APP = "2f6a1c04-93f1-4d0e-8a57-3f0f5f6f7d21"
TEAMS = {"TEAMS_APP_ID": "a", "TEAMS_APP_PASSWORD": "s", "TEAMS_TENANT_ID": "t"}
EITHER = (
    "either SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN, for Socket Mode) for Slack, "
    "or TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID for Teams"
)


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "TEAMS_APP_ID",
        "TEAMS_APP_PASSWORD",
        "TEAMS_TENANT_ID",
        "TEAMS_LOGIN_URL",
        "TEAMS_OPENID_URL",
        "TEAMS_SERVICE_HOSTS",
        "TEAMS_CATALOG_APP_ID",
        "TEAMS_GRAPH_URL",
        "MENTOR_OWNERS",
        "MENTOR_KEYS",
        "DATABASE_URL",
        "PORT",
        "SECRETS_DIR",
    ):
        monkeypatch.delenv(name, raising=False)


def test_without_anything_the_defaults_hold() -> None:
    assert read().database_url == "sqlite:///data/alongside.db"


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ({}, f"missing: MENTOR_KEYS, {EITHER}"),
        ({"MENTOR_KEYS": KEY}, f"missing: {EITHER}"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "missing: SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN, for Socket Mode), MENTOR_KEYS",
        ),
        ({"SLACK_APP_TOKEN": "xapp-1", "MENTOR_KEYS": KEY}, "missing: SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "MENTOR_KEYS": KEY}, ""),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "MENTOR_KEYS": KEY}, ""),
        ({**TEAMS, "MENTOR_KEYS": KEY}, ""),
        ({**TEAMS, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "MENTOR_KEYS": KEY}, ""),
        ({"TEAMS_APP_ID": "a", "MENTOR_KEYS": KEY}, "missing: TEAMS_APP_PASSWORD, TEAMS_TENANT_ID"),
        ({"TEAMS_APP_PASSWORD": "s", "TEAMS_TENANT_ID": "t"}, "missing: TEAMS_APP_ID, MENTOR_KEYS"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "TEAMS_TENANT_ID": "t", "MENTOR_KEYS": KEY},
            "missing: TEAMS_APP_ID, TEAMS_APP_PASSWORD",
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "TEAMS_CATALOG_APP_ID": APP, "MENTOR_KEYS": KEY},
            "missing: TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID",
        ),
        (
            {**TEAMS, "SLACK_APP_TOKEN": "xapp-1", "MENTOR_KEYS": KEY},
            "missing: SLACK_BOT_TOKEN",
        ),
    ],
)
def test_all_that_is_missing_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, there: dict[str, str], missing: str
) -> None:
    for name, value in there.items():
        monkeypatch.setenv(name, value)
    assert read().missing == missing


def test_an_app_token_in_the_wrong_place_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    with pytest.raises(SettingsFault, match="does not begin with xoxb-"):
        read()


def test_an_app_token_takes_the_place_of_the_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    settings = read()
    assert settings.slack_app_token is not None
    assert "xapp-1" not in repr(settings)


def test_another_token_in_place_of_the_app_token_is_noticed_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xoxp-secret")
    with pytest.raises(SettingsFault, match="SLACK_APP_TOKEN does not begin with xapp-") as fault:
        read()
    assert "secret" not in str(fault.value).replace("signing secret", "")


def test_a_bad_key_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_KEYS", "c2VjcmV0")
    with pytest.raises(SettingsFault, match="MENTOR_KEYS: key 1 has 6 bytes") as fault:
        read()
    assert "c2VjcmV0" not in str(fault.value)
    assert str(fault.value).endswith(f"Copy it whole; a first key is made with {NEW_KEY}")


def test_owners_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_OWNERS", " U1, U2 ,")
    assert read().owners == {"U1", "U2"}


def test_a_database_that_is_not_there_yet_is_refused_with_one_that_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://mentoring:secret@db/alongside")
    with pytest.raises(SettingsFault, match="DATABASE_URL is neither of the two") as fault:
        read()
    assert "secret" not in str(fault.value)


def test_secrets_may_stand_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "slack_bot_token").write_text("xoxb-1\n")
    (tmp_path / "slack_signing_secret").write_text("from a file\n")
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "from the environment")
    settings = read()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.slack_signing_secret is not None
    assert settings.slack_signing_secret.get_secret_value() == "from the environment"


def test_a_secrets_directory_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsFault, match="SECRETS_DIR: there is no directory"):
        read()


@pytest.mark.parametrize("name", ["TEAMS_LOGIN_URL", "TEAMS_OPENID_URL", "TEAMS_GRAPH_URL"])
@pytest.mark.parametrize("url", ["http://login.example.com", "login.example.com", "http://127.0.0.1.example.com"])
def test_where_teams_signs_in_is_not_asked_in_the_clear(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    monkeypatch.setenv(name, url)
    with pytest.raises(SettingsFault, match=f"{name} does not begin with https://"):
        read()
    for safe in ("https://login.microsoftonline.us", "http://127.0.0.1:5000/login", "http://localhost:5000"):
        monkeypatch.setenv(name, safe)
        read()


@pytest.mark.parametrize("name", ["SLACK_API_URL", "TEAMS_LOGIN_URL", "TEAMS_OPENID_URL", "TEAMS_GRAPH_URL"])
@pytest.mark.parametrize("url", ["https://[bad", "https://login.example.com:https", "https://", "http://[bad"])
def test_an_address_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    monkeypatch.setenv(name, url)
    with pytest.raises(SettingsFault, match=f"{name} (cannot be read|does not begin)"):
        read()


@pytest.mark.parametrize("host", ["https://a.example.com", "a.example.com/teams", "a b", "a.example.com:https", "*"])
def test_what_is_no_host_of_the_connector_is_noticed(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("TEAMS_SERVICE_HOSTS", f"good.example.com, {host}")
    with pytest.raises(SettingsFault, match="TEAMS_SERVICE_HOSTS lists hosts only"):
        read()


def test_hosts_of_the_connector_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_SERVICE_HOSTS", " a.example.com, 127.0.0.1:5000 ,[::1]:80,")
    assert read().service_hosts == ("a.example.com", "127.0.0.1:5000", "[::1]:80")


@pytest.mark.parametrize("name", ["TEAMS_APP_ID", "TEAMS_TENANT_ID"])
@pytest.mark.parametrize("value", ["{8b1c}/x", "contoso.onmicrosoft.com"])
def test_an_address_or_a_domain_in_the_place_of_an_id_is_noticed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault, match=f"{name} is no id"):
        read()


def test_the_password_of_teams_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_APP_PASSWORD", "plum-word")
    assert "plum-word" not in repr(read())


def test_the_app_in_the_catalogue_is_known_by_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_CATALOG_APP_ID", "Alongside")
    with pytest.raises(SettingsFault, match="TEAMS_CATALOG_APP_ID is no id: copy it"):
        read()
