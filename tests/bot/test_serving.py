"""What is missing is said before anything is opened."""

import base64
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.app import build
from bot.serving import run_until_told
from bot.settings import Settings, SettingsFault
from bot.version import VERSION
from bot.world import World
from flows.pack_fault import PackFault
from storage.file_lock import InUse

ROOT = Path(__file__).resolve().parents[2]
TEAMS = {
    "TEAMS_APP_ID": "5d0d35fc-77ac-4d0c-a2d9-8b8ba4a9f4a1",
    "TEAMS_APP_PASSWORD": "a secret",
    "TEAMS_TENANT_ID": "b9d1f2f6-3c2a-4b16-9c3e-1f5f9b4f2d11",
}
KEY = SecretStr(base64.urlsafe_b64encode(bytes(32)).decode())


def test_without_keys_for_private_words_nothing_starts(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'a.db'}"})
    with pytest.raises(SettingsFault, match="MENTOR_KEYS is missing"):
        build(settings, World(), [])
    assert list(tmp_path.iterdir()) == []


def test_a_broken_pack_stops_the_start_with_file_key_and_cause(tmp_path: Path) -> None:
    (tmp_path / "journey.toml").write_text("[[step]]\nid = 3\n")
    settings = Settings.model_validate(
        {"database_url": f"sqlite:///{tmp_path / 'a.db'}", "mentor_keys": KEY, "mentor_pack": tmp_path}
    )
    with pytest.raises(PackFault) as fault:
        build(settings, World(), [])
    assert fault.value.file.endswith(".toml") or fault.value.file.endswith(".md")
    assert fault.value.cause


async def test_serving_without_slack_and_teams_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "MENTOR_KEYS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"):
        monkeypatch.delenv(name, raising=False)
    assert await run_until_told() == 1
    said = capfd.readouterr()
    assert "missing: MENTOR_KEYS, either SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET (or " in said.out + said.err
    assert "for Slack, or TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID for Teams" in said.out + said.err


@pytest.mark.parametrize(
    ("url", "more", "database", "transport"),
    [
        ("sqlite:////nowhere/a.db", {}, "SQLite, /nowhere/a.db", "Slack over HTTP"),
        (
            "postgresql+psycopg://ines:plum-word@db.example.com/mentoring?password=plum-word",
            {"SLACK_APP_TOKEN": "xapp-1"},
            "PostgreSQL, mentoring on db.example.com",
            "Slack over Socket Mode",
        ),
        ("sqlite:////nowhere/a.db", TEAMS, "SQLite, /nowhere/a.db", "Slack over HTTP and Teams over HTTP"),
    ],
)
async def test_the_first_line_says_what_is_started_where_and_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, more: dict[str, str], database: str, transport: str
) -> None:
    values = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "MENTOR_KEYS": KEY.get_secret_value(), **more}
    for name, value in (values | {"DATABASE_URL": url, "MENTOR_PACK": str(tmp_path / "no pack")}).items():
        monkeypatch.setenv(name, value)
    with capture_logs() as logs:
        assert await run_until_told() == 1
    assert [line["event"] for line in logs] == ["starting", "could not start"]
    assert (logs[0]["version"], logs[0]["database"], logs[0]["transport"]) == (VERSION, database, transport)
    assert "plum-word" not in repr(logs)


@pytest.mark.parametrize(
    ("settings", "absent", "there"),
    [
        ({"slack_bot_token": "xoxb-1"}, "botbuilder", "slack_bolt"),
        ({name.lower(): value for name, value in TEAMS.items()}, "slack_bolt", "botbuilder"),
    ],
)
def test_a_platform_that_is_not_used_costs_no_memory(settings: dict[str, str], absent: str, there: str) -> None:
    program = (
        "import json, sys\n"
        "from bot.serving import platforms\n"
        "from bot.settings import Settings\n"
        "found = platforms(Settings.model_validate(json.loads(sys.argv[1])))\n"
        "print(len(found), sys.argv[2] in sys.modules, sys.argv[3] in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, json.dumps(settings), absent, there],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.split() == ["1", "False", "True"]


def test_what_calculations_need_is_not_loaded_where_turns_are_taken() -> None:
    program = "import sys, bot.app, bot.serving\nprint(not {'numpy', 'scipy'} & sys.modules.keys())\n"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["True"]


async def test_a_second_bot_on_the_same_file_is_refused_before_it_touches_anything(tmp_path: Path) -> None:
    values = {"database_url": f"sqlite:///{tmp_path / 'a.db'}", "port": 0, "mentor_keys": KEY}
    first, second = (build(Settings.model_validate(values), World(), []) for _ in range(2))
    await first.open()
    with pytest.raises(InUse, match=r"a\.db is in use by another process, .* or move to PostgreSQL"):
        await second.open()
    await second.stop()
    await first.stop()
    third = build(Settings.model_validate(values), World(), [])
    await third.open()
    await third.stop()


async def test_a_folder_that_cannot_be_made_is_told_with_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for name, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path}/file/x/a.db",
        "MENTOR_KEYS": KEY.get_secret_value(),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "a",
    }.items():
        monkeypatch.setenv(name, value)
    assert await run_until_told() == 1
    said = "".join(capfd.readouterr())
    assert f"DATABASE_URL: the folder {tmp_path}/file/x of the database cannot be made: Not a directory" in said


async def test_a_port_that_is_taken_is_told_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        values = {"database_url": f"sqlite:///{tmp_path / 'a.db'}", "port": port, "mentor_keys": KEY}
        app = build(Settings.model_validate(values), World(), [])
        with pytest.raises(OSError, match=f"^PORT, HOST: 127.0.0.1:{port} cannot be listened on: another program uses"):
            await app.open()
        await app.stop()
