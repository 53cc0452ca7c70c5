"""What is not surely Slack's is refused with 4xx; nothing happens, and nothing of it stands in the log."""

import json
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from bot.slack.guard import MOST_BYTES
from tests.bot.slack.conftest import Stage, signed
from tests.bot.slack.recorded import recorded

FORM = "application/x-www-form-urlencoded"
SECRET_WORDS = "my private words"
COMMAND = urlencode({**recorded("command"), "text": SECRET_WORDS}).encode()


async def refused(stage: Stage, raw: bytes, *, capfd: pytest.CaptureFixture[str], **headers: str) -> int:
    """Post it; check that it left no trace; the status."""
    content_type = headers.pop("content_type", FORM)
    with capture_logs() as logged:
        answer = await stage.posts(raw, content_type, **headers)
        text = await answer.text()
    out, err = capfd.readouterr()
    assert stage.taken == []
    assert logged, "a refusal is told"
    assert SECRET_WORDS.replace(" ", "+") not in f"{logged}{text}{out}{err}"
    assert SECRET_WORDS not in f"{logged}{text}{out}{err}"
    return answer.status


async def test_a_command_that_slack_signed_is_taken(stage: Stage) -> None:
    answer = await stage.posts(COMMAND, FORM)
    assert answer.status == 200
    assert len(stage.taken) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"signature": ""}, 401),
        ({"stamp": ""}, 401),
        ({"signature": "v0=" + "0" * 64}, 401),
        ({"signature": "v0=\u00fc"}, 400),
        ({"stamp": "soon", "signature": "v0=1"}, 400),
        ({"stamp": "9" * 400, "signature": "v0=1"}, 400),
        ({"stamp": str(int(time.time()) - 301)}, 401),
        ({"stamp": str(int(time.time()) + 86_400)}, 401),
    ],
)
async def test_a_signature_that_does_not_fit_is_refused(
    stage: Stage, headers: dict[str, str], status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await refused(stage, COMMAND, capfd=capfd, **headers) == status


async def test_a_changed_body_is_refused(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    stamp = str(int(time.time()))
    forged = {"stamp": stamp, "signature": signed(COMMAND, stamp)}
    assert await refused(stage, COMMAND.replace(b"U0INES", b"U0MIRA"), capfd=capfd, **forged) == 401


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (COMMAND + b"&text=\xff\xfe", FORM),
        (b"payload=notjson+my+private+words", FORM),
        (b"payload=%5B%22my+private+words%22%5D", FORM),
        (b"payload=" + b"[" * 100_000, FORM),
        (b"text=my+private+words", FORM),
        (b"", FORM),
        (b'["my private words"]', "application/json"),
        (b'{"my private words', "application/json"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    stage: Stage, raw: bytes, content_type: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await refused(stage, raw, capfd=capfd, content_type=content_type) == 400


async def test_a_body_over_one_mebibyte_is_refused(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    raw = COMMAND + b"&x=" + b"a" * MOST_BYTES
    assert await refused(stage, raw, capfd=capfd) == 413


async def test_a_body_that_does_not_tell_its_length_is_refused_as_soon_as_it_is_too_large(stage: Stage) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_BYTES // 1000 + 2):
            yield b"a" * 1000

    headers = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1", "Content-Type": FORM}
    answer = await stage.client.post("/slack/events", data=endless(), headers=headers)
    assert answer.status == 413


async def test_a_body_of_one_mebibyte_is_taken(stage: Stage) -> None:
    raw = COMMAND + b"&x="
    answer = await stage.posts(raw + b"a" * (MOST_BYTES - len(raw)), FORM)
    assert answer.status == 200


async def test_slack_checks_the_address(stage: Stage) -> None:
    answer = await stage.sends({"type": "url_verification", "challenge": "a challenge", "token": "legacy"})
    assert answer.status == 200
    assert json.loads(await answer.text()) == {"challenge": "a challenge"}


async def test_only_posts_are_taken(stage: Stage) -> None:
    assert (await stage.client.get("/slack/events")).status == 405
