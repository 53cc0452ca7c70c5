"""The one vocabulary of messages: what is said, before any platform draws it.

Closed: every renderer is a `match` that ends in `assert_never`. No loss: a renderer may simplify, never drop.
Inputs stand only inside a `Form`. There is no raw escape.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from flows.people import Account


@dataclass(frozen=True, slots=True)
class Plain:
    """Text as it is; what people typed is always this."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that carries the point."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens an https address, or an e-mail (mailto:)."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, shown as the platform shows people; `name` serves where their account is unknown."""

    account: Account
    name: str


@dataclass(frozen=True, slots=True)
class When:
    """A moment (aware, UTC), shown in the reader's zone; `text` is the same in words, already in their zone."""

    at: datetime
    text: str


Span = Plain | Strong | Link | Mention | When
Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What a button means: a name that the router knows, and ids or the choice, never facts."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)


class Tone(StrEnum):
    """How a button stands among its neighbours; never the only sign of its meaning."""

    PLAIN = "plain"
    MAIN = "main"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class Button:
    """A verb that one tap does; `label` makes sense read alone."""

    label: str
    action: Action
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `value` is stored, `label` and `note` are read."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextField:
    """One line, or several when `long`; at most `limit` characters."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    limit: int = 300
    long: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class NumberField:
    """A whole or decimal number within bounds."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    least: float | None = None
    most: float | None = None
    decimal: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of the options."""

    name: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    chosen: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ChoicesField:
    """Some of the options, `at_most` of them (0: as many as there are)."""

    name: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    chosen: tuple[str, ...] = ()
    at_most: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class DateField:
    """A calendar day; filled as YYYY-MM-DD."""

    name: str
    label: str
    hint: str = ""
    value: date | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TimeField:
    """A local time of day; filled as HH:MM."""

    name: str
    label: str
    hint: str = ""
    value: time | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PersonField:
    """One person of the workspace; filled as their user id on the reader's platform."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ChannelField:
    """One channel of the workspace; filled as its id on the reader's platform. `options` are those that are known, for
    a platform that cannot list its channels itself."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    hint: str = ""
    chosen: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TableField:
    """A table as text: a line with the names of columns, then rows; in dialogs only. A platform takes a file where it
    can, else rows that are pasted. Filled as the text."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False


Field = (
    TextField
    | NumberField
    | ChoiceField
    | ChoicesField
    | DateField
    | TimeField
    | PersonField
    | ChannelField
    | TableField
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a message, at most 24 characters where it opens a dialog."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    words: Words


@dataclass(frozen=True, slots=True)
class Note:
    """A small line beside the point: who sees this, what happens next."""

    words: Words


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, set apart."""

    words: Words


@dataclass(frozen=True, slots=True)
class Sealed:
    """What somebody wrote, by the name under which it rests sealed: a Quote once it is opened, just before the message
    is sent. No platform draws it closed."""

    item: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Lines of "name: value"."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with one button beside it."""

    words: Words
    button: Button


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons: the likely one first, a way out last."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Inputs with the one button that sends them. `others` stand beside it and send nothing of the inputs; `keeps`
    stand beside it too and send them as they are, unfinished ones included."""

    fields: tuple[Field, ...]
    submit: Button
    others: tuple[Button, ...] = ()
    keeps: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars or a line over categories; `series` maps a name to one number a category. The numbers stand in
    the message as text too, so nothing depends on the picture."""

    title: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    x_label: str = ""
    y_label: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A text file, sent beside the message."""

    name: str
    title: str
    text: str


Block = Heading | Paragraph | Note | Quote | Sealed | Bullets | Facts | Line | Buttons | Form | Chart | File


@dataclass(frozen=True, slots=True)
class Message:
    """What is said. `summary` is the notification and the screen reader's text: the whole point without the card."""

    summary: str
    blocks: tuple[Block, ...]


class Kind(StrEnum):
    """How a post is treated: an ANSWER follows an act and goes first; MUST_ARRIVE is sent again rather than lost;
    a NUDGE is lost rather than sent twice."""

    ANSWER = "answer"
    MUST_ARRIVE = "must_arrive"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The private conversation with a person, by their id."""

    person: str


@dataclass(frozen=True, slots=True)
class ToMatch:
    """The shared conversation of a match, by its id."""

    match: str


@dataclass(frozen=True, slots=True)
class ToChannel:
    """A channel that a coordinator chose, by its id on their platform."""

    platform: str
    channel: str


To = ToPerson | ToMatch | ToChannel


@dataclass(frozen=True, slots=True)
class Post:
    """A message for somebody else, or for later; its `key` is for ever, so a second put changes nothing.

    `edits` is the key of an earlier post whose message this one replaces in place (silently, no notification).
    `week` is the reader's local ISO week to whose budget a proactive message is charged; `subject` is what it is
    about (a match's, cohort's or participant's id) and `step` which step of a plan it was, for the history.
    `batch` names what many get at once, such as "broadcast:ID": it goes after everything else, and is counted together.
    """

    key: str
    to: To
    message: Message
    kind: Kind
    not_before: datetime | None = None
    not_after: datetime | None = None
    edits: str = ""
    week: str = ""
    subject: str = ""
    step: str = ""
    batch: str = ""
