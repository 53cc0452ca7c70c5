"""A draft under review in which some are to have another mentor: its price, and what becomes of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flows.matching.editing.edits import givable, give
from flows.matching.editing.pricing import Price, price, room_for
from flows.matching.locks import LockKind, permit, require
from flows.matching.rules import Limit, Rules
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import prices as voice
from handlers.coordinating.desk import Done, ask
from handlers.coordinating.locking import save
from handlers.coordinating.pool import Gathered
from handlers.coordinating.rounds import review
from handlers.inbound import Reply, Where
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Given:
    """A draft under review, and who is to have whom in it: `pins` as asked for, `moves` with who makes room, and for
    whom which limits do not count because a coordinator decided so (`overrides`, by mentee, as a lock keeps them)."""

    round: Round
    gathered: Gathered
    rules: Rules
    pins: Mapping[str, str]
    moves: Mapping[str, str | None]
    price: Price
    overrides: Mapping[str, str]

    @property
    def let_go(self) -> tuple[str, ...]:
        """Mentees who were locked with somebody else."""
        locked = {one.mentee: one.mentor for one in self.round.draft.locks if one.kind is LockKind.PIN}
        return tuple(one for one, mentor in self.moves.items() if locked.get(one, mentor) != mentor)

    @property
    def mark(self) -> str:
        """The same for the same change at the same price."""
        steps = [f"{one.mentee} {one.before} {one.after} {one.was} {one.becomes}" for one in self.price.steps]
        return hashlib.sha256("\n".join(steps).encode()).hexdigest()[:16]


def given(
    turn: Turn,
    round_: Round,
    gathered: Gathered,
    rules: Rules,
    pins: Mapping[str, str],
    *,
    overrides: Mapping[str, str] | None = None,
) -> Given:
    """What becomes of the draft, and its price. Raises Refusal where it may not be."""
    candidates = gathered.candidates.values()
    kept = {(one.mentee, one.mentor) for one in turn.store.rounds.before(round_) or ()}
    undecided(round_, gathered, rules, pins, turn)
    try:
        moves: dict[str, str | None] = {}
        for mentee, mentor in pins.items():
            moves |= {mentee: mentor} if len(pins) > 1 else room_for(round_.draft, candidates, rules, mentee, mentor)
        givable(round_.draft, candidates, rules, pins, {**moves, **pins}, overrides=overrides)
        priced = price(round_.draft, candidates, rules, moves, kept=kept)
        return Given(round_, gathered, rules, pins, moves, priced, overrides or {})
    except Refusal as refusal:
        raise gathered.named(refusal, turn) from None


def undecided(round_: Round, gathered: Gathered, rules: Rules, pins: Mapping[str, str], turn: Turn) -> None:
    """Raise Refusal where one of these takes no part, or somebody decided otherwise before: `round.not_in_round`,
    `round.held`, `round.forbidden`, and for one pin alone `round.pinned`; an exchange lets the locks of both go."""
    people, locks = gathered.candidates, round_.draft.locks
    try:
        for mentee, mentor in pins.items():
            require(people, mentee, mentor)
            permit(people[mentee], people[mentor], rules, locks, overridden=frozenset(Limit))
            for one in locks:
                if len(pins) == 1 and one.kind is LockKind.PIN and one.mentee == mentee:
                    raise Refusal("round.pinned", mentee=one.mentee, mentor=one.mentor)
    except Refusal as refusal:
        raise gathered.named(refusal, turn) from None


def shown(turn: Turn, verb: str, found: Given, *, changed: bool = False) -> Done:
    """The price, and the button that does it."""
    action = ask(turn, verb, cohort=found.round.cohort, round=found.round.id, pins=packed(found.pins), mark=found.mark)
    people = found.gathered.people
    let_go = [people[one] for one in found.let_go]
    if len(found.pins) > 1:
        message = voice.swapping(found.price, people, action, turn.say, changed=changed, let_go=let_go)
    else:
        (two,) = found.pins.items()
        message = voice.giving(two, found.price, people, action, turn.say, changed=changed, let_go=let_go)
    return Done(Reply(message, Where.INSTEAD if changed else Where.PRIVATELY), found.round.id, outcome="shown")


def done(turn: Turn, found: Given, *, why: str = "") -> Done:
    """The draft is so from now on, and the pairs are locked; `why` is kept with those against a limit."""
    draft = give(
        found.round.draft,
        found.gathered.candidates.values(),
        found.rules,
        found.pins,
        beside=found.moves,
        overrides=found.overrides,
    )
    round_ = save(turn, found.round, draft, why=why)
    return Done(Reply(review(turn, round_, found.gathered), Where.INSTEAD), round_.id)


def packed(pins: Mapping[str, str]) -> str:
    """Mentees with their mentors as a button carries them."""
    return " ".join(f"{mentee}={mentor}" for mentee, mentor in pins.items())


def unpacked(pins: str) -> dict[str, str]:
    """The reverse of `packed`. Raises Refusal("message.old") for what no button of ours carries: cut, or not ours."""
    found = [one.partition("=") for one in pins.split()]
    if not found or not all(mentee and mentor and "=" not in mentor for mentee, _, mentor in found):
        raise Refusal("message.old")
    return {mentee: mentor for mentee, _, mentor in found}
