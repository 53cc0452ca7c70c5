"""`match publish`: a dry run with counts, one confirmation, then everybody hears at once."""

from collections.abc import Iterator
from dataclasses import replace

from flows.decisions import Decision, pin_of
from flows.deliveries import Sort, batch_of
from flows.match import Match
from flows.matching.drafting.remedies import Idle, RemedyKind, Unmatched
from flows.matching.pairs import Pair
from flows.programme import CohortState
from flows.refusal import Refusal
from flows.rounds import Round, RoundState
from flows.space import Way, way_between
from flows.voice import coordinating, waiting
from flows.voice import rounds as voice
from flows.voice.message import Words
from flows.voice.say import Say
from handlers.coordinating.desk import Done, as_typed, ask, confirmed, here, moved
from handlers.coordinating.matched import new_match
from handlers.coordinating.pool import Gathered, gather
from handlers.coordinating.proposing import propose_all
from handlers.coordinating.publishable import Plan, plan_of
from handlers.coordinating.rounds import current, language_names, stored_reasons, under_review
from handlers.coordinating.untold import untold
from handlers.inbound import Reply, Where
from handlers.introducing import begin
from handlers.noticing import wake
from handlers.telling import news
from handlers.turn import Turn


def publish(turn: Turn) -> Done:
    """The dry run."""
    round_, gathered, _ = current(turn, "match publish", as_typed(turn).words)
    plan = _something(plan_of(turn, round_, gathered), gathered)
    return Done(_dry_run(turn, round_, gathered, plan), round_.id, outcome="shown")


def confirm(turn: Turn) -> Done:
    """Publish what was shown; when it has changed since, show it again instead."""
    args = confirmed(turn, "match publish")
    cohort = here(turn, "match publish", args["cohort"])
    round_ = under_review(turn, cohort, args["round"])
    gathered = gather(turn, cohort)
    plan = _something(plan_of(turn, round_, gathered), gathered)
    if plan.mark != args["mark"]:
        return Done(_dry_run(turn, round_, gathered, plan, changed=True), round_.id, outcome="refused")
    cohort = cohort if cohort.state is CohortState.RUNNING else moved(turn, cohort, CohortState.RUNNING)
    cohort = replace(cohort, next_round=plan.next_round)
    turn.store.programmes.save_cohort(cohort)
    turn.store.rounds.mark(round_.id, RoundState.PUBLISHED, turn.now)
    if cohort.takes_wishes:
        # A lock on a pair that is only proposed ends when both have said yes.
        couples = [(pair.mentee, pair.mentor, stored_reasons(turn, pair, gathered)) for pair in plan.pairs]
        propose_all(turn, gathered, couples, round_id=round_.id, batch=_batch(round_))
    else:
        turn.store.locks.end(_fulfilled(turn, cohort.id, plan), turn.now)
        begin(turn, *(_match(turn, round_, pair, gathered) for pair in plan.pairs), batch=_batch(round_))
    _tell_the_others(turn, round_, plan, gathered)
    _count_waiting(turn, plan, gathered)
    if cohort.next_round != gathered.cohort.next_round:
        turn.store.participants.end_skips(cohort.id)
    wake(turn.store, cohort, turn.now)
    left = _untold(turn, round_, plan, gathered)
    sent, left_over, takes_wishes = 2 * len(plan.pairs), len(plan.left), cohort.takes_wishes
    message = voice.published(sent, left_over, left, plan.next_round, turn.say, proposed=takes_wishes)
    return Done(Reply(message, Where.INSTEAD), round_.id)


def _something(plan: Plan, gathered: Gathered) -> Plan:
    """The same. Raises Refusal("round.empty") where nobody would hear anything."""
    if not plan.pairs and not plan.left:
        raise Refusal("round.empty", name=gathered.cohort.name)
    return plan


def _fulfilled(turn: Turn, cohort: str, plan: Plan) -> Iterator[Decision]:
    """The locks of pairs that are matches from now on."""
    decisions = turn.store.locks.in_cohort(cohort)
    for pair in plan.pairs:
        if found := pin_of(decisions, pair.mentee, pair.mentor):
            yield found


def _dry_run(turn: Turn, round_: Round, gathered: Gathered, plan: Plan, *, changed: bool = False) -> Reply:
    say, people = turn.say, gathered.people
    notes = [
        *([voice.changed_meanwhile(say)] if changed else []),
        *(
            voice.taken_out(people[pair.mentee], people[pair.mentor], refusal, say)
            for pair, refusal in plan.taken_out[: coordinating.MOST_NAMES]
        ),
        *_untold(turn, round_, plan, gathered),
        *([voice.joined_since(plan.joined_since, say)] if plan.joined_since else []),
    ]
    action = ask(turn, "match publish", cohort=round_.cohort, round=round_.id, mark=plan.mark)
    couples = [(people[pair.mentee], people[pair.mentor]) for pair in plan.pairs]
    shared = sum(way_between(couple, turn.spaces) is Way.SHARED for couple in couples)
    shared = 0 if gathered.cohort.takes_wishes else shared
    message = coordinating.dry_run(
        voice.would_publish(len(plan.pairs), gathered.cohort.name, say, proposed=gathered.cohort.takes_wishes),
        voice.counts(
            len(plan.pairs),
            len(plan.left),
            plan.next_round,
            say,
            shared=shared,
            proposed=gathered.cohort.takes_wishes,
        ),
        None,
        say.plain("Publish"),
        action,
        say,
        notes=notes,
    )
    return Reply(message, Where.INSTEAD if changed else Where.PRIVATELY)


def _batch(round_: Round) -> str:
    return batch_of(Sort.INTRODUCTION, round_.cohort, round_.id)


def _untold(turn: Turn, round_: Round, plan: Plan, gathered: Gathered) -> tuple[Words, ...]:
    told = {one for pair in plan.pairs for one in (pair.mentee, pair.mentor)} | {one.person for one in plan.left}
    return untold(turn, round_.everybody, told, gathered)


def _match(turn: Turn, round_: Round, pair: Pair, gathered: Gathered) -> Match:
    return new_match(
        turn,
        gathered,
        mentee=pair.mentee,
        mentor=pair.mentor,
        round_id=round_.id,
        reasons=stored_reasons(turn, pair, gathered),
    )


def _tell_the_others(turn: Turn, round_: Round, plan: Plan, gathered: Gathered) -> None:
    """One message to everybody for whom there is nobody."""
    posts = []
    for one in plan.left:
        person, participant = gathered.people[one.person], gathered.participants[one.person]
        say = turn.say_to(person)
        language = _language(turn, one, say)
        if isinstance(one, Unmatched):
            message = waiting.nobody_yet(one, participant, plan.next_round, language, say)
        else:
            message = waiting.no_mentee_yet(one, participant, plan.next_round, language, say)
        key, batch = f"unmatched:{round_.id}:{person.id}", _batch(round_)
        posts.append(news(person, message, key=key, subject=one.person, step="unmatched", now=turn.now, batch=batch))
    turn.store.outbox.put(*posts, now=turn.now)


def _language(turn: Turn, one: Unmatched | Idle, say: Say) -> str:
    """The label of the language that would help, where one would."""
    remedy = one.remedies[0]
    if remedy.kind is not RemedyKind.SPEAK:
        return ""
    return language_names(turn, say).get(remedy.detail, remedy.detail)


def _count_waiting(turn: Turn, plan: Plan, gathered: Gathered) -> None:
    """Who stayed without a mentor goes first next time; who has one starts at nothing again."""
    waiting = [gathered.participants[one.person] for one in plan.waiting]
    # A proposal is no mentor yet.
    found = [] if gathered.cohort.takes_wishes else [gathered.participants[pair.mentee] for pair in plan.pairs]
    turn.store.participants.save(
        *(replace(one, waited=one.waited + 1) for one in waiting),
        *(replace(one, waited=0) for one in found if one.waited),
    )
