"""Who may read what a pair writes: the one place that decides it."""

from collections.abc import Sequence
from datetime import date

from flows.activities import letter
from flows.activities.writing import Writing, WritingState
from flows.match import Match

TOGETHER = frozenset({"ratings", "review", "expectations"})
"""Written by each alone, read by both once both have sent."""


def sent_by(pieces: Sequence[Writing], kind: str, session: int, author: str) -> Writing | None:
    """What somebody has sent of this kind for this conversation (0: none)."""
    fitting = (one for one in pieces if (one.kind, one.session, one.author) == (kind, session, author))
    return next((one for one in fitting if one.state is not WritingState.DRAFT), None)


def is_revealed(pieces: Sequence[Writing], match: Match, kind: str, session: int) -> bool:
    """Whether everybody in the match has sent theirs."""
    return all(sent_by(pieces, kind, session, member.person) for member in match.members)


def may_read(piece: Writing, reader: str, match: Match, pieces: Sequence[Writing], today: date) -> bool:
    """Whether somebody may read this piece today. `pieces` is all that was written in the match; `today` is the
    reader's own day."""
    if all(member.person != reader for member in match.members):
        return False
    if piece.state is WritingState.DRAFT:
        return piece.author == reader
    if piece.kind == letter.KIND:
        letters = [one for one in pieces if one.kind == letter.KIND]
        return piece in letter.readable(letters, reader, today)
    if piece.author == reader:
        return True
    return piece.kind not in TOGETHER or is_revealed(pieces, match, piece.kind, piece.session)


def visible(pieces: Sequence[Writing], reader: str, match: Match, today: date) -> tuple[Writing, ...]:
    """All that somebody may read, in the order in which it was written."""
    return tuple(piece for piece in pieces if may_read(piece, reader, match, pieces, today))


def of_kind(pieces: Sequence[Writing], kind: str) -> tuple[Writing, ...]:
    """Those of one kind that were sent."""
    return tuple(one for one in pieces if one.kind == kind and one.state is not WritingState.DRAFT)
