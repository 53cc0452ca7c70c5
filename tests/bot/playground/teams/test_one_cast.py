"""Whoever plays on Slack can play on Teams: the stories know no difference."""

from bot.playground.person import Person as OnSlack
from bot.playground.players import Player
from bot.playground.teams.person import Person as OnTeams
from bot.playground.teams.tenant import Tenant
from bot.playground.workspace import Workspace


def test_the_same_person_plays_on_both(workspace: Workspace, tenant: Tenant) -> None:
    cast: list[Player] = [OnSlack(workspace, "U0MIRA"), OnTeams(tenant, tenant.company.members[1].id)]
    assert {player.member.name for player in cast} == {"Mira Okafor"}
    assert [player.reads() for player in cast] == [(), ()]
    assert [player.modal() for player in cast] == [None, None]
