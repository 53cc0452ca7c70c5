"""A stage without a chat platform: people act through the router, posts arrive in their conversations, time moves.

Everything behind the router is real, the database is a file. What a platform does is played in a few lines: a reply
appears where it belongs, a post arrives as soon as it may, an edit replaces its message.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from flows.content import Content, parse
from flows.formats import Format
from flows.matching.calculation import work_out
from flows.people import Account, Person, Profile
from flows.programme import Cohort, CohortState, Design, Programme
from flows.space import Space
from flows.voice.message import (
    Action,
    Bullets,
    Button,
    Buttons,
    ChannelField,
    Chart,
    ChoiceField,
    ChoicesField,
    Facts,
    Field,
    File,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Quote,
)
from flows.voice.say import flatten
from handlers import calculating, delivering, outcomes, planning
from handlers.acts import opens
from handlers.ahead import read_ahead
from handlers.inbound import Asked, Closed, Filled, Inbound, Opened, Place, Pressed, Reply, Said, Submitted, What, Where
from handlers.kit import Kit
from handlers.pacing import Act, Paces
from handlers.router import dispatch
from storage import packs
from storage.database import open_database
from storage.limits import Pace
from storage.sealing import Keyring
from storage.store import Store

MONDAY_MORNING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PATIENCE = timedelta(seconds=30)
"""How long a delivery may wait for the pace of one message a second."""
PACES = {"slack": Paces({act: Pace(60_000, burst=100) for act in Act}, conversation=Pace(60, burst=3))}
PACK = parse(packs.read())
Value = str | Sequence[str]


def texts(message: Message) -> Iterator[str]:
    """Everything that a reader sees, in order, labels included."""
    for block in message.blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(words) | Note(words) | Quote(words):
                yield flatten(words)
            case Bullets(items):
                yield from map(flatten, items)
            case Facts(rows):
                yield from (f"{name}: {flatten(words)}" for name, words in rows)
            case Line(words, button):
                yield flatten(words)
                yield f"[{button.label}]"
            case Buttons(buttons):
                yield from (f"[{button.label}]" for button in buttons)
            case Form(fields, submit, others, keeps):
                for one in fields:
                    yield f"{one.label} {one.hint}".strip()
                    if isinstance(one, ChoiceField | ChoicesField):
                        yield from (f"( ) {option.label} {option.note}".rstrip() for option in one.options)
                yield from (f"[{button.label}]" for button in (submit, *keeps, *others))
            case Chart(title, _, _, _):
                yield title
            case File(name, title, text):
                yield f"{name} {title}\n{text}"


def shown(message: Message) -> str:
    """The whole message as a reader sees it, one line each."""
    return "\n".join(texts(message))


def buttons(message: Message, beside: str = "") -> Iterator[Button]:
    """Every button, in the order in which it is shown; with `beside` those at the end of such a line."""
    for block in message.blocks:
        match block:
            case Line(words, button) if beside in flatten(words):
                yield button
            case _ if beside:
                pass
            case Buttons(row):
                yield from row
            case Form(_, submit, others, keeps):
                yield from (submit, *keeps, *others)
            case _:
                pass


def forms(message: Message) -> Iterator[Form]:
    """Every form in the message."""
    return (block for block in message.blocks if isinstance(block, Form))


@dataclass(slots=True)
class Seen:
    """A message on somebody's screen; `receipt` names one that arrived as a post, "" is a reply."""

    message: Message
    place: Place
    receipt: str = ""


@dataclass
class Actor:
    """Somebody who reads what is shown and acts on it."""

    stage: "Stage"
    account: Account
    profile: Profile
    screen: list[Seen] = field(default_factory=list)
    """Oldest first: what arrived in the private conversation, and what was answered there."""
    dialog: Message | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    home: Message | None = None
    acts: int = 0
    pressed: Seen | None = None
    """The message that was pressed last: a reply may take its place, and a dialog was opened from it."""

    @property
    def me(self) -> Person:
        """What the bot knows of them. Raises AssertionError before their first act."""
        with self.stage.store() as store:
            found = store.people.of(self.account)
        assert found is not None
        return found

    @property
    def newest(self) -> Message:
        """The message at the bottom of the screen."""
        return self.screen[-1].message

    @property
    def reads(self) -> str:
        """The newest message as text; of an open dialog, the dialog."""
        return shown(self.dialog or self.newest)

    @property
    def reads_all(self) -> str:
        """Everything on the screen as text, oldest first."""
        return "\n---\n".join(shown(seen.message) for seen in self.screen)

    def asks(self, words: str = "", *, gesture: str = "") -> Message | None:
        """Types `/mentor WORDS`; `gesture` repeats a delivery."""
        return self._act(Asked("mentor", words), gesture=gesture)

    def asks_admin(self, words: str = "") -> Message | None:
        """Types `/mentor-admin WORDS`."""
        return self._act(Asked("mentor-admin", words))

    def says(self, text: str, *, at: datetime | None = None, gesture: str = "") -> Message | None:
        """Types a message; `at` is the platform's time when it was typed, `gesture` repeats a delivery."""
        return self._act(Said(text), at=at, gesture=gesture)

    def opens_home(self) -> Message:
        """Opens the bot's home and reads it."""
        self._act(Opened(), place=Place.HOME)
        assert self.home is not None
        return self.home

    def presses(self, label: str, *, beside: str = "", from_oldest: bool = False, gesture: str = "") -> Message | None:
        """Presses the newest button with that label: in the open dialog, else on screen, else at home.

        `beside` is part of the line at whose end the button stands.
        """
        seen, button = self.finds(label, beside=beside, from_oldest=from_oldest)
        return self.presses_again(seen, button, gesture=gesture)

    def presses_again(self, seen: Seen, button: Button, *, gesture: str = "") -> Message | None:
        """Presses a button that was found before, though it may have gone meanwhile."""
        filled: Filled = {}
        return self._press(seen, button, filled, gesture=gesture)

    def does(self, action: str, **args: str) -> Message | None:
        """Presses a button that carries this, wherever it may have stood."""
        return self._act(Pressed(Action(action, args)))

    def finds(self, label: str, *, beside: str = "", from_oldest: bool = False) -> tuple[Seen, Button]:
        """The newest button with that label and the message that has it. Raises AssertionError."""
        where = self.screen if from_oldest else self.screen[::-1]
        if self.dialog is not None:
            where = [Seen(self.dialog, self.dialog_place)]
        elif self.home is not None:
            where = [Seen(self.home, Place.HOME), *where]
        for seen in where:
            for button in buttons(seen.message, beside):
                if button.label == label:
                    return seen, button
        raise AssertionError(f"no button “{label}” on the screen of {self.profile.name}:\n{self.reads_all}")

    def fills(self, values: Mapping[str, Value] | None = None, /, **named: Value) -> Message | None:
        """Fills the form of the open dialog, else the newest form on screen, and presses its button.

        Keys are labels or names of fields, values are texts or options by label or value. A field that is not named
        keeps what it was prefilled with.
        """
        wanted = {**(values or {}), **named}
        for seen in [Seen(self.dialog, self.dialog_place)] if self.dialog else self.screen[::-1]:
            for form in forms(seen.message):
                filled = _fill(form, wanted)
                if self.dialog is None:
                    return self._press(seen, form.submit, filled)
                return self._act(Submitted(form.submit.action, filled), place=seen.place)
        raise AssertionError(f"no form on the screen of {self.profile.name}:\n{self.reads_all}")

    @property
    def dialog_place(self) -> Place:
        """A dialog is where the message is from which it was opened."""
        return Place.PRIVATE if self.home is None else Place.HOME

    def closes(self) -> None:
        """Closes the dialog without sending it."""
        self.dialog, self.errors = None, {}

    def types_and_closes(self, **named: Value) -> None:
        """Fills the form of the open dialog and closes it by its X."""
        assert self.dialog is not None, "no dialog is open"
        form = next(forms(self.dialog))
        self._act(Closed(form.submit.action, _fill(form, named)))
        self.closes()

    def fills_and_presses(self, label: str, **named: Value) -> Message | None:
        """Fills the form of the open dialog and presses a button beside its submit."""
        seen, button = self.finds(label)
        return self._press(seen, button, _fill(next(forms(seen.message)), named))

    def _press(self, seen: Seen, button: Button, filled: Filled, *, gesture: str = "") -> Message | None:
        if self.dialog is None:
            self.pressed = seen
        return self._act(Pressed(button.action, filled), place=seen.place, gesture=gesture)

    def _act(
        self, what: What, *, place: Place = Place.PRIVATE, at: datetime | None = None, gesture: str = ""
    ) -> Message | None:
        self.acts += 1
        if isinstance(what, Asked | Said | Opened):
            self.pressed = None
        self.stage.now += timedelta(seconds=1)
        if not isinstance(what, Pressed | Submitted | Opened):
            self.home = None
        inbound = Inbound(
            id=gesture or f"gesture-{next(self.stage.ids)}",
            who=self.account,
            what=what,
            place=place,
            at=at or self.stage.now,
            profile=self.profile,
            receipt=self.pressed.receipt if self.pressed and isinstance(what, Pressed | Submitted) else "",
        )
        reply = self.stage.dispatch(inbound)
        if isinstance(what, Pressed) and self.dialog is None and reply is not None and reply.where is Where.DIALOG:
            assert opens(what.action), f"{what.action.name} opens a dialog and does not say so: handlers/acts.py"
        if reply is not None:
            self._show(reply, place)
        elif isinstance(what, Submitted):
            self.closes()
        self.stage.deliver()
        return None if reply is None else reply.message

    def _show(self, reply: Reply, place: Place) -> None:
        if place is Place.HOME and reply.where not in (Where.HOME, Where.FIELD_ERRORS):
            # Beside the home there is no conversation: a dialog shows the answer, and the home is drawn anew.
            self.home = None
            self.opens_home()
            self.dialog, self.errors = reply.message, {}
            return
        match reply.where:
            case Where.DIALOG:
                self.dialog, self.errors = reply.message, {}
                return
            case Where.FIELD_ERRORS:
                assert self.dialog is not None, "there is no dialog to show the errors in"
                self.errors = reply.errors
                return
            case Where.HOME:
                self.home = reply.message
            case Where.BELOW | Where.PRIVATELY:
                self.screen.append(Seen(reply.message, Place.PRIVATE))
            case Where.INSTEAD:
                if self.pressed is None:
                    self.screen.append(Seen(reply.message, place))
                elif self.pressed.place is Place.HOME:
                    self.home = reply.message
                else:
                    self.pressed.message = reply.message
        self.closes()


def _fill(form: Form, wanted: Mapping[str, Value]) -> Filled:
    filled: dict[str, tuple[str, ...]] = {}
    missing = set(wanted)
    for one in form.fields:
        key = one.name if one.name in wanted else one.label
        missing.discard(key)
        values = _prefilled(one) if key not in wanted else _values(one, wanted[key])
        if values:
            filled[one.name] = values
    assert not missing, f"the form has no field {missing}, only {[one.label for one in form.fields]}"
    return filled


def _values(one: Field, value: Value) -> tuple[str, ...]:
    given = (value,) if isinstance(value, str) else tuple(value)
    if isinstance(one, ChoiceField | ChoicesField):
        by_label = {option.label: option.value for option in one.options}
        given = tuple(by_label.get(item, item) for item in given)
    return tuple(item for item in given if item)


def _prefilled(one: Field) -> tuple[str, ...]:
    if isinstance(one, ChoicesField):
        return one.chosen
    if isinstance(one, ChoiceField | ChannelField):
        return (one.chosen,) if one.chosen else ()
    value = getattr(one, "value", "")
    return () if value in ("", None) else (str(value)[:5] if hasattr(value, "hour") else str(value),)


class Stage:
    """People, programmes and a clock on one database, which has all tables and nothing in them."""

    def __init__(self, database_url: str, *, content: Content | None = None) -> None:
        self.database_url = database_url
        self.content = content or PACK
        self.now = MONDAY_MORNING
        self.ids = count(1)
        self.keyring = Keyring((b"k" * 32,), lambda: next(self.ids).to_bytes(12, "big"))
        self.owners: set[str] = set()
        self.spaces = {"slack": Space(shared=True), "stage": Space(shared=True)}
        self.actors: list[Actor] = []
        self.channels: dict[str, list[Seen]] = {}
        """Channel or shared conversation → what stands there."""
        self.database = open_database(database_url, durable=False)

    @property
    def kit(self) -> Kit:
        """What the router works with."""
        return Kit(
            database=self.database,
            content=self.content,
            keyring=self.keyring,
            now=lambda: self.now,
            new_id=lambda: f"id{next(self.ids):05}",
            owners=frozenset(self.owners),
            spaces=self.spaces,
        )

    def dispatch(self, inbound: Inbound) -> Reply | None:
        """What the bot answers to a gesture."""
        return dispatch(read_ahead(inbound, self.kit), self.kit)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """A transaction of the test's own."""
        with self.database.transaction() as connection:
            yield Store(connection, self.keyring)

    def person(
        self,
        name: str,
        *,
        zone: str = "Europe/Lisbon",
        locale: str = "en",
        title: str = "",
        email: str = "",
        owner: bool = False,
    ) -> Actor:
        """Somebody of the company; the bot meets them with their first act. `owner`: listed in MENTOR_OWNERS."""
        user = f"U{len(self.actors) + 1:03}"
        if owner:
            self.owners.add(user)
        actor = Actor(self, Account("slack", "T1", user), Profile(name, zone, locale, title=title, email=email))
        self.actors.append(actor)
        return actor

    def programme(
        self,
        name: str = "Mentoring",
        *,
        starts_on: date = date(2027, 3, 8),
        next_round: date | None = None,
        format_: Format = Format.ONE_TO_ONE,
    ) -> Cohort:
        """A programme whose cohort is open."""
        programme = Programme(f"pr{next(self.ids)}", name, Design(format=format_), "", self.now)
        cohort = Cohort(
            id=f"co{next(self.ids)}",
            programme=programme.id,
            name=name,
            state=CohortState.OPEN,
            starts_on=starts_on,
            next_round=next_round,
            opened_at=self.now,
            format=format_,
        )
        with self.store() as store:
            store.programmes.add(programme, cohort)
        return cohort

    def moves(self, cohort: Cohort, *states: CohortState) -> Cohort:
        """The cohort goes through these states."""
        with self.store() as store:
            cohort = store.programmes.cohort(cohort.id)
            for state in states:
                cohort = cohort.move(state)
            store.programmes.save_cohort(cohort)
        return cohort

    def restart(self) -> None:
        """The process ends and begins again on the same database."""
        self.database.close()
        self.database = open_database(self.database_url, durable=False)

    def wait(self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Time passes; the planner and the messenger run at every moment at which something is due."""
        end = self.now + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        self.deliver()
        while (moment := self._next_due()) is not None and moment <= end:
            self.now = max(self.now, moment)
            self.deliver()
        self.now = max(self.now, end)

    def wait_until(self, moment: datetime) -> None:
        """Time passes until then (aware)."""
        self.wait(minutes=(moment - self.now) / timedelta(minutes=1))

    def _next_due(self) -> datetime | None:
        with self.store() as store:
            moments = [store.outbox.first_due(), planning.next_look(store)]
        return min((moment for moment in moments if moment is not None), default=None)

    def deliver(self) -> None:
        """Plan what is due and let every post that may go arrive, waiting seconds for the pace where needed."""
        until = self.now + PATIENCE
        self.calculate()
        while True:
            while planning.plan(self.kit).all_well():
                pass
            claimed = delivering.claim(self.kit, "stage", PACES)
            opened = [self._opened(delivery) for delivery in claimed]
            ready = delivering.intend(self.kit, "stage", opened, opened)
            arrived = {one.claimed.key: (one, self._arrive(one)) for one in ready}
            delivering.settle(self.kit, "stage", tuple(arrived.values()))
            if not claimed:
                with self.store() as store:
                    due = store.outbox.first_due()
                if due is None or due > until:
                    return
                self.now = max(self.now, due)

    def calculate(self) -> None:
        """Work out what a turn wants, as another process does."""
        while (taken := calculating.take(self.kit, "stage")) is not None:
            job = calculating.read(self.kit, "stage", taken)
            if job is not None:
                answer = work_out(job.question, over=lambda: False, told=lambda _: None)
                calculating.keep(self.kit, "stage", job, answer)

    def _opened(self, delivery: delivering.Delivery) -> delivering.Delivery:
        if delivery.conversation:
            return delivery
        return replace(delivery, conversation="+".join(sorted(account.user for account in delivery.accounts)))

    def _arrive(self, delivery: delivering.Delivery) -> outcomes.Outcome:
        screen = next((actor.screen for actor in self.actors if actor.account.user == delivery.conversation), None)
        if screen is None:
            screen = self.channels.setdefault(delivery.conversation, [])
        message = delivery.message
        if delivery.receipt:
            seen = next(seen for seen in screen if seen.receipt == delivery.receipt)
            seen.message = message
            return outcomes.Sent(delivery.conversation, delivery.receipt)
        receipt = f"ts{next(self.ids)}"
        screen.append(Seen(message, Place.PRIVATE if len(delivery.accounts) == 1 else Place.SHARED, receipt))
        return outcomes.Sent(delivery.conversation, receipt)
