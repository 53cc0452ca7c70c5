"""Matches by hand: pair two people, or end their match; each with a dry run and one confirmation."""

from collections.abc import Iterable

from flows.decisions import Decision
from flows.match import Match
from flows.matching.limits import failed
from flows.matching.locks import NEVER_OVERRIDDEN, Lock, LockKind, override_of
from flows.matching.rules import Limit
from flows.people import Person, Role
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.requests import Request
from flows.space import way_between
from flows.voice import coordinating
from flows.voice import locks as locks_voice
from flows.voice import matches as voice
from flows.voice.limits import limit_word
from flows.voice.message import Action
from handlers.coordinating.desk import Done, ask, confirmed, here, within
from handlers.coordinating.matched import new_match
from handlers.coordinating.naming import expect, named, typed
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.proposing import propose_all
from handlers.inbound import Reply, Where
from handlers.introducing import begin
from handlers.parting import close
from handlers.turn import Turn


def pair(turn: Turn) -> Done:
    """`pair MENTOR, MENTEE`: the dry run."""
    mentor, mentee = _two(turn, "pair")
    cohort = _common(turn, mentor, mentee)
    gathered = gather(turn, cohort)
    ids = _joined(turn, gathered, mentor, mentee)
    if limits := _against(turn, gathered, *ids):
        action = None
        if NEVER_OVERRIDDEN.isdisjoint(limits):
            action = Action("pair.override", {"cohort": cohort.id, "mentor": mentor.id, "mentee": mentee.id})
        told = locks_voice.refused(locks_voice.Barred(mentee, mentor, limits), action, turn.say, by_hand=True)
        return Done(Reply(told, Where.PRIVATELY), cohort.id, outcome="refused")
    places = gathered.candidates[ids[0]].places
    met_before = Limit.MET in failed(
        gathered.candidates[ids[1]], gathered.candidates[ids[0]], rules_of(turn.content, gathered.cohort)
    )
    action = ask(turn, "pair", cohort=cohort.id, mentor=mentor.id, mentee=mentee.id)
    message = coordinating.dry_run(
        voice.would_pair(mentor, mentee, way_between((mentor, mentee), turn.spaces), turn.say),
        voice.capacity(places, gathered.participants[ids[0]].capacity, turn.say),
        None,
        turn.say.plain("Introduce them"),
        action,
        turn.say,
        notes=[
            *([voice.met_before(turn.say)] if met_before else []),
            *([voice.both_agree_first(turn.say)] if cohort.takes_wishes else []),
        ],
    )
    return Done(Reply(message, Where.PRIVATELY), cohort.id, outcome="shown")


def confirm_pair(turn: Turn) -> Done:
    """They are introduced, unless something stands in the way by now."""
    args = confirmed(turn, "pair")
    cohort = here(turn, "pair", args["cohort"])
    mentor, mentee = turn.store.people.get(args["mentor"]), turn.store.people.get(args["mentee"])
    _check_state(turn, cohort)
    gathered = gather(turn, cohort)
    ids = _joined(turn, gathered, mentor, mentee)
    if limits := _against(turn, gathered, *ids):
        raise _refusal(turn, mentor, mentee, limits)
    return _introduced(turn, gathered, ids, mentor, mentee)


def ask_why(turn: Turn) -> Done:
    """The dialog of whoever matches two people against a limit."""
    gathered, mentor, mentee = _named(turn)
    limits = _against(turn, gathered, *_joined(turn, gathered, mentor, mentee))
    action = Action("pair.overridden", dict(turn.action.args))
    form = locks_voice.ask_why([locks_voice.Barred(mentee, mentor, limits)], action, turn.say)
    return Done(Reply(form, Where.DIALOG), gathered.cohort.id, outcome="shown")


def override(turn: Turn) -> Done:
    """They are introduced against a limit; who decided so, when and why is kept."""
    gathered, mentor, mentee = _named(turn)
    _check_state(turn, gathered.cohort)
    mentor_id, mentee_id = ids = _joined(turn, gathered, mentor, mentee)
    limits, why = _against(turn, gathered, *ids), turn.field("why")
    if not why:
        action = Action("pair.overridden", dict(turn.action.args))
        form = locks_voice.ask_why([locks_voice.Barred(mentee, mentor, limits)], action, turn.say)
        errors = {"why": locks_voice.why_needed(turn.say)}
        return Done(Reply(form, Where.FIELD_ERRORS, errors=errors), outcome="refused")
    if not NEVER_OVERRIDDEN.isdisjoint(limits):
        raise _refusal(turn, mentor, mentee, limits)
    lock = Lock(LockKind.PIN, mentee_id, mentor_id, override_of(limits))
    decision = Decision(turn.new_id(), gathered.cohort.id, lock, turn.me.id, turn.now, why)
    turn.store.locks.add(decision)
    # They are matched from now on, so that no draft has to keep them together.
    turn.store.locks.end((decision,), turn.now)
    return _introduced(turn, gathered, ids, mentor, mentee)


def _introduced(turn: Turn, gathered: Gathered, ids: tuple[str, str], mentor: Person, mentee: Person) -> Done:
    mentor_id, mentee_id = ids
    if gathered.cohort.takes_wishes:
        propose_all(turn, gathered, [(mentee_id, mentor_id, ())])
        return Done(Reply(voice.proposed(mentor, mentee, turn.say), Where.INSTEAD), gathered.cohort.id)
    match = new_match(turn, gathered, mentee=mentee_id, mentor=mentor_id)
    begin(turn, match)
    return Done(Reply(voice.paired(mentor, mentee, turn.say), Where.INSTEAD), match.id)


def unpair(turn: Turn) -> Done:
    """`unpair @A @B`: the dry run."""
    one, other = _two(turn, "unpair")
    match = _match_of(turn, one, other)
    action = ask(turn, "unpair", match=match.id)
    message = coordinating.dry_run(
        voice.would_unpair(one, other, turn.say),
        (),
        voice.ended(other, turn.say),
        turn.say.plain("End their match"),
        action,
        turn.say,
        grave=True,
    )
    return Done(Reply(message, Where.PRIVATELY), match.id, outcome="shown")


def confirm_unpair(turn: Turn) -> Done:
    """Both read that the match has ended, and nothing else."""
    args = confirmed(turn, "unpair")
    match = turn.store.matches.get(args["match"])
    here(turn, "unpair", match.cohort)
    close(turn, match, "unpaired")
    first, second = (turn.store.people.get(member.person) for member in match.members[:2])
    return Done(Reply(voice.unpaired(first, second, turn.say), Where.INSTEAD), match.id)


def _two(turn: Turn, verb: str) -> tuple[Person, Person]:
    line = typed(turn)
    expect(turn, line, many=2)
    if len(line.people) != 2:
        raise Refusal("pair.two", verb=verb)
    first, second = (named(turn, user) for user in line.people)
    if first.id == second.id:
        raise Refusal("pair.oneself")
    return first, second


def _common(turn: Turn, mentor: Person, mentee: Person) -> Cohort:
    """The cohort in which both take part in these roles. Raises Refusal: pair.not_joined, pair.role, pair.apart."""
    wanted = typed(turn).words.casefold()
    cohorts = {cohort.id: cohort for cohort in within(turn, "pair") if not wanted or cohort.name.casefold() == wanted}
    found: list[set[str]] = []
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        joined = [
            one for one in turn.store.participants.of_person(person.id) if one.has_joined and one.cohort in cohorts
        ]
        if not joined:
            raise Refusal("pair.not_joined", name=person.name)
        fitting = {one.cohort for one in joined if role in one.roles}
        if not fitting:
            raise Refusal("pair.not_a_mentor" if role is Role.MENTOR else "pair.not_a_mentee", name=person.name)
        found.append(fitting)
    both = found[0] & found[1]
    if not both:
        raise Refusal("pair.apart", mentor=mentor.name, mentee=mentee.name)
    if len(both) > 1:
        raise Refusal("programme.which", names=turn.say.either(sorted(cohorts[one].name for one in both)))
    cohort = cohorts[both.pop()]
    _check_state(turn, cohort)
    return cohort


def _check_state(turn: Turn, cohort: Cohort) -> None:
    if cohort.state is not CohortState.RUNNING:
        raise Refusal("pair.not_running", name=cohort.name)


def _named(turn: Turn) -> tuple[Gathered, Person, Person]:
    """The cohort, the mentor and the mentee of a button."""
    cohort = here(turn, "pair", turn.arg("cohort"))
    people = turn.store.people.all([turn.arg("mentor"), turn.arg("mentee")])
    if len(people) != 2:
        raise Refusal("message.old")
    return gather(turn, cohort), people[turn.arg("mentor")], people[turn.arg("mentee")]


def _joined(turn: Turn, gathered: Gathered, mentor: Person, mentee: Person) -> tuple[str, str]:
    """Their participants' ids. Raises Refusal: `pair.not_joined`, `pair.already`, `pair.asked`."""
    ids = {one.person: one.id for one in gathered.participants.values()}
    mentor_id, mentee_id = ids.get(mentor.id, ""), ids.get(mentee.id, "")
    if mentor_id not in gathered.candidates or mentee_id not in gathered.candidates:
        raise Refusal("pair.not_joined", name=mentor.name if mentor_id not in gathered.candidates else mentee.name)
    alive = turn.store.matches.alive_of(mentee.id)
    if any(mentor.id in {one.person for one in match.members} for match in alive):
        raise Refusal("pair.already", mentor=mentor.name, mentee=mentee.name)
    if any(not one.is_asked for one in _open_between(turn, mentor_id, mentee_id)):
        raise Refusal("pair.asked", mentor=mentor.name, mentee=mentee.name)
    return mentor_id, mentee_id


def _against(turn: Turn, gathered: Gathered, mentor: str, mentee: str) -> tuple[Limit, ...]:
    """The hard limits between two participants, but for an earlier match, in the order in which they are named.

    Whom a mentee asks by themselves no coordinator is told: it reads as any two who are not available to each other.
    """
    rules = rules_of(turn.content, gathered.cohort)
    limits = failed(gathered.candidates[mentee], gathered.candidates[mentor], rules) - {Limit.MET}
    if not limits and _open_between(turn, mentor, mentee):
        limits = frozenset({Limit.AWAY})
    return tuple(one for one in Limit if one in limits)


def _open_between(turn: Turn, mentor: str, mentee: str) -> list[Request]:
    return [one for one in turn.store.requests.of_mentee(mentee) if one.is_open and one.mentor == mentor]


def _refusal(turn: Turn, mentor: Person, mentee: Person, limits: Iterable[Limit]) -> Refusal:
    words = turn.say.listing(sorted({limit_word(limit, turn.say) for limit in limits}))
    return Refusal("round.limit", mentee=mentee.name, mentor=mentor.name, limit=words)


def _match_of(turn: Turn, one: Person, other: Person) -> Match:
    cohorts = {cohort.id for cohort in within(turn, "unpair")}
    for match in turn.store.matches.alive_of(one.id):
        if match.cohort in cohorts and any(member.person == other.id for member in match.partners(one.id)):
            return match
    raise Refusal("unpair.none", one=one.name, other=other.name)
