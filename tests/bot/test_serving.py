"""What is missing is said before anything is opened."""

import base64
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.serving import run_until_told
from bot.settings import Settings, SettingsFault
from bot.world import World
from flows.pack_fault import PackFault
from storage.file_lock import InUse

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


async def test_serving_without_slack_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "MENTOR_KEYS"):
        monkeypatch.delenv(name, raising=False)
    assert await run_until_told() == 1
    said = capfd.readouterr()
    wanted = "SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN, for Socket Mode), MENTOR_KEYS"
    assert f"missing: {wanted}" in said.out + said.err


async def test_a_second_bot_on_the_same_file_is_refused_before_it_touches_anything(tmp_path: Path) -> None:
    values = {"database_url": f"sqlite:///{tmp_path / 'a.db'}", "port": 0, "mentor_keys": KEY}
    first, second = (build(Settings.model_validate(values), World(), []) for _ in range(2))
    await first.open()
    with pytest.raises(InUse, match=r"a\.db is in use by another process"):
        await second.open()
    await second.stop()
    await first.stop()
    third = build(Settings.model_validate(values), World(), [])
    await third.open()
    await third.stop()
