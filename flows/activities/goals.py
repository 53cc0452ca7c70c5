"""What a pair agrees on: up to three goals in the first conversation, up to three dated steps in the third."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.activities.writing import Writing, WritingState
from flows.match import Match

GOALS = "objectives"
STEPS = "actions"
MOST = 3
LONGEST = 150
"""Characters of a line."""
FARTHEST = timedelta(weeks=104)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the form: an agreed piece by its id, or a free place by its number."""

    key: str
    piece: Writing | None


def places(pieces: Sequence[Writing], kind: str) -> tuple[Place, ...]:
    """The places of the form: every piece that is not reached yet, then the free ones that are left of three."""
    standing = [one for one in pieces if one.kind == kind]
    open_ones = [one for one in standing if one.state is WritingState.SENT]
    free = range(1, MOST - len(standing) + 1)
    return (*(Place(one.id, one) for one in open_ones), *(Place(f"new{number}", None) for number in free))


@dataclass(frozen=True, slots=True)
class Change:
    """What a sent form changes: `kept` are pieces to write, `gone` ids to take away; nobody's place is filled twice."""

    kept: tuple[Writing, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, where and when; `ids` are fresh ids, one a place."""

    match: Match
    author: str
    session: int
    now: datetime
    ids: Sequence[str]


def problems_of_goals(pieces: Sequence[Writing], filled: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong: empty, long or three."""
    typed = {name: line for name, line in filled.items() if name.startswith("line_") and line}
    found = {name: "long" for name, line in typed.items() if len(line) > LONGEST}
    if not typed:
        found["line_new1"] = "empty"
    taken = [one for one in pieces if one.kind == GOALS]
    if len(taken) + sum(name.startswith("line_new") for name in typed) > MOST:
        found[next(name for name in typed if name.startswith("line_new"))] = "three"
    return found


def agree_on_goals(pieces: Sequence[Writing], filled: Mapping[str, str], by: By) -> Change:
    """The goals after the form; a line that was emptied is gone, what the other one wrote meanwhile stays."""
    return _change(pieces, GOALS, filled, by, lambda key: ({"line": filled[f"line_{key}"]}, None))


def problems_of_steps(
    pieces: Sequence[Writing], filled: Mapping[str, str], match: Match, today: date
) -> dict[str, str]:
    """Field → what is wrong: empty, long, three, who, date, past or far. A date that stands may be past."""
    standing = {one.id: one for one in pieces if one.kind == STEPS}
    lines = {name.removeprefix("line_"): line for name, line in filled.items() if name.startswith("line_") and line}
    found = {} if lines else {"line_new1": "empty"}
    people = {member.person for member in match.members}
    for key, line in lines.items():
        if len(line) > LONGEST:
            found[f"line_{key}"] = "long"
        if filled.get(f"who_{key}") not in people:
            found[f"who_{key}"] = "who"
        day = parsed(filled.get(f"by_{key}", ""))
        stands = key in standing and standing[key].opens_on == day
        if day is None:
            found[f"by_{key}"] = "date"
        elif day < today and not stands:
            found[f"by_{key}"] = "past"
        elif day > today + FARTHEST:
            found[f"by_{key}"] = "far"
    fresh = [key for key in lines if key.startswith("new")]
    if fresh and len(standing) + len(fresh) > MOST:
        found[f"line_{fresh[0]}"] = "three"
    return found


def agree_on_steps(pieces: Sequence[Writing], filled: Mapping[str, str], by: By) -> Change:
    """The steps after a form without problems."""
    return _change(
        pieces,
        STEPS,
        filled,
        by,
        lambda key: ({"line": filled[f"line_{key}"], "who": filled[f"who_{key}"]}, parsed(filled[f"by_{key}"])),
    )


def _change(
    pieces: Sequence[Writing],
    kind: str,
    filled: Mapping[str, str],
    by: By,
    read: Callable[[str], tuple[dict[str, str], date | None]],
) -> Change:
    kept: list[Writing] = []
    gone: list[str] = []
    for one in pieces:
        if one.kind != kind or one.state is not WritingState.SENT or f"line_{one.id}" not in filled:
            continue
        if not filled[f"line_{one.id}"]:
            gone.append(one.id)
            continue
        words, day = read(one.id)
        if (words, day) != (one.words, one.opens_on):
            kept.append(replace(one, words=words, opens_on=day, at=by.now))
    fresh = (name.removeprefix("line_") for name, line in filled.items() if name.startswith("line_new") and line)
    for key, piece_id in zip(fresh, by.ids, strict=False):
        words, day = read(key)
        kept.append(
            Writing(piece_id, by.match.id, by.author, kind, by.session, WritingState.SENT, by.now, words, opens_on=day)
        )
    return Change(tuple(kept), tuple(gone))


def parsed(day: str) -> date | None:
    """A day as a dialog holds it, YYYY-MM-DD; None when it is none."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def reach(piece: Writing, now: datetime) -> Writing:
    """It is done; a second time changes nothing."""
    return piece if piece.state is WritingState.DONE else replace(piece, state=WritingState.DONE, at=now)
