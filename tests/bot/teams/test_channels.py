"""The bot knows the channels of the teams in which it is: from the whole list, and from what happens to them since."""

from datetime import UTC, datetime

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.teams.activity import modelled
from bot.teams.limits import Json
from bot.teams.team_events import Team, came, listed, news, team_of
from flows.channels import Channel
from flows.people import Account
from handlers.inbound import Asked, Inbound, Joined, Place, Places
from tests.bot.teams.conftest import Stage
from tests.bot.teams.gestures import (
    BOT,
    CHANNEL,
    SERVICE,
    TEAM,
    TENANT,
    execute,
    in_channel,
    in_team,
    installation,
    members_added,
    mention,
    message,
    removed_from_team,
)
from tests.bot.teams.microsoft import Call, Microsoft

AT = SERVICE.rstrip("/")
HERE = Team(AT, TEAM, "")
LIST: Json = {
    "conversations": [
        {"id": TEAM, "name": None, "type": "standard"},
        {"id": CHANNEL, "name": " Spring \n plans "},
        {"id": "19:private@thread.tacv2", "name": "Layoffs", "type": "private"},
        {"id": "", "name": "Nothing"},
        {"name": "No id"},
    ]
}


def heard(event: Json) -> Places | None:
    activity = modelled(event)
    team = team_of(activity)
    assert team is not None
    return news(activity, team)


def channel(id_: str, name: str, *, at: str = AT, team: str = "") -> Channel:
    return Channel(id_, f"{at} {id_}", name, TEAM, team)


@pytest.mark.parametrize("kind", ["channelCreated", "channelRenamed", "channelRestored"])
def test_a_channel_is_there(kind: str) -> None:
    event = in_team(kind, channel={"id": CHANNEL, "name": "Plans"})
    assert heard(event) == Places(TEAM, channels=(channel(CHANNEL, "Plans"),))


def test_a_private_channel_is_none_for_us() -> None:
    event = in_team("channelCreated", channel={"id": CHANNEL, "name": "Layoffs", "type": "private"})
    assert heard(event) == Places(TEAM)


def test_a_channel_is_gone() -> None:
    assert heard(in_team("channelDeleted", channel={"id": CHANNEL, "name": "Plans"})) == Places(TEAM, gone=(CHANNEL,))


def test_a_team_is_called_otherwise() -> None:
    assert heard(in_team("teamRenamed", team={"id": TEAM, "name": "Growing"})) == Places(TEAM, "Growing")


@pytest.mark.parametrize(
    "event",
    [
        in_team("teamDeleted"),
        in_team("teamHardDeleted"),
        in_team("teamArchived"),
        removed_from_team(),
        in_channel(installation("remove")),
    ],
)
def test_a_team_without_us_has_no_channels(event: Json) -> None:
    assert heard(event) == Places(TEAM, whole=True)


@pytest.mark.parametrize(
    "event",
    [
        in_team("teamMemberAdded") | {"membersAdded": [{"id": "29:1mira"}]},
        in_team("teamMemberRemoved") | {"membersRemoved": [{"id": "29:1mira"}]},
        in_channel(installation("add")),
        in_channel(execute("joining.join")),
        mention(),
    ],
)
def test_everything_else_changes_no_channel(event: Json) -> None:
    assert heard(event) is None


@pytest.mark.parametrize(
    "event",
    [
        in_channel(installation("add")),
        in_team("teamMemberAdded") | {"membersAdded": [{"id": BOT}]},
        in_team("teamUnarchived"),
        in_team("teamRestored"),
    ],
)
def test_the_app_came_into_a_team(event: Json) -> None:
    assert came(modelled(event))


@pytest.mark.parametrize("event", [message("status"), installation("add"), members_added({"id": BOT}), execute("x")])
def test_a_chat_is_no_team(event: Json) -> None:
    assert team_of(modelled(event)) is None


@pytest.mark.parametrize("told", [{}, {"team": None}, {"team": {"name": "Plans"}}, {"team": {"id": "x" * 256}}])
def test_a_channel_of_no_team_is_none(told: Json) -> None:
    event = in_team("channelCreated", channel={"id": CHANNEL})
    event["channelData"] = {"tenant": {"id": TENANT}, "eventType": "channelCreated", **told}
    assert team_of(modelled(event)) is None


def test_a_list_leaves_out_what_is_no_channel_for_us() -> None:
    assert listed(LIST["conversations"], HERE) == Places(
        TEAM, channels=(channel(TEAM, ""), channel(CHANNEL, "Spring plans")), whole=True
    )
    assert listed([], HERE) is None


# --- on the wire


def places(stage: Stage) -> list[Inbound]:
    return [one for one in stage.taken if isinstance(one.what, Places)]


async def looks(stage: Stage) -> list[Call]:
    await stage.platform.settled()
    return stage.microsoft.named("/v3/teams/")


async def test_an_installation_in_a_team_lists_its_channels(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.instead["team"] = [web.json_response(LIST)]
    assert (await stage.sends(in_channel(installation("add")))).status == 200
    (told,) = places(stage)
    assert told == Inbound(
        id=f"{in_channel(message(''))['conversation']['id']}:f:0a1b2c3d-install:list",
        who=Account("teams", TENANT, ""),
        what=Places(
            TEAM,
            "Mentoring",
            tuple(
                channel(id_, name, at=stage.service.rstrip("/"), team="Mentoring")
                for id_, name in ((TEAM, ""), (CHANNEL, "Spring plans"))
            ),
            whole=True,
        ),
        place=Place.SHARED,
        at=datetime(2026, 5, 11, 8, 0, 22, 222000, tzinfo=UTC),
    )
    assert [type(one.what) for one in stage.taken] == [Joined, Places]
    (look,) = await looks(stage)
    assert (look.method, look.path) == ("GET", "/emea/v3/teams/19%3Ateam%40thread.tacv2/conversations")
    assert look.headers["Authorization"] == "Bearer token-1"


async def test_where_an_event_does_not_tell_what_the_team_is_called_it_is_asked_for(
    stage: Stage, microsoft: Microsoft
) -> None:
    microsoft.instead["team"] = [web.json_response(LIST), web.json_response({"id": TEAM, "name": "Growing"})]
    await stage.sends(in_team("teamMemberAdded") | {"membersAdded": [{"id": BOT}]})
    (told,) = places(stage)
    assert isinstance(told.what, Places)
    assert (told.what.name, len(told.what.channels)) == ("Growing", 2)


async def test_as_long_as_there_is_no_list_the_installation_comes_again(stage: Stage, microsoft: Microsoft) -> None:
    microsoft.instead["team"] = [web.json_response({}, status=429), web.json_response(LIST)]
    installed = in_channel(installation("add"))
    assert (await stage.sends(installed)).status == 500
    assert places(stage) == []
    assert (await stage.sends(installed)).status == 200
    assert len(places(stage)) == 1


@pytest.mark.parametrize("answer", [(403, {}), (404, {}), (200, {}), (200, {"conversations": []})])
async def test_a_team_that_does_not_tell_its_channels_is_left_at_that(
    stage: Stage, microsoft: Microsoft, answer: tuple[int, Json]
) -> None:
    status, body = answer
    microsoft.instead["team"] = [web.json_response(body, status=status)]
    assert (await stage.sends(in_channel(installation("add")))).status == 200
    assert places(stage) == []


async def test_what_happens_in_a_team_is_taken_and_its_list_asked_for_once_by_each_process(
    stage: Stage, microsoft: Microsoft
) -> None:
    microsoft.instead["team"] = [web.json_response(LIST), web.json_response({"name": "Growing"})]
    renamed = in_team("channelRenamed", channel={"id": CHANNEL, "name": "Autumn"})
    assert (await stage.sends(renamed)).status == 200
    assert len(await looks(stage)) == 2
    assert [isinstance(one.what, Places) and one.what.whole for one in places(stage)] == [False, True]
    await stage.sends(renamed)
    await stage.sends(mention())
    assert len(await looks(stage)) == 2


async def test_a_word_in_a_channel_makes_up_for_an_installation_that_was_missed(
    stage: Stage, microsoft: Microsoft
) -> None:
    microsoft.instead["team"] = [web.json_response({}, status=502), web.json_response(LIST)]
    with capture_logs() as logged:
        assert (await stage.sends(mention())).status == 200
        await stage.platform.settled()
    assert [(entry["kind"], entry["fault"]) for entry in logged if "kind" in entry] == [("list the channels", "NoList")]
    assert (await stage.sends(mention())).status == 200
    await stage.platform.settled()
    assert [type(one.what) for one in stage.taken if not isinstance(one.what, Joined)] == [Asked, Asked, Places]


async def test_out_of_a_team_nothing_more_is_asked(stage: Stage) -> None:
    assert (await stage.sends(removed_from_team())).status == 200
    assert [one.what for one in places(stage)] == [Places(TEAM, whole=True)]
    assert await looks(stage) == []
