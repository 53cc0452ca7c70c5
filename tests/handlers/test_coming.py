"""People come and go: one welcome for ever, reachable where they act, words typed in the chat."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from flows.people import Account, Profile
from handlers.inbound import Asked, Inbound, Joined, Left, Place, Reply, Said, What
from storage.people import People
from tests.handlers.stage import Actor, Stage, shown
from tests.handlers.test_joining import MENTEE, answers

HERE = "https://connector.example/emea a:1-noor"
PLACE = next(number for number, (label, _) in enumerate(MENTEE) if label == "That is right")
_numbers = count(1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    made = Stage(database_url)
    yield made
    made.database.close()


@pytest.fixture
def noor(stage: Stage) -> Actor:
    """Somebody whose platform tells their conversation with each gesture, but not yet their zone."""
    actor = Actor(stage, Account("slack", "T1", HERE), Profile("Noor Haddad", "", "en"))
    stage.actors.append(actor)
    return actor


def acts(noor: Actor, what: What, *, conversation: str = HERE, zone: str = "", gesture: str = "") -> Reply | None:
    """One gesture, and everything that follows."""
    noor.stage.now += timedelta(seconds=1)
    inbound = Inbound(
        id=gesture or f"g{next(_numbers)}",
        who=noor.account,
        what=what,
        place=Place.PRIVATE if conversation else Place.SHARED,
        at=noor.stage.now,
        profile=replace(noor.profile, zone=zone),
        conversation=conversation,
    )
    reply = noor.stage.dispatch(inbound)
    noor.stage.deliver()
    return reply


def unreachable(noor: Actor) -> str | None:
    me = noor.me.id
    with noor.stage.store() as store:
        return store.people.unreachable([me]).get(me)


def conversation(noor: Actor) -> str:
    me = noor.me.id
    with noor.stage.store() as store:
        return store.people.reached_at([me])[me][1]


def test_whoever_comes_is_welcomed_once_for_ever(noor: Actor) -> None:
    for what in (Joined(), Joined(), Said("hello"), Left(), Joined(), Asked("mentor", "help", typed=True)):
        acts(noor, what)
    assert noor.reads_all.count("Hello Noor.") == 1


def test_the_first_message_alone_is_welcomed_too_and_gets_no_second_answer(noor: Actor) -> None:
    assert acts(noor, Said("hello", may_be_word=True)) is None
    assert [seen.message.summary for seen in noor.screen] == ["Hello Noor. Mentoring runs in this chat."]
    acts(noor, Said("hello again", may_be_word=True))
    assert "I have no question open" in noor.reads


def test_a_stranger_who_takes_the_bot_away_is_not_written_down(noor: Actor) -> None:
    acts(noor, Left())
    with noor.stage.store() as store:
        assert store.people.of(noor.account) is None


def test_who_took_the_bot_away_is_unreachable_until_they_act_again(noor: Actor) -> None:
    acts(noor, Joined())
    acts(noor, Left())
    assert unreachable(noor) == "removed"
    acts(noor, Said("I am back"))
    assert unreachable(noor) is None


def test_the_newest_conversation_counts_and_a_channel_is_none(noor: Actor) -> None:
    acts(noor, Joined())
    assert conversation(noor) == HERE
    acts(noor, Asked("mentor", "status", typed=True), conversation="")
    assert conversation(noor) == HERE
    acts(noor, Asked("mentor", "status", typed=True), conversation=f"{HERE}-moved")
    assert conversation(noor) == f"{HERE}-moved"


def test_a_zone_is_taken_over_as_soon_as_it_is_told_and_then_stays(noor: Actor) -> None:
    acts(noor, Joined())
    assert (noor.me.zone, noor.me.zone_known) == ("UTC", False)
    acts(noor, Said("hello"), zone="Europe/Lisbon")
    acts(noor, Said("hello"), zone="Asia/Tokyo")
    assert (noor.me.zone, noor.me.zone_known) == ("Europe/Lisbon", True)


def test_name_and_language_are_taken_over_as_soon_as_they_are_told(noor: Actor) -> None:
    noor.profile = Profile("", "", "")
    acts(noor, Joined())
    assert noor.newest.summary == "Hello. Mentoring runs in this chat."
    noor.profile = Profile("Noor Haddad", "", "")
    acts(noor, Said("hello"))
    noor.profile = Profile("Noor Haddad", "", "pt-PT")
    acts(noor, Said("hello"))
    noor.profile = Profile("Noor Haddad-Lima", "", "fr-FR")
    acts(noor, Said("hello"))
    assert (noor.me.name, noor.me.locale) == ("Noor Haddad-Lima", "pt-PT")


def test_what_is_told_again_is_not_written_again(noor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    acts(noor, Joined(), zone="Europe/Lisbon")
    written: list[str] = []
    monkeypatch.setattr(People, "save", lambda _, person: written.append(person.id))
    monkeypatch.setattr(People, "keep_conversation", lambda _, person, __: written.append(person))
    acts(noor, Asked("mentor", "help", typed=True), zone="Europe/Lisbon")
    assert written == []


def test_an_unknown_zone_is_asked_for_and_not_guessed(noor: Actor) -> None:
    noor.stage.programme()
    acts(noor, Joined())
    acts(noor, Asked("mentor", "join", typed=True))
    answers(noor, until=PLACE)
    assert "That is right" not in noor.reads
    assert "Time zone" in noor.reads
    noor.fills({"Time zone": "Europe/Lisbon", "Languages you speak": "en"})
    assert (noor.me.zone, noor.me.zone_known) == ("Europe/Lisbon", True)


def test_words_are_understood_with_more_behind_while_nothing_waits_for_text(noor: Actor) -> None:
    acts(noor, Joined())
    told = acts(noor, Said("help my team", may_be_word=True))
    assert told is not None
    assert "What you can do here" in shown(told.message)
    near = acts(noor, Said("mentor stauts", may_be_word=True))
    assert near is not None
    assert "Did you mean /mentor status" in shown(near.message)
    assert acts(noor, Said("help my team")) is None


def test_words_with_more_behind_answer_the_open_text_question(noor: Actor) -> None:
    noor.stage.programme()
    acts(noor, Joined(), zone="Europe/Lisbon")
    acts(noor, Asked("mentor", "join", typed=True))
    answers(noor, until=len(MENTEE) - 1)
    assert acts(noor, Said("help my team", may_be_word=True)) is None
    assert "help my team" in noor.reads_all


def test_a_typed_word_that_comes_again_is_not_answered_again(noor: Actor) -> None:
    acts(noor, Joined())
    assert acts(noor, Asked("mentor", "help", typed=True), gesture="same") is not None
    assert acts(noor, Asked("mentor", "help", typed=True), gesture="same") is None
    assert acts(noor, Asked("mentor", "help"), gesture="other") is not None
    assert acts(noor, Asked("mentor", "help"), gesture="other") is not None


def test_what_was_asked_while_nobody_could_be_reached_is_asked_again_when_they_come(stage: Stage, noor: Actor) -> None:
    stage.programme()
    acts(noor, Asked("mentor", "join", typed=True))
    first = noor.reads_all.count("May we keep your answers?")
    acts(noor, Left())
    acts(noor, Joined())
    acts(noor, Joined())
    assert noor.reads_all.count("May we keep your answers?") == first
    assert "May we keep your answers?" in noor.reads
    noor.presses("I agree")
    assert "How would you like to take part?" in noor.reads


def test_who_had_stopped_is_not_asked_again(stage: Stage, noor: Actor) -> None:
    stage.programme()
    acts(noor, Asked("mentor", "join", typed=True))
    noor.presses("I agree")
    noor.presses("Stop for now")
    acts(noor, Left())
    acts(noor, Joined())
    assert "How would you like to take part?" not in noor.reads_all
