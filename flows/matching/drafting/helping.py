"""Why somebody stayed without a mentor, and what would really change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from flows.matching.drafting.assigned import Assigned, Mask, Row, rows
from flows.matching.drafting.changes import Change, Others
from flows.matching.drafting.remedies import OWN, Cause, Remedy, RemedyKind, Unmatched
from flows.matching.drafting.solved import queue
from flows.matching.limits import BIT, failed, zone_gap
from flows.matching.pairs import score
from flows.matching.people import MOST_PLACES, Candidate, Mode
from flows.matching.pool import Pool
from flows.matching.rules import Aim, Limit, Rules
from flows.people import Role

UNSAID = frozenset({Limit.BLOCKED})
"""That somebody is avoided shows nowhere, not even in a count."""


def explain_unmatched(pool: Pool, assigned: Assigned) -> tuple[Unmatched, ...]:
    """Everybody who has no mentor, in the order of the queue. Mentors without a place left are looked at too."""
    waiting = queue(assigned.unmatched)
    if not waiting:
        return ()
    scene = _Scene.of(pool, assigned)
    found = [(row, scene.cause(row)) for row in rows(waiting, pool.mentors, pool.rules, forbidden=pool.forbidden)]
    changes = [change for row, cause in found if cause is not Cause.OPEN for change in scene.changes(row)]
    own = scene.proved(changes)
    return tuple(scene.explained(row, cause, own, place) for place, (row, cause) in enumerate(found, start=1))


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """The mentors of a round, and what would be one more person matched with each."""

    pool: Pool
    others: Others
    proves: bool
    """As many as possible are matched, so that what a change does can be proved."""
    reach: Mask
    """With whom a new pair is one more; where something else decides that is known of nobody."""
    free: Mask
    """Who has a place that nobody has."""
    growing: Mask
    """Who may take one more than they offer."""

    @staticmethod
    def of(pool: Pool, assigned: Assigned) -> "_Scene":
        people = pool.rules.aim is Aim.PARTICIPATION
        reach = assigned.reach() if people else frozenset()
        held = [nth for nth in assigned.partner if nth is not None]
        taken = np.bincount(np.array(held, dtype=np.int64), minlength=len(assigned.mentors))
        pairs = zip(assigned.mentors, assigned.places, taken.tolist(), strict=True)
        free = {one.id for one, places, there in pairs if places > there}
        return _Scene(
            pool,
            Others(pool.mentors, pool.rules),
            people,
            np.array([one.id in reach for one in pool.mentors], dtype=bool),
            np.array([one.id in free for one in pool.mentors], dtype=bool),
            np.array([max(one.capacity, one.load) < MOST_PLACES for one in pool.mentors], dtype=bool),
        )

    def cause(self, row: Row) -> Cause:
        if not _permitted(row).any():
            return Cause.NO_PERMITTED
        if not self._fits(row).any():
            return Cause.BELOW_MINIMUM
        if (self._fits(row) & self.reach).any():
            return Cause.OPEN
        return Cause.WHOLE if (self._fits(row) & self.free).any() else Cause.PLACES

    def changes(self, row: Row) -> Iterator[Change]:
        return self.others.changes(row.mentee, row.fails, self.reach)

    def proved(self, changes: Sequence[Change]) -> Mapping[str, tuple[Remedy, ...]]:
        """Those after which the person has a pair that is one more; by person, the one that opens most first."""
        found: dict[str, list[Remedy]] = {}
        rules, forbidden = self.pool.rules, self.pool.forbidden
        for kind in sorted(OWN):
            of_kind = [change for change in changes if change.kind is kind]
            changed = [change.person for change in of_kind]
            for change, row in zip(of_kind, rows(changed, self.pool.mentors, rules, forbidden=forbidden), strict=True):
                if opens := int((self._fits(row) & (row.fails == 0) & self.reach).sum()):
                    found.setdefault(row.mentee.id, []).append(Remedy(kind, change.detail, opens))
        return {who: tuple(sorted(many, key=lambda one: -one.opens)) for who, many in found.items()}

    def explained(self, row: Row, cause: Cause, own: Mapping[str, tuple[Remedy, ...]], place: int) -> Unmatched:
        mentee = row.mentee
        remedies: tuple[Remedy, ...] = (Remedy(RemedyKind.DRAFT_AGAIN),)
        if cause is not Cause.OPEN:
            remedies = (*own.get(mentee.id, ()), *self._programme(row)) or (_somebody_new(mentee, self.pool.rules),)
        alone = {limit: int((row.fails == bit).sum()) for limit, bit in BIT.items() if limit not in UNSAID}
        counted = ((limit, count) for limit, count in alone.items() if count)
        return Unmatched(
            person=mentee.id,
            cause=cause,
            permitted=int(_permitted(row).sum()),
            limits=tuple(sorted(counted, key=lambda item: (-item[1], item[0]))),
            remedies=remedies,
            queue=place,
        )

    def _programme(self, row: Row) -> Iterator[Remedy]:
        """What the programme can change."""
        growing = self._fits(row) & self.growing
        # Where fit alone decides, or what is stable, whoever moves there may leave nobody a place behind.
        if self.proves and growing.any():
            best = int(np.where(growing, row.scores, -1).argmax())
            yield Remedy(RemedyKind.MORE_PLACES, self.pool.mentors[best].id, int(growing.sum()))
        far = np.flatnonzero(self.reach & (row.fails == BIT[Limit.ZONE]))
        gaps = [-(-zone_gap(row.mentee, self.pool.mentors[nth]) // 60) for nth in far.tolist()]
        if gaps:
            yield Remedy(RemedyKind.WIDER_ZONE, str(min(gaps)), gaps.count(min(gaps)))
        poor = row.scores[self.free & (row.fails == 0) & (row.scores < self.pool.rules.least)]
        if poor.size:
            yield Remedy(RemedyKind.LOWER_MINIMUM, str(poor.max()), int((poor == poor.max()).sum()))

    def _fits(self, row: Row) -> Mask:
        return _permitted(row) & (row.scores >= self.pool.rules.least)


def _permitted(row: Row) -> Mask:
    """Whom no limit forbids, their places aside."""
    permitted: Mask = (row.fails & ~np.uint16(BIT[Limit.CAPACITY])) == 0
    return permitted


def _somebody_new(mentee: Candidate, rules: Rules) -> Remedy:
    """What helps when nobody who is there can."""
    newcomer = replace(
        mentee,
        id="",
        roles=frozenset({Role.MENTOR}),
        capacity=1,
        load=0,
        met=frozenset(),
        mode=Mode.EITHER,
        teaches=mentee.goals,
        blocked=frozenset(),
        grade=None if mentee.grade is None else mentee.grade + rules.least_step,
        function=mentee.moving_into,
        types_offered=mentee.types_wished,
        new=False,
    )
    if fits(mentee, newcomer, rules):
        return Remedy(RemedyKind.MORE_MENTORS, mentee.office if mentee.mode is Mode.IN_PERSON else "")
    return Remedy(RemedyKind.MORE_ANSWERS)


def fits(mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
    """Whether the two could be a pair."""
    return not failed(mentee, mentor, rules) and score(mentee, mentor, rules) >= rules.least
