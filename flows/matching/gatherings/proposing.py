"""One round of a format that brings people together in another way than one to one: people in, a proposal out."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from flows.formats import Format
from flows.matching.drafting.drafted import Record
from flows.matching.drafting.record import made_from
from flows.matching.gatherings.gathering import Cause, Left, Proposal
from flows.matching.gatherings.wanted import Found, Over, Wanted
from flows.matching.people import Candidate, canonical


def propose(wanted: Wanted, *, over: Over, alongside: str = "") -> Proposal:
    """The proposal for a round. The same people in whatever order give the same proposal; `alongside` is this program's
    version, for the record."""
    # Here and not above: with numpy they take a quarter of a second, and most starts of the program match nobody.
    from flows.matching.gatherings import among_peers, with_groups, with_mentors

    solvers: Mapping[Format, Callable[[Wanted, tuple[Candidate, ...], Over], Found]] = {
        Format.PEER: among_peers.pairs,
        Format.COFFEE: among_peers.pairs,
        Format.CIRCLE: among_peers.in_circles,
        Format.GROUP: with_groups.in_groups,
        Format.TEAM: with_groups.with_circles,
        Format.MOSAIC: with_mentors.by_theme,
        Format.FUNCTIONAL: with_mentors.for_work,
        Format.FLASH: with_mentors.in_turns,
    }
    there = tuple(one for one in canonical(wanted.candidates, wanted.shape.rules.seed) if one.available)
    found, left, gap = solvers[wanted.format](wanted, there, over)
    ordered = sorted(found, key=lambda one: (one.turn, sorted(one.people), one.subject))
    sits_out = tuple(sorted(_once(left), key=lambda one: (one.person, one.subject)))
    return Proposal((*wanted.kept, *ordered), sits_out, gap, _record(wanted, gap=gap, alongside=alongside))


def _once(left: Sequence[Left]) -> Iterable[Left]:
    """Of somebody on both sides what they look for, and not beside it that nobody needed what they offer."""
    looking = {one.person for one in left if one.cause is not Cause.ASKED_FOR}
    return (one for one in left if one.cause is not Cause.ASKED_FOR or one.person not in looking)


def _record(wanted: Wanted, *, gap: int | None, alongside: str) -> Record:
    """Beside the people it holds what the format looks at; the rounds before stand for the draft before."""
    return made_from(
        wanted.candidates,
        wanted.shape.rules,
        ruled=(wanted.format, wanted.shape),
        locks=sorted((sorted(one.people), one.subject) for one in wanted.kept),
        previous=(wanted.before, wanted.ready, wanted.work, wanted.stays, wanted.covered),
        proof=gap,
        alongside=alongside,
    )
