"""The doctor asks Microsoft for a token and for the keys, and says what to put right when one is not to be had."""

import base64
import json

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.doctor import teams
from bot.doctor.examination import TEAMS, examine
from bot.doctor.finding import Level, as_json, report
from bot.settings import Settings
from bot.teams.checkup import Checkup, check_up
from bot.teams.graph import CREATE, ROLES
from bot.world import World
from tests.bot.teams.gestures import INES, TENANT
from tests.bot.teams.microsoft import APP, Microsoft, drop

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


async def test_where_the_sign_in_cannot_be_reached_the_network_is_what_to_look_at(
    settings: Settings, microsoft: Microsoft
) -> None:
    microsoft.instead["token"] = [drop]
    found = teams.sign_in(await check_up(settings))
    assert (found.level, found.says) == (Level.FAIL, "the sign-in could not be reached: RemoteProtocolError")
    assert "HTTPS_PROXY" in found.repair
    assert "TEAMS_APP_PASSWORD" not in found.repair


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
    assert [finding.check for finding in found][-len(TEAMS) :] == list(TEAMS)
    assert SECRET not in report(found) + as_json(found)


def token(*roles: str) -> web.Response:
    """The sign-in's answer with these permissions in it."""
    claims = base64.urlsafe_b64encode(json.dumps({"roles": roles}).encode()).decode().rstrip("=")
    return web.json_response({"access_token": f"e30.{claims}.x", "expires_in": 3600})


@pytest.mark.parametrize(
    ("granted", "says"),
    [
        ((), "not granted: Chat.Create, TeamsAppInstallation.ReadWriteSelfForChat.All; pairs get links instead"),
        ((CREATE,), "not granted: TeamsAppInstallation.ReadWriteSelfForChat.All; pairs get links instead"),
        (ROLES, "both permissions are granted"),
    ],
)
async def test_what_nobody_has_granted_for_group_chats_is_named(
    settings: Settings, microsoft: Microsoft, granted: tuple[str, ...], says: str
) -> None:
    on = settings.model_copy(update={"teams_catalog_app_id": APP, "teams_graph_url": microsoft.url("/graph")})
    microsoft.instead["token"] = [token(), token(*granted)]
    found = teams.group_chats(await check_up(on))
    assert (found.level, found.says) == (Level.OK if granted == ROLES else Level.FAIL, says)
    assert [call.body["scope"] for call in microsoft.named("/token")][1] == f"{microsoft.url('/graph')}/.default"


async def test_a_sign_in_that_knows_no_graph_is_told(settings: Settings, microsoft: Microsoft) -> None:
    on = settings.model_copy(update={"teams_catalog_app_id": APP})
    microsoft.instead["token"] = [token(), web.json_response({"error": "invalid_scope"}, status=400)]
    found = teams.group_chats(await check_up(on))
    assert found.says == "the sign-in gave no token for Microsoft Graph: invalid_scope"
