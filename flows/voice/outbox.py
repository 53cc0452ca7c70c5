"""What coordinators read of messages that were sent: figures, what did not arrive and why. Never the words of any."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.deliveries import Batch, Lost, Sort, Tally, Undelivered
from flows.people import Person
from flows.voice.message import (
    Action,
    Button,
    Buttons,
    Facts,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Words,
)
from flows.voice.people import mention
from flows.voice.say import Say, flatten

DAYS = 60
"""How far back it is looked for what did not arrive."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message that did not arrive, and its people as far as the coordinator may know them: the reader, or everybody
    in a shared chat; none for a channel. `may_go_again`: nothing stands in the way of sending it once more."""

    undelivered: Undelivered
    people: tuple[Person, ...]
    may_go_again: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what did not arrive: those, how many came before them, how many there are in all."""

    shown: tuple[Told, ...]
    before: int
    all: int

    @property
    def after(self) -> int:
        """How many come behind."""
        return self.all - self.before - len(self.shown)


def what_was_sent(batches: Sequence[tuple[Batch, str]], page: Page, say: Say, *, more: bool = False) -> Message:
    """The first page: what many got, each with the name of its programme, then what did not arrive; `more`: there are
    older ones of the first."""
    opening = _opening(page.all, say)
    return Message(
        summary=flatten(opening),
        blocks=(
            Heading(say.plain("What was sent")),
            Paragraph(opening),
            *((_figures(batches, say),) if batches else ()),
            *((Note(say("Older ones are not shown here.")),) if more else ()),
            *((Paragraph(say("**What did not arrive**")),) if page.shown else ()),
            *_list(page, say),
            Note(say("You see whom a message was for and what it was about. What it says is never shown here.")),
            *_more(page, say),
        ),
    )


def further(page: Page, say: Say) -> Message:
    """A later page: only what did not arrive."""
    opening = say(
        "Messages {first} to {last} of {all} that did not arrive.",
        first=str(page.before + 1),
        last=str(page.before + len(page.shown)),
        all=str(page.all),
    )
    return Message(summary=flatten(opening), blocks=(Paragraph(opening), *_list(page, say), *_more(page, say)))


def _opening(lost: int, say: Say) -> Words:
    if not lost:
        return say("Everything that was due in the last {days} days has arrived or is on its way.", days=str(DAYS))
    return say.many(
        lost,
        "{n} message of the last {days} days did not arrive.",
        "{n} messages of the last {days} days did not arrive.",
        days=str(DAYS),
    )


def _figures(batches: Sequence[tuple[Batch, str]], say: Say) -> Facts:
    return Facts(tuple((_named(batch, name, say), tally(batch.tally, say)) for batch, name in batches))


def _named(batch: Batch, programme: str, say: Say) -> str:
    day = say.moment(batch.at)
    match batch.sort:
        case Sort.BROADCAST:
            return say.plain("A word to everybody in {programme}, {day}", programme=programme, day=day)
        case Sort.INVITATION:
            return say.plain("Invitation to {programme}, {day}", programme=programme, day=day)
        case Sort.INTRODUCTION:
            return say.plain("Introductions in {programme}, {day}", programme=programme, day=day)
        case Sort.PROGRAMME_END:
            return say.plain("The end of {programme}, {day}", programme=programme, day=day)
        case Sort.INTEREST:
            return say.plain("Whether mentoring would help, {day}", day=day)
        case _:
            return say.plain("Messages of {programme}, {day}", programme=programme, day=day)


def tally(of: Tally, say: Say) -> Words:
    """One line of figures that add up; what is none is left out."""
    figures = [say.plain("{sent} of {intended} sent", sent=str(of.sent), intended=str(of.intended))]
    figures += [say.plain("{n} failed", n=str(of.failed))] if of.failed else []
    figures += [say.plain("{n} blocked", n=str(of.blocked))] if of.blocked else []
    figures += [say.plain("{n} waiting", n=str(of.pending))] if of.pending else []
    return (Plain(", ".join(figures)),)


def _list(page: Page, say: Say) -> tuple[Line | Paragraph, ...]:
    return tuple(_listed(one, say) for one in page.shown)


def _listed(one: Told, say: Say) -> Line | Paragraph:
    undelivered = one.undelivered
    words = say(
        "{who}: {what}, {day}. {reason}",
        who=_who(one, say),
        what=sort_name(undelivered.sort, say),
        day=say.day(undelivered.at.date()),
        reason=reason(undelivered, say),
    )
    if not one.may_go_again:
        return Paragraph(words)
    return Line(words, Button(say.plain("Send again"), Action("outbox.again", {"key": undelivered.key})))


def _who(one: Told, say: Say) -> Words:
    if one.undelivered.match:
        names = say.listing([person.first_name for person in one.people])
        return say("The shared chat of {names}", names=names) if names else say("A shared chat")
    if one.people:
        return (mention(one.people[0]),)
    return say("A channel") if not one.undelivered.person else say("Somebody who is gone")


def _more(page: Page, say: Say) -> tuple[Buttons, ...]:
    if page.after <= 0:
        return ()
    start = str(page.before + len(page.shown))
    return (Buttons((Button(say.plain("Show more"), Action("outbox.more", {"from": start})),)),)


def sort_name(of: Sort, say: Say) -> str:
    """What a message was, in plain words."""
    words = {
        Sort.BROADCAST: say.plain("A word to everybody"),
        Sort.INVITATION: say.plain("Invitation"),
        Sort.INTRODUCTION: say.plain("Introduction"),
        Sort.SHARED_CHAT: say.plain("First words in a shared chat"),
        Sort.RELAY: say.plain("What their partner wrote"),
        Sort.NOBODY_YET: say.plain("That there is nobody yet"),
        Sort.ROUND: say.plain("That a round is near"),
        Sort.PROGRAMME_END: say.plain("End of the programme"),
        Sort.MATCH_END: say.plain("End of a match"),
        Sort.CONVERSATION: say.plain("The next conversation"),
        Sort.MEETING: say.plain("Question after a conversation"),
        Sort.WEEKLY: say.plain("Weekly message"),
        Sort.INTEREST: say.plain("Whether mentoring would help"),
        Sort.PULSE: say.plain("Anonymous questions"),
        Sort.LETTER: say.plain("About a letter"),
        Sort.WRITING: say.plain("That something was written"),
        Sort.JOINING: say.plain("Question of joining"),
        Sort.REPORT: say.plain("Report"),
        Sort.ANSWER: say.plain("Answer to a typed message"),
        Sort.FACTS: say.plain("That their company told us something"),
        Sort.OTHER: say.plain("A message"),
    }
    return words[of]


def reason(of: Undelivered, say: Say) -> Words:
    """Why it did not arrive, in friendly words, with the platform's own word for whoever runs the bot."""
    match of.lost:
        case Lost.UNKNOWN:
            return say("The connection broke off while it was sent, so nobody knows whether it arrived.")
        case Lost.EXPIRED:
            return say("Its time was over before it could go.")
        case Lost.BLOCKED:
            return say("They cannot be written to now: their account is closed, or keeps us out.")
        case Lost.FAILED if of.code:
            return say("It was refused (“{code}”). Whoever runs the bot can say more.", code=of.code)
        case Lost.FAILED:
            return say("It was refused.")


def would_send_again(one: Told, say: Say) -> Words:
    """The first line of the dry run."""
    return say(
        "This sends one message again. {who}: {what}, {day}.",
        who=_who(one, say),
        what=sort_name(one.undelivered.sort, say),
        day=say.day(one.undelivered.at.date()),
    )


def may_come_twice(say: Say) -> Words:
    """Of one whose end nobody knows."""
    return say("Nobody knows whether it arrived, so they may read it twice.")


def in_working_hours(say: Say) -> Words:
    """When it goes."""
    return say("It goes in their working hours.")


def sent_again(one: Told, say: Say) -> Message:
    """It is on its way once more."""
    words = say("It is on its way again. {who}: {what}.", who=_who(one, say), what=sort_name(one.undelivered.sort, say))
    note = say("{command} shows whether it arrives.", command="/mentor-admin outbox")
    return Message(summary=flatten(words), blocks=(Paragraph(words), Note(note)))


def hint(lost: int, say: Say) -> Words:
    """One quiet line at the desk, the same for a whole day."""
    return say.many(
        lost,
        "{n} message of the last week did not arrive. {command} says which.",
        "{n} messages of the last week did not arrive. {command} says which.",
        command="/mentor-admin outbox",
    )
