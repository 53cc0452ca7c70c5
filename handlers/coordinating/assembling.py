"""What a round of gatherings is asked for, and what of a draft may still be published."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.formats import Format
from flows.gatherings import GatheringRound
from flows.match import Match
from flows.matching.gatherings.functional import Deliverable, Stay
from flows.matching.gatherings.gathering import SMALLEST_CIRCLE, Cause, Gathering, Left, Seat
from flows.matching.gatherings.holding import holding
from flows.matching.gatherings.wanted import Wanted
from flows.matching.people import Candidate
from flows.people import Role
from flows.questionnaire import is_day, standing_answers
from flows.voice.reasons import THEME_UNSAID
from handlers.coordinating.pool import Gathered
from handlers.introducing import Drawing

THEME = "theme"
"""The kind of the stored reason that says what a match is about."""


def alive_in(turn: Drawing, gathered: Gathered) -> Sequence[Match]:
    """The cohort's living matches."""
    return [match for match in turn.store.matches.in_cohort(gathered.cohort.id) if match.is_alive]


def wanted_of(turn: Drawing, gathered: Gathered, kept: Sequence[Gathering] = ()) -> Wanted:
    """Everybody who is free for something new, with what the format looks at beside their answers."""
    cohort = gathered.cohort
    alive = alive_in(turn, gathered)
    people = _free(gathered, alive)
    wanted = Wanted(
        format=cohort.format,
        shape=turn.content.frame.shape(cohort.format),
        candidates=people,
        ready=frozenset(one.id for one in gathered.participants.values() if Role.FACILITATOR in one.roles),
        before=turn.store.gatherings.before(cohort.id),
        work=_work(turn, gathered) if cohort.format is Format.FUNCTIONAL else {},
        stays=_stays(gathered) if cohort.format is Format.FUNCTIONAL else {},
        covered=frozenset(
            (mentee.participant, reason[1])
            for match in alive
            for reason in match.reasons
            for mentee in match.in_role(Role.MENTEE)
            if reason[0] in (THEME, THEME_UNSAID)
        ),
    )
    return replace(wanted, kept=_unchanged(kept, wanted))


def _unchanged(locked: Sequence[Gathering], wanted: Wanted) -> tuple[Gathering, ...]:
    """Those of the locked ones in which everybody may still be with everybody."""
    stands, _, _ = _stands(locked, wanted)
    people = {one.people for one in locked}
    return tuple(one for one in stands if one.people in people)


def _free(gathered: Gathered, alive: Sequence[Match]) -> tuple[Candidate, ...]:
    format_ = gathered.cohort.format
    everybody = tuple(gathered.candidates.values())
    if format_ in (Format.MOSAIC, Format.FLASH):
        # Somebody who has a mentor may have another for something else, and an event takes no place from anybody.
        everybody = tuple(
            replace(one, roles=gathered.participants[one.id].roles, load=0 if format_ is Format.FLASH else one.load)
            for one in everybody
        )
    if not format_.pooled or format_.ends_with_round:
        return everybody
    engaged = {member.participant for match in alive for member in match.members}
    return tuple(one for one in everybody if one.id not in engaged)


def _work(turn: Drawing, gathered: Gathered) -> Mapping[str, Deliverable]:
    """What each mentee is to deliver, as far as they said it."""
    found = {}
    stays = _stays(gathered)
    for one, answers in turn.store.participants.answers_of(list(gathered.candidates)).items():
        said = standing_answers(turn.content.questions, answers)
        skill, due = said.get("skill"), said.get("due")
        if isinstance(skill, str) and isinstance(due, str) and is_day(due):
            found[one] = Deliverable(skill, date.fromisoformat(due), stays[one])
    return found


def _stays(gathered: Gathered) -> Mapping[str, Stay]:
    """From the day after somebody is back until the programme ends."""
    away = {one: gathered.people[one].hours.away_until for one in gathered.candidates}
    return {
        one: Stay(until + timedelta(days=1) if until else None, gathered.cohort.ends_on) for one, until in away.items()
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a draft stands now: `gatherings` to be introduced, `out` those that are taken out, `lost` who is left out
    of one that goes on, `left` who hears that they sit out."""

    gatherings: tuple[Gathering, ...]
    out: tuple[Gathering, ...]
    lost: tuple[str, ...]
    left: tuple[Left, ...]


def standing_of(round_: GatheringRound, wanted: Wanted) -> Standing:
    """Somebody may have paused, left, joined others or been kept apart since the draft."""
    stands, out, lost = _stands(round_.proposal.gatherings, wanted)
    people = {one.id for one in wanted.candidates if one.available}
    together = {person for one in stands for person in one.people}
    loaded = {one.id for one in wanted.candidates if one.load}
    left = (*round_.proposal.left, *(left for one in out for left in _left(one, people, loaded, wanted.format)))
    sits_out: dict[str, Left] = {}
    # Whoever is on both sides hears of what they look for, as in a draft.
    for one in sorted(left, key=lambda one: one.cause is Cause.ASKED_FOR):
        if one.person in people and one.person not in together:
            sits_out.setdefault(one.person, one)
    return Standing(tuple(stands), tuple(out), tuple(lost), tuple(sits_out.values()))


def _left(one: Gathering, here: Collection[str], loaded: Collection[str], format_: Format) -> Iterator[Left]:
    """Those of a gathering that is taken out, each with why; a mentor who has somebody else misses nobody."""
    led = any(seat.participant in here for seat in one.seats if seat.role is Role.MENTOR)
    many = format_.pooled or (led and format_ in (Format.GROUP, Format.TEAM))
    for seat in one.seats:
        if seat.role is not Role.MENTOR:
            yield Left(seat.participant, Cause.FEW if many else Cause.PLACES)
        elif seat.participant not in loaded:
            yield Left(seat.participant, Cause.ASKED_FOR)


def _stands(gatherings: Sequence[Gathering], wanted: Wanted) -> tuple[list[Gathering], list[Gathering], list[str]]:
    """Those that stand by now, those that do not, and who is no longer in one that does."""
    people = {one.id: one for one in wanted.candidates if one.available}
    places = {one.id: one.places for one in people.values()}
    taken: Counter[str] = Counter()
    stands, out, lost = list[Gathering](), list[Gathering](), list[str]()
    for one in gatherings:
        seats = tuple(seat for seat in one.seats if _may(seat, people, taken, places, wanted.format))
        here = replace(one, seats=seats)
        held = holding(here, [people[person] for person in here.people], wanted.shape.rules, wanted.format)
        if held is None or not _is_whole(one, here, wanted):
            out.append(one)
            continue
        lost += [seat.participant for seat in one.seats if seat not in seats]
        stands.append(held)
        taken.update(held.in_role(Role.MENTOR))
    return stands, out, lost


def _may(
    seat: Seat, people: Mapping[str, Candidate], taken: Counter[str], places: Mapping[str, int], format_: Format
) -> bool:
    """Whether somebody may still have this seat."""
    candidate = people.get(seat.participant)
    if candidate is None:
        return False
    match seat.role:
        case Role.MENTEE:
            return Role.MENTEE in candidate.roles
        case Role.MENTOR if format_ in (Format.GROUP, Format.TEAM):
            return not candidate.load and not taken[seat.participant]
        case Role.MENTOR if format_ is Format.FLASH:
            return True
        case Role.MENTOR:
            return taken[seat.participant] < places[seat.participant]
        case Role.PEER | Role.FACILITATOR:
            return True


def _is_whole(one: Gathering, here: Gathering, wanted: Wanted) -> bool:
    """Whether those who are left still are what was proposed, and not fewer than such a gathering has."""
    sides = {seat.role for seat in one.seats} & {Role.MENTOR, Role.MENTEE}
    least = {
        Format.CIRCLE: SMALLEST_CIRCLE,
        Format.TEAM: SMALLEST_CIRCLE,
        Format.GROUP: wanted.shape.least,
    }.get(wanted.format, 1)
    followers, before = (sum(seat.role is not Role.MENTOR for seat in them.seats) for them in (here, one))
    return len(here.seats) > 1 and followers >= min(least, before) and sides <= {seat.role for seat in here.seats}
