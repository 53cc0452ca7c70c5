"""What goes wrong outside: a platform is slow, refuses, asks for patience; nothing is lost and nothing comes twice."""

import pytest

from bot.playground.faults import Fault, Trouble
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.outbox import State
from storage.store import Store
from tests.stage import Actor, Call, Stage
from tests.written_down import everybody


async def known(stage: Stage, name: str) -> tuple[Actor, str]:
    """Somebody whom the bot has met, with their id."""
    actor = stage.actor(name)
    await actor.asks("help")
    with stage.app.kit.database.transaction() as connection:
        member = actor.player.member
        (person,) = [one for one in everybody(connection) if one.account.user == member.id]
    return actor, person.id


def put(stage: Stage, key: str, person: str, text: str, kind: Kind = Kind.MUST_ARRIVE) -> None:
    """A post in the outbox."""
    post = Post(key, ToPerson(person), Message(text, (Paragraph((Plain(text),)),)), kind)
    with stage.app.kit.database.transaction() as connection:
        Store(connection, stage.app.kit.keyring).outbox.put(post, now=stage.world.now())


def states(stage: Stage, key: str) -> dict[State, int]:
    """How the posts of a key ended."""
    with stage.app.kit.database.transaction() as connection:
        return dict(Store(connection, stage.app.kit.keyring).outbox.counts(key))


def heard(actor: Actor, text: str) -> int:
    """How often somebody got this message."""
    return sum(text in seen for seen in actor.player.reads())


@pytest.mark.parametrize(
    "fault",
    [
        Fault(trouble=Trouble.RATE_LIMITED, retry_after=30),
        Fault(trouble=Trouble.REFUSED, error="ratelimited", status=429),
    ],
    ids=["429", "ratelimited"],
)
async def test_a_message_waits_when_the_platform_asks_for_patience(stage: Stage, fault: Fault) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.POST, fault, at=ines)

    put(stage, "a", person, "You and Mira are matched")
    await stage.wait(hours=1)

    assert heard(ines, "You and Mira are matched") == 1


@pytest.mark.on("slack")  # on Teams the conversation is known from what was typed in it
async def test_a_message_that_was_lost_on_the_way_to_its_conversation_is_tried_again(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.OPEN, Fault(trouble=Trouble.SERVER_ERROR), times=2)

    put(stage, "a", person, "You and Mira are matched")
    await stage.wait(hours=1)

    assert heard(ines, "You and Mira are matched") == 1


@pytest.mark.on("slack")  # a bot on Teams cannot look
async def test_a_message_whose_answer_was_lost_is_found_in_the_conversation_and_not_sent_again(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.POST, Fault(trouble=Trouble.DROPPED), at=ines)

    put(stage, "a", person, "Your letter is sealed", Kind.NUDGE)
    await stage.wait(hours=1)

    assert heard(ines, "Your letter is sealed") == 1
    assert states(stage, "a") == {State.SENT: 1}


@pytest.mark.on("slack")  # a bot on Teams cannot look
async def test_a_message_that_never_came_in_is_sent_again_when_slack_has_been_asked(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.POST, Fault(trouble=Trouble.LOST), at=ines)

    put(stage, "a", person, "Your letter is sealed", Kind.NUDGE)
    await stage.settle()
    assert heard(ines, "Your letter is sealed") == 0
    await stage.wait(hours=1)

    assert heard(ines, "Your letter is sealed") == 1


@pytest.mark.parametrize(
    ("kind", "arrives", "ends"),
    [(Kind.NUDGE, 1, State.UNKNOWN), (Kind.MUST_ARRIVE, 2, State.SENT), (Kind.ANSWER, 2, State.SENT)],
)
async def test_where_the_platform_may_not_be_asked_a_nudge_is_listed_and_what_must_arrive_is_sent_once_more(
    stage: Stage, kind: Kind, arrives: int, ends: State
) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.POST, Fault(trouble=Trouble.DROPPED), at=ines)
    stage.fails(Call.FIND, Fault(trouble=Trouble.REFUSED, error="missing_scope"))

    put(stage, "a", person, "Your letter is sealed", kind)
    await stage.wait(days=1)

    assert heard(ines, "Your letter is sealed") == arrives
    assert states(stage, "a") == {ends: 1}


@pytest.mark.on("slack")  # a bot on Teams cannot look
async def test_slack_is_asked_again_when_it_cannot_answer_just_now(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    stage.fails(Call.POST, Fault(trouble=Trouble.DROPPED), at=ines)
    stage.fails(Call.FIND, Fault(trouble=Trouble.SERVER_ERROR), times=2)
    stage.fails(Call.FIND, Fault(trouble=Trouble.RATE_LIMITED, retry_after=20))

    put(stage, "a", person, "Your letter is sealed", Kind.NUDGE)
    await stage.wait(hours=1)

    assert heard(ines, "Your letter is sealed") == 1
    assert states(stage, "a") == {State.SENT: 1}


async def test_somebody_who_cannot_be_reached_is_recorded_and_the_rest_goes_on(stage: Stage) -> None:
    ines, first = await known(stage, "Ines")
    mira, second = await known(stage, "Mira")
    stage.fails(stage.first_call, Fault(trouble=Trouble.REFUSED, error="user_disabled"), at=ines)

    put(stage, "a", first, "Your letter is sealed")
    await stage.settle()
    put(stage, "b", second, "Your letter is open")
    await stage.wait(hours=1)

    assert states(stage, "a") == {State.BLOCKED: 1}
    assert heard(mira, "Your letter is open") == 1
    with stage.app.kit.database.transaction() as connection:
        assert Store(connection, stage.app.kit.keyring).people.unreachable([first]) == {first: "user_disabled"}


async def test_nothing_is_sent_to_an_account_that_was_closed(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    await stage.closes_account("Ines")

    put(stage, "a", person, "Your letter is sealed")
    await stage.wait(days=1)

    assert heard(ines, "Your letter is sealed") == 0
    assert states(stage, "a") == {State.BLOCKED: 1}


async def test_outside_working_hours_a_proactive_message_waits_and_an_answer_does_not(stage: Stage) -> None:
    ines, person = await known(stage, "Ines")
    await stage.wait_until(stage.world.now().replace(hour=22))

    put(stage, "a", person, "A nudge", Kind.NUDGE)
    put(stage, "b", person, "An answer", Kind.ANSWER)
    await stage.settle()

    assert heard(ines, "An answer") == 1
    assert heard(ines, "A nudge") == 0
    await stage.wait(hours=12)
    assert heard(ines, "A nudge") == 1
