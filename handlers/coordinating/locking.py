"""What a coordinator decides before the rules do, beyond a draft: not this pair, not this person now."""

from collections.abc import Iterable
from dataclasses import replace

from flows.decisions import Decision, standing
from flows.matching.drafting.drafted import Draft
from flows.matching.editing.edits import edit
from flows.matching.locks import Lock, LockKind
from flows.matching.locks import lock as with_one_more
from flows.matching.people import Candidate
from flows.matching.rules import Rules
from flows.people import Role
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import locks as voice
from handlers.coordinating import naming
from handlers.coordinating.desk import Done, chosen
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def forbid(turn: Turn) -> Done:
    """`match forbid PERSON, PERSON`: they are never a pair of these rounds; a second time lets it go."""
    line = naming.typed(turn)
    if len(line.people) != 2:
        raise Refusal("match.two", verb="match forbid")
    cohort = chosen(turn, "match forbid", line.words)
    gathered, named = gather(turn, cohort), {naming.named(turn, user).id for user in line.people}
    two = {one.id for one in gathered.participants.values() if one.person in named}
    # Two of whom one is being asked just now may be kept apart too.
    asked = gather(turn, cohort, of=two, but=lambda _: True)
    one, other = (taking_part(turn, asked, user) for user in line.people)
    new = tuple(
        Lock(LockKind.FORBID, mentee.id, mentor.id)
        for mentee, mentor in ((one, other), (other, one))
        if Role.MENTEE in mentee.roles and Role.MENTOR in mentor.roles
    )
    mentee, mentor = (one, other) if Role.MENTEE in one.roles else (other, one)
    people = gathered.people[mentee.id], gathered.people[mentor.id]
    if one.id == other.id or not new:
        raise Refusal("match.no_sides", one=people[0].name, other=people[1].name)
    known = tuple(one for one in turn.store.locks.in_cohort(cohort.id) if one.lock in new)
    round_, rules = turn.store.rounds.drafted(cohort.id), rules_of(turn.content, gathered.cohort)
    were = round_ is not None and any((pair.mentee, pair.mentor) in _named(new) for pair in round_.draft.pairs)
    if known:
        keep(turn, cohort, round_, gathered, rules, ended=known)
        return Done(Reply(voice.permitted(*people, turn.say), Where.PRIVATELY), cohort.id, outcome="released")
    lawful(turn, asked, rules, new)
    keep(turn, cohort, round_, gathered, rules, new=new)
    return Done(Reply(voice.forbidden(*people, turn.say, were_a_pair=were), Where.PRIVATELY), cohort.id)


def hold(turn: Turn) -> Done:
    """`match hold PERSON`: no draft gives them anybody; a second time lets them go."""
    line = naming.typed(turn)
    if len(line.people) != 1:
        raise Refusal("match.one", verb="match hold")
    cohort = chosen(turn, "match hold", line.words)
    gathered = gather(turn, cohort)
    one = taking_part(turn, gathered, line.people[0])
    person = gathered.people[one.id]
    new = tuple(
        Lock(LockKind.HOLD, mentee=one.id) if role is Role.MENTEE else Lock(LockKind.HOLD, mentor=one.id)
        for role in Role
        if role in gathered.participants[one.id].roles
    )
    known = tuple(kept for kept in turn.store.locks.in_cohort(cohort.id) if kept.lock in new)
    round_, rules = turn.store.rounds.drafted(cohort.id), rules_of(turn.content, gathered.cohort)
    if known:
        keep(turn, cohort, round_, gathered, rules, ended=known)
        return Done(Reply(voice.let_go(person, turn.say), Where.PRIVATELY), cohort.id, outcome="released")
    _unpinned(turn, gathered, new)
    partners = _partners(round_, one.id, gathered)
    keep(turn, cohort, round_, gathered, rules, new=new)
    return Done(Reply(voice.held(person, partners, turn.say), Where.PRIVATELY), cohort.id)


def keep(
    turn: Turn,
    cohort: Cohort,
    round_: Round | None,
    gathered: Gathered,
    rules: Rules,
    *,
    new: Iterable[Lock] = (),
    ended: Iterable[Decision] = (),
) -> None:
    """Store what was decided; the draft under review, where there is one, follows at once."""
    turn.store.locks.end(ended, turn.now)
    for one in new:
        turn.store.locks.add(Decision(turn.new_id(), cohort.id, one, turn.me.id, turn.now))
    if round_ is not None:
        locks = standing(turn.store.locks.in_cohort(cohort.id))
        save(turn, round_, edit(round_.draft, gathered.candidates.values(), rules, locks))


def save(turn: Turn, round_: Round, draft: Draft, *, why: str = "") -> Round:
    """The draft under review becomes this one; what it locks and no decision says yet is decided by the one who acts,
    and what it no longer locks is let go. `why` is kept where it is against a limit."""
    before = turn.store.locks.in_cohort(round_.cohort)
    turn.store.locks.end([one for one in before if one.lock not in draft.locks], turn.now)
    for one in draft.locks:
        if one not in standing(before):
            reason = why if one.override else ""
            turn.store.locks.add(Decision(turn.new_id(), round_.cohort, one, turn.me.id, turn.now, reason))
    same = _partners_of(draft) == _partners_of(round_.draft)
    changed = replace(round_, draft=draft, edited=round_.edited or not same)
    turn.store.rounds.change(changed)
    return changed


def taking_part(turn: Turn, gathered: Gathered, user: str) -> Candidate:
    """The candidate whom a coordinator named. Raises Refusal("match.not_joined")."""
    person = naming.named(turn, user)
    found = next((one for one in gathered.participants.values() if one.person == person.id), None)
    if found is None:
        raise Refusal("match.not_joined", name=person.name, programme=gathered.cohort.name)
    return there(gathered, found.id)


def there(gathered: Gathered, which: str) -> Candidate:
    """The candidate who is this participant. Raises Refusal("match.not_joined") when they have left meanwhile."""
    if which not in gathered.candidates:
        raise Refusal("match.not_joined", name=gathered.people[which].name, programme=gathered.cohort.name)
    return gathered.candidates[which]


def lawful(turn: Turn, gathered: Gathered, rules: Rules, new: Iterable[Lock]) -> None:
    """Raise Refusal where one of these contradicts what was decided, or cannot hold."""
    locks = standing(turn.store.locks.in_cohort(gathered.cohort.id))
    try:
        for one in new:
            with_one_more(gathered.candidates.values(), rules, locks, one)
    except Refusal as refusal:
        raise gathered.named(refusal, turn) from None


def _unpinned(turn: Turn, gathered: Gathered, new: Iterable[Lock]) -> None:
    """Raise Refusal("round.pinned") where a pair is locked that has one of these."""
    held = {one.mentee or one.mentor for one in new}
    for one in turn.store.locks.in_cohort(gathered.cohort.id):
        if one.lock.kind is LockKind.PIN and not held.isdisjoint((one.lock.mentee, one.lock.mentor)):
            refusal = Refusal("round.pinned", mentee=one.lock.mentee, mentor=one.lock.mentor)
            raise gathered.named(refusal, turn)


def _partners(round_: Round | None, one: str, gathered: Gathered) -> list[str]:
    """Names of those who had this person in the draft."""
    pairs = round_.draft.pairs if round_ else ()
    partners = [
        pair.mentor if pair.mentee == one else pair.mentee for pair in pairs if one in (pair.mentee, pair.mentor)
    ]
    return [gathered.people[partner].name for partner in partners]


def _named(locks: Iterable[Lock]) -> set[tuple[str, str]]:
    return {(one.mentee, one.mentor) for one in locks}


def _partners_of(draft: Draft) -> list[tuple[str, str]]:
    return [(one.mentee, one.mentor) for one in draft.pairs]
