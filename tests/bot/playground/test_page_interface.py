"""The page's side: what it is told, what it may ask for, and who is kept out."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import page_state
from bot.playground.company import COMPANY
from bot.playground.server import Server, serve
from bot.playground.times import Times
from bot.playground.web import Stagehands
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import Hands, open_dm
from tests.bot.playground.test_acts import LETTER, actions, button, field

Json = dict[str, Any]


class Page:
    """What the browser's script does, without a browser."""

    def __init__(self, workspace: Workspace, session: ClientSession) -> None:
        self._address = workspace.address
        self._session = session

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self._session.get(self._address + path, headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if response.content_type == "application/json" else text

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        data = body if isinstance(body, str) else json.dumps(body)
        async with self._session.post(self._address + path, data=data, headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if response.content_type == "application/json" else text

    async def act(self, kind: str, **more: Any) -> Json:
        status, answer = await self.post("/playground/act", {"as": "U0INES", "kind": kind, **more})
        assert status == 200, answer
        assert isinstance(answer, dict)
        return answer

    async def cannot(self, kind: str, **more: Any) -> str:
        status, answer = await self.post("/playground/act", {"as": "U0INES", "kind": kind, **more})
        assert (status, answer["ok"]) == (400, False)
        return str(answer["error"])

    async def state(self, user: str = "U0INES") -> Json:
        status, answer = await self.get(f"/playground/state?as={user}")
        assert status == 200
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def page(workspace: Workspace, session: ClientSession) -> Page:
    return Page(workspace, session)


async def test_the_page_learns_who_can_be_played(page: Page) -> None:
    _, people = await page.get("/playground/people")
    assert people["players"] == ["U0INES", "U0MIRA", "U0PRIYA"]
    assert len(people["people"]) == 27
    assert people["people"][0]["plays"] == "mentee"
    assert people["app"]["commands"] == ["/mentor", "/mentor-admin"]
    assert people["now"] == "2026-05-11T08:00:00+00:00"
    assert (await page.get("/playground/state?as=U0NOBODY"))[0] == 400


async def test_the_direct_message_with_the_app_is_there_before_it_is_opened(page: Page, app: AsyncApp) -> None:
    first = (await page.state())["conversations"][0]
    assert (first["kind"], first["name"], first["messages"]) == ("dm", "Alongside", [])

    @app.event("message")
    async def on_message(say: Any) -> None:
        await say("Hello Ines.")

    answer = await page.act("say", channel=first["id"], text="hi")
    assert (answer["told_app"], answer["status"]) == (True, 200)
    texts = [m["text"] for m in (await page.state())["conversations"][0]["messages"]]
    assert texts == ["hi", "Hello Ines."]


async def test_unread_messages_are_counted_until_they_are_read(page: Page, client: AsyncWebClient) -> None:
    channel = await open_dm(client, "U0INES")
    await client.chat_postMessage(channel=channel, text="one")
    await client.chat_postMessage(channel=channel, text="two")
    assert (await page.state())["conversations"][0]["unread"] == 2
    await page.act("read", channel=channel)
    assert (await page.state())["conversations"][0]["unread"] == 0


async def test_a_button_and_a_field_are_worked_from_the_page(page: Page, app: AsyncApp, client: AsyncWebClient) -> None:
    heard: list[Json] = []

    @app.action("send")
    async def on_send(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    channel = await open_dm(client, "U0INES")
    name = field("Name", {"type": "plain_text_input", "action_id": "name"}, block_id="n")
    await client.chat_postMessage(channel=channel, text="Who?", blocks=[name, actions(button("Send", "send"))])
    message = (await page.state())["conversations"][0]["messages"][0]
    where = {"channel": channel, "ts": message["ts"]}

    answer = await page.act("set", where=where, block_id="n", action_id="name", value="Ines")
    assert answer["told_app"] is False
    await page.act("press", where=where, block_id=message["blocks"][1]["block_id"], action_id="send")

    assert heard[0]["state"]["values"]["n"]["name"]["value"] == "Ines"
    assert (await page.state())["conversations"][0]["messages"][0]["values"]["n"]["name"]["value"] == "Ines"


async def test_a_modal_is_sent_with_all_its_values_at_once(page: Page, app: AsyncApp, client: AsyncWebClient) -> None:
    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=LETTER)
        await ack()

    @app.view("letter")
    async def on_letter(ack: Any, view: Json) -> None:
        short = len(view["state"]["values"]["letter"]["text"]["value"]) < 10
        await (ack(response_action="errors", errors={"letter": "Longer, please."}) if short else ack())

    await page.act("say", channel="C0GENERAL", text="/mentor letter")
    (modal,) = (await page.state())["modals"]
    answer = await page.act("submit", view=modal["id"], values={"letter": {"text": "short"}})
    assert answer["errors"] == {"letter": "Longer, please."}
    (modal,) = (await page.state())["modals"]
    assert modal["errors"] == {"letter": "Longer, please."}
    assert modal["values"]["letter"]["text"]["value"] == "short"
    await page.act(
        "submit", view=modal["id"], values={"letter": {"text": "Dear me, a year on"}, "when": {"date": "2027-05-14"}}
    )
    assert (await page.state())["modals"] == []


async def test_a_file_goes_with_the_form_and_its_address_comes_along(
    page: Page, app: AsyncApp, client: AsyncWebClient
) -> None:
    taken: list[Json] = []
    asked = field("A table", {"type": "file_input", "action_id": "file", "filetypes": ["csv"]}, block_id="table")

    @app.command("/mentor")
    async def on_mentor(ack: Any, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=LETTER | {"blocks": [asked]})
        await ack()

    @app.view("letter")
    async def on_letter(ack: Any, view: Json) -> None:
        taken.extend(view["state"]["values"]["table"]["file"]["files"])
        await ack()

    await page.act("say", channel="C0GENERAL", text="/mentor letter")
    (modal,) = (await page.state())["modals"]
    wrong = {"table": {"file": {"name": "people.pdf", "text": "x"}}}
    assert await page.cannot("submit", view=modal["id"], values=wrong) == "“A table” takes csv."
    missing = await page.act("submit", view=modal["id"], values={"table": {"file": None}})
    assert missing["errors"] == {"table": "Please complete this required field."}
    await page.act("submit", view=modal["id"], values={"table": {"file": {"name": "people.csv", "text": "a,b"}}})
    assert [(file["name"], file["size"]) for file in taken] == [("people.csv", 3)]


async def test_acts_that_make_no_sense_are_answered_with_a_sentence(page: Page, client: AsyncWebClient) -> None:
    channel = await open_dm(client, "U0MIRA")
    ts = (await client.chat_postMessage(channel=channel, text="Hi", blocks=[actions(button("Go", "go"))]))["ts"]
    theirs = {"channel": channel, "ts": ts}
    assert await page.cannot("dance") == "There is no act dance."
    assert await page.cannot("say", channel=channel, text="hi") == f"There is no conversation {channel} to write to."
    assert await page.cannot("say", channel="C0GENERAL", text="  ") == "There is nothing to send."
    assert await page.cannot("press", where=theirs, block_id="b", action_id="go") == (
        "That conversation belongs to others."
    )
    assert await page.cannot("press", where={"view": "V0"}, block_id="b", action_id="a") == (
        "That window is no longer open."
    )
    assert await page.cannot("close", view="V0") == "That window is no longer open."
    assert await page.cannot("submit", view=7) == "The act needs view, a string."
    assert await page.cannot("press") == "The act needs where, an object."
    assert (await page.post("/playground/act", "not json"))[0] == 400
    assert (await page.post("/playground/act", {"as": "U0NOBODY", "kind": "read"}))[0] == 400


async def test_the_wire_shows_both_directions(page: Page, app: AsyncApp) -> None:
    @app.command("/mentor")
    async def on_mentor(ack: Any, client: AsyncWebClient, command: Json) -> None:
        await client.users_info(user=command["user_id"])
        await ack("Hello")

    await page.act("say", channel="C0GENERAL", text="/mentor status")
    _, wire = await page.get("/playground/wire")
    assert [(c["name"], c["direction"], c["status"]) for c in wire["calls"]] == [
        ("/mentor", "to_app", 200),
        ("users.info", "from_app", 200),
        ("auth.test", "from_app", 200),
    ]
    assert wire["calls"][0]["who"] == "U0INES"
    assert wire["calls"][0]["answer"] == "Hello"
    assert (await page.get(f"/playground/wire?after={wire['last']}"))[1]["calls"] == []
    assert (await page.get("/playground/wire?after=x"))[0] == 400


async def test_changes_are_pushed_to_the_page(page: Page, workspace: Workspace, session: ClientSession) -> None:
    async with session.get(f"{workspace.address}/playground/events") as stream:
        assert await stream.content.readline() == b": hello\n"
        await stream.content.readline()
        workspace.notify("U0INES", "Something happened.")
        line = await stream.content.readline()
    assert json.loads(line.removeprefix(b"data: ")) == {"changed": "notice", "for": ["U0INES"]}


async def test_a_foreign_site_is_kept_out(page: Page, workspace: Workspace) -> None:
    assert (await page.get("/playground/people", Host="evil.example"))[0] == 403
    assert (await page.get("/playground/people", Host="127.0.0.1.evil.example:80"))[0] == 403
    act = {"as": "U0INES", "kind": "read", "channel": "C0GENERAL"}
    assert (await page.post("/playground/act", act, Origin="https://evil.example"))[0] == 403
    assert (await page.post("/playground/act", act, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
    assert (await page.post("/playground/act", act, Origin=workspace.address))[0] == 200
    host = workspace.address.replace("http://127.0.0.1", "localhost")
    assert (await page.get("/playground/people", Host=host))[0] == 200


async def test_the_page_itself_comes_from_its_folder(page: Page) -> None:
    status, text = await page.get("/")
    assert status == 200
    assert "<html" in text
    assert (await page.get("/page/../web.py"))[0] == 404
    assert (await page.get("/page/%2e%2e/web.py"))[0] in {403, 404}


async def test_an_uploaded_file_can_be_fetched(page: Page, client: AsyncWebClient) -> None:
    channel = await open_dm(client, "U0INES")
    await client.files_upload_v2(channel=channel, filename="report.csv", title="Report", content="name,value\n")
    (file,) = (await page.state())["conversations"][0]["messages"][0]["files"]
    assert (file["name"], file["size"]) == ("report.csv", 11)
    status, content = await page.get(file["url"])
    assert (status, content) == (200, "name,value\n")
    assert (await page.get("/files/F0NONE/x.csv"))[0] == 404


@pytest.fixture
async def walked(hands: Hands, new_id: Any) -> AsyncIterator[tuple[Workspace, list[str], asyncio.Event]]:
    """A workspace whose clock the page may move; the walk waits for the event."""
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    workspace = Workspace(company=COMPANY, times=times, new_id=new_id)
    asked: list[str] = []
    go_on = asyncio.Event()

    async def move(to: str) -> None:
        asked.append(to)
        await go_on.wait()
        hands.later(days=7)

    async def reset() -> None:
        asked.append("reset")
        workspace.reset()

    server: Server = await serve(workspace, stagehands=Stagehands(move_clock=move, reset=reset))
    yield workspace, asked, go_on
    await server.stop()


async def test_the_clock_walks_once_at_a_time(
    walked: tuple[Workspace, list[str], asyncio.Event], session: ClientSession
) -> None:
    workspace, asked, go_on = walked
    page = Page(workspace, session)
    walking = asyncio.ensure_future(page.post("/playground/clock", {"to": "+1-week"}))
    await workspace.until(lambda: asked == ["+1-week"])
    assert (await page.get("/playground/people"))[1]["busy"] is True
    assert (await page.post("/playground/clock", {"to": "end"}))[0] == 409
    go_on.set()
    assert (await walking)[1] == {"ok": True, "now": "2026-05-18T08:00:00+00:00"}
    assert (await page.get("/playground/people"))[1]["busy"] is False
    assert (await page.post("/playground/clock", {"to": "yesterday"}))[0] == 400


async def test_a_reset_brings_the_first_day_back(
    walked: tuple[Workspace, list[str], asyncio.Event], session: ClientSession
) -> None:
    workspace, _, _ = walked
    page = Page(workspace, session)
    token = workspace.token
    await page.act("say", channel="C0GENERAL", text="hello everybody")
    assert workspace.contents.messages["C0GENERAL"]
    assert (await page.post("/playground/reset", {}))[0] == 200
    assert workspace.contents.messages == {}
    assert workspace.token == token


async def test_without_an_assembly_the_clock_stands(page: Page) -> None:
    assert (await page.post("/playground/clock", {"to": "end"}))[0] == 400
    assert (await page.post("/playground/reset", {}))[0] == 400


def test_the_readme_names_every_field_of_a_message_and_a_view(workspace: Workspace) -> None:
    readme = (Path(page_state.__file__).parent / "README.md").read_text()
    people = page_state.people(workspace, busy=False)
    told = page_state.seen_by(workspace, "U0INES", busy=False)
    names = {*people, *people["people"][0], *told, *told["conversations"][0]}
    assert {n for n in names if f'"{n}"' not in readme} == set()
