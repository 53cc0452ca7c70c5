"""What comes to the door and is not Slack's, or is not whole: nothing happens, and nothing of it is in the log."""

import hashlib
import hmac
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import select, text

from storage.tables import inbox, people
from tests.stage import Stage

pytestmark = pytest.mark.on("slack")  # its door and its signature; Teams has its own, in tests/bot/teams
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SECRET_WORDS = "my-secret-words"
COMMAND = {
    "command": "/mentor",
    "text": SECRET_WORDS,
    "user_id": "U0INES",
    "team_id": "T0HARBOUR",
    "channel_id": "D1",
    "trigger_id": "t.1",
}


def signed(stage: Stage, body: bytes, *, age: int = 0, secret: str = "") -> dict[str, str]:
    """The headers with which Slack would send this."""
    stamp = str(int(stage.workspace.times.real()) - age)
    base = f"v0:{stamp}:".encode() + body
    signature = hmac.new((secret or stage.workspace.signing_secret).encode(), base, hashlib.sha256).hexdigest()
    return FORM | {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


async def knock(stage: Stage, body: bytes, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.post(stage.workspace.app_url, content=body, headers=headers)


def rows(stage: Stage) -> int:
    """How many gestures and people the bot knows of."""
    with stage.app.kit.database.transaction() as connection:
        return len(connection.execute(select(inbox)).all()) + len(connection.execute(select(people)).all())


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("wrong signature", 401),
        ("no signature", 401),
        ("stale", 401),
        ("too large", 413),
        ("not utf-8", 400),
        ("payload is no json", 400),
        ("empty", 400),
        ("timestamp is no number", 400),
    ],
)
async def test_what_is_not_slacks_is_refused_without_a_trace(
    stage: Stage, fault: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    body = urlencode(COMMAND).encode()
    headers = signed(stage, body)
    match fault:
        case "wrong signature":
            headers = signed(stage, body, secret="another")
        case "no signature":
            headers = FORM
        case "stale":
            headers = signed(stage, body, age=600)
        case "too large":
            body = body + b"x" * 1024 * 1024
            headers = signed(stage, body)
        case "not utf-8":
            body = b"command=\xff\xfe" + body
            headers = signed(stage, body)
        case "payload is no json":
            body = b"payload=" + SECRET_WORDS.encode()
            headers = signed(stage, body)
        case "empty":
            body = b""
            headers = signed(stage, body)
        case "timestamp is no number":
            headers["X-Slack-Request-Timestamp"] = "soon"

    answer = await knock(stage, body, headers)

    assert answer.status_code == status
    assert SECRET_WORDS not in answer.text
    assert rows(stage) == 0
    said = capfd.readouterr()
    assert SECRET_WORDS not in said.out + said.err


async def test_when_the_database_fails_slack_repeats_and_there_is_one_effect(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    body = urlencode(COMMAND | {"text": "help"}).encode()
    with stage.app.kit.database.transaction() as connection:
        connection.execute(text("alter table inbox rename to elsewhere"))

    failed = await knock(stage, body, signed(stage, body))
    with stage.app.kit.database.transaction() as connection:
        connection.execute(text("alter table elsewhere rename to inbox"))
    repeated = await knock(stage, body, signed(stage, body))
    once_more = await knock(stage, body, signed(stage, body))

    assert [failed.status_code, repeated.status_code, once_more.status_code] == [500, 200, 200]
    assert "What you can do here" in repeated.text
    assert once_more.text == repeated.text
    assert rows(stage) == 2
    said = capfd.readouterr()
    assert "INSERT" not in said.out + said.err
