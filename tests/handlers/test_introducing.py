"""Whoever gets several partners at once is not buried in introductions."""

from collections.abc import Iterator
from datetime import timedelta

from flows.match import Match, MatchState, Member
from flows.people import Account, Participant, Profile, Role, Standing
from flows.programme import Cohort, CohortState, Design, Programme
from flows.voice.say import ENGLISH, Say
from handlers.inbound import Asked, Inbound, Place
from handlers.introducing import begin
from handlers.turn import Turn
from storage.store import Store
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
        today = stage.now.date()
        people = [
            store.people.meet(Account("stage", "T1", which), Profile(which, "UTC", "en"), which)
            for which in (f"{pairs}-{n}" for n in range(2 * pairs))
        ]
        for person in people:
            place = Participant(f"in-{person.id}", cohort.id, person.id, Standing.JOINED)
            store.participants.add(place, source="command", at=stage.now)
        sides = [
            Seats((Member(one.id, f"in-{one.id}", Role.MENTOR), Member(other.id, f"in-{other.id}", Role.MENTEE)))
            for one, other in zip(people[::2], people[1::2], strict=True)
        ]
        matches = [
            Match(f"m{pairs}-{n}", cohort.id, MatchState.ACTIVE, seats, today, today + timedelta(weeks=12))
            for n, seats in enumerate(sides)
        ]
        asked = Inbound("1", people[0].account, Asked("mentor", ""), Place.PRIVATE, stage.now)
        kit, say = stage.kit, Say(ENGLISH, "UTC")
        begin(Turn(asked, people[0], store, kit.content, say, stage.now, kit.new_id, frozenset(), kit.spaces), *matches)
    return sides[0]


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
