"""What was sent, at the coordinators' desk: figures, what did not arrive and why, and sending one of these again."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from flows.calendar import at_local
from flows.deliveries import Lost, Sort, Undelivered
from flows.refusal import Refusal
from flows.roles import EVERYWHERE, may
from flows.voice import coordinating
from flows.voice import outbox as voice
from flows.voice.message import Words
from handlers.coordinating.desk import Done, ask, confirmed, grants, within
from handlers.inbound import Reply, Where
from handlers.resending import check, send_again
from handlers.turn import Turn
from storage.deliveries import EVERYTHING, Within

BATCHES = 8
LINES = 10
HINTED = timedelta(days=7)
"""A hint is of the last week: what is older can be found, and hardly be mended."""


def outbox(turn: Turn) -> Done:
    """`outbox`: the newest of what many got, each with figures that add up, then what did not arrive."""
    mine = _mine(turn)
    names = {cohort.id: cohort.name for cohort in within(turn, "outbox")}
    batches = turn.store.deliveries.batches(mine, most=BATCHES + 1)
    named = [(batch, names.get(batch.cohort, "")) for batch in batches[:BATCHES]]
    message = voice.what_was_sent(named, _page(turn, mine, 0), turn.say, more=len(batches) > BATCHES)
    return Done(Reply(message, Where.PRIVATELY))


def more(turn: Turn) -> Done:
    """The next part of what did not arrive."""
    start = turn.arg("from")
    if not start.isdecimal():
        raise Refusal("message.old")
    page = _page(turn, _mine(turn), int(start))
    if not page.shown:
        raise Refusal("message.old")
    return Done(Reply(voice.further(page, turn.say), Where.BELOW))


def again(turn: Turn) -> Done:
    """The dry run of sending one message again."""
    one = _lost(turn, turn.arg("key"))
    _check(turn, one)
    told = _told(turn, [one])[0]
    notes: list[Words] = [voice.may_come_twice(turn.say)] if one.lost is Lost.UNKNOWN else []
    if one.sort is not Sort.INVITATION:
        notes.append(voice.in_working_hours(turn.say))
    message = coordinating.dry_run(
        voice.would_send_again(told, turn.say),
        (),
        None,
        turn.say.plain("Send it again"),
        ask(turn, "outbox", key=one.key),
        turn.say,
        notes=notes,
    )
    return Done(Reply(message, Where.PRIVATELY), one.key[:64], outcome="shown")


def confirm(turn: Turn) -> Done:
    """It is queued again, unless something has changed since."""
    one = _lost(turn, confirmed(turn, "outbox")["key"])
    told = _told(turn, [one])[0]
    send_again(one, turn.store.deliveries, turn.store.people, turn.store.matches, turn.now)
    return Done(Reply(voice.sent_again(told, turn.say), Where.INSTEAD), one.key[:64])


def hint(turn: Turn) -> Words:
    """For those who may look: that something did not arrive, counted up to last midnight on their clock, so that it
    says the same all day; nothing when all is well, and nothing to anybody else."""
    if not may("outbox", grants(turn)):
        return ()
    midnight = at_local(turn.today, time(), turn.me.zone)
    lost = turn.store.deliveries.how_many_lost(
        _mine(turn), since=midnight - HINTED, before=midnight, states=(Lost.UNKNOWN, Lost.FAILED)
    )
    return voice.hint(lost, turn.say) if lost else ()


def _mine(turn: Turn) -> Within:
    """Everything for whom owns everything, else their programmes."""
    if may("outbox", grants(turn), EVERYWHERE):
        return EVERYTHING
    return Within(tuple(cohort.id for cohort in within(turn, "outbox")))


def _page(turn: Turn, mine: Within, start: int) -> voice.Page:
    since = _since(turn)
    found = turn.store.deliveries.lost(mine, since=since, most=LINES, after=start)
    total = turn.store.deliveries.how_many_lost(mine, since=since)
    return voice.Page(tuple(_told(turn, found)), start, total)


def _since(turn: Turn) -> datetime:
    return turn.now - timedelta(days=voice.DAYS)


def _lost(turn: Turn, key: str) -> Undelivered:
    """The message that did not arrive, of those that the caller may see. Raises Refusal("outbox.moved_on")."""
    one = turn.store.deliveries.lost_one(key, _mine(turn))
    if one is None:
        raise Refusal("outbox.moved_on")
    return one


def _told(turn: Turn, lost: Sequence[Undelivered]) -> list[voice.Told]:
    readers = turn.store.people.all(sorted({one.person for one in lost if one.person}))
    found = []
    for one in lost:
        people = tuple(turn.store.matches.people_of(one.match)) if one.match else ()
        told = (readers[one.person],) if one.person in readers else people
        found.append(voice.Told(one, told, _may_go_again(turn, one)))
    return found


def _may_go_again(turn: Turn, one: Undelivered) -> bool:
    try:
        _check(turn, one)
    except Refusal:
        return False
    return True


def _check(turn: Turn, one: Undelivered) -> None:
    check(one, turn.store.deliveries, turn.store.people, turn.store.matches, turn.now)
