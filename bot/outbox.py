"""`alongside outbox`: what was sent and what did not arrive, for whoever runs the machine; no names, no words."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.database_faults import in_a_line
from bot.schema import head
from flows.deliveries import Batch, Undelivered
from flows.refusal import Refusal
from flows.voice import outbox as voice
from flows.voice import refusals
from flows.voice.message import Kind
from flows.voice.say import ENGLISH, Say, flatten
from handlers.resending import send_again
from storage.audit import Audit
from storage.beside import NoDatabase, reading, writing
from storage.deliveries import EVERYTHING, Deliveries
from storage.file_lock import InUse
from storage.limits import Limits
from storage.matches import Matches
from storage.people import People
from storage.vitals import Vitals

MOST = 50
"""Lines of a list."""
DAYS = 60


class Unavailable(Exception):
    """It cannot be looked at, or not be done; in a line for the operator."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is in the outbox at `at`: messages by kind and state, since when the oldest is due that waits, paused keys
    and until when, the newest of what many got, what did not arrive of late and how much of that there is."""

    at: datetime
    counts: Mapping[tuple[Kind, str], int]
    oldest_due: datetime | None
    paused: Mapping[str, datetime]
    batches: Sequence[Batch]
    lost: Sequence[Undelivered]
    lost_in_all: int


def look(url: str, now: datetime) -> Look:
    """Read it, beside a bot that may be running on it. Raises Unavailable."""
    since = now - timedelta(days=DAYS)
    with _opened(url, reading(url)) as connection:
        deliveries = Deliveries(connection)
        return Look(
            at=now,
            counts=deliveries.counts(),
            oldest_due=min(Vitals(connection).oldest_due(now).values(), default=None),
            paused=Limits(connection).paused(now),
            batches=deliveries.batches(EVERYTHING, most=MOST),
            lost=deliveries.lost(EVERYTHING, since=since, most=MOST),
            lost_in_all=deliveries.how_many_lost(EVERYTHING, since=since),
        )


def resend(url: str, key: str, *, now: datetime, new_id: Callable[[], str]) -> None:
    """Queue a message again and leave a line in the audit, without a person. Raises Unavailable; then nothing has
    changed."""
    try:
        with _opened(url, writing(url)) as connection:
            deliveries = Deliveries(connection)
            one = deliveries.lost_one(key, EVERYTHING)
            if one is None:
                raise Unavailable(f"There is no message {key} that did not arrive.")
            send_again(one, deliveries, People(connection), Matches(connection), now)
            Audit(connection).note(new_id(), person="", verb="outbox", outcome="done", about=key[:64], at=now)
    except Refusal as refusal:
        raise Unavailable(_said(refusal)) from None
    except InUse as fault:
        raise Unavailable(f"{fault}.\nWhile the bot runs, /mentor-admin outbox sends it again.") from None


def report(found: Look) -> str:
    """As text for a terminal; moments are UTC."""
    lines = ["Messages by kind and state"]
    for kind in Kind:
        states = [f"{state} {n}" for (one, state), n in found.counts.items() if one is kind]
        lines.append(f"  {kind:<12} {', '.join(states) or 'none'}")
    oldest = found.oldest_due
    since = f"{_moment(oldest)} ({_age(found.at - oldest)})" if oldest else "nothing waits that may go"
    lines += ["", f"Oldest that is due: {since}"]
    paused = [f"{key} until {_moment(until)}" for key, until in found.paused.items()]
    lines += [
        f"Paused: {', '.join(paused) or 'no key'}",
        "",
        "What many got",
    ]
    say = Say(ENGLISH, "UTC")
    for batch in found.batches:
        what = f"{voice.sort_name(batch.sort, say)}: {flatten(voice.tally(batch.tally, say))}"
        lines.append(f"  {_moment(batch.at)}  {what} ({batch.id})")
    if not found.batches:
        lines.append("  none")
    shown = f", {len(found.lost)} of them" if len(found.lost) < found.lost_in_all else ""
    lines += ["", f"Did not arrive in the last {DAYS} days: {found.lost_in_all}{shown}"]
    lines += [f"  {_moment(one.at)}  {one.lost:<8} {one.key:<48} {one.reason}{_wordless(one)}" for one in found.lost]
    return "\n".join(line.rstrip() for line in lines)


def as_json(found: Look) -> str:
    """The same for programs."""
    counts: dict[str, dict[str, int]] = {kind: {} for kind in Kind}
    for (kind, state), n in found.counts.items():
        counts[kind][state] = n
    return json.dumps(
        {
            "at": found.at.isoformat(),
            "counts": counts,
            "oldest_due": found.oldest_due.isoformat() if found.oldest_due else None,
            "paused": {key: until.isoformat() for key, until in found.paused.items()},
            "batches": [
                {
                    "batch": batch.id,
                    "at": batch.at.isoformat(),
                    "intended": batch.tally.intended,
                    "sent": batch.tally.sent,
                    "failed": batch.tally.failed,
                    "blocked": batch.tally.blocked,
                    "pending": batch.tally.pending,
                }
                for batch in found.batches
            ],
            "lost_in_all": found.lost_in_all,
            "lost": [
                {
                    "key": one.key,
                    "state": one.lost,
                    "reason": one.reason,
                    "due": one.at.isoformat(),
                    "words_kept": one.has_words,
                }
                for one in found.lost
            ],
        },
        indent=2,
    )


@contextmanager
def _opened(url: str, opening: AbstractContextManager[Connection]) -> Iterator[Connection]:
    """A connection to tables that this version knows; what keeps from it is said in one line."""
    newest = head()
    try:
        with opening as connection:
            revision = Vitals(connection).revision()
            if revision != newest:
                raise Unavailable(
                    f"The database is at revision {revision}, this version works with {newest}: run alongside migrate, "
                    "or use the version that the bot runs."
                )
            yield connection
    except NoDatabase as fault:
        raise Unavailable(str(fault)) from None
    except SQLAlchemyError as fault:
        raise Unavailable(in_a_line(fault, url, name="DATABASE_URL")) from None


def _said(refusal: Refusal) -> str:
    """A refusal in words, without the name that a coordinator would read."""
    nameless = Refusal(refusal.key, **dict.fromkeys(refusal.details, "this person"))
    line = refusals.refused(nameless, Say(ENGLISH, "UTC")).summary
    return line[:1].upper() + line[1:]


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _age(of: timedelta) -> str:
    minutes = int(of / timedelta(minutes=1))
    return f"{minutes} minutes ago" if minutes < 120 else f"{minutes // 60} hours ago"


def _wordless(one: Undelivered) -> str:
    return "" if one.has_words else " (its words are gone)"
