"""Where a pair talks when their platforms make no chat for them: links to one, or words that the bot carries over."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.playground.company import COMPANY
from bot.playground.faults import Fault, Trouble
from bot.playground.players import Seen
from bot.playground.teams.company import mail_of
from handlers.delivering import Delivery, claim, intend, intend_to_open
from storage.outbox import State
from storage.tables import outbox, relays
from tests.at_rest import at_rest
from tests.stage import Actor, Stage, Where
from tests.stories.pairs import introduced

LINE = "Kestrel: shall we find half an hour on Thursday?"
ANSWER = "Merlin: Thursday at ten suits me."


def posts(stage: Stage, key: str) -> list[tuple[str, State]]:
    """What was put whose key begins so, and where it stands."""
    with stage.app.kit.database.transaction() as connection:
        query = select(outbox.c.key, outbox.c.state).where(outbox.c.key.startswith(key)).order_by(outbox.c.key)
        return [(row.key, State(row.state)) for row in connection.execute(query)]


def sealed(stage: Stage) -> int:
    """How many lines wait."""
    with stage.app.kit.database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(relays)).scalar_one()


def readable(stage: Stage, words: str) -> list[str]:
    """Where words stand readable in the database."""
    return [name for name, content in at_rest(stage.database_url).items() if words.encode() in content]


async def writes(actor: Actor, partner: str, words: str) -> None:
    await actor.presses(f"Write to {partner}")
    await actor.fills("Your words", words)
    await actor.submits()


@pytest.mark.on(Where.BOTH)
class TestOnTwoPlatforms:
    async def test_words_are_carried_over_once_each_way_and_kept_by_nobody(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        assert mira.hears("You and Ines Duarte are matched.")
        assert ines.hears("You and Mira Okafor are matched.")
        assert posts(stage, "shared:") == []

        await writes(ines, "Mira", LINE)
        assert [seen for seen in mira.player.reads() if LINE in seen and "Ines Duarte has written to you." in seen]
        assert ines.hears("Your words are on their way to Mira.")
        await writes(mira, "Ines", ANSWER)
        assert sum(ANSWER in seen for seen in ines.player.reads()) == 1
        assert sum(LINE in seen for seen in mira.player.reads()) == 1
        assert sealed(stage) == 0
        assert [state for _, state in posts(stage, "relay:")] == [State.SENT, State.SENT]
        await stage.app.stop()
        assert readable(stage, LINE) == readable(stage, ANSWER) == []
        await stage.raise_curtain()

    async def test_the_card_of_both_follows_their_date(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        assert "You" in fact(card(ines, "Mira Okafor"), "Finds the date")
        assert "Ines" in fact(card(mira, "Ines Duarte"), "Finds the date")
        assert "No date yet" in fact(card(mira, "Ines Duarte"), "Next talk")
        await stage.wait_until(datetime(2027, 3, 2, 12, tzinfo=UTC))
        await ines.presses("We have a date")
        await ines.fills("Day", "2027-03-04")
        await ines.fills("Time", "10:00")
        await ines.submits()
        assert "10:00" in fact(card(ines, "Mira Okafor"), "Next talk")
        assert "11:00" in fact(card(mira, "Ines Duarte"), "Next talk")
        assert sum("You and Ines Duarte are matched." in seen for seen in mira.player.reads()) == 1

    async def test_a_process_that_is_killed_while_words_are_carried_loses_none(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        for writer, reader, words in ((ines, mira, LINE), (mira, ines, ANSWER)):
            await writer.presses(f"Write to {reader.player.member.name.split()[0]}")
            await writer.fills("Your words", words)
            await writer.player.submits()
            (taken,) = await in_hand(stage)
            assert words in str(taken.message)
            assert words not in str(taken.claimed.message)
            await stage.restart()
            await stage.wait(hours=1)
            assert sum(words in seen for seen in reader.player.reads()) == 1
        assert sealed(stage) == 0

    async def test_a_process_that_is_killed_after_the_words_arrived_sends_them_twice_at_most(
        self, stage: Stage
    ) -> None:
        mira, ines = await introduced(stage)
        for writer, reader, words, most in ((ines, mira, LINE, 1), (mira, ines, ANSWER, 2)):
            await writer.presses(f"Write to {reader.player.member.name.split()[0]}")
            await writer.fills("Your words", words)
            await writer.player.submits()
            (taken,) = await in_hand(stage)
            messenger = next(one.messenger for one in stage.app.platforms if one.name == taken.platform)
            await messenger.post(taken.conversation, taken.message, delivery=taken.claimed.key)
            await stage.restart()
            await stage.wait(hours=1)
            # Where a bot may read what it said, it looks before it sends anything again.
            assert sum(words in seen for seen in reader.player.reads()) == most
        assert sealed(stage) == 0

    async def test_words_wait_sealed_for_the_hours_of_their_reader_and_go_with_the_match(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        await stage.wait_until(stage.world.now().replace(hour=23))
        await writes(ines, "Mira", LINE)
        assert not mira.hears(LINE)
        assert sealed(stage) == 1
        assert readable(stage, LINE) == []

        before = introduction(mira, "Ines Duarte")
        await ines.presses("This is not a fit")
        await ines.presses("End this match")
        assert sealed(stage) == 0
        await stage.wait(days=1)
        assert not mira.hears(LINE)
        await mira.presses_again(before, "Write to Ines")
        assert "This match is over" in mira.answer

    async def test_the_card_of_both_offers_nothing_more_when_the_match_is_over(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        await ines.presses("This is not a fit")
        await ines.presses("End this match")
        await stage.wait(days=1)
        for actor, partner in ((ines, "Mira Okafor"), (mira, "Ines Duarte")):
            (over,) = [seen for seen in actor.player.reads() if f"You and {partner} were matched." in seen]
            assert "This match has ended." in over
            assert over.labels == ()
            assert not actor.hears(f"You and {partner} are matched.")

    async def test_the_plan_that_has_run_its_course_takes_the_card_along(self, stage: Stage) -> None:
        mira, _ = await introduced(stage)
        await stage.wait(weeks=13)
        assert mira.hears("You and Ines Duarte were matched. This match has ended.")

    async def test_an_address_is_seen_where_both_agree_and_only_as_long_as_they_do(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        hers, theirs = "mira@company.example", mail_of(ines.player.member, domain=COMPANY.domain)
        await lets_partners_have(ines, "My partners may have it")
        assert f"A partner on another platform sees {theirs} if they agree, too." in ines.answer
        assert addresses(stage, mira, ines) == [False, False]

        await lets_partners_have(mira, "My partners may have it", address="mira at work")
        assert "Your address at work fits here" in mira.modal
        await mira.fills("The address", hers)
        await mira.submits()
        assert hers in fact(card(ines, "Mira Okafor"), "E-mail")
        assert theirs in fact(card(mira, "Ines Duarte"), "E-mail")
        assert (
            opened_by(introduction(ines, "Mira Okafor"))
            == f"https://outlook.office.com/mail/deeplink/compose?to={hers}"
        )
        assert opened_by(introduction(mira, "Ines Duarte")) == f"mailto:{theirs}"
        person = await stage.coordinator.coordinates("person @Ines Duarte")
        assert theirs not in str(person)

        await lets_partners_have(mira, "I keep it to myself")
        assert addresses(stage, mira, ines) == [False, False]
        assert "E-mail" not in card(ines, "Mira Okafor")


async def in_hand(stage: Stage) -> list[Delivery]:
    """What a process has opened and not yet sent."""
    kit = stage.app.kit
    paces = {one.name: one.messenger.paces for one in stage.app.platforms}
    claimed = [one for one in claim(kit, "killed", paces) if one.claimed.key.startswith("relay:")]
    return list(intend(kit, "killed", claimed, ()))


async def lets_partners_have(actor: Actor, choice: str, *, address: str = "") -> None:
    """What becomes of their address at work, in the settings."""
    await actor.asks("settings")
    await actor.chooses("My work e-mail address", choice)
    if address:
        await actor.fills("The address", address)
    await actor.submits()


def addresses(stage: Stage, mira: Actor, ines: Actor) -> list[bool]:
    """Whether either of them reads an address on the card of their match."""
    return ["@" in card(one, partner) for one, partner in ((mira, "Ines Duarte"), (ines, "Mira Okafor"))]


def opened_by(seen: Seen) -> str:
    """The one address for e-mail to which a message leads."""
    (found,) = set(re.findall(r"(?:mailto:|https://outlook)[^\s'\")]+", repr(seen.surface)))
    return str(found)


def introduction(who: Actor, partner: str) -> Seen:
    """The introduction to somebody, which is the card of their match."""
    return next(seen for seen in who.player.reads() if f"You and {partner} are matched." in seen)


def card(who: Actor, partner: str) -> str:
    """What stands on it."""
    return introduction(who, partner).body


def fact(body: str, name: str) -> str:
    """A line of facts."""
    return next(line for line in body.splitlines() if name in line)


@pytest.mark.on(Where.TEAMS)
class TestOnTeams:
    async def test_a_pair_gets_links_to_a_chat_of_its_own(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        assert posts(stage, "shared:") == []
        assert "Chat with Mira" in card(ines, "Mira Okafor")
        assert "Propose a meeting" in card(mira, "Ines Duarte")
        await ines.presses("Say hello")
        assert "Write to Mira in a chat of your own." in ines.last_message
        await mira.presses("Say hello")
        await stage.wait(days=7)
        assert [state for _, state in posts(stage, "") if state in (State.BLOCKED, State.FAILED)] == []


FIRST_LINES = "I cannot read what you write here."


def chats(actor: Actor) -> list[str]:
    """What stands in each of the group chats that somebody has."""
    return ["\n".join(map(str, actor.player.channel(group))) for group in actor.player.groups()]


@pytest.mark.on
@pytest.mark.chats
class TestOnTeamsWithGroupChats:
    async def test_a_pair_gets_a_chat_with_the_bot_in_it(self, stage: Stage) -> None:
        mira, ines = await introduced(stage)
        await stage.wait(hours=1)
        (shared,) = chats(ines)
        assert FIRST_LINES in shared
        assert chats(mira) == [shared]
        assert posts(stage, "shared:") == [("shared:m1", State.SENT)]
        assert "Chat with Mira" not in card(ines, "Mira Okafor")
        await ines.presses("Say hello")
        assert "in the chat that you share" in ines.last_message

    async def test_without_the_permission_they_get_links_and_somebody_is_told_why(self, stage: Stage) -> None:
        stage.tenant.granted.discard("Chat.Create")
        mira, ines = await introduced(stage)
        await stage.wait(hours=1)
        assert posts(stage, "shared:") == [("shared:m1", State.FAILED)]
        assert reason(stage, "shared:m1") == "not granted: Chat.Create"
        assert chats(ines) == []
        assert "Chat with Mira" in card(ines, "Mira Okafor")
        assert "Chat with Ines" in card(mira, "Ines Duarte")
        await ines.presses("Say hello")
        assert "Write to Mira in a chat of your own." in ines.last_message

    async def test_where_nobody_knows_whether_there_is_a_chat_no_other_one_is_made(self, stage: Stage) -> None:
        stage.tenant.faults.on("graph chat", Fault(trouble=Trouble.BROKEN_AFTER))
        mira, ines = await introduced(stage)
        await stage.wait(days=1)
        assert len(chats(ines)) == 1
        assert "Chat with Mira" in card(ines, "Mira Okafor")
        assert reason(stage, "shared:m1") == "a chat may have been made: BadGateway"
        await mira.presses("Say hello")
        assert "Write to Ines in a chat of your own." in mira.last_message

    async def test_a_process_that_is_killed_while_it_makes_the_chat_makes_no_other_one(self, stage: Stage) -> None:
        stage.tenant.faults.on("graph chat", Fault(trouble=Trouble.RATE_LIMITED, retry_after=3600))
        _, ines = await introduced(stage)
        assert chats(ines) == []
        stage.world.move_to(stage.world.now() + timedelta(hours=1))
        await dies_in_between(stage)
        assert len(chats(ines)) == 1
        await stage.restart()
        await stage.wait(days=1)
        assert len(chats(ines)) == 1
        assert posts(stage, "shared:") == [("shared:m1", State.UNKNOWN)]
        assert "Chat with Mira" in card(ines, "Mira Okafor")

    async def test_a_process_that_is_killed_before_the_app_is_in_the_chat_goes_on_there(self, stage: Stage) -> None:
        stage.tenant.faults.on("graph install", Fault(trouble=Trouble.SERVER_ERROR), times=2)
        _, ines = await introduced(stage)
        await stage.restart()
        await stage.wait(hours=2)
        (shared,) = chats(ines)
        assert shared.count("A good first line says when you have half an hour.") == 1
        assert posts(stage, "shared:") == [("shared:m1", State.SENT)]


def reason(stage: Stage, key: str) -> str:
    """Why a post was not sent, as an operator reads it."""
    with stage.app.kit.database.transaction() as connection:
        return str(connection.execute(select(outbox.c.error).where(outbox.c.key == key)).scalar_one())


async def dies_in_between(stage: Stage) -> None:
    """A process opens the chat and does not live to write down which one it is."""
    kit = stage.app.kit
    paces = {one.name: one.messenger.paces for one in stage.app.platforms}
    (taken,) = [one for one in claim(kit, "killed", paces) if one.claimed.key == "shared:m1"]
    assert intend_to_open(kit, "killed", taken)
    assert isinstance(await stage.app.platforms[0].messenger.open(taken.accounts), str)
