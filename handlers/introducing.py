"""A match begins: who is told what, and where the two talk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Protocol
from zoneinfo import ZoneInfo

from flows.activities.goals import STEPS
from flows.activities.writing import WritingState
from flows.budget import LIMITS, Charge
from flows.content import Content
from flows.deliveries import Sort, batch_of
from flows.journey import steps_of
from flows.match import Match, by_person
from flows.people import Person, Role
from flows.sessions import open_one, reached
from flows.space import Between, Card, Spaces, Way, links_to, mail_between, way_between
from flows.voice import matches as voice
from flows.voice import spaces, together
from flows.voice.message import Kind, Message, Post, ToMatch, ToPerson
from flows.voice.reasons import sentences, shared_by_all
from flows.voice.say import Say
from handlers.telling import news
from handlers.turn import Turn
from storage.outbox import State
from storage.store import Store


class Drawing(Protocol):
    """What a message about a match is drawn with: a turn's or the clock's."""

    @property
    def store(self) -> Store:
        """Where the match is kept."""
        ...

    @property
    def content(self) -> Content:
        """The pack."""
        ...

    @property
    def spaces(self) -> Spaces:
        """What the platforms offer."""
        ...

    @property
    def now(self) -> datetime:
        """Aware UTC."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """Makes an unguessable short id."""
        ...

    def say_to(self, person: Person) -> Say:
        """That person's language and zone."""
        ...


def begin(turn: Turn, *matches: Match, batch: str = "") -> None:
    """Keep matches that begin together, introduce their people, and let the planner look at them; `batch` when they are
    many, whose introductions are counted together.

    Whoever gets three partners or more at once reads one message with all of them: three introductions would fill the
    week, and the first conversation would not be told.
    """
    turn.store.matches.add(*matches)
    people = turn.store.people.all(list({one.person for match in matches for one in match.members}))
    # Whoever was asked about one of them may no longer have to answer.
    asked = [f"wish:{mentee}" for mentee in turn.store.requests.concerning(list(people))]
    begun = [f"match:{match.id}" for match in matches]
    turn.store.schedule.look_at_all([*asked, *begun, *(f"person:{person}" for person in people)], turn.now)
    posts = (replace(post, batch=batch) for post in _posts(turn, matches, people))
    turn.store.outbox.put(*posts, now=turn.now)


def introduce_anew(turn: Turn, match: Match, people: Mapping[str, Person]) -> frozenset[str]:
    """Somebody left several before all had heard: what still waits speaks of those who are left. The ids of the people
    who hear it only now."""
    history = turn.store.outbox.history(match.id)
    unaware = {told.person for told in history if told.step == "introduction" and told.state is State.QUEUED}
    batch = batch_of(Sort.INTRODUCTION, match.cohort, match.round)
    posts = [replace(post, batch=batch) for post in _posts(turn, [match], people)]
    # Where all have heard how they talk, no chat is opened for them now.
    again = [post for post in posts if turn.store.outbox.take_back(post.key) or unaware]
    # What has gone already keeps its key, and nothing is put a second time.
    turn.store.outbox.put(*again, now=turn.now)
    return frozenset(unaware)


def introduction(turn: Drawing, match: Match, reader: Person, partner: Person, *, greeted: bool = False) -> Message:
    """You and this person are matched, in the reader's words."""
    say = turn.say_to(reader)
    role = match.member(reader.id).role
    offset = minutes_east(reader, turn.now)
    why = sentences(match.reasons, role, partner, turn.content.questions, offset, say)
    late = match.is_guided and 0 < len(match.steps) < len(turn.content.journey.steps)
    between = between_them(turn, match, reader, partner)
    return voice.introduction(match, role, partner, why, say, between=between, greeted=greeted, late=late)


def between_them(turn: Drawing, match: Match, reader: Person, partner: Person) -> Between:
    """How the reader reaches their partner."""
    way = way_between((reader, partner), turn.spaces, apart=match.apart)
    match way:
        case Way.SHARED:
            return Between(way)
        case Way.LINKS:
            subject = spaces.meeting_subject(reader, partner, turn.say_to(reader))
            return Between(way, links=links_to(partner, subject, turn.spaces))
        case Way.RELAY:
            return Between(way, card=_card(turn, match, reader, partner))


def _card(turn: Drawing, match: Match, reader: Person, partner: Person) -> Card:
    """What both see of a match; the mentee finds the dates."""
    steps = steps_of(turn.content.journey, match.steps, match.started_on, match.ends_on)
    at = open_one(reached(match, steps, turn.store.sessions.of(match.id)))
    states = turn.store.writings.states(match.id, STEPS)
    email, mail = mail_between(reader, partner, turn.spaces)
    return Card(
        talk_at=at.planned_at if at else None,
        organiser="" if match.member(reader.id).role is Role.MENTEE else partner.first_name,
        steps_open=states.count(WritingState.SENT),
        steps_done=states.count(WritingState.DONE),
        email=email,
        mail=mail,
    )


def introduction_to(
    turn: Drawing, match: Match, reader: Person, people: Mapping[str, Person], *, greeted: bool = False
) -> Message:
    """The same to one of two, or of several."""
    others = [people[member.person] for member in match.partners(reader.id)]
    if len(others) == 1:
        return introduction(turn, match, reader, others[0], greeted=greeted)
    say = turn.say_to(reader)
    why = shared_by_all(match.reasons, turn.content.questions, minutes_east(reader, turn.now), say)
    format_ = turn.store.programmes.cohort(match.cohort).format
    way = way_between([reader, *others], turn.spaces, apart=match.apart)
    return together.introduction(match, reader, others, format_, why, way, say)


def intro_key(match: Match, person: str) -> str:
    """The key of the introduction that somebody gets."""
    return f"intro:{match.id}:{person}"


def mirror(turn: Turn, match: Match, people: Mapping[str, Person]) -> None:
    """Show the present state on the card of both, in place and without a sound, where they write through the bot."""
    if len(match.members) > 2 or way_between(list(people.values()), turn.spaces) is not Way.RELAY:
        return
    for reader in _introduced(turn, match, people):
        show_anew(turn, match, reader, people)


def show_end(turn: Drawing, over: Sequence[Match], people: Mapping[str, Person]) -> None:
    """These are over: the card of both says so where they write through the bot, and offers nothing more."""
    sides = {match.id: [people[member.person] for member in match.members] for match in over}
    cards = {which: two for which, two in sides.items() if len(two) == 2 and way_between(two, turn.spaces) is Way.RELAY}
    heard = turn.store.outbox.heard(cards, "introduction")
    posts = []
    for match in over:
        for reader, partner in permutations(cards.get(match.id, ()), 2):
            if (match.id, reader.id) in heard:
                key, message = intro_key(match, reader.id), voice.over(partner, turn.say_to(reader))
                posts.append(Post(f"{key}:over", ToPerson(reader.id), message, Kind.ANSWER, edits=key))
    turn.store.outbox.put(*posts, now=turn.now)


def show_links(turn: Drawing, match: Match, people: Mapping[str, Person]) -> None:
    """They were to share a conversation, and none could be opened: the introduction of both gets links, in place, once
    for ever."""
    for reader in _introduced(turn, match, people):
        show_anew(turn, match, reader, people, once="apart")


def _introduced(turn: Drawing, match: Match, people: Mapping[str, Person]) -> list[Person]:
    """Those who have an introduction of their own."""
    told = {one.person for one in turn.store.outbox.history(match.id) if one.step == "introduction"}
    return [people[person] for person in sorted(told & people.keys())]


def settle_space(turn: Drawing, match: Match) -> Mapping[str, Person]:
    """One of a living match is written to elsewhere now, so it may be another way in which they talk: their
    introductions say which. A conversation that they share already stays, for both still have the account; one is
    opened where there was none. Gives the people, by id."""
    _, people = turn.store.matches.with_people(match.id)
    if way_between(list(people.values()), turn.spaces, apart=match.apart) is not Way.SHARED:
        turn.store.outbox.take_back(shared_key(match))
    elif turn.store.matches.conversation(match.id) is None:
        turn.store.outbox.put(_opening(turn, match, people), now=turn.now)
    for reader in _introduced(turn, match, people):
        show_anew(turn, match, reader, people)
    return people


def show_anew(turn: Drawing, match: Match, reader: Person, people: Mapping[str, Person], *, once: str = "") -> None:
    """Change the introduction in place; with `once` never again for that reason."""
    key = intro_key(match, reader.id)
    message = introduction_to(turn, match, reader, people, greeted=match.member(reader.id).said_hello)
    post = Post(f"{key}:{once or turn.new_id()}", ToPerson(reader.id), message, Kind.ANSWER, edits=key)
    turn.store.outbox.put(post, now=turn.now)


def shared_key(match: Match) -> str:
    """The key of the first lines in the conversation that the two share."""
    return f"shared:{match.id}"


def minutes_east(person: Person, now: datetime) -> int:
    """How far their clock is ahead of UTC now."""
    offset = now.astimezone(ZoneInfo(person.zone)).utcoffset()
    return (offset or timedelta()) // timedelta(minutes=1)


def _posts(turn: Turn, matches: Sequence[Match], people: Mapping[str, Person]) -> Iterator[Post]:
    everybody = by_person(matches)
    for reader in people.values():
        mine = everybody[reader.id]
        for match in mine:
            if len(match.members) > 2:
                message = introduction_to(turn, match, reader, people)
                yield _post(turn, reader, f"intro:{match.id}", message, subject=match.id)
        met = [(match, people[match.partners(reader.id)[0].person]) for match in mine if len(match.members) == 2]
        if len(met) >= LIMITS[Charge.MATCH_DAY]:
            # About the cohort: one match may end, and the others are still to be told of.
            mentors = met[0][0].member(reader.id).role is Role.MENTEE
            message = voice.introductions(met, turn.say_to(reader), mentors=mentors)
            yield _post(turn, reader, f"intros:{met[0][0].id}", message, subject=met[0][0].cohort)
            continue
        for match, partner in met:
            message = introduction(turn, match, reader, partner)
            yield _post(turn, reader, f"intro:{match.id}", message, subject=match.id)
    for match in matches:
        members = [people[member.person] for member in match.members]
        if way_between(members, turn.spaces) is not Way.SHARED:
            continue
        yield _opening(turn, match, people)


def _opening(turn: Drawing, match: Match, people: Mapping[str, Person]) -> Post:
    """The first lines in the conversation that the two share, which is opened for them."""
    members = [people[member.person] for member in match.members]
    sides = [people[member.person] for role in (Role.MENTOR, Role.MENTEE) for member in match.in_role(role)]
    if len(members) == len(sides) == 2:
        message = spaces.shared(sides[0], sides[1], turn.say_to(sides[1]))
    else:
        message = together.shared(members, turn.say_to(members[0]))
    return Post(
        key=shared_key(match),
        to=ToMatch(match.id),
        message=message,
        kind=Kind.MUST_ARRIVE,
        subject=match.id,
    )


def _post(turn: Turn, reader: Person, key: str, message: Message, *, subject: str) -> Post:
    return news(reader, message, key=f"{key}:{reader.id}", subject=subject, step="introduction", now=turn.now)
