"""People add the app, write to it and press what it shows; the app hears what Teams would tell it."""

from typing import Any

import jwt
import pytest

from bot.playground.controls import NotPossible
from bot.playground.teams.deliver import Forgery, attempt, deliver
from bot.playground.teams.keys import signing_key
from bot.playground.teams.person import Person
from bot.playground.teams.seen import CONSENT, FILE_INFO
from tests.bot.playground.conftest import Hands
from tests.bot.playground.teams.conftest import TinyBot, button, buttons, card, says, text, with_card, with_words

Json = dict[str, Any]
NAME: Json = {"type": "Input.Text", "id": "f0.name", "label": "Your name", "maxLength": 20}
NEEDED = NAME | {"isRequired": True, "errorMessage": "Please write your name"}


async def shown(bot: TinyBot, person: Person, *body: Json) -> str:
    """The card in the person's chat; the id of its message."""
    await person.installs()
    sent = await bot.sends(await bot.opens(person.id), card(*body))
    assert sent.status_code == 201, sent.text
    bot.heard.clear()
    return str(sent.json()["id"])


async def test_adding_and_removing_the_app_is_told(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    installed, added = bot.heard
    assert (installed["type"], installed["action"]) == ("installationUpdate", "add")
    assert installed["from"] == {
        "id": bot.tenant.address_of(ines.id), "name": "Ines Duarte", "aadObjectId": ines.id,
    }  # fmt: skip
    assert installed["conversation"]["conversationType"] == "personal"
    assert installed["channelData"] == {"tenant": {"id": bot.tenant.company.id}}
    assert "localTimezone" not in installed
    assert (added["type"], added["membersAdded"]) == ("conversationUpdate", [{"id": bot.tenant.app_user}])
    await ines.uninstalls()
    assert bot.heard[-1]["action"] == "remove"
    with pytest.raises(NotPossible):
        await ines.uninstalls()


async def test_what_is_typed_comes_with_zone_and_language(bot: TinyBot, ines: Person) -> None:
    await ines.asks("/mentor", "join")
    assert [one["type"] for one in bot.heard] == ["installationUpdate", "conversationUpdate", "message"]
    said = bot.heard[-1]
    assert said["text"] == "mentor join"
    assert (said["locale"], said["localTimezone"]) == ("en-GB", "Europe/Lisbon")
    assert said["entities"][0]["timezone"] == "Europe/Lisbon"
    assert said["localTimestamp"].startswith("2026-05-11T09:00")
    assert bot.claims[-1]["serviceurl"] == said["serviceUrl"] == bot.tenant.service_url


async def test_whom_slack_would_mention_is_named_by_address(bot: TinyBot, ines: Person) -> None:
    await ines.asks("/mentor-admin", "pair @Mira Okafor @yusuf.karimov")
    assert bot.heard[-1]["text"] == "mentor-admin pair mira.okafor@harbour.example yusuf.karimov@harbour.example"


async def test_in_a_channel_the_app_hears_only_what_mentions_it(bot: TinyBot, ines: Person) -> None:
    await ines.adds_app_to_team()
    bot.heard.clear()
    general = bot.tenant.company.team.id
    await ines.says_in_channel("#general", "good morning")
    assert bot.heard == []
    await ines.types("open", to="#general")
    said = bot.heard[-1]
    assert said["text"] == "<at>Alongside</at> open"
    assert said["conversation"]["id"].startswith(f"{general};messageid=")
    assert said["conversation"]["conversationType"] == "channel"
    assert said["entities"][0]["mentioned"]["id"] == bot.tenant.app_user
    assert said["channelData"]["channel"]["id"] == general


async def test_a_press_carries_the_data_and_its_answer_replaces_the_card(bot: TinyBot, ines: Person) -> None:
    here = await shown(bot, ines, text("Met?"), buttons(button("We met", "session.met"), button("Not yet", "later")))
    bot.answer = lambda _: with_card(card(text("Noted. You met.")))
    await ines.presses("We met")
    heard = bot.heard[-1]
    assert (heard["type"], heard["name"], heard["replyToId"]) == ("invoke", "adaptiveCard/action", here)
    assert heard["value"] == {
        "action": {
            "type": "Action.Execute", "title": "We met", "verb": "session.met", "data": {"a": {"choice": "We met"}},
        },
        "trigger": "manual",
    }  # fmt: skip
    assert "Noted. You met." in ines.last_message
    assert ines.last_message.labels == ()
    with pytest.raises(NotPossible, match="no button “We met”"):
        await ines.presses("We met")


async def test_an_old_card_can_be_pressed_again(bot: TinyBot, ines: Person) -> None:
    await shown(bot, ines, text("Met?"), buttons(button("We met", "session.met")))
    before = ines.last_message
    bot.answer = lambda _: with_card(card(text("Noted")))
    await ines.presses("We met")
    await ines.presses_again(before, "We met")
    assert bot.heard[0]["value"] == bot.heard[1]["value"]
    assert bot.heard[0]["id"] != bot.heard[1]["id"]


async def test_an_old_client_takes_the_fallback(bot: TinyBot, ines: Person) -> None:
    here = await shown(bot, ines, NAME, buttons(button("Send", "name.set")))
    await ines.fills("Your name", "Ines")
    await ines.presses("Send", old_client=True)
    heard = bot.heard[-1]
    assert (heard["type"], heard["replyToId"], heard.get("text")) == ("message", here, None)
    assert heard["value"] == {"a": {"choice": "Send"}, "verb": "name.set", "f0.name": "Ines"}


async def test_a_form_is_filled_checked_and_sent(bot: TinyBot, ines: Person) -> None:
    day = {"type": "Input.Date", "id": "f0.day", "label": "Day", "isRequired": True, "errorMessage": "Choose a day"}
    kind = {"type": "Input.ChoiceSet", "id": "f0.kind", "label": "Topics", "isMultiSelect": True,
            "choices": [{"title": "Data", "value": "d"}, {"title": "People", "value": "p"}]}  # fmt: skip
    empty = {"type": "Input.Text", "id": "f0.note", "label": "Note"}
    cancel = button("Not now", "form.close", associatedInputs="none")
    await shown(bot, ines, text("About you"), NEEDED, day, kind, empty, buttons(button("Save", "form.save"), cancel))
    form = ines.modal()
    assert form is not None
    assert form.sends
    assert "About you" in form

    refused = await ines.submits()
    assert refused.errors == {"f0.name": "Please write your name", "f0.day": "Choose a day"}
    assert "Choose a day" in str(ines.modal())
    assert bot.heard == []

    with pytest.raises(NotPossible, match="a date such as"):
        await ines.fills("Day", "tomorrow")
    with pytest.raises(NotPossible, match="does not offer “Money”"):
        await ines.chooses("Topics", "Money")
    await ines.fills("Your name", "Ines Duarte")
    await ines.fills("Day", "2026-05-14")
    await ines.chooses("Topics", "Data", "People")
    assert ines.holds("Topics") == ("Data", "People")
    bot.answer = lambda _: with_card(card(text("Saved")))
    await ines.submits()
    sent = bot.heard[-1]["value"]["action"]["data"]
    assert sent == {"a": {"choice": "Save"}, "f0.name": "Ines Duarte", "f0.day": "2026-05-14", "f0.kind": "d,p"}
    assert ines.modal() is None
    assert "Saved" in ines.last_message
    assert bot.tenant.refused == []


async def test_what_sends_nothing_needs_nothing(bot: TinyBot, ines: Person) -> None:
    cancel = button("Not now", "form.close", associatedInputs="none")
    await shown(bot, ines, NEEDED, buttons(button("Save", "form.save"), cancel))
    await ines.fills("Your name", "Ines")
    await ines.presses("Not now")
    assert bot.heard[-1]["value"]["action"]["data"] == {"a": {"choice": "Not now"}}
    await ines.closes()
    assert ines.modal() is None
    assert ines.last_message.labels == ("Your name", "Save", "Not now")


async def test_words_without_a_card_leave_what_was_typed(bot: TinyBot, ines: Person) -> None:
    await shown(bot, ines, NAME, buttons(button("Save", "form.save")))
    await ines.fills("Your name", "Ines")
    bot.answer = lambda _: with_words("That name is taken.")
    outcome = await ines.submits()
    assert outcome.errors == {"": "That name is taken."}
    assert "That name is taken." in str(ines.modal())
    assert ines.holds("Your name") == ("Ines",)


@pytest.mark.parametrize(
    "answer",
    [
        (500, None),
        (501, None),
        (200, None),
        (200, {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {"type": "Card"}}),
        (200, {"statusCode": 500, "type": "application/vnd.microsoft.activity.message", "value": "no"}),
    ],
)
async def test_a_press_that_is_not_answered_well_says_so(bot: TinyBot, ines: Person, answer: tuple[int, Any]) -> None:
    await shown(bot, ines, text("Met?"), buttons(button("We met", "session.met")))
    bot.answer = lambda _: answer
    assert (await ines.presses("We met")).notice == "Something went wrong. Please try again."
    assert ines.notices() == ("Something went wrong. Please try again.",)
    assert ines.last_message.labels == ("We met",)
    assert bool(bot.tenant.refused) is (answer[0] == 200)


async def test_an_error_of_the_app_is_shown(bot: TinyBot, ines: Person) -> None:
    await shown(bot, ines, text("Met?"), buttons(button("We met", "session.met")))
    told = {"code": "500", "message": "Not now"}
    bot.answer = lambda _: (200, {"statusCode": 500, "type": "application/vnd.microsoft.error", "value": told})
    assert (await ines.presses("We met")).notice == "Not now"


async def test_in_a_channel_a_new_card_is_for_the_one_who_pressed(bot: TinyBot, ines: Person, mira: Person) -> None:
    await ines.adds_app_to_team()
    general = bot.tenant.company.team.id
    sent = await bot.sends(general, card(text("Join?"), buttons(button("Join", "join"))))
    bot.answer = lambda _: with_card(card(text("You are in")))
    await ines.presses("Join")
    assert "You are in" in ines.channel("#general")[-1]
    assert "Join?" in mira.channel("#general")[-1]
    address = f"v3/conversations/{general}/activities/{sent.json()['id']}"
    await bot.call("PUT", address, says(card(text("One is in"))))
    assert "One is in" in ines.channel("#general")[-1]
    assert "One is in" in mira.channel("#general")[-1]


async def test_what_the_app_did_not_take_comes_again(bot: TinyBot, ines: Person, hands: Hands) -> None:
    await ines.installs()
    bot.heard.clear()
    answers = iter([(500, None), (503, None), (200, None)])
    bot.answer = lambda _: next(answers)
    await ines.types("mentor join")
    await bot.tenant.settled()
    assert len(bot.heard) == 3
    assert len({one["id"] for one in bot.heard}) == 1
    assert hands.slept == [0.0, 15.0]
    bot.answer = lambda _: (401, None)
    await ines.types("mentor help")
    await bot.tenant.settled()
    assert len(bot.heard) == 4


async def test_who_does_not_answer_in_time_hears_it_again(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    bot.tenant.ack_seconds = 0.0001
    outcome = await ines.types("mentor join")
    assert outcome.delivery is not None
    assert outcome.delivery.reason == "no answer in time"
    bot.tenant.ack_seconds = 5
    await bot.tenant.settled()
    assert bot.heard[-1]["text"] == "mentor join"
    again = await attempt(bot.tenant, bot.heard[-1], who=ines.id)
    assert again.taken
    assert bot.heard[-1] == bot.heard[-2]


async def test_only_the_service_is_believed(bot: TinyBot, ines: Person) -> None:
    await ines.types("mentor help")
    said, tenant = bot.heard[-1], bot.tenant
    count = len(bot.heard)
    foreign = signing_key(7)
    forgeries = [
        Forgery(authorization=""),
        Forgery(authorization="Bearer nonsense"),
        Forgery(key=foreign),
        Forgery(claims={"aud": "somebody else"}),
        Forgery(claims={"iss": "https://evil.example"}),
        Forgery(claims={"exp": 1}),
        Forgery(claims={"serviceurl": "https://evil.example/"}),
    ]
    answers = [await deliver(tenant, said, who=ines.id, forgery=one) for one in forgeries]
    assert [one.status for one in answers] == [401] * len(forgeries)
    assert len(bot.heard) == count


async def test_a_new_key_signs_and_the_old_one_is_gone(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    old = bot.tenant.keys.current
    bot.tenant.keys.rotate()
    await ines.types("mentor help")
    assert bot.heard[-1]["text"] == "mentor help"
    stale = await attempt(bot.tenant, bot.heard[-1], who=ines.id, forgery=Forgery(key=old))
    assert stale.status == 401
    endorsed = bot.tenant.keys.key_set()["keys"][0]
    assert endorsed["endorsements"] == ["msteams"]
    assert jwt.PyJWK(endorsed).key_type == "RSA"


async def test_a_file_travels_with_consent(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    chat = await bot.opens(ines.id)
    offer = {
        "contentType": CONSENT,
        "name": "people.csv",
        "content": {"description": "Everybody", "sizeInBytes": 9, "acceptContext": {"n": 1}, "declineContext": {}},
    }
    await bot.sends(chat, {"summary": "A file for you", "attachments": [offer]})
    assert ines.last_message.labels == ("Allow", "Decline")
    assert "people.csv" in ines.last_message
    await ines.presses("Allow")
    heard = bot.heard[-1]
    assert heard["name"] == "fileConsent/invoke"
    value = heard["value"]
    assert (value["action"], value["context"]) == ("accept", {"n": 1})
    headers = {"Content-Range": "bytes 0-8/9"}
    put = await bot.http.put(value["uploadInfo"]["uploadUrl"], content=b"name,zone", headers=headers)
    assert put.status_code == 201
    info = {
        "contentType": FILE_INFO,
        "name": "people.csv",
        "contentUrl": value["uploadInfo"]["contentUrl"],
        "content": {"uniqueId": value["uploadInfo"]["uniqueId"], "fileType": "csv"},
    }
    assert (await bot.sends(chat, {"attachments": [info]})).status_code == 201
    assert [(one.name, one.content) for one in ines.files()] == [("people.csv", b"name,zone")]
    assert bot.tenant.refused == []


async def test_a_file_can_be_declined(bot: TinyBot, ines: Person) -> None:
    await ines.installs()
    content = {"description": "Everybody", "sizeInBytes": 9, "acceptContext": {}, "declineContext": {"n": 2}}
    offer = {"contentType": CONSENT, "name": "people.csv", "content": content}
    await bot.sends(await bot.opens(ines.id), {"attachments": [offer]})
    await ines.presses("Decline")
    assert bot.heard[-1]["value"] == {"type": "fileUpload", "action": "decline", "context": {"n": 2}}
