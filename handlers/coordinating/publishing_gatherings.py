"""`match publish` of gatherings: a dry run with counts, one confirmation, then everybody hears at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flows.deliveries import Sort, batch_of
from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.journey import NO_PLAN
from flows.match import Match, MatchState, Member, in_order
from flows.matching.gatherings.gathering import Gathering
from flows.people import Role
from flows.profile import FIELDS
from flows.programme import CohortState
from flows.refusal import Refusal
from flows.space import Way, way_between
from flows.voice import coordinating, together
from flows.voice import gatherings as voice
from flows.voice import rounds as rounds_voice
from flows.voice.message import Words
from flows.voice.reasons import THEME_UNSAID
from handlers.coordinating.assembling import THEME, Standing, alive_in, standing_of, wanted_of
from handlers.coordinating.desk import Done, as_typed, ask, confirmed, here, moved
from handlers.coordinating.gatherings import current, names_of, skills, under_review
from handlers.coordinating.pool import Gathered, gather
from handlers.coordinating.publishable import next_round_of
from handlers.coordinating.untold import untold
from handlers.inbound import Reply, Where
from handlers.introducing import begin
from handlers.noticing import wake
from handlers.parting import let_go
from handlers.telling import news
from handlers.turn import Turn

CONFIRM = "gatherings publish"
"""What the dry run asks to be confirmed."""


def publish(turn: Turn) -> Done:
    """The dry run."""
    round_, gathered = current(turn, "match publish", as_typed(turn).words)
    stands = _something(standing_of(round_, wanted_of(turn, gathered)), gathered)
    return Done(_dry_run(turn, round_, gathered, stands), round_.id, outcome="shown")


def confirm(turn: Turn) -> Done:
    """Publish what was shown; when it has changed since, show it again instead."""
    args = confirmed(turn, CONFIRM)
    cohort = here(turn, "match publish", args["cohort"])
    round_ = under_review(turn, cohort, args["round"])
    gathered = gather(turn, cohort)
    stands = _something(standing_of(round_, wanted_of(turn, gathered)), gathered)
    if _mark(stands) != args["mark"]:
        return Done(_dry_run(turn, round_, gathered, stands, changed=True), round_.id, outcome="refused")
    next_round = next_round_of(turn, cohort)
    running = cohort if cohort.state is CohortState.RUNNING else moved(turn, cohort, CohortState.RUNNING)
    running = replace(running, next_round=next_round)
    turn.store.programmes.save_cohort(running)
    final = replace(round_, proposal=replace(round_.proposal, gatherings=stands.gatherings, left=stands.left))
    turn.store.gatherings.publish(final, turn.now)
    let_go(turn, *(match.complete(turn.today) for match in _ending(turn, gathered)))
    if cohort.format is Format.FLASH:
        _tell_sittings(turn, final, gathered)
    else:
        begin(turn, *(_match(turn, one, round_, gathered) for one in stands.gatherings), batch=_batch(round_))
    _tell_who_sits_out(turn, final, gathered, next_round)
    if next_round != cohort.next_round:
        turn.store.participants.end_skips(cohort.id)
    wake(turn.store, running, turn.now)
    message = voice.published(
        len(_readers(stands)), len(stands.left), _untold(turn, round_, stands, gathered), next_round, turn.say
    )
    return Done(Reply(message, Where.INSTEAD), round_.id)


def _something(stands: Standing, gathered: Gathered) -> Standing:
    """The same. Raises Refusal("round.empty") where nobody would hear anything."""
    if not stands.gatherings and not stands.left:
        raise Refusal("round.empty", name=gathered.cohort.name)
    return stands


def _dry_run(
    turn: Turn, round_: GatheringRound, gathered: Gathered, stands: Standing, *, changed: bool = False
) -> Reply:
    say, cohort, people = turn.say, gathered.cohort, gathered.people
    notes = [
        *([rounds_voice.changed_meanwhile(say)] if changed else []),
        *(voice.taken_out(names_of(one, people, say), say) for one in stands.out[: coordinating.MOST_NAMES]),
        *([voice.smaller(say.listing([people[one].name for one in stands.lost]), say)] if stands.lost else []),
        *_untold(turn, round_, stands, gathered),
    ]
    groups = [[people[one] for one in gathering.people] for gathering in stands.gatherings]
    talking = cohort.format is not Format.FLASH
    shared = sum(way_between(group, turn.spaces) is Way.SHARED for group in groups) if talking else 0
    message = coordinating.dry_run(
        voice.would_publish(cohort.format, len(stands.gatherings), cohort.name, say),
        voice.counts(
            len(_readers(stands)),
            shared,
            len(_ending(turn, gathered)),
            len(stands.left),
            next_round_of(turn, cohort),
            say,
        ),
        None,
        say.plain("Publish"),
        ask(turn, CONFIRM, cohort=round_.cohort, round=round_.id, mark=_mark(stands)),
        say,
        notes=notes,
    )
    return Reply(message, Where.INSTEAD if changed else Where.PRIVATELY)


def _mark(stands: Standing) -> str:
    """The same for the same messages to the same people."""
    lines = [f"{one.turn} {one.subject} {' '.join(one.people)}" for one in stands.gatherings]
    return hashlib.sha256("\n".join((*lines, "", *(one.person for one in stands.left))).encode()).hexdigest()[:16]


def _readers(stands: Standing) -> frozenset[str]:
    return frozenset(person for one in stands.gatherings for person in one.people)


def _ending(turn: Turn, gathered: Gathered) -> Sequence[Match]:
    """What the round before began, where it lasts as long as its round."""
    return alive_in(turn, gathered) if gathered.cohort.format.ends_with_round else []


def _batch(round_: GatheringRound) -> str:
    return batch_of(Sort.INTRODUCTION, round_.cohort, round_.id)


def _match(turn: Turn, one: Gathering, round_: GatheringRound, gathered: Gathered) -> Match:
    """They are together from today, by no plan."""
    cohort = gathered.cohort
    return Match(
        id=turn.new_id(),
        cohort=cohort.id,
        state=MatchState.ACTIVE,
        members=in_order(
            Member(gathered.participants[seat.participant].person, seat.participant, seat.role) for seat in one.seats
        ),
        started_on=max(turn.today, cohort.starts_on),
        ends_on=cohort.ends_on,
        round=round_.id,
        reasons=(*_about(one, gathered), *one.reasons),
        steps=NO_PLAN,
    )


def _about(one: Gathering, gathered: Gathered) -> tuple[tuple[str, str], ...]:
    """What it is about, as a reason; unsaid where a side took the answer out that would tell it."""
    if not one.subject:
        return ()
    wanted = "skill" if gathered.cohort.format is Format.FUNCTIONAL else FIELDS["goals"]
    told_by = {Role.MENTEE: wanted, Role.MENTOR: FIELDS["teaches"]}
    hides = any(told_by.get(seat.role) in gathered.participants[seat.participant].hidden for seat in one.seats)
    return ((THEME_UNSAID if hides else THEME, one.subject),)


def _tell_sittings(turn: Turn, round_: GatheringRound, gathered: Gathered) -> None:
    """One message to each of an event, with all of their talks."""
    talks: dict[str, list[tuple[int, Sequence[str]]]] = {}
    for one in round_.proposal.gatherings:
        for seat in one.seats:
            others = [gathered.people[other.participant].name for other in one.seats if other.role is not seat.role]
            talks.setdefault(seat.participant, []).append((one.turn, others))
    helping = {mentor for one in round_.proposal.gatherings for mentor in one.in_role(Role.MENTOR)}
    posts = []
    for person, sits in talks.items():
        reader = gathered.people[person]
        say = turn.say_to(reader)
        told = [(n, say.listing(names)) for n, names in sits]
        message = together.sittings(gathered.cohort.name, told, say, helps=person in helping)
        key, batch = f"intro:{round_.id}:{reader.id}", _batch(round_)
        subject = gathered.cohort.id
        posts.append(news(reader, message, key=key, subject=subject, step="introduction", now=turn.now, batch=batch))
    turn.store.outbox.put(*posts, now=turn.now)


def _tell_who_sits_out(turn: Turn, round_: GatheringRound, gathered: Gathered, next_round: date | None) -> None:
    """One message to everybody for whom there is nobody."""
    posts, waiting = [], []
    for one in round_.proposal.left:
        reader, participant = gathered.people[one.person], gathered.participants[one.person]
        say = turn.say_to(reader)
        subject = skills(turn, say).get(one.subject, one.subject)
        message = together.sits_out(one, participant, subject, next_round, say)
        key, batch = f"unmatched:{round_.id}:{reader.id}", _batch(round_)
        posts.append(news(reader, message, key=key, subject=one.person, step="unmatched", now=turn.now, batch=batch))
        waiting.append(replace(participant, waited=participant.waited + 1))
    turn.store.outbox.put(*posts, now=turn.now)
    turn.store.participants.save(*waiting)


def _untold(turn: Turn, round_: GatheringRound, stands: Standing, gathered: Gathered) -> tuple[Words, ...]:
    told = _readers(stands) | {one.person for one in stands.left}
    return untold(turn, round_.everybody, told, gathered)
