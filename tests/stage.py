"""The stage of the stories: the whole bot against the local Slack workspace and the local Teams tenant, people who
press what they see on one or the other, and a clock that moves only when the story says so."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import SecretStr

from bot.app import App, build
from bot.playground import acts, server
from bot.playground.company import COMPANY
from bot.playground.faults import Fault
from bot.playground.members import Member
from bot.playground.person import Person as OnSlack
from bot.playground.players import Outcome, Player, Seen
from bot.playground.teams.company import TENANT, mail_of, object_id
from bot.playground.teams.person import Person as OnTeams
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.serving import platforms
from bot.settings import Settings
from bot.walk import walk
from bot.world import World

MONDAY_MORNING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
COORDINATOR = "U0PRIYA"
A_MOMENT = timedelta(seconds=2)
"""What people need at least for the next act."""
DOOR = "Open"
"""The button of a card that stands in a chat for a dialog."""


ON_SLACK = frozenset({"U0PRIYA", "U0MIRA", "U0HANNAH"})
"""Who is there when a company has both: the coordinator and the mentors; the others are on Teams."""


GRANTED = ("Chat.Create", "TeamsAppInstallation.ReadWriteSelfForChat.All")
"""What an administrator permits for group chats on Teams."""


class Where(StrEnum):
    """Where a story plays."""

    SLACK = "slack"
    TEAMS = "teams"
    BOTH = "both"


class Call(StrEnum):
    """What the bot asks of a platform, as far as it goes wrong in stories."""

    POST = "post"
    """To put a message into a conversation."""
    OPEN = "open"
    """To begin the conversation with somebody. Teams names it with whatever somebody does there, so it hardly asks."""
    FIND = "find"
    """To look whether a message is there. Teams lets no bot look."""


CALLS = {
    Call.POST: ("chat.postMessage", "send"),
    Call.OPEN: ("conversations.open", "create"),
    Call.FIND: ("conversations.history", ""),
}
"""Slack's method and the tenant's."""


class StillWorld(World):
    """A world whose time stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Where the story is."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Forward, never back."""
        self._now = max(self._now, moment)


@dataclass(slots=True)
class Actor:
    """Somebody of the company. Each act is followed by everything that the bot does about it."""

    player: Player
    stage: "Stage"

    @property
    def id(self) -> str:
        """Their user id in the workspace."""
        return self.player.id

    @property
    def last_message(self) -> Seen:
        """The newest message of the bot in their conversation."""
        return self.player.last_message

    @property
    def answer(self) -> Seen:
        """The newest message that only they see."""
        return self.player.answer

    @property
    def modal(self) -> Seen:
        """The dialog that is open."""
        seen = self.player.window()
        assert seen is not None, "no dialog is open"
        return seen

    def hears(self, words: str) -> bool:
        """Whether any message in their conversation with the bot says so."""
        return any(words in seen for seen in self.player.reads())

    @property
    def told_alone(self) -> str:
        """Everything that only they were told, wherever it stands."""
        if isinstance(self.player, OnTeams):
            return "\n".join(map(str, self.player.ephemerals()))
        every = self.stage.workspace.contents.messages.values()
        return "\n".join(one.text for messages in every for one in messages.values() if one.only_for == self.id)

    def in_sight(self) -> tuple[Seen, ...]:
        """The open dialog alone, else everything that the bot wrote to them, the newest first."""
        modal = self.player.modal()
        if modal is not None:
            return (modal,)
        return (*reversed(self.player.reads()), *reversed(self.player.ephemerals()))

    async def asks(self, words: str = "", *, command: str = "/mentor") -> Seen | None:
        """A command; its private answer, when there is one."""
        await self.comes()
        before = len(self.player.ephemerals())
        await self._did(await self.player.asks(command, self.stage.addressed(words, by=self.player)))
        # What else was written to them meanwhile stands below it, where answers stand in the conversation.
        answer = next(iter(self.player.ephemerals()[before:]), None)
        if answer is not None and DOOR in answer.labels:
            # A word cannot open a dialog there, so a button stands for it.
            await self.presses_again(answer, DOOR)
            return None
        return answer

    async def coordinates(self, words: str) -> Seen | None:
        """`/mentor-admin`."""
        return await self.asks(words, command="/mentor-admin")

    async def presses(self, label: str, *, beside: str = "") -> Outcome:
        """The newest button that is called so; `beside`: the one in the line that begins with these words."""
        pressing = self.player.presses_beside(label, beside) if beside else self.player.presses(label)
        outcome = await pressing
        await self._did(outcome)
        return outcome

    async def presses_again(self, seen: Seen, label: str) -> None:
        """A button of something seen earlier."""
        await self._did(await self.player.presses_again(seen, label))

    async def chooses(self, label: str, *options: str) -> None:
        """Options of a field."""
        await self._did(await self.player.chooses(label, *options))

    async def fills(self, label: str, text: str) -> None:
        """A field."""
        await self._did(await self.player.fills(label, text))

    async def gives_table(self, label: str, text: str) -> None:
        """A table: as a file, or pasted where the platform takes none."""
        if isinstance(self.player, OnSlack):
            await self._did(await self.player.attaches(label, "people.csv", text.encode()))
        else:
            await self.fills(label, text)

    async def fills_first(self, label: str, text: str) -> None:
        """The first of several fields of the open dialog that are called so."""
        await self._did(await self.player.fills_first(label, text))

    async def chooses_first(self, label: str, option: str) -> None:
        """An option of the first of several fields of the open dialog that are called so."""
        await self._did(await self.player.chooses_first(label, option))

    async def types(self, text: str) -> None:
        """A message to the bot."""
        await self.comes()
        await self._did(await self.player.types(text))

    def types_and_the_platform_is_slow(self, text: str) -> Callable[[], Awaitable[None]]:
        """A message that stands in the conversation now; the bot hears of it when the result is called."""
        late = self.player.types_late(text)

        async def arrive() -> None:
            await self._did(await late())

        return arrive

    async def submits(self) -> Outcome:
        """The open dialog."""
        outcome = await self.player.submits()
        await self._did(outcome)
        return outcome

    async def closes(self) -> None:
        """The open dialog, without sending it."""
        await self._did(await self.player.closes())

    @property
    def modal_asks(self) -> bool:
        """Whether a dialog is open that can be sent."""
        modal = self.player.modal()
        return modal is not None and modal.sends

    async def closes_everything(self) -> None:
        """Whatever dialogs are open."""
        while self.player.modal() is not None:
            await self.closes()

    async def opens_home(self) -> Seen:
        """The bot's home tab."""
        await self.comes()
        await self._did(await self.player.opens_home())
        home = self.player.home()
        assert home is not None
        return home

    async def files(self) -> Mapping[str, bytes]:
        """Name → content of what the bot has handed to them, with a yes to whatever it offers."""
        while await self.player.accepts_file():
            await self.stage.settle()
            self.stage.world.move_to(self.stage.world.now() + A_MOMENT)
        return {file.name: file.content for file in self.player.files()}

    async def comes(self) -> None:
        """Where people add the app themselves, they do so first."""
        if await self.player.comes():
            await self.stage.settle()

    async def _did(self, outcome: Outcome) -> None:
        assert outcome.notice is None, outcome.notice
        await self.stage.settle()
        self.stage.world.move_to(self.stage.world.now() + A_MOMENT)


class Stage:
    """A company, its workspace, and the bot in it."""

    def __init__(
        self, database_url: str, start: datetime, platform: Where = Where.SLACK, *, chats: bool = False
    ) -> None:
        self.database_url = database_url
        self.platform = platform
        self.chats = chats
        """Whether Teams has been permitted to make group chats."""
        self.world = StillWorld(start)
        times = Times(
            now=self.world.now,
            real=lambda: World().now().timestamp(),
            limits=lambda: self.world.now().timestamp(),
            sleep=World().sleep,
        )
        new_id = World().new_id
        # How long a platform waits is for the benchmark; what a story tells does not depend on a busy machine.
        self.workspace = Workspace(company=COMPANY, times=times, new_id=new_id, ack_seconds=60)
        self.tenant = Tenant(company=TENANT, times=times, new_id=new_id, ack_seconds=60)
        self.key = base64.urlsafe_b64encode(World().new_key()).decode()
        self.app: App

    async def raise_curtain(self, *, port: int = 0, **settings: str) -> None:
        """Start the bot."""
        values: Mapping[str, object] = {
            "database_url": self.database_url,
            "port": port,
            **(self._slack() if self.platform is not Where.TEAMS else {}),
            **(self._teams() if self.platform is not Where.SLACK else {}),
            "mentor_owners": f"{COORDINATOR},{object_id(COMPANY, COORDINATOR)}",
            "mentor_keys": SecretStr(self.key),
            **settings,
        }
        chosen = Settings.model_validate(values)
        self.app = build(chosen, self.world, platforms(chosen))
        await self.app.open()
        here = f"http://127.0.0.1:{self.app.server.port}"
        self.workspace.app_url, self.tenant.app_url = f"{here}/slack/events", f"{here}/api/messages"

    def _slack(self) -> Mapping[str, object]:
        over_sockets = {"slack_app_token": SecretStr(self.workspace.app_token)}
        over_http = {"slack_signing_secret": SecretStr(self.workspace.signing_secret)}
        return {
            "slack_bot_token": SecretStr(self.workspace.token),
            "slack_api_url": self.workspace.api_url,
            **(over_sockets if self.workspace.sockets.on else over_http),
        }

    def _teams(self) -> Mapping[str, object]:
        return {
            "teams_app_id": self.tenant.company.app.id,
            "teams_app_password": SecretStr(self.tenant.password),
            "teams_tenant_id": self.tenant.company.id,
            "teams_login_url": self.tenant.login_url,
            "teams_openid_url": self.tenant.openid_url,
            "teams_service_hosts": self.tenant.service_host,
            **(self._graph() if self.chats else {}),
        }

    def _graph(self) -> Mapping[str, object]:
        return {"teams_catalog_app_id": self.tenant.catalog_app, "teams_graph_url": self.tenant.graph_url}

    async def restart(self) -> None:
        """Stop the process of the bot and start another one on the same database."""
        await self.app.stop()
        await self.raise_curtain()

    def actor(self, name: str) -> Actor:
        """By first name or id, as in the company's list."""
        for member in self.workspace.contents.members.values():
            first_names = (member.name.split()[0].casefold(), member.handle.split(".")[0])
            if name in (member.id, member.name) or name.casefold() in first_names:
                return Actor(self._player(member), self)
        raise LookupError(name)

    def _player(self, member: Member) -> Player:
        on_slack = self.platform is Where.SLACK or (self.platform is Where.BOTH and member.id in ON_SLACK)
        if on_slack:
            return OnSlack(self.workspace, member.id)
        return OnTeams(self.tenant, object_id(COMPANY, member.id))

    def addressed(self, words: str, *, by: Player) -> str:
        """Words of a command in which people of another platform than the speaker's stand by their address at work:
        there is nobody to mention."""
        for member in COMPANY.members:
            if type(self._player(member)) is not type(by):
                words = words.replace(f"@{member.name}", mail_of(member, domain=COMPANY.domain))
        return words

    @property
    def coordinator(self) -> Actor:
        """Who opens the programme."""
        return self.actor(COORDINATOR)

    def actors(self, *names: str) -> tuple[Actor, ...]:
        """Several at once."""
        return tuple(self.actor(name) for name in names)

    async def settle(self) -> None:
        """Let the bot finish what it does now, the pace of one message a second included."""
        await self._quiet()
        soon = self.world.now() + timedelta(seconds=20)
        await walk(self.app, _Until(self.world, soon), soon)
        await self._quiet()

    async def wait(self, *, weeks: int = 0, days: int = 0, hours: int = 0) -> None:
        """Let time pass, from due moment to due moment."""
        await self.wait_until(self.world.now() + timedelta(weeks=weeks, days=days, hours=hours))

    async def wait_until(self, moment: datetime) -> None:
        """Let time pass until then."""
        await walk(self.app, self.world, moment)
        await self._quiet()

    @property
    def has_groups(self) -> bool:
        """Whether the bot can bring a pair together in a conversation of the two."""
        return self.platform is Where.SLACK or (self.platform is Where.TEAMS and self.chats)

    @property
    def tells_titles(self) -> bool:
        """Whether the bot hears what those who learn are called at work."""
        return self.platform is Where.SLACK

    @property
    def first_call(self) -> Call:
        """By which the bot learns that somebody cannot be reached any more."""
        return Call.OPEN if self.platform is Where.SLACK else Call.POST

    def fails(self, call: Call, fault: Fault, *, times: int = 1, at: Actor | None = None) -> None:
        """The next calls of this kind go wrong on every platform, or on the one where this person is."""
        on_slack, on_teams = CALLS[call]
        if at is None or isinstance(at.player, OnSlack):
            self.workspace.faults.on(on_slack, fault, times=times)
        if (at is None or isinstance(at.player, OnTeams)) and on_teams:
            self.tenant.faults.on(on_teams, fault, times=times)

    def hires(self, newcomer: Member) -> Actor:
        """Somebody who begins in the company today, with an account on every platform that it has."""
        self.workspace.contents.members[newcomer.id] = newcomer
        self.tenant.change_member(replace(newcomer, id=object_id(COMPANY, newcomer.id)))
        return self.actor(newcomer.id)

    async def renames(self, name: str, *, to: str, title: str) -> None:
        """Somebody has another name and title from now on. Slack says so; Teams lets it be seen with their next act."""
        player = self.actor(name).player
        changed = replace(player.member, name=to, title=title)
        if isinstance(player, OnTeams):
            self.tenant.change_member(changed)
        else:
            await acts.change_member(self.workspace, changed)
        await self.settle()

    async def closes_account(self, name: str) -> None:
        """Slack says that this account is deactivated; Teams says nothing."""
        player = self.actor(name).player
        if isinstance(player, OnTeams):
            player.leaves_the_company()
        else:
            await acts.deactivate(self.workspace, player.id)
        await self.settle()

    async def _quiet(self) -> None:
        for platform in self.app.platforms:
            await platform.settled()
        await self.workspace.settled()
        await self.tenant.settled()


@dataclass(slots=True)
class _Until:
    """A clock for settling: it moves to what is due soon, but not to the end of the time that it was given."""

    world: StillWorld
    end: datetime

    def now(self) -> datetime:
        """The story's time."""
        return self.world.now()

    def move_to(self, moment: datetime) -> None:
        """Forward, unless it is what ends the walk: something may be due at the same moment."""
        if moment is not self.end:
            self.world.move_to(moment)


@asynccontextmanager
async def staged(
    database_url: str,
    start: datetime = MONDAY_MORNING,
    *,
    platform: Where = Where.SLACK,
    sockets: bool = False,
    chats: bool = False,
) -> AsyncIterator[Stage]:
    """A stage for one story, with Slack over HTTP or over Socket Mode, and with Teams that permits group chats or does
    not; at its end nothing was sent that would have been refused."""
    stage = Stage(database_url, start, platform, chats=chats)
    stage.workspace.sockets.on = sockets
    stage.tenant.granted.update(GRANTED if chats else ())
    serving = await server.serve(stage.workspace, tenant=stage.tenant)
    try:
        await stage.raise_curtain()
        try:
            yield stage
        finally:
            await stage.app.stop()
    finally:
        await serving.stop()
    assert [stage.workspace.refused, stage.tenant.refused] == [[], []]
