"""The doctor asks Microsoft for a token and for the keys, and says what to put right when one is not to be had."""

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.doctor import teams
from bot.doctor.examination import TEAMS, examine
from bot.doctor.finding import Level, as_json, report
from bot.settings import Settings
from bot.teams.checkup import Checkup, check_up
from bot.world import World
from tests.bot.teams.gestures import INES, TENANT
from tests.bot.teams.microsoft import APP, Microsoft

SECRET = "a secret"


@pytest.fixture
def settings(microsoft: Microsoft) -> Settings:
    """Of an installation on both platforms whose Slack is not there."""
    return Settings.model_validate(
        {
            "teams_app_id": APP,
            "teams_app_password": SecretStr(SECRET),
            "teams_tenant_id": TENANT,
            "teams_login_url": microsoft.url(),
            "teams_openid_url": microsoft.url("/openid"),
            "teams_service_hosts": microsoft.host,
            "mentor_owners": f"U0SLACK, {INES}",
        }
    )


async def test_microsoft_is_asked_and_all_is_well(settings: Settings, microsoft: Microsoft) -> None:
    seen = await check_up(settings)
    assert seen == Checkup(home=f"http://{microsoft.host}/teams", owners=(INES,))
    assert {check(seen).level for check in TEAMS.values()} == {Level.OK}
    assert settings.owners - settings.owners_on_teams == {"U0SLACK"}


async def test_a_wrong_secret_is_told_with_microsofts_word(settings: Settings, microsoft: Microsoft) -> None:
    answer = {"error": "invalid_client", "error_description": "AADSTS7000215: wrong secret a secret"}
    microsoft.instead["token"] = [web.json_response(answer, status=401)]
    found = teams.sign_in(await check_up(settings))
    assert (found.level, found.says) == (Level.FAIL, "the sign-in gave no token: invalid_client AADSTS7000215")


async def test_keys_that_cannot_be_fetched_fail(settings: Settings, microsoft: Microsoft) -> None:
    microsoft.instead["keys"] = [web.json_response({}, status=503)]
    found = teams.keys(await check_up(settings))
    assert (found.level, "HTTPS_PROXY" in found.repair) == (Level.FAIL, True)


def test_an_address_to_which_no_token_may_go_and_owners_of_nobody_are_told() -> None:
    assert teams.service_hosts(Checkup(home="http://else.example/teams", home_trusted=False)).level is Level.FAIL
    assert teams.owners(Checkup()).level is Level.WARN


async def test_the_checks_stand_in_the_report_and_no_secret_does(settings: Settings, tmp_path: object) -> None:
    here = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/a.db"})
    found = await examine(lambda: here, World().now)
    assert [finding.check for finding in found][-4:] == list(TEAMS)
    assert SECRET not in report(found) + as_json(found)
