"""Every message that was agreed for Teams is one that the strict tenant takes, and all of its words are read there."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.playground.teams.checks import check_activity, check_dialog
from bot.playground.teams.company import TENANT
from bot.playground.teams.person import Person
from bot.playground.teams.reading import plain
from bot.playground.teams.seen import Message
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import INES

Json = dict[str, Any]
AGREED = Path(__file__).parents[3] / "golden" / "teams"
DRAWN = sorted(str(file.relative_to(AGREED)) for file in AGREED.rglob("*.json"))


@pytest.fixture
def quiet(hands: Hands, new_id: Callable[[], str]) -> Tenant:
    """A tenant that nobody serves."""
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    return Tenant(company=TENANT, times=times, new_id=new_id)


def drawn(name: str) -> Json:
    found: Json = json.loads((AGREED / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_the_tenant_takes_what_the_bot_draws(quiet: Tenant, name: str) -> None:
    sent = drawn(name)
    if "card" in sent:
        check_dialog(quiet, {"task": {"type": "continue", "value": sent}})
    else:
        check_activity(quiet, sent, personal=True)


@pytest.mark.parametrize("name", DRAWN)
def test_a_person_reads_every_word_of_it(quiet: Tenant, name: str) -> None:
    sent, ines = drawn(name), Person(quiet, INES)
    seen = ines.sees(
        Message(
            conversation=quiet.open_chat(ines.id).id,
            id="1",
            n=1,
            at=quiet.times.now(),
            author=quiet.app_user,
            summary=sent.get("summary", ""),
            attachments=tuple(sent.get("attachments") or (sent["card"],)),
            dialog=sent.get("title", ""),
        )
    )
    offered = [option.text for control in seen.controls for option in control.options]
    read = words("\n".join([str(seen), *offered]))
    assert seen.surface.card is not None
    # Where a link leads is told where it cannot be pressed.
    said = re.sub(r"\(https://\S+\)", "", plain(seen.surface.card["fallbackText"]))
    assert words(said) - read == set()


def words(text: str) -> set[str]:
    return {word for word in re.split(r"[\s:,–]+", text) if word}


def test_there_is_something_to_check() -> None:
    assert len(DRAWN) > 10
