"""What matching may use of somebody, and what their match sees: what they answered, and did not take out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.calendar import local
from flows.formats import Format
from flows.match import Match
from flows.matching.people import Candidate, Mode
from flows.matching.week import in_utc
from flows.people import SIDES, Participant, Person, Role, is_around
from flows.questionnaire import FORMAT, Answer, Answers, Question, chosen_of, standing_answers

FIELDS: Mapping[str, str] = {
    "languages": "place",
    "mode": "mode",
    "office": "office",
    "function": "area",
    "moving_into": "move_into",
    "goals": "skills_wanted",
    "teaches": "skills_offered",
    "interests": "interests",
    "types_wished": "types_wished",
    "types_offered": "types_offered",
    "free": "times",
    "new": "new",
    "hours": "hours",
}
"""Field of a candidate → the question from whose answer it comes."""
LIMITING = ("languages", "mode", "office", "free")
"""The fields out of answers at which hard limits look."""


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody's matches say of them: ids of participants whom they know, mentees they have, whether they have a
    mentor."""

    met: frozenset[str] = frozenset()
    load: int = 0
    has_mentor: bool = False


def past_of(person: str, matches: Sequence[Match], participants: Mapping[str, str]) -> Past:
    """From all matches of a person; `participants` maps people to their participant in the cohort to be matched."""
    alive = [match for match in matches if match.is_alive]
    partners = {member.person for match in matches for member in match.partners(person)}
    mentors = [match for match in alive if match.member(person).role is Role.MENTOR]
    return Past(
        met=frozenset(participants[partner] for partner in partners if partner in participants),
        load=sum(len(match.in_role(Role.MENTEE)) for match in mentors),
        has_mentor=any(match.member(person).role is Role.MENTEE for match in alive),
    )


def roles_of(answers: Answers, format_: Format = Format.ONE_TO_ONE) -> frozenset[Role]:
    """The roles in an answer to "role"; where nobody is asked all are peers, and some facilitate."""
    if format_.pooled:
        return frozenset({Role.PEER, *([Role.FACILITATOR] if answers.get("facilitate") == "ready" else [])})
    role = answers.get("role")
    return frozenset(SIDES) if role == "both" else frozenset(known for known in SIDES if known.value == role)


def capacity_of(answers: Answers, format_: Format = Format.ONE_TO_ONE) -> int:
    """How many mentees somebody offers to meet; a mentor who was not asked meets one."""
    if Role.MENTOR not in roles_of(answers, format_):
        return 0
    capacity = answers.get("capacity")
    return capacity if isinstance(capacity, int) else 1


def limiting(questions: Sequence[Question]) -> frozenset[str]:
    """The questions at whose answers hard limits look, with those that decide whether they are asked."""
    found = {FORMAT, *(FIELDS[field] for field in LIMITING)}
    for question in reversed(questions):
        if question.id in found:
            found.update(which for which, _ in question.only_if)
    return frozenset(found)


def candidate(
    person: Person,
    participant: Participant,
    answers: Answers,
    questions: Sequence[Question],
    *,
    past: Past,
    now: datetime,
    blocked: frozenset[str] = frozenset(),
) -> Candidate:
    """A participant as a round sees them. What the match does not see may steer the round, and is never named.

    `blocked` are ids of participants with whom they are never matched, whoever asked for it.
    """
    said = standing_answers(questions, answers)
    at = local(now, person.hours)
    standing, paused_until, away_until = participant.standing, participant.paused_until, person.hours.away_until
    around = is_around(standing, paused_until, active=person.active, away_until=away_until, today=at.date())
    offset = at.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds()) // 60
    visible = {question.id for question, _ in _shown(said, questions)} - participant.hidden
    hours = said.get("hours")
    mode = said.get("mode")
    roles = participant.roles - ({Role.MENTEE} if past.has_mentor else set())
    return Candidate(
        id=participant.id,
        roles=frozenset(roles),
        capacity=participant.capacity,
        load=past.load,
        available=around and not participant.skips,
        met=past.met,
        blocked=blocked,
        offset=minutes,
        free=in_utc(chosen_of(said.get("times")), minutes),
        languages=_languages(said.get("place")),
        mode=Mode(str(mode)) if mode in list(Mode) else Mode.EITHER,
        office=_text(said.get("office")),
        function=_text(said.get("area")),
        moving_into=_text(said.get("move_into")),
        goals=chosen_of(said.get("skills_wanted")),
        teaches=chosen_of(said.get("skills_offered")),
        interests=chosen_of(said.get("interests")),
        types_wished=chosen_of(said.get("types_wished")),
        types_offered=chosen_of(said.get("types_offered")),
        new=said.get("new") in ("company", "role"),
        hours=hours if isinstance(hours, int) else None,
        waited=participant.waited,
        private=frozenset(field for field, question in FIELDS.items() if question in said and question not in visible),
    )


def shown_to_match(answers: Answers, questions: Sequence[Question]) -> Iterator[tuple[Question, Answer]]:
    """What the match may see, in the order of the questions; a skipped or private answer is never among it."""
    return _shown(standing_answers(questions, answers), questions)


def _shown(said: Answers, questions: Sequence[Question]) -> Iterator[tuple[Question, Answer]]:
    for question in questions:
        if question.match_sees and not question.private and said.get(question.id) is not None:
            yield question, said[question.id]


def seen_by_match(
    participant: Participant, answers: Answers, questions: Sequence[Question]
) -> tuple[tuple[Question, Answer], ...]:
    """The same without what the person took out: exactly what the match sees."""
    shown = shown_to_match(answers, questions)
    return tuple((question, answer) for question, answer in shown if question.id not in participant.hidden)


def _languages(place: Answer) -> frozenset[str]:
    return frozenset(place[1:]) if isinstance(place, tuple) else frozenset()


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ""
