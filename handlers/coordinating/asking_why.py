"""`match why`: why two are a pair, or what it would cost if they were: at least at once, and exactly on request."""

from flows.calculations import Kind
from flows.matching.calculation import Answer, Progress, Question
from flows.matching.editing.asking import WantedWhy, Why
from flows.matching.editing.pricing import at_least, costs_a_place
from flows.matching.locks import LockKind, permit
from flows.matching.pairs import score
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Limit, Rules
from flows.people import Role
from flows.refusal import Refusal
from flows.rounds import Round
from flows.voice import whys as voice
from flows.voice.message import Action, Message
from handlers.coordinating import naming
from handlers.coordinating.desk import Done, chosen, here, is_no_programme
from handlers.coordinating.giving import two_of
from handlers.coordinating.locking import there
from handlers.coordinating.overriding import standing_against
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.coordinating.rounds import drafted, told_reasons, under_review
from handlers.errand import Errand, Keep, Kept
from handlers.inbound import Reply, Where
from handlers.turn import Turn
from handlers.wanting import want

VERB = "match why"


def why(turn: Turn) -> Done:
    """`match why MENTEE, MENTOR`, or `match why N` for a pair of the draft: its reasons; for any other which limit, or
    both scores and what it costs at least."""
    round_, gathered, mentee, mentor = _meant(turn)
    rules = rules_of(turn.content, gathered.cohort)
    people, candidates = gathered.people, gathered.candidates
    pair = next((one for one in round_.draft.pairs if one.mentee == mentee.id), None)
    lifted = _lifted(round_, mentee, mentor)
    limits = tuple(one for one in standing_against(mentee, mentor, rules) if one not in lifted)
    if pair and pair.mentor == mentor.id and not limits:
        told = voice.together(
            people[mentee.id], people[mentor.id], pair.score, told_reasons(turn, pair, gathered), turn.say
        )
        return Done(Reply(told, Where.PRIVATELY), round_.id, outcome="shown")
    locks = {(one.kind, one.mentee, one.mentor) for one in round_.draft.locks}
    on_hold = not locks.isdisjoint({(LockKind.HOLD, mentee.id, ""), (LockKind.HOLD, "", mentor.id)})
    kept = {(one.mentee, one.mentor) for one in turn.store.rounds.before(round_) or ()}
    least = at_least(round_.draft, candidates, rules, {mentee.id: mentor.id}, kept=kept)
    asked = voice.Asked(
        mentee=people[mentee.id],
        mentor=people[mentor.id],
        score=score(mentee, mentor, rules),
        now=people[pair.mentor] if pair else None,
        now_score=pair.score if pair else 0,
        limits=limits,
        kept_apart=(LockKind.FORBID, mentee.id, mentor.id) in locks,
        on_hold=on_hold,
        least=least,
        whole=round_.draft.proof.value,
        costs_a_place=least is not None and costs_a_place(round_.draft, candidates, rules, least),
        # The locks of the draft follow every decision; its proof speaks of those that it was made with.
        let_go=turn.store.locks.let_go(round_.cohort, mentee.id, mentor.id, since=round_.drafted_at),
    )
    args = {"cohort": round_.cohort, "round": round_.id, "mentee": mentee.id, "mentor": mentor.id}
    # What a stable draft would lose has no price: it is not made to be worth most.
    priced = round_.draft.record.aim is not Aim.STABLE
    action = Action("match.why", args) if priced and not (asked.limits or asked.kept_apart or on_hold) else None
    return Done(Reply(voice.why_not(asked, action, turn.say), Where.PRIVATELY), round_.id, outcome="shown")


def _meant(turn: Turn) -> tuple[Round, Gathered, Candidate, Candidate]:
    """The draft, and the two whom a number or names stand for. Raises Refusal: `match.two`, `match.not_joined`;
    `match.why_names` for the numbers of two pairs, which may mean either of two questions."""
    line = naming.typed(turn)
    number, rest = line.numbered
    if not line.people and number.isdecimal():
        if is_no_programme(turn, VERB, rest):
            raise _by_numbers(turn, number, rest)
        cohort = chosen(turn, VERB, rest)
        round_ = drafted(turn, cohort)
        pair = round_.pair(number)
        gathered = gather(turn, cohort, closely=lambda one: one.id in (pair.mentee, pair.mentor))
        return round_, gathered, there(gathered, pair.mentee), there(gathered, pair.mentor)
    if len(line.people) != 2:
        raise Refusal("match.two", verb=VERB)
    cohort = chosen(turn, VERB, line.words)
    round_, asked_about = drafted(turn, cohort), {naming.named(turn, one).id for one in line.people}
    gathered = gather(turn, cohort, closely=lambda one: one.person in asked_about)
    return round_, gathered, *two_of(turn, gathered, line.people)


def _by_numbers(turn: Turn, number: str, other: str) -> Refusal:
    """Of two numbers: how to ask about the mentee of one pair and the mentor of the other, by their names."""
    cohort = chosen(turn, VERB, "")
    round_ = drafted(turn, cohort)
    mentee, mentor = round_.pair(number).mentee, round_.pair(other).mentor
    people = gather(turn, cohort, of={mentee, mentor}).people
    if mentee not in people or mentor not in people:
        return Refusal("match.two", verb=VERB)
    return Refusal("match.why_names", one=number, other=other, mentee=people[mentee].name, mentor=people[mentor].name)


def _lifted(round_: Round, mentee: Candidate, mentor: Candidate) -> frozenset[Limit]:
    """Limits that do not count between the two because a coordinator decided so."""
    theirs = (one for one in round_.draft.locks if (one.mentee, one.mentor) == (mentee.id, mentor.id))
    return frozenset(limit for one in theirs for limit in one.overridden)


def exactly(turn: Turn) -> Done:
    """Let the exact price be worked out."""
    cohort = here(turn, VERB, turn.arg("cohort"))
    under_review(turn, cohort, turn.arg("round"))
    people = gather(turn, cohort, of={turn.arg("mentee"), turn.arg("mentor")}).people
    mentee, mentor = people.get(turn.arg("mentee")), people.get(turn.arg("mentor"))
    if mentee is None or mentor is None:
        raise Refusal("message.old")
    args = {name: turn.arg(name) for name in ("round", "mentee", "mentor")}
    asked = want(turn, Kind.WHY, cohort, **args)
    return Done(Reply(voice.asked_for(mentee, mentor, turn.say), Where.PRIVATELY), asked.id, outcome="asked")


def ask(errand: Errand) -> Question:
    """Everybody as they are now, with the locks and the draft that is asked about. Raises Refusal."""
    round_, gathered, rules = _possible(errand)
    args = errand.calculation.args
    return WantedWhy(
        candidates=tuple(gathered.candidates.values()),
        rules=rules,
        mentee=args["mentee"],
        mentor=args["mentor"],
        locks=round_.draft.locks,
        previous=errand.store.rounds.before(round_),
    )


def _possible(errand: Errand) -> tuple[Round, Gathered, Rules]:
    """The draft that is asked about and everybody as they are now, while the two may be a pair of it. Raises Refusal
    that names what has come between them since they were asked about."""
    cohort, args = errand.store.programmes.cohort(errand.calculation.cohort), errand.calculation.args
    round_ = under_review(errand, cohort, args["round"])
    gathered, rules = gather(errand, cohort), rules_of(errand.content, cohort)
    candidates = gathered.candidates
    for name, role in (("mentee", Role.MENTEE), ("mentor", Role.MENTOR)):
        if args[name] not in candidates or role not in candidates[args[name]].roles:
            raise Refusal("message.old")
    mentee, mentor = candidates[args["mentee"]], candidates[args["mentor"]]
    try:
        permit(mentee, mentor, rules, round_.draft.locks, overridden=_lifted(round_, mentee, mentor))
    except Refusal as refusal:
        raise gathered.named(refusal, errand) from None
    return round_, gathered, rules


def keep(errand: Errand, question: Question, answer: Answer) -> Keep:
    """Nothing is stored: it is told, unless something came between the two while it was worked out. Raises Refusal."""
    if not (isinstance(question, WantedWhy) and isinstance(answer, Why)):
        raise TypeError(f"{type(answer).__name__} is no price")
    people = _possible(errand)[1].people
    told = voice.exactly(people[question.mentee], people[question.mentor], answer, people, errand.say)
    kept = Kept(told, errand.calculation.id)
    return lambda _: kept


def so_far(errand: Errand, people: int, progress: Progress | None) -> Message:
    """The line that changes in place."""
    return voice.still(people, errand.say)


def failed(errand: Errand, code: str, *, too_long: bool) -> Message:
    """Nothing came of it."""
    return voice.failed(code, errand.say)
