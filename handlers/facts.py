"""What a company says of somebody, and what they say of that: a card when it is news, and their word on it."""

from collections.abc import Collection
from datetime import timedelta

from flows.budget import Charge, allowed
from flows.calendar import at_local, iso_week, local
from flows.facts import Known, Word
from flows.people import Person
from flows.voice import facts as voice
from flows.voice.message import Block, Kind, Post, ToPerson
from handlers.inbound import Reply, Where
from handlers.turn import Turn

GOOD_FOR = timedelta(weeks=2)
"""After that the card is no news any more."""
STEP = "facts"


def tell(turn: Turn, people: Collection[str], *, source: str) -> int:
    """One card to each of those who take part and want to hear from us; how many get one. It counts as the message of
    this week or, where that has gone, of the next."""
    found = turn.store.people.all(_taking_part(turn, people)).values()
    readers = [person for person in found if person.active and person.nudges]
    histories = turn.store.season.histories([person.id for person in readers])
    news = {one: voice.news(turn.content.say(*one)) for one in {(person.locale, person.zone) for person in readers}}
    posts = []
    for person in readers:
        week, not_before = iso_week(turn.now, person.zone), None
        if not allowed(Charge.ROUTINE, histories[person.id].in_week(week, turn.now)):
            today = local(turn.now, person.hours).date()
            monday = today + timedelta(days=8 - today.isoweekday())
            not_before = at_local(monday, person.hours.start, person.zone)
            week = iso_week(not_before, person.zone)
        post = Post(
            key=f"{STEP}:{source}:{person.id}",
            to=ToPerson(person.id),
            message=news[person.locale, person.zone],
            kind=Kind.NUDGE,
            not_before=not_before,
            not_after=turn.now + GOOD_FOR,
            week=week,
            step=STEP,
        )
        posts.append(post)
    turn.store.outbox.put(*posts, now=turn.now)
    return len(posts)


def see(turn: Turn) -> Reply:
    """`See what it says`: in place of the card, which named nothing."""
    known = turn.store.facts.get(turn.me.id)
    if not voice.listed(known, known.manager, turn.say):
        return Reply(voice.nothing(turn.say), Where.INSTEAD)
    return Reply(voice.shown(known, manager_of(turn, known), brought_by(turn, known), turn.say), Where.INSTEAD)


def right(turn: Turn) -> Reply:
    """`That is right`."""
    return _noted(turn, Word.RIGHT)


def wrong(turn: Turn) -> Reply:
    """`Something is wrong`: their own answers count, and the company's list is for whoever keeps it."""
    return _noted(turn, Word.WRONG)


def later(turn: Turn) -> Reply:
    """`Not now`."""
    return Reply(voice.later(turn.say), Where.INSTEAD)


def in_settings(turn: Turn) -> tuple[Block, ...]:
    """What is known of the person, for the dialog of their settings."""
    known = turn.store.facts.get(turn.me.id)
    return voice.in_settings(known, manager_of(turn, known), brought_by(turn, known), turn.say)


def manager_of(turn: Turn, known: Known) -> str:
    """What the line manager is called: by name where the bot has met them."""
    people = turn.store.people.all(turn.store.facts.who_is(known.manager)[:1]) if known.manager else {}
    return next((person.name for person in people.values()), known.manager.rpartition("/")[2])


def brought_by(turn: Turn, known: Known) -> Person | None:
    """The coordinator from whom it came."""
    return turn.store.people.all([known.brought_by]).get(known.brought_by) if known.brought_by else None


def _noted(turn: Turn, word: Word) -> Reply:
    known = turn.store.facts.get(turn.me.id)
    if not voice.listed(known, known.manager, turn.say):
        return Reply(voice.nothing(turn.say), Where.INSTEAD)
    if known.word is not word:
        turn.store.facts.note_word(turn.me.id, word, turn.now)
    joined = [one.cohort for one in turn.store.participants.of_person(turn.me.id) if one.has_joined]
    return Reply(voice.noted(word, (joined or [""])[-1], brought_by(turn, known), turn.say), Where.INSTEAD)


def _taking_part(turn: Turn, people: Collection[str]) -> list[str]:
    """Who of them has joined something that is not over, and does not pause."""
    places = turn.store.participants.of_people(people)
    return sorted({one.person for one in places if one.may_be_matched(turn.today)})
