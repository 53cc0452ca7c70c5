"""The made-up company, and what the app hears when people come, change and go."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp

from bot.playground import acts
from bot.playground.company import COMPANY
from bot.playground.members import Member, Plays
from bot.playground.workspace import Workspace

Json = dict[str, Any]


def test_the_company_has_three_players_and_two_dozen_colleagues() -> None:
    assert [m.plays for m in COMPANY.members[:3]] == [Plays.MENTEE, Plays.MENTOR, Plays.COORDINATOR]
    assert len([m for m in COMPANY.members if m.plays is None]) == 24
    assert len({m.handle for m in COMPANY.members}) == len({m.name for m in COMPANY.members}) == 27
    assert len({ZoneInfo(m.tz) for m in COMPANY.members}) > 15
    english = [m for m in COMPANY.members if m.locale.startswith("en")]
    assert set(COMPANY.members[:3]) < set(english), "whoever just presses on in the demo finds a partner"
    assert 20 < len(english) < 27


async def test_the_app_hears_of_people_who_come_and_change_and_go(app: AsyncApp, workspace: Workspace) -> None:
    heard: list[tuple[str, Json]] = []

    @app.event("team_join")
    async def on_join(event: Json) -> None:
        heard.append(("joined", event["user"]))

    @app.event("user_change")
    async def on_change(event: Json) -> None:
        heard.append(("changed", event["user"]))

    noor = Member(id="U0NOOR", name="Noor Haddad", handle="noor.haddad", title="Intern", tz="Europe/Paris")
    await acts.change_member(workspace, noor)
    await acts.change_member(workspace, replace(noor, tz="Asia/Tokyo"))
    await acts.deactivate(workspace, "U0NOOR")

    assert [what for what, _ in heard] == ["joined", "changed", "changed"]
    assert [user["tz"] for _, user in heard] == ["Europe/Paris", "Asia/Tokyo", "Asia/Tokyo"]
    assert [user["deleted"] for _, user in heard] == [False, False, True]
    assert workspace.contents.members["U0NOOR"].deleted
