"""A season of six pairs, stored as it would be in its seventh week, whose figures can be worked out by hand."""

from datetime import UTC, date, datetime, timedelta

from flows.activities.writing import Writing, WritingState
from flows.feedback import HIGH, LOW, Tap
from flows.match import Match, MatchState, Member
from flows.meetings import Meeting, MeetingState
from flows.people import Role
from flows.programme import Cohort, CohortState
from flows.voice.message import Kind, Message, Post, ToPerson
from storage.store import Store
from tests.handlers.coordinating.company import joins
from tests.handlers.stage import Actor, Stage

MARK = "MARKED-PRIVATE"
WEEK_7 = datetime(2027, 4, 12, 9, 0, tzinfo=UTC)
LETTERS = "123456"


def played(stage: Stage, name: str = "Leaders 2027") -> Cohort:
    """Mentors “Mentor 1” to “Mentor 6” and their mentees, from 1 March on; it is Monday 12 April now."""
    cohort = stage.programme(name, starts_on=date(2027, 3, 1))
    mentors = [stage.person(f"Mentor {letter}") for letter in LETTERS]
    mentees = [stage.person(f"Mentee {letter}") for letter in LETTERS]
    matches = [_match(stage, cohort, *pair) for pair in zip(LETTERS, mentors, mentees, strict=True)]
    stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING)
    people = [actor.me.id for pair in zip(mentors, mentees, strict=True) for actor in pair]
    with stage.store() as store:
        _talks(store, matches)
        _writings(store, matches)
        _feedback(store, matches)
        _check_ins(store, matches)
        _pulse(store, cohort, people)
        _messages(store, matches, people, stage.now)
    stage.deliver()
    stage.now = WEEK_7
    return cohort


def _match(stage: Stage, cohort: Cohort, letter: str, mentor: Actor, mentee: Actor) -> Match:
    offers = joins(stage, mentor, cohort, Role.MENTOR, hours=2 if letter in "123" else 4, about=f"{MARK} hidden")
    seeks = joins(stage, mentee, cohort, Role.MENTEE, move_into=f"{MARK} sealed")
    match = Match(
        id=f"m{letter}",
        cohort=cohort.id,
        state=MatchState.ACTIVE,
        members=(Member(offers.person, offers.id, Role.MENTOR), Member(seeks.person, seeks.id, Role.MENTEE)),
        started_on=cohort.starts_on,
        ends_on=cohort.ends_on,
    )
    with stage.store() as store:
        store.matches.add(match)
    return match


def _talks(store: Store, matches: list[Match]) -> None:
    """Four have met once, two of them on the way to the second, of which one was held; one left the first out."""
    first = date(2027, 3, 9)
    for match in matches[:4]:
        met = Meeting(match.id, 1, match.started_on, MeetingState.MET, met_on=first)
        store.sessions.save(met, at=WEEK_7)
    store.sessions.save(Meeting(matches[4].id, 1, matches[4].started_on, MeetingState.SKIPPED), at=WEEK_7)
    planned = Meeting(matches[0].id, 2, first, planned_at=WEEK_7 + timedelta(days=2))
    held = Meeting(matches[1].id, 2, first, MeetingState.MET, met_on=date(2027, 3, 30))
    store.sessions.save(planned, at=WEEK_7)
    store.sessions.save(held, at=WEEK_7)


def _writings(store: Store, matches: list[Match]) -> None:
    sent, done, draft = WritingState.SENT, WritingState.DONE, WritingState.DRAFT
    pieces = [
        *(("objectives", state) for state in (sent, sent, done, draft)),
        *(("actions", state) for state in (sent, done, draft)),
        *(("ratings", state) for state in (sent, sent, sent)),
        *(("spotlight", state) for state in (sent, sent)),
        ("wins", sent),
        *(("letter", state) for state in (sent, sent, sent, sent, draft, WritingState.ELSEWHERE)),
        ("review", sent),
    ]
    for number, (kind, state) in enumerate(pieces):
        author = matches[0].members[number % 2].person
        words = {"text": f"{MARK} {kind} {number}"}
        store.writings.add(Writing(f"w{number}", matches[0].id, author, kind, 1, state, WEEK_7, words))


def _feedback(store: Store, matches: list[Match]) -> None:
    for place, match in enumerate(matches[:4]):
        for member in match.members:
            store.feedback.give(match.id, Tap(1, member.person, "useful", HIGH))
            poor = (place < 2 and member.role is Role.MENTEE) or (match is matches[2] and member.role is Role.MENTOR)
            store.feedback.give(match.id, Tap(1, member.person, "heard", LOW if poor else HIGH))
            if place < 2:
                store.feedback.give(match.id, Tap(1, member.person, "next", HIGH))
    for member in matches[1].members:
        # Of one pair alone: two reports, before and after, would tell what these two said.
        store.feedback.give(matches[1].id, Tap(2, member.person, "useful", LOW))


def _check_ins(store: Store, matches: list[Match]) -> None:
    words = ["fine"] * 7 + ["slow"] * 3 + ["stuck"] * 2
    people = [(match.id, member.person) for match in matches for member in match.members]
    for (match, person), word in zip(people, words, strict=True):
        store.check_ins.answer(match, person, "2027-W12", word)
    # This week is not over: nothing of it counts yet, but what somebody allows a coordinator to know does.
    store.check_ins.answer(matches[2].id, matches[2].members[0].person, "2027-W15", "shared")


def _pulse(store: Store, cohort: Cohort, people: list[str]) -> None:
    given = {
        ("start", "purpose"): ["yes", "yes", "yes", "rather", "rather", "no"],
        ("start", "belonging"): ["yes", "yes", "yes", "yes"],
        ("start", "hope"): ["little"] * 6,
        ("start", "confidence"): ["yes"] * 5 + ["no"],
        ("middle", "purpose"): ["yes"] * 8,
    }
    for (window, question), choices in given.items():
        for person, choice in zip(people, choices, strict=False):
            store.pulses.count(person, cohort=cohort.id, window=window, question=question, choice=choice)


def _messages(store: Store, matches: list[Match], people: list[str], now: datetime) -> None:
    """Three arrive, one waits for July, one is too late; an answer is none of them."""
    said = Message("A message of the season", ())
    later = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    past = now - timedelta(hours=1)

    def post(number: int, kind: Kind, *, not_before: datetime | None = None, not_after: datetime | None = None) -> Post:
        to = ToPerson(people[number])
        key = f"season:{number}:{kind}"
        return Post(key, to, said, kind, subject=matches[0].id, not_before=not_before, not_after=not_after)

    store.outbox.put(*(post(number, Kind.MUST_ARRIVE) for number in range(3)), now=now)
    store.outbox.put(post(4, Kind.NUDGE, not_before=later), now=now)
    store.outbox.put(post(5, Kind.NUDGE, not_after=past), now=now)
    store.outbox.put(post(6, Kind.ANSWER), now=now)
