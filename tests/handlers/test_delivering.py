"""Delivering: changes wait for the message that they change, the newest one stays, and nobody tries for ever."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.voice.message import Action, Button, Buttons, Kind, Message, Paragraph, Plain, Post, ToMatch, ToPerson
from handlers import delivering
from handlers.delivering import Delivery
from handlers.outcomes import Outcome, Sent, Throttled, TryLater, Unreachable
from handlers.pacing import Act, Allowance, Paces
from storage.limits import Pace
from storage.outbox import State
from storage.store import Store
from tests.handlers.stage import PACES, Actor, Stage, shown
from tests.postgres import Databases


def met(stage: Stage, name: str, *, zone: str = "Europe/Lisbon") -> Actor:
    """Somebody whom the bot knows."""
    actor = stage.person(name, zone=zone)
    actor.asks("help")
    return actor


def post(key: str, reader: Actor, text: str, kind: Kind = Kind.ANSWER, *, edits: str = "") -> Post:
    message = Message(text, (Paragraph((Plain(text),)),))
    return Post(key, ToPerson(reader.me.id), message, kind, subject="" if edits else key, edits=edits)


def put(stage: Stage, *posts: Post) -> None:
    with stage.store() as store:
        store.outbox.put(*posts, now=stage.now)


def states(stage: Stage, key: str) -> Mapping[State, int]:
    with stage.store() as store:
        return store.outbox.counts(key)


def attempt(stage: Stage, outcome: Outcome) -> Sequence[Delivery]:
    """One batch in which every call ends so."""
    claimed = delivering.claim(stage.kit, "worker", PACES)
    held = delivering.intend(stage.kit, "worker", claimed, ())
    delivering.settle(stage.kit, "worker", [(one, outcome) for one in held])
    return claimed


def test_a_change_of_a_message_that_waits_for_the_morning_waits_with_it(stage: Stage) -> None:
    ines = met(stage, "Ines", zone="America/Los_Angeles")
    put(stage, post("card", ines, "Not met yet", Kind.MUST_ARRIVE))
    put(stage, post("card:1", ines, "You have met", edits="card"))
    stage.deliver()
    assert "met" not in ines.reads_all

    stage.wait(days=1)

    assert "You have met" in ines.reads_all
    assert "Not met yet" not in ines.reads_all


def test_a_change_that_comes_in_the_same_moment_as_its_message_is_not_lost(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, post("card", ines, "You have sent yours"), post("card:1", ines, "Both have sent", edits="card"))

    stage.wait(minutes=1)

    assert shown(ines.newest) == "Both have sent"


def test_an_older_change_never_comes_after_a_newer_one(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, post("card", ines, "First"))
    stage.deliver()
    put(stage, post("card:1", ines, "Second", edits="card"))
    attempt(stage, TryLater(60, "Slack is away"))
    stage.now += timedelta(seconds=1)
    put(stage, post("card:2", ines, "Third", edits="card"))

    stage.wait(minutes=5)

    assert shown(ines.newest) == "Third"
    assert states(stage, "card:1") == {State.CANCELLED: 1}


def asked(stage: Stage) -> Actor:
    """Ines has a card with a button whose answer takes its place."""
    ines = met(stage, "Ines")
    put(stage, asking("card", ines, "Do you join?"))
    stage.deliver()
    return ines


def asking(key: str, reader: Actor, text: str, *, edits: str = "") -> Post:
    button = Button("Not now", Action("programme.not_now"))
    said = Message(text, (Paragraph((Plain(text),)), Buttons((button,))))
    return Post(key, ToPerson(reader.me.id), said, Kind.ANSWER, edits=edits)


def test_an_older_change_never_comes_after_the_answer_to_a_press(stage: Stage) -> None:
    ines = asked(stage)
    put(stage, asking("card:1", ines, "Do you join until Monday?", edits="card"))

    ines.presses("Not now")
    answered = shown(ines.newest)
    stage.wait(minutes=5)

    assert shown(ines.newest) == answered
    assert "Do you join" not in answered
    assert states(stage, "card:1") == {State.CANCELLED: 1}


def test_a_change_that_is_on_the_wire_during_a_press_is_not_tried_again(stage: Stage) -> None:
    ines = asked(stage)
    put(stage, asking("card:1", ines, "Do you join until Monday?", edits="card"))
    claimed = delivering.claim(stage.kit, "worker", PACES)
    (held,) = delivering.intend(stage.kit, "worker", claimed, ())
    ines.presses("Not now")
    answered = shown(ines.newest)
    delivering.settle(stage.kit, "worker", [(held, TryLater(5, "Teams could not be reached"))])

    stage.wait(minutes=5)

    assert shown(ines.newest) == answered
    assert states(stage, "card:1") == {State.EXPIRED: 1}


def test_a_newer_change_comes_after_the_answer_to_a_press(stage: Stage) -> None:
    ines = asked(stage)
    ines.presses("Not now")
    stage.now += timedelta(seconds=1)
    put(stage, asking("card:2", ines, "The programme has moved.", edits="card"))

    stage.wait(minutes=5)

    assert "The programme has moved." in shown(ines.newest)


def test_the_change_of_a_message_that_was_taken_back_ends_with_it(stage: Stage) -> None:
    ines = met(stage, "Ines", zone="America/Los_Angeles")
    put(stage, post("card", ines, "Not met yet", Kind.MUST_ARRIVE))
    put(stage, post("card:1", ines, "You have met", edits="card"))
    with stage.store() as store:
        store.outbox.cancel_about("card")

    stage.wait(days=1)

    assert states(stage, "card") == {State.CANCELLED: 2}


def test_what_fails_again_and_again_ends_however_often_it_waits_for_its_turn(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, post("lost", ines, "Never taken"))
    tries = 0
    while states(stage, "lost") == {State.QUEUED: 1}:
        tries += len(attempt(stage, TryLater(5, "Slack could not be reached")))
        # Others take the conversation's turns in between, so that this post has to wait for its own.
        put(stage, *(post(f"other:{tries}:{number}", ines, "Hello") for number in range(3)))
        attempt(stage, Sent("D1", f"ts{tries}"))
        stage.now += timedelta(minutes=20)
        assert tries < 50

    assert states(stage, "lost") == {State.FAILED: 1}


def test_who_could_not_be_reached_is_left_alone_until_they_act(stage: Stage) -> None:
    ines = met(stage, "Ines")
    who = ines.me.id
    put(stage, post("first", ines, "Hello"))
    assert len(attempt(stage, Unreachable("user_disabled"))) == 1

    put(stage, post("second", ines, "Hello again"), post("first:1", ines, "Hello, or rather", edits="first"))
    assert attempt(stage, Sent("D1", "ts1")) == []
    assert states(stage, "second") == {State.BLOCKED: 1}
    with stage.store() as store:
        assert store.people.unreachable([who]) == {who: "user_disabled"}

    ines.asks("help")
    put(stage, post("third", ines, "Welcome back"))
    assert len(attempt(stage, Sent("D1", "ts1"))) == 1
    with stage.store() as store:
        assert store.people.unreachable([who]) == {}


def test_a_shared_chat_is_not_begun_while_one_of_the_two_cannot_be_reached(stage: Stage) -> None:
    _, kai = matched(stage)
    stage.now += timedelta(hours=6)
    put(stage, post("first", kai, "Hello"))
    hello, shared = delivering.claim(stage.kit, "worker", PACES)
    assert (hello.claimed.key, shared.claimed.key) == ("first", "shared:m1")
    delivering.give_back(stage.kit, "worker", [shared], ())
    delivering.intend(stage.kit, "worker", [hello], ())
    delivering.settle(stage.kit, "worker", [(hello, Unreachable("BotNotInConversationRoster"))])

    assert attempt(stage, Sent("G1", "ts1")) == [], "nobody asks the platform for a chat of the two"
    assert states(stage, "shared:") == {State.BLOCKED: 1}


def test_in_a_shared_chat_that_stands_the_other_one_still_reads(stage: Stage) -> None:
    matched(stage)
    with stage.store() as store:
        store.matches.keep_conversation("m1", "G1")
        for person in store.matches.people_of("m1"):
            if person.name == "Kai":
                store.people.mark_unreachable(person.id, "BotNotInConversationRoster")
    stage.now += timedelta(hours=6)

    assert [one.conversation for one in attempt(stage, Sent("G1", "ts1"))] == ["G1"]
    assert states(stage, "shared:") == {State.SENT: 1}


def test_a_conversation_that_never_opens_is_given_up(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, post("lost", ines, "Never taken"))
    for _ in range(delivering.ATTEMPTS):
        claimed = delivering.claim(stage.kit, "worker", PACES)
        delivering.settle(stage.kit, "worker", [(one, TryLater(5, "no conversation")) for one in claimed])
        stage.now += timedelta(minutes=20)

    assert states(stage, "lost") == {State.FAILED: 1}


def matched(stage: Stage) -> tuple[Actor, Actor]:
    """A match across the ocean, on a morning in Lisbon."""
    ines, kai = met(stage, "Ines"), met(stage, "Kai", zone="America/New_York")
    cohort = stage.programme()
    members = []
    with stage.store() as store:
        for actor, role in ((ines, Role.MENTEE), (kai, Role.MENTOR)):
            person = store.people.of(actor.account)
            assert person is not None
            place = Participant(f"pa-{role}", cohort.id, person.id, Standing.JOINED, frozenset({role}))
            store.participants.add(place, source="command", at=stage.now)
            members.append(Member(person.id, place.id, role))
        match = Match("m1", cohort.id, MatchState.ACTIVE, tuple(members), cohort.starts_on, cohort.ends_on)
        store.matches.add(match)
        hello = Message("You two", (Paragraph((Plain("You two"),)),))
        store.outbox.put(Post("shared:m1", ToMatch("m1"), hello, Kind.MUST_ARRIVE), now=stage.now)
    return ines, kai


def test_what_two_people_share_comes_when_both_of_them_work(stage: Stage) -> None:
    matched(stage)

    stage.wait(hours=4)
    assert not stage.channels
    stage.wait(hours=2)

    (conversation,) = stage.channels.values()
    assert shown(conversation[0].message) == "You two"


def test_who_says_hello_gets_the_shared_conversation_at_once(stage: Stage) -> None:
    ines, _ = matched(stage)

    ines.does("match.hello", match="m1")

    assert len(stage.channels) == 1


def test_what_waits_for_monday_is_charged_to_the_week_in_which_it_is_read(stage: Stage) -> None:
    ines = met(stage, "Ines")
    stage.wait_until(datetime(2027, 3, 6, 12, 0, tzinfo=UTC))
    matched = replace(post("intro", ines, "You are matched", Kind.MUST_ARRIVE), week="2027-W09", step="introduction")
    put(stage, matched)

    stage.wait(days=3)

    assert "You are matched" in ines.reads_all
    me = ines.me
    with stage.store() as store:
        assert store.season.history(me.id).by_week == {"2027-W10": ["introduction"]}


def test_a_message_for_somebody_who_is_not_there_holds_up_nobody(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, replace(post("lost", ines, "Hello"), to=ToPerson("nobody")), post("found", ines, "Hello"))

    stage.deliver()

    assert states(stage, "lost") == {State.FAILED: 1}
    assert states(stage, "found") == {State.SENT: 1}


def crowd(stage: Stage, workspace: str, count: int, *, text: str = "Hello", kind: Kind = Kind.MUST_ARRIVE) -> None:
    """So many posts to as many people of a workspace."""
    message = Message(text, (Paragraph((Plain(text),)),))
    with stage.store() as store:
        for number in range(count):
            name = f"{workspace}-{kind}-{number}"
            met = store.people.meet(Account("slack", workspace, name), Profile(name, "Europe/Lisbon", "en"), name)
            store.people.keep_conversation(met.id, f"D{name}")
            store.outbox.put(Post(f"post:{name}", ToPerson(met.id), message, kind), now=stage.now)


def test_every_workspace_has_its_turn_however_much_another_has_waiting(stage: Stage) -> None:
    crowd(stage, "T1", 60)
    for number in range(2, 5):
        crowd(stage, f"T{number}", 3)

    first = delivering.claim(stage.kit, "worker", PACES, most=10)

    homes = Counter(one.claimed.workspace for one in first)
    assert homes.total() == 10
    assert len(homes) == 4
    assert max(homes.values()) == 3


def test_two_replicas_that_begin_at_different_workspaces_never_wait_in_a_circle(postgres: Databases) -> None:
    with postgres.lent() as url, ThreadPoolExecutor() as other:
        stage = Stage(url)
        crowd(stage, "T1", 4)
        crowd(stage, "T2", 4)
        with stage.database.guarded() as connection:
            store = Store(connection, stage.kit.keyring)
            take(store, "slack:T1", stage.now)
            claimed = other.submit(delivering.claim, stage.kit, "worker", PACES, start=1)
            while not claimed.done() and not somebody_waits(stage):
                pass
            take(store, "slack:T2", stage.now)
        assert len(claimed.result()) == 8
        stage.database.close()


def take(store: Store, workspace: str, now: datetime) -> None:
    assert Allowance(store, workspace, PACES["slack"], now).ahead(1, Act.POST, answers=True) == 1


def somebody_waits(stage: Stage) -> bool:
    with stage.database.guarded() as connection:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(connection.execute(text(waiting)).scalar_one())


def test_one_workspace_alone_gets_every_place(stage: Stage) -> None:
    crowd(stage, "T1", 60)
    crowd(stage, "T2", 1)
    assert len(delivering.claim(stage.kit, "worker", PACES, most=10)) == 10


def test_a_mass_of_messages_leaves_room_for_an_answer(stage: Stage) -> None:
    slow = {"slack": Paces({act: Pace(60, burst=10, spare=0.2) for act in Act}, conversation=Pace(60, burst=3))}
    crowd(stage, "T1", 60, kind=Kind.NUDGE)
    assert len(delivering.claim(stage.kit, "worker", slow, most=50)) == 8
    assert delivering.claim(stage.kit, "worker", slow, most=50) == []

    crowd(stage, "T1", 3, kind=Kind.ANSWER)

    answers = delivering.claim(stage.kit, "worker", slow, most=50)
    assert [one.claimed.kind for one in answers] == [Kind.ANSWER, Kind.ANSWER]


def test_when_the_platform_asks_to_wait_every_replica_does_and_no_attempt_is_counted(stage: Stage) -> None:
    crowd(stage, "T1", 3)
    claimed = delivering.claim(stage.kit, "w1", PACES, most=1)
    held = delivering.intend(stage.kit, "w1", claimed, ())
    asked = Throttled(30, "Slack asks to wait")
    delivering.throttle(stage.kit, held[0], asked)
    delivering.settle(stage.kit, "w1", [(held[0], asked)])

    assert delivering.claim(stage.kit, "w2", PACES) == []
    stage.now += timedelta(seconds=31)
    again = delivering.claim(stage.kit, "w2", PACES)
    assert held[0].claimed.key in {one.claimed.key for one in again}
    assert {one.claimed.attempts for one in again} == {0}


def test_what_a_newer_version_wrote_waits_for_it(stage: Stage) -> None:
    ines = met(stage, "Ines")
    put(stage, post("new", ines, "Hello"), post("old", ines, "Hello"))
    unreadable = {"": "Message", "summary": "Hello", "blocks": [{"": "Hologram"}]}
    with stage.database.transaction() as connection:
        connection.execute(text("update outbox set message = :m where key = 'new'"), {"m": json.dumps(unreadable)})

    stage.deliver()

    assert states(stage, "old") == {State.SENT: 1}
    assert states(stage, "new") == {State.QUEUED: 1}


def test_what_waits_for_a_platform_that_is_not_connected_stays(stage: Stage) -> None:
    crowd(stage, "T1", 1)
    assert delivering.claim(stage.kit, "worker", {}) == []
    assert states(stage, "post:") == {State.QUEUED: 1}
