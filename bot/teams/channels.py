"""Keeps what the bot knows of the channels of teams: from what Teams tells of them, and by asking for the whole list.

A list is asked for when the app comes into a team, and once more by each process when it first hears from the team: so
what was missed, or happened before this version of the bot, is made up for.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from botbuilder.schema import Activity

from bot.platform import Take
from bot.teams.activity import moment_of, tenant_of
from bot.teams.connector import Connector
from bot.teams.team_events import Team, came, listed, named, news, team_of
from bot.teams.trouble import Ambiguous, Throttled, Transient
from flows.people import Account
from handlers.inbound import Inbound, Place, Places

PASSES: Final = (Transient, Throttled, Ambiguous)
log = structlog.get_logger()


class NoList(Exception):
    """The connector gave no list just now; the activity is to come again."""


class Channels:
    """Turns what is told of a team's channels into what is taken; `take` returns when it is committed."""

    def __init__(self, connector: Connector, take: Take, now: Callable[[], datetime]) -> None:
        self._connector = connector
        self._take = take
        self._now = now
        self._listed: set[str] = set()

    async def follow(self, activity: Activity) -> Team | None:
        """Take what this activity says of its team. The team when its list is still to be asked for, after the
        acknowledgement. Raises NoList where the app has just come and nothing else will tell its channels."""
        team = team_of(activity)
        if team is None or not tenant_of(activity):
            return None
        told = news(activity, team)
        if told is not None:
            await self._tell(activity, told, "told")
            if told.whole:
                self._listed.discard(team.id)
                return None
        if came(activity):
            await self.list(activity, team)
            return None
        return None if team.id in self._listed else team

    async def list(self, activity: Activity, team: Team) -> None:
        """Ask for the channels of the team and take them. Raises NoList."""
        self._listed.add(team.id)  # whoever writes there meanwhile does not ask as well
        answer = await self._connector.channels(team.service, team.id)
        if isinstance(answer, PASSES):
            self._listed.discard(team.id)
            raise NoList
        if not isinstance(answer, tuple):
            log.warning("a team does not tell its channels", fault=answer.code)
            return
        whole = listed(answer, team if team.name else await self._named(team))
        if whole is not None:
            await self._tell(activity, whole, "list")

    async def _named(self, team: Team) -> Team:
        answer = await self._connector.team(team.service, team.id)
        return named(team, answer) if isinstance(answer, dict) else team

    async def _tell(self, activity: Activity, places: Places, part: str) -> None:
        at = moment_of(activity, self._now())
        gesture = f"{activity.conversation.id}:{activity.id or at.isoformat()}:{part}"
        who = Account("teams", tenant_of(activity), "")
        await self._take(Inbound(gesture, who, places, Place.SHARED, at))
