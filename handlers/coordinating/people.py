"""People at the coordinators' desk: a cohort's, and one by one. Never what is private, sealed or anonymous."""

from dataclasses import replace

from flows.people import Participant, Role, Standing
from flows.profile import seen_by_match
from flows.refusal import Refusal
from flows.voice import people as voice
from flows.voice.answers import public_words
from flows.voice.message import Words
from handlers.coordinating.desk import Done, chosen, within
from handlers.coordinating.naming import named, typed
from handlers.inbound import Reply, Where
from handlers.turn import Turn

ORDER = (Standing.JOINED, Standing.PAUSED, Standing.ANSWERING, Standing.LEFT)


def people(turn: Turn) -> Done:
    """Counts first, then names, at most forty."""
    cohort = chosen(turn, "people", typed(turn).words, archived=True)
    participants = [_as_of_today(turn, one) for one in turn.store.participants.in_cohort(cohort.id)]
    persons = turn.store.people.all([one.person for one in participants])
    unreachable = turn.store.people.unreachable(list(persons))
    closed = {person.id: turn.say.plain("account is closed") for person in persons.values() if not person.active}
    reasons = closed | unreachable
    alive = [match for match in turn.store.matches.in_cohort(cohort.id) if match.is_alive]
    matched = {member.person for match in alive for member in match.members}
    listed = [
        voice.Listed(persons[one.person], one, one.person in matched, reasons.get(one.person, ""))
        for one in sorted(participants, key=lambda one: (ORDER.index(one.standing), persons[one.person].name, one.id))
    ]
    joined = [one for one in participants if one.has_joined]
    funnel = voice.Funnel(
        began=len(participants),
        joined=len(joined),
        mentors=sum(Role.MENTOR in one.roles for one in joined),
        mentees=sum(Role.MENTEE in one.roles for one in joined),
        paused=sum(one.standing is Standing.PAUSED for one in participants),
        left=sum(one.standing is Standing.LEFT for one in participants),
        in_a_match=len(matched),
        unreachable=len(reasons),
    )
    message = voice.people(cohort.name, funnel, listed, turn.say, pooled=cohort.format.pooled)
    return Done(Reply(message, Where.PRIVATELY), cohort.id)


def person(turn: Turn) -> Done:
    """`person X`: where they stand in the programmes that the caller coordinates, and with whom they are matched."""
    line = typed(turn)
    mentioned = line.people
    if line.words and not mentioned:
        raise Refusal("people.nobody", name=line.words[:80])
    if len(mentioned) != 1:
        raise Refusal("person.which")
    about = named(turn, mentioned[0])
    cohorts = {cohort.id: cohort for cohort in within(turn, "person")}
    places = [_as_of_today(turn, one) for one in turn.store.participants.of_person(about.id) if one.cohort in cohorts]
    if not places:
        raise Refusal("person.not_joined", name=about.name)
    matches = [match for match in turn.store.matches.of_person(about.id) if match.cohort in cohorts]
    partners = turn.store.people.all([other.person for match in matches for other in match.partners(about.id)])
    pairs = [
        voice.Paired(
            turn.say.listing([partners[other.person].name for other in match.partners(about.id)]),
            match.member(about.id).role,
            match,
        )
        for match in matches
    ]
    message = voice.person(
        about,
        [(cohorts[one.cohort].name, one, _public(turn, one)) for one in places],
        pairs,
        turn.store.people.unreachable([about.id]).get(about.id, ""),
        turn.say,
    )
    return Done(Reply(message, Where.PRIVATELY), about.id)


def _as_of_today(turn: Turn, participant: Participant) -> Participant:
    """Whose pause has come to its day is back, though nobody pressed anything."""
    back = participant.standing is Standing.PAUSED and participant.may_be_matched(turn.today)
    return replace(participant, standing=Standing.JOINED, paused_until=None) if back else participant


def _public(turn: Turn, participant: Participant) -> list[tuple[str, Words]]:
    """The answers that their match may see, once they have joined; before that nothing counts."""
    if participant.standing is Standing.ANSWERING:
        return []
    answers = turn.store.participants.answers(participant.id)
    seen = seen_by_match(participant, answers, turn.content.questions)
    return [(turn.say.text(question.match_sees), public_words(question, answer, turn.say)) for question, answer in seen]
