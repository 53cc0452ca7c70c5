"""One transaction with all repositories."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.audit import Audit
from storage.avoided import Avoided
from storage.blocks import Blocks
from storage.calculations import Calculations
from storage.channels import Channels
from storage.check_ins import CheckIns
from storage.claims import Claims
from storage.confirmations import Confirmations
from storage.deliveries import Deliveries
from storage.eligibility import Eligibility
from storage.facts import Facts
from storage.feedback import Feedback
from storage.figures import Figures
from storage.gatherings import Gatherings
from storage.imports import Imports
from storage.inbox import Inbox
from storage.interest import Interest
from storage.limits import Limits
from storage.locks import Locks
from storage.matches import Matches
from storage.outbox import Outbox
from storage.overviews import Overviews
from storage.participants import Participants
from storage.people import People
from storage.programmes import Programmes
from storage.pulses import Pulses
from storage.queue import Queue
from storage.reading import reading
from storage.relays import Relays
from storage.requests import Requests
from storage.restores import Restores
from storage.rounds import Rounds
from storage.schedule import Schedule
from storage.sealing import Keyring
from storage.season import Season
from storage.sessions import Sessions
from storage.wishes import Wishes
from storage.writings import Writings


class Store:
    """What a turn reads and writes, all in its one transaction; a repository is made when it is first asked for."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is written inside is taken back when it raises; what was written before stays."""
        with self._connection.begin_nested():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Whoever writes inside is stopped with WouldWrite, before anything is written."""
        with reading(self._connection):
            yield

    @property
    def wants(self) -> bool:
        """Whether something that is to be worked out was put in this transaction."""
        return "calculations" in vars(self) and self.calculations.added

    @cached_property
    def inbox(self) -> Inbox:
        """Gestures that were taken."""
        return Inbox(self._connection, self._keyring.secret)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages for others."""
        return Outbox(self._connection)

    @cached_property
    def queue(self) -> Queue:
        """Posts whose moment has come."""
        return Queue(self._connection)

    @cached_property
    def claims(self) -> Claims:
        """Posts on their way out."""
        return Claims(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What became of messages."""
        return Deliveries(self._connection)

    @cached_property
    def schedule(self) -> Schedule:
        """What to look at next."""
        return Schedule(self._connection)

    @cached_property
    def limits(self) -> Limits:
        """Pacing."""
        return Limits(self._connection)

    @cached_property
    def people(self) -> People:
        """Everybody whom the bot has met."""
        return People(self._connection)

    @cached_property
    def accounts(self) -> Accounts:
        """Who is one person in two apps."""
        return Accounts(self._connection, self._keyring.secret)

    @cached_property
    def eligibility(self) -> Eligibility:
        """Whom programmes are for."""
        return Eligibility(self._connection)

    @cached_property
    def facts(self) -> Facts:
        """What the company says of its people."""
        return Facts(self._connection)

    @cached_property
    def avoided(self) -> Avoided:
        """Whom people never want to be matched with; for them alone, and for matching."""
        return Avoided(self._connection, self._keyring)

    @cached_property
    def blocks(self) -> Blocks:
        """Whom coordinators keep apart."""
        return Blocks(self._connection)

    @cached_property
    def imports(self) -> Imports:
        """Tables that wait for their confirmation."""
        return Imports(self._connection, self._keyring)

    @cached_property
    def channels(self) -> Channels:
        """Where the bot may speak to many."""
        return Channels(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """Who did or tried what."""
        return Audit(self._connection)

    @cached_property
    def programmes(self) -> Programmes:
        """Schemes, their cohorts and coordinators."""
        return Programmes(self._connection)

    @cached_property
    def participants(self) -> Participants:
        """People in cohorts, and their answers."""
        return Participants(self._connection, self._keyring)

    @cached_property
    def matches(self) -> Matches:
        """Who mentors with whom."""
        return Matches(self._connection)

    @cached_property
    def sessions(self) -> Sessions:
        """Planned conversations and who said what of them."""
        return Sessions(self._connection)

    @cached_property
    def season(self) -> Season:
        """What one person's weekly slot must know."""
        return Season(self._connection)

    @cached_property
    def writings(self) -> Writings:
        """What pairs wrote, sealed at rest."""
        return Writings(self._connection, self._keyring)

    @cached_property
    def relays(self) -> Relays:
        """What partners on different platforms write to each other."""
        return Relays(self._connection, self._keyring)

    @cached_property
    def feedback(self) -> Feedback:
        """Three taps after a meeting."""
        return Feedback(self._connection)

    @cached_property
    def check_ins(self) -> CheckIns:
        """How it goes, week by week."""
        return CheckIns(self._connection)

    @cached_property
    def pulses(self) -> Pulses:
        """Anonymous counters."""
        return Pulses(self._connection, self._keyring.secret)

    @cached_property
    def interest(self) -> Interest:
        """Whether people would like mentoring."""
        return Interest(self._connection, self._keyring.secret)

    @cached_property
    def rounds(self) -> Rounds:
        """Runs of matching under review."""
        return Rounds(self._connection)

    @cached_property
    def locks(self) -> Locks:
        """What coordinators decided before the rules do."""
        return Locks(self._connection, self._keyring)

    @cached_property
    def wishes(self) -> Wishes:
        """Whom mentees wish for."""
        return Wishes(self._connection)

    @cached_property
    def requests(self) -> Requests:
        """Whether two people would be a match."""
        return Requests(self._connection)

    @cached_property
    def gatherings(self) -> Gatherings:
        """The same in formats that bring any number of people together."""
        return Gatherings(self._connection)

    @cached_property
    def calculations(self) -> Calculations:
        """What is worked out beside the turns."""
        return Calculations(self._connection)

    @cached_property
    def restores(self) -> Restores:
        """Copies that were put back."""
        return Restores(self._connection)

    @cached_property
    def confirmations(self) -> Confirmations:
        """What waits for its one confirmation."""
        return Confirmations(self._connection)

    @cached_property
    def overviews(self) -> Overviews:
        """Where people stand."""
        return Overviews(self._connection)

    @cached_property
    def figures(self) -> Figures:
        """What reports count."""
        return Figures(self._connection)
