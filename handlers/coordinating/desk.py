"""The coordinators' desk: who may pass, what is written down, which programme is meant, and the one confirmation."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from flows.confirmations import GOOD_FOR, Confirmation
from flows.people import Account, Person
from flows.programme import Cohort, CohortState, Programme
from flows.refusal import Refusal
from flows.roles import EVERYWHERE, Grant, Rank, may
from flows.voice import coordinating as voice
from flows.voice import help as help_voice
from flows.voice import programmes as programmes_voice
from flows.voice import refusals
from flows.voice.message import Action
from handlers import words
from handlers.coordinating.line import Line, read
from handlers.inbound import Reply, Where
from handlers.turn import Handler, Reader, Turn
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What a coordinator's act came to: the answer, and for the audit the id of what it was about and how it ended."""

    reply: Reply
    about: str = ""
    outcome: str = "done"


TABLE = "table"
"""The argument of a confirmation that names a table which was kept for it, and goes with it."""

Act = Callable[[Turn], Done]
"""A handler behind the gate."""


OF_PEOPLE = frozenset(
    {
        "people",
        *(f"match {word}" for word in ("draft", "show", "lock", "forbid", "hold", "swap", "why", "compare", "publish")),
        "pulse",
        "report",
        "close",
    }
)
"""Verbs that need somebody to have joined."""


def grants(turn: Reader) -> Sequence[Grant]:
    """The roles of the one who acts."""
    return held_by(turn.me, turn.store, turn.owners)


def held_by(person: Person, store: Store, owners: Collection[str]) -> Sequence[Grant]:
    """The roles of a person; who stands in MENTOR_OWNERS with any of their accounts owns everything."""
    held = [Grant(programme, Rank(rank)) for programme, rank in store.programmes.roles_of(person.id)]
    theirs = (person.account, *store.accounts.further(person.id))
    return [Grant(EVERYWHERE, Rank.OWNER), *held] if any(one.user in owners for one in theirs) else held


def gated(verb: str, act: Act) -> Handler:
    """The act for those whose role allows the verb; everybody else is refused, and either leaves one audit line.

    A Refusal of the act takes back what it wrote and is answered here, so that the line is kept.
    """

    def pass_or_refuse(turn: Turn) -> Reply:
        held = grants(turn)
        if not held:
            _note(turn, verb, "refused", "")
            return Reply(help_voice.coordinators_only(turn.say), Where.PRIVATELY)
        try:
            if not may(verb, held):
                raise Refusal("roles.too_little", verb=verb)
            with turn.store.attempt():
                done = act(turn)
        except Refusal as refusal:
            if turn.again:
                raise
            _note(turn, verb, "refused", "")
            return Reply(refusals.refused(refusal, turn.say), Where.PRIVATELY)
        _note(turn, verb, done.outcome, done.about)
        return done.reply

    return pass_or_refuse


def _note(turn: Turn, verb: str, outcome: str, about: str) -> None:
    if turn.again:
        # Its line is there already.
        return
    turn.store.audit.note(turn.new_id(), person=turn.me.id, verb=verb, outcome=outcome, about=about, at=turn.now)


def as_typed(turn: Turn) -> Line:
    """What stands behind the verb. `naming.typed` finds people by their names in it, too."""
    _, rest = words.split(turn.words, [word.verb for word in words.ADMIN])
    return read(rest)


def mentioned(turn: Turn, user: str) -> Person:
    """The person behind a mention, in the caller's workspace. Raises Refusal("people.unknown")."""
    account = turn.inbound.who
    person = turn.store.people.of(Account(account.platform, account.workspace, user))
    if person is None:
        raise Refusal("people.unknown")
    return person


def within(turn: Turn, verb: str) -> Sequence[Cohort]:
    """The cohorts for which the caller's role allows the verb, archived ones included, the newest first."""
    held = grants(turn)
    return [cohort for cohort in turn.store.programmes.all_cohorts() if may(verb, held, cohort.programme)]


def chosen(turn: Turn, verb: str, name: str, *, archived: bool = False) -> Cohort:
    """The cohort meant by a name, whatever its case; without a name the only one that is not archived, or the only one
    for which the verb makes sense: who is still being described has no people yet, and who has opened cannot open.

    Raises Refusal: `programme.none`, `programme.which` (names), `programme.unknown` (name, near), `roles.not_here`.
    """
    allowed = within(turn, verb)
    living = [cohort for cohort in allowed if cohort.state is not CohortState.ARCHIVED]
    if not name:
        if not living:
            raise Refusal("programme.none")
        meant = living
        if verb in OF_PEOPLE or verb == "open":
            meant = [one for one in living if (one.state is CohortState.DRAFT) is (verb == "open")] or living
        if len(meant) > 1:
            raise Refusal("programme.which", names=turn.say.either([cohort.name for cohort in meant[:10]]))
        return meant[0]
    wanted = name.casefold()
    for cohort in (*living, *allowed) if archived else living:
        if cohort.name.casefold() == wanted:
            return cohort
    if any(cohort.name.casefold() == wanted for cohort in turn.store.programmes.all_cohorts()):
        raise Refusal("programme.over" if any(one.name.casefold() == wanted for one in allowed) else "roles.not_here")
    names = {cohort.name.casefold(): cohort.name for cohort in (allowed if archived else living)}
    near = names.get(words.nearest_name(name, list(names)), "")
    if not near:
        raise Refusal("programme.unknown", name=name[:80])
    raise Refusal("programme.near", name=name[:80], near=near)


def is_no_programme(turn: Turn, verb: str, rest: str) -> bool:
    """Whether a number that stands where a programme may be named is the name of none."""
    return rest.isdecimal() and all(cohort.name != rest for cohort in within(turn, verb))


def here(turn: Turn, verb: str, cohort_id: str) -> Cohort:
    """The cohort that a button names. Raises Refusal: `message.old`, `roles.not_here`."""
    try:
        cohort = turn.store.programmes.cohort(cohort_id)
    except LookupError:
        raise Refusal("message.old") from None
    if not may(verb, grants(turn), cohort.programme):
        raise Refusal("roles.not_here")
    return cohort


def to_edit(turn: Turn) -> tuple[Programme, Cohort]:
    """The programme that a button or dialog names, where the caller may change it. Raises Refusal: `programme.over`,
    `message.old`, `roles.not_here`."""
    wanted = turn.arg("programme")
    for cohort in turn.store.programmes.all_cohorts():
        if cohort.programme == wanted:
            cohort = here(turn, "programme edit", cohort.id)
            if cohort.state is CohortState.ARCHIVED:
                raise Refusal("programme.over")
            return turn.store.programmes.get(wanted), cohort
    raise Refusal("message.old")


def moved(turn: Reader, cohort: Cohort, to: CohortState) -> Cohort:
    """The cohort in its next state, not saved yet. Raises Refusal("cohort.unlawful") in the reader's words."""
    try:
        return cohort.move(to)
    except Refusal:
        state, wanted = programmes_voice.state(cohort.state, turn.say), programmes_voice.state(to, turn.say)
        raise Refusal("cohort.unlawful", name=cohort.name, state=state, to=wanted) from None


def ask(turn: Turn, verb: str, **args: str) -> Action:
    """The button that does what a dry run shows: `<verb>.confirm` with a token that works once."""
    token = turn.new_id()
    turn.store.confirmations.add(Confirmation(token, turn.me.id, verb, args, turn.now + GOOD_FOR))
    return Action(f"{verb.replace(' ', '.')}.confirm", {"token": token})


def confirmed(turn: Turn, verb: str) -> dict[str, str]:
    """What was shown and is confirmed now, for once. Raises Refusal: `confirm.other`, `.used`, `.expired`."""
    found = turn.store.confirmations.get(turn.arg("token"))
    if found is None:
        raise Refusal("message.old")
    turn.store.confirmations.save(found.use(verb, turn.me.id, turn.now))
    return dict(found.args)


def drop(turn: Turn) -> Done:
    """`Not now`: the token is spent, nothing else happens."""
    found = turn.store.confirmations.get(turn.arg("token"))
    if found is None:
        raise Refusal("message.old")
    turn.store.confirmations.save(found.use(found.verb, turn.me.id, turn.now))
    turn.store.imports.remove(found.args.get(TABLE, ""))
    return Done(Reply(voice.dropped(turn.say), Where.INSTEAD), outcome="dropped")


def numbered_from(turn: Turn) -> int:
    """The number from which a button shows the rest of a draft. Raises Refusal("message.old")."""
    start = turn.arg("from")
    if not start.isdecimal() or int(start) < 1:
        raise Refusal("message.old")
    return int(start)
