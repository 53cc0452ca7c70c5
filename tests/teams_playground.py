"""The bot in Microsoft's Agents Playground, with somebody at the browser; teams_playground.sh starts it, not pytest."""

import asyncio
import base64
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from playwright.async_api import Locator, Page, Route, async_playwright, expect

from bot.migrating import migrate
from bot.playground.teams.keys import ISSUER, Keys
from flows.programme import Cohort, CohortState, Design, Programme
from storage.database import open_database
from storage.sealing import Keyring
from storage.store import Store
from tests.browser.conftest import SWITCHES

Json = dict[str, Any]

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "teams-playground.png"
FAILED = PICTURE.parents[2] / "artifacts" / "teams-playground-failed.png"
APP_ID = "2f6a1c04-93f1-4d0e-8a57-3f0f5f6f7d21"
TENANT = "5c9c2d1e-6f0a-4c7e-9a0c-2f4d8f1b7a10"
CARD = "application/vnd.microsoft.card.adaptive"
PATIENCE = 30
"""Seconds that a busy machine may take for what takes a blink."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One activity that the Playground sent, and what the bot answered."""

    activity: Json
    status: int
    answer: Json

    @property
    def kind(self) -> str:
        return str(self.activity.get("name") or self.activity["type"])


class Cloud:
    """What stands between Teams and a bot, and the Playground lacks: tokens both ways and the keys to check them with.
    It hands each activity on to the bot with a token as Microsoft signs it, and notes the answer."""

    def __init__(self, bot: str) -> None:
        self._bot = bot
        self._signing = Keys(real=time.time)
        self._delivered: list[Delivered] = []
        self._news = asyncio.Condition()
        self.address = ""

    async def delivered(self, kind: str) -> Delivered:
        """The first activity of this kind, once it was answered; it is not told again."""
        async with asyncio.timeout(PATIENCE), self._news:
            while True:
                for one in self._delivered:
                    if one.kind == kind:
                        self._delivered.remove(one)
                        print(f"{kind}: {one.status}")
                        return one
                await self._news.wait()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/api/messages", self._hand_on)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
        await runner.cleanup()

    async def _openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.address}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response(self._signing.key_set())

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": "of the playground"})

    async def _hand_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        activity = json.loads(body)
        token = self._signing.signed(app=APP_ID, service_url=activity["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            answer = await client.post(f"{self._bot}/api/messages", content=body, headers=headers)
        async with self._news:
            said = json.loads(answer.content) if answer.content else {}
            self._delivered.append(Delivered(activity, answer.status_code, said))
            self._news.notify_all()
        return web.Response(body=answer.content, status=answer.status_code, content_type="application/json")


def company() -> Json:
    """The Playground's persons; it ends at once unless there are exactly five beside the one who plays."""
    names = ("Ines Duarte", "Mira Okafor", "Emre Aydin", "Priya Nair", "Jonas Weber", "Lea Martin")
    ines, *others = (
        {
            "id": f"29:{number}",
            "name": name,
            "userPrincipleName": f"{name.split()[0].lower()}@example.com",
            "aadObjectId": f"00000000-0000-4000-8000-00000000000{number}",
            "givenName": name.split()[0],
            "surname": name.split()[1],
            "email": f"{name.split()[0].lower()}@example.com",
        }
        for number, name in enumerate(names)
    )
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": f"28:{APP_ID}", "name": "Alongside"},
        "currentUser": ines,
        "users": others,
        "personalChat": {"id": "a:personal"},
        "groupChat": {"id": "19:group@thread.v2", "name": "Group chat"},
        "team": {
            "id": "19:general@thread.tacv2",
            "name": "Everybody",
            "aadGroupId": "00000000-0000-4000-8000-000000000010",
            "channels": [{"id": "19:mentoring@thread.tacv2", "name": "Mentoring"}],
        },
    }


def found_programme(url: str, key: bytes) -> None:
    """A database in which a programme is open, so that there is something to join."""
    now = datetime.now(UTC)
    cohort = Cohort("c1", "p1", "Mentoring", CohortState.OPEN, (now + timedelta(weeks=3)).date(), opened_at=now)
    with closing(open_database(url)) as database:
        migrate(database)
        with database.transaction() as connection:
            Store(connection, Keyring((key,), lambda: os.urandom(12))).programmes.add(
                Programme("p1", "Mentoring", Design(), "", now), cohort
            )


def free_port() -> int:
    """The Playground cannot choose one itself and say which."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def running(command: Sequence[str], folder: Path, **environment: str) -> AsyncIterator[None]:
    """A program of ours until the end of the block; what it says goes where ours goes."""
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env={**os.environ, **environment})
    try:
        yield
        assert process.returncode is None, f"{command[0]} ended by itself"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def answers(url: str) -> None:
    """Wait until something answers at this address."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)


async def stay_here(route: Route) -> None:
    """The page would fetch fonts from Microsoft; it does without."""
    here = httpx.URL(route.request.url).host in {"127.0.0.1", "localhost"}
    await (route.continue_() if here else route.abort())


def button(page: Page, label: str) -> Locator:
    return page.get_by_role("button", name=label, exact=True)


async def sees(page: Page, words: str) -> None:
    await expect(page.get_by_text(words).last).to_be_visible(timeout=PATIENCE * 1000)


async def says(page: Page, words: str) -> None:
    await page.locator("[contenteditable=true]").first.fill(words)
    await button(page, "Send Message").click()


async def presses(page: Page, cloud: Cloud, label: str) -> None:
    """Press a button; it is answered with a card in the place of the one on which it stood."""
    await button(page, label).last.click()
    done = await cloud.delivered("adaptiveCard/action")
    assert (done.status, done.answer["statusCode"], done.answer["type"]) == (200, 200, CARD), done
    await expect(button(page, label)).to_have_count(0, timeout=PATIENCE * 1000)


async def play(page: Page, cloud: Cloud) -> None:
    """Ines installs the app, joins, and answers the first questions with buttons, a form and a typed number."""
    for kind in ("installationUpdate", "conversationUpdate"):
        assert (await cloud.delivered(kind)).status == 200
    await sees(page, "Mentoring runs in this chat.")
    await says(page, "join")
    assert (await cloud.delivered("message")).status == 200
    await sees(page, "May we keep your answers?")
    await presses(page, cloud, "I agree")
    await sees(page, "You agreed that we keep your answers.")
    await sees(page, "How would you like to take part?")
    await presses(page, cloud, "Learn from somebody")
    await page.get_by_text("Peer: somebody at my level").last.click()
    await presses(page, cloud, "Save")
    await sees(page, "Mentoring I wish for: Peer: somebody at my level")
    await sees(page, "How many hours a month can you give to it?")
    await says(page, "2")
    assert (await cloud.delivered("message")).status == 200
    await sees(page, "Hours a month: 2")
    await sees(page, "What would you like to get better at?")
    await page.screenshot(path=PICTURE)


async def main(playground: str) -> None:
    bot_port, page_port = free_port(), free_port()
    bot, page_address = f"http://127.0.0.1:{bot_port}", f"http://127.0.0.1:{page_port}"
    cloud, key = Cloud(bot), os.urandom(32)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alongside-teams-")))
        await stack.enter_async_context(cloud.open())
        settings: Mapping[str, str] = {
            "DATABASE_URL": f"sqlite:///{folder / 'alongside.db'}",
            "PORT": str(bot_port),
            "MENTOR_KEYS": base64.urlsafe_b64encode(key).decode(),
            "TEAMS_APP_ID": APP_ID,
            "TEAMS_APP_PASSWORD": "of the playground",
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_LOGIN_URL": cloud.address,
            "TEAMS_OPENID_URL": f"{cloud.address}/openid",
            "TEAMS_SERVICE_HOSTS": f"127.0.0.1:{page_port}",
        }
        found_programme(settings["DATABASE_URL"], key)
        await stack.enter_async_context(running([sys.executable, "-m", "bot", "serve"], Path.cwd(), **settings))
        await answers(f"{bot}/readyz")
        # JSON is YAML, too.
        (folder / ".m365agentsplayground.yml").write_text(json.dumps(company()), encoding="utf-8")
        options = ["--channel-id", "msteams", "--port", str(page_port), "--disable-telemetry"]
        options += ["--app-endpoint", f"{cloud.address}/api/messages", "--service-url", f"{page_address}/_connector"]
        await stack.enter_async_context(running([playground, *options], folder))
        await answers(page_address)
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=list(SWITCHES)
        )
        page = await browser.new_page(viewport={"width": 1280, "height": 1560})
        await page.route("**/*", stay_here)
        await page.goto(page_address)
        try:
            await play(page, cloud)
        except BaseException:
            await page.screenshot(path=FAILED)
            raise
        await browser.close()
    print(f"The Playground took everything; see {PICTURE.relative_to(Path.cwd())}.")


if __name__ == "__main__":
    asyncio.run(main(str(Path(sys.argv[1]).absolute())))
