"""One round of a format that brings people together in another way than one to one: people in, a proposal out."""

from collections.abc import Callable, Mapping

from flows.formats import Format
from flows.matching.gathering import Proposal
from flows.matching.people import Candidate, canonical
from flows.matching.record import record_of_gatherings
from flows.matching.wanted import Found, Over, Wanted


def propose(wanted: Wanted, *, over: Over, alongside: str = "") -> Proposal:
    """The proposal for a round. The same people in whatever order give the same proposal; `alongside` is this program's
    version, for the record."""
    # Here and not above: with numpy they take a quarter of a second, and most starts of the program match nobody.
    from flows.matching import gathering_mentors, gathering_peers

    solvers: Mapping[Format, Callable[[Wanted, tuple[Candidate, ...], Over], Found]] = {
        Format.PEER: gathering_peers.pairs,
        Format.COFFEE: gathering_peers.pairs,
        Format.CIRCLE: gathering_peers.in_circles,
        Format.GROUP: gathering_mentors.in_groups,
        Format.TEAM: gathering_mentors.with_circles,
        Format.MOSAIC: gathering_mentors.by_theme,
        Format.FUNCTIONAL: gathering_mentors.for_work,
        Format.FLASH: gathering_mentors.in_turns,
    }
    there = tuple(one for one in canonical(wanted.candidates, wanted.shape.rules.seed) if one.available)
    found, left, exact = solvers[wanted.format](wanted, there, over)
    ordered = sorted(found, key=lambda one: (one.turn, sorted(one.people), one.subject))
    sits_out = tuple(sorted(left, key=lambda one: (one.person, one.subject)))
    made_from = record_of_gatherings(wanted, exact=exact, alongside=alongside)
    return Proposal((*wanted.kept, *ordered), sits_out, exact, made_from)
