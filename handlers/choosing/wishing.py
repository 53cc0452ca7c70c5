"""A mentee names mentors, changes the list, and takes it back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.people import Participant, Person, Role
from flows.profile import FIELDS, seen_by_match
from flows.programme import Choice, Cohort
from flows.questionnaire import Answers
from flows.refusal import Refusal
from flows.voice import answered_requests
from flows.voice import choosing as voice
from flows.voice.answers import public_words
from flows.voice.choosing import Shown
from flows.voice.message import Message
from flows.voice.say import flatten
from flows.wishes import named, offered
from handlers.choosing.around import beside_rounds
from handlers.choosing.parting import take_back
from handlers.coordinating.pool import Gathered, gather, rules_of
from handlers.inbound import Reply, Where
from handlers.requesting import scene_of
from handlers.turn import Turn


def choose(turn: Turn) -> Reply:
    """The list of mentors who have room, and what was said before."""
    cohort, me = _mine(turn)
    gathered, mentors = _offered(turn, cohort, me)
    if Role.MENTEE not in gathered.candidates[me.id].roles:
        return Reply(voice.has_mentor(turn.say), Where.PRIVATELY)
    if not mentors:
        return Reply(voice.nobody_free(cohort, turn.today, turn.say), Where.PRIVATELY)
    return Reply(_form(turn, cohort, me, gathered, mentors), Where.DIALOG)


def keep(turn: Turn) -> Reply:
    """The list was sent: all of it is kept, or none."""
    cohort, me = _mine(turn)
    gathered, mentors = _offered(turn, cohort, me)
    if Role.MENTEE not in gathered.candidates[me.id].roles:
        return Reply(voice.has_mentor(turn.say), Where.PRIVATELY)
    said = tuple("" if turn.field(name) == voice.NOBODY else turn.field(name) for name in voice.FIELDS)
    try:
        chosen = named(said, mentors)
    except Refusal:
        errors = _errors(said, mentors, turn)
        return Reply(_form(turn, cohort, me, gathered, mentors), Where.FIELD_ERRORS, errors)
    _ask_no_longer(turn, me, but=chosen)
    turn.store.wishes.keep(me.id, chosen, turn.now)
    turn.store.schedule.look_at(f"wish:{me.id}", turn.now)
    names = _names([gathered.people[one] for one in chosen])
    return Reply(voice.kept(cohort, names, turn.today, turn.say), Where.PRIVATELY)


def stop(turn: Turn) -> Reply:
    """Nobody is asked any more; the draft is there for them."""
    _, me = _here(turn)
    _ask_no_longer(turn, me, but=())
    if turn.store.wishes.of(me.id).mentors:
        turn.store.wishes.keep(me.id, (), turn.now)
    return Reply(answered_requests.stopped(turn.say), Where.INSTEAD)


def _ask_no_longer(turn: Turn, me: Participant, *, but: Sequence[str]) -> None:
    """Whoever is no longer on the list need not answer."""
    for request in turn.store.requests.of_mentee(me.id):
        if not request.is_open or not request.is_asked or request.mentor in but:
            continue
        take_back(turn, scene_of(turn.store, request))


def _mine(turn: Turn) -> tuple[Cohort, Participant]:
    """Cohort and place of the button, where they may name mentors now. Raises Refusal: `message.old`,
    `wishes.pausing`."""
    cohort, me = _here(turn)
    if not me.may_be_matched(turn.today):
        raise Refusal("wishes.pausing")
    return cohort, me


def _here(turn: Turn) -> tuple[Cohort, Participant]:
    """The cohort of the button, in which mentees name mentors and the person is one. Raises Refusal("message.old")."""
    which = turn.arg("cohort")
    places = turn.store.participants.of_person(turn.me.id)
    me = next((one for one in places if one.cohort == which and one.has_joined), None)
    if me is None or Role.MENTEE not in me.roles:
        raise Refusal("message.old")
    cohort = turn.store.programmes.cohort(which)
    if not cohort.takes_wishes or not cohort.may_be_joined(turn.today):
        raise Refusal("message.old")
    return cohort, me


def _offered(turn: Turn, cohort: Cohort, me: Participant) -> tuple[Gathered, tuple[str, ...]]:
    """Mentors who have room for this mentee; those on the list of before stand first while they have."""
    gathered = gather(turn, cohort, but=lambda one: one.mentee == me.id)
    # Somebody who skips a round is not in it; to be asked is another thing.
    candidates = beside_rounds(turn, gathered) if cohort.choice is Choice.ASK else gathered.candidates
    nobody = turn.store.locks.forbidden(me.id)
    mentors = [one for one in candidates.values() if Role.MENTOR in one.roles and one.id not in nobody]
    return gathered, offered(
        # Who is on leave, or skips the next round, chooses all the same.
        replace(candidates[me.id], available=True),
        mentors,
        rules_of(turn.content, cohort),
        prices=turn.store.rounds.prices(cohort.id),
        first=turn.store.wishes.of(me.id).mentors,
    )


def _form(turn: Turn, cohort: Cohort, me: Participant, gathered: Gathered, mentors: Sequence[str]) -> Message:
    answers = turn.store.participants.answers_of(list(mentors))
    names = _names([gathered.people[one] for one in mentors])
    shown = [
        Shown(
            mentor, name, _about(turn, gathered.people[mentor], gathered.participants[mentor], answers.get(mentor, {}))
        )
        for mentor, name in zip(mentors, names, strict=True)
    ]
    return voice.wishes(cohort, shown, turn.store.wishes.of(me.id).mentors, turn.say)


def _about(turn: Turn, person: Person, participant: Participant, answers: Answers) -> tuple[str, ...]:
    """Title, area and what they offer to teach, as far as their match would see it."""
    seen: Mapping[str, str] = {
        question.id: flatten(public_words(question, answer, turn.say))
        for question, answer in seen_by_match(participant, answers, turn.content.questions)
    }
    area, skills = seen.get(FIELDS["function"], ""), seen.get(FIELDS["teaches"], "")
    told = (person.title, area, voice.helps_with(skills, turn.say) if skills else "")
    return tuple(part for part in told if part)


def _names(people: Sequence[Person]) -> list[str]:
    """First names; where two are alike, with the first letter of what follows."""
    common = Counter(person.first_name for person in people)
    return [_told_apart(person) if common[person.first_name] > 1 else person.first_name for person in people]


def _told_apart(person: Person) -> str:
    rest = person.name.split()[1:]
    return f"{person.first_name} {rest[-1][0]}." if rest else person.first_name


def _errors(said: Sequence[str], mentors: Sequence[str], turn: Turn) -> dict[str, str]:
    """A line at each field that does not fit."""
    told: dict[str, str] = {}
    for place, (name, mentor) in enumerate(zip(voice.FIELDS, said, strict=True)):
        if mentor and mentor not in mentors:
            told[name] = voice.gone(turn.say)
        elif mentor and mentor in said[:place]:
            told[name] = voice.twice(turn.say)
    return told
