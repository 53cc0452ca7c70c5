"""News for one person, which must arrive."""

from datetime import datetime

from flows.calendar import iso_week
from flows.people import Person
from flows.voice.message import Kind, Message, Post, ToPerson


def news(
    reader: Person, message: Message, *, key: str, subject: str, step: str, now: datetime, batch: str = ""
) -> Post:
    """To the private conversation of the reader, charged to their week at `now` (aware UTC); `key`, `subject`, `step`
    and `batch` are those of the Post."""
    return Post(
        key=key,
        to=ToPerson(reader.id),
        message=message,
        kind=Kind.MUST_ARRIVE,
        week=iso_week(now, reader.zone),
        subject=subject,
        step=step,
        batch=batch,
    )
