"""What is worked out beside the turns, as the process sees it that does so: taken under a lease, read, kept or failed.

Every step that writes is a transaction of its own and asks first whether the lease still holds, so a process that was
overtaken stores nothing and tells nobody anything. What reads everybody does so aside of the turns (`Database.aside`),
for it takes seconds where they are thousands: `read` and `keep` are for a thread that is none of the database's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flows.calculations import Calculation, Kind, State
from flows.matching.calculation import Answer, Progress, Question
from flows.refusal import Refusal
from flows.roles import may
from flows.voice import refusals
from flows.voice.message import Kind as PostKind
from flows.voice.message import Message, Post, ToPerson
from handlers.coordinating import asking_why, comparing, drafting, gathering_draft
from handlers.coordinating.desk import grants
from handlers.errand import Errand, Keep, Work, run_for
from handlers.kit import Kit
from storage.outbox import State as PostState
from storage.store import Store

LEASE = timedelta(seconds=60)
"""Renewed every few seconds; whoever does not is taken for dead."""
MOST_TRIES = 5
"""One at which so many processes died, or that was made again so often, is given up."""
SHOWN = "calculation:"
"""With which the key of every message begins that tells of one."""
ANSWER = "answer"
"""The last that is shown of one."""
CODE = 6
"""Letters of a calculation's id by which the one who asked and the log speak of it."""

WORKS: Mapping[Kind, Work] = {
    Kind.DRAFT: Work(drafting.VERB, drafting.ask, drafting.keep, drafting.so_far, drafting.failed),
    Kind.GATHERINGS: Work(drafting.VERB, gathering_draft.ask, gathering_draft.keep, drafting.so_far, drafting.failed),
    Kind.WHY: Work(asking_why.VERB, asking_why.ask, asking_why.keep, asking_why.so_far, asking_why.failed),
    Kind.COMPARE: Work(comparing.VERB, comparing.ask, comparing.keep, comparing.so_far, comparing.failed),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A calculation in the hands of one process."""

    calculation: Calculation
    question: Question


def code_of(calculation: Calculation) -> str:
    """By which the one who asked and the log speak of it."""
    return calculation.id[:CODE]


def take(kit: Kit, owner: str) -> Calculation | None:
    """The next one that waits, or whose process is gone, under a lease for this process alone."""
    now = kit.now()
    with kit.database.guarded() as connection:
        return Store(connection, kit.keyring).calculations.take(owner, now, now + LEASE)


def take_back(kit: Kit) -> None:
    """For a process that is alone on its database, at its start: whoever had taken something is gone."""
    with kit.database.guarded() as connection:
        Store(connection, kit.keyring).calculations.take_back()


def read(kit: Kit, owner: str, calculation: Calculation) -> Job | None:
    """What it is made from; None when it is over with that: it was tried too often, or what it was for is gone, and the
    one who asked was told so."""
    if calculation.epoch > MOST_TRIES:
        kit.database.submit(partial(fail, kit, owner, calculation)).result()
        return None
    try:
        with kit.database.aside() as connection:
            errand = run_for(calculation, kit, Store(connection, kit.keyring))
            _allow(errand)
            return Job(calculation, WORKS[calculation.kind].ask(errand))
    except Refusal as refusal:
        kit.database.submit(partial(_refuse, kit, owner, calculation, refusal)).result()
        return None


def tell(kit: Kit, owner: str, job: Job, progress: Progress | None, *, nth: int) -> bool:
    """Say how far it is, the first time in a message and then in its place; whether it is still held."""
    with kit.database.transaction() as connection:
        errand = run_for(job.calculation, kit, Store(connection, kit.keyring))
        if not errand.store.calculations.renew(job.calculation, owner, errand.now + LEASE):
            return False
        message = WORKS[job.calculation.kind].so_far(errand, job.question.people, progress)
        _show(errand, message, f"{job.calculation.epoch}.{nth}")
        return True


def keep(kit: Kit, owner: str, job: Job, answer: Answer) -> None:
    """Store the answer and show it to the one who asked, once; or say why it is of no use any more."""
    try:
        with kit.database.aside() as connection:
            errand = run_for(job.calculation, kit, Store(connection, kit.keyring))
            store = WORKS[job.calculation.kind].keep(errand, job.question, answer)
        kit.database.submit(partial(_keep, kit, owner, job.calculation, store)).result()
    except Refusal as refusal:
        kit.database.submit(partial(_refuse, kit, owner, job.calculation, refusal)).result()


def _keep(kit: Kit, owner: str, calculation: Calculation, store: Keep) -> None:
    with kit.database.transaction() as connection:
        errand = run_for(calculation, kit, Store(connection, kit.keyring))
        calculations = errand.store.calculations
        if not calculations.renew(calculation, owner, errand.now + LEASE):
            return
        _allow(errand)
        kept = store(errand)
        if kept is None:
            calculations.give_back(calculation, owner)
            return
        calculations.end(calculation, owner, State.DONE, errand.now)
        _show(errand, kept.message, ANSWER)
        _note(errand, "done", kept.about)


def fail(kit: Kit, owner: str, calculation: Calculation, *, too_long: bool = False) -> None:
    """Nothing came of it: the one who asked hears so kindly, and nothing was stored."""
    with kit.database.transaction() as connection:
        errand = run_for(calculation, kit, Store(connection, kit.keyring))
        if errand.store.calculations.end(calculation, owner, State.FAILED, errand.now):
            failed = WORKS[calculation.kind].failed(errand, code_of(calculation), too_long=too_long)
            _show(errand, failed, ANSWER)
            _note(errand, "failed", calculation.id)


def give_back(kit: Kit, owner: str, calculation: Calculation) -> None:
    """Let it be done again, by another process or after the next start."""
    with kit.database.guarded() as connection:
        Store(connection, kit.keyring).calculations.give_back(calculation, owner)


def _allow(errand: Errand) -> None:
    """Whoever lost their role meanwhile is not shown what it was for. Raises Refusal("roles.not_here")."""
    cohort = errand.store.programmes.cohort(errand.calculation.cohort)
    if not may(WORKS[errand.calculation.kind].verb, grants(errand), cohort.programme):
        raise Refusal("roles.not_here")


def _refuse(kit: Kit, owner: str, calculation: Calculation, refusal: Refusal) -> None:
    with kit.database.transaction() as connection:
        errand = run_for(calculation, kit, Store(connection, kit.keyring))
        if errand.store.calculations.end(calculation, owner, State.FAILED, errand.now):
            _show(errand, refusals.refused(refusal, errand.say), ANSWER)
            _note(errand, "refused", calculation.id)


def _show(errand: Errand, message: Message, step: str) -> None:
    """In place of what was shown of it before, if that arrived or is arriving: one message notifies, however long it
    takes. The answer must arrive: where there is nothing that it could change after all, it is a message of its own."""
    first = f"{SHOWN}{errand.calculation.id}"
    to, outbox = ToPerson(errand.me.id), errand.store.outbox
    place = errand.store.queue.place_of(first)
    if place is not None and place.state is PostState.QUEUED:
        outbox.take_back(first)
        place = None
    if place is None:
        post = Post(first, to, message, PostKind.ANSWER)
    elif place.state in (PostState.CLAIMED, PostState.SENDING, PostState.SENT):
        kind = PostKind.MUST_ARRIVE if step == ANSWER else PostKind.ANSWER
        post = Post(f"{first}:{step}", to, message, kind, edits=first)
    else:
        post = Post(f"{first}:{step}", to, message, PostKind.ANSWER)
    outbox.put(post, now=errand.now)


def _note(errand: Errand, outcome: str, about: str) -> None:
    verb = WORKS[errand.calculation.kind].verb
    errand.store.audit.note(
        errand.new_id(), person=errand.me.id, verb=verb, outcome=outcome, about=about, at=errand.now
    )
