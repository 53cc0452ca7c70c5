"""A file is offered, comes back with the yes, and is put where its reader has it."""

import hashlib
import zlib
from base64 import b64encode

import pytest
from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.faults import Trouble as Luck
from bot.playground.teams.person import Person
from bot.teams.carried import ARGS
from bot.teams.files import CARRIED, CONSENT, LARGEST, Kept, accepted, offer
from bot.teams.hosts import PUBLIC
from bot.teams.limits import Json, TooLong
from bot.teams.send import TeamsMessenger
from bot.teams.spot import Spot
from flows.voice.message import File, Message, Paragraph, Plain
from handlers.inbound import Reply, Where
from handlers.outcomes import Blocked, Outcome, Sent, TryLater, Unknown
from tests.bot.teams.conftest import Stage
from tests.bot.teams.gestures import CARD, execute, file_consent, message
from tests.bot.teams.microsoft import Call
from tests.bot.teams.test_connector import Line, line, says
from tests.bot.teams.test_wire import INES, Wire, conversation_of, wire

__all__ = ["line", "wire"]
FIGURES = File("spring-figures.csv", "Figures", "segment,people\nLisbon,12\nMünchen,7\n")


def value_of(wire: Wire) -> Json:
    """What somebody answered, as it reached us last."""
    value = wire.heard[-1]["value"]
    assert isinstance(value, dict)
    return value


async def brought(wire: Wire, conversation: str, receipt: str) -> Outcome:
    """What becomes of the yes that reached us last."""
    wanted = accepted(value_of(wire), service=Spot.parse(conversation).service)
    assert wanted is not None
    assert isinstance(wanted.content, bytes)
    return await wire.messenger.bring(conversation, receipt, wanted, wanted.content)


async def test_a_file_that_is_accepted_is_in_its_readers_onedrive_and_the_offer_is_gone(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    offered = await wire.messenger.hand_over(conversation, [FIGURES])
    assert isinstance(offered, Sent)
    await ines.presses("Allow")
    assert ines.files() == ()
    assert isinstance(await brought(wire, conversation, offered.receipt), Sent)
    (file,) = ines.files()
    assert (file.name, file.content.decode()) == (FIGURES.name, FIGURES.text)
    assert FIGURES.name in ines.last_message
    assert len(ines.reads()) == 1
    assert wire.tenant.refused == []


async def test_a_file_that_is_not_wanted_goes_nowhere(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    offered = await wire.messenger.hand_over(conversation, [FIGURES])
    assert isinstance(offered, Sent)
    await ines.presses("Decline")
    assert accepted(value_of(wire), service=Spot.parse(conversation).service) is None
    assert isinstance(await wire.messenger.take_back(conversation, offered.receipt), Sent)
    assert ines.files() == ()
    assert ines.reads() == ()


async def test_while_it_cannot_be_put_there_the_offer_stays(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    offered = await wire.messenger.hand_over(conversation, [FIGURES])
    assert isinstance(offered, Sent)
    await ines.presses("Allow")
    wire.tenant.faults.on("upload", Fault(trouble=Luck.SERVER_ERROR))
    assert await brought(wire, conversation, offered.receipt) == TryLater(5, "HTTP 502")
    await ines.presses("Allow")
    assert isinstance(await brought(wire, conversation, offered.receipt), Sent)
    assert len(ines.files()) == 1


async def test_a_file_too_long_to_be_carried_is_offered_by_the_message_that_brings_it(wire: Wire) -> None:
    ines = Person(wire.tenant, INES.id)
    conversation = await conversation_of(wire, ines)
    noise = "".join(hashlib.sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(1500))
    with pytest.raises(TooLong, match=f"may have {CARRIED}"):
        offer(File("a.csv", "A", noise))
    assert isinstance(await wire.messenger.hand_over(conversation, [File("a.csv", "A", noise)]), Blocked)
    assert ines.reads() == ()
    sent = await wire.messenger.hand_over(conversation, [File("a.csv", "A", noise)], "tables:1")
    assert isinstance(sent, Sent)
    await ines.presses("Allow")
    wanted = accepted(value_of(wire), service=Spot.parse(conversation).service)
    assert wanted is not None
    assert wanted.content == Kept("tables:1", "a.csv")


def packed(content: bytes) -> str:
    """As an offer carries a file."""
    return b64encode(zlib.compress(content)).decode()


def yes(**other: object) -> Json:
    """An answer to an offer."""
    place = {"uploadUrl": "https://a.sharepoint.com/u", "contentUrl": "https://a.sharepoint.com/f", "name": "f.csv"}
    return {
        "action": "accept",
        "context": {"file": packed(b"x")},
        "uploadInfo": {**place, "uniqueId": "1", "fileType": "csv"},
        **other,
    }


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"action": "later"},
        yes(context={}),
        yes(context={"delivery": "tables:1"}),
        yes(context={"file": "?"}),
        yes(context={"file": b64encode(b"x").decode()}),
        yes(context={"file": packed(b"x")[:-8]}),
        yes(context={"file": packed(bytes(LARGEST + 1))}),
        yes(uploadInfo=None),
        yes(uploadInfo={"uploadUrl": "https://a.sharepoint.com/u"}),
        yes(uploadInfo={**yes()["uploadInfo"], "uploadUrl": "http://a.sharepoint.com/u"}),
        yes(uploadInfo={**yes()["uploadInfo"], "uploadUrl": "http://127.0.0.1:9000/u"}),
        yes(uploadInfo={**yes()["uploadInfo"], "uploadUrl": "http://[bad"}),
    ],
)
def test_what_is_no_answer_to_an_offer_is_refused(answer: object) -> None:
    found = accepted(yes(), service=PUBLIC)
    assert found is not None
    assert found.content == b"x"
    with pytest.raises(ValueError, match=r"offer|came back|base64|padding"):
        accepted(answer, service=PUBLIC)


# --- in the whole bot


REPORT = Message("The report of spring.", (Paragraph((Plain("Twelve people."),)), FIGURES))


def offered_in(call: Call) -> Json:
    """The offer that this call made."""
    (attached,) = call.body["attachments"]
    assert attached["contentType"] == CONSENT
    assert isinstance(attached["content"], dict)
    return attached["content"]


async def test_a_report_is_followed_by_the_offer_of_its_file(stage: Stage) -> None:
    stage.reply = Reply(REPORT, Where.BELOW)
    await stage.sends(message("mentor-admin report"))
    said, offered = await stage.settled()
    assert said.body["summary"] == REPORT.summary
    assert offered_in(offered)["sizeInBytes"] == len(FIGURES.text.encode())


async def test_a_report_in_the_place_of_a_card_offers_its_file_in_the_readers_own_chat(stage: Stage) -> None:
    stage.reply = Reply(REPORT, Where.INSTEAD)
    await stage.sends(execute("report.see", {ARGS: {}}))
    calls = await stage.settled()
    (offered,) = [call for call in calls if CONSENT in str(call.body)]
    assert offered_in(offered)["sizeInBytes"] == len(FIGURES.text.encode())


async def test_a_yes_is_acknowledged_at_once_and_the_file_follows(stage: Stage) -> None:
    context = offer(FIGURES)["attachments"][0]["content"]["acceptContext"]
    answer = await stage.sends(file_consent("accept", context, stage.microsoft.url("/upload/1")))
    assert answer.status == 200
    calls = await stage.settled()
    (put,) = stage.microsoft.named("/upload/1")
    assert put.body == FIGURES.text.encode()
    assert "Authorization" not in put.headers
    assert [call.method for call in calls] == ["POST", "DELETE"]
    assert stage.taken == []


async def test_a_no_takes_the_offer_away(stage: Stage) -> None:
    assert (await stage.sends(file_consent("decline"))).status == 200
    (call,) = await stage.settled()
    assert (call.method, call.path.rpartition("/")[2]) == ("DELETE", CARD)


async def test_a_yes_to_what_was_never_offered_does_nothing(stage: Stage) -> None:
    assert (await stage.sends(file_consent("accept"))).status == 200
    assert await stage.settled() == []


@pytest.mark.parametrize("answer", [says(429, "Throttled"), web.Response(status=502)], ids=["429", "502"])
async def test_a_message_whose_offer_failed_is_not_said_again(line: Line, answer: web.Response) -> None:
    messenger = TeamsMessenger(line.connector, line.hosts.home)
    line.microsoft.instead["connector"] = [web.json_response({"id": "1"}, status=201), answer]
    assert isinstance(await messenger.post(str(line.spot), REPORT), Unknown)
