"""What people do arrives twice, at two replicas, or at a process that dies: it counts once."""

import asyncio
import copy
import random
from collections import Counter

from sqlalchemy import text

from bot.playground import acts
from bot.playground.deliver import deliver_event
from bot.playground.payloads import written
from bot.playground.person import Person
from bot.playground.seen import Message
from bot.playground.workspace import Workspace
from tests.engine.company import FREE, PEOPLE
from tests.engine.failpoints import Failpoint, Point
from tests.engine.fleet import Fleet, Worker
from tests.engine.ledger import copies


def at(fleet: Fleet, worker: Worker) -> Workspace:
    """The same workspace, which posts what people do to this worker."""
    here = copy.copy(fleet.workspace)
    here.app_url = worker.app_url
    return here


def typed(fleet: Fleet, user: str, words: str) -> Message:
    """What somebody writes to the bot, as it stands in their conversation."""
    workspace = fleet.workspace
    channel = workspace.open_dm(user).id
    message = Message(channel=channel, ts=workspace.new_ts(), at=workspace.times.now(), author=user, text=words)
    workspace.show(message)
    return message


async def test_an_event_that_comes_four_times_to_two_replicas_counts_once(fleet: Fleet, dice: random.Random) -> None:
    workers = await fleet.start_several(2 if fleet.replicated else 1)
    said = [(f"Ev{n:03}", user, typed(fleet, user, f"What now, {n}?")) for n in range(2) for user in PEOPLE]
    repeats = [one for one in said for _ in range(4)]
    dice.shuffle(repeats)

    fifty = asyncio.Semaphore(50)

    async def tell(event_id: str, user: str, message: Message) -> None:
        here = at(fleet, dice.choice(workers))
        async with fifty:
            await deliver_event(here, written(here, message), who=user, event_id=event_id)

    await asyncio.gather(*(tell(f"{event_id}{user}", user, message) for event_id, user, message in repeats))
    await fleet.workspace.settled()
    await fleet.finished(engine_seconds=200)

    assert len(fleet.rows()) == len(said)
    assert set(copies(fleet.workspace).values()) == {1}
    fleet.check()


async def test_a_button_pressed_on_two_devices_at_once_gives_one_answer_and_one_next_question(fleet: Fleet) -> None:
    workers = await fleet.start_several(2 if fleet.replicated else 1)
    for user in FREE:
        await Person(fleet.workspace, user).asks("/mentor", "join")
    await fleet.finished(engine_seconds=100)

    async def press(user: str, worker: Worker) -> acts.Outcome:
        return await Person(at(fleet, worker), user).presses("I agree")

    devices = [(user, worker) for user in FREE for worker in (workers[0], workers[-1])]
    outcomes = await asyncio.gather(*(press(user, worker) for user, worker in devices))
    await fleet.finished(engine_seconds=100)

    assert [outcome.notice for outcome in outcomes if outcome.notice] == []
    assert answers(fleet) == dict.fromkeys(FREE, 1)
    questions = Counter(row.to for row in fleet.rows() if row.key.startswith("question:") and row.key.count(":") == 2)
    assert questions == dict.fromkeys(FREE, 2)
    fleet.check()


def answers(fleet: Fleet) -> dict[str, int]:
    """How many answers each person has given."""
    query = "SELECT p.person, count(*) FROM answers a JOIN participants p ON p.id = a.participant GROUP BY p.person"
    with fleet.engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(query))}


async def test_what_was_committed_before_a_crash_is_acknowledged_at_the_repeat_and_not_done_again(fleet: Fleet) -> None:
    doomed = await fleet.start(Failpoint(Point.BEFORE_ACKNOWLEDGEMENT))
    (user,) = PEOPLE[:1]

    told = await deliver_event(fleet.workspace, written(fleet.workspace, typed(fleet, user, "What now?")), who=user)
    assert not told.taken
    assert await doomed.ended(seconds=5) == -9
    assert len(fleet.rows()) == 1

    await fleet.start()
    await fleet.workspace.settled()
    await fleet.finished(engine_seconds=100)

    assert [call.status for call in fleet.workspace.wire.named("message")][-1] == 200
    assert len(fleet.rows()) == 1
    fleet.check()


async def test_who_asks_again_after_a_crash_goes_on_where_they_were(fleet: Fleet) -> None:
    doomed = await fleet.start(Failpoint(Point.BEFORE_ACKNOWLEDGEMENT))
    ines = Person(fleet.workspace, FREE[0])
    assert (await ines.asks("/mentor", "join")).notice is not None
    assert await doomed.ended(seconds=5) == -9

    await fleet.start()
    assert (await ines.asks("/mentor", "join")).notice is None
    await fleet.finished(engine_seconds=100)

    with fleet.engine.connect() as connection:
        places = connection.execute(text("SELECT count(*) FROM participants WHERE person = :who"), {"who": ines.id})
        assert places.scalar() == 1
