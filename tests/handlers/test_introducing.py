"""Whoever gets several partners at once is not buried in introductions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Asked, Inbound, Place
from handlers.introducing import begin
from handlers.turn import Turn
from storage.store import Store
from tests.handlers.couples import couples, turn_in
from tests.handlers.stage import Stage


class Seats(tuple[Member, ...]):
    """Places in a match that count how often somebody looks through them."""

    looks: int

    def __iter__(self) -> Iterator[Member]:
        self.looks = getattr(self, "looks", 0) + 1
        return super().__iter__()


def begun(stage: Stage, pairs: int) -> Seats:
    """So many pairs begin together; how often the first of them was looked through."""
    cohort = stage.programme()
    with stage.store() as store:
        turn = turn_in(stage, store)
        matches = [replace(one, members=Seats(one.members)) for one in couples(stage, store, cohort, pairs)]
        begin(turn, *matches)
    seats = matches[0].members
    assert isinstance(seats, Seats)
    return seats


def published(stage: Stage, mentees: int) -> list[str]:
    """The keys of the introductions after one mentor was given so many mentees at once."""
    kit = stage.kit
    with kit.database.transaction() as connection:
        store = Store(connection, kit.keyring)
        today = stage.now.date()
        cohort = Cohort("c1", "p1", "Spring", CohortState.RUNNING, today)
        store.programmes.add(Programme("p1", "Spring", Design(), "", stage.now), cohort)
        people = [
            store.people.meet(Account("stage", "T1", f"U{n}"), Profile(f"Person {n}", "UTC", "en"), f"person{n}")
            for n in range(mentees + 1)
        ]
        for person in people:
            place = Participant(f"in-{person.id}", "c1", person.id, Standing.JOINED)
            store.participants.add(place, source="command", at=stage.now)
        mentor, *others = people
        matches = [
            Match(
                f"m{number}",
                "c1",
                MatchState.ACTIVE,
                (
                    Member(mentor.id, f"in-{mentor.id}", Role.MENTOR),
                    Member(other.id, f"in-{other.id}", Role.MENTEE),
                ),
                today,
                today + timedelta(weeks=12),
            )
            for number, other in enumerate(others)
        ]
        asked = Inbound("1", mentor.account, Asked("mentor", ""), Place.PRIVATE, stage.now)
        say = Say(ENGLISH, "UTC")
        begin(Turn(asked, mentor, store, kit.content, say, stage.now, kit.new_id, frozenset(), kit.spaces), *matches)
        home = f"{mentor.account.platform}:{mentor.account.workspace}"
        posts = store.queue.due(home, stage.now, 100)
        keys = [post.key for post in posts]
        return [key for key in keys if key.startswith("intro") and key.endswith(mentor.id)]


def test_two_new_mentees_are_two_introductions(stage: Stage) -> None:
    assert len(published(stage, 2)) == 2


def test_three_new_mentees_are_one_message_with_three_lines(stage: Stage) -> None:
    assert published(stage, 3) == ["intros:m0:person0"]


def test_a_pair_is_looked_through_as_often_among_many_as_alone(stage: Stage) -> None:
    assert begun(stage, 20).looks == begun(stage, 1).looks
