"""One person, two accounts: a code joins them, either acts, one is written to, and nothing is lost between them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from flows.match import Match
from flows.people import Account, Profile, Role
from flows.space import Space
from flows.voice.message import Kind, Post, ToPerson
from flows.voice.reaching import taken
from flows.voice.say import ENGLISH, Say
from handlers import delivering, maintaining, outcomes
from handlers.inbound import AccountChanged, Asked, Inbound, Joined, Left, Place, What
from handlers.reconciling import doubtful
from handlers.router import dispatch
from storage.deliveries import NOT_ARRIVED
from storage.outbox import State
from storage.tables import accounts, audit, calculations, codes, locks, metadata, outbox, people
from tests.handlers.coordinating.company import joins
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import PACES, Actor, Stage, shown

SAY = Say(ENGLISH, "UTC")


@pytest.fixture
def ines(stage: Stage) -> Actor:
    return stage.person("Ines Duarte")


@pytest.fixture
def away(stage: Stage) -> Actor:
    """The account that Ines has in another workspace, under a name that she does not use at home."""
    return elsewhere(stage, "Inês D.")


def elsewhere(stage: Stage, name: str) -> Actor:
    account = Account("slack", "T2", f"U9{len(stage.actors):02}")
    actor = Actor(stage, account, Profile(name, "America/New_York", "en"))
    stage.actors.append(actor)
    return actor


def code_for(actor: Actor, button: str = "") -> str:
    answer = actor.presses(button) if button else actor.asks("connect")
    assert answer is not None
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", shown(answer))
    assert found is not None
    return found[0]


def connect(first: Actor, second: Actor) -> None:
    answer = second.asks(f"connect {code_for(first)}")
    assert answer is not None
    assert "This account is yours too now." in shown(answer)


def sends(actor: Actor, what: What, *, conversation: str = "", profile: Profile | None = None) -> None:
    stage = actor.stage
    place = Place.PRIVATE
    gesture = f"sent-{next(stage.ids)}"
    stage.dispatch(Inbound(gesture, actor.account, what, place, stage.now, profile, conversation))


def post(stage: Stage, key: str, person: str, kind: Kind = Kind.ANSWER, edits: str = "") -> None:
    with stage.store() as store:
        store.outbox.put(Post(key, ToPerson(person), taken(SAY), kind, edits=edits), now=stage.now)


def heard(actor: Actor) -> list[str]:
    """What has arrived as a post."""
    return [shown(seen.message) for seen in actor.screen if seen.receipt]


def answer_to(actor: Actor, words: str) -> str:
    answer = actor.asks(words)
    assert answer is not None
    return shown(answer)


def test_a_code_joins_two_accounts_and_either_finds_the_same_person(stage: Stage, ines: Actor, away: Actor) -> None:
    stage.programme()
    ines.asks("join")
    me = ines.me
    connect(ines, away)
    assert away.me == ines.me
    assert (away.me.id, away.me.account, away.me.name) == (me.id, ines.account, "Ines Duarte")
    assert "Your account in the other app is connected." in heard(ines)[-1]
    assert "That begins in your next message" not in away.reads_all
    assert "Mentoring" in answer_to(away, "status")


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " – ")]
)
def test_how_a_code_is_written_does_not_matter(ines: Actor, away: Actor, spoil: Callable[[str], str]) -> None:
    assert "yours too now" in answer_to(away, f"connect {spoil(code_for(ines))}")


def test_a_code_works_once_for_half_an_hour_and_the_newest_alone(stage: Stage, ines: Actor, away: Actor) -> None:
    first = code_for(ines)
    second = code_for(ines)
    assert first != second
    assert "I do not know that code" in answer_to(away, f"connect {first}")
    stage.wait(minutes=31)
    assert "I do not know that code" in answer_to(away, f"connect {second}")
    third = code_for(ines)
    assert "yours too now" in answer_to(away, f"connect {third}")
    rui = elsewhere(stage, "Rui Alves")
    assert "I do not know that code" in answer_to(rui, f"connect {third}")
    assert rui.me.id != ines.me.id


def test_a_code_is_kept_as_a_hash_and_not_for_long(stage: Stage, ines: Actor) -> None:
    code = code_for(ines)
    with stage.database.transaction() as connection:
        (row,) = connection.execute(select(codes)).all()
    assert code.replace("-", "") not in str(row)
    stage.wait(hours=1)
    maintaining.maintain(stage.kit)
    with stage.database.transaction() as connection:
        assert connection.execute(select(codes)).all() == []


def test_who_guesses_waits(stage: Stage, ines: Actor, away: Actor) -> None:
    code = code_for(ines)
    for n in range(5):
        assert "I do not know that code" in answer_to(away, f"connect AAAA-AAA{n + 2}")
    assert "Wait an hour" in answer_to(away, f"connect {code}")
    stage.wait(hours=1)
    assert "yours too now" in answer_to(away, f"connect {code_for(ines)}")


def test_a_code_that_is_typed_where_it_was_asked_for_changes_nothing(ines: Actor, away: Actor) -> None:
    code = code_for(ines)
    assert "Write it to me in the other app." in answer_to(ines, f"connect {code}")
    assert "yours too now" in answer_to(away, f"connect {code}")
    another = code_for(ines, "Connect another account") if ines.asks("connect") else ""
    assert "This account is yours already." in answer_to(away, f"connect {another}")


def test_where_the_bot_is_in_one_app_there_is_nothing_to_connect(stage: Stage, ines: Actor) -> None:
    kit = replace(stage.kit, spaces={"slack": Space(shared=True)})
    reply = dispatch(Inbound("1", ines.account, Asked("mentor", "connect"), Place.PRIVATE, stage.now), kit)
    assert reply is not None
    assert "I am in this app alone" in shown(reply.message)


def test_two_histories_do_not_become_one(stage: Stage, ines: Actor, away: Actor) -> None:
    stage.programme()
    away.asks("join")
    assert "so begin here" in answer_to(away, f"connect {code_for(ines)}")
    ines.asks("join")
    assert "two histories cannot become one" in answer_to(away, f"connect {code_for(ines)}")
    appointed = away.me.id
    assert appointed != ines.me.id
    with stage.store() as store:
        store.programmes.appoint(appointed, "", "viewer", by="", at=stage.now)
    assert "has a role in running mentoring" in answer_to(away, f"connect {code_for(ines)}")


def test_what_a_stray_account_was_told_and_tried_stands_under_the_one_name(
    stage: Stage, ines: Actor, away: Actor
) -> None:
    ines.asks("help")
    sends(away, Joined(), conversation=away.account.user)
    away.asks_admin("people")
    stray = away.me.id
    code = code_for(ines)
    post(stage, "late", stray)
    away.asks(f"connect {code}")
    with stage.database.transaction() as connection:
        ended = {row.key: (row.to_id, row.state) for row in connection.execute(select(outbox))}
        named = {row.person for row in connection.execute(select(audit))}
        known = [row.id for row in connection.execute(select(people))]
        further = connection.execute(select(accounts)).one()
        left = [
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
            if str(column.type).startswith("VARCHAR")
            and table.name != "outbox"
            and connection.execute(select(table).where(column == stray)).first() is not None
        ]
    assert ended[f"welcome:{stray}"] == (ines.me.id, State.SENT)
    assert ended["late"] == (ines.me.id, State.CANCELLED)
    assert named == {ines.me.id}
    assert known == [ines.me.id]
    assert further.conversation == away.account.user
    assert left == []


def test_what_an_owner_had_worked_out_and_decided_stands_under_the_one_name(
    stage: Stage, ines: Actor, away: Actor
) -> None:
    cohort = stage.programme("Mentoring")
    for name, role in (("Yusuf Demir", Role.MENTEE), ("Mira Okafor", Role.MENTOR)):
        joins(stage, stage.person(name), cohort, role)
    ines.asks("help")
    stage.owners.add(away.account.user)
    away.asks_admin("match hold Mira Okafor")
    away.asks_admin("match draft")
    stray = away.me.id
    connect(ines, away)
    with stage.database.transaction() as connection:
        asked = connection.execute(select(calculations.c.asked_by)).scalars().all()
        decided = connection.execute(select(locks.c.by)).scalars().all()
    assert stray != ines.me.id
    assert {*asked, *decided} == {ines.me.id}


class TestOnceConnected:
    @pytest.fixture(autouse=True)
    def connected(self, ines: Actor, away: Actor) -> None:
        ines.asks("help")
        connect(ines, away)

    def test_messages_arrive_at_the_main_account_until_the_other_is_chosen(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        me = ines.me.id
        post(stage, "one", me)
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [2, 0]

        away.presses("Write to me here instead")
        assert "From now on I write to you here." in away.reads
        post(stage, "two", me)
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [2, 1]
        assert "I write to you in the other app." in answer_to(ines, "connect")
        assert "I write to you here." in answer_to(away, "connect")

        ines.presses("Write to me here instead")
        post(stage, "three", me)
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [3, 1]

    def test_what_waits_goes_where_they_are_written_to_when_its_time_comes(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        stage.wait_until(datetime(2027, 3, 1, 23, tzinfo=UTC))
        post(stage, "tomorrow", ines.me.id, Kind.MUST_ARRIVE)
        stage.deliver()
        away.presses("Write to me here instead")
        stage.wait(days=1)
        assert [len(heard(ines)), len(heard(away))] == [1, 1]

    def test_what_is_in_hand_while_they_choose_goes_where_it_was_going_or_follows_them(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        post(stage, "given back", ines.me.id)
        (taken_,) = delivering.claim(stage.kit, "slow", PACES)
        away.presses("Write to me here instead")
        delivering.give_back(stage.kit, "slow", [taken_], ())
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [1, 1]

    def test_what_may_have_arrived_while_they_choose_is_said_again_unless_it_is_a_nudge(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        post(stage, "must", ines.me.id, Kind.MUST_ARRIVE)
        post(stage, "may", ines.me.id, Kind.NUDGE)
        claimed = delivering.claim(stage.kit, "lost", PACES)
        assert len(delivering.intend(stage.kit, "lost", claimed, ())) == 2
        away.presses("Write to me here instead")
        stage.wait(minutes=3)
        assert doubtful(stage.kit, "other", PACES) == []
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [1, 1]

    def test_a_change_goes_to_the_message_where_it_stands(self, stage: Stage, ines: Actor, away: Actor) -> None:
        me = ines.me.id
        post(stage, "card", me)
        stage.deliver()
        away.presses("Write to me here instead")
        post(stage, "changed", me, edits="card")
        (change,) = delivering.claim(stage.kit, "stage", PACES)
        assert (change.claimed.workspace, change.conversation) == ("slack:T1", ines.account.user)
        delivering.intend(stage.kit, "stage", [change], ())
        delivering.settle(stage.kit, "stage", [(change, outcomes.Unreachable("account_inactive"))])
        assert ines.me.reachable

    def test_who_cannot_be_written_to_at_one_account_is_written_to_where_they_act(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        me = ines.me.id
        sends(ines, Left())
        assert not ines.me.reachable
        away.asks("status")
        assert (ines.me.reachable, ines.me.account) == (True, away.account)
        post(stage, "news", me)
        stage.deliver()
        assert [len(heard(ines)), len(heard(away))] == [1, 1]

    def test_whose_account_was_closed_goes_on_with_the_other(self, stage: Stage, ines: Actor, away: Actor) -> None:
        sends(ines, AccountChanged(Profile("Ines Duarte", "Europe/Lisbon", "en", active=False)))
        assert not ines.me.active
        away.asks("status")
        assert (ines.me.active, ines.me.account) == (True, away.account)

    def test_what_an_app_says_of_the_further_account_changes_little(
        self, stage: Stage, ines: Actor, away: Actor
    ) -> None:
        before = ines.me
        sends(away, Asked("mentor", "help"), conversation="new address", profile=away.profile)
        closed = Profile("Inês D.", "America/New_York", "pt", active=False, email="ines@example.org")
        sends(away, AccountChanged(closed))
        sends(away, Left())
        sends(away, Joined())
        assert (ines.me.name, ines.me.zone, ines.me.active, ines.me.reachable) == (before.name, before.zone, True, True)
        assert ines.me.email == "ines@example.org"
        stage.deliver()
        assert heard(away) == []
        with stage.database.transaction() as connection:
            assert connection.execute(select(accounts.c.conversation)).scalar_one() is None
            assert connection.execute(select(people.c.conversation)).scalar_one() == ines.account.user

    def test_nobody_is_welcomed_a_second_time(self, stage: Stage, ines: Actor, away: Actor) -> None:
        away.presses("Write to me here instead")
        sends(away, Asked("mentor", "help"), conversation=away.account.user)
        sends(away, Joined(), conversation="another address")
        stage.deliver()
        assert heard(away) == []

    def test_what_answers_in_the_other_app_is_said_here(self, stage: Stage, ines: Actor, away: Actor) -> None:
        stage.programme()
        assert "What follows is in the other app" in answer_to(away, "join")
        assert "Mentor" in heard(ines)[-1]

    def test_an_answer_with_another_half_says_where_that_is(self, stage: Stage, ines: Actor, away: Actor) -> None:
        stage.owners.add(ines.account.user)
        running(stage)
        answer = away.asks_admin("report")
        assert answer is not None
        assert "The rest is in the other app, where I write to you." in shown(answer)
        assert "Mentoring" in heard(ines)[-1]
        answer = ines.asks_admin("report")
        assert answer is not None
        assert "other app" not in shown(answer)

    def test_what_is_typed_is_answered_where_it_was_typed(self, stage: Stage, ines: Actor, away: Actor) -> None:
        answer = away.says("hello there")
        assert answer is not None
        assert "other app" not in shown(answer)
        assert len(heard(ines)) == 1

    def test_owners_are_known_by_either_account(self, stage: Stage, ines: Actor, away: Actor) -> None:
        stage.owners.add(away.account.user)
        for actor in (ines, away):
            answer = actor.asks_admin("programme list")
            assert answer is not None
            assert "people who run mentoring" not in shown(answer)

    def test_a_mention_of_either_account_means_the_person(self, stage: Stage, ines: Actor, away: Actor) -> None:
        stage.owners |= {"U001", "U900"}
        hannah, there = stage.person("Hannah Weiss", owner=True), elsewhere(stage, "Hannah Weiss")
        stage.owners.add(there.account.user)
        for actor, user in ((hannah, ines.account.user), (there, away.account.user)):
            answer = actor.asks_admin(f"roles appoint <@{user}> viewer")
            assert answer is not None
            assert "Ines Duarte" in shown(answer)

    def test_an_account_that_a_stranger_connected_is_taken_back(self, stage: Stage, ines: Actor, away: Actor) -> None:
        away.presses("Write to me here instead")
        ines.presses("That was not me")
        assert "Taken back." in ines.reads_all
        assert ines.me.account == ines.account
        away.asks("help")
        assert away.me.id != ines.me.id

    def test_settings_offer_it(self, ines: Actor) -> None:
        ines.asks("settings")
        ines.fills()
        ines.presses("Connect another account")
        assert "I write to you here." in ines.reads


class TestInAMatch:
    @pytest.fixture
    def mira(self, stage: Stage) -> Actor:
        return stage.person("Mira Okafor")

    @pytest.fixture
    def match(self, stage: Stage, ines: Actor, mira: Actor) -> Match:
        return matched(stage, running(stage), mentor=mira, mentee=ines)

    def test_who_goes_to_another_workspace_writes_to_their_partner_through_the_bot(
        self, stage: Stage, ines: Actor, away: Actor, mira: Actor, match: Match
    ) -> None:
        connect(ines, away)
        away.presses("Write to me here instead")
        assert "The rest is in the other app" not in away.reads_all
        assert "I carry over what you and Mira write to each other" in away.reads
        away.presses("Write to Mira")
        away.fills(words="Kestrel on Thursday?")
        stage.deliver()
        assert any("Kestrel on Thursday?" in words for words in heard(mira))
        mira.presses("Write to Inês")
        mira.fills(words="Merlin it is.")
        stage.deliver()
        assert any("Merlin it is." in words for words in heard(away))
        assert not any("Merlin" in words for words in heard(ines))

        ines.asks("connect")
        ines.presses("Write to me here instead")
        assert "carry over" not in ines.reads_all

    def test_a_chat_of_the_two_is_opened_once_both_are_where_it_can_be(
        self, stage: Stage, ines: Actor, away: Actor, mira: Actor, match: Match
    ) -> None:
        together = "+".join(sorted((ines.account.user, mira.account.user)))
        connect(ines, away)
        away.presses("Write to me here instead")
        stage.wait_until(datetime(2027, 3, 1, 23, tzinfo=UTC))
        ines.asks("connect")
        ines.presses("Write to me here instead")
        away.asks("connect")
        away.presses("Write to me here instead")
        stage.wait(days=1)
        assert together not in stage.channels

        ines.asks("connect")
        ines.presses("Write to me here instead")
        stage.wait(days=1)
        assert [shown(seen.message).startswith("I cannot read") for seen in stage.channels[together]] == [True]
        away.asks("connect")
        away.presses("Write to me here instead")
        ines.asks("connect")
        ines.presses("Write to me here instead")
        stage.wait(days=1)
        assert len(stage.channels[together]) == 1
        with stage.database.transaction() as connection:
            lost = connection.execute(select(outbox.c.key).where(outbox.c.state.in_(NOT_ARRIVED))).scalars()
            assert list(lost) == []


def test_whom_somebody_keeps_apart_with_both_accounts_is_kept_apart_once(stage: Stage) -> None:
    carla = stage.person("Carla Weiss", owner=True)
    abroad = elsewhere(stage, "Carla W.")
    stage.owners.add(abroad.account.user)
    for actor in (carla, abroad, stage.person("Yusuf Demir"), stage.person("Mira Okafor")):
        actor.asks("help")
    for actor in (carla, abroad):
        actor.asks_admin("block Yusuf Demir, Mira Okafor")
        assert "are kept apart" in actor.reads

    connect(carla, abroad)

    me = carla.me
    with stage.store() as store:
        assert [one.by for one in store.blocks.all()] == [me.id]
    carla.asks_admin("block Yusuf Demir, Mira Okafor")
    assert "You no longer keep" in carla.reads
    with stage.store() as store:
        assert store.blocks.pairs() == []
