"""Why a mentor with a free place got nobody, and what would really change it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flows.matching.drafting.assigned import NEVER, Assigned, Mask, rows
from flows.matching.drafting.changes import Change, Others
from flows.matching.drafting.helping import fits
from flows.matching.drafting.remedies import OWN, Idle, IdleCause, Remedy, RemedyKind
from flows.matching.people import Candidate, Mode
from flows.matching.pool import Pool
from flows.matching.rules import Aim, Rules
from flows.matching.scoring.blocks import Table
from flows.matching.solving.worth import blocks
from flows.people import Role


def explain_idle(pool: Pool, assigned: Assigned) -> tuple[Idle, ...]:
    """Every mentor who offers a place and has nobody, sorted by id."""
    busy = {assigned.mentors[nth].id for nth in assigned.partner if nth is not None} | set(pool.pins.values())
    columns = [nth for nth, one in enumerate(assigned.mentors) if not one.load and one.id not in busy]
    if not columns:
        return ()
    idle = tuple(assigned.mentors[nth] for nth in columns)
    # Where fit alone decides, one pair more may be one less elsewhere: nothing is known to help.
    proves = pool.rules.aim is Aim.PARTICIPATION
    needing = assigned.needing() if proves else ()
    fails = _fails(needing, idle, pool)
    open_ = (fails == 0).any(axis=0)
    permitted, fitting = _possible(pool, assigned, np.array(columns, dtype=np.int64))
    passed_over = _fitting(() if proves else assigned.unmatched, idle, pool)
    own = _proved(needing, [one for one, there in zip(idle, open_, strict=True) if not there], fails[:, ~open_], pool)
    found = []
    for nth, one in enumerate(idle):
        if open_[nth]:
            found.append(Idle(one.id, IdleCause.OPEN, (Remedy(RemedyKind.DRAFT_AGAIN),)))
            continue
        cause = IdleCause.BELOW_MINIMUM if permitted[nth] else IdleCause.NO_PERMITTED
        if fitting[nth]:
            cause = IdleCause.WHOLE if passed_over[nth] else IdleCause.TAKEN
        found.append(Idle(one.id, cause, own.get(one.id, ()) or (_somebody_new(one, pool.rules),)))
    return tuple(sorted(found, key=lambda one: one.person))


def _fails(mentees: Sequence[Candidate], mentors: Sequence[Candidate], pool: Pool) -> NDArray[np.uint16]:
    """The limits between each of these, as masks; a row a mentee."""
    fails = Table.of(mentees, mentors, pool.rules).masks(slice(None))
    row = {one.id: nth for nth, one in enumerate(mentees)}
    column = {one.id: nth for nth, one in enumerate(mentors)}
    for mentee, mentor in pool.forbidden:
        if mentee in row and mentor in column:
            fails[row[mentee], column[mentor]] = NEVER
    return fails


def _fitting(mentees: Sequence[Candidate], mentors: Sequence[Candidate], pool: Pool) -> Mask:
    """Which of these mentors any of these mentees fits well enough."""
    found = np.zeros(len(mentors), dtype=bool)
    for row in rows(mentees, mentors, pool.rules, forbidden=pool.forbidden) if mentees else ():
        found |= (row.fails == 0) & (row.scores >= pool.rules.least)
    return found


def _possible(pool: Pool, assigned: Assigned, columns: NDArray[np.int64]) -> tuple[Mask, Mask]:
    """Which of these mentors any mentee is permitted for, and which of them any fits well enough."""
    highest = np.full(len(columns), -1, dtype=np.int32)
    for _, points in blocks(assigned.scores):
        np.maximum(highest, points[:, columns].max(axis=0, initial=-1), out=highest)
    pinned = tuple(one for one in pool.mentees if one.id in pool.pins)
    if pinned:
        of_pinned = Table.of(pinned, [assigned.mentors[nth] for nth in columns], pool.rules).scores(slice(None))
        np.maximum(highest, of_pinned.max(axis=0, initial=-1), out=highest)
    return highest >= 0, highest >= pool.rules.least


def _proved(
    needing: Sequence[Candidate], idle: Sequence[Candidate], fails: NDArray[np.uint16], pool: Pool
) -> Mapping[str, tuple[Remedy, ...]]:
    """Answers after which somebody who needs a mentor can have this one; by mentor, what opens most first."""
    if not needing:
        return {}
    found: dict[str, list[Remedy]] = {}
    others, near = Others(needing, pool.rules), np.ones(len(needing), dtype=bool)
    changes: list[Change] = [
        change for nth, one in enumerate(idle) for change in others.changes(one, fails[:, nth], near)
    ]
    for kind in sorted(OWN):
        of_kind = [change for change in changes if change.kind is kind]
        opens = (_fails(needing, [change.person for change in of_kind], pool) == 0).sum(axis=0)
        for change, count in zip(of_kind, opens.tolist(), strict=True):
            if count:
                found.setdefault(change.person.id, []).append(Remedy(kind, change.detail, count))
    return {who: tuple(sorted(many, key=lambda one: -one.opens)) for who, many in found.items()}


def _somebody_new(mentor: Candidate, rules: Rules) -> Remedy:
    """What helps when nobody who is there can."""
    newcomer = replace(
        mentor,
        id="",
        roles=frozenset({Role.MENTEE}),
        met=frozenset(),
        mode=Mode.EITHER,
        blocked=frozenset(),
        grade=None if mentor.grade is None else mentor.grade - rules.least_step,
        goals=mentor.teaches | mentor.skills,
        moving_into=mentor.function,
        types_wished=mentor.types_offered,
    )
    return Remedy(RemedyKind.MORE_MENTEES if fits(newcomer, mentor, rules) else RemedyKind.MORE_ANSWERS)
