"""Everybody in a cohort, as a round sees them and as a coordinator calls them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.content import Content
from flows.facts_used import Reporting, informed
from flows.matching.people import Candidate
from flows.matching.rules import Aim, Rules
from flows.people import Participant, Person
from flows.profile import candidate, limiting, past_of
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.requests import QUIET, Request
from flows.voice.limits import limit_word
from flows.wishes import steered
from handlers.introducing import Drawing
from handlers.turn import Reader


@dataclass(frozen=True, slots=True)
class Gathered:
    """`participants`, `people` and `candidates` are by participant id; only who has joined is a candidate."""

    cohort: Cohort
    participants: Mapping[str, Participant]
    people: Mapping[str, Person]
    candidates: Mapping[str, Candidate]
    reporting: Reporting

    def named(self, refusal: Refusal, turn: Reader) -> Refusal:
        """A refusal of the matching, whose details are ids, with names and words."""
        details = {}
        for key, value in refusal.details.items():
            person = self.people.get(value)
            details[key] = limit_word(value, turn.say) if key == "limit" else person.name if person else value
        return Refusal(refusal.key, **details)


def rules_of(content: Content, cohort: Cohort) -> Rules:
    """The rules of the cohort's format, with the aim that its coordinators chose."""
    rules = content.frame.shape(cohort.format).rules
    return replace(rules, aim=Aim(cohort.aim)) if cohort.aim else rules


def gather(
    turn: Drawing,
    cohort: Cohort,
    *,
    of: Collection[str] | None = None,
    but: Callable[[Request], bool] = lambda _: False,
    closely: Callable[[Participant], bool] = lambda _: True,
) -> Gathered:
    """Read the cohort's people with their newest answers and all their matches, in whichever cohort these are.

    `of`: these participants alone, where nobody else matters: it costs a fraction. `but`: open requests that hold no
    place here, as where one of them is being decided. `closely`: of whom everything is wanted; of the others only that
    at which hard limits look is right, so that none of their pairs may be scored or explained.
    """
    everybody = turn.store.participants.in_cohort(cohort.id)
    participants = {one.id: one for one in everybody if of is None or one.id in of}
    by_person = turn.store.people.all([one.person for one in participants.values()])
    joined = [one for one in participants.values() if one.has_joined]
    near = {one.id for one in joined if closely(one)}
    distant = limiting(turn.content.questions) if len(near) < len(joined) else frozenset[str]()
    answers = {
        **turn.store.participants.answers_of([*near]),
        **turn.store.participants.answers_of([one.id for one in joined if one.id not in near], distant),
    }
    few = [question for question in turn.content.questions if question.id in distant]
    matches = turn.store.matches.around(cohort.id)
    here = {one.person: one.id for one in participants.values()}
    apart = _kept_apart(turn, here)
    candidates: Mapping[str, Candidate] = {
        one.id: candidate(
            by_person[one.person],
            one,
            answers.get(one.id, {}),
            turn.content.questions if one.id in near else few,
            past=past_of(one.person, matches.get(one.person, []), here),
            now=turn.now,
            blocked=frozenset(apart.get(one.id, ())),
        )
        for one in joined
    }
    candidates, reporting = _with_facts(turn, joined, candidates, here)
    people = {one.id: by_person[one.person] for one in participants.values()}
    return Gathered(
        cohort, participants, people, _with_wishes(turn, cohort, candidates, but, all_of_it=of is None), reporting
    )


def _with_facts(
    turn: Drawing, joined: Sequence[Participant], candidates: Mapping[str, Candidate], here: Mapping[str, str]
) -> tuple[Mapping[str, Candidate], Reporting]:
    """The same with what the company says of them, and of how many it names the line manager."""
    facts = turn.store.facts.of(here.keys())
    informed_ones = {
        one.id: informed(candidates[one.id], facts[one.person], turn.content.questions, here) for one in joined
    }
    return informed_ones, Reporting(len(joined), sum(bool(facts[one.person].manager) for one in joined))


def _with_wishes(
    turn: Drawing,
    cohort: Cohort,
    candidates: Mapping[str, Candidate],
    but: Callable[[Request], bool],
    *,
    all_of_it: bool,
) -> Mapping[str, Candidate]:
    """The same where mentees name mentors, or did so before. Who wants no request for a while is in no draft, and may
    still say yes to one that is open, where two are looked at alone."""
    waiting = [one for one in turn.store.requests.open_in(cohort.id) if not but(one)]
    asks_quiet = cohort.takes_wishes and all_of_it
    return steered(
        candidates,
        quiet=turn.store.requests.quiet_in(cohort.id, since=turn.now - QUIET) if asks_quiet else (),
        wishes=turn.store.wishes.in_cohort(cohort.id) if cohort.takes_wishes else {},
        declined=turn.store.requests.declined_in(cohort.id),
        waiting=waiting,
    )


def _kept_apart(turn: Drawing, participants: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Who is never matched with whom, because one of them or a coordinator asked for it; by ids of participants, to
    which `participants` maps people. From here on nobody can tell which of the two it was."""
    found: dict[str, set[str]] = {}
    for pair in (*turn.store.avoided.pairs(), *turn.store.blocks.pairs()):
        one, other = (participants.get(person, "") for person in pair)
        if one and other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found
