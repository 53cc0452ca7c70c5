"""The Teams pane in a real browser: what the bot draws is read, filled in and pressed there, beside panes of Slack."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.playground.company import COMPANY
from bot.playground.server import serve
from bot.playground.teams.company import TENANT
from bot.playground.teams.tenant import Tenant
from bot.playground.times import Times
from bot.playground.workspace import Workspace
from bot.teams import render
from flows.voice import gallery
from flows.voice.say import ENGLISH, Say
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import TinyBot, button, buttons, card, text, with_card, with_words
from tests.bot.playground.test_page import NAMELESS, SWITCHES

pytestmark = pytest.mark.browser
ARTIFACTS = Path(__file__).parents[4] / "artifacts" / "page"
CHOICES = [{"title": "Data", "value": "d"}, {"title": "People", "value": "p"}]


@pytest.fixture
async def tenant(hands: Hands, new_id: Callable[[], str]) -> AsyncIterator[Tenant]:
    """One that shares its page with a Slack workspace."""
    times = Times(now=lambda: hands.now, real=hands.real, limits=lambda: hands.limits, sleep=hands.sleep)
    made = Tenant(company=TENANT, times=times, new_id=new_id)
    server = await serve(Workspace(company=COMPANY, times=times, new_id=new_id), tenant=made)
    yield made
    await server.stop()


@pytest.fixture
async def page(tenant: Tenant, bot: TinyBot) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=list(SWITCHES)
        )
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page = await context.new_page()
        page.set_default_timeout(20_000)
        wrong: list[str] = []
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(tenant.address)
        yield page
        await browser.close()
    assert wrong == []


async def test_a_form_is_filled_in_and_sent_in_the_pane(page: Page, bot: TinyBot) -> None:
    pane = page.get_by_role("region", name="As Ines Duarte, in Teams")
    slack = page.get_by_role("region", name="As Mira Okafor")
    await expect(pane).to_be_visible()
    await expect(slack).to_be_visible()
    await pane.get_by_role("textbox").fill("mentor join")
    await pane.get_by_role("button", name="Send").click()
    await expect(pane.get_by_role("article").last).to_contain_text("mentor join")
    name = {"type": "Input.Text", "id": "f0.name", "label": "Your name", "isRequired": True, "errorMessage": "A name"}
    topics = {"type": "Input.ChoiceSet", "id": "f0m.t", "label": "Topics", "isMultiSelect": True, "choices": CHOICES}
    chat = bot.heard[-1]["conversation"]["id"]
    await bot.sends(chat, card(text("Who are **you**?"), name, topics, buttons(button("Save", "x", style="positive"))))
    await expect(pane.locator("strong", has_text="you")).to_be_visible()
    await pane.get_by_role("button", name="Save").click()
    await expect(pane.get_by_role("alert")).to_have_text("A name")
    await pane.get_by_label("Your name").fill("Ines")
    await pane.get_by_label("Data").check()
    await pane.get_by_label("People").check()
    bot.answer = lambda _: with_card(card(text("Hello Ines"), buttons(button("Again", "y"))))
    await pane.get_by_role("button", name="Save").click()
    await expect(pane).to_contain_text("Hello Ines")
    data = bot.heard[-1]["value"]["action"]["data"]
    assert (data["f0.name"], data["f0m.t"]) == ("Ines", "d,p")
    bot.answer = lambda _: with_words("Already done.")
    await pane.get_by_role("button", name="Again").click()
    await expect(pane.get_by_role("status")).to_contain_text("Already done.")
    assert bot.tenant.refused == []


async def test_every_message_of_the_gallery_is_drawn(page: Page, bot: TinyBot) -> None:
    pane = page.get_by_role("region", name="As Ines Duarte, in Teams")
    await pane.get_by_role("textbox").fill("mentor")
    await pane.get_by_role("textbox").press("Enter")
    await expect(pane.get_by_role("article")).to_have_count(1)
    chat = bot.heard[-1]["conversation"]["id"]
    examples = gallery.examples(Say(ENGLISH, "Europe/Lisbon"))
    shown = ["introduction.mentee", "question.choices", "letters.form", "reports.report", "welcome"]
    names = [name for name in examples if name in shown] + list(examples)[::29]
    for name in names:
        bot.tenant.limits.forget()
        sent = await bot.sends(chat, render.message(examples[name].message))
        assert sent.status_code == 201, (name, sent.text)
    await expect(pane.get_by_role("article")).to_have_count(1 + len(names))
    tree = await pane.aria_snapshot()
    assert NAMELESS.findall(tree) == []
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / "teams.png")
