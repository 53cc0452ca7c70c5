"""The page in a real browser, on the real workspace with a tiny app; found by role and label, as screen readers do."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.company import COMPANY
from bot.playground.server import serve
from bot.playground.times import Times
from bot.playground.web import Stagehands
from bot.playground.workspace import Workspace
from bot.slack import render
from bot.slack.origin import Origin
from flows.voice import gallery
from flows.voice.message import (
    Action,
    Button,
    Buttons,
    ChoiceField,
    Form,
    Heading,
    Message,
    Option,
    Paragraph,
    Plain,
    TableField,
)
from flows.voice.message import TextField as Text
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Place
from tests.bot.examples import EXAMPLES
from tests.bot.playground.conftest import Hands, open_dm

pytestmark = pytest.mark.browser

ARTIFACTS = Path(__file__).parents[3] / "artifacts" / "page"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMELESS = re.compile(
    r"^ *- (?:button|checkbox|combobox|dialog|figure|img|link|log|option|radio|radiogroup|region|searchbox|tab|textbox)"
    r'\b(?! ").*$',
    re.MULTILINE,
)
"""Lines of an accessibility tree with a control or place that has no name."""
HERE = Origin(Place.PRIVATE)
NAUGHTY = "<img src=x onerror=document.title='taken'> *bold* _slanted_ <!channel> & &lt;b&gt; `code` :tada: مرحبا"
LETTER = Message(
    "My letter",
    (
        Heading("My letter"),
        Form(
            (
                Text("letter", "Dear me", hint="Only you can read this.", limit=3000, long=True),
                ChoiceField(
                    "open", "When may it be opened?", (Option("last", "Our last conversation"),), optional=True
                ),
            ),
            Button("Seal it", Action("letter.seal")),
        ),
    ),
)
INTRODUCTION = Message(
    "You and Mira are matched",
    (
        Paragraph((Plain("You and Mira are matched."),)),
        Buttons((Button("Say hello", Action("match.hello")), Button("Not yet", Action("match.later")))),
    ),
)


@dataclass(slots=True)
class Visit:
    """A browser window on the page; `wrong` collects what the browser complains about."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def pane(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=f"As {name}", exact=True)

    def log(self, name: str) -> Locator:
        return self.pane(name).get_by_role("log")

    def composer(self, name: str) -> Locator:
        return self.pane(name).get_by_role("combobox", name="Message to")

    async def state(self, user: str) -> Any:
        answer = await self.page.request.get(f"/playground/state?as={user}")
        return await answer.json()

    async def say(self, name: str, text: str) -> None:
        await self.composer(name).fill(text)
        await self.composer(name).press("Enter")


Open = Callable[..., Awaitable[Visit]]
Send = Callable[[str, Message], Awaitable[None]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=list(SWITCHES)
        )
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, workspace: Workspace) -> AsyncIterator[Open]:
    """Opens the page; at the end the browser must not have complained about anything."""
    visits: list[Visit] = []

    async def opened(
        *, width: int = 1440, height: int = 900, scheme: Any = "light", address: str = "", states: Any = None
    ) -> Visit:
        context = await browser.new_context(
            base_url=address or workspace.address, viewport={"width": width, "height": height}, color_scheme=scheme
        )
        made = Visit(await context.new_page())
        made.page.set_default_timeout(5000)
        made.page.on("pageerror", lambda fault: made.wrong.append(str(fault)))
        made.page.on("console", lambda line: made.wrong.append(line.text) if line.type == "error" else None)
        if states:
            await made.page.route("**/playground/state?*", states)
        await made.page.goto(address or workspace.address)
        visits.append(made)
        return made

    yield opened
    assert [complaint for made in visits for complaint in made.wrong] == []


@pytest.fixture
def send(client: AsyncWebClient, hands: Hands) -> Send:
    """Posts a message to a person's direct message with the app, in time with the limits."""

    async def post(user: str, message: Message) -> None:
        hands.limits += 2
        await client.chat_postMessage(channel=await open_dm(client, user), **render.message(message))

    return post


def holds_table(message: Message) -> bool:
    """Whether it asks for a file."""
    return any(
        isinstance(field, TableField) for block in message.blocks if isinstance(block, Form) for field in block.fields
    )


async def test_everything_the_bot_can_say_is_drawn(
    workspace: Workspace, app: AsyncApp, client: AsyncWebClient, visit: Open, send: Send
) -> None:
    every = [*EXAMPLES.values(), *(e.message for e in gallery.examples(Say(ENGLISH, "Europe/Lisbon")).values())]
    # A file is attached in a dialog alone.
    said = [message for message in every if not holds_table(message)]
    for message in said:
        await send("U0INES", message)
    await client.views_publish(user_id="U0MIRA", view=render.home(EXAMPLES["every_field"]))
    here = await visit()

    await expect(here.log("Ines Duarte").get_by_role("article")).to_have_count(len(said))
    await here.pane("Mira Okafor").get_by_role("tab", name="Home").click()

    await expect(here.pane("Mira Okafor").get_by_role("textbox", name="Your title")).to_have_value("Analyst")
    await expect(here.page.get_by_text("This page cannot draw")).to_have_count(0)
    # Of some two hundred messages at once.
    tree = await here.page.get_by_role("main").aria_snapshot(timeout=60_000)
    assert NAMELESS.findall(tree) == []
    every_field = here.log("Ines Duarte").get_by_role("article").nth(list(EXAMPLES).index("every_field"))
    for label in ("Your title", "About you", "Hours a month", "Away until", "At"):
        await expect(every_field.get_by_label(label, exact=True)).to_be_visible()
    await expect(every_field.get_by_role("combobox", name="One skill")).to_have_value("skill-3")
    await expect(every_field.get_by_role("radio", name="Two hours a month")).to_be_checked()
    await expect(
        every_field.get_by_role("group", name="Some skills").get_by_role("checkbox", checked=True)
    ).to_have_count(2)
    await expect(every_field.get_by_role("combobox", name="A colleague")).to_contain_text("Mira Okafor")
    await expect(every_field.get_by_role("combobox", name="A channel")).to_contain_text("#general")


async def test_a_block_that_is_not_known_is_shown_and_named(app: AsyncApp, visit: Open) -> None:
    async def with_a_new_block(route: Route) -> None:
        answer = await route.fetch()
        seen = await answer.json()
        new = {"type": "hologram", "block_id": "new", "text": "Hello from 2031"}
        message = {
            "ts": "1.1",
            "at": seen["now"],
            "from": "U0ALONGSIDE",
            "text": "Hello",
            "blocks": [new],
            "values": {},
        }
        seen["conversations"][0]["messages"] = [{**message, "edited": False, "ephemeral": False, "files": []}]
        await route.fulfill(response=answer, json=seen)

    here = await visit(states=with_a_new_block)
    log = here.log("Ines Duarte")

    await log.get_by_text("This page cannot draw the hologram block").click()
    await expect(log).to_contain_text("Hello from 2031")


async def test_a_chart_carries_its_numbers(app: AsyncApp, visit: Open, send: Send) -> None:
    await send("U0PRIYA", EXAMPLES["report"])
    here = await visit()
    priya = here.log("Priya Nair")

    await expect(priya.get_by_role("img", name="Bar chart: Belonging")).to_be_visible()
    await priya.get_by_text("Show the numbers").click()
    await expect(priya.get_by_role("table", name="Belonging").get_by_role("row", name="Week 6 3.6 3.9")).to_be_visible()


async def test_what_people_type_is_shown_as_they_typed_it(app: AsyncApp, visit: Open, send: Send) -> None:
    await send("U0INES", Message("Quoted", (Heading(NAUGHTY[:60]), Paragraph((Plain(NAUGHTY),)))))
    here = await visit()
    await here.say("Ines Duarte", "<b>loud</b> & <script>document.title='taken'</script>")
    log = here.log("Ines Duarte")

    await expect(log.get_by_text(NAUGHTY, exact=True)).to_be_visible()
    await expect(log.get_by_text("<b>loud</b> & <script>document.title='taken'</script>", exact=True)).to_be_visible()
    await expect(log.locator("img, script, b")).to_have_count(0)
    await expect(here.page).to_have_title("Alongside · playground")


async def test_a_button_is_pressed_by_keyboard_alone_and_its_message_changes_in_place(
    client: AsyncWebClient, app: AsyncApp, visit: Open, send: Send
) -> None:
    @app.action("match.hello#0")
    async def on_press(ack: Any, body: dict[str, Any]) -> None:
        done = Message("You said hello", (Paragraph((Plain("You said hello to Mira."),)),))
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], **render.message(done))
        await ack()

    await send("U0INES", INTRODUCTION)
    here = await visit()
    await expect(here.pane("Ines Duarte").get_by_role("button", name="Say hello")).to_be_visible()
    await here.composer("Ines Duarte").focus()
    for _ in range(2):
        await here.page.keyboard.press("Shift+Tab")
    await expect(here.pane("Ines Duarte").get_by_role("button", name="Say hello")).to_be_focused()
    await here.page.keyboard.press("Enter")

    article = here.log("Ines Duarte").get_by_role("article")
    await expect(article).to_contain_text("You said hello to Mira.")
    await expect(article).to_have_count(1)
    await expect(article).to_be_focused()
    await expect(here.pane("Ines Duarte").get_by_role("button", name="Say hello")).to_have_count(0)


async def test_a_press_among_many_messages_leaves_them_where_they_are(
    client: AsyncWebClient, app: AsyncApp, visit: Open, send: Send
) -> None:
    @app.action("match.hello#0")
    async def on_press(ack: Any, body: dict[str, Any]) -> None:
        done = Message("You said hello", (Paragraph((Plain("You said hello to Mira."),)),))
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], **render.message(done))
        await ack()

    for n in range(40):
        await send("U0INES", INTRODUCTION if n == 15 else Message("Note", (Paragraph((Plain(f"Note {n}"),)),)))
    here = await visit()
    log = here.log("Ines Duarte")
    button = log.get_by_role("button", name="Say hello")
    await expect(log.get_by_text("Note 0", exact=True)).to_be_in_viewport()
    await log.hover()
    await here.page.mouse.wheel(0, 10_000)
    await expect(log.get_by_text("Note 39")).to_be_in_viewport()
    await expect(button).not_to_be_in_viewport()
    await button.scroll_into_view_if_needed()
    before = await log.get_by_text("Note 14").bounding_box()
    await button.click()

    await expect(log).to_contain_text("You said hello to Mira.")
    assert await log.get_by_text("Note 14").bounding_box() == before
    await log.dispatch_event("wheel")
    await send("U0INES", Message("Note", (Paragraph((Plain("Note 40"),)),)))
    await expect(log).to_contain_text("Note 40")
    await expect(log.get_by_text("Note 40")).not_to_be_in_viewport()
    await here.pane("Ines Duarte").get_by_role("button", name="New messages").click()
    await expect(log.get_by_text("Note 40")).to_be_in_viewport()


async def test_what_is_typed_in_a_form_survives_other_messages(
    workspace: Workspace, app: AsyncApp, visit: Open, send: Send
) -> None:
    await send("U0INES", EXAMPLES["every_field"])
    here = await visit()
    about = here.pane("Ines Duarte").get_by_label("About you")
    await about.fill("I like long")
    await about.press("End")
    await send("U0INES", INTRODUCTION)
    await expect(here.log("Ines Duarte").get_by_role("article")).to_have_count(2)
    await expect(about).to_be_focused()
    await here.page.keyboard.type(" walks")

    await expect(about).to_have_value("I like long walks")
    async with here.page.expect_response("**/playground/act") as told:
        await here.pane("Ines Duarte").get_by_label("Your title").focus()
    assert (await (await told.value).json())["ok"]
    assert "I like long walks" in str(await here.state("U0INES"))


async def test_a_refused_modal_keeps_what_was_written_and_says_what_would_help(
    app: AsyncApp, client: AsyncWebClient, visit: Open
) -> None:
    sealed: list[str] = []

    @app.command("/mentor")
    async def open_letter(ack: Any, body: dict[str, Any]) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=render.dialog(LETTER, HERE))
        await ack()

    @app.view("letter.seal")
    async def seal(ack: Any, body: dict[str, Any]) -> None:
        (block, held), *_ = body["view"]["state"]["values"].items()
        if len(held["letter"]["value"]) < 12:
            await ack(response_action="errors", errors={block: "One more sentence, please."})
            return
        sealed.append(held["letter"]["value"])
        await ack()

    here = await visit()
    ines = here.pane("Ines Duarte")
    await here.say("Ines Duarte", "/mentor letter")
    dialog = ines.get_by_role("dialog", name="My letter")
    letter = dialog.get_by_label("Dear me")
    await expect(letter).to_be_focused()
    await here.page.keyboard.type("Too short")
    await here.page.keyboard.press("Control+Enter")

    await expect(dialog.get_by_role("alert").filter(has_text="One more sentence, please.")).to_be_visible()
    await expect(letter).to_be_focused()
    await expect(letter).to_have_attribute("aria-invalid", "true")
    await expect(letter).to_have_value("Too short")
    await letter.fill("I hope that I ask for help sooner.")
    await dialog.get_by_role("button", name="Seal it").click()

    await expect(dialog).to_have_count(0)
    await expect(here.composer("Ines Duarte")).to_be_focused()
    assert sealed == ["I hope that I ask for help sooner."]


async def test_a_modal_holds_the_keyboard_until_escape_and_leaves_the_other_panes_free(
    app: AsyncApp, client: AsyncWebClient, visit: Open
) -> None:
    @app.command("/mentor")
    async def open_letter(ack: Any, body: dict[str, Any]) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=render.dialog(LETTER, HERE))
        await ack()

    here = await visit()
    await here.say("Ines Duarte", "/mentor letter")
    dialog = here.pane("Ines Duarte").get_by_role("dialog", name="My letter")
    await expect(dialog.get_by_label("Dear me")).to_be_focused()
    for _ in range(8):
        await here.page.keyboard.press("Tab")
        assert await dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    await here.say("Mira Okafor", "Hello there")
    await expect(here.log("Mira Okafor")).to_contain_text("Hello there")
    await expect(dialog).to_be_visible()

    await dialog.get_by_label("Dear me").press("Escape")
    await expect(dialog).to_have_count(0)


def plain(text: str) -> dict[str, Any]:
    """Slack's plain text object."""
    return {"type": "plain_text", "text": text}


def options(*texts: str) -> list[dict[str, Any]]:
    """Slack's options, whose value is their text in small letters."""
    return [{"text": plain(text), "value": text.lower()} for text in texts]


CONTROLS: list[dict[str, Any]] = [
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Your pair* meets <https://example.com|here> &amp; there\n&gt; quoted"},
        "fields": [{"type": "mrkdwn", "text": "_Day_"}, plain("Thursday")],
        "accessory": {"type": "overflow", "action_id": "more", "options": options("Pause", "Archive")},
    },
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "On <!date^1778486400^{date_short}|some day>"}]},
    {"type": "markdown", "text": "## Next\n1. **Write** first\n2. Meet\n\n- `code`"},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a < b"}]},
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "emoji", "name": "seedling"},
                    {"type": "text", "text": " struck", "style": {"strike": True, "italic": True}},
                    {"type": "channel", "channel_id": "C0GENERAL"},
                ],
            },
        ],
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "static_select",
                "action_id": "often",
                "placeholder": plain("How often"),
                "options": options("Weekly"),
            },
            {"type": "checkboxes", "action_id": "tick", "options": options("Online", "Here")},
            {"type": "radio_buttons", "action_id": "one", "options": options("Morning", "Evening")},
            {
                "type": "multi_static_select",
                "action_id": "some",
                "placeholder": plain("Topics"),
                "options": options("A", "B"),
            },
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Which day")},
            {"type": "timepicker", "action_id": "at", "placeholder": plain("At what time")},
            {"type": "users_select", "action_id": "who", "placeholder": plain("With whom")},
            {
                "type": "multi_users_select",
                "action_id": "all",
                "placeholder": plain("With all of"),
                "max_selected_items": 1,
            },
            {"type": "channels_select", "action_id": "where", "placeholder": plain("Which channel")},
        ],
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "leave",
                "text": plain("Leave"),
                "style": "danger",
                "confirm": {
                    "title": plain("Leave the programme?"),
                    "text": plain("Mira hears that you have left."),
                    "confirm": plain("Yes, leave"),
                    "deny": plain("Stay"),
                },
            }
        ],
    },
]


async def test_every_other_control_of_slack_tells_the_app(app: AsyncApp, client: AsyncWebClient, visit: Open) -> None:
    heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    @app.action(re.compile(""))
    async def on_action(ack: Any, body: dict[str, Any]) -> None:
        (pressed,) = body["actions"]
        held = [pressed[name] for name in pressed if name.startswith("selected_")]
        heard.put_nowait((pressed["action_id"], held[0] if held else None))
        await ack()

    async def told() -> tuple[str, Any]:
        action, held = await asyncio.wait_for(heard.get(), timeout=5)
        if isinstance(held, list):
            return action, [one["value"] if isinstance(one, dict) else one for one in held]
        return action, held["value"] if isinstance(held, dict) else held

    await client.chat_postMessage(channel=await open_dm(client, "U0INES"), text="All", blocks=CONTROLS)
    here = await visit()
    ines = here.log("Ines Duarte").get_by_role("article")

    await expect(ines.get_by_role("link", name="here")).to_have_attribute("href", "https://example.com")
    await expect(ines.get_by_role("blockquote")).to_have_text("quoted")
    await expect(ines).to_contain_text("On 11 May 2026")
    await expect(ines.get_by_role("heading", name="Next")).to_be_visible()
    await expect(ines.get_by_role("img", name="seedling")).to_be_visible()
    await expect(ines).to_contain_text("#general")

    await ines.get_by_role("combobox", name="How often").select_option("Weekly")
    assert await told() == ("often", "weekly")
    await ines.get_by_role("checkbox", name="Here").check()
    assert await told() == ("tick", ["here"])
    await ines.get_by_role("radio", name="Evening").check()
    assert await told() == ("one", "evening")
    await ines.get_by_role("group", name="Topics").get_by_role("checkbox", name="B").check()
    assert await told() == ("some", ["b"])
    await ines.get_by_label("Which day").fill("2026-05-14")
    assert await told() == ("day", "2026-05-14")
    await ines.get_by_label("At what time").fill("09:30")
    assert await told() == ("at", "09:30")
    await ines.get_by_role("combobox", name="With whom").select_option(label="Mira Okafor (Head of data platform)")
    assert await told() == ("who", "U0MIRA")
    await ines.get_by_role("combobox", name="Which channel").select_option("#lunch")
    assert await told() == ("where", "C0LUNCH")

    await ines.get_by_text("With all of", exact=True).click()
    await ines.get_by_role("searchbox", name="Search in With all of").fill("hiro")
    await ines.get_by_role("checkbox", name="Hiroshi Tanaka").check()
    assert await told() == ("all", ["U0HIROSHI"])
    await ines.get_by_role("searchbox", name="Search in With all of").fill("mira")
    await expect(ines.get_by_role("checkbox", name="Mira Okafor")).to_be_disabled()

    await ines.get_by_role("button", name="More: Your pair meets here").press("Enter")
    for key in ("ArrowDown", "Enter"):
        await here.page.keyboard.press(key)
    assert await told() == ("more", "archive")

    await ines.get_by_role("button", name="Leave").click()
    question = here.pane("Ines Duarte").get_by_role("alertdialog", name="Leave the programme?")
    await expect(question.get_by_role("button", name="Stay")).to_be_focused()
    await here.page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(ines.get_by_role("button", name="Leave")).to_be_focused()
    assert heard.empty()
    await here.page.keyboard.press("Enter")
    await question.get_by_role("button", name="Yes, leave").click()
    assert await told() == ("leave", None)


async def test_people_sit_side_by_side_and_see_what_concerns_them(
    app: AsyncApp, client: AsyncWebClient, visit: Open
) -> None:
    opened = await client.conversations_open(users="U0INES,U0MIRA")
    here = await visit()
    ines, mira = here.pane("Ines Duarte"), here.pane("Mira Okafor")
    await ines.get_by_role("tab", name="Mira Okafor").click()
    await here.say("Ines Duarte", "Hello Mira, does Thursday suit you?")

    await expect(mira.get_by_role("tab", name="Ines Duarte 1 unread")).to_be_visible()
    await mira.get_by_role("tab", name="Ines Duarte").click()
    await expect(here.log("Mira Okafor")).to_contain_text("Hello Mira, does Thursday suit you?")
    await expect(mira.get_by_role("tab", name="Ines Duarte", exact=True)).to_be_visible()
    await client.chat_postEphemeral(channel=opened["channel"]["id"], user="U0MIRA", text="A word for you alone")
    await expect(here.log("Mira Okafor").get_by_role("article").last).to_contain_text("Only visible to you")
    await expect(here.log("Ines Duarte")).not_to_contain_text("A word for you alone")

    await here.pane("Priya Nair").get_by_role("combobox", name="Play as").select_option("Hiroshi Tanaka")
    await expect(here.pane("Hiroshi Tanaka")).to_contain_text("17:00 in Tokyo")


async def test_commands_are_suggested_and_taken_by_keyboard(app: AsyncApp, visit: Open) -> None:
    heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @app.command("/mentor-admin")
    async def on_admin(ack: Any, body: dict[str, Any]) -> None:
        heard.set_result(body["text"])
        await ack()

    here = await visit()
    await here.composer("Priya Nair").fill("/")
    offers = here.pane("Priya Nair").get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(offers).to_have_text(["/mentor", "/mentor-admin"])
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await here.page.keyboard.press(key)
    await expect(here.composer("Priya Nair")).to_have_value("/mentor-admin ")
    await here.page.keyboard.type("report")
    await here.page.keyboard.press("Enter")

    await expect(here.composer("Priya Nair")).to_have_value("")
    assert await asyncio.wait_for(heard, timeout=5) == "report"


async def test_an_app_that_does_not_answer_is_told_to_the_one_who_asked(app: AsyncApp, visit: Open) -> None:
    here = await visit()
    await here.say("Ines Duarte", "/nothing")

    await expect(here.pane("Ines Duarte").get_by_role("status").filter(has_text="Only visible to you")).to_be_visible()


async def test_the_drawer_shows_each_request_without_what_is_private(
    workspace: Workspace, app: AsyncApp, client: AsyncWebClient, visit: Open
) -> None:
    @app.command("/mentor")
    async def open_letter(ack: Any, body: dict[str, Any]) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=render.dialog(LETTER, HERE))
        await ack()

    @app.view("letter.seal")
    async def seal(ack: Any) -> None:
        await ack()

    here = await visit()
    await here.say("Ines Duarte", "/mentor letter")
    dialog = here.pane("Ines Duarte").get_by_role("dialog", name="My letter")
    await dialog.get_by_label("Dear me").fill("Nobody else may read this")
    await dialog.get_by_role("button", name="Seal it").click()
    await here.page.get_by_role("button", name="What goes over the wire").click()
    drawer = here.page.get_by_role("complementary", name="What goes over the wire")
    await drawer.get_by_role("searchbox", name="Filter requests").fill("view_submission")
    await drawer.get_by_role("button", name="view_submission").click()

    await expect(drawer.get_by_role("region", name="Request", exact=True)).to_contain_text("private, 25 characters")
    await expect(drawer.get_by_role("listitem")).to_have_count(1)
    await expect(drawer).not_to_contain_text("Nobody else may read this")
    await here.page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()


@dataclass(slots=True)
class Season:
    """A playground whose clock can be walked; the walk waits for `gate`."""

    address: str
    gate: asyncio.Event


@pytest.fixture
async def season(hands: Hands, new_id: Any) -> AsyncIterator[Season]:
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    workspace = Workspace(company=COMPANY, times=times, new_id=new_id)
    first_day = hands.now
    gate = asyncio.Event()

    async def move_clock(to: str) -> None:
        await gate.wait()
        hands.later(weeks=1 if to == "+1-week" else 0)

    async def reset() -> None:
        hands.now = first_day
        workspace.reset()

    server = await serve(workspace, stagehands=Stagehands(move_clock=move_clock, reset=reset))
    yield Season(server.address, gate)
    await server.stop()


async def test_the_clock_walks_and_everything_can_start_over(season: Season, visit: Open) -> None:
    here = await visit(address=season.address)
    clock = here.page.get_by_role("region", name="Time in the programme")
    await expect(clock).to_contain_text("Monday 11 May 2026")
    await expect(clock).to_contain_text("09:00 in Lisbon")
    await here.pane("Ines Duarte").get_by_role("tab", name="lunch").click()
    await here.say("Ines Duarte", "Anybody for soup?")
    await expect(here.log("Ines Duarte")).to_contain_text("Anybody for soup?")
    await clock.get_by_role("button", name="+1 week").click()
    await expect(clock.get_by_role("button", name="+1 week")).to_have_attribute("aria-disabled", "true")
    season.gate.set()

    await expect(clock).to_contain_text("Monday 18 May 2026")
    await expect(here.page.get_by_role("status").filter(has_text="It is Monday 18 May 2026")).to_be_visible()
    await here.page.get_by_role("button", name="Start over").click()
    await here.page.get_by_role("dialog", name="Start over?").get_by_role("button", name="Start over").click()
    await expect(clock).to_contain_text("Monday 11 May 2026")
    await here.pane("Ines Duarte").get_by_role("tab", name="lunch").click()
    await expect(here.log("Ines Duarte")).to_contain_text("Nothing has been said in #lunch yet.")
    await here.page.close()


@pytest.mark.parametrize(
    ("name", "width", "height", "scheme"),
    [
        ("light", 1440, 900, "light"),
        ("dark", 1440, 900, "dark"),
        ("middle", 1024, 768, "light"),
        ("narrow", 390, 844, "light"),
    ],
)
async def test_the_page_fits_its_window(
    app: AsyncApp, visit: Open, send: Send, name: str, width: int, height: int, scheme: str
) -> None:
    await send("U0INES", EXAMPLES["introduction"])
    await send("U0MIRA", EXAMPLES["question"])
    await send("U0PRIYA", EXAMPLES["report"])
    here = await visit(width=width, height=height, scheme=scheme)
    await expect(here.log("Ines Duarte").get_by_role("article")).to_have_count(1)
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await here.page.screenshot(path=ARTIFACTS / f"{name}.png")

    assert await here.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = {"light": 3, "dark": 3, "middle": 2, "narrow": 1}[name]
    await expect(here.page.get_by_role("main").get_by_role("region", name="As ")).to_have_count(shown)
    if name == "narrow":
        await here.page.get_by_role("navigation", name="People shown").get_by_role("button", name="Priya").click()
        await expect(here.pane("Priya Nair")).to_be_visible()
        await expect(here.pane("Ines Duarte")).to_be_hidden()


async def test_three_things_to_try_are_put_away_for_good(app: AsyncApp, visit: Open) -> None:
    here = await visit()
    card = here.page.get_by_role("complementary", name="Three things to try")
    await card.get_by_role("button", name="Write /mentor join for the mentee").click()
    await expect(here.composer("Ines Duarte")).to_have_value("/mentor join")
    await card.get_by_role("button", name="Put this card away").click()
    await expect(card).to_be_hidden()
    await here.page.reload()
    await expect(here.composer("Ines Duarte")).to_be_visible()
    await expect(card).to_be_hidden()
